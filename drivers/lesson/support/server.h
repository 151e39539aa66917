/* server.h - a small server on this machine's loopback that stands for a distant one: it answers
 * every request after a fixed time, all concurrently, and uses little CPU.
 *
 * It is one process. It ends by itself when the process that started it ends for any reason, and
 * when no request comes for long. It serves this machine only. */
#ifndef SERVER_H
#define SERVER_H

#include <stdint.h>
#include <sys/types.h>

#include "machine/cpus.h"

enum { SERVER_CONNECTIONS = 16384 }; /* at most; one more is closed at once */

typedef struct rxt_server {
    int port;      /* of 127.0.0.1, chosen by the kernel; 0: there is no server   */
    pid_t process; /* its own                                                     */
    int control;   /* a pipe that is never written to: the server ends when it is closed */
} rxt_server;

/* The reply to a number that a client sends. The first reply comes without a request, when the
 * connection is accepted, with number 0. A client sends its next request after the reply. */
typedef struct rxt_reply {
    uint64_t number, answer;
} rxt_reply;

/* The answer to a number. Pure. */
uint64_t rxt_server_answer(uint64_t number);

/* Starts it. service_time: seconds from a request to its answer, >= 0. patience: seconds without
 * any request after which it ends. cpus: those that it may run on; NULL: this thread's. The
 * server ends with the calling thread. RXT_ENVIRONMENT if it cannot be started. Local. */
rxt_status rxt_server_start(double service_time, double patience, const rxt_cpus *cpus,
                            rxt_server *server);

/* Ends it at once; nothing is left. A server that was not started (port 0) is allowed. */
void rxt_server_end(rxt_server *server);

#endif
