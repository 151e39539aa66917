/* study_reader_row.c - one row of a study's file from its cells: each of its kind, within its
 * range, and of one mind with the others. */
#include "files/study_reader_cell.h"

#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "settings/settings.h"

/* A row's columns before they are known to go together. */
typedef struct reading {
    const char *kernel, *type, *scaling, *team, *combine, *sync, *bind, *level, *baseline, *result,
        *placement, *note, *unit;
    ptrdiff_t n, calls, nodes, ranks, threads, workers, rounds;
    double bytes, time[7], speedup[3], efficiency, gbytes, gflops, roof, error, p99;
    int verified; /* 1, 0, -1: never called, CONSISTENT */
} reading;

/* In the column verified beside true and false: there is no proof, and the splits agree. */
enum { CONSISTENT = 2 };

/* What a column may hold: one of `words`, or any text where
 * there are none; whole numbers from
 * least to most; figures from 0, or above it; a truth. */
typedef enum kind { WORD, WHOLE, FIGURE, ABOVE, TRUTH } kind;

typedef struct column {
    const char *name;
    kind kind;
    size_t at;
    const rxt_vocabulary *words;
    ptrdiff_t least, most;
    bool or_none;         /* or "-", where a serial call is all there is */
    bool optional, later; /* later: older files, or those of other drivers, have no such column */
} column;

#define AT(field) .at = offsetof(reading, field)

static const column columns[] = {
    { "kernel", WORD, AT(kernel) },
    { "type", WORD, AT(type), .words = &rxt_type_vocabulary },
    { "scaling", WORD, AT(scaling), .words = &rxt_scaling_vocabulary },
    { "team", WORD, AT(team), .words = &rxt_team_vocabulary, .or_none = true },
    { "combine", WORD, AT(combine), .words = &rxt_combine_vocabulary, .or_none = true },
    { "sync", WORD, AT(sync), .words = &rxt_sync_vocabulary, .optional = true, .later = true },
    { "bind", WORD, AT(bind), .words = &rxt_bind_vocabulary },
    { "n", WHOLE, AT(n), .most = PTRDIFF_MAX },
    { "bytes", FIGURE, AT(bytes), .optional = true },
    { "level", WORD, AT(level), .words = &rxt_level_vocabulary, .optional = true },
    { "nodes", WHOLE, AT(nodes), .least = 1, .most = INT_MAX },
    { "ranks", WHOLE, AT(ranks), .least = 1, .most = INT_MAX },
    { "threads", WHOLE, AT(threads), .least = 1, .most = INT_MAX },
    { "workers", WHOLE, AT(workers), .least = 1, .most = INT_MAX },
    { "rounds", WHOLE, AT(rounds), .most = INT_MAX },
    { "calls", WHOLE, AT(calls), .least = 1, .most = PTRDIFF_MAX, .optional = true },
    { "time_median", ABOVE, AT(time[0]), .optional = true },
    { "time_low", ABOVE, AT(time[1]), .optional = true },
    { "time_high", ABOVE, AT(time[2]), .optional = true },
    { "time_min", ABOVE, AT(time[3]), .optional = true },
    { "time_q1", ABOVE, AT(time[4]), .optional = true },
    { "time_q3", ABOVE, AT(time[5]), .optional = true },
    { "time_max", ABOVE, AT(time[6]), .optional = true },
    { "baseline", WORD, AT(baseline) },
    { "speedup", ABOVE, AT(speedup[0]), .optional = true },
    { "speedup_low", ABOVE, AT(speedup[1]), .optional = true },
    { "speedup_high", ABOVE, AT(speedup[2]), .optional = true },
    { "efficiency", FIGURE, AT(efficiency), .optional = true },
    { "gbytes_per_s", FIGURE, AT(gbytes), .optional = true },
    { "gflops_per_s", FIGURE, AT(gflops), .optional = true },
    { "roof", FIGURE, AT(roof), .optional = true },
    { "result", WORD, AT(result), .optional = true },
    { "error", FIGURE, AT(error), .optional = true },
    { "verified", TRUTH, AT(verified), .optional = true },
    { "placement", WORD, AT(placement), .optional = true },
    { "note", WORD, AT(note), .optional = true },
    { "unit", WORD, AT(unit), .optional = true, .later = true },
    { "p99", ABOVE, AT(p99), .optional = true, .later = true },
};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

int rxt_study_reader_columns(void)
{
    return COLUMNS;
}

bool rxt_study_reader_may_lack(int c)
{
    return columns[c].later;
}

const char *rxt_study_reader_column(int c)
{
    return columns[c].name;
}

rxt_cell_kind rxt_study_reader_kind(int c)
{
    switch (columns[c].kind) {
    case WORD:
        return RXT_CELL_WORD;
    case TRUTH:
        return RXT_CELL_TRUTH;
    case WHOLE:
    case FIGURE:
    case ABOVE:
        break;
    }
    return RXT_CELL_NUMBER;
}

