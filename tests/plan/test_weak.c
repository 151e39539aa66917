/* test_weak.c - weak scaling: every worker has the same number of elements in all splits; speedups
 * are ratios of rates. */
#include "trials.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/answer.h"
#include "data/arena.h"
#include "report/report.h"
#include "support/slab.h"

#include "suite.h"

static const char four_cores[] = "pack:1 core:4 pu:1",
                  cached[] =
                      "pack:1 l3:1(size=16000000) l2:4(size=1000000) l1d:1(size=32000) core:1 pu:1";

static trial weak_on(const char *topology, int nodes, int ranks)
{
    trial t = trial_on(topology, nodes, ranks);

    t.settings.weak = true;
    return t;
}

/* ---- the plan ---- */

static void every_cell_has_its_size_for_each_worker(void)
{
    static const ptrdiff_t sizes[] = { 0, 1, 7, 1009 };
    static const int launches[][2] = { { 1, 1 }, { 1, 3 }, { 1, 4 }, { 3, 4 } };

    for (int l = 0; l < 4; l++) {
        trial t = weak_on(four_cores, launches[l][0], launches[l][1]);

        for (int s = 0; s < 4; s++)
            add_size(&t, sizes[s]);
        make_well(&t, plenty);
        for (int c = 0; c < t.plan.cells; c++) {
            const rxt_cell *cell = &t.plan.cell[c];
            const rxt_split *split = &t.plan.splits.split[cell->split];

            CU_ASSERT_EQUAL(t.plan.total[cell->total],
                            t.plan.n[cell->size] * split->ranks * split->threads);
            CU_ASSERT_EQUAL(t.plan.total[cell->total],
                            rxt_plan_total(&t.plan, cell->size, cell->split));
        }
        end(&t);
    }
}

/* 1 × 2 and 2 × 1 have the same number of elements in total: the plan lists this total once. */
static void a_total_is_listed_once(void)
{
    trial t = weak_on(four_cores, 1, 4);

    t.settings.bind[t.settings.binds++] = RXT_BIND_SPREAD;
    add_size(&t, 1000);
    add_size(&t, 2000);
    make_well(&t, plenty);
    CU_ASSERT_EQUAL(t.plan.splits.count, 6);
    CU_ASSERT_EQUAL_FATAL(t.plan.totals, 4); /* 1, 2, 4 and 8 thousand */
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < i; j++)
            CU_ASSERT_NOT_EQUAL(t.plan.total[i], t.plan.total[j]);
    end(&t);
}

/* At 1 × 4 rank 0 has four shares; at 2 × 2 two ranks have two shares each; at 4 × 1 each rank has
 * one share. */
static void memory_is_taken_for_the_largest_slab_of_each_rank(void)
{
    enum { N = 1000000 };
    trial t = weak_on(four_cores, 1, 4);

    add_size(&t, N);
    make_well(&t, plenty);
    CU_ASSERT_EQUAL(rxt_plan_capacity(&t.plan, 0, 0), 4 * N);
    CU_ASSERT_EQUAL(rxt_plan_capacity(&t.plan, 0, 1), 2 * N);
    CU_ASSERT_EQUAL(rxt_plan_capacity(&t.plan, 0, 2), N);
    CU_ASSERT_EQUAL(rxt_plan_capacity(&t.plan, 0, 3), N);
    CU_ASSERT_EQUAL(
        t.plan.bytes_node,
        rxt_arena_bytes(&(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = 4 * N }) +
            rxt_arena_bytes(
                &(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = 2 * N }) +
            2 * rxt_arena_bytes(
                    &(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = N }));
    end(&t);
}

/* As memory shrinks, splits are left out in this order: 4 × 1, 2 × 2, 1 × 4, 2 × 1, 1 × 2. */
static void the_most_workers_are_left_out_first(void)
{
    enum { N = 8000000 };
    double one =
               rxt_arena_bytes(&(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = N }),
           two = rxt_arena_bytes(
               &(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = 2 * N }),
           four = rxt_arena_bytes(
               &(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = 4 * N });
    const struct {
        double needed;
        int splits;
        const char *left_out;
    } steps[] = { { four + two + 2 * one, 6, "" },
                  { four + two, 5, "left out: 4×1 (does not" },
                  { four + one, 4, "left out: 2×2, 4×1 (do not" },
                  { two + one, 3, "left out: 1×4, 2×2, 4×1 (do not" },
                  { two, 2, "left out: 2×1, 1×4, 2×2, 4×1 (do not" },
                  { one, 1, "left out: 1×2, 2×1, 1×4, 2×2 and 1 more (do not" } };

    for (int s = 0; s < 6; s++) {
        trial t = weak_on(four_cores, 1, 4);
        const char *left_out = t.plan.splits.left_out;

        add_size(&t, N);
        make_well(&t, (rxt_plan_memory){ .free = steps[s].needed * 1.06, .total = 1e12 });
        CU_ASSERT_EQUAL(t.plan.splits.count, steps[s].splits);
        CU_ASSERT_EQUAL(t.plan.bytes_node, steps[s].needed);
        CU_ASSERT(rxt_split_equal(t.plan.splits.split[0], (rxt_split){ 1, 1, 1 }));
        CU_ASSERT_EQUAL(strncmp(left_out, steps[s].left_out, strlen(steps[s].left_out)), 0);
        CU_ASSERT_EQUAL(left_out[0] != '\0', s > 0);
        end(&t);
    }
}

