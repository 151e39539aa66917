/* watch.h - what the host is seen to do while a study measures. */
#ifndef RXT_WATCH_H
#define RXT_WATCH_H

#include <stdatomic.h>

#include "comm/comm.h"
#include "host/host.h"
#include "machine/load.h"
#include "machine/place.h"
#include "results/observations.h"

/* A rank's observations, sent at the end. */
typedef struct rxt_node_report {
    int node, cpus;
    double seconds;
    rxt_load spent;
    rxt_load_pages pages;
    rxt_load_clock clock;
} rxt_node_report;

typedef struct rxt_watch {
    int cpu;         /* the first that the study may use, whose clock is looked at */
    rxt_cpus cpus;   /* all hardware threads of the cores that the study may use */
    int beside;      /* the other CPUs of this node                  */
    double began;    /* when the watch did                                       */
    rxt_load before; /* this rank's view then                                    */
    int looks;       /* after rounds, on rank 0                                  */
    int busy;        /* those that found more tasks than CPUs beside             */
    bool clocked;    /* the clock frequency can be seen                          */
    double *hertz;   /* [looks] then; capacity                           */
    int room;
    rxt_node_report *reports;     /* [ranks]                                                  */
    rxt_observation *observation; /* [nodes], on rank 0 once it is over                       */
    atomic_bool over;
} rxt_watch;

/* Takes what it needs, and gives it back: the first is collective. */
rxt_status rxt_watch_open(const rxt_comm *world, const rxt_place *place, rxt_watch *watch);
void rxt_watch_close(rxt_watch *watch);

/* Start it on every rank; sample between two rounds on rank 0; end it collectively over the
 * world, when each node's first rank sends its observations. */
void rxt_watch_begin(rxt_watch *watch);
void rxt_watch_look(rxt_watch *watch);
void rxt_watch_end(rxt_watch *watch, const rxt_comm *world, const rxt_host *host);

/* Puts what was seen until now among other observations. Rank 0; local. */
void rxt_watch_tell(const rxt_watch *watch, const rxt_comm *world, rxt_observations *seen);

#endif
