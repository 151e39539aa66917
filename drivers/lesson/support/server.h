/* server.h - a small server on the loopback interface of this machine, used like a distant server:
 * it answers each request after a fixed time, serves all requests concurrently, and uses little CPU
 * time.
 *
 * The server is one process. It ends by itself when the process that has started it ends for any
 * reason, or when no request has come for a given time. It accepts connections from this machine
 * only. */
#ifndef SERVER_H
#define SERVER_H

#include <stdint.h>
#include <sys/types.h>

#include "machine/cpus.h"

enum { SERVER_CONNECTIONS = 16384 }; /* maximum; a further connection is closed at once */

typedef struct rxt_server {
    int port;      /* TCP port at 127.0.0.1, chosen by the operating system; 0: no server */
    pid_t process; /* the server's process */
    int control;   /* the write end of a pipe that is never written to: the server ends when it is
                      closed */
} rxt_server;

/* The reply to a number that a client sends. The first reply, to number 0, comes without a request
 * when the connection is accepted. A client sends its next request only after it has the reply to
 * its last request. */
typedef struct rxt_reply {
    uint64_t number, answer;
} rxt_reply;

/* The right answer to a number. Pure. */
uint64_t rxt_server_answer(uint64_t number);

/* Starts a server. service_time: seconds from a request to its answer, >= 0. patience: seconds
 * without any request after which the server ends. cpus: CPUs that it may run on; NULL: those of
 * the calling thread. The server also ends when the calling thread ends. RXT_ENVIRONMENT if the
 * server cannot be started. Local. */
rxt_status rxt_server_start(double service_time, double patience, const rxt_cpus *cpus,
                            rxt_server *server);

/* Kills the server and reaps its process. A server that was not started (port 0) is allowed. */
void rxt_server_end(rxt_server *server);

#endif
