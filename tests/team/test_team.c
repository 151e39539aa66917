/* test_team.c - the threads of a rank: each works once per call, and partial results are merged in
 * thread order. */
#include "support/slab.h"
#include "team/team.h"

#include <omp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "suite.h"

enum { MOST = 8, CALLS = 50 };
static const rxt_team_kind kinds[RXT_TEAMS] = { RXT_TEAM_FORKJOIN, RXT_TEAM_RESIDENT,
                                                RXT_TEAM_AUTO };

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

/* Threads with lower numbers take longer, so a merge in order of arrival would reverse the order.
 * Every element of a share counts the calls. */
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
    bool alone;                /* thread 0 made the last call alone, as announced */
    const rxt_kernel *between; /* kernel that is taken between two calls; NULL: none */
    double result;             /* result of `between` */
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
        t->alone = rxt_team_alone(team);
        rxt_team_call(team, &t->found);
    }
    return st;
}

static void check_sequence(const trial *t)
{
    ptrdiff_t next = 0;
    int shares = t->alone ? 1 : t->threads;

    CU_ASSERT_EQUAL_FATAL(t->found.count, shares);
    CU_ASSERT_EQUAL(t->found.regions, t->threads == 1 ? 0 : shares);
    for (int i = 0; i < shares; i++) {
        CU_ASSERT_EQUAL(t->found.part[i].worker, t->rank * t->threads + i);
        CU_ASSERT_EQUAL(t->found.part[i].first, next);
        next += t->found.part[i].n;
    }
    CU_ASSERT_EQUAL(next, t->n);
    for (ptrdiff_t i = 0; i < t->n; i++)
        CU_ASSERT_EQUAL(t->x[i], t->calls);
}

static void sequence_by(rxt_team_kind kind, ptrdiff_t n)
{
    for (int threads = 1; threads <= MOST; threads++) {
        trial t = { .n = n, .ranks = 3, .rank = 2, .threads = threads, .calls = 3 };

        CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(kind, threads, call_sequencer, &t));
        CU_ASSERT(t.alone == (threads == 1) || kind == RXT_TEAM_AUTO);
        check_sequence(&t);
    }
}

static void partials_are_merged_in_thread_order_and_each_works_once(void)
{
    static const ptrdiff_t sizes[] = { 0, 1, 2, 7, 1009 };

    for (int k = 0; k < RXT_TEAMS; k++)
        for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
            sequence_by(kinds[k], sizes[s]);
}

/* ---- small partials, and many threads ---- */

/* A number of base-8 digits. The merge appends the digits of the right number to the left number.
 */
typedef struct number {
    double value, scale;
} number;

static void number_merge(void *left, const void *right)
{
    number *l = left;
    const number *r = right;

    *l = (number){ l->value * r->scale + r->value, l->scale * r->scale };
}

static const rxt_merge digits = { .size = sizeof(number), .merge = number_merge };

static void write_digit(const rxt_share *share, void *partial)
{
    *(number *)partial = (number){ share->worker % 7 + 1, 8 };
}

static const rxt_kernel writer = {
    .name = "writer", .arrays = 1, .merge = &digits, .loop = write_digit
};

enum { DIGITS = 17 }; /* base 8; a double holds 17 such digits */

/* The number that `threads` threads must give: thread t gives the digit t % 7 + 1, and the digit of
 * thread 0 is the first. */
static double digits_of(int threads)
{
    double all = 0;

    for (int t = 0; t < threads; t++)
        all = 8 * all + t % 7 + 1;
    return all;
}

static rxt_status call_writer(rxt_team *team, void *arg)
{
    double x[1];
    rxt_slab slab = { .ranks = 1, .threads = rxt_team_threads(team), .v[0] = x };
    rxt_status st = rxt_team_take(team, &writer, &slab);

    for (int c = 0; !st && c < 40 * CALLS; c++) {
        number found = { 0 };
        double right = digits_of(rxt_team_alone(team) ? 1 : slab.threads);

        rxt_team_call(team, &found);
        *(int *)arg += found.value == right;
    }
    return st;
}

/* Also with more threads than there are cores. */
static void call_after_call_every_digit_is_in_its_place(void)
{
    for (int k = 0; k < RXT_TEAMS; k++)
        for (int threads = 1; threads <= DIGITS; threads += threads < 5 ? 1 : 4) {
            int right = 0;

            CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(kinds[k], threads, call_writer, &right));
            CU_ASSERT_EQUAL(right, 40 * CALLS);
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

static void roll_by(rxt_team_kind kind)
{
    for (int threads = 1; threads <= MOST; threads++) {
        roll r = { .caller = pthread_self(), .threads = threads };

        CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(kind, threads, call_roll, &r));
        for (int t = 0; t < MOST; t++)
            CU_ASSERT_EQUAL(atomic_load(&r.acts[t]), t < threads ? CALLS : 0);
        CU_ASSERT_EQUAL(atomic_load(&r.strangers), CALLS * (threads - 1));
        CU_ASSERT_EQUAL(atomic_load(&r.regions), threads == 1 ? 0 : CALLS * threads);
    }
}

