/* levels.c - the sizes of caches, which the plan, the rows' levels and the answers rest on:
 * what the system says, held against loads that are timed. */
#include "study/study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

typedef double known_levels[RXT_STUDY_LEVEL];

/* All that is timed, together; an eighth of the free memory, or of a budget, is more than is
 * needed.
 */
static const double most_seconds = 0.45;
static const double part = 1.0 / 8;

/* Tasks without operands lie nowhere. */
static bool matter(const rxt_study *study)
{
    for (int k = 0; k < study->settings->kernels; k++)
        if (study->settings->kernel[k]->arrays > 0)
            return true;
    return false;
}

static rxt_ladder_request request_of(const rxt_study *study)
{
    const rxt_settings *settings = study->settings;

    return (rxt_ladder_request){
        .memory = rxt_cpus_memory("", NULL) * part,
        .seconds =
            settings->budget_given ? fmin(most_seconds, settings->budget * part) : most_seconds,
        .resolution = study->resolution,
        .stop = study->host.stop,
    };
}

/* On the node's first seat. */
static void climb(rxt_study *study, const rxt_ladder_request *request, double counts[RXT_LEVELS])
{
    const rxt_place *place = study->place;
    const double said[RXT_LEVELS] = { place->l1, place->l2, place->l3 };
    rxt_cpus mine = rxt_cpus_mine();
    bool bound = rxt_place_bind(place->seat[0].cpu) == 0;
    rxt_ladder ladder;

    rxt_ladder_climb(said, request, &ladder, counts);
    if (bound)
        rxt_cpus_bind(&mine);
    if (rxt_comm_rank(study->host.world) == 0)
        study->machine->ladder = ladder;
}

/* Bytes of all last-level caches, where several that the system names are one; else 0. */
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

static void measure(rxt_study *study, double counts[RXT_COUNTED])
{
    rxt_ladder_request request = request_of(study);
    double began = rxt_clock_now();

    climb(study, &request, counts);
    rxt_place_correct(study->place, counts);
    request.seconds -= rxt_clock_now() - began;
    counts[RXT_COUNTED - 1] = share(study->place, &request);
}

/* The node's first rank finds what is not known yet, and what becomes of all last-level caches. */
static void find(rxt_study *study, double known[RXT_STUDY_LEVEL])
{
    double said = study->place->l3_all;

    if (known[0] <= 0 && matter(study))
        measure(study, &known[1]);
    known[0] = 1;
    rxt_place_correct(study->place, &known[1]);
    if (study->place->l3_all != said)
        known[RXT_STUDY_LEVEL - 1] = study->place->l3_all;
}

static void find_all(rxt_study *study, known_levels known[])
{
    const rxt_comm *world = study->host.world;
    int nodes = rxt_comm_nodes(world), node = rxt_comm_node(world);
    bool first = rxt_comm_node_rank(world) == 0;

    if (rxt_comm_rank(world) == 0)
        rxt_study_levels_before(study, known);
    rxt_comm_max(world, nodes * RXT_STUDY_LEVEL, known[0]);
    if (first)
        find(study, known[node]);
    rxt_comm_max(world, nodes * RXT_STUDY_LEVEL, known[0]);
    if (!first)
        rxt_place_correct(study->place, &known[node][1]);
    for (int n = 0; n < nodes; n++)
        memcpy(study->machine->node[n].counts, &known[n][1], sizeof(double) * RXT_COUNTED);
}

rxt_status rxt_study_levels(rxt_study *study)
{
    int nodes = rxt_comm_nodes(study->host.world);
    known_levels *known = calloc((size_t)nodes, sizeof *known);
    rxt_status st = RXT_OK;

    if (!known)
        st = rxt_status_no_memory("for the caches of %d nodes", nodes);
    st = rxt_comm_agree(study->host.world, st);
    if (!st)
        find_all(study, known);
    free(known);
    return st;
}
