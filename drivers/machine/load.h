/* load.h - other load on a node's CPUs, and their frequency: counters of the system, which are read
 * before and after a study, and current values. Linux.
 *
 * `root` is prefixed to /proc and /sys ("" for this machine), so that tests can use files of their
 * own. Values that are not known are NAN. All functions are local and cannot fail. */
#ifndef RXT_LOAD_H
#define RXT_LOAD_H

#include "machine/cpus.h"

/* Seconds of CPU time since the node was started; use the difference of two readings. The system
 * samples `busy` and `steal` at clock ticks. It measures `own` and `stopped` exactly, but reports
 * `own` in whole ticks. */
typedef struct rxt_load {
    double busy;  /* time in which these CPUs worked, for any process */
    double steal; /* time in which these CPUs had work, but the hypervisor ran other guests */
    double own;   /* CPU time that this process has used, with all its threads and with the children
                     that it has waited for */
    double periods; /* not a time, but the number of periods in which a quota stopped this process's
                       cgroups */
    double stopped; /* time for which the quota stopped these cgroups, summed over CPUs */
} rxt_load;

rxt_load rxt_load_read(const char *root, const rxt_cpus *cpus);

/* Standard deviation, in seconds, of the error of the time `busy`, if it is measured over `seconds`
 * on `cpus` CPUs. At each tick the system finds a CPU busy or idle; the worst case is that both
 * have the probability 1/2. Pure. */
double rxt_load_error(double seconds, int cpus);

/* Number of threads of the node that run or wait for a CPU, the caller included. Reads
 * /proc/loadavg, because /proc/stat takes longer: for it the system adds up all interrupts. */
double rxt_load_running(const char *root);

/* The frequency governor and driver of a CPU: "" if the system has none (virtual machines).
 * rxt_load_hertz is the frequency at the moment, in Hz. */
typedef struct rxt_load_clock {
    char governor[32], driver[32];
} rxt_load_clock;
rxt_load_clock rxt_load_clock_read(const char *root, int cpu);
double rxt_load_hertz(const char *root, int cpu);

/* Bytes of this process's anonymous memory, and bytes of it on huge pages. The system walks all
 * page tables for this, so read it only once per study. */
typedef struct rxt_load_pages {
    double all, huge;
} rxt_load_pages;
rxt_load_pages rxt_load_memory(const char *root);

#endif
