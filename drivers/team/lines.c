/* lines.c - cache lines through which the threads of a resident team pass work and replies.
 *
 * The cost of a hand-over is the transfer of a line that one core has written and another reads:
 * about 100 ns for both directions. So the work, the reply and a small result share one line: the
 * giver writes the work into the line, the taker reads the work and writes the reply into the same
 * line, and the giver polls this line. With two lines, one for each direction, a hand-over takes
 * 2.4 times as long.
 *
 * The threads form a binomial tree: thread t gives work to t + 1, t + 2, t + 4, … as long as the
 * step is below its own lowest bit. Two threads need a single line; many threads need as many steps
 * as their numbers have bits. The farthest threads, which use other caches, get their work first.
 * Each line belongs to one taker. */
#include "team/lines.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/wait.h"

enum {
    LINE = 128,  /* bytes: a line, and its neighbour that prefetchers fetch */
    POLLS = 1000 /* polls without a pause, before rxt_wait_more */
};

/* Values of a line's turn: what the line holds. */
enum { REPLY, WORK };

typedef struct line {
    _Alignas(LINE) atomic_int turn;
    void (*act)(int thread, void *arg); /* NULL: the taker returns */
    void *arg;
    _Alignas(16) unsigned char room[RXT_TEAM_ROOM];
} line;

struct rxt_team_lines {
    _Alignas(LINE) int threads;
    atomic_bool
        oversubscribed; /* more workers than cores: a spinning worker takes the core from others */
    line line[];        /* [threads]; of the first only the room is used */
};

rxt_team_lines *rxt_team_lines_open(int threads)
{
    rxt_team_lines *lines =
        aligned_alloc(LINE, sizeof *lines + (size_t)threads * sizeof lines->line[0]);

    if (!lines)
        return NULL;
    lines->threads = threads;
    atomic_init(&lines->oversubscribed, false);
    for (int t = 0; t < threads; t++)
        atomic_init(&lines->line[t].turn, REPLY);
    return lines;
}

void rxt_team_lines_oversubscribe(rxt_team_lines *lines)
{
    atomic_store_explicit(&lines->oversubscribed, true, memory_order_relaxed);
}

void rxt_team_lines_close(rxt_team_lines *lines)
{
    free(lines);
}

void *rxt_team_lines_room(rxt_team_lines *lines, int thread)
{
    return lines->line[thread].room;
}

/* ---- waiting ---- */

static int is(const line *l, int turn)
{
    return atomic_load_explicit(&l->turn, memory_order_acquire) == turn;
}

/* Waits until the line has this turn. The first polls are without a pause, because the reply may
 * come soon. If oversubscribed, there are no such polls, because the sender may need this core. */
static void await(const rxt_team_lines *lines, const line *l, int turn)
{
    bool oversubscribed = atomic_load_explicit(&lines->oversubscribed, memory_order_relaxed);
    rxt_wait wait = { 0 };

    for (int n = 0; n < POLLS && !oversubscribed; n++)
        if (is(l, turn))
            return;
    while (!is(l, turn))
        rxt_wait_more(&wait, oversubscribed);
}

/* ---- work ---- */

/* Does thread `from` have a child at this distance? */
static int gives(const rxt_team_lines *lines, int from, int step)
{
    return !(from & step) && from + step < lines->threads;
}

/* Gives the work to the children of `from`, to the farthest first, because that thread must pass
 * the work on to the most threads. */
static void give(rxt_team_lines *lines, int from, void (*act)(int, void *), void *arg)
{
    int step = 1;

    while (gives(lines, from, step))
        step *= 2;
    while ((step /= 2) > 0) {
        line *l = &lines->line[from + step];

        l->act = act;
        l->arg = arg;
        atomic_store_explicit(&l->turn, WORK, memory_order_release);
    }
}

static void collect(const rxt_team_lines *lines, int from)
{
    for (int step = 1; gives(lines, from, step); step *= 2)
        await(lines, &lines->line[from + step], REPLY);
}

void rxt_team_lines_all(rxt_team_lines *lines, void (*act)(int, void *), void *arg)
{
    give(lines, 0, act, arg);
    act(0, arg);
    collect(lines, 0);
}

void rxt_team_lines_serve(rxt_team_lines *lines, int thread)
{
    line *own = &lines->line[thread];

    for (;;) {
        void (*act)(int, void *);

        await(lines, own, WORK);
        act = own->act;
        give(lines, thread, act, own->arg);
        if (!act)
            return;
        act(thread, own->arg);
        collect(lines, thread);
        atomic_store_explicit(&own->turn, REPLY, memory_order_release);
    }
}

void rxt_team_lines_end(rxt_team_lines *lines)
{
    give(lines, 0, NULL, NULL);
}