static void one_workers_share_must_fit(void)
{
    trial t = weak_on(four_cores, 1, 4);

    add_size(&t, 1000000);
    expect_refusal(&t, (rxt_plan_memory){ .free = 1e6, .total = 1e7 }, RXT_USAGE, "--size=1M: ");
    end(&t);
}

static void more_than_can_be_counted_is_refused(void)
{
    static const ptrdiff_t sizes[] = { PTRDIFF_MAX / 4 + 1, PTRDIFF_MAX };

    for (int s = 0; s < 2; s++) {
        trial t = weak_on(four_cores, 1, 4);

        add_size(&t, sizes[s]);
        expect_refusal(&t, (rxt_plan_memory){ .free = INFINITY, .total = INFINITY }, RXT_USAGE,
                       "the elements of 4 workers together are too many");
        end(&t);
    }
}

/* dram is four times the caches for each worker. If memory is short, all arenas of a node get a
 * quarter of it. They hold 8 shares: 4 on rank 0 (for 1 x 4), 2 on rank 1 (for 2 x 2) and 1 on each
 * other rank (for 4 x 1). */
static void dram_is_so_much_for_each_worker(void)
{
    trial t = weak_on(cached, 1, 4);

    add_level(&t, "dram");
    make_well(&t, plenty);
    CU_ASSERT_EQUAL(t.plan.n[0], 4 * 16000000 / 16);
    end(&t);
    t = weak_on(cached, 1, 4);
    add_level(&t, "dram");
    make_well(&t, (rxt_plan_memory){ .free = 1.024e9, .total = 1e12 });
    CU_ASSERT_EQUAL(t.plan.n[0], 1024000000 / 4 / 8 / 16);
    CU_ASSERT_STRING_EQUAL(t.plan.splits.left_out, "");
    end(&t);
}

/* ---- rows ---- */

enum { ROUNDS = 10, ROWS = 4 };

/* 1 × 1 takes one second. A split of w workers does w times the work of 1 × 1, in `seconds`. */
static const struct {
    int ranks, threads;
    double seconds;
} planted[ROWS] = { { 1, 1, 1.0 }, { 1, 2, 1.25 }, { 2, 1, 1.0 }, { 2, 2, 1.6 } };

typedef struct plant {
    rxt_rows rows;
    rxt_row row[ROWS];
    double seconds[ROWS][ROUNDS];
} plant;

/* Rows of n elements per worker, with their figures derived. */
static plant *rows_of(const char *scaling, ptrdiff_t n)
{
    plant *p = calloc(1, sizeof *p);

    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    p->rows = (rxt_rows){ .count = ROWS, .rounds = ROUNDS, .row = p->row, .program = "dotbench" };
    for (int i = 0; i < ROWS; i++) {
        for (int r = 0; r < ROUNDS; r++)
            p->seconds[i][r] = planted[i].seconds;
        p->row[i] = (rxt_row){ .kernel = "dot",
                               .type = "f64",
                               .scaling = scaling,
                               .team = i ? "forkjoin" : "-",
                               .combine = i ? "mpi" : "-",
                               .bind = "hybrid",
                               .loads = 2,
                               .flops = 2,
                               .n = n,
                               .bytes = 16e6 * planted[i].ranks * planted[i].threads,
                               .level = "DRAM",
                               .split = { 1, planted[i].ranks, planted[i].threads },
                               .baseline = { 1, 1, 1 },
                               .seconds = p->seconds[i],
                               .verified = true };
        rxt_row_derive(&p->row[i], &p->row[0], ROUNDS);
    }
    return p;
}

