/* request_task.c - the common part of tasks whose units are requests. */
#include "request_task.h"

#include <stdlib.h>

#include "comm/comm.h"

rxt_status rxt_request_task_make(rxt_slab *slab, size_t size)
{
    rxt_request_task *d = slab->state = calloc(1, size);
    rxt_status st =
        d ? rxt_thread_pool_open(slab, &d->pool) : rxt_status_no_memory("for a task of requests");

    return rxt_comm_agree(slab->comm, st);
}

rxt_status rxt_request_task_trouble(rxt_slab *slab)
{
    const rxt_request_task *d = slab->state;

    return d->service ? rxt_service_trouble(d->service) : RXT_OK;
}

void rxt_request_task_free(rxt_slab *slab)
{
    rxt_request_task *d = slab->state;

    if (!d)
        return;
    rxt_service_close(d->service);
    rxt_thread_pool_close(d->pool);
    free(d);
}
