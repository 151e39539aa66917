/* earlier.c - the runs that a study's file already has, to which this run is added (--again). */
#include "study/earlier.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the file ---- */

static rxt_status refuse(const char *path, const char *why)
{
    return rxt_status_of(RXT_USAGE, "--again: %.200s %s; choose another --output", path, why);
}

/* The file may have one run more than is wanted: the one that a job continues by --resume. */
static rxt_status take_runs(const char *path, int runs, rxt_earlier *e)
{
    const rxt_rows *rows = &e->file->rows;

    if (!e->file->samples || rows->runs == 0)
        return refuse(path, "has no runs, because it is a .csv or of an older version");
    if (rows->runs < runs)
        return refuse(path, "lacks runs that it had when this run began");
    if (rxt_rows_wrong(rows))
        return refuse(path, "has wrong results");
    e->runs = runs > 0 ? runs : rows->runs;
    for (int r = 0; r < e->runs; r++)
        e->rounds += rows->run[r].rounds;
    return RXT_OK;
}

rxt_status rxt_earlier_open(const char *path, int runs, rxt_earlier *earlier)
{
    rxt_status st;

    *earlier = (rxt_earlier){ 0 };
    st = rxt_study_reader_open(path, &earlier->file);
    if (!st)
        st = take_runs(path, runs, earlier);
    if (st)
        rxt_earlier_close(earlier);
    return st;
}

void rxt_earlier_close(rxt_earlier *earlier)
{
    rxt_study_reader_close(earlier->file);
    *earlier = (rxt_earlier){ 0 };
}

const struct json_t *rxt_earlier_identity(const rxt_earlier *earlier)
{
    return rxt_study_reader_identity(earlier->file);
}

rxt_status rxt_earlier_open_sizes(const rxt_earlier *earlier, const rxt_plan *plan,
                                  rxt_cell_states *cells)
{
    const rxt_rows *rows = &earlier->file->rows;
    rxt_status st = RXT_OK;

    for (int s = plan->asked; s < plan->sizes; s++)
        for (int r = 0; r < rows->count && !st; r++)
            if (rows->row[r].n == plan->n[s] && !cells->opened[s])
                st = rxt_cell_states_grow(plan, s, cells);
    return st;
}

/* ---- rows ---- */

/* Where each list of the rows begins. */
typedef struct lists {
    double *seconds; /* [rows × rounds] */
    int *epoch;      /* [rows × rounds] */
    int *run;        /* [rounds] */
} lists;

static void fill_row(const rxt_earlier *earlier, int rounds, double *seconds, int *epoch,
                     rxt_row *row)
{
    const rxt_row *before = rxt_rows_find(&earlier->file->rows, row);
    int first = earlier->rounds, kept = earlier->file->rows.rounds;

    for (int r = 0; r < first; r++) {
        bool there = before && r < kept;

        seconds[r] = there ? before->seconds[r] : NAN;
        epoch[r] = there && before->epoch ? before->epoch[r] : 0;
    }
    memcpy(seconds + first, row->seconds, (size_t)(rounds - first) * sizeof *seconds);
    memcpy(epoch + first, row->epoch, (size_t)(rounds - first) * sizeof *epoch);
    row->seconds = seconds;
    row->epoch = epoch;
}

/* The runs of the study, the last of which is this one. */
static bool list_runs(const rxt_earlier *earlier, const char *began, int rounds, rxt_rows *rows)
{
    rxt_row_run *run = calloc((size_t)earlier->runs + 1, sizeof *run);

    if (!run)
        return false;
    for (int r = 0; r < earlier->runs; r++)
        run[r] = earlier->file->rows.run[r];
    snprintf(run[earlier->runs].began, sizeof run->began, "%s", began);
    run[earlier->runs].rounds = rounds;
    rows->run = run;
    rows->runs = earlier->runs + 1;
    return true;
}

static bool open_lists(const rxt_rows *rows, int rounds, lists *l)
{
    size_t cells = (size_t)rows->count * (size_t)rounds + 1;

    *l = (lists){ .seconds = malloc(cells * sizeof *l->seconds),
                  .epoch = malloc(cells * sizeof *l->epoch),
                  .run = malloc(((size_t)rounds + 1) * sizeof *l->run) };
    return l->seconds && l->epoch && l->run;
}

rxt_status rxt_earlier_add(const rxt_earlier *earlier, const char *began, rxt_rows *rows)
{
    int rounds = earlier->rounds + rows->rounds, at = 0;
    lists l;

    if (!list_runs(earlier, began, rows->rounds, rows))
        return rxt_status_no_memory("for the runs of a study");
    if (earlier->runs == 0)
        return RXT_OK;
    if (!open_lists(rows, rounds, &l)) {
        free(l.seconds);
        free(l.epoch);
        free(l.run);
        return rxt_status_no_memory("for the rounds of %d runs", rows->runs);
    }
    for (int run = 0; run < rows->runs; run++)
        for (int r = 0; r < rows->run[run].rounds; r++)
            l.run[at++] = run;
    for (int r = 0; r < rows->count; r++) {
        size_t first = (size_t)r * (size_t)rounds;

        fill_row(earlier, rounds, l.seconds + first, l.epoch + first, &rows->row[r]);
        rows->row[r].run = l.run;
    }
    rows->rounds = rounds;
    rows->own_seconds = l.seconds;
    rows->own_epoch = l.epoch;
    rows->own_run = l.run;
    return RXT_OK;
}
