/* iobench.c - what waiting costs, and how many workers can wait at the same time: requests, reads,
 * and a mixture of waiting and computing.
 *
 *     ./iobench -k request --cores=1
 *     mpirun -np 4 ./iobench -p 1x4,1x16,4x1 --service-time=2ms -o wait.json */
#include <rxt/main.h>

static const rxt_preset preset = {
    .program = "iobench",
    .purpose = "how threads and processes speed up work that waits, with more workers than cores",
    .kernels = "request",
    .lesson = RXT_LESSON_IO,
    .sizes = "64",
    .splits = "cross",
    .most_workers = 64,
};

int main(int argc, char **argv)
{
    return rxt_main(&preset, argc, argv);
}
