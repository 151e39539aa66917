/* rows_other.c - other rows: an empty call of a resident team against an empty parallel region, and
 * the row of ranks. */
#include "ranks.h"
#include "rows.h"

#include <stdlib.h>

static void nothing(const rxt_share *share, void *partial)
{
    (void)share;
    (void)partial;
}

static const rxt_kernel empty_kernel = {
    .name = "resident", .formula = "nothing", .arrays = 1, .loop = nothing
};

static const peers_goal two_threads[] = { { .threads = 2, .least = 4 } };
static const peers_goal ranks[] = { { .n = 1, .threads = 1, .least = 2 } };

static rxt_status run_empty(const peers_bench *bench, const peers_row *row, FILE *file,
                            peers_format format)
{
    peers_contender *c = calloc(2, sizeof *c), *contender[] = { c, c + 1 };
    rxt_status st;

    if (!c)
        return rxt_status_no_memory("for %d rounds", PEERS_ROUNDS);
    c[0] = peers_ours(&empty_kernel, 2, 0);
    c[1] = (peers_contender){ .name = "libgomp's region",
                              .home = PEERS_FORKJOIN,
                              .threads = 2,
                              .plain = &peers_plain_o3,
                              .calls = peers_calls_region };
    st = peers_contest(bench, 2, contender);
    if (!st)
        peers_row_print(bench, row, row->goal, 2, contender, file, format);
    free(c);
    return st;
}

const peers_row peers_rows_other[] = {
    { .name = "empty",
      .what = "empty resident call",
      .run = run_empty,
      .goals = 1,
      .goal = two_threads },
    { .name = "window",
      .what = "window: a double over",
      .run = peers_ranks_run,
      .goals = 1,
      .goal = ranks },
};
const int peers_rows_other_count = sizeof peers_rows_other / sizeof *peers_rows_other;
