/* client.h - one connection to a server (server.h): sends requests and sleeps until the reply
 * arrives. */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdint.h>

/* Connects to 127.0.0.1:port and waits for the server's first reply, which means that it accepted
 * the connection. patience: the longest time that each single wait may take, in seconds. Returns 0
 * and sets *client, or returns errno: ECONNREFUSED if no server listens, ECONNRESET if the server
 * closed the connection, ETIMEDOUT. Local. */
int rxt_client_open(int port, double patience, int *client);

/* Sends a number and waits for the answer to it. Returns 0, or an errno as above; EPROTO if the
 * reply belongs to another number. Local. */
int rxt_client_ask(int client, uint64_t number, uint64_t *answer);

/* Closes the connection by a reset, so that no socket stays in TIME_WAIT. */
void rxt_client_close(int client);

#endif
