/* observations.h - observations of the hosts during a study, from which warnings are made. */
#ifndef RXT_OBSERVATIONS_H
#define RXT_OBSERVATIONS_H

#include <stdbool.h>

#include "machine/load.h"
#include "machine/place.h"
#include "stats/sample.h"

/* Observations of a node from the start of the study to its end. */
typedef struct rxt_observation {
    char name[64];
    double seconds; /* from the start to the end */
    int cpus;       /* hardware threads of the cores that the study may use  */
    rxt_load spent; /* load on these CPUs from start to end; its part `own` is of all ranks of the
                       node */
    rxt_load_pages pages; /* at the end, of all ranks of the node */
    rxt_load_clock clock; /* of the first core                                       */
    char huge_pages[16];  /* the system's setting of transparent huge pages */
} rxt_observation;

/* A cache whose reported size contradicts timed loads. */
typedef struct rxt_observation_level {
    const char *node;
    double said, counts; /* bytes, reported and measured; counts = 0: no contradiction, said = 0:
                          * not reported */
} rxt_observation_level;

/* Last-level caches that the system reports as separate although their cores evict each other's
 * data. */
typedef struct rxt_observation_shared {
    const char *node;
    int said, counts; /* number of caches, reported and measured; counts = 0: no contradiction */
} rxt_observation_shared;

/* Rate of arithmetic on two CPUs at once, relative to the first CPU alone: 2 if they do not disturb
 * each other. */
typedef struct rxt_observation_pair {
    int cpu[2];
    rxt_sample rate; /* count 0: not measured */
} rxt_observation_pair;

/* The data for the warnings, in addition to the rows. */
typedef struct rxt_observations {
    int nodes; /* 0: the study did not end normally, so there are no observations */
    const rxt_observation *node;
    rxt_observation_level level[RXT_LEVELS]; /* of the first node with a contradiction */
    rxt_observation_shared shared;           /* of the first node with a contradiction */
    rxt_observation_pair pair;               /* the worst pair of two workers of one node */
    int looks, busy; /* looks: how often node 0 was observed, after rounds; busy: how often tasks
                        outside the study were more than the CPUs outside the study */
    const double *hertz; /* [looks]: clock frequency of the first core; NULL: not known  */
    double resolution;   /* of the clock that times visits; 0: not known                */
    double precision;    /* that the user asked for */
    double budget;       /* seconds                                                     */
    int rounds_min, rounds_max;
    bool kept; /* the study is incomplete, and --output can be resumed */
} rxt_observations;

#endif
