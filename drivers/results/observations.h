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
    double seconds;       /* between the two                                        */
    int cpus;             /* hardware threads of the cores that the study may use  */
    rxt_load spent;       /* meanwhile, on them; own: by all ranks of the node        */
    rxt_load_pages pages; /* at the end, of all ranks of the node                    */
    rxt_load_clock clock; /* of the first core                                       */
    char huge_pages[16];  /* transparent ones, as the system is set                  */
} rxt_observation;

/* A cache whose reported size contradicts timed loads. */
typedef struct rxt_observation_level {
    const char *node;
    double said, counts; /* bytes; counts = 0: all is well, said = 0: the system does not name it */
} rxt_observation_level;

/* Last-level caches that the system reports as separate although their cores evict each other's
 * data. */
typedef struct rxt_observation_shared {
    const char *node;
    int said, counts; /* how many there are; counts = 0: all is well */
} rxt_observation_shared;

/* Arithmetic on two CPUs at once against the first alone: 2 where they do not disturb each other.
 */
typedef struct rxt_observation_pair {
    int cpu[2];
    rxt_sample rate; /* count 0: not measured */
} rxt_observation_pair;

/* What is looked at beside rows. */
typedef struct rxt_observations {
    int nodes; /* 0: the study did not end normally, so there are no observations */
    const rxt_observation *node;
    rxt_observation_level level[RXT_LEVELS]; /* of the first node where one is contradicted */
    rxt_observation_shared shared;           /* of the first such node                       */
    rxt_observation_pair pair;               /* of two workers on one node, the worst        */
    int looks,
        busy; /* after rounds, on node 0; rounds with more tasks than CPUs outside the study */
    const double *hertz; /* [looks]: clock frequency of the first core; NULL: not known  */
    double resolution;   /* of the clock that times visits; 0: not known                */
    double precision;    /* wanted                                                      */
    double budget;       /* seconds                                                     */
    int rounds_min, rounds_max;
    bool kept; /* an --output that is not complete, to go on from */
} rxt_observations;

#endif
