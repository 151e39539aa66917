/* test_horizon.c - the text about splits that a study did not try. */
#include "analysis/answer.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

enum { ROWS = 256 };

typedef struct study {
    rxt_rows rows;
    rxt_row row[ROWS];
    char horizon[RXT_SENTENCE];
} study;

static study *start(void)
{
    study *p = calloc(1, sizeof *p);

    p->rows = (rxt_rows){
        .row = p->row, .program = "dotbench", .command = "./dotbench -n 1M", .default_splits = true
    };
    p->rows.splits = (rxt_splits_host){
        .nodes = 1, .l3s = 1, .numas = 1, .sockets = 1, .thread_limit = INT_MAX
    };
    return p;
}

static void look(study *p)
{
    CU_ASSERT_PTR_NULL_FATAL(rxt_horizon_of(&p->rows, p->horizon));
}

static void hosts_cores(study *p, int cores, int ranks)
{
    rxt_splits_host *h = &p->rows.splits;

    h->cores = h->per_l3 = h->per_numa = h->per_socket = cores;
    h->ranks = ranks;
}

/* Adds a row for each split that the request gives on the host of the study. */
static void add_splits(study *p, const rxt_splits_request *request)
{
    rxt_splits splits;

    CU_ASSERT_PTR_NULL_FATAL(rxt_splits_of(request, &p->rows.splits, &splits));
    CU_ASSERT_FATAL(p->rows.count + splits.count <= ROWS);
    for (int i = 0; i < splits.count; i++)
        p->row[p->rows.count++].split = splits.split[i];
    rxt_splits_free(&splits);
}

static void seen(int cores, int ranks, const rxt_splits_request *request, const char *horizon)
{
    study *p = start();

    hosts_cores(p, cores, ranks);
    p->rows.default_splits = !request->grid && !request->thread_count;
    add_splits(p, request);
    look(p);
    if (strcmp(p->horizon, horizon) != 0)
        printf("\n    %d cores, %d ranks: \"%s\"", cores, ranks, p->horizon);
    CU_ASSERT_STRING_EQUAL(p->horizon, horizon);
    free(p);
}

static void a_rank_for_every_core_sees_all_of_a_small_host(void)
{
    const rxt_splits_request standard = { 0 };

    seen(1, 1, &standard, "");
    seen(2, 2, &standard, "");
    seen(2, 4, &standard, "");
    seen(4, 4, &standard, "");
}

static void ranks_not_started_are_named_with_mpirun(void)
{
    const rxt_splits_request standard = { 0 };

    seen(2, 1, &standard, "Not tried: more than 1 rank; use mpirun -np 2 ./dotbench -n 1M.");
    seen(16, 1, &standard, "Not tried: more than 1 rank; use mpirun -np 16 ./dotbench -n 1M.");
}

static void ranks_that_this_build_cannot_start_are_named_with_another_build(void)
{
    const rxt_splits_request standard = { 0 };
    study *p = start();

    hosts_cores(p, 2, 1);
    p->rows.splits.single = true;
    add_splits(p, &standard);
    look(p);
    CU_ASSERT_STRING_EQUAL(p->horizon, "Not tried: more than 1 rank; use a build with MPI.");
    free(p);
}

static void splits_off_the_families_are_named_with_grid(void)
{
    const rxt_splits_request standard = { 0 }, grid = { .grid = true, .diagonal = true };

    seen(8, 8, &standard, "Not tried: 2×2; use --splits=grid.");
    seen(8, 8, &grid, "");
    seen(6, 6, &(rxt_splits_request){ .grid = true },
         "Not tried: 2×3; use --splits=diagonal,grid instead of your splits.");
    seen(16, 4, &standard,
         "Not tried: more than 4 ranks; use mpirun -np 16 ./dotbench -n 1M. Not tried: 2×2, 2×4, "
         "4×2; use --splits=grid.");
}

