/* answer_limit.c - what bounds the fastest split: memory, a cache, or arithmetic.
 *
 * "More workers won't help" is printed if all cores work, or if the workers share the bandwidth, so
 * that added workers gained little. */
#include "analysis/answer_limit.h"

#include <math.h>

#include "machine/place.h"
#include "results/sentence.h"

static const double reached = 0.9; /* part of the roof above which a better loop gains little */
static const double won = 0.75;    /* efficiency below which added workers gained little */

static bool at_roof(const rxt_row *row)
{
    return row->verified && row->roof >= reached;
}

/* Is the row surely faster than the baseline? Or is it the baseline itself, with an interval? Only
 * then is its limit named. */
static bool is_sure(const rxt_row *row)
{
    return rxt_split_equal(row->split, row->baseline) ? !isnan(row->speedup.low)
                                                      : row->speedup.low > 1.0;
}

/* Does the row use all cores of the host? Cores that the study may not use count as well, because
 * they could add bandwidth. */
static bool all_cores_work(const rxt_rows *rows, const rxt_row *row)
{
    int cores = rows->splits.nodes * rows->splits.all_cores;

    return cores > 0 && rxt_row_workers(row) >= cores;
}

/* Do the workers of this row share the bandwidth, so that more workers gain little? False if the
 * row does not use all nodes: the other nodes have a bandwidth of their own. */
static bool saturated(const rxt_rows *rows, const rxt_answer *a, const rxt_row *row)
{
    if (row->split.nodes < rows->splits.nodes)
        return false;
    if (rxt_row_workers(row) > rxt_row_workers(a->row[0]) &&
        row->efficiency * row->speedup.high < won * row->speedup.median)
        return true;
    for (int i = 0; i < a->count; i++)
        if (rxt_row_workers(a->row[i]) > rxt_row_workers(row) && at_roof(a->row[i]) &&
            !a->row[i]->arithmetic)
            return true;
    return false;
}

/* A limit that is not a cache: as the study's file has it, and at the beginning of a sentence. */
typedef struct limit {
    const char *name, *subject;
} limit;

/* The row's limit; NULL if it is the cache of the row's level. */
static const limit *limit_of(const rxt_row *row)
{
    static const limit arithmetic = { "arithmetic", "Arithmetic" }, memory = { "memory", "Memory" };

    if (row->arithmetic)
        return &arithmetic;
    return !row->level || rxt_level_is_memory(row->level) ? &memory : NULL;
}

/* "Memory is the limit (98 % of this host's bandwidth); more workers won't help." */
static void say_limit(char *text, const rxt_answer *a, const rxt_row *row, const limit *named)
{
    const char *whose = a->limit_host               ? "this host's"
                        : rxt_row_workers(row) == 1 ? "this worker's"
                                                    : "these workers'";

    if (named)
        rxt_say(text, " %s is the limit (", named->subject);
    else
        rxt_say(text, " %s's bandwidth is the limit (", row->level);
    if (row->roof < 0.995)
        rxt_say(text, "%.0f %% of ", 100 * row->roof);
    else
        rxt_say(text, "all of ");
    rxt_say(text, "%s %s)", whose, row->arithmetic ? "flop rate" : "bandwidth");
    rxt_say(text, a->limit_host ? "; more workers won't help." : ".");
}

void rxt_answer_limit(const rxt_rows *rows, rxt_answer *a)
{
    const rxt_row *row = a->fastest < 0 ? NULL : a->row[a->fastest];
    const limit *named;

    a->limit_fraction = NAN;
    if (!row || a->undecided || !is_sure(row) || !at_roof(row))
        return;
    named = limit_of(row);
    a->limit = named ? named->name : row->level;
    a->limit_fraction = row->roof;
    a->limit_host = all_cores_work(rows, row) || (!row->arithmetic && saturated(rows, a, row));
    say_limit(a->text, a, row, named);
}
