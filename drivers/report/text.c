/* text.c - the report of a study in text: header, tables, notes, curves, answers. */
#include "report/report.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "base/vocabulary.h"
#include "report/fill.h"
#include "results/columns.h"
#include "team/sync.h"

/* ---- the header ---- */

static const char *field_of(const rxt_row *row, size_t field)
{
    const char *text = *(const char *const *)((const char *)row + field);

    return text ? text : rxt_vocabulary_none;
}

/* Joins the values of a field, each once: "dot, dot_blas". "-" appears only if it is the only
 * value. */
static void join(const rxt_rows *rows, size_t field, char *text, size_t size)
{
    text[0] = '\0';
    for (int i = 0; i < rows->count; i++) {
        const char *value = field_of(&rows->row[i], field);
        int j = 0;

        while (j < i && strcmp(field_of(&rows->row[j], field), value))
            j++;
        if (j == i && !rxt_vocabulary_is_none(value))
            rxt_text_append(text, size, "%s%s", *text ? ", " : "", value);
    }
    if (!text[0])
        snprintf(text, size, "%s", rxt_vocabulary_none);
}

enum { LABEL = 11, JOINED = 1000, NAMES = 2048 };

static void put_kernels(FILE *file, const rxt_rows *rows)
{
    char kernels[JOINED], type[64], scaling[64], text[JOINED + 200];

    join(rows, offsetof(rxt_row, kernel), kernels, sizeof kernels);
    join(rows, offsetof(rxt_row, type), type, sizeof type);
    join(rows, offsetof(rxt_row, scaling), scaling, sizeof scaling);
    snprintf(text, sizeof text, "%s; %s, %s scaling%s", kernels, type, scaling,
             rxt_row_weak(rows->row) ? ": n is per worker, speedups are ratios of rates" : "");
    rxt_report_fill(file, "kernel", LABEL, text);
}

static void put_splits(FILE *file, const rxt_rows *rows)
{
    char team[64], combine[64], bind[64], text[400];
    const char *free = NULL; /* the sync, if workers do not wait for each other */
    bool nodes = false;

    join(rows, offsetof(rxt_row, team), team, sizeof team);
    join(rows, offsetof(rxt_row, combine), combine, sizeof combine);
    join(rows, offsetof(rxt_row, bind), bind, sizeof bind);
    for (int i = 0; i < rows->count; i++) {
        nodes = nodes || rows->row[i].split.nodes > 1;
        if (rows->row[i].sync && rxt_sync_name_frees(rows->row[i].sync))
            free = rows->row[i].sync;
    }
    snprintf(text, sizeof text, "ranks × threads%s; team %s, combine %s,%s%s%s bind %s",
             nodes ? " @ nodes" : "", team, combine, free ? " sync " : "", free ? free : "",
             free ? "," : "", bind);
    rxt_report_fill(file, "splits", LABEL, text);
}

static void put_baseline(FILE *file, const rxt_rows *rows)
{
    rxt_split baseline = rows->row[0].baseline;
    bool serial = rxt_split_workers(baseline) == 1;
    char split[RXT_SPLIT_TEXT], text[sizeof rows->no_baseline + 100];

    snprintf(text, sizeof text, "%s%s%s%s%s", rxt_split_name(baseline, split),
             serial ? ", one thread, no MPI" : "", rows->no_baseline[0] ? " (" : "",
             rows->no_baseline, rows->no_baseline[0] ? ")" : "");
    rxt_report_fill(file, "baseline", LABEL, text);
}

static void put_rounds(FILE *file, const rxt_rows *rows)
{
    int least = INT_MAX, most = 0;
    char text[100];

    for (int i = 0; i < rows->count; i++) {
        const rxt_row *row = &rows->row[i];
        if (!row->verified)
            continue;
        least = row->rounds < least ? row->rounds : least;
        most = row->rounds > most ? row->rounds : most;
    }
    if (most == 0)
        return;
    if (least < most)
        snprintf(text, sizeof text, "%d to %d visits per split and size, shuffled", least, most);
    else
        snprintf(text, sizeof text, "%d visits per split and size, shuffled", most);
    if (rows->runs > 1)
        rxt_text_append(text, sizeof text, ", in %d runs", rows->runs);
    rxt_report_fill(file, "rounds", LABEL, text);
}

