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

/* So many calls of the kernel taken, which has neither a result nor threads of its own, with no
 * wait in between: every thread goes on by itself, and returns when all are done. */
void rxt_team_calls(rxt_team *team, ptrdiff_t calls);

/* Seconds that a call takes beyond the work where a team whose threads stay hands it over; 0 for
 * one thread, or a team of another kind. Measured in some ten microseconds when it is asked for
 * first, and anew after each take, since threads may have been bound meanwhile; in more where
 * there are more threads than cores. On the thread that opened the team. */
double rxt_team_hand_off(rxt_team *team);

/* Does it pay to hand work over that takes `serial` seconds on one thread? The rule is
 * team/choice.h's. An auto team asks it for every kernel that it takes, of the fastest of its first
 * calls, which thread 0 makes alone; it decides once a take. */
bool rxt_team_pays(rxt_team *team, double serial);

/* Will the next call of the kernel taken be made by thread 0 alone? */
bool rxt_team_alone(const rxt_team *team);

/* The most threads OMP_THREAD_LIMIT allows, INT_MAX where it is not set. */
int rxt_team_limit(void);

/* How many of so many threads, the caller among them, the system lets be there at once. Local. */
int rxt_team_allowed(int threads);

/* Sees to it that the pool of regions of so many threads, which the caller opened, spins no longer.
 * True where its threads are gone, too: libgomp's go, libomp's stay asleep. Local. */
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

/* Why a team of that kind cannot call the kernel: "brings its own threads" (those are called by
 * forkjoin alone), "needs every thread" (a task of workers that wait for each other, which auto
 * might call on one); "bring their" and "need" for several such kernels. NULL: it can. */
const char *rxt_team_unfit(rxt_team_kind kind, const rxt_kernel *kernel, int kernels);
bool rxt_team_drives(rxt_team_kind kind, const rxt_kernel *kernel);

/* The first kind that can call it. */
rxt_team_kind rxt_team_kind_for(const rxt_kernel *kernel);

/* What a proof must know of a result by that kind of team: the longest of the chains that it may
 * have added up. Pure. */
rxt_case rxt_team_case(rxt_team_kind kind, const rxt_kernel *kernel, ptrdiff_t total, int ranks,
                       int threads);

#endif
