/* blas.c - loads a CBLAS library when a kernel that calls it is chosen.
 *
 * The library is not linked. When OpenBLAS is loaded, it takes 130 MB of address space for each of
 * its threads. If it cannot get this space (ulimit -v of a login node), it retries for ever. So a
 * library is loaded only for kernels that call it, and with one thread. */
#include <rxt/blas.h>

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/text.h"

/* address space that must be free: more than OpenBLAS needs with one thread, 174 MB in version
 * 0.3.21 */
static const size_t room = (size_t)256 << 20;

struct rxt_blas {
    void *handle;
    char account[256];
};

/* ---- the environment during loading ---- */

static const char *const counts[] = { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS",
                                      "GOTO_NUM_THREADS" };
enum { COUNTS = sizeof counts / sizeof counts[0] };

/* Sets each variable of counts[] to 1. before[] gets copies of the old values, NULL if not set. */
static void say_one(char *before[COUNTS])
{
    for (int c = 0; c < COUNTS; c++) {
        const char *value = getenv(counts[c]);

        before[c] = value ? strdup(value) : NULL;
        setenv(counts[c], "1", 1);
    }
}

static void say_again(char *before[COUNTS])
{
    for (int c = 0; c < COUNTS; c++) {
        if (before[c])
            setenv(counts[c], before[c], 1);
        else
            unsetenv(counts[c]);
        free(before[c]);
    }
}

/* ---- which file ---- */

/* The files to try. The first two are the OpenMP build, as Fedora and as Debian name it. (The
 * loader replaces $LIB by lib64, or lib/x86_64-linux-gnu.) The build for pthreads does not know the
 * threads of the OpenMP team, so it comes later. */
static const char *const openblas[] = { "libopenblaso.so.0",
                                        "/usr/$LIB/openblas-openmp/libopenblas.so.0",
                                        "libopenblas.so.0", "libopenblas.so", NULL };

/* Could opening this file block? If the path is a pipe, the loader would wait for a writer. */
static bool waits(const char *path)
{
    struct stat is;

    return strchr(path, '/') && stat(path, &is) == 0 && !S_ISREG(is.st_mode) &&
           !S_ISDIR(is.st_mode);
}

/* Loads the first file that can be loaded. The library is never unloaded (RTLD_NODELETE): after
 * unloading its threads would run in unmapped code. */
