/* sharebench.c - what it costs to transfer numbers to another worker: by pointer, window, message,
 * pipe or file.
 *
 *     mpirun -np 2 ./sharebench
 *     mpirun -np 2 ./sharebench -k pointer,serialised -n 1:1M:x10 -o share.json */
#include <rxt/main.h>

static const rxt_preset preset = {
    .program = "sharebench",
    .purpose = "what it costs to hand numbers to another worker, and to get their sum back",
    .kernels = "all",
    .lesson = RXT_LESSON_SHARE,
    .sizes = "1k,1M",
    .splits = "cross",
    .most_workers = 2,
    .against = "pointer",
};

int main(int argc, char **argv)
{
    return rxt_main(&preset, argc, argv);
}
