/* cpus.h - which CPUs a process may use, by its own mask, its launcher's mask and the cgroup's
 * quota. Linux. CPUs are numbered as in taskset. */
#ifndef RXT_CPUS_H
#define RXT_CPUS_H

#include <stdbool.h>
#include <stddef.h>

#include "machine/launcher.h"
#include <rxt/status.h>

enum { RXT_CPUS = 4096 }; /* largest number of CPUs of a node; every CPU number is below RXT_CPUS */

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

/* Appends CPU numbers to a text in the given order. Three or more consecutive numbers are joined as
 * in taskset: "7,2-5". A negative number is printed as "?". Pure. */
void rxt_cpus_append(char *text, size_t size, int count, const int cpu[]);

/* Prints the set as "0,2-5", cut at size - 1 bytes. Returns text. Pure. */
char *rxt_cpus_print(const rxt_cpus *set, char *text, int size);

/* rxt_cpus_mine returns the affinity mask of the calling thread. rxt_cpus_bind sets this mask;
 * false: the system refused, see errno. Local. */
rxt_cpus rxt_cpus_mine(void);
bool rxt_cpus_bind(const rxt_cpus *set);

/* The CPUs of the node that this rank may use. (The caller then joins the sets of all ranks of the
 * node: rxt_comm_node_or.) `mine` is the rank's mask at start. If mpirun or mpiexec started the
 * rank, the result is the mask of the launcher's process on this node, which may be wider than
 * `mine`. This process is the nearest ancestor that is a launcher. In all other cases the result is
 * `mine`. Local. */
rxt_cpus rxt_cpus_offered(const rxt_launcher *launcher, const rxt_cpus *mine);

/* Narrows `cpus` to the CPUs that --cpus names (`wanted`). RXT_USAGE if `wanted` has a CPU that
 * `cpus` does not have; the message names the allowed CPUs. Pure. */
rxt_status rxt_cpus_narrow(rxt_cpus *cpus, const rxt_cpus *wanted);

/* CPU time that the cgroups of this process grant, as a number of CPUs: the lowest quota of the
 * process's group and all its ancestors (v2 cpu.max, v1 cpu.cfs_quota_us); 0.0 if there is no
 * quota. `root` is prefixed to /proc and /sys ("" for this machine), so that tests can use files of
 * their own. */
double rxt_cpus_quota(const char *root);

/* How often, and for how long, a quota has stopped the cgroups of this process since these cgroups
 * were created. *periods: number of periods in which a cgroup had used up its quota (nr_throttled).
 * *seconds: time for which the quota then stopped the cgroup's CPUs, summed over the CPUs. Each
 * value is the sum over the process's group and all its ancestors, v2 and v1. If no group has these
 * counters, returns false and sets both values to 0. */
bool rxt_cpus_throttled(const char *root, double *periods, double *seconds);

/* Bytes of memory that this process can still get on this node: the smallest of MemAvailable and
 * the free memory of each of its memory cgroups. *total (may be NULL): the most bytes that the
 * process can get at all, the smallest of MemTotal and the limits of these cgroups. INFINITY if
 * unknown. */
double rxt_cpus_memory(const char *root, double *total);

/* Call this function before anything else in main. libgomp counts the CPUs of its process only
 * once, when the library is loaded. If mpirun has bound the process to one core, libgomp treats
 * every team of two threads as oversubscribed, and these threads sleep in each barrier (measured:
 * an empty region takes 4.8-8 us instead of 0.55 us). So a process that a launcher has bound
 * executes itself again with the widest mask, and then restores its mask at start. With --bind=none
 * this is not done. Returns the mask at start. argv is main's. */
rxt_cpus rxt_cpus_reload(char **argv);

#endif
