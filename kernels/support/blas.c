/* blas.c - OpenBLAS as a kernel's library. */
#include <rxt/blas.h>

rxt_status rxt_blas_make(rxt_slab *slab)
{
    (void)slab;
    openblas_set_num_threads(1);
    return RXT_OK;
}

const char *rxt_blas_library(void)
{
    return openblas_get_config();
}
