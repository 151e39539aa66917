/* levels.h - finds the cache sizes of every node by timed loads on its first rank. If the study
 * resumes from a file that has the sizes, or adds a run to it, the sizes of the file are used. */
#ifndef RXT_LEVELS_H
#define RXT_LEVELS_H

#include "host/host.h"
#include "study/study.h"

typedef struct rxt_levels_request {
    const rxt_settings *settings;
    const rxt_study_host *host;
    double resolution; /* resolution of the clock in seconds */
    rxt_place *place;  /* the CPUs and caches of this rank's node */
    rxt_host *nodes;
} rxt_levels_request;

/* Replaces reported cache sizes of the place and the nodes by measured sizes where the two differ.
 * Collective over the world. */
rxt_status rxt_levels_find(const rxt_levels_request *of);

/* Of one node: [0] is 1 if its caches are known; then come the measured sizes in bytes, 0 where the
 * system's report is not contradicted. */
enum { RXT_LEVELS_KNOWN = 1 + RXT_COUNTED };
typedef double rxt_levels_known[RXT_LEVELS_KNOWN];

/* Copies the sizes in the file of the resumed study to known[nodes], and its ladder to `nodes`.
 * RXT_ENVIRONMENT if the system cannot read the file now: a new measurement may give other sizes,
 * and the study would then seem to be from another host. Rank 0; local. */
rxt_status rxt_levels_before(const rxt_settings *settings, rxt_host *nodes,
                             rxt_levels_known known[]);

#endif
