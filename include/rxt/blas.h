/* blas.h - a CBLAS library. It is loaded at run time, if the study has a kernel that calls it. */
#ifndef RXT_BLAS_H
#define RXT_BLAS_H

#include <limits.h>

#include <rxt/kernel.h>

/* The name of a CBLAS function for the type that a kernel is compiled for: RXT_BLAS("dot") is
 * "cblas_ddot" or "cblas_sdot". A kernel gives the name in its .blas, finds the function in
 * share->blas, and converts it to the type that cblas.h declares. */
#ifdef RXT_REAL_F32
#define RXT_BLAS(name) "cblas_s" name
#else
#define RXT_BLAS(name) "cblas_d" name
#endif

/* The most elements of one call: CBLAS lengths are int, so a longer share is passed in pieces. A
 * piece is a multiple of a cache line, so that no piece starts in the middle of one. */
enum { RXT_BLAS_PIECE = INT_MAX / 16 * 16 };

/* A loaded library. */
typedef struct rxt_blas rxt_blas;

/* Loads a library by its file name, as dlopen does; NULL: OpenBLAS, its OpenMP build if there are
 * several. Its symbols stay private. RXT_ENVIRONMENT if it cannot be loaded or needs more address
 * space than is left. rxt_blas_open changes the environment while it runs: call it before there are
 * threads that read the environment. Local. */
rxt_status rxt_blas_open(const char *name, rxt_blas **blas);
void rxt_blas_close(rxt_blas *blas);

/* "OpenBLAS 0.3.21 …", followed by its build options and the core type that it uses; the file
 * name if the library does not report a version. */
const char *rxt_blas_account(const rxt_blas *blas);

/* Appends ", OpenBLAS 0.3.21 on SkylakeX" to `text`: the library and, if it reports one, the core
 * type that it chose. */
void rxt_blas_name(const rxt_blas *blas, char *text, size_t size);

/* The path of the loaded file as the system reports it; "" if it reports none. */
const char *rxt_blas_path(const rxt_blas *blas);

/* The library's function of that name, or NULL. */
rxt_blas_function *rxt_blas_find(const rxt_blas *blas, const char *name);

/* Makes the library run its later calls from this thread on this thread alone: the team has the
 * threads, and the library must not start more. (OpenBLAS starts threads from 10,000 elements on,
 * also in a team of one.) With OpenBLAS's OpenMP build this sets omp_get_max_threads() to 1, so the
 * team gives its number of threads in every parallel region. Returns false if this library has no
 * known function for it. */
bool rxt_blas_alone(const rxt_blas *blas);

#endif
