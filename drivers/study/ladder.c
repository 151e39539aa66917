/* ladder.c - loads over growing footprints, timed. */
#include <rxt/ladder.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include <rxt/measure.h>
#include <rxt/slab.h>

enum {
    LINE = 64,
    PAGE = 4096,
    BURST = 8,       /* loads in one page                                                  */
    LOADS = 512,     /* in one reading of the clock, where that is fine                    */
    TRIES = 4,       /* of a rung in one climb                                             */
    CLIMBS = 3,      /* where a level is in doubt: chance alone is in doubt once in 30     */
    PIECE = 1 << 21, /* bytes between two looks at the time: a huge page                   */
    LEAST = 1 << 13, /* bytes of the first rung: no first level is smaller                 */
};

/* Of the time given, what the first climb may take. It touches memory anew, which a virtual
 * machine's host may first have to find: 10 ms a MiB were seen. */
static const double first_climb = 0.45;

/* Times the largest level said: rungs enough behind its step to see it. */
static const double beyond = 2;

typedef struct climber {
    char *memory;
    double room, touched;              /* bytes: that may be, and that were touched  */
    double began, seconds, resolution; /* seconds: for all climbs */
    const atomic_bool *stop;
    uint64_t state;
} climber;

static bool in_time(const climber *c, double seconds)
{
    return rxt_measure_now() - c->began < seconds && !(c->stop && atomic_load(c->stop));
}

/* SplitMix64's finish. */
static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* Each line begins with a word that no processor can foresee: the next address depends on it. */
static bool touch(climber *c, double bytes, double until)
{
    while (c->touched < bytes) {
        size_t from = (size_t)c->touched;

        if (!in_time(c, until))
            return false;
        for (size_t at = from; at < from + PIECE; at += LINE)
            *(uint64_t *)(void *)(c->memory + at) = mix(at + 1);
        c->touched += PIECE;
    }
    return true;
}

/* Once through the footprint, in order: as much of it as there is room for is in the caches then.
 */
static bool pass_through(const climber *c, size_t bytes, double until)
{
    for (size_t from = 0; from < bytes; from += PIECE) {
        size_t end = from + PIECE < bytes ? from + PIECE : bytes;
        uint64_t sum = 0;

        if (!in_time(c, until))
            return false;
        for (size_t at = from; at < end; at += LINE)
            sum += *(const uint64_t *)(const void *)(c->memory + at);
        __asm__ volatile("" ::"r"(sum));
    }
    return true;
}

/* Pages and lines are chosen beside the chain of loads, which are all that is waited for. */
static double time_loads(climber *c, size_t bytes, int loads)
{
    uint64_t pages = bytes / PAGE, found = 0;
    double began = rxt_measure_now();

    for (int i = 0; i < loads; i += BURST) {
        uint64_t order = mix(c->state += 0x9e3779b97f4a7c15u);
        const char *page = c->memory + (order >> 32) * pages / ((uint64_t)1 << 32) * PAGE;

        for (int k = 0; k < BURST; k++) {
            uint64_t line = (order + found) % (PAGE / LINE);

            found = *(const volatile uint64_t *)(const volatile void *)(page + line * LINE);
            order = order >> 6 | order << 58;
        }
    }
    return (rxt_measure_now() - began) / loads;
}

/* The quickest of some tries; false when the time was over before the first. */
static bool try_rung(climber *c, rxt_rung *rung, double until)
{
    size_t bytes = (size_t)rung->bytes;
    int loads = LOADS * (int)fmin(fmax(ceil(c->resolution / 20e-9), 1), 100);

    for (int pass = 0; pass < 2; pass++)
        if (!pass_through(c, bytes, until))
            return false;
    for (int t = 0; t < TRIES; t++)
        rung->seconds = fmin(rung->seconds, time_loads(c, bytes, loads));
    return true;
}

static double rung_bytes(int rung)
{
    return nearbyint(LEAST * pow(2, 0.5 * rung) / PAGE) * PAGE;
}

