/* watch.c - what the host does while a study measures: counters before and after, a look
 * after each round. Nothing of it happens inside a visit. */
#include "study/study.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"

enum { INTS = sizeof(rxt_node_report) / sizeof(int) };
_Static_assert(sizeof(rxt_node_report) % sizeof(int) == 0, "it travels as numbers");

/* ---- what it needs ---- */

rxt_status rxt_study_watch(rxt_study *study)
{
    const rxt_comm *world = study->host.world;
    rxt_watch *watch = &study->watch;
    rxt_status st = RXT_OK;

    watch->cpus = rxt_place_cpus(study->place);
    watch->beside = (int)sysconf(_SC_NPROCESSORS_ONLN) - rxt_cpus_count(&watch->cpus);
    watch->observation = calloc((size_t)rxt_comm_nodes(world), sizeof *watch->observation);
    watch->reports = calloc((size_t)rxt_comm_size(world), sizeof *watch->reports);
    if (!watch->observation || !watch->reports)
        st = rxt_status_no_memory("for what %d nodes are seen to do", rxt_comm_nodes(world));
    return rxt_comm_agree(world, st);
}

void rxt_study_unwatch(rxt_study *study)
{
    free(study->watch.observation);
    free(study->watch.reports);
    free(study->watch.hertz);
}

static int first_cpu(const rxt_study *study)
{
    return study->place->seat[0].cpu;
}

void rxt_study_watch_begin(rxt_study *study)
{
    rxt_watch *watch = &study->watch;

    watch->clocked = isfinite(rxt_load_hertz("", first_cpu(study)));
    watch->before = rxt_load_read("", &watch->cpus);
    watch->began = rxt_clock_now();
}

/* ---- between rounds ---- */

/* Without memory for one more the clock is no longer looked at. */
static bool has_room(rxt_watch *watch)
{
    int room = watch->room ? 2 * watch->room : 64;
    double *more;

    if (watch->looks < watch->room)
        return true;
    more = watch->looks < INT_MAX / 2 ? realloc(watch->hertz, (size_t)room * sizeof *more) : NULL;
    if (!more)
        return false;
    watch->hertz = more;
    watch->room = room;
    return true;
}

/* All other ranks sleep: whoever wants a CPU beside this thread is no part of the study, and where
 * there are more of them than CPUs beside the study's, some want those. */
void rxt_study_watch_look(rxt_study *study)
{
    rxt_watch *watch = &study->watch;

    watch->clocked = watch->clocked && has_room(watch);
    if (watch->clocked)
        watch->hertz[watch->looks] = rxt_load_hertz("", first_cpu(study));
    watch->busy += rxt_load_running("") - 1 > watch->beside;
    watch->looks++;
}

/* ---- at the end ---- */

static rxt_load less(rxt_load after, const rxt_load *before)
{
    after.busy -= before->busy;
    after.steal -= before->steal;
    after.own -= before->own;
    after.periods -= before->periods;
    after.stopped -= before->stopped;
    return after;
}

/* A node's counters are those that its first rank saw; what belongs to processes is added up. */
static void enter(rxt_observation *observation, const rxt_node_report *one,
                  const rxt_host_node *node)
{
    double own = observation->spent.own, all = observation->pages.all,
           huge = observation->pages.huge;

    if (observation->cpus > 0) {
        observation->spent.own = own + one->spent.own;
        observation->pages = (rxt_load_pages){ all + one->pages.all, huge + one->pages.huge };
        return;
    }
    *observation = (rxt_observation){ .seconds = one->seconds,
                                      .cpus = one->cpus,
                                      .spent = one->spent,
                                      .pages = one->pages,
                                      .clock = one->clock };
    snprintf(observation->name, sizeof observation->name, "%s", node->name);
    snprintf(observation->huge_pages, sizeof observation->huge_pages, "%s", node->huge_pages);
}

void rxt_study_watch_end(rxt_study *study)
{
    const rxt_comm *world = study->host.world;
    rxt_watch *watch = &study->watch;
    rxt_node_report *reports = watch->reports;

    reports[rxt_comm_rank(world)] =
        (rxt_node_report){ .node = rxt_comm_node(world),
                           .cpus = rxt_cpus_count(&watch->cpus),
                           .seconds = rxt_clock_now() - watch->began,
                           .spent = less(rxt_load_read("", &watch->cpus), &watch->before),
                           .pages = rxt_load_memory(""),
                           .clock = rxt_load_clock_read("", first_cpu(study)) };
    rxt_comm_gather(world, INTS, (int *)(void *)reports);
    if (rxt_comm_rank(world) != 0)
        return;
    for (int r = 0; r < rxt_comm_size(world); r++)
        enter(&watch->observation[reports[r].node], &reports[r],
              &study->machine->node[reports[r].node]);
    atomic_store(&watch->over, true);
}

rxt_observations rxt_study_observations(const rxt_study *study)
{
    const rxt_settings *settings = study->settings;
    const rxt_watch *watch = &study->watch;
    bool over = atomic_load(&watch->over);

    rxt_observations seen = { .nodes = over ? rxt_comm_nodes(study->host.world) : 0,
                              .node = watch->observation,
                              .shared = rxt_study_shared(study),
                              .pair = rxt_study_pair(study),
                              .looks = watch->looks,
                              .busy = watch->busy,
                              .hertz = over && watch->clocked ? watch->hertz : NULL,
                              .resolution = study->resolution,
                              .precision = settings->precision,
                              .budget = settings->budget,
                              .rounds_min = settings->rounds_min,
                              .rounds_max = settings->rounds_max,
                              .kept = settings->output != NULL && !study->complete };

    rxt_study_doubts(study, seen.level);
    return seen;
}
