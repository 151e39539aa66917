/* rows.c - functions that all rows of the table use. */
#include "rows.h"

#include <math.h>
#include <string.h>

#include "data/arena.h"
#include "stats/sample.h"
#include "support/slab.h"

static const peers_row *find_in(const peers_row row[], int count, const char *name)
{
    for (int r = 0; r < count; r++)
        if (!strcmp(row[r].name, name))
            return &row[r];
    return NULL;
}

const peers_row *peers_row_find(const char *name)
{
    const peers_row *row = find_in(peers_rows_reduce, peers_rows_reduce_count, name);

    row = row ? row : find_in(peers_rows_map, peers_rows_map_count, name);
    return row ? row : find_in(peers_rows_other, peers_rows_other_count, name);
}

peers_contender peers_ours(const rxt_kernel *kernel, int threads, ptrdiff_t n)
{
    return (peers_contender){ .name = kernel->name,
                              .kernel = kernel,
                              .home = threads == 0  ? PEERS_AUTO
                                      : threads > 1 ? PEERS_RESIDENT
                                                    : PEERS_ALONE,
                              .threads = threads == 0 ? PEERS_THREADS : threads,
                              .n = n,
                              .calls = peers_calls_kernel };
}

/* Index of the peer with the smallest median time; contender[0] is rxt. */
static int best_of(int rounds, int contenders, peers_contender *contender[])
{
    int best = 1;
    double least = INFINITY;

    for (int c = 1; c < contenders; c++) {
        double median = rxt_sample_of(rounds, contender[c]->seconds).median;

        if (median < least) {
            least = median;
            best = c;
        }
    }
    return best;
}

/* Number of figures of the row that have a floor. */
static int claims_of(const peers_row *row)
{
    int claims = 0;

    for (int g = 0; g < row->goals; g++)
        claims += row->goal[g].floor > 0;
    return claims;
}

/* Number of threads of the contender's calls; for an auto team, the number in most rounds. */
static int threads_of(const peers_contender *contender, int rounds)
{
    return contender->home == PEERS_AUTO && 2 * contender->alone > rounds ? 1 : contender->threads;
}

void peers_row_print(const peers_bench *bench, const peers_row *row, const peers_goal *goal,
                     int contenders, peers_contender *contender[], FILE *file, peers_format format)
{
    peers_figure figure = { .row = row->name,
                            .n = goal->n,
                            .threads = threads_of(contender[0], bench->rounds),
                            .least = goal->least,
                            .floor = goal->floor };
    int best = best_of(bench->rounds, contenders, contender);

    snprintf(figure.what, sizeof figure.what, "%s%s", row->what,
             goal->special ? ", special values" : "");
    if (contenders < 2) {
        peers_figure_none(file, format, row->name,
                          "no peer: packages libopenblas0-openmp, "
                          "libblis4-openmp");
        return;
    }
    snprintf(figure.peer, sizeof figure.peer, "%s", contender[best]->name);
    peers_figure_of(&figure, bench->rounds, contender[0]->seconds, contender[best]->seconds,
                    goal->floor > 0 ? claims_of(row) : 1);
    peers_figure_print(file, format, &figure);
}

static ptrdiff_t largest(const peers_row *row)
{
    ptrdiff_t most = 1 << 18; /* elements, 2 MB: smaller arrays get no huge pages */

    for (int g = 0; g < row->goals; g++)
        most = row->goal[g].n > most ? row->goal[g].n : most;
    return most;
}

rxt_status peers_row_memory(const peers_row *row, rxt_arena **arena)
{
    ptrdiff_t n = largest(row);
    rxt_status st = rxt_arena_open(
        &(rxt_arena_request){ .type = RXT_F64, .arrays = row->arrays, .capacity = n }, arena);

    if (st)
        return st;
    for (int a = 0; a < row->arrays; a++) {
        double *array = rxt_arena_array(*arena, a);

        for (ptrdiff_t i = 0; i < n; i++)
            array[i] = row->value(a, i);
    }
    return RXT_OK;
}
