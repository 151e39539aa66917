/* test_team_choice.c - one thread or all of them: the rule, on synthetic times, and the team that
 * follows it. */
#include "support/slab.h"
#include "team/choice.h"
#include "team/team.h"
#include <rxt/task.h>

#include <math.h>
#include <time.h>

#include "suite.h"

static const double times[] = { 1e-8, 1e-7, 1e-6, 1e-5, 1e-3, 1.0 };
enum { MOST = 8, CALLS = 50 };
enum { TIMES = sizeof times / sizeof *times, COUNTS = 5 };
static const int counts[COUNTS] = { 2, 3, 4, 16, 128 };

static void from_a_multiple_of_the_hand_off_on_it_pays(void)
{
    for (int c = 0; c < COUNTS; c++)
        for (int h = 0; h < TIMES; h++) {
            double even = times[h] * counts[c] / (counts[c] - 1); /* both equally long */

            CU_ASSERT_FALSE(rxt_team_choice_pays(counts[c], times[h], even));
            CU_ASSERT_TRUE(rxt_team_choice_pays(counts[c], times[h], 2 * even));
            CU_ASSERT_FALSE(rxt_team_choice_pays(counts[c], times[h], even / 2));
        }
}

static void what_pays_once_pays_for_all_that_is_longer_or_handed_over_faster(void)
{
    for (int c = 0; c < COUNTS; c++)
        for (int h = 0; h < TIMES; h++) {
            bool paid = false;

            for (double serial = times[h] / 16; serial < 16 * times[h]; serial *= 1.1) {
                bool pays = rxt_team_choice_pays(counts[c], times[h], serial);

                CU_ASSERT(pays || !paid);
                CU_ASSERT(!pays || rxt_team_choice_pays(counts[c], times[h] / 2, serial));
                CU_ASSERT(!pays || rxt_team_choice_pays(counts[c] + 1, times[h], serial));
                paid = paid || pays;
            }
            CU_ASSERT(paid);
        }
}

static void one_thread_hands_nothing_over(void)
{
    for (int h = 0; h < TIMES; h++)
        CU_ASSERT_FALSE(rxt_team_choice_pays(1, 0.0, times[h]));
    CU_ASSERT_FALSE(rxt_team_choice_pays(2, 1e-7, 0.0));
}

/* Gives the choice the time of a call that took `first` seconds, then times of `later` seconds
 * until it has decided. Returns the number of calls. */
static int look(rxt_team_choice *choice, double first, double later)
{
    int calls = 0;

    while (!choice->decided && calls < 1000)
        rxt_team_choice_see(choice, calls++ == 0 ? first : later);
    return calls;
}

static void the_fastest_of_several_calls_decides(void)
{
    rxt_team_choice cold = rxt_team_choice_open(2, 1e-6), warm = cold, stalled = cold;

    CU_ASSERT_FALSE(cold.all);
    CU_ASSERT(look(&cold, 20e-6, 1e-6) > 1); /* first call from memory, later ones from a cache */
    CU_ASSERT_FALSE(cold.all);
    CU_ASSERT(look(&warm, 10e-6, 10e-6) > 1);
    CU_ASSERT_TRUE(warm.all);
    rxt_team_choice_see(&stalled, 1e-6);
    look(&stalled, 1e-2, 1e-2); /* the host took the core away */
    CU_ASSERT_FALSE(stalled.all);
}

/* Short work whose first call was interrupted by another process, for some milliseconds. */
static void one_disturbed_call_does_not_decide(void)
{
    rxt_team_choice choice = rxt_team_choice_open(2, 1e-6);

    CU_ASSERT_EQUAL(look(&choice, 4e-3, 1e-6), 2);
    CU_ASSERT_FALSE(choice.all);
}

static void long_calls_are_not_looked_at_again(void)
{
    rxt_team_choice choice = rxt_team_choice_open(2, 1e-6), never = rxt_team_choice_open(2, 10.0);

    CU_ASSERT_EQUAL(look(&choice, 0.1, 0.1), 1);
    CU_ASSERT_TRUE(choice.all);
    CU_ASSERT_EQUAL(look(&never, 0.1, 0.1), 1);
    CU_ASSERT_FALSE(never.all);
}

