/* place.h - which CPU each (rank, thread) gets: a pure plan over a topology, the binding, and the
 * check of where a thread runs. */
#ifndef RXT_PLACE_H
#define RXT_PLACE_H

#include <stddef.h>

#include "base/vocabulary.h"
#include "machine/cpus.h"
#include <rxt/status.h>

/* How workers are bound. Each binding has an entry in the table of machine/place_plan.c. The table
 * may have more entries than this enum. */
typedef enum rxt_bind { RXT_BIND_HYBRID, RXT_BIND_CLOSE, RXT_BIND_SPREAD, RXT_BIND_NONE } rxt_bind;
extern const rxt_vocabulary rxt_bind_vocabulary;
const char *rxt_bind_name(rxt_bind bind);

/* Does this binding leave the CPUs of the workers, and the variables OMP_*, as the launcher has set
 * them? */
bool rxt_bind_leaves(rxt_bind bind);

/* The same for the name of a binding; false for any other word. */
bool rxt_bind_name_leaves(const char *name);

enum { RXT_LEVELS = 3 }; /* levels of caches: L1, L2, L3 */

/* Names of the memory levels (the caches, then DRAM): in rows, and as values of --size. */
extern const rxt_vocabulary rxt_level_vocabulary, rxt_level_size_vocabulary;

/* Is the level with this name (as in rows) memory, and not a cache? False for a word that is no
 * level. */
bool rxt_level_is_memory(const char *name);

/* A place for one worker: a core (its first allowed hardware thread), or with --smt a hardware
 * thread. All numbers except `cpu` count from 0 over the allowed seats. */
typedef struct rxt_seat {
    int cpu;                        /* the CPU's number, as in taskset */
    int core, l2, l3, numa, socket; /* l2, l3: -1 if there is no such cache */
    int sibling;              /* 0 for a core's first hardware thread, 1 for its second, … */
    int kind;                 /* 0 for the fastest kind of core                     */
    double bytes[RXT_LEVELS]; /* sizes of the L1, L2 and L3 cache that the seat uses; 0: no such
                                 cache, or size unknown */
} rxt_seat;

/* Which topology is read, and which part of it is used. */
typedef struct rxt_place_request {
    const char *topology; /* NULL: this machine; else an .xml file, or hwloc's synthetic syntax */
    const rxt_cpus *cpus; /* the CPUs that may be used; NULL: all CPUs of the topology */
    bool smt;             /* true: a seat is a hardware thread; false: a core */
    int cores;            /* --cores: number of seats to bind to; 0: all */
    double quota;         /* CPU time, as a number of CPUs; 0: no quota */
} rxt_place_request;

typedef struct rxt_place {
    int seats; /* number of seats; fast kinds come first, then the topology's order */
    rxt_seat *seat;
    int cores; /* workers that splits may have: the seats, or floor(quota) if that is less; >= 1 */
    int bound; /* seats that plans use: those of --cores, else all; <= seats */
    double quota; /* CPU time, as a number of CPUs; 0: no quota */
    int kinds;    /* kinds of core among the seats */
    int beyond;   /* CPUs left out because their number is RXT_CPUS or more (this machine only) */
    int l3s, numas, sockets;          /* numbers of groups that have at least one seat */
    int per_l3, per_numa, per_socket; /* seats of the largest of these groups */
    int all_sockets, all_numas, all_cores, all_threads; /* of the topology, used or not */
    int all_seats; /* number of seats that the machine would have if all its CPUs were allowed */
    double l1, l2, l3; /* bytes of the first seat's cache of that level; 0 if unknown */
    double l3_all;     /* bytes of all last-level caches together, used or not */
    double memory;     /* bytes of the topology's memory, 0 if unknown                    */
    char model[80];    /* the CPU's name, "" if unknown                   */
    struct hwloc_topology *topology; /* hwloc's topology, opaque here */
} rxt_place;

/* Reads a topology. RXT_USAGE if the topology of request->topology cannot be read, if no seat
 * remains with --cpus, or if --cores is larger than the number of seats. RXT_ENVIRONMENT if the
 * topology of this machine cannot be read. On failure *place is NULL. Local. */
rxt_status rxt_place_open(const rxt_place_request *request, rxt_place **place);
void rxt_place_close(rxt_place *place);

