/* team.c - the threads of a rank, by OpenMP.
 *
 * Each thread keeps its partial result in cache lines of its own. The caller merges them in thread
 * order after the join, so that the result does not depend on which thread finished first.
 *
 * A resident team is one parallel region. Its thread 0 is the caller and runs the whole visit, so
 * all MPI calls still come from the main thread. */
#include "team/team.h"

#include <assert.h>
#include <math.h>
#include <omp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "machine/cpus.h"
#include "support/slab.h"
#include "team/choice.h"
#include "team/hand_off.h"
#include "team/lines.h"

enum {
    LINE = 128
}; /* bytes that two threads must not share: a line, and its neighbour that prefetchers fetch */

struct rxt_team {
    _Alignas(LINE) int threads;
    bool decides;          /* thread 0 may make some calls alone */
    rxt_team_lines *lines; /* of a resident team of several threads, else NULL */
    double hand_off;       /* seconds; NAN: not measured yet */
    const rxt_kernel *kernel;
    const rxt_slab *slab;
    void (*alone)(const rxt_share *, void *); /* the loop, if thread 0 does all work; else NULL */
    rxt_share whole;
    rxt_share *share;        /* [threads] */
    unsigned char *partials; /* [threads * stride]; NULL: they are in the lines' rooms */
    size_t stride;
    rxt_team_choice choice; /* of an auto team */
    double clock;           /* seconds that a reading of the clock adds */
};

static void drop(rxt_team *team)
{
    free(team->share);
    free(team->partials);
    team->share = NULL;
    team->partials = NULL;
}

static void *wait_at(void *gate)
{
    pthread_mutex_lock(gate);
    pthread_mutex_unlock(gate);
    return NULL;
}

/* Reads a size in bytes: a number with B, K, M or G; without a letter K is assumed. 0 for an empty
 * text (OpenMP 5.0, 6.3). */
static double bytes_of(const char *text)
{
    char *unit = NULL;
    double size = text ? strtod(text, &unit) : 0;

    if (!(size > 0))
        return 0;
    unit += strspn(unit, " \t");
    switch (*unit | 0x20) {
    case 'b':
        return size;
    case 'm':
        return size * (1 << 20);
    case 'g':
        return size * (1 << 30);
    default:
        return size * (1 << 10);
    }
}

/* If the user has set a stack size for the runtime's threads, sets the same size in
 * `attributes`. */
static void like_runtime(pthread_attr_t *attributes)
{
    static const char *const names[] = {
#ifdef KMP_VERSION_MAJOR
        "KMP_STACKSIZE",
        "OMP_STACKSIZE",
#else
        "OMP_STACKSIZE",
        "GOMP_STACKSIZE",
#endif
    };
    double size = 0;

    for (size_t n = 0; n < sizeof names / sizeof names[0] && size == 0; n++)
        size = bytes_of(getenv(names[n]));
    pthread_attr_init(attributes);
    if (size > 0 && size < 0x1p62)
        pthread_attr_setstacksize(attributes, (size_t)size);
}

/* The OpenMP runtimes end the process if they cannot start a thread. So this function starts the
 * same number of POSIX threads first, and returns how many threads the system allows. */
int rxt_team_allowed(int threads)
{
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    pthread_t *thread = malloc((size_t)threads * sizeof *thread);
    pthread_attr_t like;
    int made = 0;

    like_runtime(&like);
    pthread_mutex_lock(&gate);
    while (thread && made < threads - 1 &&
           pthread_create(&thread[made], &like, wait_at, &gate) == 0)
        made++;
    pthread_mutex_unlock(&gate);
    for (int t = 0; t < made; t++)
        pthread_join(thread[t], NULL);
    pthread_attr_destroy(&like);
    free(thread);
    return made + 1;
}

/* Opens a region, which starts the runtime's pool, and returns how many threads the runtime
 * gave. */
static int threads_had(int threads)
{
    int had = 1;

    if (threads == 1)
        return 1;
#pragma omp parallel num_threads(threads)
#pragma omp single
    had = omp_get_num_threads();
    return had;
}

/* After its last region libgomp's pool spins for milliseconds, libomp's for 200 ms, on cores that
 * the next split's ranks need. A soft pause ends libgomp's threads. libomp ignores a soft pause,
 * and a hard pause makes it leak; but its threads sleep at once after a region with a block time of
 * 0. */