/* ---- one cell ---- */

static rxt_status take_word(const rxt_study_reader_place *at, const column *c, const char *word,
                            const char **to)
{
    int known = c->words ? rxt_vocabulary_find(c->words, word) : -1;
    bool none = c->or_none && !strcmp(word, "-");

    *to = known >= 0 ? rxt_vocabulary_name(c->words, known) : none ? "-" : word;
    if (!c->words || known >= 0 || none)
        return RXT_OK;
    return rxt_study_reader_refuse(at, "%s is \"%.60s\", which no study has", c->name, word);
}

static rxt_status take_whole(const rxt_study_reader_place *at, const column *c,
                             const rxt_study_reader_cell *cell, ptrdiff_t *to)
{
    *to = cell->whole ? (ptrdiff_t)cell->count : 0;
    if (!cell->whole)
        return rxt_study_reader_refuse(at, "%s is %.9g; it is a whole number", c->name,
                                       cell->number);
    if (*to < c->least || *to > c->most)
        return rxt_study_reader_refuse(at, "%s is %td; it is from %td to %td", c->name, *to,
                                       c->least, c->most);
    return RXT_OK;
}

static rxt_status take_figure(const rxt_study_reader_place *at, const column *c, double figure,
                              double *to)
{
    *to = figure;
    if (!isfinite(figure) || figure < 0 || (c->kind == ABOVE && figure == 0))
        return rxt_study_reader_refuse(at, "%s is %.9g; it is %s", c->name, figure,
                                       c->kind == ABOVE ? "above 0" : "0 or more");
    return RXT_OK;
}

static void take_nothing(const column *c, char *to)
{
    if (c->kind == FIGURE || c->kind == ABOVE)
        *(double *)(void *)to = NAN;
    if (c->kind == TRUTH)
        *(int *)(void *)to = -1;
}

static rxt_status take_verdict(const rxt_study_reader_place *at, const column *c, const char *word,
                               int *to)
{
    *to = CONSISTENT;
    if (!strcmp(word, "consistent"))
        return RXT_OK;
    return rxt_study_reader_refuse(at, "%s is \"%.60s\"; it is true, false or consistent", c->name,
                                   word);
}

static rxt_status take(const rxt_study_reader_place *at, const column *c,
                       const rxt_study_reader_cell *cell, reading *r)
{
    char *to = (char *)r + c->at;

    if (cell->kind == RXT_CELL_EMPTY && c->optional) {
        take_nothing(c, to);
        return RXT_OK;
    }
    if (cell->kind == RXT_CELL_EMPTY)
        return rxt_study_reader_refuse(at, "%s is missing", c->name);
    if (c->kind == TRUTH && cell->kind == RXT_CELL_WORD)
        return take_verdict(at, c, cell->word, (int *)(void *)to);
    if (cell->kind != rxt_study_reader_kind((int)(c - columns)))
        return rxt_study_reader_refuse(at, "%s is no %s", c->name,
                                       c->kind == WORD    ? "text"
                                       : c->kind == TRUTH ? "truth"
                                                          : "number");
    switch (c->kind) {
    case WORD:
        return take_word(at, c, cell->word, (const char **)(void *)to);
    case WHOLE:
        return take_whole(at, c, cell, (ptrdiff_t *)(void *)to);
    case FIGURE:
    case ABOVE:
        return take_figure(at, c, cell->number, (double *)(void *)to);
    case TRUTH:
        *(int *)(void *)to = cell->truth;
    }
    return RXT_OK;
}

/* ---- what goes together ---- */

/* "RxT" or "RxT@N". */
static bool read_split(const char *text, rxt_split *split)
{
    long part[3] = { 0, 0, 1 };
    char *end;

    for (int p = 0; p < 3; p++) {
        if (*text < '1' || *text > '9')
            return false;
        part[p] = strtol(text, &end, 10);
        if (part[p] > INT_MAX || (*end && *end != (p == 0 ? 'x' : '@')) || (p == 0 && !*end))
            return false;
        if (!*end)
            break;
        text = end + 1;
        if (p == 2)
            return false;
    }
    *split = (rxt_split){ (int)part[2], (int)part[0], (int)part[1] };
    return true;
}

static bool read_result(const char *text, rxt_value *result)
{
    char *end;

    *result = (rxt_value){ 0, -1 };
    if (!text)
        return true;
    if (strchr(text, ' '))
        result->index = strtoll(text, &end, 10);
    else
        end = (char *)text;
    if (result->index < -1 || (end != text && *end++ != ' '))
        return false;
    text = end;
    result->value = strtod(text, &end);
    return end != text && !*end;
}

