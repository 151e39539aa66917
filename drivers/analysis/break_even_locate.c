/* break_even_locate.c - the sizes between which more workers begin to pay, and sizes that
 * contradict this.
 *
 * The sentence that break_even_text.c prints is based on the two rules of break_even.h: the fixed
 * order, and the corrected level. A size that is sure only by its own interval may contradict the
 * sentence; such sizes are named at the end of the sentence. */
#include "analysis/break_even_locate.h"

#include <math.h>

/* The probability that at least one of all sizes is taken as sure by mistake, for each side of the
 * bracket. The fixed order of tests adds 2.1 % for each side, so the coverage is 93 % (see
 * break_even.h). */
static const double error = 0.0125;

/* ---- tests of one size ---- */

/* By the interval of this size alone: 1 surely faster, -1 surely slower, 0 neither. */
static int side(const rxt_spot *s)
{
    return s->gain.low > 1.0 ? 1 : s->gain.high < 1.0 ? -1 : 0;
}

/* Is the size sure (`wanted`: 1 faster, -1 slower) at the level corrected for all sizes? */
static bool sure_among(int sizes, const rxt_spot *s, int wanted)
{
    return side(s) == wanted && (wanted > 0 ? s->chance.above : s->chance.below) <= error / sizes;
}

/* ---- the bracket ---- */

/* Index of the largest size between indices `low` and `high` that is sure at the corrected level;
 * -1: none. */
static int last_sure(int count, const rxt_spot s[], int low, int high, int wanted)
{
    for (int i = high; i >= low; i--)
        if (sure_among(count, &s[i], wanted))
            return i;
    return -1;
}

/* Index of the largest size that surely pays: the last one by its own interval, a smaller one at
 * the corrected level; -1: none. */
static int last_gain(int count, const rxt_spot s[])
{
    if (side(&s[count - 1]) > 0)
        return count - 1;
    return last_sure(count, s, 0, count - 2, 1);
}

/* Index of the smallest size from which on all sizes pay, up to index `until`. A size that is not
 * sure is skipped if a smaller one is sure at the corrected level. A size that surely does not pay
 * by its own interval is never skipped: its interval is printed next to the sentence, and readers
 * do not believe a sentence that contradicts it. */
static int first_gain(int count, const rxt_spot s[], int until)
{
    int high = until, low = until;

    while (low > 0 && side(&s[low - 1]) >= 0)
        low--;
    while (high > low && side(&s[high - 1]) > 0)
        high--;
    for (int i = low; i < high; i++)
        if (sure_among(count, &s[i], 1))
            return i;
    return high;
}

/* Goes from the smallest size up as long as the sizes surely do not pay. Index of the last of these
 * sizes; -1: there is none. */
static int last_loss(int count, const rxt_spot s[])
{
    int i = 0;

    while (i < count && side(&s[i]) < 0)
        i++;
    return i - 1;
}

/* Index of the largest size below index `high` that surely does not pay; -1: none. */
static int loss_below(int count, const rxt_spot s[], int high)
{
    int all = last_loss(high, s), one = last_sure(count, s, 0, high - 1, -1);

    return all > one ? all : one;
}

/* Estimates the size where the median speedup crosses 1 for the last time between indices `low` and
 * `high` (low -1: from the first size). NAN: it does not cross. */
static double crossing(const rxt_spot s[], int low, int high)
{
    for (int i = high - 1; i >= 0 && i >= low; i--)
        if (s[i].gain.median <= 1.0 && s[i + 1].gain.median > 1.0)
            return rxt_break_even_between(s[i].n, s[i].gain.median, s[i + 1].n,
                                          s[i + 1].gain.median);
    return NAN;
}

/* Does the rest of the sentence contradict the interval of a size, or say nothing about the size?
 * The sentence says that sizes below the break-even size, and sizes above `until`, do not pay. If
 * the bracket is open below ("pay from n at the latest"), smaller sizes may pay, unless a slower
 * size lies between. */
static bool says_otherwise(const rxt_break_even *found, const rxt_spot *s)
{
    double until = found->low >= 0 ? found->n : (double)found->slower;

    if (side(s) == 0 || found->pays == RXT_PAYS_NOWHERE)
        return false;
    if (found->pays == RXT_PAYS_UNDECIDED)
        return s->n > found->low;
    if (side(s) < 0)
        return s->n > found->low && s->n < found->high;
    if (s->n == found->also || s->n == found->beyond)
        return false;
    return s->n > found->until || (s->n < found->high && (double)s->n < until);
}

/* The largest size that is surely faster (wanted = 1) or slower (-1) although the rest of the
 * sentence contradicts this or says nothing about it; -1: none. *sizes: the number of such
 * sizes. */
static ptrdiff_t otherwise(int count, const rxt_spot s[], const rxt_break_even *found, int wanted,
                           int *sizes)
{
    ptrdiff_t largest = -1;

    *sizes = 0;
    for (int i = 0; i < count; i++) {
        if (side(&s[i]) != wanted || !says_otherwise(found, &s[i]))
            continue;
        largest = s[i].n;
        ++*sizes;
    }
    return largest;
}

/* The variables until, high, low and also are indices into s, -1: none. The fields of the same
 * names in the result hold the sizes. */
rxt_break_even rxt_break_even_locate(int count, const rxt_spot s[])
{
    int until = last_gain(count, s), high = until < 0 ? -1 : first_gain(count, s, until),
        low = high < 0 ? last_loss(count, s) : loss_below(count, s, high),
        also = low < 0 || high < 0 ? -1 : last_sure(count, s, 0, low - 1, 1);
    rxt_break_even found = { .n = NAN,
                             .low = low < 0 ? -1 : s[low].n,
                             .high = high < 0 ? -1 : s[high].n,
                             .first = s[0].n,
                             .last = s[count - 1].n,
                             .until = until < 0 ? -1 : s[until].n,
                             .beyond = -1,
                             .also = also < 0 ? -1 : s[also].n,
                             .between = also < 0 ? -1 : s[low].n,
                             .faster = -1,
                             .slower = -1 };

    if (high > 0)
        found.n = crossing(s, low, high);
    if (until >= 0 && until < count - 1) {
        found.beyond = s[until + 1].n;
        found.lost = side(&s[until + 1]) < 0;
    }
    if (high >= 0)
        found.pays = high == 0 ? RXT_PAYS_EVERYWHERE : RXT_PAYS_FROM;
    else
        found.pays = low == count - 1 ? RXT_PAYS_NOWHERE : RXT_PAYS_UNDECIDED;
    found.slower = otherwise(count, s, &found, -1, &found.slowers);
    found.faster = otherwise(count, s, &found, 1, &found.fasters);
    for (int i = 0; i < count; i++)
        found.rounds = s[i].chance.pairs > found.rounds ? s[i].chance.pairs : found.rounds;
    return found;
}
