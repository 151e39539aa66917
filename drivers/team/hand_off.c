/* hand_off.c - measures the time to hand work to the threads of a resident team, and back.
 *
 * The measured work is not empty. A thread without work replies while thread 0 still hands work to
 * other threads, so an empty call takes a quarter less time than a call with work (measured: 84
 * instead of 105 ns; if the transfer of cache lines is slow, 290 instead of 410 ns). With 64
 * multiplications or more, their number does not change the result. */
#include "team/hand_off.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/clock.h"

enum {
    LINKS = 128,  /* dependent multiplications, about 0.1 µs */
    BATCH = 8,    /* hand-overs between two readings of the clock */
    BATCHES = 31, /* most batches; the result is their median */
    FEWEST = 3    /* least batches, even if they take longer than `longest` */
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

/* Seconds of one hand-over. A hand-over that takes longer than `longest` may contain a stall; so
 * this tries up to three times and returns the shortest time. */
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
