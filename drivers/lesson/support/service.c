/* service.c - a server for each node of a split, and a connection to it for every worker. */
#include "service.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "comm/comm.h"

#include "client.h"
#include "server.h"

static const double limit = 5; /* seconds beyond the service time that a reply may take */
static const double forlorn =
    600; /* seconds without a request after which the server ends itself */

enum { LINE = 128, FOUND = 2 }; /* FOUND: values that each rank sends to all: node and port */

typedef struct worker {
    _Alignas(LINE) int client;
    int error; /* errno of the first failed request, after which the worker sends no more requests;
                  0: none */
} worker;

struct rxt_service {
    rxt_server server; /* started on the node's first rank only */
    double service_time;
    int port, threads;
    int connected; /* workers that are connected */
    worker worker[];
};

/* ---- opening ---- */

/* The port of the server on this rank's node; 0 if there is no server. `port` is this port on the
 * node's first rank, and 0 on the other ranks. Collective. */
static int port_of_node(const rxt_comm *comm, int port, int *found)
{
    int rank = rxt_comm_rank(comm), mine = rxt_comm_node(comm);

    found[FOUND * rank] = mine;
    found[FOUND * rank + 1] = port;
    rxt_comm_gather(comm, FOUND, found);
    for (int r = 0; r < rxt_comm_size(comm); r++)
        if (found[FOUND * r] == mine && found[FOUND * r + 1] > 0)
            return found[FOUND * r + 1];
    return 0;
}

static rxt_status no_connection(int error, const rxt_service *service)
{
    const char *advice =
        error == EMFILE || error == ENFILE || error == ECONNRESET ? "; see ulimit -n" : "";

    return rxt_status_of(RXT_ENVIRONMENT,
                         "only %d of a rank's %d workers could connect to the server at "
                         "127.0.0.1:%d (%s)%s",
                         service->connected, service->threads, service->port, strerror(error),
                         advice);
}

static rxt_status connect_all(rxt_service *service)
{
    int error = 0;

    while (service->connected < service->threads && !error) {
        error = rxt_client_open(service->port, service->service_time + limit,
                                &service->worker[service->connected].client);
        service->connected += !error;
    }
    return error ? no_connection(error, service) : RXT_OK;
}

static rxt_service *new_service(int threads, double service_time)
{
    size_t size = sizeof(rxt_service) + (size_t)threads * sizeof(worker);
    rxt_service *service = aligned_alloc(LINE, (size + LINE - 1) / LINE * LINE);

    if (!service)
        return NULL;
    memset(service, 0, size);
    service->threads = threads;
    service->service_time = service_time;
    return service;
}

rxt_status rxt_service_open(const rxt_slab *slab, double service_time, rxt_service **service)
{
    rxt_service *made = new_service(slab->threads, service_time);
    int *found = calloc((size_t)rxt_comm_size(slab->comm) * FOUND, sizeof *found);
    rxt_status st =
        made && found ? RXT_OK : rxt_status_no_memory("for %d connections", slab->threads);

    *service = made;
    st = rxt_comm_agree(slab->comm, st);
    if (!st && rxt_comm_node_rank(slab->comm) == 0)
        st = rxt_server_start(service_time, forlorn, slab->task->cpus, &made->server);
    st = rxt_comm_agree(slab->comm, st);
    if (!st) {
        made->port = port_of_node(slab->comm, made->server.port, found);
        st = connect_all(made);
    }
    free(found);
    return st;
}

/* ---- at work ---- */

bool rxt_service_ask(rxt_service *service, const rxt_share *share, uint64_t number,
                     uint64_t *answer)
{
    worker *w = &service->worker[share->worker % service->threads];

    if (!w->error)
        w->error = rxt_client_ask(w->client, number, answer);
    return !w->error;
}

rxt_status rxt_service_trouble(const rxt_service *service)
{
    for (int t = 0; t < service->threads; t++) {
        int error = service->worker[t].error;

        if (error == ETIMEDOUT)
            return rxt_status_of(RXT_ENVIRONMENT,
                                 "the server at 127.0.0.1:%d did not answer a request within %.3g "
                                 "s; its service time is %.3g s",
                                 service->port, service->service_time + limit,
                                 service->service_time);
        if (error)
            return rxt_status_of(
                RXT_ENVIRONMENT,
                "the server at 127.0.0.1:%d is gone (%s); do not end it before the study ends",
                service->port, strerror(error));
    }
    return RXT_OK;
}

void rxt_service_close(rxt_service *service)
{
    if (!service)
        return;
    for (int t = 0; t < service->connected; t++)
        rxt_client_close(service->worker[t].client);
    rxt_server_end(&service->server);
    free(service);
}
