/* columns.c - the columns of a row, each defined once, in the order of a file. */
#include "results/columns.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "comm/combine.h"
#include "machine/place.h"
#include "results/words.h"
#include "splits/scaling.h"
#include "support/type.h"
#include "team/sync.h"
#include "team/team.h"

enum { CELL = RXT_COLUMN_CELL };

char *rxt_columns_bound(double bound, char text[32])
{
    snprintf(text, 32, "%.2g", bound);
    if (strtod(text, NULL) < bound) /* snprintf rounded down, by at most 5 % */
        snprintf(text, 32, "%.2g", 1.05 * bound);
    return text;
}

/* ---- columns that are computed from others ---- */

static ptrdiff_t workers(const rxt_row *row)
{
    return (ptrdiff_t)row->split.ranks * row->split.threads;
}

/* ---- columns that are not printed or read like others of their kind ---- */

static void print_bytes(const rxt_row *row, bool stopped, char cell[CELL])
{
    (void)stopped;
    if (isfinite(row->bytes))
        snprintf(cell, CELL, "%.0f", row->bytes);
}

static void print_baseline(const rxt_row *row, bool stopped, char cell[CELL])
{
    char name[RXT_SPLIT_TEXT];

    (void)stopped;
    snprintf(cell, CELL, "%s", rxt_split_plain(row->baseline, name));
}

/* "RxT" or "RxT@N". */
static bool read_baseline(const rxt_column_cell *cell, rxt_row *row)
{
    const char *text = cell->word;
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
    row->baseline = (rxt_split){ (int)part[2], (int)part[0], (int)part[1] };
    return true;
}

/* A row whose kernel was never called has no result and no verdict. */
static bool called(const rxt_row *row)
{
    return row->verified || !isnan(row->error);
}

/* Prints the result in C99's hexadecimal form, so that the bits can be compared. */
static void print_result(const rxt_row *row, bool stopped, char cell[CELL])
{
    (void)stopped;
    if (!called(row) || !isfinite(row->result.value))
        return;
    if (row->result.index >= 0)
        snprintf(cell, CELL, "%td %a", row->result.index, row->result.value);
    else
        snprintf(cell, CELL, "%a", row->result.value);
}

static bool read_result(const rxt_column_cell *cell, rxt_row *row)
{
    const char *text = cell->word;
    char *end = (char *)text;

    row->result.index = -1;
    if (strchr(text, ' '))
        row->result.index = strtoll(text, &end, 10);
    if (row->result.index < -1 || (end != text && *end++ != ' '))
        return false;
    text = end;
    row->result.value = strtod(text, &end);
    return end != text && !*end;
}

static const rxt_word consistent = { .name = "consistent" };

static const rxt_word *verdict(int w)
{
    (void)w;
    return &consistent;
}

static const rxt_vocabulary verdicts = { .count = 1, .word = verdict };

static void print_verified(const rxt_row *row, bool stopped, char cell[CELL])
{
    (void)stopped;
    if (called(row))
        snprintf(cell, CELL, "%s",
                 row->verified && row->consistent ? consistent.name
                                                  : rxt_truth_name(row->verified));
}

/* This column is read after the column `error`. If the result is wrong and its error is missing,
 * the error becomes infinite. */
static bool read_verified(const rxt_column_cell *cell, rxt_row *row)
{
    row->consistent = cell->kind == RXT_CELL_WORD && !strcmp(cell->word, consistent.name);
    row->verified = row->consistent || cell->truth;
    if (!row->verified && isnan(row->error))
        row->error = INFINITY;
    return row->consistent || cell->kind == RXT_CELL_TRUTH;
}

/* With the user's own operands the error bound differs from split to split, so the note of each row
 * contains the bound. Text output shows the bound once, next to the result. */
static void print_note(const rxt_row *row, bool stopped, char cell[CELL])
{
    char bound[48] = "", digits[32];

    if (row->own && called(row))
        snprintf(bound, sizeof bound, "error bound %s", rxt_columns_bound(row->bound, digits));
    snprintf(cell, CELL, "%s%s%s%s%s", stopped ? rxt_ending_name(true) : "",
             stopped && (bound[0] || row->note[0]) ? "; " : "", bound,
             bound[0] && row->note[0] ? "; " : "", row->note);
}

/* ---- the table ---- */

