/* lockbench.c - computing under one interpreter lock per process, and without.
 *
 *     mpirun -np 2 ./lockbench
 *     mpirun -np 2 ./lockbench -k interpreted -p 1x2,2x1 --switch-interval=1ms -o lock.json */
#include <rxt/main.h>

static const rxt_preset preset = {
    .program = "lockbench",
    .purpose = "computing under one interpreter lock per process, and with the lock released",
    .kernels = "all",
    .lesson = RXT_LESSON_LOCK,
    .sizes = "1M",
    .splits = "cross",
};

int main(int argc, char **argv)
{
    return rxt_main(&preset, argc, argv);
}
