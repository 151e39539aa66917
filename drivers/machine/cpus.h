/* cpus.h - which CPUs a process may use, from the several places that know: its own mask, its
 * launcher's mask, the cgroup's quota. Linux. CPUs are numbered as taskset numbers them. */
#ifndef RXT_CPUS_H
#define RXT_CPUS_H

#include <stdbool.h>
#include <stddef.h>

#include "machine/launcher.h"
#include <rxt/status.h>

enum { RXT_CPUS = 4096 }; /* CPUs of a node that can be told apart */

/* A set of CPUs: bit c % 8 of byte c / 8, so that it can travel between ranks. */
typedef struct rxt_cpus {
    unsigned char bits[RXT_CPUS / 8];
} rxt_cpus;

bool rxt_cpus_has(const rxt_cpus *set, int cpu);
void rxt_cpus_add(rxt_cpus *set, int cpu);
int rxt_cpus_count(const rxt_cpus *set);
rxt_cpus rxt_cpus_and(const rxt_cpus *a, const rxt_cpus *b);
bool rxt_cpus_equal(const rxt_cpus *a, const rxt_cpus *b);

/* taskset's list syntax, "0,2-5,8-14:2". False, set untouched, where the text is not such a list.
 * Pure. */
bool rxt_cpus_parse(const char *text, rxt_cpus *set);

/* Adds CPUs to a text in their order: three or more in a row joined as taskset does, "7,2-5"; a
 * negative one is "?". Pure. */
void rxt_cpus_append(char *text, size_t size, int count, const int cpu[]);

/* "0,2-5", cut at size - 1 bytes. Returns text. Pure. */
char *rxt_cpus_print(const rxt_cpus *set, char *text, int size);

/* The calling thread's affinity mask. Binding it to a set (false: refused, errno says why). Local.
 */
rxt_cpus rxt_cpus_mine(void);
bool rxt_cpus_bind(const rxt_cpus *set);

/* The CPUs of the node for this rank, before the ranks' sets are joined (comm's node_or): started
 * alone or by srun its own mask `mine`; started by mpirun or mpiexec the mask of the launcher's
 * process on this node (the nearest ancestor that is one), which may be wider than `mine`. `mine`
 * is the mask at start. Local. */
rxt_cpus rxt_cpus_offered(const rxt_launcher *launcher, const rxt_cpus *mine);

/* Narrows `cpus` to those that --cpus names. RXT_USAGE, saying which may be used, when it names
 * others too. Pure. */
rxt_status rxt_cpus_narrow(rxt_cpus *cpus, const rxt_cpus *wanted);

/* CPUs' worth of time that the cgroups of this process grant (v2 cpu.max, v1 cpu.cfs_quota_us, all
 * ancestors), or 0.0 where there is no quota. `root` is prefixed to /proc and /sys ("" for this
 * machine), so that tests can make up a tree. */
double rxt_cpus_quota(const char *root);

/* How often a quota stopped the groups of this process, and for how long, since they were made:
 * *periods in which they had used up their time (nr_throttled), and the *seconds that their CPUs
 * then stood still, added up over CPUs and over all ancestors, v2 and v1. False, both 0, where no
 * group counts. */
bool rxt_cpus_throttled(const char *root, double *periods, double *seconds);

/* Bytes of memory that this node can still give: MemAvailable, and what the memory cgroups of this
 * process leave; `total` (may be NULL): the most it could ever give, MemTotal or the lowest cgroup
 * limit. INFINITY where nothing says. */
double rxt_cpus_memory(const char *root, double *total);

/* Before anything else in main. libgomp counts the CPUs of its process once, when it is loaded;
 * loaded inside mpirun's binding to one core it takes every team of two for an oversubscribed one
 * and sleeps in each barrier (measured: an empty region 0.55 us against 4.8-8 us). So a process
 * bound by a launcher loads itself once more with the widest mask, then takes its own mask back.
 * Returns the mask at start. argv is main's. */
rxt_cpus rxt_cpus_reload(char **argv);

#endif
