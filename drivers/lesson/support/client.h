/* client.h - one connection to a server (server.h): asks, and sleeps until the answer is there. */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdint.h>

/* Connects to 127.0.0.1, and waits to be let in. patience: seconds that any wait may take.
 * Returns 0 and *client, or errno: ECONNREFUSED if no server listens, ECONNRESET where the
 * server closed the connection, ETIMEDOUT. Local. */
int rxt_client_open(int port, double patience, int *client);

/* Asks, and gets the answer to just that number. Returns 0, or errno as above; EPROTO where the
 * reply is to another number. Local. */
int rxt_client_ask(int client, uint64_t number, uint64_t *answer);

/* Leaves at once: no trace stays in the kernel's tables. */
void rxt_client_close(int client);

#endif
