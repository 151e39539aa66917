/* history.c - what earlier studies of this host say about the next run. */
#include "study/history.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "study/head.h"

/* ---- the files ---- */

static rxt_status check(const char *path, const rxt_study_reader *file,
                        const struct json_t *identity)
{
    if (!file->samples)
        return rxt_status_of(
            RXT_USAGE, "--history=%.200s: has no samples, because it is a .csv; give the .json",
            path);
    return rxt_head_same_nodes(path, rxt_study_reader_identity(file), identity);
}

static rxt_status add(const char *path, const struct json_t *identity, rxt_history *history)
{
    rxt_status st;

    if (history->count == RXT_HISTORY_FILES)
        return rxt_status_of(RXT_USAGE, "--history: more than %d files; give fewer",
                             RXT_HISTORY_FILES);
    st = rxt_study_reader_open(path, &history->file[history->count]);
    if (st)
        return st;
    history->count++;
    return check(path, history->file[history->count - 1], identity);
}

rxt_status rxt_history_open(const char *list, const struct json_t *identity, rxt_history *history)
{
    rxt_status st = RXT_OK;

    *history = (rxt_history){ 0 };
    for (const char *at = list; at && *at && !st;) {
        size_t length = strcspn(at, ",");
        char path[4096];

        snprintf(path, sizeof path, "%.*s", (int)length, at);
        st = add(path, identity, history);
        at += length + (at[length] == ',');
    }
    return st;
}

void rxt_history_close(rxt_history *history)
{
    for (int f = 0; f < history->count; f++)
        rxt_study_reader_close(history->file[f]);
    *history = (rxt_history){ 0 };
}

/* ---- the spread ---- */

/* Logarithms of one row's speedups in several runs. */
typedef struct speedups {
    int runs;
    double sum, squares;
} speedups;

static void add_run(double speedup, speedups *s)
{
    if (!(speedup > 0 && isfinite(speedup)))
        return;
    s->runs++;
    s->sum += log(speedup);
    s->squares += log(speedup) * log(speedup);
}

/* The median ratio of the rounds [first, first + rounds). */
static double speedup_of(const rxt_row *baseline, const rxt_row *row, int first, int rounds)
{
    return rxt_sample_ratio(rounds, baseline->seconds + first, row->seconds + first).median;
}

/* Adds the runs of these rows that have the row `like`. */
static void add_rows(const rxt_rows *rows, const rxt_row *like, speedups *s)
{
    const rxt_row *row = rxt_rows_find(rows, like), *baseline = NULL;

    if (row)
        baseline = rxt_rows_baseline(rows, row);
    if (!baseline || baseline == row || !row->seconds || !baseline->seconds)
        return;
    for (int r = 0, first = 0; r < rows->runs; first += rows->run[r++].rounds) {
        int left = rows->rounds - first, rounds = rows->run[r].rounds;

        if (left > 0)
            add_run(speedup_of(baseline, row, first, rounds < left ? rounds : left), s);
    }
    if (rows->runs == 0)
        add_run(speedup_of(baseline, row, 0, rows->rounds), s);
}

void rxt_history_spread(const rxt_history *history, rxt_rows *rows)
{
    double squares = 0;
    int freedom = 0, most = 0;
    bool several = rows->runs > 1 || history->count > 0;

    for (int i = 0; i < rows->count && several; i++) {
        speedups s = { 0 };

        add_rows(rows, &rows->row[i], &s);
        for (int f = 0; f < history->count && s.runs > 0; f++)
            add_rows(&history->file[f]->rows, &rows->row[i], &s);
        if (s.runs < 2)
            continue;
        squares += fmax(s.squares - s.sum * s.sum / s.runs, 0);
        freedom += s.runs - 1;
        most = s.runs > most ? s.runs : most;
    }
    rows->known_runs = most;
    rows->spread = freedom > 0 ? sqrt(squares / freedom) : NAN;
}
