/* answer_take.c - which rows belong to an answer. A way is a pair of team and combine; each way of
 * a block gets its own answer. */
#include "analysis/answer_take.h"

#include <stdlib.h>
#include <string.h>

static bool same_way(const rxt_row *a, const rxt_row *b)
{
    return !strcmp(a->team, b->team) && !strcmp(a->combine, b->combine);
}

/* Makes the answer of one way from the `most` rows of its block. The serial call has no team and no
 * combine: its row belongs to the first way and, if it is the baseline, to every other way as
 * well. */
static bool take(const rxt_row *row, int most, const rxt_row *way, bool first, rxt_answer *a)
{
    *a = (rxt_answer){ .kernel = way->kernel,
                       .bind = way->bind,
                       .team = way->team,
                       .combine = way->combine,
                       .n = way->n,
                       .row = calloc((size_t)most, sizeof *a->row),
                       .tied = calloc((size_t)most, sizeof *a->tied),
                       .speedup = calloc((size_t)most, sizeof *a->speedup),
                       .contrast = calloc((size_t)most, sizeof *a->contrast) };
    if (!a->row || !a->tied || !a->speedup || !a->contrast)
        return false;
    for (int i = 0; i < most; i++)
        if (rxt_row_serial(&row[i]) ? first || rxt_split_equal(row[i].split, row[i].baseline)
                                    : same_way(&row[i], way))
            a->row[a->count++] = &row[i];
    return true;
}

/* Is row i the first row of its way? A serial call starts a way only if its block has no other
 * rows. */
static bool starts_way(const rxt_row *row, int most, int i)
{
    for (int j = 0; j < i; j++)
        if (same_way(&row[j], &row[i]))
            return false;
    for (int j = 0; rxt_row_serial(&row[i]) && j < most; j++)
        if (!rxt_row_serial(&row[j]))
            return false;
    return true;
}

/* Makes an answer for each way among the `count` rows of one block; false without memory. */
static bool take_block(const rxt_row *row, int count, rxt_answers *answers)
{
    bool first = true;

    for (int i = 0; i < count; i++) {
        rxt_answer *a = &answers->answer[answers->count];

        if (!starts_way(row, count, i))
            continue;
        answers->count++;
        if (!take(row, count, &row[i], first, a))
            return false;
        first = false;
    }
    return true;
}

static bool take_all(const rxt_rows *rows, rxt_answers *answers)
{
    int first = 0, count;

    answers->answer = calloc((size_t)rows->count + 1, sizeof *answers->answer);
    for (; answers->answer && first < rows->count; first += count) {
        const rxt_row *row = &rows->row[first];

        for (count = 1; first + count < rows->count && rxt_row_same_block(row, &row[count]);)
            count++;
        if (!take_block(row, count, answers))
            return false;
    }
    return answers->answer;
}

rxt_status rxt_answers_take(const rxt_rows *rows, rxt_answers *answers)
{
    if (take_all(rows, answers))
        return RXT_OK;
    return rxt_status_no_memory("for the answers of %d rows", rows->count);
}
