/* test_baseline.c - the baseline of speedups: a split of the study, or 1 x 1 with the reason if
 * that split is not possible. */
#include "trials.h"

#include <stdlib.h>

#include "analysis/answer.h"
#include "data/arena.h"
#include "report/report.h"
#include "support/slab.h"

#include "suite.h"

static const char four_cores[] = "pack:1 core:4 pu:1";

static trial against(rxt_split baseline, int nodes, int ranks)
{
    trial t = trial_on(four_cores, nodes, ranks);

    t.settings.splits.baseline = baseline;
    add_size(&t, 1000);
    return t;
}

/* Expects this baseline of the plan; `why` is the reason if it is not the requested one, else
 * "". */
static void expect(trial *t, rxt_plan_memory memory, rxt_split wanted, const char *why)
{
    const rxt_splits *splits = &t->plan.splits;

    make_well(t, memory);
    CU_ASSERT(rxt_split_equal(splits->split[splits->baseline], wanted));
    CU_ASSERT_STRING_EQUAL(splits->no_baseline, why);
    for (int c = 0; c < t->plan.cells; c++) {
        const rxt_cell *cell = &t->plan.cell[c], *other = &t->plan.cell[cell->baseline];

        CU_ASSERT_EQUAL(other->split, splits->baseline);
        CU_ASSERT(other->kernel == cell->kernel && other->size == cell->size);
        CU_ASSERT_EQUAL(other->bind, cell->bind);
    }
}

static void it_is_one_by_one_unless_asked(void)
{
    trial t = against((rxt_split){ 0 }, 1, 4);

    expect(&t, plenty, (rxt_split){ 1, 1, 1 }, "");
    CU_ASSERT_EQUAL(t.plan.splits.count, 6);
    end(&t);
    t = against((rxt_split){ 0, 1, 1 }, 1, 4);
    expect(&t, plenty, (rxt_split){ 1, 1, 1 }, "");
    end(&t);
}

static void every_split_can_be_it(void)
{
    static const rxt_split pairs[] = { { 0, 1, 2 }, { 1, 2, 1 }, { 0, 4, 1 }, { 0, 1, 4 } };

    for (int p = 0; p < 4; p++) {
        trial t = against(pairs[p], 1, 4);

        t.settings.bind[t.settings.binds++] = RXT_BIND_SPREAD;
        add_size(&t, 5);
        expect(&t, plenty, (rxt_split){ 1, pairs[p].ranks, pairs[p].threads }, "");
        CU_ASSERT_EQUAL(t.plan.splits.count, 6);
        CU_ASSERT(rxt_split_equal(t.plan.splits.split[0], (rxt_split){ 1, 1, 1 }));
        end(&t);
    }
}

static void it_is_measured_where_no_one_else_asks_for_it(void)
{
    trial t = against((rxt_split){ 0, 3, 1 }, 1, 4);

    expect(&t, plenty, (rxt_split){ 1, 3, 1 }, "");
    CU_ASSERT_EQUAL(t.plan.splits.count, 7);
    end(&t);
}

static void it_sits_on_its_nodes_or_the_fewest(void)
{
    trial t = against((rxt_split){ 0, 4, 1 }, 3, 4);

    expect(&t, plenty, (rxt_split){ 1, 4, 1 }, "");
    end(&t);
    t = against((rxt_split){ 2, 4, 1 }, 3, 4);
    expect(&t, plenty, (rxt_split){ 2, 4, 1 }, "");
    end(&t);
    t = against((rxt_split){ 0, 6, 2 }, 3, 4);
    expect(&t, plenty, (rxt_split){ 3, 6, 2 }, "");
    end(&t);
}

static void where_it_cannot_be_it_is_one_by_one_and_why(void)
{
    static const struct {
        rxt_split request;
        const char *why;
    } cases[] = {
        { { 0, 8, 1 }, "--baseline=8x1: only 4 ranks were started; start with mpirun -np 8" },
        { { 0, 2, 3 }, "--baseline=2x3: 6 workers on 4 cores; add --oversubscribe" },
        { { 2, 2, 1 }, "--baseline=2x1@2: only 1 node was started; start on 2 nodes" },
    };

    for (int c = 0; c < 3; c++) {
        trial t = against(cases[c].request, 1, 4);

        expect(&t, plenty, (rxt_split){ 1, 1, 1 }, cases[c].why);
        CU_ASSERT_EQUAL(t.plan.splits.count, 6);
        end(&t);
    }
}

static void oversubscribed_it_can_be(void)
{
    trial t = against((rxt_split){ 0, 2, 3 }, 1, 4);

    t.settings.splits.oversubscribe = true;
    expect(&t, plenty, (rxt_split){ 1, 2, 3 }, "");
    end(&t);
}

/* 4 x 1 and 2 x 2 do not fit into memory, so other splits move up in the list. */
static void memory_may_be_too_short_for_it(void)
{
    enum { N = 8000000 };
    double two =
        rxt_arena_bytes(&(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = N }) +
        rxt_arena_bytes(&(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = N / 2 });
    rxt_plan_memory memory = { .free = 1.1 * two, .total = 1e12 };
    char why[200];

    for (int ranks = 2; ranks <= 4; ranks += 2) {
        trial t = against((rxt_split){ 0, ranks, 1 }, 1, 4);

        t.settings.size[0].n = N;
        snprintf(why, sizeof why, "--baseline=4x1: does not fit into %.3g GB of free memory",
                 0.95 * memory.free / 1e9);
        expect(&t, memory, (rxt_split){ 1, ranks == 2 ? 2 : 1, 1 }, ranks == 2 ? "" : why);
        CU_ASSERT_EQUAL(t.plan.splits.count, 5);
        end(&t);
    }
}

