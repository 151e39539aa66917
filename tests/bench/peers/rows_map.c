/* rows_map.c - rows of loops that store: STREAM's from DRAM, copy against memcpy, exp and sqrt. */
#include "rows.h"

#include <stdlib.h>
#include <string.h>

#include "data/arena.h"
#include "support/slab.h"
#include "support/table.h"
#include <rxt/status.h>

#include "values.h"

enum {
    STREAM = 40000000, /* elements: each of three operands has 320 MB            */
    APART = 997        /* every 997th operand is special, if the goal says so    */
};

#define STREAMED(t, ratio)                            \
    {                                                 \
        .n = STREAM, .threads = (t), .least = (ratio) \
    }

static const peers_goal triad[] = { STREAMED(1, 1.5), STREAMED(2, 1.5) };
static const peers_goal add[] = { STREAMED(1, 1.35), STREAMED(2, 1.35) };
static const peers_goal scale[] = { STREAMED(1, 1.25), STREAMED(2, 1.25) };
static const peers_goal copy[] = { STREAMED(1, 1.0), STREAMED(2, 1.0) };

#define ALONE(size, ratio, has_special)                                       \
    {                                                                         \
        .n = (size), .threads = 1, .least = (ratio), .special = (has_special) \
    }

static const peers_goal exps[] = {
    ALONE(1000, 3.5, false),
    ALONE(10000, 3.5, false),
    ALONE(100000, 3.5, false),
    ALONE(10000, 3.5, true),
};
static const peers_goal roots[] = {
    ALONE(1000, 3, false),
    ALONE(10000, 3, false),
    ALONE(100000, 3, false),
    ALONE(10000, 3, true),
};

/* ---- contenders ---- */

typedef struct plain_loop {
    const char *kernel, *name;
    peers_map *map, *native; /* NULL: compared with gcc -O3 only */
} plain_loop;

static plain_loop plain_of(const char *kernel)
{
    const peers_plain *o3 = &peers_plain_o3, *native = &peers_plain_native;
    const plain_loop loop[] = {
        { "triad", "STREAM's loop", o3->triad, native->triad },
        { "add", "STREAM's loop", o3->add, native->add },
        { "scale", "STREAM's loop", o3->scale, native->scale },
        { "copy", "memcpy", o3->memcpy, NULL },
        { "exp", "libm", o3->exp, NULL },
        { "sqrt", "gcc -O3", o3->sqrt, NULL },
    };
    int l = 0;

    while (strcmp(loop[l].kernel, kernel))
        l++;
    return loop[l];
}

static peers_contender plain(const char *name, peers_map *map, int threads)
{
    return (peers_contender){ .name = name,
                              .home = threads > 1 ? PEERS_FORKJOIN : PEERS_ALONE,
                              .threads = threads,
                              .plain_map = map,
                              .calls = peers_calls_plain_map };
}

static void sprinkle(const peers_row *row, const peers_goal *goal, double *x)
{
    for (ptrdiff_t i = 0; i < goal->n; i += APART)
        x[i] = goal->special ? peers_value_special(i / APART) : row->value(0, i);
}

typedef struct field {
    peers_contender all[3], *contender[3];
} field;

static rxt_status one(const peers_bench *bench, const peers_row *row, const peers_goal *goal,
                      rxt_arena *arena, field *f, int *count)
{
    plain_loop loop = plain_of(row->kernel);

    *count = loop.native ? 3 : 2;
    f->all[0] = peers_ours(rxt_kernel_find(row->kernel, RXT_F64), goal->threads, goal->n);
    f->all[1] = plain(loop.name, loop.map, goal->threads);
    if (loop.native)
        f->all[2] = plain("its loop, native", loop.native, goal->threads);
    for (int c = 0; c < *count; c++) {
        f->contender[c] = &f->all[c];
        f->all[c].n = goal->n;
        f->all[c].stores = true;
        for (int a = 0; a < row->arrays; a++)
            f->all[c].v[a] = rxt_arena_array(arena, a);
    }
    sprinkle(row, goal, rxt_arena_array(arena, 0));
    return peers_contest(bench, *count, f->contender);
}

static rxt_status run(const peers_bench *bench, const peers_row *row, FILE *file,
                      peers_format format)
{
    field *f = malloc(sizeof *f);
    rxt_arena *arena = NULL;
    rxt_status st = peers_row_memory(row, &arena);
    int count = 0;

    for (int g = 0; g < row->goals && f && !st; g++) {
        st = one(bench, row, &row->goal[g], arena, f, &count);
        if (!st)
            peers_row_print(bench, row, &row->goal[g], count, f->contender, file, format);
    }
    rxt_arena_close(arena);
    free(f);
    return st;
}

#define MAP(name_, what_, arrays_, goals_, value_)                                            \
    {                                                                                         \
        .name = (name_), .what = (what_), .run = run, .kernel = (name_), .arrays = (arrays_), \
        .goals = sizeof(goals_) / sizeof *(goals_), .goal = (goals_), .value = (value_)       \
    }

const peers_row peers_rows_map[] = {
    MAP("triad", "triad from DRAM", 3, triad, peers_value_near_one),
    MAP("add", "add from DRAM", 3, add, peers_value_near_one),
    MAP("scale", "scale from DRAM", 2, scale, peers_value_near_one),
    MAP("copy", "copy from DRAM", 2, copy, peers_value_near_one),
    MAP("exp", "exp", 2, exps, peers_value_exponent),
    MAP("sqrt", "sqrt", 2, roots, peers_value_positive),
};
const int peers_rows_map_count = sizeof peers_rows_map / sizeof *peers_rows_map;
