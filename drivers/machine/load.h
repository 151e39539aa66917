/* load.h - other load on a node's CPUs, and their frequency: counters of the system, read before
 * and after a study, and current values. Linux.
 *
 * `root` is prefixed to /proc and /sys ("" for this machine), so that tests can make up a tree.
 * Figures that are not known are NAN. All local; none can fail. */
#ifndef RXT_LOAD_H
#define RXT_LOAD_H

#include "machine/cpus.h"

/* Seconds of CPU time since the node was started; differences of two are what counts. The system
 * counts in ticks, the process and the quota exactly. */
typedef struct rxt_load {
    double busy;    /* that these CPUs worked, for any process                */
    double steal;   /* that they were ready, but the hypervisor ran other guests     */
    double own;     /* that this process took, all its threads together, and its children that it
                       has waited for                                               */
    double periods; /* in which a quota stopped this process's control groups      */
    double stopped; /* for so long, added up over CPUs                             */
} rxt_load;

rxt_load rxt_load_read(const char *root, const rxt_cpus *cpus);

/* One reading of /proc/stat's counters is a tick; the error of their sum over `seconds` on so
 * many CPUs, as standard deviation in seconds: at each tick a CPU is seen busy or idle, in the
 * worst case with probability 1/2. Pure. */
double rxt_load_error(double seconds, int cpus);

/* Tasks of the node that run or wait for a CPU, the caller among them (/proc/loadavg: cheaper than
 * /proc/stat, which adds up all interrupts). */
double rxt_load_running(const char *root);

/* The frequency governor and driver of a CPU: "" if the system has none (virtual machines).
 * hertz is the frequency at the moment. */
typedef struct rxt_load_clock {
    char governor[32], driver[32];
} rxt_load_clock;
rxt_load_clock rxt_load_clock_read(const char *root, int cpu);
double rxt_load_hertz(const char *root, int cpu);

/* Bytes of this process's own memory, and how many of them lie on huge pages. The system walks all
 * of the page tables for it: once a study. */
typedef struct rxt_load_pages {
    double all, huge;
} rxt_load_pages;
rxt_load_pages rxt_load_memory(const char *root);

#endif
