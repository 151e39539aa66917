/* hand_off.c - measures the time to hand work to the threads of a resident team, and back.
 *
 * The measured work is not empty. A thread without work replies while thread 0 still hands work to
 * other threads, so an empty call takes a quarter less than a real one (measured: 84 instead of 105
 * ns; where lines are slow, 290 instead of 410 ns). From 64 multiplications on, their number does
 * not matter. */
#include "team/hand_off.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/clock.h"

enum {
    LINKS = 128,  /* dependent multiplications, some 0.1 us */
    BATCH = 8,    /* hand-overs between two readings of the clock */
    BATCHES = 31, /* at most; their median counts */
    FEWEST = 3    /* batches at least, also after `longest` */
};
static const double longest = 1e-3; /* seconds */

static void work(int thread, void *arg)
{
    unsigned x = (unsigned)thread + 3;

    for (int i = 0; i < LINKS; i++) {
        x = x * x + 1;
        __asm__ volatile("" : "+r"(x)); /* the compiler must not compute the result in advance */
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

/* Seconds of one hand-over. If it takes longer than `longest`, it may have been a stall: tries up
 * to three times and returns the shortest. */
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
