/* blas.h - a CBLAS, loaded when a kernel that calls one is asked for. */
#ifndef RXT_BLAS_H
#define RXT_BLAS_H

#include <limits.h>

#include <rxt/kernel.h>

/* A function of CBLAS by the type that a kernel is compiled for: RXT_BLAS("dot") is "cblas_ddot" or
 * "cblas_sdot". A kernel names it as its .blas and finds it in share->blas, to be converted to the
 * type that cblas.h declares. */
#ifdef RXT_REAL_F32
#define RXT_BLAS(name) "cblas_s" name
#else
#define RXT_BLAS(name) "cblas_d" name
#endif

/* Lengths are int, so longer shares go in pieces; of whole cache lines, so that none starts in the
 * middle of one. */
enum { RXT_BLAS_PIECE = INT_MAX / 16 * 16 };

/* A library that was loaded. */
typedef struct rxt_blas rxt_blas;

/* Loads a library by its file's name, as dlopen takes it; NULL: OpenBLAS, its OpenMP build where
 * there are several. Its symbols stay private. RXT_ENVIRONMENT if it cannot be loaded or needs
 * more address space than is left. It changes the environment during the call: call it before
 * other threads exist that read it. Local. */
rxt_status rxt_blas_open(const char *name, rxt_blas **blas);
void rxt_blas_close(rxt_blas *blas);

/* "OpenBLAS 0.3.21 …", how it was built and the core that it runs following; of a library that does
 * not tell its version its file's name. */
const char *rxt_blas_account(const rxt_blas *blas);

/* Adds ", OpenBLAS 0.3.21 on SkylakeX" to a line: the library, and the core that it chose where it
 * tells. */
void rxt_blas_name(const rxt_blas *blas, char *text, size_t size);

/* The file that was loaded, as the system names it; "" where it does not tell. */
const char *rxt_blas_path(const rxt_blas *blas);

/* Its function of that name; NULL: it has none. */
rxt_blas_function *rxt_blas_find(const rxt_blas *blas, const char *name);

/* Keeps the library's later calls from this thread on this thread: the workers are the team's,
 * and the library must not start its own. OpenBLAS does so from 10,000 elements on, also in a
 * team of one. With its OpenMP build this sets omp_get_max_threads() to 1, so the team names its
 * number of threads in every region. False if we know no way to tell this library. */
bool rxt_blas_alone(const rxt_blas *blas);

#endif
