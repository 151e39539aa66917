/* service.h - a server for each node of a split, and a connection to it for every worker: what a
 * task needs whose units are requests. */
#ifndef SERVICE_H
#define SERVICE_H

#include <stdbool.h>

#include <rxt/task.h>

typedef struct rxt_service rxt_service;

/* Starts the node's server, by its first rank, and connects every worker of this rank. *service is
 * set in any case, to be closed, NULL without memory. RXT_ENVIRONMENT where a server, or a
 * connection, cannot be had. Collective over slab->comm. */
rxt_status rxt_service_open(const rxt_slab *slab, double service_time, rxt_service **service);

/* Asks over the worker's own connection, and sleeps until the answer is there. False when none
 * came, now or before. */
bool rxt_service_ask(rxt_service *service, const rxt_share *share, uint64_t number,
                     uint64_t *answer);

/* Why an answer did not come, to the first worker that got none; RXT_OK where all came. Local,
 * while nobody asks. */
rxt_status rxt_service_trouble(const rxt_service *service);

/* Leaves, and ends the server where this rank has started it. NULL is allowed. Local. */
void rxt_service_close(rxt_service *service);

#endif
