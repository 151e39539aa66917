/* server_loop.h - the state of the server's event loop; only the server's files include it. */
#ifndef SERVER_SERVER_LOOP_H
#define SERVER_SERVER_LOOP_H

#include "server.h"

#include "base/clock.h"

/* A request whose reply is not yet due. These requests are a ring, in order of `at`, because all of
 * them wait equally long. */
typedef struct rxt_pending {
    double at; /* time at which to reply, by rxt_clock_now */
    uint64_t number;
    int connection;
} rxt_pending;

/* The state of a connection, indexed by its descriptor. NONE: not open. IDLE: no request. PENDING:
 * its reply is not yet due. GONE: its client left before the reply; the descriptor stays open until
 * the reply is due, so that it is not reused. */
enum { SERVER_LOOP_NONE, SERVER_LOOP_IDLE, SERVER_LOOP_PENDING, SERVER_LOOP_GONE };
enum { SERVER_LOOP_DESCRIPTORS = SERVER_CONNECTIONS + 1024 };

/* Allocated before the fork, because a child of a process with threads must not allocate. */
typedef struct rxt_server_loop {
    int listener; /* the listening socket; -1 when it is closed */
    int control;  /* read end of a pipe; end of file when the process that started the server closes
                     its end */
    double service_time, patience;
    int epoll, timer;
    int spare; /* a spare descriptor. If no descriptor is free, the loop closes the spare one, so
                  that it can accept a client and close its connection */
    int connections;
    int first, count; /* index of the ring's first request, and number of requests in the ring */
    rxt_pending pending[SERVER_CONNECTIONS];
    unsigned char state[SERVER_LOOP_DESCRIPTORS];
} rxt_server_loop;

/* Serves until the write end of `control` is closed, or no request has come for `patience`. */
void rxt_server_loop_serve(rxt_server_loop *loop);

#endif
