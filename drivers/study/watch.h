/* watch.h - observes the host while a study measures. */
#ifndef RXT_WATCH_H
#define RXT_WATCH_H

#include <stdatomic.h>

#include "comm/comm.h"
#include "host/host.h"
#include "machine/load.h"
#include "machine/place.h"
#include "results/observations.h"

/* One rank's observations, sent to rank 0 at the end. */
typedef struct rxt_node_report {
    int node, cpus;
    double seconds;
    rxt_load spent;
    rxt_load_pages pages;
    rxt_load_clock clock;
} rxt_node_report;

typedef struct rxt_watch {
    int cpu;         /* the first CPU of the study; its clock frequency is sampled */
    rxt_cpus cpus;   /* all hardware threads of the cores that the study may use */
    int beside;      /* number of the node's other CPUs */
    double began;    /* start of the observation, on the clock of rxt_clock_now */
    rxt_load before; /* this rank's counters at `began` */
    int looks;       /* samples taken after rounds, on rank 0 */
    int busy;        /* samples in which other programs had more runnable tasks than `beside` */
    bool clocked;    /* the clock frequency can be read */
    double *hertz;   /* [looks], with room for `room` values */
    int room;
    rxt_node_report *reports;     /* [ranks] */
    rxt_observation *observation; /* [nodes]; on rank 0, valid once `over` is set */
    atomic_bool over;
} rxt_watch;

/* rxt_watch_open allocates memory; collective over the world. rxt_watch_close frees it; local. */
rxt_status rxt_watch_open(const rxt_comm *world, const rxt_place *place, rxt_watch *watch);
void rxt_watch_close(rxt_watch *watch);

/* rxt_watch_begin: on every rank before the first visit. rxt_watch_look: on rank 0 between two
 * rounds. rxt_watch_end: collective over the world; every rank sends its observations to rank 0. */
void rxt_watch_begin(rxt_watch *watch);
void rxt_watch_look(rxt_watch *watch);
void rxt_watch_end(rxt_watch *watch, const rxt_comm *world, const rxt_host *host);

/* Adds what was observed until now to *seen. Rank 0; local. */
void rxt_watch_tell(const rxt_watch *watch, const rxt_comm *world, rxt_observations *seen);

#endif