static void *load(const char *const file[])
{
    char *before[COUNTS];
    void *handle = NULL;

    say_one(before);
    for (; *file && !handle; file++)
        if (!waits(*file))
            handle = dlopen(*file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    say_again(before);
    return handle;
}

static bool has_room(void)
{
    void *map = mmap(NULL, room, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return map != MAP_FAILED && munmap(map, room) == 0;
}

static rxt_status not_loaded(const char *name)
{
    const char *why = name && waits(name) ? "it is not a regular file" : dlerror();

    if (!name)
        return rxt_status_of(RXT_ENVIRONMENT,
                             "no OpenBLAS was found for kernels that call it; install it (Debian: "
                             "libopenblas0-openmp), or name another CBLAS: --blas=LIBRARY");
    return rxt_status_of(RXT_ENVIRONMENT,
                         "--blas=%.150s: cannot be loaded (%.200s); name the file of a CBLAS, with "
                         "its folder if the system does not search there",
                         name, why ? why : "no reason given");
}

/* ---- identity ---- */

rxt_blas_function *rxt_blas_find(const rxt_blas *blas, const char *name)
{
    void *found = blas ? dlsym(blas->handle, name) : NULL;
    rxt_blas_function *function;

    /* ISO C does not allow the conversion of an object pointer to a function pointer; POSIX
     * does. */
    memcpy(&function, &found, sizeof function);
    return function;
}

typedef const char *text_function(void);
typedef void mkl_text_function(char *text, int size);

static const char *text_of(const rxt_blas *blas, const char *name)
{
    text_function *function = (text_function *)rxt_blas_find(blas, name);

    return function ? function() : NULL;
}

/* Sets the account to OpenBLAS's configuration text. If this text does not name the core type that
 * OpenBLAS chose at start, the core type is appended. */
static void tell_openblas(rxt_blas *blas, const char *config)
{
    const char *core = text_of(blas, "openblas_get_corename");
    bool named = !core || strstr(config, core);

    snprintf(blas->account, sizeof blas->account, "%.180s%s%.40s", config, named ? "" : " ",
             named ? "" : core);
}

static void tell_file(rxt_blas *blas, const char *name)
{
    const char *slash = strrchr(name, '/');

    snprintf(blas->account, sizeof blas->account, "%.200s", slash ? slash + 1 : name);
}

static void tell(rxt_blas *blas, const char *name)
{
    const char *config = text_of(blas, "openblas_get_config"),
               *blis = text_of(blas, "bli_info_get_version_str");
    mkl_text_function *mkl = (mkl_text_function *)rxt_blas_find(blas, "MKL_Get_Version_String");

    if (config)
        tell_openblas(blas, config);
    else if (blis)
        snprintf(blas->account, sizeof blas->account, "BLIS %.40s", blis);
    else if (mkl)
        mkl(blas->account, (int)sizeof blas->account - 1);
    else
        tell_file(blas, name ? name : openblas[0]);
}

const char *rxt_blas_account(const rxt_blas *blas)
{
    return blas->account;
}

/* Appends the name and version of the library. For OpenBLAS these are the first two words of the
 * account, and " on " and the core type follow. For other libraries they are the first 60 bytes of
 * the account. */
void rxt_blas_name(const rxt_blas *blas, char *text, size_t size)
{
    const char *core = text_of(blas, "openblas_get_corename"), *account = blas->account;
    size_t name = strcspn(account, " "),
           length = core && account[name] ? name + 1 + strcspn(account + name + 1, " ") : 60;

    rxt_text_append(text, size, ", %.*s%s%.40s", (int)length, account, core ? " on " : "",
                    core ? core : "");
}

const char *rxt_blas_path(const rxt_blas *blas)
{
    struct link_map *map;

    return dlinfo(blas->handle, RTLD_DI_LINKMAP, &map) == 0 && map->l_name ? map->l_name : "";
}

/* ---- its threads ---- */

typedef void count_function(int count);
typedef void long_count_function(long count);

/* Limits the library to one thread, by the first of the known functions that the library has; false
 * if it has none. The function of BLIS takes a dim_t, which is as long as a pointer. */
bool rxt_blas_alone(const rxt_blas *blas)
{
    static const char *const name[] = { "openblas_set_num_threads", "MKL_Set_Num_Threads",
                                        "flexiblas_set_num_threads", "nvpl_blas_set_num_threads",
                                        "armpl_set_num_threads" };
    long_count_function *blis =
        (long_count_function *)rxt_blas_find(blas, "bli_thread_set_num_threads");

    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
        count_function *function = (count_function *)rxt_blas_find(blas, name[i]);

        if (function) {
            function(1);
            return true;
        }
    }
    if (blis)
        blis(1);
    return blis != NULL;
}

/* ---- open and close ---- */

rxt_status rxt_blas_open(const char *name, rxt_blas **blas)
{
    const char *const one[] = { name, NULL };
    rxt_blas *new = calloc(1, sizeof *new);

    *blas = NULL;
    if (!new || !has_room()) {
        free(new);
        return rxt_status_of(
            RXT_ENVIRONMENT,
            "%.200s: less than %zu MB of address space is left to load it; see ulimit -v",
            name ? name : "OpenBLAS", room >> 20);
    }
    new->handle = load(name ? one : openblas);
    if (!new->handle) {
        free(new);
        return not_loaded(name);
    }
    tell(new, name);
    *blas = new;
    return RXT_OK;
}

void rxt_blas_close(rxt_blas *blas)
{
    if (blas)
        dlclose(blas->handle);
    free(blas);
}
