/* hand_off.c - what it costs to hand work to the threads of a resident team, and back.
 *
 * The measured work is not empty: a thread without work answers while the giver still hands over
 * to others, which is a quarter cheaper than a real call (seen: 84 and 105 ns, and where a line
 * takes long 290 and 410). From 64 multiplications on, how many there are does not matter. */
#include "team/hand_off.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/clock.h"

enum {
    LINKS = 128,  /* dependent multiplications, some 0.1 us */
    BATCH = 8,    /* hand-overs between two readings of the clock    */
    BATCHES = 31, /* of which the median counts                      */
    FEWEST = 3,   /* of them, where they take longer than is granted */
    READINGS = 32
};
static const double longest = 1e-3; /* seconds */

static void work(int thread, void *arg)
{
    unsigned x = (unsigned)thread + 3;

    for (int i = 0; i < LINKS; i++) {
        x = x * x + 1;
        __asm__ volatile("" : "+r"(x)); /* no compiler may know the end beforehand */
    }
    *(unsigned *)rxt_team_lines_room(arg, thread) = x;
}

static double batch(rxt_team_lines *lines, bool all, int count)
{
    double begin = rxt_clock_now();

    for (int i = 0; i < count; i++)
        if (all)
            rxt_team_lines_all(lines, work, lines);
        else
            work(0, lines);
    return (rxt_clock_now() - begin) / count;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double value[], int count)
{
    qsort(value, (size_t)count, sizeof *value, ascending);
    return value[count / 2];
}

/* The fastest of three, each in case the one before met a stall. */
static double quickest(rxt_team_lines *lines)
{
    double least = INFINITY;

    for (int i = 0; i < 3 && least > longest; i++)
        least = fmin(least, batch(lines, true, 1));
    return least;
}

double rxt_team_hand_off_of(rxt_team_lines *lines)
{
    double all[BATCHES], begin = rxt_clock_now(), single = quickest(lines), alone = INFINITY;
    int count = 0;

    if (single > longest)
        return single;
    do {
        all[count++] = batch(lines, true, BATCH);
        alone = fmin(alone, batch(lines, false, BATCH));
    } while (count < FEWEST || (count < BATCHES && rxt_clock_now() - begin < longest));
    return fmax(median(all, count) - alone, 0.0);
}

double rxt_team_hand_off_clock(void)
{
    double least = INFINITY;

    for (int i = 0; i < READINGS; i++) {
        double begin = rxt_clock_now();

        least = fmin(least, rxt_clock_now() - begin);
    }
    return least;
}
