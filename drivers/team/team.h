/* team.h - the threads of a rank.
 *
 * forkjoin opens a parallel region per call, as most codes do. resident opens one for the whole
 * visit: its threads stay, and each call is handed to them, and back, through a cache line that
 * both sides share. auto is a resident team that hands a call over only where that pays, and else
 * has thread 0 do it all. With one thread there is neither: a call is a plain call of the kernel's
 * loop. */
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

/* Opens a team of `threads`, lends it to visit(team, arg) on the calling thread, and closes it
 * again: afterwards no thread of it spins. In between, those that stay wait spinning, and
 * after some milliseconds asleep from look to look. Returns visit's status, or RXT_ENVIRONMENT if
 * the threads cannot be had. Local. */
rxt_status rxt_team_with(rxt_team_kind kind, int threads,
                         rxt_status (*visit)(rxt_team *team, void *arg), void *arg);

/* Tells the team that more workers than it knows of share its cores: those of a resident team then
 * give way when they wait. It knows by itself when its threads are more than the CPUs of the thread
 * that opened it. */
void rxt_team_oversubscribe(rxt_team *team);

int rxt_team_threads(const rxt_team *team);

/* act(thread, arg) once on every thread of the team; returns when all have. */
void rxt_team_each(rxt_team *team, void (*act)(int thread, void *arg), void *arg);

/* Readies the team to call `kernel` on `slab` (whose threads must be the team's): deals the shares,
 * takes memory for the partials. Both must live until the next take or the team's end.
 * RXT_ENVIRONMENT without memory. */
rxt_status rxt_team_take(rxt_team *team, const rxt_kernel *kernel, const rxt_slab *slab);

/* One call of the kernel taken: every thread works on its share, the partials are merged in thread
 * order into *partial (merge->size bytes; NULL for a kernel without one). */
void rxt_team_call(rxt_team *team, void *partial);

/* Makes `calls` calls of the kernel taken, which must have no result and no threads of its own,
 * without waits in between: every thread works alone. Returns when all are done. */
void rxt_team_calls(rxt_team *team, ptrdiff_t calls);

/* The hand-off: seconds that a call of a resident team takes beyond its work; 0 for one thread,
 * or a team of another kind. It is measured at the first request and again after each take,
 * since threads may have been bound meanwhile. This takes some ten microseconds, more with more
 * threads than cores. On the thread that opened the team. */
double rxt_team_hand_off(rxt_team *team);

/* Does it pay to hand over work that takes `serial` seconds on one thread? The rule is in
 * team/choice.h. An auto team decides once for every kernel that it takes, by the fastest of its
 * first calls, which thread 0 makes alone. */
bool rxt_team_pays(rxt_team *team, double serial);

/* Will the next call of the kernel taken be made by thread 0 alone? */
bool rxt_team_alone(const rxt_team *team);

/* The most threads OMP_THREAD_LIMIT allows, INT_MAX where it is not set. */
int rxt_team_limit(void);

/* How many of this many threads, the caller included, the system allows at once. Local. */
int rxt_team_allowed(int threads);

/* Stops the spinning of the OpenMP pool that the caller's regions of this many threads left.
 * True if its threads have also ended: libgomp's end, libomp's sleep. Local. */
bool rxt_team_quiet(int threads);

/* The OpenMP runtime, e.g. "libgomp 4.5" (for the report's header). */
void rxt_team_version(char text[64]);

/* ---- kinds: the table in team/kind.c ---- */

extern const rxt_vocabulary rxt_team_vocabulary;
const char *rxt_team_kind_name(rxt_team_kind kind);

bool rxt_team_stays(rxt_team_kind kind);   /* do its threads stay from call to call? */
bool rxt_team_decides(rxt_team_kind kind); /* may a call be thread 0's alone?        */

/* The kind that measures its roof, which is what all workers can do: nothing is decided there. */
rxt_team_kind rxt_team_roof(rxt_team_kind kind);

/* Why a team of that kind cannot call the kernel: "brings its own threads" (only forkjoin calls
 * those), "needs every thread" (a task of workers that wait for each other; auto might call it
 * on one thread); "bring their" and "need" for several such kernels. NULL: it can. */
const char *rxt_team_unfit(rxt_team_kind kind, const rxt_kernel *kernel, int kernels);
bool rxt_team_drives(rxt_team_kind kind, const rxt_kernel *kernel);

/* The first kind that can call it. */
rxt_team_kind rxt_team_kind_for(const rxt_kernel *kernel);

/* The input of a proof for a result of that kind of team, with the longest chain of additions
 * that is possible. Pure. */
rxt_case rxt_team_case(rxt_team_kind kind, const rxt_kernel *kernel, ptrdiff_t total, int ranks,
                       int threads);

#endif