#define AT(field) .at = offsetof(rxt_row, field), .size = sizeof((rxt_row *)0)->field
#define WORD(field) .kind = RXT_COLUMN_WORD, AT(field)
#define TEXT(field) .kind = RXT_COLUMN_TEXT, AT(field)
#define WHOLE(field) .kind = RXT_COLUMN_WHOLE, AT(field)
#define FIGURE(field) .kind = RXT_COLUMN_FIGURE, .optional = true, AT(field)
#define TIMED(field) .kind = RXT_COLUMN_ABOVE, .optional = true, .timed = true, AT(field)
#define RATE(field) .kind = RXT_COLUMN_FIGURE, .optional = true, .timed = true, AT(field)
#define OWN(name) .print = print_##name, .read = read_##name
#define SHOW(how, wide, text) .style = RXT_STYLE_##how, .width = wide, .heading = text
#define VISIT(constant, called, how, measured_in, text)        \
    { #called,        TIMED(figures.of[RXT_VISIT_##constant]), \
      .later = true,  SHOW(how, 10, #called),                  \
      .sparse = true, .unit = measured_in,                     \
      .help = text },

/* clang-format off */
static const rxt_column columns[] = {
    { "kernel", WORD(kernel) },
    { "type", WORD(type), .words = &rxt_type_vocabulary },
    { "scaling", WORD(scaling), .words = &rxt_scaling_vocabulary },
    { "team", WORD(team), .words = &rxt_team_vocabulary, .or_none = true,
      .help = "\"-\" in the row of a baseline that is a plain serial call." },
    { "combine", WORD(combine), .words = &rxt_combine_vocabulary, .or_none = true,
      .help = "\"-\" in the row of a baseline that is a plain serial call." },
    { "sync", WORD(sync), .words = &rxt_sync_vocabulary, .later = true,
      .help = "call: a call ends when all workers know that all have finished; visit: each worker "
              "goes on by itself." },
    { "bind", WORD(bind), .words = &rxt_bind_vocabulary },
    { "n", WHOLE(n), .help = "Number of elements on all workers together; in weak scaling, on each "
                             "worker." },
    { "bytes", FIGURE(bytes), .print = print_bytes, .unit = "B",
      .help = "Footprint of all operands on all ranks; null for a task without operands." },
    { "level", WORD(level), .words = &rxt_level_vocabulary, .optional = true },
    { "nodes", WHOLE(split.nodes), .least = 1 },
    { "ranks", WHOLE(split.ranks), .least = 1 },
    { "threads", WHOLE(split.threads), .least = 1 },
    { "workers", RXT_COLUMN_WHOLE, .whole = workers, .least = 1 },
    { "rounds", WHOLE(rounds), .timed = true, .help = "Number of rounds that were kept; 0 if the "
                                                      "result is wrong." },
    { "calls", WHOLE(calls), .least = 1, .optional = true,
      .help = "Calls in each visit; null if the row was never visited." },
    { "time_median", TIMED(time.median), .unit = "s", SHOW(TIME, 10, "time"),
      .help = "Median over rounds of the seconds per call on the slowest rank." },
    { "time_low", TIMED(time.low), .unit = "s", SHOW(PRECISION, 6, "± %"),
      .help = "Low end of the 95 % interval of the median; null below 6 rounds." },
    { "time_high", TIMED(time.high), .unit = "s" },
    { "time_min", TIMED(time.min), .unit = "s" },
    { "time_q1", TIMED(time.q1), .unit = "s" },
    { "time_q3", TIMED(time.q3), .unit = "s" },
    { "time_max", TIMED(time.max), .unit = "s" },
    { "baseline", RXT_COLUMN_WORD, OWN(baseline), .expected = "a split such as 1x1",
      .pattern = "^[1-9][0-9]*x[1-9][0-9]*(@[1-9][0-9]*)?$",
      .help = "RANKSxTHREADS; followed by @NODES if it has more than one node." },
    { "speedup", TIMED(speedup.median), SHOW(SPEEDUP, -19, "speedup [95 %]"),
      .help = "Median over rounds of T(baseline) / T(split); in weak scaling, of the ratio of "
              "rates." },
    { "speedup_low", TIMED(speedup.low) },
    { "speedup_high", TIMED(speedup.high) },
    { "efficiency", RATE(efficiency), SHOW(RATIO, 6, "eff") },
    { "gbytes_per_s", RATE(gbytes_per_s), .unit = "GB/s", SHOW(RATE, 8, "GB/s") },
    { "gflops_per_s", RATE(gflops_per_s), .unit = "Gflop/s" },
    { "roof", RATE(roof), SHOW(RATIO, 7, "roof"), .sparse = true,
      .help = "Rate of the kernel / rate of the fastest simple loop on the same workers; null if "
              "no loop was measured." },
    { "result", RXT_COLUMN_WORD, OWN(result), .optional = true, .expected = "a number",
      .pattern = "^([0-9]+ )?-?0x[01](\\.[0-9a-f]+)?p[+-][0-9]+$",
      .help = "A C99 hexadecimal float; before it an index, if the kernel has one." },
    { "error", FIGURE(error),
      .help = "Distance from the proof's value, in units of the proof's bound; 1 or less if the "
              "result is right." },
    { "verified", RXT_COLUMN_TRUTH, OWN(verified), .words = &verdicts, .optional = true,
      .expected = "true, false or consistent",
      .help = "null: the kernel was never called; consistent: the kernel has no proof, and all "
              "splits agree." },
    RXT_VISIT_FIGURES_OF_ALL(VISIT)
    { "placement", TEXT(placement), .optional = true,
      .help = "CPUs where the workers were seen; a semicolon separates the ranks." },
    { "note", TEXT(note), .print = print_note, .optional = true },
    /* only in rows of the lesson */
    { "unit", WORD(unit), .optional = true, .later = true,
      .help = "What n counts, if the kernel is a task." },
    RXT_VISIT_FIGURES_OF_TASKS(VISIT)
};
/* clang-format on */

#define AND_ONE(...) +1
enum {
    COLUMNS = sizeof columns / sizeof columns[0],
    LESSON_COLUMNS = 1 RXT_VISIT_FIGURES_OF_TASKS(AND_ONE)
};
_Static_assert((int)COLUMNS <= (int)RXT_COLUMNS_MOST, "readers have no room for a row's cells");

const rxt_column *rxt_columns_of(bool lesson, int *count)
{
    *count = lesson ? COLUMNS : COLUMNS - LESSON_COLUMNS;
    return columns;
}

const rxt_column *rxt_columns_visit(int figure)
{
    size_t at = offsetof(rxt_row, figures) + (size_t)figure * sizeof(double);

    for (int c = 0; c < COLUMNS; c++)
        if (columns[c].size && columns[c].at == at)
            return &columns[c];
    assert(false); /* the table has a column for each figure */
    return NULL;
}
