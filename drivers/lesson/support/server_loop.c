/* server_loop.c - the server's event loop, with a timer for the next reply.
 *
 * The requests wait in one queue. All requests wait equally long, so the reply to the first one is
 * due first. */
#include "server_loop.h"

#include <errno.h>
#include <math.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/clock.h"

enum { EVENTS = 64 };

static bool watch(const rxt_server_loop *loop, int descriptor)
{
    struct epoll_event event = { .events = EPOLLIN, .data.fd = descriptor };

    return epoll_ctl(loop->epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

/* ---- connections ---- */

static void leave(rxt_server_loop *loop, int connection)
{
    close(connection);
    loop->state[connection] = SERVER_LOOP_NONE;
    loop->connections--;
}

/* The client is gone, or broke the protocol. */
static void drop(rxt_server_loop *loop, int connection)
{
    if (loop->state[connection] != SERVER_LOOP_PENDING) {
        leave(loop, connection);
        return;
    }
    epoll_ctl(loop->epoll, EPOLL_CTL_DEL, connection, NULL);
    loop->state[connection] = SERVER_LOOP_GONE;
}

static void reply(rxt_server_loop *loop, int connection, uint64_t number)
{
    rxt_reply says = { .number = number, .answer = rxt_server_answer(number) };

    if (send(connection, &says, sizeof says, MSG_NOSIGNAL | MSG_DONTWAIT) != sizeof says)
        drop(loop, connection);
}

/* No descriptor is free: closes the spare one for a moment to accept the client and close its
 * connection, so that the client is refused now instead of waiting at the listener. False if the
 * client still waits there. */
static bool turn_away(rxt_server_loop *loop)
{
    int client, error;

    if (loop->spare < 0)
        return false;
    close(loop->spare);
    client = accept4(loop->listener, NULL, NULL, SOCK_CLOEXEC);
    error = errno;
    if (client >= 0)
        close(client);
    loop->spare = dup(loop->control);
    return client >= 0 || error == EAGAIN || error == ECONNABORTED; /* the client left by itself */
}

/* A new client can be neither accepted nor refused. An open listener would report that client again
 * and again. Closing the listener makes the client's connect fail. */
static void shut_listener(rxt_server_loop *loop)
{
    close(loop->listener);
    loop->listener = -1;
}

static void refuse(rxt_server_loop *loop, int error)
{
    bool full = error == EMFILE || error == ENFILE;

    if (full ? !turn_away(loop) : error == ENOMEM || error == ENOBUFS)
        shut_listener(loop);
}

static void admit(rxt_server_loop *loop)
{
    int client = accept4(loop->listener, NULL, NULL, SOCK_CLOEXEC);

    if (client < 0) {
        refuse(loop, errno);
        return;
    }
    if (client >= SERVER_LOOP_DESCRIPTORS || loop->connections == SERVER_CONNECTIONS ||
        !watch(loop, client)) {
        close(client);
        return;
    }
    loop->connections++;
    loop->state[client] = SERVER_LOOP_IDLE;
    reply(loop, client, 0);
}

/* ---- requests ---- */

/* Reads a request. Eight bytes arrive in one piece; a client that sends another number of bytes, or
 * a second request before the reply, is dropped. */
static void take(rxt_server_loop *loop, int connection)
{
    uint64_t number;
    int last = (loop->first + loop->count) % SERVER_CONNECTIONS;

    if (recv(connection, &number, sizeof number, MSG_DONTWAIT) != sizeof number ||
        loop->state[connection] != SERVER_LOOP_IDLE) {
        drop(loop, connection);
        return;
    }
    loop->state[connection] = SERVER_LOOP_PENDING;
    loop->pending[last] = (rxt_pending){ .at = rxt_clock_now() + loop->service_time,
                                         .number = number,
                                         .connection = connection };
    loop->count++;
}

static void pay(rxt_server_loop *loop, const rxt_pending *pending)
{
    bool gone = loop->state[pending->connection] == SERVER_LOOP_GONE;

    loop->first = (loop->first + 1) % SERVER_CONNECTIONS;
    loop->count--;
    loop->state[pending->connection] = SERVER_LOOP_IDLE;
    if (gone)
        leave(loop, pending->connection);
    else
        reply(loop, pending->connection, pending->number);
}

/* Sends all replies that are due. Sets the timer for the next reply; setting the timer also clears
 * its last event. */
static void pay_all(rxt_server_loop *loop)
{
    double now = rxt_clock_now();
    struct itimerspec next = { 0 };

    while (loop->count > 0 && loop->pending[loop->first].at <= now)
        pay(loop, &loop->pending[loop->first]);
    if (loop->count > 0)
        next.it_value = rxt_clock_deadline(loop->pending[loop->first].at - now);
    timerfd_settime(loop->timer, TFD_TIMER_ABSTIME, &next, NULL);
}

/* ---- the loop ---- */

/* Handles one event; false if the event means that the server must end. */
static bool attend(rxt_server_loop *loop, int descriptor)
{
    if (descriptor == loop->control)
        return false;
    if (descriptor == loop->listener)
        admit(loop);
    else if (descriptor != loop->timer)
        take(loop, descriptor);
    return true;
}

static bool open_server_loop(rxt_server_loop *loop)
{
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    loop->spare = dup(loop->control);
    return loop->epoll >= 0 && loop->timer >= 0 && watch(loop, loop->control) &&
           watch(loop, loop->listener) && watch(loop, loop->timer);
}

void rxt_server_loop_serve(rxt_server_loop *loop)
{
    struct epoll_event event[EVENTS];
    int patience = (int)fmin(ceil(loop->patience * 1e3), 1e9), events;

    if (!open_server_loop(loop))
        return;
    for (;;) {
        events = epoll_wait(loop->epoll, event, EVENTS, loop->count > 0 ? -1 : patience);
        if (events == 0)
            return;
        for (int e = 0; e < events; e++)
            if (!attend(loop, event[e].data.fd))
                return;
        pay_all(loop);
    }
}
