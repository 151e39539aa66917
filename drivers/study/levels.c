/* levels.c - finds the cache sizes: reads the system's report and checks it by timed loads. The
 * plan, the rows' levels and the answers depend on these sizes. */
#include "study/levels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* Limits of all timed loads together: 0.45 s, but no more than 1/8 of the user's budget; and 1/8 of
 * the free memory. */
static const double most_seconds = 0.45;
static const double part = 1.0 / 8;

/* Do the cache sizes matter? Not if no kernel has operands (tasks may have none). */
static bool matter(const rxt_settings *settings)
{
    for (int k = 0; k < settings->kernels; k++)
        if (settings->kernel[k]->arrays > 0)
            return true;
    return false;
}

static rxt_ladder_request request_of(const rxt_levels_request *of)
{
    const rxt_settings *settings = of->settings;

    return (rxt_ladder_request){
        .memory = rxt_cpus_memory("", NULL) * part,
        .seconds =
            settings->budget_given ? fmin(most_seconds, settings->budget * part) : most_seconds,
        .resolution = of->resolution,
        .stop = of->host->stop,
    };
}

/* Measures the cache sizes by timed loads on the CPU of the node's first seat, then restores this
 * thread's mask. */
static void climb(const rxt_levels_request *of, const rxt_ladder_request *request,
                  double counts[RXT_LEVELS])
{
    const rxt_place *place = of->place;
    const double said[RXT_LEVELS] = { place->l1, place->l2, place->l3 };
    rxt_cpus mine = rxt_cpus_mine();
    bool bound = rxt_place_bind(place->seat[0].cpu) == 0;
    rxt_ladder ladder;

    rxt_ladder_climb(said, request, &ladder, counts);
    if (bound)
        rxt_cpus_bind(&mine);
    if (rxt_comm_rank(of->host->world) == 0)
        of->nodes->ladder = ladder;
}

/* Bytes of all last-level caches of the node, if timed loads show that several caches in the
 * system's report are really one cache; else 0. */
static double share(const rxt_place *place, const rxt_ladder_request *request)
{
    int *cpu = place->l3s > 1 ? malloc((size_t)place->l3s * sizeof *cpu) : NULL;
    int shared = 1;

    if (cpu) {
        rxt_place_l3_cpus(place, cpu);
        shared = rxt_ladder_shared(place->l3s, cpu, place->l3, request);
    }
    free(cpu);
    return shared > 1 ? place->l3_all * ceil(place->l3s / (double)shared) / place->l3s : 0;
}

static void measure(const rxt_levels_request *of, double counts[RXT_COUNTED])
{
    rxt_ladder_request request = request_of(of);
    double began = rxt_clock_now();

    climb(of, &request, counts);
    rxt_place_correct(of->place, counts);
    request.seconds -= rxt_clock_now() - began;
    counts[RXT_COUNTED - 1] = share(of->place, &request);
}

/* On the node's first rank: measures the cache sizes, and whether last-level caches are shared,
 * unless both are known already, and writes the sizes into known[]. */
static void find(const rxt_levels_request *of, double known[RXT_LEVELS_KNOWN])
{
    double said = of->place->l3_all;

    if (known[0] <= 0 && matter(of->settings))
        measure(of, &known[1]);
    known[0] = 1;
    rxt_place_correct(of->place, &known[1]);
    if (of->place->l3_all != said)
        known[RXT_LEVELS_KNOWN - 1] = of->place->l3_all;
}

static void find_all(const rxt_levels_request *of, rxt_levels_known known[])
{
    const rxt_comm *world = of->host->world;
    int nodes = rxt_comm_nodes(world), node = rxt_comm_node(world);
    bool first = rxt_comm_node_rank(world) == 0;

    rxt_comm_max(world, nodes * RXT_LEVELS_KNOWN, known[0]);
    if (first)
        find(of, known[node]);
    rxt_comm_max(world, nodes * RXT_LEVELS_KNOWN, known[0]);
    if (!first)
        rxt_place_correct(of->place, &known[node][1]);
    for (int n = 0; n < nodes; n++)
        memcpy(of->nodes->node[n].counts, &known[n][1], sizeof(double) * RXT_COUNTED);
}

rxt_status rxt_levels_find(const rxt_levels_request *of)
{
    int nodes = rxt_comm_nodes(of->host->world);
    rxt_levels_known *known = calloc((size_t)nodes, sizeof *known);
    rxt_status st = RXT_OK;

    if (!known)
        st = rxt_status_no_memory("for a list of the caches of %d nodes", nodes);
    else if (rxt_comm_rank(of->host->world) == 0)
        st = rxt_levels_before(of->settings, of->nodes, known);
    st = rxt_comm_agree(of->host->world, st);
    if (!st)
        find_all(of, known);
    free(known);
    return st;
}
