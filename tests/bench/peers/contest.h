/* contest.h - measures contenders that do the same work, in turns within one process.
 *
 * A round is one sample of each contender, A B C …; each round starts with another contender. A
 * sample is the smaller time of two windows, each of at least `window` seconds, after a warm-up of
 * a quarter of a window. A contender's threads are created before its sample and ended after it, so
 * that they do not spin while the next contender is measured. */
#ifndef PEERS_CONTEST_H
#define PEERS_CONTEST_H

#include "machine/place.h"
#include "team/team.h"

#include "library.h"
#include "plain.h"

enum { PEERS_ROUNDS = 1000, PEERS_THREADS = 2 };

/* Common to all contests of a job. */
typedef struct peers_bench {
    const rxt_place *place;
    int cpu[PEERS_THREADS]; /* the CPUs of threads 0 and 1, for every contender */
    int rounds;
    double window;
    peers_library openblas, blis;
} peers_bench;

/* The threads that a contender uses: none, the threads of an rxt team (auto: the team decides
 * whether all or only the first), or a library's own threads. */
typedef enum peers_home {
    PEERS_ALONE,
    PEERS_FORKJOIN,
    PEERS_RESIDENT,
    PEERS_AUTO,
    PEERS_PRIVATE
} peers_home;

typedef struct peers_contender peers_contender;
struct peers_contender {
    const char *name;
    peers_home home;
    int threads;
    void (*calls)(peers_contender *self, ptrdiff_t count); /* `count` calls in a bare loop */
    /* The function that `calls` calls; exactly one of these is set: */
    const rxt_kernel *kernel;
    const peers_library *library;
    double (*reduce)(int, const double *, int);
    peers_reduce *plain_reduce;
    peers_map *plain_map;
    const peers_plain *plain;
    /* The work, the same for all: n and the operands; with `stores` the last operand is written. */
    ptrdiff_t n;
    double *v[RXT_ARRAYS];
    bool stores;
    /* Results: */
    double result;                /* of the last call; with `stores` a digest of the output */
    double seconds[PEERS_ROUNDS]; /* seconds per call, by round                             */
    double hand_off;              /* of its team, in the last round, seconds                */
    int alone;                    /* number of rounds in which an auto team used one thread */
    /* State during the measurement: */
    ptrdiff_t count;
    rxt_slab slab;
    rxt_share share;
    rxt_team *team;
};

/* Functions for `calls`. */
void peers_calls_kernel(peers_contender *self, ptrdiff_t count); /* the bare loop, or through the
                                                                    team */
void peers_calls_library_dot(peers_contender *self, ptrdiff_t count);
void peers_calls_library_reduce(peers_contender *self, ptrdiff_t count);
void peers_calls_library_iamax(peers_contender *self, ptrdiff_t count);
void peers_calls_plain_reduce(peers_contender *self, ptrdiff_t count);
void peers_calls_plain_map(peers_contender *self, ptrdiff_t count);
void peers_calls_region(peers_contender *self, ptrdiff_t count);

/* Measures bench->rounds rounds. RXT_WRONG if two contenders' results differ by more than 1e-9
 * (relative); then there is no figure. RXT_ENVIRONMENT if threads, memory or binding is refused.
 * Local. */
rxt_status peers_contest(const peers_bench *bench, int contenders, peers_contender *contender[]);

/* Seconds per call, averaged over calls that take `seconds` in total. Local. */
rxt_status peers_average(const peers_bench *bench, peers_contender *contender, double seconds,
                         double *each);

#endif
