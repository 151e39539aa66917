/* main.c - a driver of one's own: what it is called, and what it measures unless told otherwise. */
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
