/* loopbench.c - element-wise loops: threads, processes or a mix?
 *
 *     mpirun -np 4 ./loopbench
 *     mpirun -np 4 ./loopbench -k triad,triad_openmp -n L1,L2,L3,dram -o loops.json */
#include <rxt/main.h>

static const rxt_preset preset = {
    .program = "loopbench",
    .purpose = "element-wise loops over vectors, on ranks and threads",
    .kernels = "copy,scale,add,triad",
};

int main(int argc, char **argv)
{
    return rxt_main(&preset, argc, argv);
}