/* Adds rungs up to so many bytes. */
static bool climb_to(climber *c, rxt_ladder *ladder, double bytes)
{
    while (ladder->rungs < RXT_RUNGS && rung_bytes(ladder->rungs) <= fmin(bytes, c->room)) {
        rxt_rung *rung = &ladder->rung[ladder->rungs];

        *rung = (rxt_rung){ .bytes = rung_bytes(ladder->rungs), .seconds = HUGE_VAL };
        if (!touch(c, rung->bytes, first_climb * c->seconds) ||
            !try_rung(c, rung, first_climb * c->seconds))
            return false;
        ladder->rungs++;
    }
    return true;
}

static double largest(const double said[RXT_LEVELS])
{
    double most = 0;

    for (int l = 0; l < RXT_LEVELS; l++)
        most = fmax(most, said[l]);
    return most;
}

/* Does some level not count as it was said? */
static bool in_doubt(int climbs, const rxt_ladder ladder[], const double said[RXT_LEVELS])
{
    double counts[RXT_LEVELS];

    rxt_ladder_judge(climbs, ladder, said, counts);
    for (int l = 0; l < RXT_LEVELS; l++)
        if (counts[l] > 0)
            return true;
    return false;
}

/* Is the largest level's step among those seen? Of a level that is not named nobody knows. */
static bool all_seen(const rxt_ladder *ladder, const double said[RXT_LEVELS])
{
    rxt_step step[RXT_STEPS];
    int steps = rxt_ladder_steps(ladder, step);

    for (int s = 0; s < steps && said[RXT_LEVELS - 1] > 0; s++)
        if (rxt_ladder_near(largest(said), &step[s]))
            return true;
    return false;
}

/* Rungs far beyond the last step say nothing more. */
static void shorten(rxt_ladder *ladder)
{
    rxt_step step[RXT_STEPS];
    int steps = rxt_ladder_steps(ladder, step);

    while (steps > 0 && ladder->rungs > 0 &&
           ladder->rung[ladder->rungs - 1].bytes > 4 * step[steps - 1].high)
        ladder->rungs--;
}

/* The same rungs once more; false when the time was over before. */
static bool climb_again(climber *c, const rxt_ladder *first, rxt_ladder *again)
{
    again->rungs = first->rungs;
    for (int r = 0; r < first->rungs; r++) {
        again->rung[r] = (rxt_rung){ .bytes = first->rung[r].bytes, .seconds = HUGE_VAL };
        if (!try_rung(c, &again->rung[r], c->seconds))
            return false;
    }
    return true;
}

/* What one climb finds to be as it was said needs no other. What still counts after all of them,
 * does. */
static void climb(climber *c, const double said[RXT_LEVELS], rxt_ladder *all,
                  double counts[RXT_LEVELS])
{
    rxt_ladder ladder[CLIMBS] = { { .rungs = 0 } };
    int climbs = 1;

    if (climb_to(c, &ladder[0], beyond * largest(said)) && !all_seen(&ladder[0], said))
        climb_to(c, &ladder[0], c->room);
    if (in_doubt(1, ladder, said))
        shorten(&ladder[0]);
    while (climbs < CLIMBS && in_doubt(climbs, ladder, said) &&
           climb_again(c, &ladder[0], &ladder[climbs]))
        climbs++;
    if (climbs == CLIMBS)
        rxt_ladder_judge(climbs, ladder, said, counts);
    *all = rxt_ladder_merge(climbs, ladder);
}

void rxt_ladder_climb(const double said[RXT_LEVELS], const rxt_ladder_wish *wish,
                      rxt_ladder *ladder, double counts[RXT_LEVELS])
{
    double bytes = floor(fmin(wish->memory, rung_bytes(RXT_RUNGS - 1)) / PIECE) * PIECE;
    climber c = { .began = rxt_measure_now(),
                  .room = bytes,
                  .seconds = wish->seconds,
                  .resolution = wish->resolution,
                  .stop = wish->stop };
    rxt_arena *arena = NULL;
    rxt_status st;

    *ladder = (rxt_ladder){ .rungs = 0 };
    for (int l = 0; l < RXT_LEVELS; l++)
        counts[l] = 0;
    if (bytes < PIECE)
        return;
    st = rxt_arena_open(RXT_F64, 1, (ptrdiff_t)(bytes / sizeof(double)), &arena);
    if (!st) {
        c.memory = rxt_arena_array(arena, 0);
        climb(&c, said, ladder, counts);
    }
    rxt_status_free(st);
    rxt_arena_close(arena);
}
