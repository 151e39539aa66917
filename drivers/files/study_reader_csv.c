/* study_reader_csv.c - reads a study's rows from CSV (RFC 4180). Columns are found by their names,
 * in any order; unknown columns are ignored. */
#include "files/study_reader_cell.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "results/words.h"

enum { WIDEST = 1000 }; /* largest number of cells in a line */

typedef struct table {
    char *rest;                   /* the text that is not read yet */
    int cells;                    /* number of cells in the last line that was read */
    char *cell[WIDEST];           /* cells of the last line that was read */
    int column[RXT_COLUMNS_MOST]; /* for each column of a study, the index of its cell in a line; if
                                     the column is missing, the header's number of cells */
} table;

/* Removes the quotes of a cell, in place. Returns the text after the cell; NULL if the closing
 * quote is missing. */
static char *unquote(char *cell)
{
    char *to = cell, *from = cell + 1;

    for (; *from != '"' || from[1] == '"'; from++) {
        if (!*from)
            return NULL;
        from += *from == '"';
        *to++ = *from;
    }
    *to = '\0';
    return from + 1;
}

/* Splits the next line into its cells; false if it is not a valid line, for example because it has
 * no LF. */
static bool read_line(table *t)
{
    char end = ',';

    t->cells = 0;
    for (char *p = t->rest; end == ','; t->rest = ++p) {
        if (t->cells == WIDEST)
            return false;
        t->cell[t->cells++] = p;
        p = *p == '"' ? unquote(p) : p + strcspn(p, ",\r\n\"");
        if (p && p[0] == '\r' && p[1] == '\n') /* lines may end in CR LF, as in RFC 4180 */
            *p++ = '\0';
        if (!p || (*p != ',' && *p != '\n'))
            return false;
        end = *p;
        *p = '\0';
    }
    return true;
}

static rxt_status read_header(const rxt_study_reader_place *file, table *t)
{
    int count;
    const rxt_column *column = rxt_columns_of(true, &count);

    if (!read_line(t))
        return rxt_study_reader_refuse(
            file, "is not a study file: neither JSON, nor CSV with a study's columns");
    for (int c = 0; c < count; c++) {
        int at = 0;

        while (at < t->cells && strcmp(t->cell[at], column[c].name))
            at++;
        t->column[c] = at;
        if (at == t->cells && !column[c].later)
            return rxt_study_reader_refuse(
                file, "is not a study file: neither JSON, nor CSV with a column %s",
                column[c].name);
    }
    return RXT_OK;
}

static bool read_number(const char *text, rxt_column_cell *cell)
{
    char *end;

    cell->number = strtod(text, &end);
    if (end == text || *end || strchr(" \t\r\v\f", *text))
        return false;
    errno = 0;
    cell->count = strtoll(text, &end, 10);
    cell->whole = !*end && errno == 0;
    return true;
}

static rxt_status cell_of(const rxt_study_reader_place *at, const rxt_column *column,
                          const char *text, rxt_column_cell *cell)
{
    int truth = rxt_vocabulary_find(&rxt_truth_vocabulary, text);

    *cell = (rxt_column_cell){ .kind = *text ? rxt_column_cell_kind(column) : RXT_CELL_EMPTY,
                               .word = text,
                               .truth = truth > 0 };
    if (cell->kind == RXT_CELL_NUMBER && !read_number(text, cell))
        return rxt_study_reader_refuse(at, "%s is \"%.60s\", not a number", column->name, text);
    if (cell->kind == RXT_CELL_TRUTH && truth < 0)
        cell->kind = RXT_CELL_WORD;
    return RXT_OK;
}

static rxt_status read_row(const rxt_study_reader_place *at, table *t, int cells, rxt_row *row)
{
    int count;
    const rxt_column *column = rxt_columns_of(true, &count);
    rxt_column_cell cell[RXT_COLUMNS_MOST];
    rxt_status st = RXT_OK;

    if (!read_line(t) || t->cells != cells)
        return rxt_study_reader_refuse(
            at, "is cut off, or does not have %d cells as the header has", cells);
    for (int c = 0; c < count && !st; c++)
        st =
            cell_of(at, &column[c], t->column[c] < t->cells ? t->cell[t->column[c]] : "", &cell[c]);
    return st ? st : rxt_study_reader_row(at, cell, row);
}

static size_t lines_of(const char *text)
{
    size_t lines = 0;

    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

/* Reads all rows. In the file of a stopped study every note begins with a word that says so; this
 * is how `stopped` is found. */
static rxt_status read_rows(const rxt_study_reader_place *file, table *t, rxt_study_reader *a)
{
    rxt_status st = rxt_study_reader_room(file, a, lines_of(t->rest));
    const char *stopped = rxt_ending_name(true);
    int cells = t->cells, count = 0;

    while (!st && *t->rest && count < a->rows.count) {
        const rxt_study_reader_place at = { file->name, count + 1 };
        rxt_row *row = &a->rows.row[count++];

        st = read_row(&at, t, cells, row);
        a->rows.stopped = a->rows.stopped || !strncmp(row->note, stopped, strlen(stopped));
    }
    a->rows.count = count;
    if (!st && *t->rest)
        st = rxt_study_reader_refuse(file, "is cut off after row %d", count);
    return st;
}

rxt_status rxt_study_reader_csv(const rxt_study_reader_place *file, const char *bytes, size_t size,
                                rxt_study_reader *a)
{
    table t;
    rxt_status st;

    a->text = calloc(1, size + 1);
    if (!a->text)
        return rxt_status_no_memory("to read %.200s", file->name);
    memcpy(a->text, bytes, size);
    if (strlen(a->text) != size || !rxt_json_is_text(a->text))
        return rxt_study_reader_refuse(file, "is not a study file: it is not UTF-8 text");
    t.rest = a->text;
    st = read_header(file, &t);
    return st ? st : read_rows(file, &t, a);
}
