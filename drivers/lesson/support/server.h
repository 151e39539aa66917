/* server.h - a small service on this machine's loopback, in the place of one that is far away: it
 * answers every request after a fixed time, all of them at once, and hardly takes a CPU meanwhile.
 *
 * It is one process, and ends by itself: with the process that started it, whatever ended that, and
 * when nobody has asked it anything for long. It serves this machine alone. */
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

/* What a client sends is a number; what it gets is this. The first comes unasked, when the
 * connection was taken in, with number 0. A client asks once more when it has its answer. */
typedef struct rxt_reply {
    uint64_t number, answer;
} rxt_reply;

/* The answer to a number. Pure. */
uint64_t rxt_server_answer(uint64_t number);

/* Starts it. service_time: seconds from a request to its answer, >= 0. patience: seconds without
 * any request after which it ends. cpus: those that it may run on; NULL: this thread's. Call it
 * from a thread that lives as long as the server shall, which ends with it. RXT_ENVIRONMENT where
 * there can be none. Local. */
rxt_status rxt_server_start(double service_time, double patience, const rxt_cpus *cpus,
                            rxt_server *server);

/* Ends it at once, and leaves nothing. One that was not started (port 0) is allowed. */
void rxt_server_end(rxt_server *server);

#endif
