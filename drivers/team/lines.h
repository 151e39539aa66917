/* lines.h - cache lines through which the threads of a resident team pass work and replies.
 *
 * Thread 0 gives the work, all threads do their part, and thread 0 goes on when all have finished.
 * Between two pieces of work the other threads wait in rxt_team_lines_serve. */
#ifndef RXT_TEAM_LINES_H
#define RXT_TEAM_LINES_H

#include <stddef.h>

typedef struct rxt_team_lines rxt_team_lines;

enum { RXT_TEAM_ROOM = 32 }; /* bytes for a thread's result, in the same line as its reply */

/* Allocates lines for `threads` threads; NULL without memory. */
rxt_team_lines *rxt_team_lines_open(int threads);

/* Declares that there are more workers than cores: waiting threads then yield. Any thread may call
 * this function. */
void rxt_team_lines_oversubscribe(rxt_team_lines *lines);
void rxt_team_lines_close(rxt_team_lines *lines); /* NULL is allowed */

/* For every thread except thread 0: does the work that thread 0 gives, until rxt_team_lines_end. */
void rxt_team_lines_serve(rxt_team_lines *lines, int thread);

/* For thread 0: runs act(thread, arg) on every thread, including thread 0; returns when all have
 * finished. */
void rxt_team_lines_all(rxt_team_lines *lines, void (*act)(int thread, void *arg), void *arg);

/* For thread 0: lets the other threads return from rxt_team_lines_serve. */
void rxt_team_lines_end(rxt_team_lines *lines);

/* RXT_TEAM_ROOM bytes, aligned to 16, where a thread's act may leave a result for thread 0. */
void *rxt_team_lines_room(rxt_team_lines *lines, int thread);

#endif
