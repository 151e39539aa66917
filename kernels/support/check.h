/* check.h - is a kernel's descriptor complete and consistent? */
#ifndef RXT_CHECK_H
#define RXT_CHECK_H

#include <rxt/kernel.h>

/* Checks a kernel that is in the file NAME.c and in the table of that type. Returns RXT_OK, or
 * RXT_USAGE with a message of one line. Local. */
rxt_status rxt_kernel_check(const rxt_kernel *kernel, const char *name, rxt_type type);

/* Checks all kernels of this program's table; returns the first fault. */
rxt_status rxt_kernels_check(void);

#endif
