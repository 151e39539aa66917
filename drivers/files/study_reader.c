/* study_reader.c - reads a study's file: detects its format, and checks that its rows belong to one
 * study. */
#include "files/study_reader_cell.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "base/vocabulary.h"

enum { LARGEST = 1 << 29, STEP = 1 << 16 }; /* bytes: the largest file, and the step of reading */

rxt_status rxt_study_reader_refuse(const rxt_study_reader_place *at, const char *format, ...)
{
    char text[300] = "";
    va_list args;

    va_start(args, format);
    rxt_text_append_list(text, sizeof text, format, args);
    va_end(args);
    if (at->row)
        return rxt_status_of(RXT_USAGE, "%.150s: row %d: %s", at->name, at->row, text);
    return rxt_status_of(RXT_USAGE, "%.150s: %s", at->name, text);
}

rxt_status rxt_study_reader_room(const rxt_study_reader_place *at, rxt_study_reader *a,
                                 size_t count)
{
    if (count > RXT_STUDY_READER_ROWS)
        return rxt_study_reader_refuse(at, "has %zu rows; at most %d can be read", count,
                                       RXT_STUDY_READER_ROWS);
    a->rows.row = calloc(count + 1, sizeof *a->rows.row);
    if (!a->rows.row)
        return rxt_status_no_memory("for the %zu rows of %.200s", count, at->name);
    a->rows.count = (int)count;
    return RXT_OK;
}

/* ---- rows of one study ---- */

static int three_way(long long a, long long b)
{
    return (a > b) - (a < b);
}

/* Orders by kernel, bind and n: rows that are equal in these share a baseline. */
static int compare_blocks(const rxt_row *a, const rxt_row *b)
{
    int order = strcmp(a->kernel, b->kernel);

    if (!order)
        order = strcmp(a->bind, b->bind);
    return order ? order : three_way(a->n, b->n);
}

static int compare_splits(const rxt_split *a, const rxt_split *b)
{
    int order = three_way(a->nodes, b->nodes);

    if (!order)
        order = three_way(a->ranks, b->ranks);
    return order ? order : three_way(a->threads, b->threads);
}

/* Orders by kernel, bind, n, team ("-" of a serial call comes first), combine, split. */
static int compare(const void *left, const void *right)
{
    const rxt_row *a = *(const rxt_row *const *)left, *b = *(const rxt_row *const *)right;
    int order = compare_blocks(a, b);

    if (!order)
        order = strcmp(a->team, b->team);
    if (!order)
        order = strcmp(a->combine, b->combine);
    return order ? order : compare_splits(&a->split, &b->split);
}

/* The row that is the baseline of this row's speedups; this may be the row itself. NULL if it is
 * missing. Looks for a row with the same team and combine, and then for a serial call, whose team
 * and combine are "-". */
static const rxt_row *baseline_of(int count, const rxt_row *const order[], const rxt_row *row)
{
    const rxt_row wanted = { .kernel = row->kernel,
                             .bind = row->bind,
                             .n = row->n,
                             .team = row->team,
                             .combine = row->combine,
                             .split = row->baseline },
                  *key = &wanted;
    rxt_row serial = wanted;
    const rxt_row *const *found;

    found = bsearch(&key, order, (size_t)count, sizeof *order, compare);
    if (!found) {
        serial.team = serial.combine = rxt_vocabulary_none;
        key = &serial;
        found = bsearch(&key, order, (size_t)count, sizeof *order, compare);
    }
    return found ? *found : NULL;
}

/* Are the values equal within 1e-6? They may differ a little, because they are written with nine
 * digits. */
static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-6 * fabs(b);
}

/* Do the medians follow from the samples? */
static rxt_status check_medians(const rxt_study_reader_place *at, int rounds, const rxt_row *row,
                                const rxt_row *baseline)
{
    rxt_rounds of = rxt_row_rounds(row, rounds);
    double median = rxt_sample_of_rounds(&of, row->seconds, NULL, RXT_SAMPLE_COVERAGE).median;
    double speedup = rxt_row_ratio(rounds, baseline, row).median;

    if (row->rounds > 0 && !near(row->time.median, median))
        return rxt_study_reader_refuse(at, "time_median is %.9g, but the samples give %.9g",
                                       row->time.median, median);
    if (isnan(row->speedup.median) != isnan(speedup) ||
        (!isnan(speedup) && !near(row->speedup.median, speedup)))
        return rxt_study_reader_refuse(at, "speedup is %.9g, but the samples give %.9g",
                                       row->speedup.median, speedup);
    return RXT_OK;
}

static const char *print(const rxt_row *row, char text[300])
{
    char n[32], split[RXT_SPLIT_TEXT];

    snprintf(text, 300, "%.100s, n = %s, %s", row->kernel, rxt_list_print(row->n, n),
             rxt_split_name(row->split, split));
    return text;
}

