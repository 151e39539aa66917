/* service.h - for tasks whose units are requests: a server on each node of a split, and a
 * connection to it for every worker. */
#ifndef SERVICE_H
#define SERVICE_H

#include <stdbool.h>

#include <rxt/task.h>

typedef struct rxt_service rxt_service;

/* The first rank of each node starts a server; then every worker of this rank connects to its
 * node's server. Call rxt_service_close also after a failure. *service is NULL without memory.
 * RXT_ENVIRONMENT if the server cannot start or a worker cannot connect. Collective over
 * slab->comm. */
rxt_status rxt_service_open(const rxt_slab *slab, double service_time, rxt_service **service);

/* Sends a request over the worker's own connection and sleeps until the answer arrives. False if
 * the answer did not arrive, or if an earlier request of this worker got no answer; then no request
 * is sent. */
bool rxt_service_ask(rxt_service *service, const rxt_share *share, uint64_t number,
                     uint64_t *answer);

/* RXT_OK if every request was answered. Else the reason why a request was not answered, for the
 * first worker of which this is true. Local; call this function when no worker is inside
 * rxt_service_ask. */
rxt_status rxt_service_trouble(const rxt_service *service);

/* Closes this rank's connections, and ends the server if this rank started it. NULL is allowed.
 * Local. */
void rxt_service_close(rxt_service *service);

#endif