/* Replaces the sizes that the system reports for L1, L2, L3 and all last-level caches together by
 * `bytes` (0: the reported size stays). If bytes[3] is 0, the size of all last-level caches
 * together is computed from the other sizes. If bytes[3] is less than this computed size,
 * neighbouring L3s count as one cache, so that fewer L3s remain. If the system does not report the
 * L3, each socket gets one L3 of the given size; if it does not report L1 or L2, each core gets one
 * such cache. A second call with the same sizes changes nothing. */
void rxt_place_correct(rxt_place *place, const double bytes[4]);

/* Replaces the sizes of L1, L2, L3 and all last-level caches together by `bytes`: the smallest of
 * these sizes over all nodes. Changes nothing else: a cache whose size differs from that of the
 * first seat's cache keeps its size. */
void rxt_place_set_caches(rxt_place *place, const double bytes[4]);

/* Sets cpu[c] to the CPU of the first seat that uses L3 number c; `cpu` has room for place->l3s
 * numbers. Pure. */
void rxt_place_l3_cpus(const rxt_place *place, int cpu[]);

/* The plan: cpu[rank * threads + thread] for `ranks` ranks on this node of `threads` threads each,
 * as CPU numbers. No CPU is used twice if there are enough bound seats; else the workers share the
 * seats as evenly as possible. The fastest kinds of cores are used first. Within a kind the first
 * hardware threads of all cores are used before the second ones (except with RXT_BIND_CLOSE). So
 * the same number of workers has the same mix of cores and hardware threads in every split. A
 * binding that leaves workers unbound gives -1 for each worker. Pure. */
void rxt_place_plan(const rxt_place *place, rxt_bind bind, int ranks, int threads, int cpu[]);

/* True if the CPUs belong to cores of more than one kind. Pure. */
bool rxt_place_mixes(const rxt_place *place, int workers, const int cpu[]);

/* True if two of the CPUs are the same, or are hardware threads of one core. An unknown CPU (-1)
 * shares with no other. If place is NULL (CPUs of another node), only equal CPU numbers count.
 * Pure. */
bool rxt_place_shares(const rxt_place *place, int workers, const int cpu[]);

/* All hardware threads of the seats' cores, also those that are not seats, because a process on
 * them slows down the workers on the seats. Pure. */
rxt_cpus rxt_place_cpus(const rxt_place *place);

/* The level of memory that holds `bytes` of operands, if the workers on these CPUs have equal parts
 * of them: "L1", "L2", "L3" or "DRAM". Workers whose CPU is not known (-1) are assumed to be on the
 * seats in order. Pure. */
const char *rxt_place_level(const rxt_place *place, double bytes, int workers, const int cpu[]);

/* Bytes of a size that is given as a level: half of the first seat's cache of that level; for
 * memory (level RXT_LEVELS) four times all last-level caches. Pure. */
double rxt_place_fill(const rxt_place *place, int level);

/* Bytes of the last-level cache (L3, else L2) that each of the workers on these CPUs can rely on:
 * workers that use the same cache get equal parts, and the smallest part counts. Workers whose CPU
 * is not known (-1) are assumed to be on the seats in order. 0 if the size is unknown. Pure. */
double rxt_place_cache(const rxt_place *place, int workers, const int cpu[]);

/* The seat with that CPU, or NULL. */
const rxt_seat *rxt_place_seat(const rxt_place *place, int cpu);

/* Binds the calling thread to one CPU, even if it is not in the topology. Returns 0, or errno if
 * the system refuses. */
int rxt_place_bind(int cpu);

/* The CPU where the calling thread last ran, or -1. */
int rxt_place_seen(void);

/* Prints the CPUs of `ranks` ranks × `threads` threads of one node, e.g. "0,1" or "0-15;16-31": in
 * the order of the threads, with three or more consecutive numbers joined as in taskset, and with
 * ';' between ranks. '?' stands for a worker that was never seen (-1). Returns text. If the text
 * does not fit, it ends with "..." after the last ',' or ';' that fits. Pure. */
char *rxt_place_text(int ranks, int threads, const int cpu[], char *text, int size);

/* If a text fills all its `size` bytes, cuts it in the same way: it then ends with "..." after the
 * last ',' or ';' that fits. Pure. */
char *rxt_place_cut(char *text, int size);

#endif