/* What the intervals are about, and how much runs are known to differ. */
static void put_intervals(FILE *file, const rxt_rows *rows)
{
    char differ[64] = "", text[200];

    snprintf(differ, sizeof differ, "differ by %.2g %%", 100 * rows->spread);
    if (rows->runs >= RXT_GROUPS_RUNS)
        snprintf(text, sizeof text, "over %d runs, which %s: the next run lies inside with 95 %%",
                 rows->runs, differ);
    else if (rows->runs > 1)
        snprintf(text, sizeof text,
                 "within these %d runs, which %s; with a third run (--again) for the next run",
                 rows->runs, differ);
    else if (rows->known_runs > 1)
        snprintf(text, sizeof text, "within this run; %d runs on this host %s", rows->known_runs,
                 differ);
    else
        snprintf(text, sizeof text,
                 "within this run; --again adds runs, with %d runs for the next run",
                 RXT_GROUPS_RUNS);
    if (rows->runs > 0)
        rxt_report_fill(file, "intervals", LABEL, text);
}

/* ---- notes: a row's `note` holds several, joined by "; " ---- */

static bool next_note(const char **rest, const char **note, size_t *length)
{
    const char *end;

    if (!*rest || !**rest)
        return false;
    *note = *rest;
    end = strstr(*rest, "; ");
    *length = end ? (size_t)(end - *note) : strlen(*note);
    *rest = end ? end + 2 : NULL;
    return true;
}

static bool has_note(const rxt_row *row, const char *wanted, size_t length)
{
    const char *rest = row->note, *note;
    size_t here;

    while (next_note(&rest, &note, &here))
        if (here == length && !memcmp(note, wanted, length))
            return true;
    return false;
}

static bool all_hold(const rxt_rows *rows, const char *note, size_t length)
{
    for (int i = 0; i < rows->count; i++)
        if (!has_note(&rows->row[i], note, length))
            return false;
    return true;
}

/* The number of rows, among the first `count` of an answer, that have the note. */
static int holders(const rxt_answer *answer, int count, const char *note, size_t length)
{
    int held = 0;

    for (int i = 0; i < count; i++)
        held += has_note(answer->row[i], note, length);
    return held;
}

enum { NAMED = 6 }; /* the most splits that a note names */

static void put_note(FILE *file, const rxt_answer *answer, const char *note, size_t length)
{
    char text[RXT_ROW_NOTE + RXT_SPLIT_TEXT * (NAMED + 1)] = "", split[RXT_SPLIT_TEXT];
    int held = holders(answer, answer->count, note, length), named = 0;

    for (int i = 0; i < answer->count && held < answer->count && named <= NAMED; i++) {
        const rxt_row *row = answer->row[i];

        if (!has_note(row, note, length))
            continue;
        rxt_text_append(text, sizeof text, "%s%s", named ? ", " : "",
                        named < NAMED ? rxt_split_name(row->split, split) : "…");
        named++;
    }
    rxt_text_append(text, sizeof text, "%s%.*s", *text ? ": " : "", (int)length, note);
    rxt_report_fill(file, "  note:", 8, text);
}

/* Prints the notes of an answer's rows, each once, without those that all rows of the study
 * have. */
static void put_notes(FILE *file, const rxt_rows *rows, const rxt_answer *answer)
{
    for (int i = 0; i < answer->count; i++) {
        const char *rest = answer->row[i]->note, *note;
        size_t length;

        while (next_note(&rest, &note, &length))
            if (!holders(answer, i, note, length) && !all_hold(rows, note, length))
                put_note(file, answer, note, length);
    }
}

/* Prints the result of the user's own operands, with its bound, from the first verified row. */
static void put_result(FILE *file, const rxt_answer *answer)
{
    const rxt_row *first = NULL;
    int proved = 0, called = 0;
    char text[200], digits[32], bound[48] = "exactly";

    for (int i = 0; i < answer->count; i++) {
        const rxt_row *row = answer->row[i];

        called += row->verified || !isnan(row->error);
        proved += row->verified;
        if (row->verified && !first)
            first = row;
    }
    if (!first || !first->own)
        return;
    if (first->bound > 0)
        snprintf(bound, sizeof bound, "± %s (bound)", rxt_columns_bound(first->bound, digits));
    snprintf(text, sizeof text, "%.60s = %.17g %s, %s on %s%d split%s", first->kernel,
             first->result.value, bound, first->consistent ? "consistent" : "proved",
             proved == called ? proved > 1 ? "all " : "the " : "", proved, proved == 1 ? "" : "s");
    rxt_report_fill(file, "  result:", 10, text);
}

static void put_common_notes(FILE *file, const rxt_rows *rows)
{
    const char *rest = rows->row[0].note, *note;
    char text[RXT_ROW_NOTE];
    size_t length;

    while (next_note(&rest, &note, &length)) {
        if (!all_hold(rows, note, length))
            continue;
        snprintf(text, sizeof text, "%.*s", (int)length, note);
        rxt_report_fill(file, "note", LABEL, text);
    }
}

/* Prints a line with names that the user gave; they may contain any character, so control
 * characters are replaced. */
