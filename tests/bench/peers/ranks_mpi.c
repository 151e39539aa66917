/* ranks_mpi.c - merges a double over the ranks of the job, through the shared window and by MPI.
 *
 * Both run in turns in one job, because two jobs of the same binary can have figures that differ by
 * more than their intervals. The ranks keep the binding of mpirun, as in a user's job. */
#include "ranks.h"

#include <math.h>
#include <mpi.h>
#include <stdlib.h>

#include "base/clock.h"
#include "comm/comm.h"

typedef struct way {
    double (*merged)(const rxt_comm *, double mine, ptrdiff_t calls);
    ptrdiff_t calls;
    double seconds[PEERS_ROUNDS];
} way;

static double by_window(const rxt_comm *world, double mine, ptrdiff_t calls)
{
    double sum = 0.0;

    for (ptrdiff_t c = 0; c < calls; c++) {
        sum = mine;
        rxt_comm_combine(world, RXT_COMBINE_WINDOW, &rxt_sum, &sum);
    }
    return sum;
}

static double by_allreduce(const rxt_comm *world, double mine, ptrdiff_t calls)
{
    double sum = 0.0;

    (void)world;
    for (ptrdiff_t c = 0; c < calls; c++)
        MPI_Allreduce(&mine, &sum, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    return sum;
}

/* Seconds per call, on the slowest rank; NAN if a sum was wrong on any rank. */
static double timed(const rxt_comm *world, const way *w)
{
    int ranks = rxt_comm_size(world);
    double spent[2], begin, sum, right = 0.5 * ranks * (ranks + 1);

    rxt_comm_barrier(world);
    begin = rxt_clock_now();
    sum = w->merged(world, rxt_comm_rank(world) + 1.0, w->calls);
    spent[0] = rxt_clock_now() - begin;
    spent[1] = sum != right;
    rxt_comm_max(world, 2, spent);
    return spent[1] > 0 ? NAN : spent[0] / (double)w->calls;
}

/* The smaller of the times of two windows, as for threads; each window lasts long enough. All ranks
 * get the same times. */
static double sample(const peers_bench *bench, const rxt_comm *world, way *w)
{
    double first = timed(world, w);

    while (first * (double)w->calls < bench->window) {
        w->calls *= 2;
        first = timed(world, w);
    }
    return fmin(first, timed(world, w));
}

static rxt_status measure(const peers_bench *bench, rxt_comm *world, way ways[2])
{
    rxt_status st = rxt_comm_ready(world, RXT_COMBINE_WINDOW, &rxt_sum);
    bool right = true;

    for (int r = 0; r < bench->rounds && !st && right; r++)
        for (int w = 0; w < 2 && right; w++) {
            way *next = &ways[(r + w) % 2];

            next->seconds[r] = sample(bench, world, next);
            right = !isnan(next->seconds[r]);
        }
    if (!st && !right)
        st = rxt_status_of(RXT_WRONG, "a sum over %d ranks is wrong", rxt_comm_size(world));
    return st;
}

static void print(const peers_bench *bench, const peers_row *row, const rxt_comm *world,
                  const way ways[2], FILE *file, peers_format format)
{
    peers_figure figure = {
        .row = row->name, .n = 1, .threads = 1, .least = row->goal->least, .peer = "MPI_Allreduce"
    };

    snprintf(figure.what, sizeof figure.what, "%s np = %d", row->what, rxt_comm_size(world));
    peers_figure_of(&figure, bench->rounds, ways[0].seconds, ways[1].seconds, 1);
    peers_figure_print(file, format, &figure);
}

rxt_status peers_ranks_run(const peers_bench *bench, const peers_row *row, FILE *file,
                           peers_format format)
{
    way *ways = calloc(2, sizeof *ways);
    rxt_comm *world = NULL;
    rxt_status st = rxt_comm_open(NULL, &world);

    if (!st && !ways)
        st = rxt_status_no_memory("for %d rounds", PEERS_ROUNDS);
    if (world)
        st = rxt_comm_agree(world, st);
    if (!st) {
        ways[0] = (way){ .merged = by_window, .calls = 1000 };
        ways[1] = (way){ .merged = by_allreduce, .calls = 1000 };
        st = measure(bench, world, ways);
    }
    if (!st && rxt_comm_rank(world) == 0)
        print(bench, row, world, ways, file, format);
    rxt_comm_close(world);
    free(ways);
    return st;
}
