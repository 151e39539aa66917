/* nameless.c - a kernel that has no name and lacks most other fields: a program with this kernel
 * must print the fault and exit. */
#include <rxt/kernel.h>

const rxt_kernel rxt_kernel_nameless = { .formula = "nothing" };
