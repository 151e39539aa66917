/* blas.h - CBLAS by the type that a kernel is compiled for. */
#ifndef RXT_BLAS_H
#define RXT_BLAS_H

#include <cblas.h>

/* RXT_BLAS(dot) is cblas_ddot or cblas_sdot. */
#ifdef RXT_REAL_F32
#define RXT_BLAS(name) cblas_s##name
#else
#define RXT_BLAS(name) cblas_d##name
#endif

#endif
