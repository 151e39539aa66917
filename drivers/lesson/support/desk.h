/* desk.h - what tasks have in common whose units are requests: a rank's threads, and the service
 * that they ask. */
#ifndef DESK_H
#define DESK_H

#include <stddef.h>

#include <rxt/kernel.h>

#include "crew.h"
#include "service.h"

/* The first member of such a task's state. */
typedef struct rxt_desk {
    rxt_service *service; /* NULL: not opened, or there is nothing to wait for */
    rxt_crew *crew;
} rxt_desk;

/* Makes a state of `size` zero bytes that begins with a desk, and its threads. RXT_ENVIRONMENT
 * where they cannot be had. Collective over slab->comm; the same status on all ranks. */
rxt_status rxt_desk_make(rxt_slab *slab, size_t size);

/* A task's trouble, and its free. */
rxt_status rxt_desk_trouble(rxt_slab *slab);
void rxt_desk_free(rxt_slab *slab);

#endif
