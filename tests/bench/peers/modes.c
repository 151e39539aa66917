/* modes.c - the modes of bench_peers other than rows. */
#include "modes.h"

#include <stdlib.h>
#include <string.h>

#include "data/arena.h"
#include "stats/sample.h"
#include "support/slab.h"
#include "support/table.h"
#include <rxt/status.h>

#include "values.h"

static const double average_over = 0.3; /* seconds */

/* Finds the kernel of the row; it must be a reduction that a team can call. */
static rxt_status find(const peers_row *row, const char *name, const rxt_kernel **kernel)
{
    *kernel = row && row->kernel ? rxt_kernel_find(row->kernel, RXT_F64) : NULL;
    if (*kernel && (*kernel)->loop && (*kernel)->merge)
        return RXT_OK;
    return rxt_status_of(RXT_USAGE, "--tune=%s: no row with a reduction has that name", name);
}

/* Allocates the operands only as large as needed, in small pages, as likwid-bench does. */
static rxt_status lay(peers_contender *contender, ptrdiff_t capacity,
                      double (*value)(int, ptrdiff_t), rxt_arena **arena)
{
    rxt_status st = rxt_arena_open(&(rxt_arena_request){ .type = RXT_F64,
                                                         .arrays = contender->kernel->arrays,
                                                         .capacity = capacity },
                                   arena);

    for (int a = 0; a < contender->kernel->arrays && !st; a++) {
        contender->v[a] = rxt_arena_array(*arena, a);
        for (ptrdiff_t i = 0; i < capacity; i++)
            contender->v[a][i] = value(a, i);
    }
    return st;
}

rxt_status peers_mode_once(const peers_bench *bench, const char *level, FILE *file)
{
    double cache = !strcmp(level, "L1")   ? bench->place->l1
                   : !strcmp(level, "L2") ? bench->place->l2
                                          : 0;
    ptrdiff_t bytes = (ptrdiff_t)cache / 2 / 1024 * 1024, n = bytes / 16;
    peers_contender ours;
    rxt_arena *arena = NULL;
    double each;
    rxt_status st;

    if (n == 0)
        return rxt_status_of(RXT_USAGE, "--once=%s: L1 or L2, where its size is known", level);
    ours = peers_ours(rxt_kernel_find("dot", RXT_F64), 1, n);
    st = lay(&ours, n, peers_value_near_one, &arena);
    if (!st)
        st = peers_average(bench, &ours, average_over, &each);
    if (!st)
        fprintf(file, "%td %.6g %.5g\n", bytes, each, (double)bytes / each / 1e9);
    rxt_arena_close(arena);
    return st;
}

/* Ways to call: one thread, two threads, an auto team that decides between them. */
enum { ONE, TWO, AUTO, WAYS };

static rxt_status tune_at(const peers_bench *bench, peers_contender way[WAYS], ptrdiff_t n,
                          FILE *file)
{
    peers_contender *contender[] = { &way[ONE], &way[TWO], &way[AUTO] };
    rxt_sample ratio;
    rxt_status st;

    for (int w = 0; w < WAYS; w++)
        way[w].n = n;
    st = peers_contest(bench, WAYS, contender);
    if (st)
        return st;
    ratio = rxt_sample_ratio(bench->rounds, way[ONE].seconds, way[TWO].seconds);
    fprintf(file,
            "%9td  %.1f ns / %.1f ns = %.3f [%.3f %.3f]; auto %.1f ns, two threads in %d of %d "
            "rounds, hand-off %.0f ns\n",
            n, 1e9 * rxt_sample_of(bench->rounds, way[ONE].seconds).median,
            1e9 * rxt_sample_of(bench->rounds, way[TWO].seconds).median, ratio.median, ratio.low,
            ratio.high, 1e9 * rxt_sample_of(bench->rounds, way[AUTO].seconds).median,
            bench->rounds - way[AUTO].alone, bench->rounds, 1e9 * way[AUTO].hand_off);
    return RXT_OK;
}

rxt_status peers_mode_tune(const peers_bench *bench, const char *name, FILE *file)
{
    enum { LAST = 30000 };
    peers_contender *way = calloc(WAYS, sizeof *way);
    const peers_row *row = peers_row_find(name);
    const rxt_kernel *kernel;
    rxt_arena *arena = NULL;
    rxt_status st = find(row, name, &kernel);

    if (!st && way) {
        way[ONE] = peers_ours(kernel, 1, 0);
        way[TWO] = peers_ours(kernel, 2, 0);
        way[AUTO] = peers_ours(kernel, 0, 0);
        st = lay(&way[ONE], LAST, row->value, &arena);
        for (int w = TWO; w < WAYS; w++)
            memcpy(way[w].v, way[ONE].v, sizeof way[w].v);
    }
    for (ptrdiff_t n = 1000; n <= LAST && way && !st; n += n < 6000 ? 250 : n < 10000 ? 500 : 2000)
        st = tune_at(bench, way, n, file);
    rxt_arena_close(arena);
    free(way);
    return st;
}

/* Reads lines "OURS THEIRS". `seconds` gets all values of OURS from index 0 on, and all values of
 * THEIRS from index PEERS_ROUNDS on. */
static int read_pairs(FILE *in, double seconds[2 * PEERS_ROUNDS])
{
    int rounds = 0;

    while (rounds < PEERS_ROUNDS &&
           fscanf(in, "%lf %lf", &seconds[rounds], &seconds[PEERS_ROUNDS + rounds]) == 2)
        rounds++;
    return rounds;
}

/* Parses LEAST, LEAST:MOST or :MOST. */
static bool bar_of(const char *text, peers_figure *figure)
{
    char *end;

    figure->least = strtod(text, &end);
    if (*end == ':')
        figure->most = strtod(end + 1, &end);
    return *end == '\0' && figure->least >= 0 && figure->most >= 0;
}

static bool spec_of(const char *spec, char row[32], peers_figure *figure, int *claims)
{
    char bar[32];
    int found = sscanf(spec, "%31[^,],%63[^,],%td,%d,%63[^,],%31[^,],%d", row, figure->what,
                       &figure->n, &figure->threads, figure->peer, bar, claims);

    return found >= 6 && *claims > 0 && bar_of(bar, figure);
}

rxt_status peers_mode_pairs(const char *spec, FILE *in, FILE *file, peers_format format)
{
    double *seconds = calloc(2 * PEERS_ROUNDS, sizeof *seconds);
    char row[32];
    peers_figure figure = { .row = row };
    int rounds, claims = 1;
    rxt_status st = RXT_OK;

    if (!spec_of(spec, row, &figure, &claims))
        st = rxt_status_of(RXT_USAGE, "--pairs=%s: ROW,WHAT,N,THREADS,PEER,BAR[,CLAIMS]", spec);
    else if (!seconds)
        st = rxt_status_no_memory("for %d pairs", PEERS_ROUNDS);
    if (!st) {
        rounds = read_pairs(in, seconds);
        if (rounds == 0)
            st = rxt_status_of(RXT_USAGE, "--pairs=%s: no pair on stdin", spec);
    }
    if (!st) {
        peers_figure_of(&figure, rounds, seconds, seconds + PEERS_ROUNDS, claims);
        peers_figure_print(file, format, &figure);
    }
    free(seconds);
    return st;
}
