/* injection.c - a library for LD_PRELOAD that makes the k-th call of one function fail on one rank.
 *
 * fault_injection.sh builds it and sets its environment. INJECT_TABLE=FILE: a shared file in which
 * all ranks count calls (counting continues in a program that executes itself again or forks).
 * INJECT=FUNCTION,K,RANK: the call that fails. INJECT_PRINT: print the table and exit. A line of
 * the table is RANK FUNCTION COUNT, followed by the numbers of the calls that are worth a try: the
 * first and the last call from each place in the program. If a call was made to fail, the line
 * "hit" follows.
 *
 * Only calls from the program's own text count: calls inside of MPI, OpenMP or the C library are
 * not the program's responsibility. INJECTED lists the MPI functions that the program calls. Their
 * arguments are pointers and integers, so eight longs can hold them. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { RANKS = 4, SITES = 48, FAILED = 16 };

/* clang-format off */
#define LIBC(F) \
    F(malloc) F(calloc) F(realloc) F(aligned_alloc) F(mmap) F(open) F(fopen) F(fdopen) F(read) \
    F(pread) F(write) F(pwrite) F(writev) F(fsync) F(fdatasync) F(ftruncate) F(rename) F(linkat) \
    F(pthread_create) F(sem_init) F(sem_wait) F(sem_clockwait) F(sem_post) F(sched_setaffinity) \
    F(sched_getaffinity) F(fork) F(pipe2) F(socket) F(connect) F(accept4) F(dup) F(epoll_create1) \
    F(epoll_ctl) F(timerfd_create) F(memfd_create) F(waitpid)
/* clang-format on */

#define INDEX(name) AT_##name,
enum { LIBC(INDEX) INJECTED(INDEX) CALLS };
#define NAME(name) #name,
static const char *const names[] = { LIBC(NAME) INJECTED(NAME) };

typedef struct site {
    unsigned long at;
    long first, last;
} site;

typedef struct entry {
    long count;
    site site[SITES];
} entry;

typedef struct table {
    long hit;
    entry entry[RANKS][CALLS];
} table;

static table *counted;
static unsigned long text, text_end;
static int own_rank, fails_at = -1;
static long fails_k;

/* ---- the table ---- */

static void note_site(entry *e, unsigned long at, long k)
{
    for (int s = 0; s < SITES; s++) {
        unsigned long none = 0;

        __atomic_compare_exchange_n(&e->site[s].at, &none, at, false, __ATOMIC_SEQ_CST,
                                    __ATOMIC_SEQ_CST);
        if (e->site[s].at != at)
            continue;
        if (!e->site[s].first)
            e->site[s].first = k;
        e->site[s].last = k;
        return;
    }
}

static bool fails(int call, void *from)
{
    unsigned long at = (unsigned long)from;
    entry *e;
    long k;

    if (!counted || at < text || at >= text_end)
        return false;
    e = &counted->entry[own_rank][call];
    k = __atomic_add_fetch(&e->count, 1, __ATOMIC_SEQ_CST);
    note_site(e, at - text, k);
    if (call != fails_at || k != fails_k)
        return false;
    counted->hit = 1;
    return true;
}
#define FAILS(name) fails(AT_##name, __builtin_return_address(0))

static int find_text(struct dl_phdr_info *info, size_t size, void *arg)
{
    (void)size, (void)arg;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD && info->dlpi_phdr[i].p_flags & PF_X) {
            text = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            text_end = text + info->dlpi_phdr[i].p_memsz;
        }
    return 1; /* stop after the first object, which is the program */
}

static void print_table(void)
{
    for (int r = 0; r < RANKS; r++)
        for (int c = 0; c < CALLS; c++) {
            entry *e = &counted->entry[r][c];

            if (!e->count)
                continue;
            printf("%d %s %ld", r, names[c], e->count);
            for (int s = 0; s < SITES && e->site[s].at; s++)
                printf(" %ld %ld", e->site[s].first, e->site[s].last);
            puts("");
        }
    if (counted->hit)
        puts("hit");
    exit(0);
}

static void read_request(const char *request)
{
    const char *comma = request ? strchr(request, ',') : NULL;
    int rank = -1;

    if (!comma || sscanf(comma, ",%ld,%d", &fails_k, &rank) != 2 || rank != own_rank)
        return;
    for (int c = 0; c < CALLS; c++)
        if (strlen(names[c]) == (size_t)(comma - request) &&
            !strncmp(names[c], request, strlen(names[c])))
            fails_at = c;
}

static table *open_table(const char *path)
{
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    long memory;

    if (fd < 0 || syscall(SYS_ftruncate, fd, sizeof(table)))
        return NULL;
    memory = syscall(SYS_mmap, NULL, sizeof(table), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0L);
    syscall(SYS_close, fd);
    return memory == -1 ? NULL : (table *)memory;
}

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("INJECT_TABLE"), *rank = getenv("OMPI_COMM_WORLD_RANK");

    if (!rank)
        rank = getenv("PMI_RANK");
    own_rank = rank ? atoi(rank) : 0;
    if (!path || own_rank >= RANKS)
        return;
    dl_iterate_phdr(find_text, NULL);
    counted = open_table(path);
    if (counted && getenv("INJECT_PRINT"))
        print_table();
    read_request(getenv("INJECT"));
}

/* ---- MPI ---- */

