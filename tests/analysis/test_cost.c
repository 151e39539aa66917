/* test_cost.c - costs of tasks relative to another task: which rows are compared, and the result.
 */
#include "analysis/cost.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

enum { ROUNDS = 10, ROWS = 16 };

typedef struct study {
    rxt_rows rows;
    rxt_row row[ROWS];
    double seconds[ROWS][ROUNDS];
} study;

static study *start(const char *against)
{
    study *p = calloc(1, sizeof *p);

    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    p->rows = (rxt_rows){ .row = p->row, .rounds = ROUNDS, .against = against, .lesson = true };
    return p;
}

/* Adds a row whose times are proportional to `times`, on a host that gets slower every round. */
static rxt_row *add(study *p, const char *kernel, ptrdiff_t n, int ranks, int threads, double times)
{
    rxt_row *row = &p->row[p->rows.count];

    for (int r = 0; r < ROUNDS; r++)
        p->seconds[p->rows.count][r] = times * (1 + r) * (r % 2 ? 1.01 : 0.99);
    *row = (rxt_row){ .kernel = kernel,
                      .bind = "hybrid",
                      .n = n,
                      .split = { 1, ranks, threads },
                      .seconds = p->seconds[p->rows.count],
                      .unit = "worker",
                      .time = rxt_sample_of(ROUNDS, p->seconds[p->rows.count]),
                      .verified = true };
    p->rows.count++;
    return row;
}

static rxt_costs costs_of(const study *p)
{
    rxt_costs costs;

    CU_ASSERT_PTR_NULL_FATAL(rxt_costs_of(&p->rows, &costs));
    return costs;
}

static void done(study *p, rxt_costs *costs)
{
    rxt_costs_free(costs);
    free(p);
}

/* Each cost is the median of the ratios within rounds, so the host's drift cancels. */
static void ratios_are_paired(void)
{
    study *p = start("thread");
    rxt_costs costs;

    add(p, "fork", 1, 1, 1, 14.0);
    add(p, "thread", 1, 1, 1, 1.0);
    costs = costs_of(p);
    CU_ASSERT_EQUAL_FATAL(costs.count, 2);
    CU_ASSERT_PTR_EQUAL(costs.cost[0].row, &p->row[1]);
    CU_ASSERT_PTR_EQUAL(costs.cost[1].against, &p->row[1]);
    CU_ASSERT_DOUBLE_EQUAL(costs.cost[1].ratio.median, 14.0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(costs.cost[1].ratio.low, 14.0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(costs.cost[1].ratio.high, 14.0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(costs.cost[0].ratio.median, 1.0, 1e-12);
    done(p, &costs);
}

/* A task that hands data over is judged at the split with the most workers, where another worker
 * receives the data. */
static void the_split_of_most_workers_counts(void)
{
    study *p = start("pointer");
    rxt_costs costs;

    add(p, "message", 1000, 1, 1, 1.0);
    add(p, "message", 1000, 2, 1, 6.0);
    add(p, "pointer", 1000, 1, 1, 1.0);
    add(p, "pointer", 1000, 1, 2, 2.0);
    costs = costs_of(p);
    CU_ASSERT_EQUAL_FATAL(costs.count, 2);
    CU_ASSERT_EQUAL(costs.cost[0].row->split.threads, 2);
    CU_ASSERT_EQUAL(costs.cost[1].row->split.ranks, 2);
    CU_ASSERT_DOUBLE_EQUAL(costs.cost[1].ratio.median, 3.0, 1e-12);
    done(p, &costs);
}

static void sizes_are_apart_whatever_the_order_of_rows(void)
{
    study *p = start("thread");
    rxt_costs costs;

    add(p, "fork", 1, 1, 1, 10.0);
    add(p, "fork", 100, 1, 1, 20.0);
    add(p, "thread", 1, 1, 1, 1.0);
    add(p, "thread", 100, 1, 1, 10.0);
    costs = costs_of(p);
    CU_ASSERT_EQUAL_FATAL(costs.count, 4);
    CU_ASSERT_EQUAL(costs.cost[0].row->n, 1);
    CU_ASSERT_EQUAL(costs.cost[1].row->n, 1);
    CU_ASSERT_EQUAL(costs.cost[2].row->n, 100);
    CU_ASSERT_DOUBLE_EQUAL(costs.cost[1].ratio.median, 10.0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(costs.cost[3].ratio.median, 2.0, 1e-12);
    done(p, &costs);
}

static void fails(rxt_row *row)
{
    row->verified = false;
    row->time.median = NAN;
}

/* A row that was refused or is wrong is the last row of its size, and has no ratio. */
static void what_was_not_measured_has_no_ratio(void)
{
    study *p = start("thread");
    rxt_costs costs;

    fails(add(p, "fork", 1, 1, 1, 10.0));
    add(p, "thread", 1, 1, 1, 1.0);
    add(p, "fork", 100, 1, 1, 10.0);
    fails(add(p, "thread", 100, 1, 1, 1.0));
    costs = costs_of(p);
    CU_ASSERT_EQUAL_FATAL(costs.count, 4);
    CU_ASSERT_STRING_EQUAL(costs.cost[1].row->kernel, "fork");
    CU_ASSERT_TRUE(isnan(costs.cost[1].ratio.median));
    CU_ASSERT_PTR_NULL(costs.cost[2].against);
    CU_ASSERT_TRUE(isnan(costs.cost[2].ratio.median));
    CU_ASSERT_TRUE(isnan(costs.cost[3].ratio.median));
    done(p, &costs);
}

static void without_a_task_to_compare_with_nothing_is_told(void)
{
    study *q = start(NULL);
    rxt_costs costs;

    add(q, "thread", 1, 1, 1, 1.0);
    add(q, "fork", 1, 1, 1, 1.0);
    costs = costs_of(q);
    CU_ASSERT_EQUAL(costs.count, 0);
    done(q, &costs);
}

/* Rows of a single worker (`alone`) are left out: no other worker was at the other end of the
 * pipe. */
static void what_one_did_alone_is_not_compared(void)
{
    study *p = start("pointer");
    rxt_costs costs;

    add(p, "pipe", 1000, 1, 1, 1.0)->alone = true;
    add(p, "pointer", 1000, 1, 1, 1.0)->alone = true;
    add(p, "pointer", 1000, 1, 2, 8.0);
    costs = costs_of(p);
    CU_ASSERT_EQUAL_FATAL(costs.count, 1);
    CU_ASSERT_PTR_EQUAL(costs.cost[0].row, &p->row[2]);
    done(p, &costs);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "ratios are paired", ratios_are_paired },
        { "the split of most workers counts", the_split_of_most_workers_counts },
        { "sizes are apart, whatever the order of rows",
          sizes_are_apart_whatever_the_order_of_rows },
        { "what was not measured has no ratio", what_was_not_measured_has_no_ratio },
        { "without a task to compare with nothing is told",
          without_a_task_to_compare_with_nothing_is_told },
        { "what one did alone is not compared", what_one_did_alone_is_not_compared },
        CU_TEST_INFO_NULL,
    };

    return suite_run("cost", tests);
}
