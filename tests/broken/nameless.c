/* nameless.c - a descriptor that says nothing: the program that has it tells, and ends. */
#include <rxt/kernel.h>

const rxt_kernel rxt_kernel_nameless = { .formula = "nothing" };