static void every_thread_acts_once_and_thread_0_is_the_caller(void)
{
    for (int k = 0; k < RXT_TEAMS; k++)
        roll_by(kinds[k]);
}

/* ---- the status of a visit is returned; several kernels are taken in one visit ---- */

static rxt_status fail(rxt_team *team, void *arg)
{
    (void)team;
    return rxt_status_of(RXT_WRONG, "%s", (const char *)arg);
}

static void the_visits_status_is_the_teams(void)
{
    char word[] = "as it was said";

    for (int i = 0; i < 3 * RXT_TEAMS; i++) {
        rxt_status st = rxt_team_with(kinds[i / 3], 1 + i % 3, fail, word);

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

static void count_one(const rxt_share *share, void *partial)
{
    (void)share;
    *(double *)partial = 1;
}

static const rxt_kernel counter = {
    .name = "counter", .arrays = 1, .merge = &rxt_sum, .loop = count_one
};

static rxt_status take_twice(rxt_team *team, void *arg)
{
    trial *t = arg;
    rxt_slab slab = { .rank = 7, .ranks = 8, .threads = t->threads };
    double result = 0;
    rxt_status st = call_sequencer(team, t);

    if (!st)
        st = rxt_team_take(team, t->between, &slab);
    if (!st)
        rxt_team_call(team, &result);
    CU_ASSERT_EQUAL(result, t->result);
    return st ? st : call_sequencer(team, t);
}

static void a_team_takes_one_kernel_after_another(void)
{
    const rxt_kernel *const between[] = { &own_threads, &counter, &counter };

    for (int i = 0; i < 3; i++) {
        trial t = { .n = 100, .ranks = 1, .threads = 2, .calls = 1, .between = between[i] };

        t.result = i == 0 ? 702 : 2;
        CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(kinds[i / 2], 2, take_twice, &t));
        t.calls = 2; /* the two takes make one call each */
        check_sequence(&t);
    }
}

/* ---- calls without a wait in between ---- */

/* Each thread waits, for some time, until the thread before it has made all its calls. If the
 * threads synchronised after every call, the first thread could never finish its calls. */
typedef struct relay {
    atomic_int done[MOST];
    int calls;
    atomic_int missed;
} relay;

static bool has_done(relay *r, int worker)
{
    const struct timespec nap = { .tv_nsec = 100000 };

    for (int looks = 0; looks < 20000; looks++) {
        if (atomic_load(&r->done[worker]) == r->calls)
            return true;
        nanosleep(&nap, NULL);
    }
    return false;
}

static void run_relay(const rxt_share *share, void *partial)
{
    relay *r = share->state;

    (void)partial;
    if (share->worker > 0 && !atomic_load(&r->missed) && !has_done(r, share->worker - 1))
        atomic_fetch_add(&r->missed, 1);
    atomic_fetch_add(&r->done[share->worker], 1);
}

static const rxt_kernel runner = { .name = "runner", .arrays = 1, .loop = run_relay };

typedef struct race {
    const rxt_kernel *kernel;
    relay relay;
} race;

static rxt_status start_race(rxt_team *team, void *arg)
{
    race *r = arg;
    double x[1];
    rxt_slab slab = {
        .ranks = 1, .threads = rxt_team_threads(team), .v[0] = x, .state = &r->relay
    };
    rxt_status st = rxt_team_take(team, r->kernel, &slab);

    if (!st)
        rxt_team_calls(team, r->relay.calls);
    return st;
}

static void race_by(rxt_team_kind kind, const rxt_kernel *kernel, int threads, int calls)
{
    race r = { .kernel = kernel, .relay.calls = calls };

    CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(kind, threads, start_race, &r));
    CU_ASSERT_EQUAL(atomic_load(&r.relay.missed), 0);
    for (int t = 0; t < MOST; t++)
        CU_ASSERT_EQUAL(atomic_load(&r.relay.done[t]), t < threads ? calls : 0);
}

static void threads_make_many_calls_without_a_wait(void)
{
    for (int k = 0; k < RXT_TEAM_AUTO; k++) /* auto may call on one thread: test_team_choice.c */
        for (int threads = 1; threads <= MOST; threads++)
            for (int calls = 0; calls <= 3; calls++)
                race_by(kinds[k], &runner, threads, calls);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "partials are merged in thread order, and each works once",
          partials_are_merged_in_thread_order_and_each_works_once },
        { "call after call every digit is in its place",
          call_after_call_every_digit_is_in_its_place },
        { "every thread acts once, and thread 0 is the caller",
          every_thread_acts_once_and_thread_0_is_the_caller },
        { "the visit's status is the team's", the_visits_status_is_the_teams },
        { "a team takes one kernel after another", a_team_takes_one_kernel_after_another },
        { "threads make many calls without a wait", threads_make_many_calls_without_a_wait },
        CU_TEST_INFO_NULL,
    };

    return suite_run("team", tests);
}