bool rxt_team_quiet(int threads)
{
    if (threads == 1)
        return true;
#ifdef KMP_VERSION_MAJOR
    int usual = kmp_get_blocktime();

    kmp_set_blocktime(0);
    threads_had(threads);
    kmp_set_blocktime(usual);
    return false;
#else
    return omp_pause_resource_all(omp_pause_soft) == 0;
#endif
}

static int cpus_of_caller(void)
{
    rxt_cpus mine = rxt_cpus_mine();

    return rxt_cpus_count(&mine);
}

static rxt_status with_residents(rxt_team *team, rxt_status (*visit)(rxt_team *, void *), void *arg)
{
    rxt_status st = RXT_OK;

    team->lines = rxt_team_lines_open(team->threads);
    if (!team->lines)
        return rxt_status_no_memory("for a team of %d threads", team->threads);
    if (team->threads > cpus_of_caller())
        rxt_team_oversubscribe(team);
#pragma omp parallel num_threads(team->threads)
    if (omp_get_thread_num() > 0) {
        rxt_team_lines_serve(team->lines, omp_get_thread_num());
    } else {
        st = visit(team, arg);
        rxt_team_lines_end(team->lines);
    }
    rxt_team_lines_close(team->lines);
    return st;
}

rxt_status rxt_team_with(rxt_team_kind kind, int threads, rxt_status (*visit)(rxt_team *, void *),
                         void *arg)
{
    rxt_team team = { .threads = threads,
                      .decides = threads > 1 && rxt_team_decides(kind),
                      .hand_off = NAN };
    bool resident = threads > 1 && rxt_team_stays(kind);
    rxt_status st;
    int had;

    omp_set_dynamic(0);
    had = rxt_team_allowed(threads);
    if (had == threads)
        had = threads_had(threads);
    if (had < threads)
        return rxt_status_of(RXT_ENVIRONMENT,
                             "OpenMP started only %d of %d threads; see OMP_THREAD_LIMIT, "
                             "OMP_STACKSIZE, ulimit -u and ulimit -v",
                             had, threads);
    st = resident ? with_residents(&team, visit, arg) : visit(&team, arg);
    drop(&team);
    rxt_team_quiet(threads);
    return st;
}

void rxt_team_oversubscribe(rxt_team *team)
{
    if (team->lines)
        rxt_team_lines_oversubscribe(team->lines);
}

int rxt_team_threads(const rxt_team *team)
{
    return team->threads;
}

void rxt_team_each(rxt_team *team, void (*act)(int, void *), void *arg)
{
    if (team->threads == 1) {
        act(0, arg);
        return;
    }
    if (team->lines) {
        rxt_team_lines_all(team->lines, act, arg);
        return;
    }
#pragma omp parallel num_threads(team->threads)
    act(omp_get_thread_num(), arg);
}

double rxt_team_hand_off(rxt_team *team)
{
    if (isnan(team->hand_off))
        team->hand_off = team->lines ? rxt_team_hand_off_of(team->lines) : 0.0;
    return team->hand_off;
}

bool rxt_team_pays(rxt_team *team, double serial)
{
    return rxt_team_choice_pays(team->threads, rxt_team_hand_off(team), serial);
}

/* Prepares an auto team's decision. `whole` is all of the slab as one share, with thread 0's worker
 * number. */
static void look_at(rxt_team *team)
{
    rxt_slab alone = *team->slab;

    alone.threads = 1;
    team->whole = rxt_share_of(&alone, 0, rxt_grain_of(team->kernel));
    team->whole.worker = team->share[0].worker;
    team->whole.workers = team->share[0].workers;
    team->clock = rxt_clock_cost();
    team->choice = rxt_team_choice_open(team->threads, rxt_team_hand_off(team));
}

