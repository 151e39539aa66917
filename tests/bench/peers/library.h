/* library.h - a BLAS of the system, loaded into its own name space. */
#ifndef PEERS_LIBRARY_H
#define PEERS_LIBRARY_H

#include <stddef.h>

#include "machine/place.h"

/* The functions that this program calls, as cblas.h declares them. Lengths are int, so at most 2^31
 * - 1 elements. */
typedef struct peers_library {
    const char *name, *package; /* "OpenBLAS"; Debian's package */
    char version[64];           /* "" if the library does not report it */
    void *handle;               /* NULL: not available, see `missing` */
    char missing[160];
    double (*dot)(int, const double *, int, const double *, int);
    double (*asum)(int, const double *, int);
    double (*nrm2)(int, const double *, int);
    size_t (*iamax)(int, const double *, int);
    void (*threads)(int); /* sets how many threads its calls may use                        */
    int (*pause)(int);    /* omp_pause_resource_all of its OpenMP runtime: ends its threads */
} peers_library;

/* Loads OpenBLAS and BLIS, as far as installed, each into its own name space (dlmopen): its libc,
 * libgomp and thread count are separate from those of the rest of the process. Local. */
void peers_library_open(peers_library *openblas, peers_library *blis);

/* Prepares the library for calls with `threads` threads from this thread, on these CPUs. The
 * library's own thread inherits the CPU mask of the thread that creates it, so this thread is bound
 * to cpu[1] while it is created. RXT_ENVIRONMENT if binding is refused. Local. */
rxt_status peers_library_ready(const peers_library *library, int threads, const int cpu[]);

/* Ends the library's threads, so that none spins while the next contender is measured. */
void peers_library_rest(const peers_library *library, int threads);

#endif
