/* kernbench.c - any kernel of the kit, by name: threads, processes or a mix?
 *
 *     mpirun -np 4 ./kernbench -k exp,exp_openmp
 *     ./kernbench --list */
#include <rxt/main.h>

static const rxt_preset preset = {
    .program = "kernbench",
    .purpose = "any kernel of the kit (-k), on ranks and threads",
};

int main(int argc, char **argv)
{
    return rxt_main(&preset, argc, argv);
}