/* ---- what an auto team decides ---- */

static const rxt_team_kind kinds[RXT_TEAMS] = { RXT_TEAM_FORKJOIN, RXT_TEAM_RESIDENT,
                                                RXT_TEAM_AUTO };

static void whole_slab(const rxt_slab *slab, void *partial)
{
    *(double *)partial = slab->threads;
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

/* Takes 20 ms, which is worth any hand-off. */
static void last_long(const rxt_share *share, void *partial)
{
    const struct timespec nap = { .tv_nsec = 20000000 };

    (void)share;
    nanosleep(&nap, NULL);
    *(double *)partial = 1;
}

static const rxt_kernel lasting = {
    .name = "lasting", .arrays = 1, .merge = &rxt_sum, .loop = last_long
};

/* An empty call is never worth a hand-off. But if another load took the core during the first call,
 * this call seems long. Then the kernel is taken again, and the choice is made again. Returns how
 * many calls were made alone. */
static int take_nothing(rxt_team *team, rxt_slab *slab)
{
    int alone = 0;

    for (int tries = 0; tries < 5 && alone < CALLS; tries++) {
        CU_ASSERT_PTR_NULL_FATAL(rxt_team_take(team, &counter, slab));
        CU_ASSERT_TRUE(rxt_team_hand_off(team) > 0 && isfinite(rxt_team_hand_off(team)));
        CU_ASSERT_FALSE(rxt_team_pays(team, rxt_team_hand_off(team)));
        CU_ASSERT_TRUE(rxt_team_pays(team, 4 * rxt_team_hand_off(team)));
        alone = 0;
        for (int c = 0; c < CALLS; c++) {
            double result = 0;

            rxt_team_call(team, &result);
            alone += result == 1 && rxt_team_alone(team);
        }
    }
    return alone;
}

/* A call takes at least 20 ms. If a hand-off pays for such a call, all threads make the second
 * call. */
static void take_lasting(rxt_team *team, rxt_slab *slab)
{
    double result = 0;

    CU_ASSERT_PTR_NULL_FATAL(rxt_team_take(team, &lasting, slab));
    rxt_team_call(team, &result);
    CU_ASSERT_EQUAL(result, 1);
    CU_ASSERT(!rxt_team_pays(team, 20e-3) || !rxt_team_alone(team));
    if (!rxt_team_alone(team)) {
        rxt_team_call(team, &result);
        CU_ASSERT_EQUAL(result, slab->threads);
    }
}

/* Takes a short and a long kernel by turns; the choice is made anew for each take. A call that is
 * far longer than the hand-off is worth it. */
static rxt_status take_by_turns(rxt_team *team, void *arg)
{
    rxt_slab slab = { .ranks = 1, .threads = rxt_team_threads(team) };

    for (int turn = 0; turn < 2; turn++) {
        *(int *)arg += take_nothing(team, &slab);
        take_lasting(team, &slab);
    }
    return RXT_OK;
}

static void an_auto_team_hands_over_what_pays(void)
{
    for (int threads = 2; threads <= 3; threads++) {
        int alone = 0;

        CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(RXT_TEAM_AUTO, threads, take_by_turns, &alone));
        CU_ASSERT_EQUAL(alone, 2 * CALLS);
    }
}

/* Adds 1 to each of its elements. */
static void add_one(const rxt_share *share, void *partial)
{
    (void)partial;
    for (ptrdiff_t i = 0; i < share->n; i++)
        ((double *)share->v[0])[i] += 1;
}

static const rxt_kernel adder = { .name = "adder", .arrays = 1, .loop = add_one };

typedef struct pile {
    double x[1009];
    ptrdiff_t n, calls;
} pile;

static rxt_status call_often(rxt_team *team, void *arg)
{
    pile *p = arg;
    rxt_slab slab = {
        .n = p->n, .total = p->n, .ranks = 1, .threads = rxt_team_threads(team), .v[0] = p->x
    };
    rxt_status st = rxt_team_take(team, &adder, &slab);

    for (int twice = 0; twice < 2 && !st; twice++)
        rxt_team_calls(team, p->calls);
    return st;
}

