/* nameless.c - a kernel without a name and most other fields: a program with it must print the
 * fault and exit. */
#include <rxt/kernel.h>

const rxt_kernel rxt_kernel_nameless = { .formula = "nothing" };
