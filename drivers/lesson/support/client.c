/* client.c - a connection to a server. The thread waits in a system call, so it uses no CPU time
 * until the answer arrives. */
#include "client.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "server.h"

/* Sets the options of the socket. The limit on sending (SO_SNDTIMEO) also applies to connect. */
static int set(int client, double patience)
{
    struct timeval limit = { .tv_sec = (time_t)patience,
                             .tv_usec =
                                 (suseconds_t)(1e6 * (patience - (double)(time_t)patience)) };
    struct linger none = { .l_onoff = 1 };
    int at_once = 1;

    if (setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) ||
        setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) ||
        setsockopt(client, SOL_SOCKET, SO_LINGER, &none, sizeof none) ||
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once))
        return errno;
    return 0;
}

static int reached(int client, int port)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

    if (connect(client, (struct sockaddr *)&at, sizeof at) == 0)
        return 0;
    return errno == EAGAIN || errno == EINPROGRESS ? ETIMEDOUT : errno;
}

/* Receives the reply to a number; a signal does not end the wait. */
static int hear(int client, uint64_t number, uint64_t *answer)
{
    rxt_reply reply;
    ssize_t got;

    do
        got = recv(client, &reply, sizeof reply, MSG_WAITALL);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return errno == EAGAIN ? ETIMEDOUT : errno;
    if (got != sizeof reply)
        return ECONNRESET;
    *answer = reply.answer;
    return reply.number == number ? 0 : EPROTO;
}

int rxt_client_open(int port, double patience, int *client)
{
    int new = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), error;
    uint64_t welcome;

    if (new < 0)
        return errno;
    error = set(new, patience);
    if (!error)
        error = reached(new, port);
    if (!error)
        error = hear(new, 0, &welcome);
    if (error)
        close(new);
    else
        *client = new;
    return error;
}

int rxt_client_ask(int client, uint64_t number, uint64_t *answer)
{
    if (send(client, &number, sizeof number, MSG_NOSIGNAL) != sizeof number)
        return errno == EPIPE ? ECONNRESET : errno == EAGAIN ? ETIMEDOUT : errno;
    return hear(client, number, answer);
}

void rxt_client_close(int client)
{
    close(client);
}