rxt_status rxt_team_take(rxt_team *team, const rxt_kernel *kernel, const rxt_slab *slab)
{
    size_t threads = (size_t)team->threads, size = kernel->merge ? kernel->merge->size : 1;
    bool small = team->lines && size <= RXT_TEAM_ROOM;

    drop(team);
    team->kernel = kernel;
    team->slab = slab;
    team->stride = (size + LINE - 1) / LINE * LINE;
    team->share = malloc(threads * sizeof *team->share);
    if (!small)
        team->partials = aligned_alloc(LINE, threads * team->stride);
    if (!team->share || (!small && !team->partials))
        return rxt_status_no_memory("for the partial results of %d threads", team->threads);
    for (int t = 0; t < team->threads; t++)
        team->share[t] = rxt_share_of(slab, t, rxt_grain_of(kernel));
    team->whole = team->share[0];
    team->alone = team->threads == 1 ? kernel->loop : NULL;
    team->hand_off = NAN;
    if (team->decides)
        look_at(team);
    return RXT_OK;
}

/* A small partial of a resident thread is in the line of its reply. */
static void *partial_of(const rxt_team *team, int thread)
{
    return team->partials ? team->partials + (size_t)thread * team->stride
                          : rxt_team_lines_room(team->lines, thread);
}

/* Merges the partials in thread order: thread 0 has the lowest share of the slab, thread 1 the
 * next, … */
static void merge_all(const rxt_team *team, void *partial)
{
    const rxt_merge *merge = team->kernel->merge;

    memcpy(partial, partial_of(team, 0), merge->size);
    for (int t = 1; t < team->threads; t++)
        merge->merge(partial, partial_of(team, t));
}

static void call_share(int thread, void *arg)
{
    const rxt_team *team = arg;

    team->kernel->loop(&team->share[thread], partial_of(team, thread));
}

/* Thread 0 makes the call alone and times it, until the decision is made. */
static void call_and_look(rxt_team *team, void *partial)
{
    double begin = rxt_clock_now();

    team->kernel->loop(&team->whole, partial);
    rxt_team_choice_see(&team->choice, rxt_clock_now() - begin - team->clock);
    if (team->choice.decided && !team->choice.all)
        team->alone = team->kernel->loop;
}

bool rxt_team_alone(const rxt_team *team)
{
    return team->threads == 1 || (team->decides && !team->choice.all);
}

static void call_all(rxt_team *team, void *partial)
{
    rxt_team_each(team, call_share, team);
    if (team->kernel->merge)
        merge_all(team, partial);
}

/* A call on one thread does nothing but call the loop, because any overhead would be visible in the
 * time of a short loop. */
void rxt_team_call(rxt_team *team, void *partial)
{
    if (team->alone)
        team->alone(&team->whole, partial);
    else if (team->kernel->run)
        team->kernel->run(team->slab, partial);
    else if (rxt_team_alone(team))
        call_and_look(team, partial);
    else
        call_all(team, partial);
}

/* True for an auto team that has not decided yet. */
static bool is_looking(const rxt_team *team)
{
    return team->decides && !team->choice.decided;
}

/* Calls that every thread makes by itself. */
typedef struct stint {
    rxt_team *team;
    ptrdiff_t calls;
} stint;

static void call_shares(int thread, void *arg)
{
    const stint *s = arg;

    for (ptrdiff_t c = 0; c < s->calls; c++)
        s->team->kernel->loop(&s->team->share[thread], NULL);
}

/* All calls are handed over together, so handing over may be faster even if a single call is too
 * short for it. */
void rxt_team_calls(rxt_team *team, ptrdiff_t calls)
{
    stint s = { .team = team, .calls = calls };

    assert(!team->kernel->merge && !team->kernel->run);
    for (; s.calls > 0 && is_looking(team); s.calls--)
        call_and_look(team, NULL);
    if (s.calls > 0 && team->decides && !rxt_team_pays(team, (double)s.calls * team->choice.least))
        for (ptrdiff_t c = 0; c < s.calls; c++)
            team->kernel->loop(&team->whole, NULL);
    else if (s.calls > 0)
        rxt_team_each(team, call_shares, &s);
}

int rxt_team_limit(void)
{
    return omp_get_thread_limit();
}

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

void rxt_team_version(char text[64])
{
#ifdef KMP_VERSION_MAJOR
    snprintf(text, 64, "libomp %d.%d", KMP_VERSION_MAJOR, KMP_VERSION_MINOR);
#else
    snprintf(text, 64, "libgomp (OpenMP %s)", TEXT(_OPENMP));
#endif
}
