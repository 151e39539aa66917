/* test_conductor.c - what the conductor visits next, and when no time is left for more visits. */
#include "base/clock.h"
#include "study/conductor.h"
#include "study/refusal.h"

#include <string.h>

#include "suite.h"

enum { CELLS = 3, ROOF = CELLS, ALL, ROUNDS = 8 };

static const rxt_kernel dot = { .name = "dot", .arrays = 2 };

/* Three rows of one size, the first the baseline, and a roof that judges all of them. */
typedef struct bed {
    rxt_settings settings;
    rxt_split split[CELLS];
    rxt_cell cell[ALL];
    rxt_cell_state state[ALL];
    double seconds[ALL][ROUNDS];
    int whole[1];
    bool opened[1];
    rxt_study_host host;
    rxt_plan plan;
    rxt_conductor conductor;
    int said;
    char line[RXT_STATUS_TEXT + 200];
} bed;

static void hear(void *arg, const char *line)
{
    bed *b = arg;

    b->said++;
    snprintf(b->line, sizeof b->line, "%s", line);
}

static void plant_cells(bed *b)
{
    for (int c = 0; c < ALL; c++) {
        b->cell[c] = (rxt_cell){ .split = c % CELLS, .kernel = c == ROOF };
        for (int kind = 0; kind < RXT_ROOF_KINDS; kind++)
            b->cell[c].roof[kind] = kind == 0 && c < CELLS ? ROOF : -1;
        b->state[c] = (rxt_cell_state){ .seconds = b->seconds[c], .cost = 10 };
        for (int r = 0; r < ROUNDS; r++)
            b->seconds[c][r] = 1e-3 / (1 + c);
    }
    for (int p = 0; p < CELLS; p++)
        b->split[p] = (rxt_split){ .nodes = 1, .ranks = 1, .threads = p + 1 };
}

/* The parts of a bed point to each other, so it must not be moved. */
static void make(bed *b)
{
    *b = (bed){ .settings = { .kernel = { &dot },
                              .kernels = 1,
                              .rounds_min = ROUNDS,
                              .rounds_max = 2 * ROUNDS,
                              .precision = 0.05,
                              .budget_given = true,
                              .budget = 60 },
                .opened = { true } };
    plant_cells(b);
    b->host = (rxt_study_host){ .say = hear, .arg = b, .began = rxt_clock_now() };
    b->plan = (rxt_plan){ .settings = &b->settings,
                          .cells = CELLS,
                          .all = ALL,
                          .sizes = 1,
                          .asked = 1,
                          .cell = b->cell,
                          .n = { 1000 },
                          .splits = { .count = CELLS, .split = b->split } };
    b->conductor = (rxt_conductor){
        .host = &b->host,
        .plan = &b->plan,
        .deadline = b->host.began + b->settings.budget,
        .cells = { .state = b->state, .opened = b->opened, .whole = b->whole, .rounds = ROUNDS }
    };
}

static void roofs_are_visited_in_the_first_rounds(void)
{
    bed b;
    int cells[ALL];

    make(&b);
    CU_ASSERT_EQUAL(rxt_conductor_block(&b.conductor, 0, cells), ALL);
    b.whole[0] = rxt_conductor_roof_rounds(&b.conductor);
    CU_ASSERT_EQUAL(rxt_conductor_block(&b.conductor, 0, cells), CELLS);
}

static void what_is_wrong_or_cannot_be_done_is_not_visited_again(void)
{
    bed b;
    char trouble[] = "too few files";
    int cells[ALL];

    make(&b);
    b.state[1].wrong = true;
    b.state[2].trouble = trouble;
    CU_ASSERT_EQUAL(rxt_conductor_block(&b.conductor, 0, cells), 2);
    CU_ASSERT(cells[0] == 0 && cells[1] == ROOF);
    for (int c = 0; c < CELLS; c++)
        b.state[c].wrong = true;
    CU_ASSERT_EQUAL(rxt_conductor_block(&b.conductor, 0, cells), 0); /* no row needs the roof */
}

static void a_block_is_precise_where_its_speedups_are(void)
{
    bed b;
    int cells[ALL];

    make(&b);
    b.whole[0] = ROUNDS;
    CU_ASSERT_TRUE(rxt_conductor_is_precise(&b.conductor, 0, cells));
    for (int r = 0; r < ROUNDS; r++)
        b.seconds[2][r] *= 1 + r;
    CU_ASSERT_FALSE(rxt_conductor_is_precise(&b.conductor, 0, cells));
}

static void a_given_budget_has_an_end(void)
{
    bed b;
    rxt_status st;

    make(&b);
    CU_ASSERT_FALSE(rxt_conductor_too_late(&b.conductor, 0));
    b.conductor.deadline = rxt_clock_now() + b.state[0].cost / 2;
    CU_ASSERT_TRUE(rxt_conductor_too_late(&b.conductor, 0));
    b.settings.budget_given = false;
    CU_ASSERT_FALSE(rxt_conductor_too_late(&b.conductor, 0));
    b.conductor.cut = true;
    CU_ASSERT_TRUE(rxt_conductor_too_late(&b.conductor, 0));
    b.whole[0] = ROUNDS;
    CU_ASSERT_PTR_NULL(rxt_conductor_out_of_budget(&b.conductor));
    b.whole[0] = ROUNDS - 1;
    st = rxt_conductor_out_of_budget(&b.conductor);
    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_STOPPED);
    CU_ASSERT(st && strstr(st->text, "after 7 of at least 8 rounds"));
    rxt_status_free(st);
}

static void a_reason_is_told_once(void)
{
    bed b;
    char trouble[] = "too few files";
    rxt_status st;

    make(&b);
    b.state[1].trouble = b.state[2].trouble = trouble;
    rxt_refusal_say_left_out(&b.conductor);
    CU_ASSERT_EQUAL(b.said, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(b.line, "is left out: too few files"));
    CU_ASSERT_PTR_NULL(rxt_refusal_of(&b.conductor));
    b.state[2].refused_work = true;
    st = rxt_refusal_of(&b.conductor);
    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_ENVIRONMENT);
    rxt_status_free(st);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "roofs are visited in the first rounds", roofs_are_visited_in_the_first_rounds },
        { "what is wrong is not visited again",
          what_is_wrong_or_cannot_be_done_is_not_visited_again },
        { "a block is precise where its speedups are", a_block_is_precise_where_its_speedups_are },
        { "a given budget has an end", a_given_budget_has_an_end },
        { "a reason is told once", a_reason_is_told_once },
        CU_TEST_INFO_NULL,
    };

    return suite_run("conductor", tests);
}