static void speedups_are_ratios_of_rates(void)
{
    plant *p = rows_of("weak", 1000000);

    CU_ASSERT_EQUAL(p->row[0].speedup.median, 1);
    CU_ASSERT_DOUBLE_EQUAL(p->row[1].speedup.median, 1.6, 1e-14);
    CU_ASSERT_DOUBLE_EQUAL(p->row[1].speedup.low, 1.6, 1e-14);
    CU_ASSERT_DOUBLE_EQUAL(p->row[1].speedup.high, 1.6, 1e-14);
    CU_ASSERT_DOUBLE_EQUAL(p->row[1].efficiency, 0.8, 1e-14);
    CU_ASSERT_DOUBLE_EQUAL(p->row[2].speedup.median, 2, 1e-14);
    CU_ASSERT_EQUAL(p->row[2].efficiency, 1);
    CU_ASSERT_DOUBLE_EQUAL(p->row[3].speedup.median, 2.5, 1e-14);
    free(p);
    p = rows_of("strong", 1000000);
    CU_ASSERT_DOUBLE_EQUAL(p->row[1].speedup.median, 0.8, 1e-14);
    free(p);
}

static void rates_are_those_of_all_workers(void)
{
    plant *p = rows_of("weak", 1000000);

    CU_ASSERT_DOUBLE_EQUAL(p->row[0].gbytes_per_s, 16e6 / 1e9, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(p->row[2].gbytes_per_s, 32e6 / 1e9, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(p->row[3].gflops_per_s, 8e6 / 1.6 / 1e9, 1e-15);
    free(p);
}

static void nothing_to_do_still_has_speedups(void)
{
    plant *p = rows_of("weak", 0);

    CU_ASSERT_DOUBLE_EQUAL(p->row[1].speedup.median, 1.6, 1e-14);
    CU_ASSERT_EQUAL(p->row[1].gbytes_per_s, 0);
    free(p);
}

/* If only times were compared, 2 × 1 would tie with 1 × 1, and 2 × 2 would be the slowest. */
static void the_fastest_has_the_largest_rate(void)
{
    plant *p = rows_of("weak", 1000000);
    rxt_answers answers;

    CU_ASSERT_PTR_NULL_FATAL(rxt_answers_of(&p->rows, &answers));
    CU_ASSERT_EQUAL_FATAL(answers.count, 1);
    CU_ASSERT_EQUAL(answers.answer[0].fastest, 3);
    for (int i = 0; i < ROWS; i++)
        CU_ASSERT_EQUAL(answers.answer[0].tied[i], i == 3);
    CU_ASSERT_STRING_EQUAL(answers.answer[0].text,
                           "n = 1M per worker   2×2 is fastest: 2.50× [2.50 2.50] against 1×1.");
    rxt_answers_free(&answers);
    free(p);
}

static void equal_rates_tie(void)
{
    plant *p = rows_of("weak", 1000000);
    rxt_answers answers;

    for (int r = 0; r < ROUNDS; r++)
        p->seconds[1][r] = 0.8; /* 2.5 times the rate of one worker, as 2 × 2 has */
    rxt_row_derive(&p->row[1], &p->row[0], ROUNDS);
    CU_ASSERT_PTR_NULL_FATAL(rxt_answers_of(&p->rows, &answers));
    for (int i = 0; i < ROWS; i++)
        CU_ASSERT_EQUAL(answers.answer[0].tied[i], i == 1 || i == 3);
    rxt_answers_free(&answers);
    free(p);
}

static void the_text_says_whose_n_it_is(void)
{
    plant *p = rows_of("weak", 1000000);
    rxt_answers answers;
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_PTR_NULL_FATAL(rxt_answers_of(&p->rows, &answers));
    p->rows.version = "0";
    rxt_report_text(file, &p->rows, &answers, true);
    fclose(file);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "weak scaling: n is per worker"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\nn = 1M per worker   16 MB each   DRAM\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "dot, n = 1M per worker\n"));
    free(text);
    rxt_answers_free(&answers);
    free(p);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "every cell has its size for each worker", every_cell_has_its_size_for_each_worker },
        { "a total is listed once", a_total_is_listed_once },
        { "memory is taken for the largest slabs",
          memory_is_taken_for_the_largest_slab_of_each_rank },
        { "the most workers are left out first", the_most_workers_are_left_out_first },
        { "one worker's share must fit", one_workers_share_must_fit },
        { "more than can be counted is refused", more_than_can_be_counted_is_refused },
        { "dram is so much for each worker", dram_is_so_much_for_each_worker },
        { "speedups are ratios of rates", speedups_are_ratios_of_rates },
        { "rates are those of all workers", rates_are_those_of_all_workers },
        { "nothing to do still has speedups", nothing_to_do_still_has_speedups },
        { "the fastest has the largest rate", the_fastest_has_the_largest_rate },
        { "equal rates tie", equal_rates_tie },
        { "the text says whose n it is", the_text_says_whose_n_it_is },
        CU_TEST_INFO_NULL,
    };

    return suite_run("weak scaling", tests);
}
