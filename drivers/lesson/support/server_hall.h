/* server_hall.h - what the server works with; server's own files alone include it. */
#ifndef SERVER_HALL_H
#define SERVER_HALL_H

#include "server.h"

#include "base/clock.h"

/* A request that waits for its time. */
typedef struct rxt_owed {
    double at; /* when to answer, by rxt_clock_now */
    uint64_t number;
    int connection;
} rxt_owed;

/* By a connection's descriptor. GONE: its client left while it was owed an answer; it is closed
 * when that is due, lest its number stands for another meanwhile. */
enum { HALL_NONE, HALL_IDLE, HALL_OWED, HALL_GONE };
enum { HALL_DESCRIPTORS = SERVER_CONNECTIONS + 1024 };

/* Taken before the fork: afterwards there is no memory to be had safely. */
typedef struct rxt_hall {
    int door;    /* where clients come in, listening; -1 when it is shut */
    int control; /* closed by whoever started the server */
    double service_time, patience;
    int epoll, timer;
    int spare; /* a descriptor to give up, where there is none left to turn a client away with */
    int connections;
    int first, count; /* of the owed: a ring, in order of time, since all wait as long */
    rxt_owed owed[SERVER_CONNECTIONS];
    unsigned char state[HALL_DESCRIPTORS];
} rxt_hall;

/* Serves until the control is closed, or nobody asks. */
void rxt_hall_serve(rxt_hall *hall);

#endif
