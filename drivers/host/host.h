/* host.h - the facts that a reader needs to doubt or to repeat the numbers. */
#ifndef RXT_HOST_H
#define RXT_HOST_H

#include "comm/comm.h"
#include "host/ladder.h"
#include "machine/cpus.h"
#include "machine/place.h"

enum { RXT_COUNTED = RXT_LEVELS + 1 };

/* A node. Words that are not known are "", figures that are not known 0. Two nodes are equal if
 * all members after the name are. */
typedef struct rxt_host_node {
    char name[64];
    double l1, l2, l3, l3_all;  /* bytes of one cache, and of all last-level caches, as the system
                                   says                                                      */
    double counts[RXT_COUNTED]; /* what counts in place of those four; 0: what it says       */
    double memory, memory_allowed;      /* bytes; what the cgroups leave at most               */
    double quota;                       /* CPUs' worth of time                                 */
    int ranks;                          /* started on it                                       */
    int sockets, numas, cores, threads; /* of the node, used or not; threads: of the hardware */
    int turbo;                          /* 1 on, 0 off, -1 unknown                             */
    char cpu[80], level[16];            /* the model's name; the kernels' instruction set level */
    char kernel[128];                   /* the operating system's: "Linux 6.1.0-13 x86_64"     */
    char hypervisor[64];                /* "" where none was seen                              */
    char governor[32];                  /* of the clock frequency                              */
    char huge_pages[16];                /* transparent ones: "always", "madvise", "never"      */
    char allowed[1024];                 /* CPUs that the study may use, as taskset writes them */
} rxt_host_node;

typedef struct rxt_host {
    int nodes, ranks;    /* of the launch                             */
    rxt_host_node *node; /* [nodes] on world rank 0, as comm counts them; NULL elsewhere */
    rxt_ladder ladder;   /* of the first node; none: its caches were not measured */
    char launcher[16];   /* "" when started alone                     */
    char mpi[64], openmp[64], blas[256];
    char batch[16], job[128]; /* the batch system and its job; "" outside of one */
} rxt_host;

/* Looks at the nodes. `cpus` and `quota` are what this rank's node may use, `place` its topology.
 * Collective over the world; the same status everywhere. Free with rxt_host_close. */
rxt_status rxt_host_open(const rxt_comm *world, const rxt_place *place, const rxt_cpus *cpus,
                         double quota, rxt_host **host);
void rxt_host_close(rxt_host *host); /* NULL is allowed */

/* What /proc and /sys say of this node: hypervisor, governor (of `cpu`), turbo, huge pages,
 * memory (left as it is where they do not say). `root` is prefixed to their paths, so that tests
 * can make up a tree; `signature` is what the processor says of the hypervisor, see
 * rxt_host_signature. Local. */
void rxt_host_read(const char *root, int cpu, const char *signature, rxt_host_node *node);

/* The hypervisor's signature (CPUID 0x40000000), "" where there is none. */
void rxt_host_signature(char signature[13]);

/* The batch system that started this process and its job, from the environment; "" for none. */
void rxt_host_batch(char system[16], char job[128]);

/* Does a variable of the environment, "NAME=value", set OpenMP, MPI or BLAS? Not those that a
 * launcher or MPI set for themselves. Pure. */
bool rxt_host_variable(const char *line);

/* The host as a study file has it, with the variables of `environment` (NULL at its end). The
 * second: only what must be the same for a study to go on. NULL without memory. */
struct json_t *rxt_host_json(const rxt_host *host, char *const environment[]);
struct json_t *rxt_host_identity_json(const rxt_host *host);

/* The ladder as [[bytes, seconds], …], null where there is none. NULL without memory. */
struct json_t *rxt_host_ladder_json(const rxt_host *host);

/* From what either of the first two wrote: what counts on the node of that name. False where
 * nothing is said of its caches. From what the third wrote: the ladder. Pure. */
bool rxt_host_counted(const struct json_t *host, const char *name, double counts[RXT_COUNTED]);
rxt_ladder rxt_host_ladder(const struct json_t *list);

#endif
