/* check.h - is a kernel's descriptor whole, and of one mind with itself? */
#ifndef RXT_CHECK_H
#define RXT_CHECK_H

#include <rxt/kernel.h>

/* What is wrong with a kernel that stands in NAME.c and in the table of that type: RXT_USAGE with
 * one line, or RXT_OK. Local. */
rxt_status rxt_kernel_check(const rxt_kernel *kernel, const char *name, rxt_type type);

/* The first kernel of this program's table that is at fault. */
rxt_status rxt_kernels_check(void);

#endif
