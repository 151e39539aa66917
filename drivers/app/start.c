/* start.c - what a program does first, and around the start of MPI. */
#include "app/start.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Bytes of a segment file that PMIx 4 writes for the ranks of a node. */
enum { LEAST_FILE = 4 << 20 };

/* ---- the begin ---- */

/* Opens /dev/null at a standard descriptor that is closed: otherwise the next file that is opened
 * would get the descriptor, and messages would be written into it. */
static void hold(int fd, int mode)
{
    int null;

    if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
        return;
    null =
        open("/dev/null", mode); /* opened in the wrong direction, so that using it still fails */
    if (null >= 0 && null != fd) {
        dup2(null, fd);
        close(null);
    }
}

void rxt_main_begin(void)
{
    hold(STDIN_FILENO, O_WRONLY);
    hold(STDOUT_FILENO, O_RDONLY);
    hold(STDERR_FILENO, O_RDONLY);
    signal(SIGXFSZ, SIG_IGN);
}

/* ---- MPI's start ---- */

/* A signal handler. It may run in a thread of MPI, so it makes only async-signal-safe calls. The
 * other ranks let rank 0 print first (end_at_limit_later); when rank 0 ends, all ranks end. */
static void end_at_limit(int signal)
{
    static const char text[] = ": MPI cannot create its files (File too large); raise ulimit -f\n";
    const char *name = program_invocation_short_name;

    (void)signal;
    (void)!write(STDERR_FILENO, name, strlen(name)); /* a failure is not reported */
    (void)!write(STDERR_FILENO, text, sizeof text - 1);
    _exit(RXT_ENVIRONMENT);
}

static void end_at_limit_later(int signal)
{
    sleep(5); /* a launcher with the same limit takes two seconds to end the ranks */
    end_at_limit(signal);
}

/* Handles a small `ulimit -f` while MPI starts. A single rank without launcher works without the
 * files that MPI cannot write. With several ranks, one rank may fail halfway while the others wait
 * for ever, so a limit that is too small is refused at once. */
void rxt_main_join(const rxt_run *r)
{
    struct rlimit files;

    if (!r->launcher.name[0])
        return;
    signal(SIGXFSZ, r->launcher.rank == 0 ? end_at_limit : end_at_limit_later);
    if (getrlimit(RLIMIT_FSIZE, &files) == 0 && files.rlim_cur < LEAST_FILE)
        raise(SIGXFSZ);
}

void rxt_main_joined(rxt_run *r)
{
    signal(SIGXFSZ, SIG_IGN);
    atomic_store(&r->joined, true);
}
