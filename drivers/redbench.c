/* redbench.c - reductions of one operand: threads, processes or a mix?
 *
 *     mpirun -np 4 ./redbench
 *     mpirun -np 4 ./redbench -k iamax,iamax_blas --type=f32 -n 1M */
#include <rxt/main.h>

static const rxt_preset preset = {
    .program = "redbench",
    .purpose = "reductions of a vector over ranks and threads",
    .kernels = "sum,asum,nrm2,max,min,iamax",
};

int main(int argc, char **argv)
{
    return rxt_main(&preset, argc, argv);
}
