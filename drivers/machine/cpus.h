/* cpus.h - which CPUs a process may use, by its own mask, its launcher's mask and the cgroup's
 * quota. Linux. CPUs are numbered as in taskset. */
#ifndef RXT_CPUS_H
#define RXT_CPUS_H

#include <stdbool.h>
#include <stddef.h>

#include "machine/launcher.h"
#include <rxt/status.h>

enum { RXT_CPUS = 4096 }; /* most CPUs of a node; CPU numbers are below it */

/* A set of CPUs: bit c % 8 of byte c / 8, so that ranks can send it to each other. */
typedef struct rxt_cpus {
    unsigned char bits[RXT_CPUS / 8];
} rxt_cpus;

bool rxt_cpus_has(const rxt_cpus *set, int cpu);
void rxt_cpus_add(rxt_cpus *set, int cpu);
int rxt_cpus_count(const rxt_cpus *set);
rxt_cpus rxt_cpus_and(const rxt_cpus *a, const rxt_cpus *b);
bool rxt_cpus_equal(const rxt_cpus *a, const rxt_cpus *b);

/* Reads a list in taskset's syntax, "0,2-5,8-14:2". False, and the set unchanged, if the text is
 * not such a list. Pure. */
bool rxt_cpus_parse(const char *text, rxt_cpus *set);

/* Appends CPU numbers to a text in the given order, three or more in a row joined as in taskset:
 * "7,2-5". A negative number is printed as "?". Pure. */
void rxt_cpus_append(char *text, size_t size, int count, const int cpu[]);

/* Prints the set as "0,2-5", cut at size - 1 bytes. Returns text. Pure. */
char *rxt_cpus_print(const rxt_cpus *set, char *text, int size);

/* The calling thread's affinity mask; binding the thread to a set (false: refused, see errno).
 * Local. */
rxt_cpus rxt_cpus_mine(void);
bool rxt_cpus_bind(const rxt_cpus *set);

/* The CPUs of the node that this rank may use, before the sets of the node's ranks are joined
 * (rxt_comm_node_or). If started alone or by srun, this is its own mask `mine`. If started by
 * mpirun or mpiexec, it is the mask of the launcher's process on this node (the nearest ancestor
 * that is a launcher), which may be wider than `mine`. `mine` is the mask at start. Local. */
rxt_cpus rxt_cpus_offered(const rxt_launcher *launcher, const rxt_cpus *mine);

/* Narrows `cpus` to the CPUs that --cpus names (`wanted`). RXT_USAGE, with the allowed CPUs, if it
 * names others too. Pure. */
rxt_status rxt_cpus_narrow(rxt_cpus *cpus, const rxt_cpus *wanted);

/* CPU time that the cgroups of this process grant, as a number of CPUs: the lowest quota of all
 * ancestors (v2 cpu.max, v1 cpu.cfs_quota_us), or 0.0 if there is no quota. `root` is prefixed to
 * /proc and /sys ("" for this machine), so that tests can use files of their own. */
double rxt_cpus_quota(const char *root);

/* How often a quota has stopped the cgroups of this process since they were created, and how long.
 * *periods: periods in which they had used up their time (nr_throttled). *seconds: time for which
 * their CPUs were then stopped, summed over the CPUs. Both are summed over all ancestors, v2 and
 * v1. False, and both 0, if no group counts them. */
bool rxt_cpus_throttled(const char *root, double *periods, double *seconds);

/* Bytes of memory that this process can still get on this node: the lowest of MemAvailable and of
 * what its memory cgroups leave. *total (may be NULL): the most it could ever get, MemTotal or the
 * lowest cgroup limit. INFINITY if unknown. */
double rxt_cpus_memory(const char *root, double *total);

/* Call it before anything else in main. libgomp counts the CPUs of its process once, when it is
 * loaded. Inside mpirun's binding to one core it would take every team of two threads for an
 * oversubscribed one and sleep in each barrier (measured: an empty region takes 4.8-8 us instead of
 * 0.55 us). So a process that a launcher has bound executes itself again with the widest mask, and
 * then restores its own mask; not with --bind=none. Returns the mask at start. argv is main's. */
rxt_cpus rxt_cpus_reload(char **argv);

#endif
