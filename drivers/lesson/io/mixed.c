/* mixed.c - waiting and computing in turns, as most programs do: a request to a server, then work
 * on its answer.
 *
 * With one worker a unit takes as long as the service time: the worker computes during the part
 * --compute-share of this time, and waits during the rest. Any number of workers can wait at the
 * same time, but only one per core can compute, so on c cores the speedup is at most c / share. The
 * computation is a number of steps. Rank 0 finds this number at the start of each visit, while the
 * other ranks wait; all workers use the same number. The result of the computation is checked. */
#include <stdlib.h>

#include "base/clock.h"
#include "comm/comm.h"
#include <rxt/task.h>

#include "../support/latency.h"
#include "../support/request_task.h"
#include "../support/server.h"
#include "../support/work.h"

typedef struct state {
    rxt_request_task requests; /* has no service if the compute share is 1 */
    rxt_work work;
} state;

/* Rank 0 measures the speed; all ranks get that value. */
static rxt_status agree_speed(const rxt_slab *slab, int *speed)
{
    int *all = calloc((size_t)slab->ranks, sizeof *all);
    rxt_status st =
        rxt_comm_agree(slab->comm, all ? RXT_OK : rxt_status_no_memory("for a list of ranks"));

    if (!st) {
        all[slab->rank] = slab->rank == 0 ? rxt_work_speed() : 0;
        rxt_comm_gather(slab->comm, 1, all);
        *speed = all[0];
    }
    free(all);
    return st;
}

static rxt_status make(rxt_slab *slab)
{
    const rxt_task_options *options = slab->task->options;
    double unit = options->service_time, share = options->compute_share;
    rxt_status st = rxt_request_task_make(slab, sizeof(state));
    state *s = slab->state;
    int speed = 1;

    if (!st)
        st = agree_speed(slab, &speed);
    if (st)
        return st;
    s->work = rxt_work_of((uint64_t)(1e3 * unit * share * speed));
    return share < 1 ? rxt_service_open(slab, unit * (1 - share), &s->requests.service) : RXT_OK;
}

/* One unit: a request, then work on its answer. Without a server the right answer is used directly.
 * False if the server did not answer. */
static bool done(const state *s, const rxt_share *share, uint64_t number, bool *right)
{
    uint64_t answer = rxt_server_answer(number), got = answer;

    if (s->requests.service && !rxt_service_ask(s->requests.service, share, number, &got))
        return false;
    *right = rxt_work_do(&s->work, got) == rxt_work_result(&s->work, answer);
    return true;
}

static void loop(const rxt_share *share, void *partial)
{
    double began = rxt_clock_now();
    bool right;

    rxt_latencies.zero(partial);
    for (ptrdiff_t i = share->first; i < share->first + share->n; i++) {
        double ended;

        if (!done(share->state, share, (uint64_t)i, &right))
            return;
        ended = rxt_clock_now();
        if (right)
            rxt_latency_add(partial, ended - began);
        began = ended;
    }
}

static void run(const rxt_slab *slab, void *partial)
{
    rxt_request_task *d = slab->state;

    rxt_thread_pool_call(d->pool, loop, &rxt_latencies, slab, partial);
}

/* The seconds that a unit waits. The time of the computation is not included, because it depends on
 * the machine. */
static double wait(const rxt_task_options *options)
{
    return options->service_time * (1 - options->compute_share);
}

const rxt_task rxt_task_mixed = {
    .kernel = {
        .name = "mixed",
        .formula = "wait for a server's answer; compute with it",
        .grain = 1,
        .merge = &rxt_latencies,
        .proof = &rxt_proof_units,
        .run = run,
        .make = make,
        .free = rxt_request_task_free,
        .task = &rxt_task_mixed,
    },
    .unit = "request",
    .heeds = RXT_HEEDS_SERVICE_TIME + RXT_HEEDS_COMPUTE_SHARE,
    .wait = wait,
    .trouble = rxt_request_task_trouble,
    .quantile = rxt_latency_quantile,
};