/* The number of calls is smaller than the choice needs, about as large, or so large that all
 * threads may make the calls. */
static void many_calls_in_a_row_are_made_each_once(void)
{
    static const ptrdiff_t sizes[] = { 0, 1, 7, 1009 }, calls[] = { 0, 1, 8, 9, 100000 };

    for (int threads = 1; threads <= 3; threads++)
        for (int s = 0; s < 4; s++)
            for (int c = 0; c < 5; c++) {
                pile p = { .n = sizes[s], .calls = calls[c] };

                CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(RXT_TEAM_AUTO, threads, call_often, &p));
                for (ptrdiff_t i = 0; i < 1009; i++)
                    CU_ASSERT(p.x[i] == (i < p.n ? 2 * (double)p.calls : 0));
            }
}

static rxt_status ask_hand_off(rxt_team *team, void *arg)
{
    *(double *)arg = rxt_team_hand_off(team);
    CU_ASSERT_FALSE(rxt_team_pays(team, 0.0));
    return RXT_OK;
}

static void the_hand_off_is_known_where_threads_stay(void)
{
    for (int k = 0; k < RXT_TEAMS; k++)
        for (int threads = 1; threads <= 3; threads++) {
            double hand_off = NAN;

            CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(kinds[k], threads, ask_hand_off, &hand_off));
            CU_ASSERT((hand_off > 0) == (kinds[k] != RXT_TEAM_FORKJOIN && threads > 1));
            CU_ASSERT(isfinite(hand_off));
        }
}

/* An auto team does not call kernels that need every thread. It may call on one thread or on all,
 * so its results have the bound of the longer chain. */
static void what_an_auto_team_calls_and_how_it_is_proved(void)
{
    rxt_task task = { .kernel = counter, .unit = "worker" };
    rxt_kernel terms = counter;

    task.kernel.task = &task;
    terms.factors = terms.sums = 1;
    CU_ASSERT_TRUE(rxt_team_drives(RXT_TEAM_AUTO, &counter));
    CU_ASSERT_FALSE(rxt_team_drives(RXT_TEAM_AUTO, &own_threads));
    CU_ASSERT_FALSE(rxt_team_drives(RXT_TEAM_AUTO, &task.kernel));
    CU_ASSERT_TRUE(rxt_team_drives(RXT_TEAM_RESIDENT, &task.kernel));
    for (ptrdiff_t n = 0; n < 5000; n = 3 * n + 1)
        for (int threads = 1; threads <= MOST; threads++) {
            ptrdiff_t split = rxt_chain_of(&terms, n, 2, threads),
                      alone = rxt_chain_of(&terms, n, 2, 1),
                      chain = rxt_team_case(RXT_TEAM_AUTO, &terms, n, 2, threads).chain;

            CU_ASSERT_EQUAL(chain, split > alone ? split : alone);
            CU_ASSERT_EQUAL(rxt_team_case(RXT_TEAM_RESIDENT, &terms, n, 2, threads).chain, split);
        }
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "from a multiple of the hand-off on it pays",
          from_a_multiple_of_the_hand_off_on_it_pays },
        { "what pays once pays for all that is longer, or handed over faster",
          what_pays_once_pays_for_all_that_is_longer_or_handed_over_faster },
        { "one thread hands nothing over", one_thread_hands_nothing_over },
        { "the fastest of several calls decides", the_fastest_of_several_calls_decides },
        { "long calls are not looked at again", long_calls_are_not_looked_at_again },
        { "one disturbed call", one_disturbed_call_does_not_decide },
        { "an auto team hands over what pays", an_auto_team_hands_over_what_pays },
        { "many calls in a row are made each once", many_calls_in_a_row_are_made_each_once },
        { "the hand-off is known where threads stay", the_hand_off_is_known_where_threads_stay },
        { "what an auto team calls, and how it is proved",
          what_an_auto_team_calls_and_how_it_is_proved },
        CU_TEST_INFO_NULL,
    };

    return suite_run("team choice", tests);
}
