/* request task.h - the common part of tasks whose units are requests: the threads of a rank, and
 * the service that they ask. */
#ifndef REQUEST_TASK_H
#define REQUEST_TASK_H

#include <stddef.h>

#include <rxt/kernel.h>

#include "service.h"
#include "thread_pool.h"

/* The first member of such a task's state. */
typedef struct rxt_request_task {
    rxt_service *service; /* NULL: not opened, or no requests are needed */
    rxt_thread_pool *pool;
} rxt_request_task;

/* Makes a state of `size` zero bytes that begins with a request task, and its threads.
 * RXT_ENVIRONMENT if they cannot be started. Collective over slab->comm; the same status on all
 * ranks. */
rxt_status rxt_request_task_make(rxt_slab *slab, size_t size);

/* A task's trouble, and its free. */
rxt_status rxt_request_task_trouble(rxt_slab *slab);
void rxt_request_task_free(rxt_slab *slab);

#endif
