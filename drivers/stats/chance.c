/* chance.c - how likely chance alone puts a ratio where it lies. */
#include "stats/chance.h"

#include <math.h>
#include <stdlib.h>

#include "stats/student.h"

/* The probability of at most k minus signs among n random signs. */
static double sign_tail(int n, int k)
{
    double sum = 0.0;

    for (int i = 0; i <= k; i++)
        sum += exp(lgamma(n + 1.0) - lgamma(i + 1.0) - lgamma(n - i + 1.0) - n * log(2.0));
    return fmin(sum, 1.0);
}

static void by_signs(int n, const double value[], double times, rxt_chance *c)
{
    int above = 0, below = 0;

    for (int i = 0; i < n; i++) {
        above += times * value[i] > 1.0;
        below += times * value[i] < 1.0;
    }
    c->above = sign_tail(n, n - above);
    c->below = sign_tail(n, n - below);
}

static void by_mean(int n, double median[], double times, rxt_chance *c)
{
    double t, tail;

    for (int r = 0; r < n; r++)
        median[r] = log(times * median[r]);
    t = rxt_student_of(n, median);
    tail = 0.5 * (1.0 - rxt_student_within(n - 1, fabs(t)));
    c->above = t > 0.0 ? tail : 1.0 - tail;
    c->below = t > 0.0 ? 1.0 - tail : tail;
}

rxt_chance rxt_chance_of(const rxt_rounds *rounds, const double over[], const double under[],
                         double times)
{
    rxt_chance c = { .above = 1.0, .below = 1.0 };
    rxt_groups groups;
    bool taken = rxt_groups_take(rounds, over, under, &groups);
    double *median = taken ? malloc((size_t)(groups.units + 1) * sizeof *median) : NULL;

    c.pairs = taken ? groups.count : 0;
    if (median && groups.units > 0 && rxt_groups_medians(&groups, median)) {
        if (groups.by == RXT_BY_RUN)
            by_mean(groups.units, median, times, &c);
        else
            by_signs(groups.units, median, times, &c);
    }
    free(median);
    rxt_groups_free(&groups);
    return c;
}
