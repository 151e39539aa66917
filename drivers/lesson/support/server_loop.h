/* server_server_loop.h - what the server works with; server's own files alone include it. */
#ifndef SERVER_SERVER_LOOP_H
#define SERVER_SERVER_LOOP_H

#include "server.h"

#include "base/clock.h"

/* A request that waits for its time. */
typedef struct rxt_pending {
    double at; /* when to answer, by rxt_clock_now */
    uint64_t number;
    int connection;
} rxt_pending;

/* By a connection's descriptor. GONE: its client left while it was owed an answer; it is closed
 * when that is due, lest its number stands for another meanwhile. */
enum { SERVER_LOOP_NONE, SERVER_LOOP_IDLE, SERVER_LOOP_PENDING, SERVER_LOOP_GONE };
enum { SERVER_LOOP_DESCRIPTORS = SERVER_CONNECTIONS + 1024 };

/* Taken before the fork: afterwards there is no memory to be had safely. */
typedef struct rxt_server_loop {
    int listener; /* where clients come in, listening; -1 when it is shut */
    int control;  /* closed by whoever started the server */
    double service_time, patience;
    int epoll, timer;
    int spare; /* a descriptor to give up, where there is none left to turn a client away with */
    int connections;
    int first, count; /* of the pending: a ring, in order of time, since all wait as long */
    rxt_pending pending[SERVER_CONNECTIONS];
    unsigned char state[SERVER_LOOP_DESCRIPTORS];
} rxt_server_loop;

/* Serves until the control is closed, or nobody asks. */
void rxt_server_loop_serve(rxt_server_loop *loop);

#endif
