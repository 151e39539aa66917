/* contest.h - contenders for the same work, measured in turns within one process.
 *
 * A round is one sample of each contender, A B C …, and begins with another one each time. A sample
 * is the better of two windows of at least `window` seconds each, after a quarter of a window of
 * warm-up, in the place where the contender's threads live: made before, ended after, so that
 * nothing spins beside the next one. */
#ifndef PEERS_CONTEST_H
#define PEERS_CONTEST_H

#include "machine/place.h"
#include "team/team.h"

#include "library.h"
#include "plain.h"

enum { PEERS_ROUNDS = 1000, PEERS_THREADS = 2 };

/* What all contests of a job share. */
typedef struct peers_bench {
    const rxt_place *place;
    int cpu[PEERS_THREADS]; /* where threads 0 and 1 of every contender sit */
    int rounds;
    double window;
    peers_library openblas, blis;
} peers_bench;

/* Whose threads a contender's calls use: none, a team's of rxt (auto: or its first thread alone, as
 * it decides), or a private library's own. */
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
    void (*calls)(peers_contender *self, ptrdiff_t count); /* so many calls in a bare loop */
    /* What it calls, one of these: */
    const rxt_kernel *kernel;
    const peers_library *library;
    double (*reduce)(int, const double *, int);
    peers_reduce *plain_reduce;
    peers_map *plain_map;
    const peers_plain *plain;
    /* The work, the same for all: operands, the last one written where `stores`. */
    ptrdiff_t n;
    double *v[RXT_ARRAYS];
    bool stores;
    /* What came of it: */
    double result;                /* of the last call; of a loop that stores, a digest of `out` */
    double seconds[PEERS_ROUNDS]; /* a call, by round                                           */
    double hand_off;              /* of its team, in the last round                             */
    int alone;                    /* rounds in which an auto team called on one thread          */
    /* While it is measured: */
    ptrdiff_t count;
    rxt_slab slab;
    rxt_share share;
    rxt_team *team;
};

/* The ways of calling, as `calls`. */
void peers_calls_kernel(peers_contender *self, ptrdiff_t count); /* its loop, or through the team */
void peers_calls_library_dot(peers_contender *self, ptrdiff_t count);
void peers_calls_library_reduce(peers_contender *self, ptrdiff_t count);
void peers_calls_library_iamax(peers_contender *self, ptrdiff_t count);
void peers_calls_plain_reduce(peers_contender *self, ptrdiff_t count);
void peers_calls_plain_map(peers_contender *self, ptrdiff_t count);
void peers_calls_region(peers_contender *self, ptrdiff_t count);

/* bench->rounds rounds. RXT_WRONG when two contenders' results differ by more than 1e-9, relative:
 * no figure is made of a wrong result. RXT_ENVIRONMENT without threads, memory or binding. Local.
 */
rxt_status peers_contest(const peers_bench *bench, int contenders, peers_contender *contender[]);

/* Seconds a call, over calls that take `seconds` together. Local. */
rxt_status peers_average(const peers_bench *bench, peers_contender *contender, double seconds,
                         double *each);

#endif
