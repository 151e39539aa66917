/* server_loop.h - the state of the server's event loop; only the server's files include it. */
#ifndef SERVER_SERVER_LOOP_H
#define SERVER_SERVER_LOOP_H

#include "server.h"

#include "base/clock.h"

/* A request whose reply is not yet due. */
typedef struct rxt_pending {
    double at; /* when to answer, by rxt_clock_now */
    uint64_t number;
    int connection;
} rxt_pending;

/* By a connection's descriptor. GONE: its client left before the reply; it is kept open until
 * the reply is due, so that its descriptor is not reused. */
enum { SERVER_LOOP_NONE, SERVER_LOOP_IDLE, SERVER_LOOP_PENDING, SERVER_LOOP_GONE };
enum { SERVER_LOOP_DESCRIPTORS = SERVER_CONNECTIONS + 1024 };

/* Allocated before the fork: afterwards allocation is not safe. */
typedef struct rxt_server_loop {
    int listener; /* the listening socket; -1 when it is closed */
    int control;  /* closed by the process that started the server */
    double service_time, patience;
    int epoll, timer;
    int spare; /* a spare descriptor: closed to accept and refuse a client when no other is free */
    int connections;
    int first,
        count; /* of the pending requests: a ring, in order of time, since all wait equally long */
    rxt_pending pending[SERVER_CONNECTIONS];
    unsigned char state[SERVER_LOOP_DESCRIPTORS];
} rxt_server_loop;

/* Serves until the control is closed, or no request has come for `patience`. */
void rxt_server_loop_serve(rxt_server_loop *loop);

#endif
