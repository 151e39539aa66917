/* trials.h - plans of studies on synthetic machines, for the tests of plans. */
#ifndef RXT_TESTS_TRIALS_H
#define RXT_TESTS_TRIALS_H

#include "plan/plan.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <CUnit/Basic.h>

static const rxt_plan_memory plenty = { .free = 1e12, .total = 1e12 };

/* The tests of plans use only the counts of a kernel, so it has nothing else. */
static const rxt_kernel two_arrays = { .name = "two", .arrays = 2 };

/* A machine, settings for it, and the plan. */
typedef struct trial {
    rxt_settings settings;
    rxt_place *place;
    rxt_splits_host host;
    rxt_plan plan;
} trial;

static inline trial trial_on(const char *topology, int nodes, int ranks)
{
    trial t = { .settings = { .kernel = { &two_arrays },
                              .kernels = 1,
                              .teams = 1,
                              .combines = 1,
                              .binds = 1 } };
    rxt_place_request request = { .topology = topology };

    CU_ASSERT_PTR_NULL_FATAL(rxt_place_open(&request, &t.place));
    t.host = rxt_plan_host(t.place, nodes, ranks, INT_MAX);
    return t;
}

static inline void add_size(trial *t, ptrdiff_t n)
{
    t->settings.size[t->settings.sizes++] = (rxt_size){ .n = n };
}

static inline void add_level(trial *t, const char *level)
{
    rxt_size *size = &t->settings.size[t->settings.sizes++];

    *size = (rxt_size){ .n = -1 };
    strcpy(size->level, level);
}

static inline void make_well(trial *t, rxt_plan_memory memory)
{
    CU_ASSERT_PTR_NULL_FATAL(rxt_plan_of(&t->settings, t->place, &t->host, &memory, &t->plan));
}

/* The plan must be refused with that code and a message that contains `words`, and no part of it
 * may be left. */
static inline void expect_refusal(trial *t, rxt_plan_memory memory, rxt_code code,
                                  const char *words)
{
    rxt_status st = rxt_plan_of(&t->settings, t->place, &t->host, &memory, &t->plan);

    CU_ASSERT_EQUAL(rxt_status_code(st), code);
    CU_ASSERT(st && strstr(st->text, words));
    CU_ASSERT(!st || (!t->plan.cell && !t->plan.cpu && !t->plan.splits.split));
    rxt_status_free(st);
}

static inline void expect_1x1_first(const rxt_plan *plan)
{
    CU_ASSERT(plan->splits.count > 0 &&
              rxt_split_equal(plan->splits.split[0], (rxt_split){ 1, 1, 1 }));
}

static inline void end(trial *t)
{
    rxt_plan_free(&t->plan);
    rxt_place_close(t->place);
}

#endif
