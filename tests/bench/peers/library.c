/* library.c - a BLAS of the system, loaded into its own name space.
 *
 * In a common name space BLIS's cblas_ddot would call the ddot_ of an OpenBLAS that was loaded
 * before. Also, OpenBLAS would have one thread count for this comparison and for the kernels that
 * call OpenBLAS. A separate name space has a second libgomp: after a region the threads of its pool
 * spin for milliseconds on the CPUs of rxt's threads. So with two threads the pool is created
 * before every sample and ended after it. */
#include "library.h"

#include <dlfcn.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>

enum { PARALLEL = 40000 }; /* elements; at this size OpenBLAS surely uses its threads */

#define FOLDER "/usr/lib/x86_64-linux-gnu/"

/* Loads the first path that can be loaded: Debian's folder first, then the loader's search path.
 * The pthreads build is not tried, because its threads are not OpenMP's. */
static void *load(const char *const path[], char missing[160])
{
    void *handle = NULL;

    for (int i = 0; path[i] && !handle; i++)
        handle = dlmopen(LM_ID_NEWLM, path[i], RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        snprintf(missing, 160, "%s", dlerror());
    return handle;
}

/* ISO C does not allow to convert an object pointer to a function pointer; POSIX does. */
static void find(void *handle, const char *name, void *function)
{
    void *found = dlsym(handle, name);

    memcpy(function, &found, sizeof found);
}

static void find_all(peers_library *library)
{
    find(library->handle, "cblas_ddot", &library->dot);
    find(library->handle, "cblas_dasum", &library->asum);
    find(library->handle, "cblas_dnrm2", &library->nrm2);
    find(library->handle, "cblas_idamax", &library->iamax);
    find(library->handle, "omp_pause_resource_all", &library->pause);
}

/* A library that lacks one of the functions is treated as missing. */
static void check(peers_library *library)
{
    if (!library->handle)
        return;
    if (library->dot && library->asum && library->nrm2 && library->iamax && library->threads)
        return;
    snprintf(library->missing, sizeof library->missing, "%s lacks functions of cblas.h",
             library->name);
    dlclose(library->handle);
    library->handle = NULL;
}

static void open_openblas(peers_library *library)
{
    static const char *const path[] = { FOLDER "openblas-openmp/libopenblas.so.0",
                                        "libopenblaso.so.0", NULL };
    char *(*config)(void) = NULL, *(*core)(void) = NULL;

    *library = (peers_library){ .name = "OpenBLAS", .package = "libopenblas0-openmp" };
    library->handle = load(path, library->missing);
    if (!library->handle)
        return;
    find_all(library);
    find(library->handle, "openblas_set_num_threads", &library->threads);
    find(library->handle, "openblas_get_config", &config);
    find(library->handle, "openblas_get_corename", &core);
    if (config && core) /* config() is like "OpenBLAS 0.3.21 NO_LAPACKE …" */
        snprintf(library->version, sizeof library->version, "%.*s, %s",
                 (int)strcspn(config() + strlen("OpenBLAS "), " "), config() + strlen("OpenBLAS "),
                 core());
    check(library);
}

static void open_blis(peers_library *library)
{
    static const char *const path[] = { FOLDER "blis-openmp/libblis.so.4", "libblis.so.4", NULL };
    const char *(*version)(void) = NULL;

    *library = (peers_library){ .name = "BLIS", .package = "libblis4-openmp" };
    library->handle = load(path, library->missing);
    if (!library->handle)
        return;
    find_all(library);
    find(library->handle, "bli_thread_set_num_threads", &library->threads);
    find(library->handle, "bli_info_get_version_str", &version);
    if (version)
        snprintf(library->version, sizeof library->version, "%s", version());
    check(library);
}

void peers_library_open(peers_library *openblas, peers_library *blis)
{
    open_openblas(openblas);
    open_blis(blis);
}

rxt_status peers_library_ready(const peers_library *library, int threads, const int cpu[])
{
    static const double zeros[PARALLEL];
    int refused = rxt_place_bind(cpu[threads - 1]);

    library->threads(threads);
    if (threads > 1)
        library->dot(PARALLEL, zeros, 1, zeros, 1);
    refused |= rxt_place_bind(cpu[0]);
    return refused ? rxt_status_of(RXT_ENVIRONMENT, "cannot bind to CPUs %d and %d", cpu[0],
                                   cpu[threads - 1])
                   : RXT_OK;
}

void peers_library_rest(const peers_library *library, int threads)
{
    if (threads > 1 && library->pause)
        library->pause(omp_pause_soft);
}
