/* server_hall.c - the server at work: one loop over what happens, and a timer for what is due next.
 *
 * Requests wait in one queue: all wait as long, so that who came first is due first. */
#include "server_hall.h"

#include <errno.h>
#include <math.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/clock.h"

enum { EVENTS = 64 };

static bool watch(const rxt_hall *hall, int descriptor)
{
    struct epoll_event event = { .events = EPOLLIN, .data.fd = descriptor };

    return epoll_ctl(hall->epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

/* ---- connections ---- */

static void leave(rxt_hall *hall, int connection)
{
    close(connection);
    hall->state[connection] = HALL_NONE;
    hall->connections--;
}

/* The client is gone, or does what none may. */
static void drop(rxt_hall *hall, int connection)
{
    if (hall->state[connection] != HALL_OWED) {
        leave(hall, connection);
        return;
    }
    epoll_ctl(hall->epoll, EPOLL_CTL_DEL, connection, NULL);
    hall->state[connection] = HALL_GONE;
}

static void reply(rxt_hall *hall, int connection, uint64_t number)
{
    rxt_reply says = { .number = number, .answer = rxt_server_answer(number) };

    if (send(connection, &says, sizeof says, MSG_NOSIGNAL | MSG_DONTWAIT) != sizeof says)
        drop(hall, connection);
}

/* No descriptor is left: the spare one is given for a moment, so that the client is told now rather
 * than left at the door. False where it is still there. */
static bool turn_away(rxt_hall *hall)
{
    int client, error;

    if (hall->spare < 0)
        return false;
    close(hall->spare);
    client = accept4(hall->door, NULL, NULL, SOCK_CLOEXEC);
    error = errno;
    if (client >= 0)
        close(client);
    hall->spare = dup(hall->control);
    return client >= 0 || error == EAGAIN || error == ECONNABORTED; /* it left by itself */
}

/* Whoever is at the door cannot be let in, nor turned away. The door would be told of again and
 * again, and they would wait; shut, they hear of it. */
static void shut_door(rxt_hall *hall)
{
    close(hall->door);
    hall->door = -1;
}

static void refuse(rxt_hall *hall, int error)
{
    bool full = error == EMFILE || error == ENFILE;

    if (full ? !turn_away(hall) : error == ENOMEM || error == ENOBUFS)
        shut_door(hall);
}

static void admit(rxt_hall *hall)
{
    int client = accept4(hall->door, NULL, NULL, SOCK_CLOEXEC);

    if (client < 0) {
        refuse(hall, errno);
        return;
    }
    if (client >= HALL_DESCRIPTORS || hall->connections == SERVER_CONNECTIONS ||
        !watch(hall, client)) {
        close(client);
        return;
    }
    hall->connections++;
    hall->state[client] = HALL_IDLE;
    reply(hall, client, 0);
}

/* ---- requests ---- */

/* So few bytes come whole, or the client is none of ours. */
static void take(rxt_hall *hall, int connection)
{
    uint64_t number;
    int last = (hall->first + hall->count) % SERVER_CONNECTIONS;

    if (recv(connection, &number, sizeof number, MSG_DONTWAIT) != sizeof number ||
        hall->state[connection] != HALL_IDLE) {
        drop(hall, connection);
        return;
    }
    hall->state[connection] = HALL_OWED;
    hall->owed[last] = (rxt_owed){ .at = rxt_clock_now() + hall->service_time,
                                   .number = number,
                                   .connection = connection };
    hall->count++;
}

static void pay(rxt_hall *hall, const rxt_owed *owed)
{
    bool gone = hall->state[owed->connection] == HALL_GONE;

    hall->first = (hall->first + 1) % SERVER_CONNECTIONS;
    hall->count--;
    hall->state[owed->connection] = HALL_IDLE;
    if (gone)
        leave(hall, owed->connection);
    else
        reply(hall, owed->connection, owed->number);
}

/* Answers what is due. The timer is set for what is next, and forgets what it has told. */
static void pay_all(rxt_hall *hall)
{
    double now = rxt_clock_now();
    struct itimerspec next = { 0 };

    while (hall->count > 0 && hall->owed[hall->first].at <= now)
        pay(hall, &hall->owed[hall->first]);
    if (hall->count > 0)
        next.it_value = rxt_clock_deadline(hall->owed[hall->first].at - now);
    timerfd_settime(hall->timer, TFD_TIMER_ABSTIME, &next, NULL);
}

/* ---- the loop ---- */

/* False when it was the sign to end. */
static bool attend(rxt_hall *hall, int descriptor)
{
    if (descriptor == hall->control)
        return false;
    if (descriptor == hall->door)
        admit(hall);
    else if (descriptor != hall->timer)
        take(hall, descriptor);
    return true;
}

static bool open_hall(rxt_hall *hall)
{
    hall->epoll = epoll_create1(EPOLL_CLOEXEC);
    hall->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    hall->spare = dup(hall->control);
    return hall->epoll >= 0 && hall->timer >= 0 && watch(hall, hall->control) &&
           watch(hall, hall->door) && watch(hall, hall->timer);
}

void rxt_hall_serve(rxt_hall *hall)
{
    struct epoll_event event[EVENTS];
    int patience = (int)fmin(ceil(hall->patience * 1e3), 1e9), events;

    if (!open_hall(hall))
        return;
    for (;;) {
        events = epoll_wait(hall->epoll, event, EVENTS, hall->count > 0 ? -1 : patience);
        if (events == 0)
            return;
        for (int e = 0; e < events; e++)
            if (!attend(hall, event[e].data.fd))
                return;
        pay_all(hall);
    }
}
