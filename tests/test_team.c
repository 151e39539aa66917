/* test_team.c - the threads of a rank: each works once a call, partials are merged in thread order,
 * and none is left running. */
#include <rxt/slab.h>
#include <rxt/team.h>

#include <dirent.h>
#include <omp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "suite.h"

enum { MOST = 8, CALLS = 50 };

/* ---- a kernel whose result is the sequence of the workers' shares: its merge does not commute
 * ---- */

typedef struct sequence {
    int count, regions;
    struct {
        int worker;
        ptrdiff_t first, n;
    } part[MOST];
} sequence;

static void sequence_zero(void *partial)
{
    memset(partial, 0, sizeof(sequence));
}

static void sequence_merge(void *left, const void *right)
{
    sequence *l = left;
    const sequence *r = right;

    l->regions += r->regions;
    for (int i = 0; i < r->count; i++)
        l->part[l->count++] = r->part[i];
}

static rxt_value sequence_finish(const void *partial)
{
    return (rxt_value){ .value = ((const sequence *)partial)->count, .index = -1 };
}

static const rxt_merge sequence_of_shares = {
    .size = sizeof(sequence),
    .zero = sequence_zero,
    .merge = sequence_merge,
    .finish = sequence_finish,
};

/* Earlier threads take longer, so that an order of arrival would be the reverse. Each share's calls
 * are counted in its first element. */
static void write_share(const rxt_share *share, void *partial)
{
    sequence one = { .count = 1,
                     .regions = omp_get_level() > 0,
                     .part[0] = { share->worker, share->first, share->n } };
    struct timespec nap = { .tv_nsec = 200000L * (share->workers - share->worker) };

    nanosleep(&nap, NULL);
    for (ptrdiff_t i = 0; i < share->n; i++)
        ((double *)share->v[0])[i] += 1;
    memcpy(partial, &one, sizeof one);
}

static const rxt_kernel sequencer = {
    .name = "sequencer", .arrays = 1, .merge = &sequence_of_shares, .loop = write_share
};

typedef struct trial {
    ptrdiff_t n;
    int ranks, rank, threads, calls;
    double x[1009];
    sequence found;
} trial;

static rxt_status call_sequencer(rxt_team *team, void *arg)
{
    trial *t = arg;
    rxt_slab slab = { .n = t->n,
                      .total = t->n,
                      .rank = t->rank,
                      .ranks = t->ranks,
                      .threads = t->threads,
                      .v[0] = t->x };
    rxt_status st = rxt_team_take(team, &sequencer, &slab);

    CU_ASSERT_EQUAL(rxt_team_threads(team), t->threads);
    for (int c = 0; !st && c < t->calls; c++) {
        memset(&t->found, 0xff, sizeof t->found);
        rxt_team_call(team, &t->found);
    }
    return st;
}

static void check_sequence(const trial *t)
{
    ptrdiff_t next = 0;

    CU_ASSERT_EQUAL_FATAL(t->found.count, t->threads);
    CU_ASSERT_EQUAL(t->found.regions, t->threads == 1 ? 0 : t->threads);
    for (int i = 0; i < t->threads; i++) {
        CU_ASSERT_EQUAL(t->found.part[i].worker, t->rank * t->threads + i);
        CU_ASSERT_EQUAL(t->found.part[i].first, next);
        next += t->found.part[i].n;
    }
    CU_ASSERT_EQUAL(next, t->n);
    for (ptrdiff_t i = 0; i < t->n; i++)
        CU_ASSERT_EQUAL(t->x[i], t->calls);
}

static void partials_are_merged_in_thread_order_and_each_works_once(void)
{
    static const ptrdiff_t sizes[] = { 0, 1, 2, 7, 1009 };

    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
        for (int threads = 1; threads <= MOST; threads++) {
            trial t = { .n = sizes[s], .ranks = 3, .rank = 2, .threads = threads, .calls = 3 };

            CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(RXT_TEAM_FORKJOIN, threads, call_sequencer, &t));
            check_sequence(&t);
        }
}

/* ---- each ---- */