static rxt_status check_row(const rxt_study_reader *a, const rxt_study_reader_place *at,
                            const rxt_row *const order[], const rxt_row *row)
{
    const rxt_row *first = &a->rows.row[0];
    const rxt_row *baseline = baseline_of(a->rows.count, order, row);
    char split[RXT_SPLIT_TEXT];

    if (row->type != first->type || row->scaling != first->scaling ||
        !rxt_split_equal(row->baseline, first->baseline))
        return rxt_study_reader_refuse(
            at, "has another type, scaling or baseline than row 1; a study has only one of each");
    if (!baseline)
        return rxt_study_reader_refuse(at, "its baseline, %s, is not among the rows",
                                       rxt_split_name(row->baseline, split));
    return a->samples ? check_medians(at, a->rows.rounds, row, baseline) : RXT_OK;
}

static rxt_status check_rows(const rxt_study_reader *a, const char *name, const rxt_row *order[])
{
    rxt_status st = RXT_OK;
    char text[300];

    for (int r = 0; r < a->rows.count; r++)
        order[r] = &a->rows.row[r];
    qsort(order, (size_t)a->rows.count, sizeof *order, compare);
    for (int r = 1; r < a->rows.count; r++)
        if (!compare(&order[r - 1], &order[r]))
            return rxt_study_reader_refuse(&(rxt_study_reader_place){ name, 0 },
                                           "duplicate row: %s", print(order[r], text));
    for (int r = 0; r < a->rows.count && !st; r++)
        st = check_row(a, &(rxt_study_reader_place){ name, r + 1 }, order, &a->rows.row[r]);
    return st;
}

static rxt_status check(const char *name, const rxt_study_reader *a)
{
    const rxt_row **order = calloc((size_t)a->rows.count + 1, sizeof *order);
    rxt_status st =
        order ? check_rows(a, name, order) : rxt_status_no_memory("to read %.200s", name);

    free(order);
    return st;
}

/* ---- the file ---- */

static rxt_status read_any(const char *name, const char *bytes, size_t size, rxt_study_reader *a)
{
    const rxt_study_reader_place file = { name, 0 };
    static const char mark[] = "\xef\xbb\xbf"; /* byte order mark, as from a spreadsheet */
    size_t blank = 0;

    if (size >= 3 && !memcmp(bytes, mark, 3)) {
        bytes += 3;
        size -= 3;
    }
    while (blank < size && strchr(" \t\r\n", bytes[blank]) && bytes[blank])
        blank++;
    if (blank == size)
        return rxt_study_reader_refuse(&file, "is empty");
    return bytes[blank] == '{' ? rxt_study_reader_json(&file, bytes, size, a)
                               : rxt_study_reader_csv(&file, bytes, size, a);
}

rxt_status rxt_study_reader_read(const char *name, const char *bytes, size_t size,
                                 rxt_study_reader **reader)
{
    rxt_study_reader *a = calloc(1, sizeof *a);
    rxt_status st;

    *reader = NULL;
    if (!a)
        return rxt_status_no_memory("to read %.200s", name);
    st = read_any(name, bytes, size, a);
    if (!st)
        st = check(name, a);
    if (st)
        rxt_study_reader_close(a);
    else
        *reader = a;
    return st;
}

void rxt_study_reader_close(rxt_study_reader *a)
{
    if (!a)
        return;
    rxt_study_reader_forget(a);
    free(a->seconds);
    free(a->epochs);
    free(a->run);
    free(a->rows.run);
    free(a->text);
    free(a->rows.row);
    free(a);
}

/* Reads a whole stream, which may be a pipe; *error is 0 or errno, EFBIG beyond LARGEST bytes. */
static char *read_all(FILE *file, size_t *size, int *error)
{
    char *bytes = NULL;
    size_t room = 0, more = 1;

    *size = 0;
    for (*error = 0; more > 0 && !*error; *size += more) {
        if (*size + STEP > room) {
            char *grown = realloc(bytes, room = 2 * room + STEP);

            if (!grown) {
                *error = ENOMEM;
                break;
            }
            bytes = grown;
        }
        more = fread(bytes + *size, 1, STEP, file);
        *error = ferror(file) ? errno : *size > LARGEST ? EFBIG : 0;
    }
    return bytes;
}

/* The status for a file that cannot be opened or read. An error of the system (no memory, no
 * descriptors, I/O) gives RXT_ENVIRONMENT, because it would also occur with another file. */
static rxt_status cannot_be(const char *path, const char *done, int error)
{
    bool system = rxt_status_is_shortage(error) || error == EIO;

    return rxt_status_of(system ? RXT_ENVIRONMENT : RXT_USAGE, "%.150s: cannot be %s (%s)", path,
                         done, strerror(error));
}

rxt_status rxt_study_reader_open(const char *path, rxt_study_reader **reader)
{
    FILE *file = fopen(path, "r");
    char *bytes = NULL;
    size_t size = 0;
    int error = errno;
    rxt_status st;

    *reader = NULL;
    if (!file)
        return cannot_be(path, "opened", error);
    bytes = read_all(file, &size, &error);
    fclose(file);
    st = error ? cannot_be(path, "read", error) : rxt_study_reader_read(path, bytes, size, reader);
    free(bytes);
    return st;
}