/* Figures that are all there, and none smaller than the one before; or none is there. */
static bool ascend(int count, const double figure[])
{
    for (int f = 1; f < count; f++)
        if (isnan(figure[f]) != isnan(figure[0]) || figure[f] < figure[f - 1])
            return false;
    return true;
}

static rxt_status check_times(const rxt_study_reader_place *at, const reading *r)
{
    const double *t = r->time, *s = r->speedup;
    const double spread[] = { t[3], t[4], t[0], t[5], t[6] };

    if (!ascend(5, spread))
        return rxt_study_reader_refuse(at,
                                       "time_min, time_q1, time_median, time_q3, time_max do not "
                                       "ascend");
    if (isnan(t[1]) != isnan(t[2]) || t[1] > t[0] || t[0] > t[2] || (isnan(t[0]) && !isnan(t[1])))
        return rxt_study_reader_refuse(at,
                                       "time_low to time_high is no interval around time_median");
    if (isnan(s[1]) != isnan(s[2]) || s[1] > s[0] || s[0] > s[2] || (isnan(s[0]) && !isnan(s[1])))
        return rxt_study_reader_refuse(at,
                                       "speedup_low to speedup_high is no interval around speedup");
    if (r->verified < 1 && (!isnan(t[0]) || !isnan(s[0]) || r->rounds > 0))
        return rxt_study_reader_refuse(at, "a result that is not verified has no times");
    if (!isnan(t[0]) != (r->rounds > 0))
        return rxt_study_reader_refuse(at, "rounds is %td, time_median %s", r->rounds,
                                       isnan(t[0]) ? "is missing" : "is there");
    return RXT_OK;
}

static bool plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            return false;
    return true;
}

static rxt_status check(const rxt_study_reader_place *at, const reading *r, rxt_row *row)
{
    if (!r->kernel[0] || strlen(r->kernel) > 200 || !plain(r->kernel))
        return rxt_study_reader_refuse(at, "kernel is no name");
    if (r->ranks * r->threads != r->workers)
        return rxt_study_reader_refuse(at, "workers is %td; %td ranks × %td threads are %td",
                                       r->workers, r->ranks, r->threads, r->ranks * r->threads);
    if (r->ranks % r->nodes)
        return rxt_study_reader_refuse(at, "%td ranks do not go evenly on %td nodes", r->ranks,
                                       r->nodes);
    if (!read_split(r->baseline, &row->baseline))
        return rxt_study_reader_refuse(at, "baseline is \"%.60s\"; it is a split such as 1x1",
                                       r->baseline);
    if (!read_result(r->result, &row->result))
        return rxt_study_reader_refuse(at, "result is \"%.60s\"; it is a number", r->result);
    return check_times(at, r);
}

static void fill(const reading *r, rxt_row *row)
{
    row->kernel = r->kernel;
    row->type = r->type;
    row->scaling = r->scaling;
    row->team = r->team;
    row->combine = r->combine;
    row->sync = r->sync;
    row->bind = r->bind;
    row->level = r->level;
    row->n = r->n;
    row->bytes = r->bytes;
    row->split = (rxt_split){ (int)r->nodes, (int)r->ranks, (int)r->threads };
    row->calls = r->calls;
    row->rounds = (int)r->rounds;
    row->time = (rxt_sample){ .count = row->rounds,
                              .median = r->time[0],
                              .low = r->time[1],
                              .high = r->time[2],
                              .min = r->time[3],
                              .q1 = r->time[4],
                              .q3 = r->time[5],
                              .max = r->time[6] };
    row->speedup = (rxt_sample){ .count = row->rounds,
                                 .median = r->speedup[0],
                                 .low = r->speedup[1],
                                 .high = r->speedup[2],
                                 .min = NAN,
                                 .q1 = NAN,
                                 .q3 = NAN,
                                 .max = NAN };
    row->efficiency = r->efficiency;
    row->gbytes_per_s = r->gbytes;
    row->gflops_per_s = r->gflops;
    row->roof = r->roof;
    row->unit = r->unit;
    row->p99 = r->p99;
    row->verified = r->verified > 0;
    row->consistent = r->verified == CONSISTENT;
    row->error = r->verified == 0 && isnan(r->error) ? (double)INFINITY : r->error;
    snprintf(row->placement, sizeof row->placement, "%s", r->placement ? r->placement : "");
    snprintf(row->note, sizeof row->note, "%s", r->note ? r->note : "");
}

rxt_status rxt_study_reader_row(const rxt_study_reader_place *at,
                                const rxt_study_reader_cell cell[], rxt_row *row)
{
    reading r = { 0 };
    rxt_status st = RXT_OK;

    for (int c = 0; c < COLUMNS && !st; c++)
        st = take(at, &columns[c], &cell[c], &r);
    if (!st)
        st = check(at, &r, row);
    if (!st)
        fill(&r, row);
    return st;
}
