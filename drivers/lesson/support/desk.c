/* desk.c - what tasks have in common whose units are requests. */
#include "desk.h"

#include <stdlib.h>

#include "comm/comm.h"

rxt_status rxt_desk_make(rxt_slab *slab, size_t size)
{
    rxt_desk *d = slab->state = calloc(1, size);
    rxt_status st = d ? rxt_crew_open(slab, &d->crew)
                      : rxt_status_of(RXT_ENVIRONMENT, "no memory for a task of requests");

    return rxt_comm_agree(slab->comm, st);
}

rxt_status rxt_desk_trouble(rxt_slab *slab)
{
    const rxt_desk *d = slab->state;

    return d->service ? rxt_service_trouble(d->service) : RXT_OK;
}

void rxt_desk_free(rxt_slab *slab)
{
    rxt_desk *d = slab->state;

    if (!d)
        return;
    rxt_service_close(d->service);
    rxt_crew_close(d->crew);
    free(d);
}
