/* request.c - waiting for a server: one request after another; the server answers each after the
 * service time, however many clients ask.
 *
 * A worker that waits takes no CPU, so that many of them wait on one core at once: threads as
 * well as processes, and more of both than there are cores. A unit is one request, sent and
 * answered, and its answer checked. The server is a process that the node's first rank starts on
 * loopback; it runs on any CPU that the study may use, as a service far away would take none of
 * the client's. With one CPU in all it takes of that, some microseconds a request. */
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
