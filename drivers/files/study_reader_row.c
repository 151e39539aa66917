/* study_reader_row.c - makes one row of a study from its cells. Each cell must have a value that
 * its column allows, and the cells must be consistent with each other. */
#include "files/study_reader_cell.h"

#include <math.h>
#include <string.h>

/* Either all figures are present and in ascending order, or none is present. */
static bool ascend(int count, const double figure[])
{
    for (int f = 1; f < count; f++)
        if (isnan(figure[f]) != isnan(figure[0]) || figure[f] < figure[f - 1])
            return false;
    return true;
}

static bool is_interval(const rxt_sample *s)
{
    return isnan(s->low) == isnan(s->high) && !(s->low > s->median) && !(s->median > s->high) &&
           !(isnan(s->median) && !isnan(s->low));
}

static rxt_status check_times(const rxt_study_reader_place *at, const rxt_row *row)
{
    const rxt_sample *t = &row->time, *s = &row->speedup;
    const double spread[] = { t->min, t->q1, t->median, t->q3, t->max };

    if (!ascend(5, spread))
        return rxt_study_reader_refuse(at,
                                       "time_min, time_q1, time_median, time_q3, time_max do not "
                                       "ascend");
    if (!is_interval(t))
        return rxt_study_reader_refuse(
            at, "time_low to time_high is not an interval around time_median");
    if (!is_interval(s))
        return rxt_study_reader_refuse(
            at, "speedup_low to speedup_high is not an interval around speedup");
    if (!row->verified && (!isnan(t->median) || !isnan(s->median) || row->rounds > 0))
        return rxt_study_reader_refuse(at, "has times, but its result is not verified");
    if (!isnan(t->median) != (row->rounds > 0))
        return rxt_study_reader_refuse(at, "rounds is %d, time_median %s", row->rounds,
                                       isnan(t->median) ? "is missing" : "is there");
    return RXT_OK;
}

static bool plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            return false;
    return true;
}

/* Checks the columns that have a count which follows from other columns: the count must be exactly
 * equal to the computed one. Columns with figures are not checked, because figures were rounded. */
static rxt_status check_counts(const rxt_study_reader_place *at, const rxt_column_cell cell[],
                               const rxt_row *row)
{
    int count;
    const rxt_column *column = rxt_columns_of(true, &count);

    for (int c = 0; c < count; c++) {
        ptrdiff_t whole = column[c].whole ? column[c].whole(row) : 0;

        if (column[c].whole && cell[c].kind == RXT_CELL_NUMBER && cell[c].count != whole)
            return rxt_study_reader_refuse(at, "%s is %lld, but the other columns give %td",
                                           column[c].name, cell[c].count, whole);
    }
    return RXT_OK;
}

static rxt_status check(const rxt_study_reader_place *at, const rxt_column_cell cell[],
                        const rxt_row *row)
{
    rxt_status st;

    if (!row->kernel[0] || strlen(row->kernel) > 200 || !plain(row->kernel))
        return rxt_study_reader_refuse(at, "kernel is not a name");
    st = check_counts(at, cell, row);
    if (st)
        return st;
    if (row->split.ranks % row->split.nodes)
        return rxt_study_reader_refuse(at, "%d ranks cannot be divided evenly among %d nodes",
                                       row->split.ranks, row->split.nodes);
    return check_times(at, row);
}

rxt_status rxt_study_reader_row(const rxt_study_reader_place *at, const rxt_column_cell cell[],
                                rxt_row *row)
{
    int count;
    const rxt_column *column = rxt_columns_of(true, &count);
    char why[RXT_COLUMN_WHY];
    rxt_status st;

    row->result.index = -1;
    row->speedup.min = row->speedup.q1 = row->speedup.q3 = row->speedup.max = NAN;
    for (int c = 0; c < count; c++)
        if (!rxt_column_read(&column[c], &cell[c], row, why))
            return rxt_study_reader_refuse(at, "%s", why);
    st = check(at, cell, row);
    row->time.count = row->speedup.count = row->rounds;
    return st;
}
