/* points.h - which splits, ranks × threads, a study visits. All pure. */
#ifndef RXT_POINTS_H
#define RXT_POINTS_H

#include <stdbool.h>
#include <stddef.h>

#include <rxt/status.h>

/* A split: `ranks` in all, on `nodes` nodes with ranks / nodes each, of `threads` threads each. */
typedef struct rxt_point {
    int nodes, ranks, threads;
} rxt_point;

enum { RXT_POINT_VALUES = 256 };

/* What the user asked for. All zero: the default, cross and diagonal (on several nodes the diagonal
 * alone). What is named is joined; one of ranks and threads alone: the other takes the cross's.
 * `nodes` are those that points sit on, but for 1 × 1 and the baseline; none: 1, the powers of two
 * below all, and all. Of ranks and per_node one has none. */
typedef struct rxt_points_wish {
    bool cross, diagonal, grid; /* --points                                      */
    int pairs;
    rxt_point pair[RXT_POINT_VALUES]; /* --points=RxT[@N],…; nodes 0: the fewest that hold it    */
    int ranks[RXT_POINT_VALUES], rank_count;     /* --ranks                                       */
    int threads[RXT_POINT_VALUES], thread_count; /* --threads                                     */
    int nodes[RXT_POINT_VALUES], node_count;     /* --nodes                                       */
    int per_node[RXT_POINT_VALUES], per_node_count; /* --ranks-per-node                           */
    bool oversubscribe;
    int crowd; /* workers of a node at most where the user names no number, however many cores;
                  0: as many as cores, oversubscribed 4 times as many */
    rxt_point baseline; /* --baseline=RxT[@N], a point as well; ranks 0: 1 × 1 */
} rxt_points_wish;

/* What there is: the launch and one node's counts (the poorest node's). */
typedef struct rxt_points_host {
    int nodes;     /* nodes of the launch                                            */
    int ranks;     /* ranks started per node (the fewest)                            */
    int cores;     /* per node                                                       */
    int all_cores; /* of the largest node, those included that may not be used: with hardware
                      threads as workers, these */
    int l3s, numas, sockets;
    int per_l3, per_numa, per_socket;
    int thread_limit; /* OMP_THREAD_LIMIT, or INT_MAX                                   */
    bool single;      /* more ranks cannot be started: this build has no MPI            */
} rxt_points_host;

typedef struct rxt_points {
    int count;
    rxt_point *point;   /* point[0] is 1 × 1 on one node; then by nodes, workers, ranks */
    char left_out[400]; /* one line on pairs that do not fit and why; "" if none         */
    int baseline;       /* the point that speedups are against                           */
    char no_baseline[RXT_STATUS_TEXT]; /* why that is point[0] and not the wish's baseline; "" where
                                          it is */
} rxt_points;

/* The points of a study. RXT_USAGE, naming the value and what to do, where a value fits in no pair
 * ("--ranks=8: only 4 ranks were started; start with mpirun -np 8"). Ranks that the user names
 * count all nodes; they sit on every number of nodes listed that holds them evenly, else on the
 * fewest. Requires every count >= 1
 * (those of caches and domains may be 0, unknown). Free with rxt_points_free. */
rxt_status rxt_points_of(const rxt_points_wish *wish, const rxt_points_host *host,
                         rxt_points *points);
void rxt_points_free(rxt_points *points);

/* RXT_USAGE for a value of the user's that fits in no pair; the baseline's is no fault. */
rxt_status rxt_points_check(const rxt_points_wish *wish, const rxt_points_host *host);

/* RXT_USAGE where the wish's baseline does not fit. */
rxt_status rxt_points_check_baseline(const rxt_points_wish *wish, const rxt_points_host *host);

/* Do the point's nodes hold its ranks, dealt evenly, with at most `workers` on each? */
bool rxt_points_hold(const rxt_points_host *host, rxt_point point, long workers);

/* The nodes of a point: its own where it names them, else the fewest that hold it; 0: none do. */
int rxt_points_nodes(const rxt_points_host *host, rxt_point point, long workers);

/* "2 cores"; with several nodes "2 nodes of 4 cores". Returns text. */
const char *rxt_points_cores(const rxt_points_host *host, char text[64]);

/* "2x4", with "@2" where nodes are named: as --points takes it. Returns text. */
const char *rxt_points_print(rxt_point point, char text[48]);

bool rxt_point_equal(rxt_point a, rxt_point b);

/* Adds to a line on points of `room` bytes, as printf would; cut where it ends. */
void rxt_points_say(char *line, size_t room, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The split as text names it: "8×4", "8×4@2" on more than one node. Returns text. */
char *rxt_points_name(rxt_point point, char text[48]);

#endif
