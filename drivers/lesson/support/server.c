/* server.c - the server's process: how it starts, closes inherited descriptors, and ends.
 *
 * The child of an MPI process must not use MPI or any lock that another thread may hold at the
 * fork. So it only makes system calls and uses memory that was allocated before. */
#include "server_loop.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"

/* A hash of the number. Different numbers have different answers, so a client notices an answer
 * that belongs to another number. */
uint64_t rxt_server_answer(uint64_t number)
{
    return rxt_random_at(number, 1);
}

static rxt_status cannot(const char *call, int error)
{
    const char *advice = error == EAGAIN   ? "; raise ulimit -u"
                         : error == EMFILE ? "; see ulimit -n"
                                           : "";

    return rxt_status_of(RXT_ENVIRONMENT, "no server could be started on 127.0.0.1 (%s: %s)%s",
                         call, strerror(error), advice);
}

/* ---- the child ---- */

/* Removes the driver's signal handlers. Signals that a terminal or batch system sends to all
 * processes are ignored: the driver handles them, and the server ends when the driver does, not
 * before. */
static void free_signals(void)
{
    static const int drivers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGPIPE };
    sigset_t none;

    for (int s = 1; s <= SIGRTMAX; s++)
        signal(s, SIG_DFL);
    for (size_t i = 0; i < sizeof drivers / sizeof drivers[0]; i++)
        signal(drivers[i], SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Uses the system call directly, because glibc has a function for it only since 2.34. */
static bool close_at_once(int low, int high)
{
#ifdef SYS_close_range
    return syscall(SYS_close_range, (unsigned)low, (unsigned)high, 0U) == 0;
#else
    (void)low;
    (void)high;
    return false;
#endif
}

static void close_between(int low, int high)
{
    if (low > high || close_at_once(low, high))
        return;
    for (int d = low; d <= high && d < sysconf(_SC_OPEN_MAX); d++) /* before Linux 5.9 */
        close(d);
}

/* Closes all inherited descriptors except the loop's own. Otherwise a peer that waits for a pipe's
 * end, or a launcher that waits for the end of stdout, would wait for the server. */
static void close_inherited(const rxt_server_loop *loop)
{
    int low = loop->listener < loop->control ? loop->listener : loop->control,
        high = loop->listener < loop->control ? loop->control : loop->listener;

    close_between(0, low - 1);
    close_between(low + 1, high - 1);
    close_between(high + 1, ~0U >> 1);
    for (int d = 0; d < 3; d++)
        open("/dev/null", O_RDWR);
}

_Noreturn static void live(rxt_server_loop *loop, pid_t parent, const rxt_cpus *cpus)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* the parent ended before prctl took effect */
        _exit(0);
    free_signals();
    close_inherited(loop);
    if (cpus)
        rxt_cpus_bind(cpus);
    rxt_server_loop_serve(loop);
    _exit(0);
}

/* ---- the parent ---- */

/* Opens a listening socket at a free port of the loopback interface, which only this machine can
 * reach. */
static rxt_status open_listener(int *listener, int *port)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof at;

    *listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*listener < 0)
        return cannot("socket", errno);
    if (bind(*listener, (struct sockaddr *)&at, size) < 0)
        return cannot("bind", errno);
    if (listen(*listener, SOMAXCONN) < 0)
        return cannot("listen", errno);
    if (getsockname(*listener, (struct sockaddr *)&at, &size) < 0)
        return cannot("getsockname", errno);
    *port = ntohs(at.sin_port);
    return RXT_OK;
}

/* Forks with all signals blocked, because none may arrive before the child has removed the driver's
 * handlers. */
static rxt_status start(rxt_server_loop *loop, const rxt_cpus *cpus, rxt_server *server)
{
    pid_t parent = getpid();
    sigset_t all, mine;
    int error;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &mine);
    server->process = fork();
    error = errno;
    if (server->process == 0)
        live(loop, parent, cpus);
    pthread_sigmask(SIG_SETMASK, &mine, NULL);
    return server->process < 0 ? cannot("fork", error) : RXT_OK;
}

static rxt_status open_server_loop(rxt_server_loop *loop, const rxt_cpus *cpus, rxt_server *server)
{
    int ends[2], port = 0;
    rxt_status st = open_listener(&loop->listener, &port);

    if (!st && pipe2(ends, O_CLOEXEC) < 0)
        st = cannot("pipe", errno);
    else if (!st) {
        loop->control = ends[0];
        server->control = ends[1];
        st = start(loop, cpus, server);
        close(ends[0]);
        if (st)
            close(ends[1]);
    }
    if (loop->listener >= 0)
        close(loop->listener);
    server->port = st ? 0 : port;
    return st;
}

rxt_status rxt_server_start(double service_time, double patience, const rxt_cpus *cpus,
                            rxt_server *server)
{
    rxt_server_loop *loop = calloc(1, sizeof *loop);
    rxt_status st;

    server->port = 0;
    if (!loop)
        return cannot("malloc", ENOMEM);
    loop->service_time = service_time;
    loop->patience = patience;
    st = open_server_loop(loop, cpus, server);
    free(loop);
    return st;
}

void rxt_server_end(rxt_server *server)
{
    if (!server->port)
        return;
    close(server->control);
    kill(server->process, SIGKILL);
    while (waitpid(server->process, NULL, 0) < 0 && errno == EINTR)
        ;
    server->port = 0;
}
