/* watch.c - observes the host during a study: reads counters before and after, and takes a sample
 * after each round. Nothing is read during a visit. */
#include "study/watch.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"

enum { INTS = sizeof(rxt_node_report) / sizeof(int) };
_Static_assert(sizeof(rxt_node_report) % sizeof(int) == 0,
               "a report is sent as an array of numbers");

/* ---- open and close ---- */

rxt_status rxt_watch_open(const rxt_comm *world, const rxt_place *place, rxt_watch *watch)
{
    rxt_status st = RXT_OK;

    watch->cpu = place->seat[0].cpu;
    watch->cpus = rxt_place_cpus(place);
    watch->beside = (int)sysconf(_SC_NPROCESSORS_ONLN) - rxt_cpus_count(&watch->cpus);
    watch->observation = calloc((size_t)rxt_comm_nodes(world), sizeof *watch->observation);
    watch->reports = calloc((size_t)rxt_comm_size(world), sizeof *watch->reports);
    if (!watch->observation || !watch->reports)
        st = rxt_status_no_memory("for the observations of %d nodes", rxt_comm_nodes(world));
    return rxt_comm_agree(world, st);
}

void rxt_watch_close(rxt_watch *watch)
{
    free(watch->observation);
    free(watch->reports);
    free(watch->hertz);
}

void rxt_watch_begin(rxt_watch *watch)
{
    watch->clocked = isfinite(rxt_load_hertz("", watch->cpu));
    watch->before = rxt_load_read("", &watch->cpus);
    watch->began = rxt_clock_now();
}

/* ---- between rounds ---- */

/* Is there room for one more sample of the clock frequency? Without memory for it the clock
 * frequency is no longer read. */
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

/* Call it between rounds. All other ranks sleep then, so every other runnable task belongs to
 * another program. If there are more of these than CPUs outside the study, some of them need the
 * study's CPUs. */
void rxt_watch_look(rxt_watch *watch)
{
    watch->clocked = watch->clocked && has_room(watch);
    if (watch->clocked)
        watch->hertz[watch->looks] = rxt_load_hertz("", watch->cpu);
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

/* Enters one rank's report. For the counters of a node, the report of its first rank is used.
 * Figures of single processes (own CPU time, pages) are summed over the node's ranks. */
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

void rxt_watch_end(rxt_watch *watch, const rxt_comm *world, const rxt_host *host)
{
    rxt_node_report *reports = watch->reports;

    reports[rxt_comm_rank(world)] =
        (rxt_node_report){ .node = rxt_comm_node(world),
                           .cpus = rxt_cpus_count(&watch->cpus),
                           .seconds = rxt_clock_now() - watch->began,
                           .spent = less(rxt_load_read("", &watch->cpus), &watch->before),
                           .pages = rxt_load_memory(""),
                           .clock = rxt_load_clock_read("", watch->cpu) };
    rxt_comm_gather(world, INTS, (int *)(void *)reports);
    if (rxt_comm_rank(world) != 0)
        return;
    for (int r = 0; r < rxt_comm_size(world); r++)
        enter(&watch->observation[reports[r].node], &reports[r], &host->node[reports[r].node]);
    atomic_store(&watch->over, true);
}

void rxt_watch_tell(const rxt_watch *watch, const rxt_comm *world, rxt_observations *seen)
{
    bool over = atomic_load(&watch->over);

    seen->nodes = over ? rxt_comm_nodes(world) : 0;
    seen->node = watch->observation;
    seen->looks = watch->looks;
    seen->busy = watch->busy;
    seen->hertz = over && watch->clocked ? watch->hertz : NULL;
}
