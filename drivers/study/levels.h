/* levels.h - the sizes of every node's caches, by loads that are timed on its first rank, unless
 * the file that the study goes on in has them. */
#ifndef RXT_LEVELS_H
#define RXT_LEVELS_H

#include "host/host.h"
#include "study/study.h"

typedef struct rxt_levels_request {
    const rxt_settings *settings;
    const rxt_study_host *host;
    double resolution; /* of the clock */
    rxt_place *place;  /* of this rank's node */
    rxt_host *nodes;
} rxt_levels_request;

/* Puts what counts into the place and the nodes. Collective. */
rxt_status rxt_levels_find(const rxt_levels_request *of);

/* Of a node: 1 where its caches are known, then what counts. */
enum { RXT_LEVELS_KNOWN = 1 + RXT_COUNTED };
typedef double rxt_levels_known[RXT_LEVELS_KNOWN];

/* What that file has, into known[nodes], and its ladder into the nodes. Rank 0. */
void rxt_levels_before(const rxt_settings *settings, rxt_host *nodes, rxt_levels_known known[]);

#endif
