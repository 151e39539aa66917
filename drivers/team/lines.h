/* lines.h - cache lines through which the threads of a resident team hand work to and fro.
 *
 * Thread 0 gives work, all threads do their part, and thread 0 goes on when all have. Between two
 * pieces of work the others wait in rxt_team_lines_serve. */
#ifndef RXT_TEAM_LINES_H
#define RXT_TEAM_LINES_H

#include <stddef.h>

typedef struct rxt_team_lines rxt_team_lines;

enum { RXT_TEAM_ROOM = 32 }; /* bytes of a thread's result that travel with its reply */

/* Lines for this many threads; NULL without memory. */
rxt_team_lines *rxt_team_lines_open(int threads);

/* Tells that there are more workers than cores: a waiting thread then yields. Any thread may
 * call it. */
void rxt_team_lines_oversubscribe(rxt_team_lines *lines);
void rxt_team_lines_close(rxt_team_lines *lines); /* NULL is allowed */

/* Every thread but 0: does what it is given until rxt_team_lines_end. */
void rxt_team_lines_serve(rxt_team_lines *lines, int thread);

/* Thread 0: act(thread, arg) on every thread, itself included; returns when all have. */
void rxt_team_lines_all(rxt_team_lines *lines, void (*act)(int thread, void *arg), void *arg);

/* Thread 0: lets the others return from rxt_team_lines_serve. */
void rxt_team_lines_end(rxt_team_lines *lines);

/* Where a thread's act may leave RXT_TEAM_ROOM bytes for thread 0, aligned to 16. */
void *rxt_team_lines_room(rxt_team_lines *lines, int thread);

#endif