static void splits_asked_for_are_not_all(void)
{
    const rxt_splits_request two = {
        .threads = { 2 }, .thread_count = 1, .ranks = { 1 }, .rank_count = 1
    };

    seen(2, 1, &two, "Not tried: more than 1 rank; use mpirun -np 2 ./dotbench.");
    seen(4, 4, &two,
         "Not tried: 2×1, 1×4, 2×2, 4×1; use --splits=diagonal,grid instead of your splits.");
}

/* The horizon names splits that --splits=grid would add on four nodes; the option must really add
 * them. */
static void what_is_named_is_what_the_command_tries(void)
{
    const rxt_splits_request standard = { 0 }, grid = { .grid = true };
    study *p = start();
    int before;

    p->rows.splits.nodes = 4;
    hosts_cores(p, 8, 8);
    add_splits(p, &standard);
    before = p->rows.count;
    look(p);
    CU_ASSERT_PTR_NOT_NULL(strstr(p->horizon, "--splits=grid."));
    CU_ASSERT_PTR_NULL(strstr(p->horizon, "mpirun"));
    add_splits(p, &grid);
    CU_ASSERT(p->rows.count > before);
    look(p);
    CU_ASSERT_STRING_EQUAL(p->horizon, "");
    free(p);
}

static void nodes_left_out_are_not_tried(void)
{
    const rxt_splits_request one = {
        .nodes = { 1 }, .node_count = 1, .diagonal = true, .grid = true
    };
    const rxt_splits_request all = { .diagonal = true, .grid = true };
    study *p = start();

    p->rows.splits.nodes = 2;
    p->rows.default_splits = false;
    hosts_cores(p, 2, 2);
    add_splits(p, &one);
    look(p);
    CU_ASSERT_STRING_EQUAL(
        p->horizon,
        "Not tried: 2×1@2, 2×2@2, 4×1@2; use --splits=diagonal,grid instead of your splits.");
    add_splits(p, &all);
    look(p);
    CU_ASSERT_STRING_EQUAL(p->horizon, "");
    free(p);
}

static void a_long_command_is_not_repeated(void)
{
    const rxt_splits_request standard = { 0 };
    study *p = start();

    hosts_cores(p, 16, 1);
    add_splits(p, &standard);
    memset(p->rows.command + 2, 'x', 1000);
    look(p);
    CU_ASSERT_STRING_EQUAL(p->horizon, "Not tried: more than 1 rank; use mpirun -np 16 dotbench.");
    free(p);
}

static void nothing_is_said_of_a_study_without_rows_or_host(void)
{
    study *p = start();

    hosts_cores(p, 4, 1);
    strcpy(p->horizon, "old");
    look(p);
    CU_ASSERT_STRING_EQUAL(p->horizon, "");
    p->rows.count = 1;
    p->rows.splits = (rxt_splits_host){ 0 };
    look(p);
    CU_ASSERT_STRING_EQUAL(p->horizon, "");
    free(p);
}

static void many_splits_are_counted(void)
{
    study *p = start();

    hosts_cores(p, 128, 128);
    add_splits(p, &(rxt_splits_request){ 0 });
    look(p);
    CU_ASSERT_PTR_NOT_NULL(strstr(p->horizon, " more; use --splits=grid."));
    CU_ASSERT(strlen(p->horizon) < 100);
    free(p);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "a rank for every core sees all of a small host",
          a_rank_for_every_core_sees_all_of_a_small_host },
        { "ranks not started are named with mpirun", ranks_not_started_are_named_with_mpirun },
        { "ranks that this build cannot start are named with another build",
          ranks_that_this_build_cannot_start_are_named_with_another_build },
        { "splits off the families are named with grid",
          splits_off_the_families_are_named_with_grid },
        { "splits asked for are not all", splits_asked_for_are_not_all },
        { "what is named is what the command tries", what_is_named_is_what_the_command_tries },
        { "nodes left out are not tried", nodes_left_out_are_not_tried },
        { "a long command is not repeated", a_long_command_is_not_repeated },
        { "nothing is said of a study without rows or host",
          nothing_is_said_of_a_study_without_rows_or_host },
        { "many splits are counted", many_splits_are_counted },
        CU_TEST_INFO_NULL,
    };

    return suite_run("horizon", tests);
}
