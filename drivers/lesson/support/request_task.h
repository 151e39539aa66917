/* request_task.h - the common part of tasks whose units are requests: a thread pool for each rank,
 * and the service to which its threads send requests. */
#ifndef REQUEST_TASK_H
#define REQUEST_TASK_H

#include <stddef.h>

#include <rxt/kernel.h>

#include "service.h"
#include "thread_pool.h"

/* The first member of the state of a task whose units are requests. */
typedef struct rxt_request_task {
    rxt_service *service; /* NULL: not opened, or the task sends no requests */
    rxt_thread_pool *pool;
} rxt_request_task;

/* Sets the slab's state to `size` zero bytes, which begin with an rxt_request_task, and starts the
 * thread pool. RXT_ENVIRONMENT if the threads cannot be started. Collective over slab->comm; the
 * same status on all ranks. */
rxt_status rxt_request_task_make(rxt_slab *slab, size_t size);

/* A task's trouble and free. */
rxt_status rxt_request_task_trouble(rxt_slab *slab);
void rxt_request_task_free(rxt_slab *slab);

#endif