static void put_named(FILE *file, const char *label, int indent, const char *line)
{
    char text[NAMES];

    snprintf(text, sizeof text, "%s", line);
    if (line[0])
        rxt_report_fill(file, label, indent, rxt_text_plain(text));
}

static void put_header(FILE *file, const rxt_rows *rows)
{
    char text[200];

    snprintf(text, sizeof text, "%s %s", rows->program, rows->version);
    rxt_report_fill(file, "", 0, text);
    put_named(file, "command", LABEL, rows->command);
    if (rows->host[0])
        rxt_report_fill(file, "host", LABEL, rows->host);
    put_kernels(file, rows);
    put_named(file, "operands", LABEL, rows->operands);
    put_splits(file, rows);
    put_baseline(file, rows);
    put_rounds(file, rows);
    put_intervals(file, rows);
    put_common_notes(file, rows);
}

/* Is the table of answer `a` printed? Without `all` two kinds of tables are not printed: those of
 * sizes that --break-even added (only the sentence on break-even sizes uses these sizes), and those
 * of tasks, because tasks have a table of costs. */
static bool shown(const rxt_answers *answers, int a, bool all)
{
    const rxt_answer *answer = &answers->answer[a];
    bool between = answer->count > 0 && answer->row[0]->between;

    return all || (!between && answers->costs.count == 0);
}

/* Prints a sentence such as "n = 10M With the same workers: 1×2 1.20× [1.15 1.25] as fast as
 * 2×1." */
static void put_contrasts(FILE *file, const rxt_answer *answer)
{
    const char *gap = strstr(answer->text, "   ");
    char said[RXT_SENTENCE], text[2 * RXT_SENTENCE];

    rxt_answer_contrasts_text(answer, said);
    if (!said[0] || !gap)
        return;
    snprintf(text, sizeof text, "%.*s   With the same number of workers: %s.",
             (int)(gap - answer->text), answer->text, said);
    rxt_report_fill(file, "", 10, text);
}

/* Explains why an interval is wider in a sentence than in the table. */
static void put_sureness(FILE *file, const rxt_answers *answers)
{
    bool wider = false;

    for (int a = 0; a < answers->count; a++) {
        const rxt_answer *answer = &answers->answer[a];
        int i = answer->fastest;

        wider = wider || (i >= 0 && answer->speedup[i].low < answer->row[i]->speedup.low);
    }
    if (wider)
        rxt_report_fill(file, "", 0,
                        "Intervals [ ] are at 95 %: in a table each is for its row alone, in a "
                        "sentence for all splits of its size at once.");
}

void rxt_report_text(FILE *file, const rxt_rows *rows, const rxt_answers *answers, bool all)
{
    char text[RXT_SENTENCE];

    if (rows->stopped)
        fputs("stopped early: the results until then follow\n", file);
    if (!rows->count) {
        fputs("nothing was measured\n", file);
        return;
    }
    put_header(file, rows);
    rxt_report_costs(file, rows, &answers->costs);
    for (int a = 0; a < answers->count; a++) {
        if (!shown(answers, a, all))
            continue;
        fputc('\n', file);
        rxt_report_table(file, rows, &answers->answer[a], all);
        put_result(file, &answers->answer[a]);
        put_notes(file, rows, &answers->answer[a]);
        rxt_report_curve(file, &answers->answer[a]);
        rxt_report_heat(file, &answers->answer[a]);
    }
    fputc('\n', file);
    for (int a = 0; a < answers->count; a++) {
        if (!shown(answers, a, all))
            continue;
        rxt_report_fill(file, "", 10, answers->answer[a].text);
        if (all)
            put_contrasts(file, &answers->answer[a]);
    }
    rxt_report_worth(file, &answers->costs);
    put_sureness(file, answers);
    for (int b = 0; b < answers->break_even.count; b++) {
        rxt_break_even_text(rows, &answers->break_even.of[b], text);
        rxt_report_fill(file, "", 0, text);
    }
    put_named(file, "", 0, answers->horizon);
}

void rxt_report_warnings(FILE *file, const rxt_warnings *warnings)
{
    for (int w = 0; w < warnings->count; w++)
        put_named(file, "warning:", 9, warnings->warning[w].text);
}

void rxt_report_binding(FILE *file, const rxt_rows *rows)
{
    for (int i = 0; i < rows->count; i++) {
        const rxt_row *row = &rows->row[i];
        bool serial = rxt_row_serial(row);
        char n[32], split[RXT_SPLIT_TEXT];

        fprintf(file, "%s n = %s %s ", row->kernel, rxt_list_print(row->n, n), row->bind);
        if (!serial)
            fprintf(file, "%s %s ", row->team, row->combine);
        fprintf(file, "%s: CPUs %s\n", rxt_split_name(row->split, split),
                row->placement[0] ? row->placement : "not seen");
    }
}
