/* place.h - which CPU each (rank, thread) gets: a pure plan over a topology, then the act, then the
 * check. */
#ifndef RXT_PLACE_H
#define RXT_PLACE_H

#include <stddef.h>

#include "base/vocabulary.h"
#include "machine/cpus.h"
#include <rxt/status.h>

/* Where workers are bound to: lines of the table in machine/place_plan.c, which may have more. */
typedef enum rxt_bind { RXT_BIND_HYBRID, RXT_BIND_CLOSE, RXT_BIND_SPREAD, RXT_BIND_NONE } rxt_bind;
extern const rxt_vocabulary rxt_bind_vocabulary;
const char *rxt_bind_name(rxt_bind bind);

/* Does it leave workers, and OMP_*, as the launcher has them? */
bool rxt_bind_leaves(rxt_bind bind);

enum { RXT_LEVELS = 3 }; /* of caches: L1, L2, L3 */

/* Levels of memory, the caches and behind them DRAM: as rows have them, and as --size does. */
extern const rxt_vocabulary rxt_level_vocabulary, rxt_level_size_vocabulary;

/* A place for one worker: a core (its first allowed hardware thread), or with --smt a hardware
 * thread. The numbers count from 0 over what is allowed. */
typedef struct rxt_seat {
    int cpu;                        /* as taskset numbers it                              */
    int core, l2, l3, numa, socket; /* l2, l3: -1 where there is no such cache */
    int sibling;              /* 0 for a core's first hardware thread, 1 for its second, … */
    int kind;                 /* 0 for the fastest kind of core                     */
    double bytes[RXT_LEVELS]; /* of its L1, L2 and L3; 0: none, or unknown */
} rxt_seat;

/* What of a topology is asked for. */
typedef struct rxt_place_request {
    const char *topology; /* NULL: this machine; an .xml file, or hwloc's synthetic syntax     */
    const rxt_cpus *cpus; /* the CPUs that may be used; NULL: all of the topology's            */
    bool smt;             /* seats are hardware threads                                        */
    int cores;            /* --cores: number of seats to bind to; 0: all                  */
    double quota;         /* CPUs' worth of time; 0: none                                      */
} rxt_place_request;

typedef struct rxt_place {
    int seats; /* in the order they are handed out: fast kinds first, then the tree's order */
    rxt_seat *seat;
    int cores; /* workers that splits may have: the seats, or floor(quota) if that is less; >= 1 */
    int bound; /* seats that plans use: those of --cores, else all; <= seats */
    double quota; /* CPUs' worth of time; 0: none */
    int kinds;    /* kinds of core among the seats */
    int beyond;   /* CPUs that are left out, numbered RXT_CPUS and more: of this machine alone */
    int l3s, numas, sockets; /* groups with an allowed CPU                                      */
    int per_l3, per_numa, per_socket;                   /* seats of the largest such group */
    int all_sockets, all_numas, all_cores, all_threads; /* of the topology, used or not */
    int all_seats;     /* that the machine would have at most, were all of its CPUs allowed */
    double l1, l2, l3; /* bytes of one cache of that level, the first seat's; 0 if unknown   */
    double l3_all;     /* bytes of all last-level caches, used or not       */
    double memory;     /* bytes of the topology's memory, 0 if unknown                    */
    char model[80];    /* the CPU's name, "" if unknown                   */
    struct hwloc_topology *topology; /* of cores and groups; opaque         */
} rxt_place;

/* Reads a topology. RXT_USAGE when it cannot be read, --cpus leaves nothing of it, or it has fewer
 * than --cores seats. On failure *place is NULL. Local. */
rxt_status rxt_place_open(const rxt_place_request *request, rxt_place **place);
void rxt_place_close(rxt_place *place);

/* Puts other sizes (bytes; 0: none) in the place of those that the system says of L1, L2, L3 and
 * all last-level caches. Where the last is 0 it follows the sizes; where it is less than that, as
 * many L3s as are missing are one with their neighbours. A level that was not named is one cache a
 * core, L3 one a socket. The same sizes once more change nothing. */
void rxt_place_correct(rxt_place *place, const double bytes[4]);

/* Puts what all nodes can count on in the place of L1, L2, L3 and all last-level caches, and
 * nothing else: caches of other sizes than the first seat's stay as they are. */
void rxt_place_agree(rxt_place *place, const double bytes[4]);

/* cpu[c] is the first seat's that reaches L3 c; cpu has room for l3s. Pure. */
void rxt_place_l3_cpus(const rxt_place *place, int cpu[]);

/* The plan: cpu[rank * threads + thread] for `ranks` ranks on this node of `threads` threads
 * each, as CPU numbers. No CPU is used twice until all bound seats are taken; then they are
 * shared as evenly as can be. The fastest kinds of cores are used first and, except for
 * RXT_BIND_CLOSE, the first hardware thread of each core, so that the same number of workers has
 * the same mix in every split. A binding that leaves them gives -1 everywhere. Pure. */
void rxt_place_plan(const rxt_place *place, rxt_bind bind, int ranks, int threads, int cpu[]);

/* True when the CPUs belong to cores of more than one kind. Pure. */
bool rxt_place_mixes(const rxt_place *place, int workers, const int cpu[]);

/* True when two of the CPUs are one, or hardware threads of one core. An unknown CPU (-1) shares
 * with no other. place NULL: CPUs of another node; then only equal CPU numbers count. Pure. */
bool rxt_place_shares(const rxt_place *place, int workers, const int cpu[]);

/* All hardware threads of the seats' cores, also the unused ones: a process there slows down the
 * seats. Pure. */
rxt_cpus rxt_place_cpus(const rxt_place *place);

/* The level where `bytes`, dealt evenly to the workers on these CPUs, lie: "L1", "L2", "L3" or
 * "DRAM". Workers whose CPU is not known (-1) are taken to sit apart, on the seats in order. Pure.
 */
const char *rxt_place_level(const rxt_place *place, double bytes, int workers, const int cpu[]);

/* Bytes that a size by the name of a level has: half of what one core reaches of a cache; for
 * memory, level RXT_LEVELS, four times all last-level caches. Pure. */
double rxt_place_fill(const rxt_place *place, int level);

/* Bytes of the last-level cache (L3, else L2) that each of the workers on these CPUs can count on:
 * an equal part of one that several share, the least of all. Workers whose CPU is not known (-1)
 * are taken to sit on the seats in order. 0 where unknown. Pure. */
double rxt_place_cache(const rxt_place *place, int workers, const int cpu[]);

/* The seat with that CPU, or NULL. */
const rxt_seat *rxt_place_seat(const rxt_place *place, int cpu);

/* Binds the calling thread to one CPU, whatever the topology says. 0, or errno where refused. */
int rxt_place_bind(int cpu);

/* The CPU where the calling thread last ran, or -1. */
int rxt_place_seen(void);

/* "0,1" or "0-15;16-31": the CPUs of `ranks` ranks × `threads` in thread order, three or more in a
 * row joined as taskset does, ranks apart by ';', for one node. Returns text; where it does not
 * fit,
 * "..." stands behind the last ',' or ';' that does. A worker never seen (-1) is '?'. Pure. */
char *rxt_place_text(int ranks, int threads, const int cpu[], char *text, int size);

/* The same end for a text of parts that fills its size. Pure. */
char *rxt_place_cut(char *text, int size);

#endif
