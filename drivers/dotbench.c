/* dotbench.c - the dot product: threads, processes or a mix?
 *
 *     mpirun -np 4 ./dotbench
 *     mpirun -np 4 ./dotbench -k dot,dot_blas,dot_openmp -n 1k:100M:x10 -o dot.json */
#include <rxt/main.h>

static const rxt_preset preset = {
    .program = "dotbench",
    .purpose = "the dot product of two vectors over ranks and threads",
    .kernels = "dot",
};

int main(int argc, char **argv)
{
    return rxt_main(&preset, argc, argv);
}
