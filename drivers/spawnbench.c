/* spawnbench.c - what it costs to create a worker: thread, OpenMP region, process.
 *
 *     ./spawnbench
 *     mpirun -np 1 ./spawnbench -k thread,fork --count=1,100 --heap=0,64M,1G -o spawn.json */
#include <rxt/main.h>

static const rxt_preset preset = {
    .program = "spawnbench",
    .purpose = "what it costs to create, run and join a worker",
    .kernels = "all",
    .lesson = RXT_LESSON_SPAWN,
    .sizes = "1,10,100",
    .splits = "1x1",
    .against = "thread",
};

int main(int argc, char **argv)
{
    return rxt_main(&preset, argc, argv);
}
