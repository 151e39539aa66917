/* ladder.c - times loads over growing footprints. */
#include "host/ladder.h"

#include <math.h>

#include "host/loads.h"

enum {
    PAGE = 4096,
    TRIES = 4,  /* timings of a rung in one climb */
    CLIMBS = 3, /* number of climbs if a level is in doubt; by chance 1 first climb in 30 causes a
                   doubt */
    LEAST = 1 << 13, /* bytes of the first rung; no L1 cache is smaller */
};

/* The part of the time that the first climb may take. This climb touches new memory. If the machine
 * is virtual, its host may need up to 10 ms per MiB to provide this memory. */
static const double first_climb = 0.45;

/* The first climb ends at the largest reported level times this factor. So there are enough rungs
 * after the step of that level to see the step. */
static const double beyond = 2;

typedef struct climber {
    rxt_loads loads;
    double seconds; /* for all climbs */
} climber;

/* Sets the rung's time to the fastest of TRIES timings; false if the time was over before the first
 * timing. */
static bool try_rung(climber *c, rxt_rung *rung, double until)
{
    size_t bytes = (size_t)rung->bytes;

    for (int pass = 0; pass < 2; pass++)
        if (!rxt_loads_pass(&c->loads, 0, bytes, until))
            return false;
    for (int t = 0; t < TRIES; t++)
        rung->seconds = fmin(rung->seconds, rxt_loads_time(&c->loads, bytes));
    return true;
}

static double rung_bytes(int rung)
{
    return nearbyint(LEAST * pow(2, 0.5 * rung) / PAGE) * PAGE;
}

/* Adds rungs up to `bytes`; false if the time was over. */
static bool climb_to(climber *c, rxt_ladder *ladder, double bytes)
{
    while (ladder->rungs < RXT_RUNGS && rung_bytes(ladder->rungs) <= fmin(bytes, c->loads.room)) {
        rxt_rung *rung = &ladder->rung[ladder->rungs];

        *rung = (rxt_rung){ .bytes = rung_bytes(ladder->rungs), .seconds = HUGE_VAL };
        if (!rxt_loads_touch(&c->loads, rung->bytes, first_climb * c->seconds) ||
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

/* Would a measured size replace a reported size, or give the size of a level that is not
 * reported? */
static bool in_doubt(int climbs, const rxt_ladder ladder[], const double said[RXT_LEVELS])
{
    double counts[RXT_LEVELS];

    rxt_ladder_judge(climbs, ladder, said, counts);
    for (int l = 0; l < RXT_LEVELS; l++)
        if (counts[l] > 0)
            return true;
    return false;
}

/* Was the step of the largest reported level seen? False if the system does not report the last
 * level. */
static bool all_seen(const rxt_ladder *ladder, const double said[RXT_LEVELS])
{
    rxt_step step[RXT_STEPS];
    int steps = rxt_ladder_steps(ladder, step);

    for (int s = 0; s < steps && said[RXT_LEVELS - 1] > 0; s++)
        if (rxt_ladder_near(largest(said), &step[s]))
            return true;
    return false;
}

/* Removes the rungs far beyond the last step, because they give no more information. */
static void shorten(rxt_ladder *ladder)
{
    rxt_step step[RXT_STEPS];
    int steps = rxt_ladder_steps(ladder, step);

    while (steps > 0 && ladder->rungs > 0 &&
           ladder->rung[ladder->rungs - 1].bytes > 4 * step[steps - 1].high)
        ladder->rungs--;
}

/* Measures the same rungs again; false if the time was over before the end. */
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

/* One climb that confirms the reported sizes is enough. A contradiction must be confirmed by all
 * climbs. */
static void climb(climber *c, const double said[RXT_LEVELS], rxt_ladder *all,
                  double counts[RXT_LEVELS])
{
    rxt_ladder ladder[CLIMBS] = { { .rungs = 0 } };
    int climbs = 1;

    if (climb_to(c, &ladder[0], beyond * largest(said)) && !all_seen(&ladder[0], said))
        climb_to(c, &ladder[0], c->loads.room);
    if (in_doubt(1, ladder, said))
        shorten(&ladder[0]);
    while (climbs < CLIMBS && in_doubt(climbs, ladder, said) &&
           climb_again(c, &ladder[0], &ladder[climbs]))
        climbs++;
    if (climbs == CLIMBS)
        rxt_ladder_judge(climbs, ladder, said, counts);
    *all = rxt_ladder_merge(climbs, ladder);
}

void rxt_ladder_climb(const double said[RXT_LEVELS], const rxt_ladder_request *request,
                      rxt_ladder *ladder, double counts[RXT_LEVELS])
{
    double bytes = fmin(request->memory, rung_bytes(RXT_RUNGS - 1));
    climber c = { .seconds = request->seconds };
    rxt_status st;

    *ladder = (rxt_ladder){ .rungs = 0 };
    for (int l = 0; l < RXT_LEVELS; l++)
        counts[l] = 0;
    if (bytes < RXT_LOADS_PIECE)
        return;
    st = rxt_loads_open(floor(bytes / RXT_LOADS_PIECE) * RXT_LOADS_PIECE, request, &c.loads);
    if (!st)
        climb(&c, said, ladder, counts);
    rxt_status_free(st);
    rxt_loads_close(&c.loads);
}
