/* column.c - prints and reads a row's cell as its column says. */
#include "results/column.h"

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* ---- from a row ---- */

double rxt_column_figure(const rxt_column *column, const rxt_row *row)
{
    double figure;

    if (column->timed && !row->verified)
        return NAN;
    if (column->figure)
        return column->figure(row);
    memcpy(&figure, (const char *)row + column->at, sizeof figure);
    return figure;
}

static ptrdiff_t whole_of(const rxt_column *column, const rxt_row *row)
{
    const char *from = (const char *)row + column->at;
    ptrdiff_t wide = 0;
    int narrow = 0;

    if (column->timed && !row->verified)
        return 0;
    if (column->whole)
        return column->whole(row);
    if (column->size == sizeof wide)
        memcpy(&wide, from, sizeof wide);
    else
        memcpy(&narrow, from, sizeof narrow);
    return column->size == sizeof wide ? wide : narrow;
}

static const char *text_of(const rxt_column *column, const rxt_row *row)
{
    const char *text = (const char *)row + column->at;

    if (column->kind == RXT_COLUMN_WORD)
        memcpy(&text, (const char *)row + column->at, sizeof text);
    return text ? text : "";
}

void rxt_column_print(const rxt_column *column, const rxt_row *row, bool stopped,
                      char cell[RXT_COLUMN_CELL])
{
    cell[0] = '\0';
    if (column->print) {
        column->print(row, stopped, cell);
        return;
    }
    switch (column->kind) {
    case RXT_COLUMN_WORD:
    case RXT_COLUMN_TEXT:
        snprintf(cell, RXT_COLUMN_CELL, "%s", text_of(column, row));
        break;
    case RXT_COLUMN_WHOLE:
        if (!column->optional || whole_of(column, row) >= column->least)
            snprintf(cell, RXT_COLUMN_CELL, "%td", whole_of(column, row));
        break;
    case RXT_COLUMN_FIGURE:
    case RXT_COLUMN_ABOVE:
        if (isfinite(rxt_column_figure(column, row)))
            snprintf(cell, RXT_COLUMN_CELL, "%.9g", rxt_column_figure(column, row));
        break;
    case RXT_COLUMN_TRUTH:
        break;
    }
}

/* ---- into a row ---- */

rxt_cell_kind rxt_column_cell_kind(const rxt_column *column)
{
    switch (column->kind) {
    case RXT_COLUMN_WORD:
    case RXT_COLUMN_TEXT:
        return RXT_CELL_WORD;
    case RXT_COLUMN_TRUTH:
        return RXT_CELL_TRUTH;
    case RXT_COLUMN_WHOLE:
    case RXT_COLUMN_FIGURE:
    case RXT_COLUMN_ABOVE:
        break;
    }
    return RXT_CELL_NUMBER;
}

static bool refuse_kind(const rxt_column *column, char why[RXT_COLUMN_WHY])
{
    static const char *const names[] = {
        [RXT_CELL_WORD] = "text", [RXT_CELL_NUMBER] = "number", [RXT_CELL_TRUTH] = "true or false"
    };

    snprintf(why, RXT_COLUMN_WHY, "%s is of the wrong type (%s expected)", column->name,
             names[rxt_column_cell_kind(column)]);
    return false;
}

static bool read_word(const rxt_column *column, const char *word, const char **to,
                      char why[RXT_COLUMN_WHY])
{
    int known = column->words ? rxt_vocabulary_find(column->words, word) : -1;
    bool none = column->or_none && rxt_vocabulary_is_none(word);

    *to = known >= 0 ? rxt_vocabulary_name(column->words, known)
          : none     ? rxt_vocabulary_none
                     : word;
    if (!column->words || known >= 0 || none)
        return true;
    snprintf(why, RXT_COLUMN_WHY, "%s has the unknown value \"%.60s\"", column->name, word);
    return false;
}

static bool read_whole(const rxt_column *column, const rxt_column_cell *cell, char *to,
                       char why[RXT_COLUMN_WHY])
{
    bool wide = column->size == sizeof(ptrdiff_t);
    ptrdiff_t most = wide ? PTRDIFF_MAX : INT_MAX, count = (ptrdiff_t)cell->count;

    if (!cell->whole)
        snprintf(why, RXT_COLUMN_WHY, "%s is %.9g; it must be a whole number", column->name,
                 cell->number);
    else if (count < column->least || count > most)
        snprintf(why, RXT_COLUMN_WHY, "%s is %td; it must be from %td to %td", column->name, count,
                 column->least, most);
    else if (wide)
        memcpy(to, &count, sizeof count);
    else
        memcpy(to, &(int){ (int)count }, column->size);
    return !why[0];
}

static bool read_figure(const rxt_column *column, double figure, char *to, char why[RXT_COLUMN_WHY])
{
    bool above = column->kind == RXT_COLUMN_ABOVE;

    memcpy(to, &figure, column->size);
    if (isfinite(figure) && figure >= 0 && !(above && figure == 0))
        return true;
    snprintf(why, RXT_COLUMN_WHY, "%s is %.9g; it must be %s", column->name, figure,
             above ? "above 0" : "0 or more");
    return false;
}

static bool read_nothing(const rxt_column *column, char *to, char why[RXT_COLUMN_WHY])
{
    if (rxt_column_cell_kind(column) == RXT_CELL_NUMBER && column->kind != RXT_COLUMN_WHOLE)
        memcpy(to, &(double){ NAN }, column->size);
    if (!column->optional && !column->later)
        snprintf(why, RXT_COLUMN_WHY, "%s is missing", column->name);
    return !why[0];
}

static bool read_own(const rxt_column *column, const rxt_column_cell *cell, rxt_row *row,
                     char why[RXT_COLUMN_WHY])
{
    if (column->read(cell, row))
        return true;
    snprintf(why, RXT_COLUMN_WHY, "%s is \"%.60s\"; it must be %s", column->name, cell->word,
             column->expected);
    return false;
}

/* Reads a cell into `to`, which has the column's size. If the size is 0, the number is checked, but
 * not written. */
static bool read_kind(const rxt_column *column, const rxt_column_cell *cell, char *to,
                      char why[RXT_COLUMN_WHY])
{
    switch (column->kind) {
    case RXT_COLUMN_WORD:
        return read_word(column, cell->word, (const char **)(void *)to, why);
    case RXT_COLUMN_TEXT:
        snprintf(to, column->size, "%s", cell->word);
        return true;
    case RXT_COLUMN_WHOLE:
        return read_whole(column, cell, to, why);
    case RXT_COLUMN_FIGURE:
    case RXT_COLUMN_ABOVE:
        return read_figure(column, cell->number, to, why);
    case RXT_COLUMN_TRUTH:
        break;
    }
    return true;
}

bool rxt_column_read(const rxt_column *column, const rxt_column_cell *cell, rxt_row *row,
                     char why[RXT_COLUMN_WHY])
{
    char *to = (char *)row + column->at;
    bool word_for_truth = column->kind == RXT_COLUMN_TRUTH && cell->kind == RXT_CELL_WORD;

    why[0] = '\0';
    if (cell->kind == RXT_CELL_EMPTY)
        return read_nothing(column, to, why);
    if (cell->kind != rxt_column_cell_kind(column) && !word_for_truth)
        return refuse_kind(column, why);
    return column->read ? read_own(column, cell, row, why) : read_kind(column, cell, to, why);
}
