/* request.c - waiting for a server: one request after another. The server answers each request
 * after the service time, however many clients ask.
 *
 * A waiting worker uses no CPU time, so many workers can wait on one core at the same time: threads
 * as well as processes, and more of them than cores. A unit is one request whose answer is checked.
 * The server is a process that the node's first rank starts; the workers reach it by loopback. A
 * distant server would use none of the client's CPUs; so this server may run on any CPU of the
 * study, and need not use the client's CPU. But if the study has only one CPU, the server uses some
 * microseconds of this CPU for each request. */
#include "base/clock.h"

#include "../support/latency.h"
#include "../support/request_task.h"
#include "../support/server.h"

#include <rxt/task.h>

static rxt_status make(rxt_slab *slab)
{
    rxt_status st = rxt_request_task_make(slab, sizeof(rxt_request_task));
    rxt_request_task *d = slab->state;

    return st ? st : rxt_service_open(slab, slab->task->options->service_time, &d->service);
}

static void loop(const rxt_share *share, void *partial)
{
    rxt_request_task *d = share->state;
    double asked = rxt_clock_now();

    rxt_latencies.zero(partial);
    for (ptrdiff_t i = share->first; i < share->first + share->n; i++) {
        uint64_t answer;
        double answered;

        if (!rxt_service_ask(d->service, share, (uint64_t)i, &answer))
            return;
        answered = rxt_clock_now();
        if (answer == rxt_server_answer((uint64_t)i))
            rxt_latency_add(partial, answered - asked);
        asked = answered;
    }
}

static void run(const rxt_slab *slab, void *partial)
{
    rxt_request_task *d = slab->state;

    rxt_thread_pool_call(d->pool, loop, &rxt_latencies, slab, partial);
}

static double wait(const rxt_task_options *options)
{
    return options->service_time;
}

const rxt_task rxt_task_request = {
    .kernel = {
        .name = "request",
        .formula = "send to a server; wait for its answer",
        .grain = 1,
        .merge = &rxt_latencies,
        .proof = &rxt_proof_units,
        .run = run,
        .make = make,
        .free = rxt_request_task_free,
        .task = &rxt_task_request,
    },
    .unit = "request",
    .heeds = RXT_HEEDS_SERVICE_TIME,
    .wait = wait,
    .trouble = rxt_request_task_trouble,
    .quantile = rxt_latency_quantile,
};