/* ---- answers and reports ---- */

enum { ROUNDS = 10, ROWS = 4 };

static const struct {
    int ranks, threads;
    double seconds;
} planted[ROWS] = { { 1, 1, 2.0 }, { 1, 2, 1.0 }, { 2, 1, 1.0 }, { 4, 1, 0.5 } };

typedef struct plant {
    rxt_rows rows;
    rxt_row row[ROWS];
    double seconds[ROWS][ROUNDS];
    rxt_answers answers;
} plant;

/* `count` rows with the baseline 1 x 2, and their answer. */
static plant *rows_of(int count)
{
    plant *p = calloc(1, sizeof *p);

    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    p->rows = (rxt_rows){
        .count = count, .rounds = ROUNDS, .row = p->row, .program = "dotbench", .version = "0"
    };
    for (int i = 0; i < count; i++) {
        for (int r = 0; r < ROUNDS; r++)
            p->seconds[i][r] = planted[i].seconds;
        p->row[i] = (rxt_row){ .kernel = "dot",
                               .type = "f64",
                               .scaling = "strong",
                               .team = i ? "forkjoin" : "-",
                               .combine = i ? "mpi" : "-",
                               .bind = "hybrid",
                               .n = 1000000,
                               .bytes = 16e6,
                               .level = "L3",
                               .split = { 1, planted[i].ranks, planted[i].threads },
                               .baseline = { 1, 1, 2 },
                               .seconds = p->seconds[i],
                               .verified = true };
    }
    for (int i = 0; i < count; i++)
        rxt_row_derive(&p->row[i], &p->row[1], ROUNDS);
    CU_ASSERT_PTR_NULL_FATAL(rxt_answers_of(&p->rows, &p->answers));
    return p;
}

static void finish(plant *p)
{
    rxt_answers_free(&p->answers);
    free(p);
}

static void speedups_and_sentences_are_against_it(void)
{
    plant *p = rows_of(ROWS);

    CU_ASSERT_EQUAL(p->row[0].speedup.median, 0.5);
    CU_ASSERT_EQUAL(p->row[0].efficiency, 1);
    CU_ASSERT_EQUAL(p->row[1].speedup.median, 1);
    CU_ASSERT_EQUAL(p->row[3].speedup.median, 2);
    CU_ASSERT_EQUAL(p->row[3].efficiency, 1);
    CU_ASSERT_STRING_EQUAL(p->answers.answer[0].text,
                           "n = 1M   4×1 is fastest: 2.00× [2.00 2.00] against 1×2.");
    finish(p);
    p = rows_of(3);
    CU_ASSERT_STRING_EQUAL(p->answers.answer[0].text,
                           "n = 1M   Nothing beats 1×2 at this size by 2 % or more; 2×1 cannot be "
                           "told apart from it.");
    finish(p);
}

static void however_split_says_against_what(void)
{
    plant *p = rows_of(ROWS);

    p->row[0].split = (rxt_split){ 1, 2, 2 };
    p->row[2].split = (rxt_split){ 1, 1, 4 };
    for (int r = 0; r < ROUNDS; r++)
        p->seconds[0][r] = p->seconds[2][r] = 0.5;
    for (int i = 0; i < ROWS; i++)
        rxt_row_derive(&p->row[i], &p->row[1], ROUNDS);
    rxt_answers_free(&p->answers);
    CU_ASSERT_PTR_NULL_FATAL(rxt_answers_of(&p->rows, &p->answers));
    CU_ASSERT_STRING_EQUAL(p->answers.answer[0].text,
                           "n = 1M   4 cores in any split: 2.00× [2.00 2.00] against 1×2; 2×2, "
                           "1×4, 4×1 cannot be told apart.");
    finish(p);
}

static void the_text_names_it_above_every_table(void)
{
    plant *p = rows_of(ROWS);
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    rxt_report_text(file, &p->rows, &p->answers, true);
    for (int i = 0; i < ROWS; i++)
        p->row[i].baseline = (rxt_split){ 1, 1, 1 };
    strcpy(p->rows.no_baseline, "--baseline=8x1: why");
    rxt_report_text(file, &p->rows, &p->answers, true);
    fclose(file);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\nbaseline   1×2\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\nn = 1M   16 MB   L3   against 1×2\n"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text, "\nbaseline   1×1, one thread, no MPI (--baseline=8x1: why)\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\nn = 1M   16 MB   L3\n"));
    free(text);
    finish(p);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "it is 1x1 unless asked", it_is_one_by_one_unless_asked },
        { "every split can be it", every_split_can_be_it },
        { "it is measured where no one else asks", it_is_measured_where_no_one_else_asks_for_it },
        { "it sits on its nodes or the fewest", it_sits_on_its_nodes_or_the_fewest },
        { "where it cannot be: 1x1, and why", where_it_cannot_be_it_is_one_by_one_and_why },
        { "oversubscribed it can be", oversubscribed_it_can_be },
        { "memory may be too short for it", memory_may_be_too_short_for_it },
        { "speedups and sentences are against it", speedups_and_sentences_are_against_it },
        { "however split, against what", however_split_says_against_what },
        { "the text names it above every table", the_text_names_it_above_every_table },
        CU_TEST_INFO_NULL,
    };

    return suite_run("baseline", tests);
}
