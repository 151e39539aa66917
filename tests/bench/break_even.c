/* break_even.c - does the interval of a break-even size contain the true size? Run by hand:
 *
 *   build/tests/bench_break_even [SEEDS [ROUNDS [SPREAD]]]      1000, 30, 0.02
 *
 * Prints one line for each shape of curve and each grid of sizes: the percentage of intervals that
 * contain the true size, the percentage that contain it but have an open end, the median of
 * high / low, and the median factor between the estimate and the true size. */
#include "break_even_curves.h"

#include <stdio.h>

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double middle(int count, double values[])
{
    qsort(values, (size_t)count, sizeof *values, by_value);
    return count ? values[count / 2] : (double)NAN;
}

static int measure(const grid *g, const curve *c, const scatter *noise, int seeds)
{
    double *width = malloc((size_t)seeds * sizeof *width),
           *off = malloc((size_t)seeds * sizeof *off);
    int count[3] = { 0 }, widths = 0, offs = 0;

    for (int seed = 1; width && off && seed <= seeds; seed++) {
        rxt_break_even found;
        double truth;
        verdict v = study_on(g, c, noise, (uint64_t)seed * 1000003u, &found, &truth);

        count[v]++;
        if (found.low > 0 && found.high > 0)
            width[widths++] = (double)found.high / (double)found.low;
        if (isfinite(found.n))
            off[offs++] = fabs(log(found.n / truth));
    }
    printf("%-8s %-14s %6.1f %% %6.1f %% %9.2fx %9.2fx\n", g->name, c->name,
           100.0 * (count[HELD] + count[OPEN]) / seeds, 100.0 * count[OPEN] / seeds,
           middle(widths, width), exp(middle(offs, off)));
    free(width);
    free(off);
    return count[MISSED];
}

int main(int argc, char **argv)
{
    int seeds = argc > 1 ? atoi(argv[1]) : 1000;
    scatter noise = { .sigma = argc > 3 ? atof(argv[3]) : 0.02,
                      .rounds = argc > 2 ? atoi(argv[2]) : 30 };
    int missed = 0;

    printf("%d studies each, %d rounds, times ± %g %%\n", seeds, noise.rounds, 100 * noise.sigma);
    printf("%-8s %-14s %8s %8s %10s %10s\n", "grid", "curve", "held", "no end", "high/low",
           "estimate");
    for (int g = 0; g < GRIDS; g++)
        for (int c = 0; c < CURVES; c++)
            missed += measure(&grids[g], &curves[c], &noise, seeds);
    printf("held in all: %.2f %%\n", 100.0 - 100.0 * missed / ((double)seeds * GRIDS * CURVES));
    return 0;
}
