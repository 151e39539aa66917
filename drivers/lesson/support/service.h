/* service.h - for tasks whose units are requests: a server on each node of a split, and a
 * connection to it for every worker. */
#ifndef SERVICE_H
#define SERVICE_H

#include <stdbool.h>

#include <rxt/task.h>

typedef struct rxt_service rxt_service;

/* Starts the node's server, by its first rank, and connects every worker of this rank. *service
 * must be closed also after a failure; NULL without memory. RXT_ENVIRONMENT if the server cannot
 * start or a worker cannot connect. Collective over slab->comm. */
rxt_status rxt_service_open(const rxt_slab *slab, double service_time, rxt_service **service);

/* Sends a request over the worker's own connection and sleeps until the answer comes. False if
 * no answer came, now or earlier. */
bool rxt_service_ask(rxt_service *service, const rxt_share *share, uint64_t number,
                     uint64_t *answer);

/* Why the first worker without an answer got none; RXT_OK if all answers came. Local; call it
 * when no worker asks. */
rxt_status rxt_service_trouble(const rxt_service *service);

/* Disconnects, and ends the server if this rank has started it. NULL is allowed. Local. */
void rxt_service_close(rxt_service *service);

#endif
