/* main.c - your own driver: its name, its purpose, and the kernel and sizes that it measures by
 * default. */
#include <rxt/main.h>

static const rxt_preset preset = {
    .program = "energybench",
    .purpose = "the kinetic energy of bodies over ranks and threads",
    .kernels = "energy",
    .sizes = "1k,1M",
};

int main(int argc, char **argv)
{
    return rxt_main(&preset, argc, argv);
}