#define MPI_CALL(name)                                                       \
    int P##name(long, long, long, long, long, long, long, long);             \
    int name(long a, long b, long c, long d, long e, long f, long g, long h) \
    {                                                                        \
        return FAILS(name) ? FAILED : P##name(a, b, c, d, e, f, g, h);       \
    }
INJECTED(MPI_CALL)

/* ---- the C library ---- */

/* CALLn: a wrapper of a function with n arguments of these types; `none` is what a failed call
 * returns, `error` its errno. */
#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, #name))
#define CALL1(result, name, A, none, error)     \
    result name(A a)                            \
    {                                           \
        if (!FAILS(name))                       \
            return NEXT(result(*)(A), name)(a); \
        errno = error;                          \
        return none;                            \
    }
#define CALL2(result, name, A, B, none, error)        \
    result name(A a, B b)                             \
    {                                                 \
        if (!FAILS(name))                             \
            return NEXT(result(*)(A, B), name)(a, b); \
        errno = error;                                \
        return none;                                  \
    }
#define CALL3(result, name, A, B, C, none, error)           \
    result name(A a, B b, C c)                              \
    {                                                       \
        if (!FAILS(name))                                   \
            return NEXT(result(*)(A, B, C), name)(a, b, c); \
        errno = error;                                      \
        return none;                                        \
    }
#define CALL4(result, name, A, B, C, D, none, error)              \
    result name(A a, B b, C c, D d)                               \
    {                                                             \
        if (!FAILS(name))                                         \
            return NEXT(result(*)(A, B, C, D), name)(a, b, c, d); \
        errno = error;                                            \
        return none;                                              \
    }

/* dlsym allocates memory itself, so the memory functions are called by the C library's internal
 * names. */
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static void *no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

void *malloc(size_t size)
{
    return FAILS(malloc) ? no_memory() : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return FAILS(calloc) ? no_memory() : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return FAILS(realloc) ? no_memory() : __libc_realloc(old, size);
}

void *aligned_alloc(size_t to, size_t size)
{
    return FAILS(aligned_alloc) ? no_memory() : __libc_memalign(to, size);
}

void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
    if (FAILS(mmap)) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    return (void *)syscall(SYS_mmap, at, size, protection, flags, fd, offset);
}

int open(const char *path, int flags, ...)
{
    va_list args;
    int mode = 0;

    va_start(args, flags);
    if (flags & (O_CREAT | O_TMPFILE))
        mode = va_arg(args, int);
    va_end(args);
    if (FAILS(open)) {
        errno = EMFILE;
        return -1;
    }
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *arg)
{
    typedef int create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

    return FAILS(pthread_create) ? EAGAIN
                                 : NEXT(create *, pthread_create)(thread, attributes, start, arg);
}

typedef struct iovec iovec;
typedef struct sockaddr sockaddr;
typedef struct epoll_event epoll_event;
CALL2(FILE *, fopen, const char *, const char *, NULL, EMFILE)
CALL2(FILE *, fdopen, int, const char *, NULL, ENOMEM)
CALL3(ssize_t, read, int, void *, size_t, -1, EIO)
CALL4(ssize_t, pread, int, void *, size_t, off_t, -1, EIO)
CALL3(ssize_t, write, int, const void *, size_t, -1, ENOSPC)
CALL4(ssize_t, pwrite, int, const void *, size_t, off_t, -1, ENOSPC)
CALL3(ssize_t, writev, int, const iovec *, int, -1, ENOSPC)
CALL1(int, fsync, int, -1, EIO)
CALL1(int, fdatasync, int, -1, EIO)
CALL2(int, ftruncate, int, off_t, -1, ENOSPC)
CALL2(int, rename, const char *, const char *, -1, EIO)
CALL3(int, sem_init, sem_t *, int, unsigned, -1, ENOSPC)
CALL1(int, sem_wait, sem_t *, -1, EINTR)
CALL3(int, sem_clockwait, sem_t *, clockid_t, const struct timespec *, -1, EINTR)
CALL1(int, sem_post, sem_t *, -1, EOVERFLOW)
CALL3(int, sched_setaffinity, pid_t, size_t, const cpu_set_t *, -1, EINVAL)
CALL3(int, sched_getaffinity, pid_t, size_t, cpu_set_t *, -1, EINVAL)
CALL2(int, pipe2, int *, int, -1, EMFILE)
CALL3(int, socket, int, int, int, -1, EMFILE)
CALL3(int, connect, int, const sockaddr *, socklen_t, -1, ECONNREFUSED)
CALL4(int, accept4, int, sockaddr *, socklen_t *, int, -1, ENOMEM)
CALL1(int, dup, int, -1, EMFILE)
CALL1(int, epoll_create1, int, -1, EMFILE)
CALL4(int, epoll_ctl, int, int, int, epoll_event *, -1, ENOMEM)
CALL2(int, timerfd_create, clockid_t, int, -1, EMFILE)
CALL2(int, memfd_create, const char *, unsigned, -1, EMFILE)
CALL3(pid_t, waitpid, pid_t, int *, int, -1, EINTR)

int linkat(int from, const char *old, int to, const char *new, int flags)
{
    typedef int link_at(int, const char *, int, const char *, int);

    if (!FAILS(linkat))
        return NEXT(link_at *, linkat)(from, old, to, new, flags);
    errno = EMLINK;
    return -1;
}

pid_t fork(void)
{
    if (!FAILS(fork))
        return NEXT(pid_t(*)(void), fork)();
    errno = EAGAIN;
    return -1;
}
