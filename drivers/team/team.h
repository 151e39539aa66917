/* team.h - the threads of a rank.
 *
 * forkjoin opens a parallel region per call, as most codes do. resident opens one region for the
 * whole visit: its threads stay, and each call is handed to them, and back, through a cache line
 * that both sides share. auto is a resident team that hands a call over only if that is faster;
 * otherwise thread 0 does all the work. With one thread all kinds are the same: a call is a plain
 * call of the kernel's loop. */
#ifndef RXT_TEAM_H
#define RXT_TEAM_H

#include "base/vocabulary.h"
#include <rxt/kernel.h>

typedef enum rxt_team_kind {
    RXT_TEAM_FORKJOIN,
    RXT_TEAM_RESIDENT,
    RXT_TEAM_AUTO,
    RXT_TEAMS
} rxt_team_kind;
typedef struct rxt_team rxt_team;

/* Opens a team of `threads`, calls visit(team, arg) on the calling thread, and closes the team
 * again; afterwards none of its threads spins. During the visit, threads of a resident team spin
 * while they wait, and after a millisecond they sleep between polls. Returns visit's status, or
 * RXT_ENVIRONMENT if the threads cannot be started. Local. */
rxt_status rxt_team_with(rxt_team_kind kind, int threads,
                         rxt_status (*visit)(rxt_team *team, void *arg), void *arg);

/* Declares that other workers use the cores of this team, too: waiting threads of a
 * resident team then yield. A team that has more threads than its opening thread has
 * CPUs detects this itself. */
void rxt_team_oversubscribe(rxt_team *team);

int rxt_team_threads(const rxt_team *team);

/* Runs act(thread, arg) once on every thread of the team; returns when all have finished. */
void rxt_team_each(rxt_team *team, void (*act)(int thread, void *arg), void *arg);

/* Prepares the team to call `kernel` on `slab` (whose threads must be the team's): computes the
 * shares, and allocates memory for the partials. `kernel` and `slab` must live until the next take
 * or the team's end. RXT_ENVIRONMENT without memory. */
rxt_status rxt_team_take(rxt_team *team, const rxt_kernel *kernel, const rxt_slab *slab);

/* One call of the kernel of rxt_team_take: every thread works on its share, then the partials are
 * merged in thread order into *partial (merge->size bytes; NULL for a kernel without a result). */
void rxt_team_call(rxt_team *team, void *partial);

/* Makes `calls` calls of the kernel of rxt_team_take, which must have no result and no threads of
 * its own. The threads do not wait for each other between the calls. Returns when all have
 * finished. */
void rxt_team_calls(rxt_team *team, ptrdiff_t calls);

/* The hand-off: seconds that a call of a resident team takes in addition to its work; 0 for one
 * thread or a forkjoin team. It is measured at the first request and again after each take, because
 * threads may have been bound in between. This takes some ten microseconds, more with more threads
 * than cores. Must be called on the thread that opened the team. */
double rxt_team_hand_off(rxt_team *team);

/* Is it faster to hand over work that takes `serial` seconds on one thread? The rule is in
 * team/choice.h. An auto team decides once for every kernel that it takes: thread 0 makes the first
 * calls alone, and the fastest of these calls decides. */
bool rxt_team_pays(rxt_team *team, double serial);

/* Will thread 0 alone make the next call of the kernel of rxt_team_take? */
bool rxt_team_alone(const rxt_team *team);

/* The most threads that OMP_THREAD_LIMIT allows, INT_MAX if it is not set. */
int rxt_team_limit(void);

/* The number of threads that the system allows at once, the caller included, and at most `threads`.
 * Local. */
int rxt_team_allowed(int threads);

/* Stops the spinning of the OpenMP pool that remains after the caller's regions of `threads`
 * threads. True if the threads of the pool have also ended (libgomp); false if they sleep (libomp).
 * Local. */
bool rxt_team_quiet(int threads);

/* The OpenMP runtime, e.g. "libgomp (OpenMP 201511)" or "libomp 5.0" (for the report's header). */
void rxt_team_version(char text[64]);

/* ---- kinds: the table in team/kind.c ---- */

extern const rxt_vocabulary rxt_team_vocabulary;
const char *rxt_team_kind_name(rxt_team_kind kind);

bool rxt_team_stays(rxt_team_kind kind);   /* do its threads stay from call to call? */
bool rxt_team_decides(rxt_team_kind kind); /* may thread 0 make a call alone? */

/* The kind of team that measures the roof of `kind`. The roof is the rate of all workers together.
 * So auto, which may let thread 0 work alone, is replaced by resident. */
rxt_team_kind rxt_team_roof(rxt_team_kind kind);

/* Why a team of that kind cannot call the kernel, or NULL if it can. "brings its own threads": only
 * forkjoin calls such a kernel. "needs every thread": a task whose workers wait for each other;
 * auto might call it on one thread. If `kernels` is more than 1, the text has the plural: "bring
 * their own threads", "need every thread". */
const char *rxt_team_unfit(rxt_team_kind kind, const rxt_kernel *kernel, int kernels);
bool rxt_team_drives(rxt_team_kind kind, const rxt_kernel *kernel);

/* The first kind that can call the kernel. */
rxt_team_kind rxt_team_kind_for(const rxt_kernel *kernel);

/* The input of a proof for a result of that kind of team. Its chain of additions is the longest
 * that is possible: an auto team may have added all elements on one thread. Pure. */
rxt_case rxt_team_case(rxt_team_kind kind, const rxt_kernel *kernel, ptrdiff_t total, int ranks,
                       int threads);

#endif