typedef struct roll {
    atomic_int acts[MOST];
    atomic_int strangers; /* threads that are not the caller */
    atomic_int regions;   /* acts inside a parallel region   */
    pthread_t caller;
    int threads;
} roll;

static void answer(int thread, void *arg)
{
    roll *r = arg;

    if (thread >= 0 && thread < MOST)
        atomic_fetch_add(&r->acts[thread], 1);
    if (!pthread_equal(pthread_self(), r->caller))
        atomic_fetch_add(&r->strangers, 1);
    if (omp_get_level() > 0)
        atomic_fetch_add(&r->regions, 1);
}

static rxt_status call_roll(rxt_team *team, void *arg)
{
    CU_ASSERT(pthread_equal(pthread_self(), ((roll *)arg)->caller));
    for (int c = 0; c < CALLS; c++)
        rxt_team_each(team, answer, arg);
    return RXT_OK;
}

static void every_thread_acts_once_and_thread_0_is_the_caller(void)
{
    for (int threads = 1; threads <= MOST; threads++) {
        roll r = { .caller = pthread_self(), .threads = threads };

        CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(RXT_TEAM_FORKJOIN, threads, call_roll, &r));
        for (int t = 0; t < MOST; t++)
            CU_ASSERT_EQUAL(atomic_load(&r.acts[t]), t < threads ? CALLS : 0);
        CU_ASSERT_EQUAL(atomic_load(&r.strangers), CALLS * (threads - 1));
        CU_ASSERT_EQUAL(atomic_load(&r.regions), threads == 1 ? 0 : CALLS * threads);
    }
}

/* ---- the calling thread alone ---- */

/* The threads of this process other than its first, and the ticks of processor time that they have
 * used. */
static int others(long *ticks)
{
    DIR *tasks = opendir("/proc/self/task");
    struct dirent *entry;
    int count = 0;

    *ticks = 0;
    while (tasks && (entry = readdir(tasks))) {
        char path[300], text[1000] = "", *fields;
        long user = 0, system = 0;
        FILE *file;

        if (entry->d_name[0] == '.' || atoi(entry->d_name) == getpid())
            continue;
        snprintf(path, sizeof path, "/proc/self/task/%s/stat", entry->d_name);
        file = fopen(path, "r");
        fields = file && fgets(text, sizeof text, file) ? strrchr(text, ')') : NULL;
        if (fields) /* state, then 10 numbers that do not matter */
            sscanf(fields + 1, " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %ld %ld", &user,
                   &system);
        *ticks += user + system;
        count++;
        if (file)
            fclose(file);
    }
    if (tasks)
        closedir(tasks);
    return count;
}

static rxt_status count_others(rxt_team *team, void *arg)
{
    long ticks;

    rxt_team_each(team, answer, &(roll){ .caller = pthread_self() });
    *(int *)arg = others(&ticks);
    return RXT_OK;
}

static void one_thread_is_the_callers_and_no_other_is_made(void)
{
    long ticks;
    int before = others(&ticks), after = -1;

    CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(RXT_TEAM_FORKJOIN, 1, count_others, &after));
    CU_ASSERT_EQUAL(after, before);
}

static bool libgomp(void)
{
    char runtime[64];

    rxt_team_version(runtime);
    CU_ASSERT(strncmp(runtime, "lib", 3) == 0);
    return strncmp(runtime, "libgomp", 7) == 0;
}

static rxt_status nothing(rxt_team *team, void *arg)
{
    long ticks;

    CU_ASSERT_EQUAL(rxt_team_threads(team), *(int *)arg);
    CU_ASSERT(others(&ticks) >= rxt_team_threads(team) - 1);
    return RXT_OK;
}

