/* host.h - the facts about nodes and software that a reader needs to judge or to repeat the
 * results. */
#ifndef RXT_HOST_H
#define RXT_HOST_H

#include "comm/comm.h"
#include "host/ladder.h"
#include "machine/cpus.h"
#include "machine/place.h"

enum { RXT_COUNTED = RXT_LEVELS + 1 };

/* A node. Unknown texts are "", unknown numbers 0. Two nodes are equal if all members after the
 * name are equal. */
typedef struct rxt_host_node {
    char name[64];
    double l1, l2, l3, l3_all;  /* bytes of one L1, L2 and L3 cache, and of all last-level caches
                                   together, as the system reports them */
    double counts[RXT_COUNTED]; /* measured sizes that replace these four sizes; 0: not replaced */
    double memory, memory_allowed; /* bytes of the node; bytes that the cgroups allow at most */
    double quota;                  /* CPU time, as a number of CPUs */
    int ranks;                     /* ranks started on it */
    int sockets, numas, cores, threads; /* of the node, used or not; threads: hardware threads */
    int turbo;                          /* 1: on, 0: off, -1: unknown */
    char cpu[80], level[16]; /* name of the CPU's model; instruction set level of the kernels */
    char kernel[128];        /* the operating system: "Linux 6.1.0-13 x86_64" */
    char hypervisor[64];     /* "" if no hypervisor was found */
    char governor[32];       /* the frequency governor */
    char huge_pages[16]; /* the setting of transparent huge pages: "always", "madvise", "never" */
    char allowed[1024];  /* CPUs that the study may use, as taskset writes them */
} rxt_host_node;

typedef struct rxt_host {
    int nodes, ranks;    /* of the whole job */
    rxt_host_node *node; /* [nodes], in the order of comm. On the first rank of each node all facts
                            of all nodes; on other ranks all facts of the rank's own node, but only
                            name and ranks of the others */
    rxt_ladder ladder;   /* the ladder of the first node; empty: the caches were not measured */
    char launcher[16];   /* "" if started alone */
    char mpi[64], openmp[64], blas[256];
    char batch[16], job[128]; /* the batch system and the job in it; "" outside of a batch job */
} rxt_host;

/* Reads the facts of all nodes. `cpus` and `quota`: the CPUs and the CPU time that this rank's node
 * may use; `place`: the topology of this node. Collective over the world; the same status on all
 * ranks. Free with rxt_host_close. */
rxt_status rxt_host_open(const rxt_comm *world, const rxt_place *place, const rxt_cpus *cpus,
                         double quota, rxt_host **host);
void rxt_host_close(rxt_host *host); /* NULL is allowed */

/* Reads these facts of this node from /proc and /sys: hypervisor, governor (of `cpu`), turbo, huge
 * pages, memory (not changed if unknown), and the memory that the cgroups allow. `root` is prefixed
 * to the paths, so that tests can use files of their own. `signature` is the text from
 * rxt_host_signature. Local. */
void rxt_host_read(const char *root, int cpu, const char *signature, rxt_host_node *node);

/* The hypervisor's signature (CPUID 0x40000000), "" if there is none. */
void rxt_host_signature(char signature[13]);

/* The batch system that started this process, and its job, from the environment; "" if there is
 * none. */
void rxt_host_batch(char system[16], char job[128]);

/* Does an environment variable, "NAME=value", control OpenMP, MPI or BLAS? False for those that a
 * launcher or MPI set for themselves. Pure. */
bool rxt_host_variable(const char *line);

/* rxt_host_json: the host for a study file, with the variables of `environment` (NULL at its end).
 * rxt_host_identity_json: only the facts that must be the same if a study is resumed. NULL without
 * memory. */
struct json_t *rxt_host_json(const rxt_host *host, char *const environment[]);
struct json_t *rxt_host_identity_json(const rxt_host *host);

/* The ladder as [[bytes, seconds], …], null if it is empty. NULL without memory. */
struct json_t *rxt_host_ladder_json(const rxt_host *host);

/* rxt_host_counted reads the measured cache sizes of the node `name` from the JSON of rxt_host_json
 * or rxt_host_identity_json; false if the JSON has no such sizes. rxt_host_ladder reads the JSON of
 * rxt_host_ladder_json. Pure. */
bool rxt_host_counted(const struct json_t *host, const char *name, double counts[RXT_COUNTED]);
rxt_ladder rxt_host_ladder(const struct json_t *list);

#endif
