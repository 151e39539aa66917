/* library.h - a BLAS of the system, loaded for itself alone. */
#ifndef PEERS_LIBRARY_H
#define PEERS_LIBRARY_H

#include <stddef.h>

#include "machine/place.h"

/* What this program calls of it, as cblas.h declares it. Lengths are int: 2^31 - 1 elements. */
typedef struct peers_library {
    const char *name, *package; /* "OpenBLAS"; of Debian */
    char version[64];           /* as it tells it, "" where it does not */
    void *handle;               /* NULL: not there; `missing` says so */
    char missing[160];
    double (*dot)(int, const double *, int, const double *, int);
    double (*asum)(int, const double *, int);
    double (*nrm2)(int, const double *, int);
    size_t (*iamax)(int, const double *, int);
    void (*threads)(int); /* how many its calls may use                            */
    int (*pause)(int);    /* its own OpenMP runtime's: its threads end             */
} peers_library;

/* Loads OpenBLAS and BLIS, those that are there, each into a name space of its own (dlmopen): with
 * a libc, a libgomp and a count of threads that no other part of this process sees. Local. */
void peers_library_open(peers_library *openblas, peers_library *blis);

/* Readies it for calls with so many threads from this thread, on these CPUs: the library's own
 * thread inherits the mask of the thread that has it made, so this one goes to cpu[1] for that
 * moment. RXT_ENVIRONMENT where binding is refused. Local. */
rxt_status peers_library_ready(const peers_library *library, int threads, const int cpu[]);

/* Ends its threads, so that none spins beside whoever is measured next. */
void peers_library_rest(const peers_library *library, int threads);

#endif