/* libgomp's threads end, in a moment; libomp's stay and would spin for 200 ms, 20 ticks each. */
static void a_closed_team_takes_no_processor(void)
{
    static const struct timespec moment = { .tv_nsec = 5000000 }, nap = { .tv_nsec = 300000000 };

    for (int threads = 4; threads >= 2; threads--) {
        long before, after;

        CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(RXT_TEAM_FORKJOIN, threads, nothing, &threads));
        for (int look = 0; libgomp() && look < 400 && others(&before) > 0; look++)
            nanosleep(&moment, NULL);
        CU_ASSERT(!libgomp() || others(&before) == 0);
        others(&before);
        nanosleep(&nap, NULL);
        others(&after);
        CU_ASSERT(after - before < 5);
    }
}

/* ---- what a visit says is passed on; takes follow each other ---- */

static rxt_status fail(rxt_team *team, void *arg)
{
    (void)team;
    return rxt_status_of(RXT_WRONG, "%s", (const char *)arg);
}

static void the_visits_status_is_the_teams(void)
{
    char word[] = "as it was said";

    for (int threads = 1; threads <= 3; threads++) {
        rxt_status st = rxt_team_with(RXT_TEAM_FORKJOIN, threads, fail, word);

        CU_ASSERT_EQUAL(rxt_status_code(st), RXT_WRONG);
        CU_ASSERT_STRING_EQUAL(st->text, word);
        rxt_status_free(st);
    }
}

static void whole_slab(const rxt_slab *slab, void *partial)
{
    *(double *)partial = 100 * slab->rank + slab->threads;
}

static const rxt_kernel own_threads = {
    .name = "own", .arrays = 1, .merge = &rxt_sum, .run = whole_slab
};

static rxt_status take_twice(rxt_team *team, void *arg)
{
    trial *t = arg;
    rxt_slab slab = { .rank = 7, .ranks = 8, .threads = t->threads };
    double result = 0;
    rxt_status st = call_sequencer(team, t);

    if (!st)
        st = rxt_team_take(team, &own_threads, &slab);
    if (!st)
        rxt_team_call(team, &result);
    CU_ASSERT_EQUAL(result, 700 + t->threads);
    return st ? st : call_sequencer(team, t);
}

static void a_team_takes_one_kernel_after_another(void)
{
    trial t = { .n = 100, .ranks = 1, .threads = 2, .calls = 1 };

    CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(RXT_TEAM_FORKJOIN, 2, take_twice, &t));
    t.calls = 2; /* each of the two */
    check_sequence(&t);
}

/* ---- more threads than there may be: the limit is read when a program starts, so it starts anew
 */

static int within_limit(void)
{
    rxt_status st = rxt_team_with(RXT_TEAM_FORKJOIN, 3, fail, "three threads of two");
    bool right = rxt_team_limit() == 2 && rxt_status_code(st) == RXT_ENVIRONMENT &&
                 strstr(st->text, "2 of 3") != NULL && strstr(st->text, "OMP_THREAD_LIMIT") != NULL;

    rxt_status_free(st);
    return right ? 0 : 1;
}

static void more_threads_than_allowed_are_refused(void)
{
    char command[4200] = "OMP_THREAD_LIMIT=2 ";
    ssize_t length = (ssize_t)strlen(command),
            path = readlink("/proc/self/exe", command + length, 4096);

    CU_ASSERT_FATAL(path > 0);
    strcpy(command + length + path, " limited");
    CU_ASSERT_EQUAL(system(command), 0);
    CU_ASSERT(rxt_team_limit() >= MOST);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        { "one thread is the caller's, and no other is made",
          one_thread_is_the_callers_and_no_other_is_made },
        { "partials are merged in thread order, and each works once",
          partials_are_merged_in_thread_order_and_each_works_once },
        { "every thread acts once, and thread 0 is the caller",
          every_thread_acts_once_and_thread_0_is_the_caller },
        { "a closed team takes no processor", a_closed_team_takes_no_processor },
        { "the visit's status is the team's", the_visits_status_is_the_teams },
        { "a team takes one kernel after another", a_team_takes_one_kernel_after_another },
        { "more threads than allowed are refused", more_threads_than_allowed_are_refused },
        CU_TEST_INFO_NULL,
    };

    if (argc > 1 && strcmp(argv[1], "limited") == 0)
        return within_limit();

    return suite_run("team", tests);
}
