/* blas.h - CBLAS by the type that a kernel is compiled for. */
#ifndef RXT_BLAS_H
#define RXT_BLAS_H

#include <cblas.h>
#include <limits.h>

#include <rxt/kernel.h>

/* RXT_BLAS(dot) is cblas_ddot or cblas_sdot. */
#ifdef RXT_REAL_F32
#define RXT_BLAS(name) cblas_s##name
#else
#define RXT_BLAS(name) cblas_d##name
#endif

/* Lengths are int, so longer shares go in pieces; of whole cache lines, so that none starts in the
 * middle of one. */
enum { RXT_BLAS_PIECE = INT_MAX / 16 * 16 };

/* A kernel's make: the workers are the team's, and OpenBLAS must not start threads of its own. It
 * does from 10,000 elements on, also in a team of one. With its OpenMP build this also sets
 * omp_get_max_threads() to 1, which is why the team asks for its threads in every region. */
rxt_status rxt_blas_make(rxt_slab *slab);

/* A kernel's library: "OpenBLAS 0.3.21 …", how it was built following. */
const char *rxt_blas_library(void);

#endif
