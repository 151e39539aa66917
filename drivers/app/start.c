/* start.c - what a program does first, and around the start of MPI. */
#include "app/start.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/say.h"
#include "base/proc_file.h"

/* Bytes of a segment file that PMIx 4 writes for the ranks of a node. */
enum { LEAST_FILE = 4 << 20 };

/* Bytes of address space that a rank must have left to start MPI, and bytes more for each rank of
 * its node. Without a limit Open MPI 4 takes 220 MB, and 4 MB for each rank. With less (85 to 215
 * MB were tried) it often starts, but it may also crash, or wait for ever in its first message. */
enum { LEAST_SPACE = 256 << 20, LEAST_SPACE_EACH = 4 << 20 };

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

/* Bytes of address space that the limit leaves to this process; INFINITY without a limit. */
static double space_left(void)
{
    struct rlimit space;
    char line[100];

    if (getrlimit(RLIMIT_AS, &space) || space.rlim_cur == RLIM_INFINITY)
        return INFINITY;
    rxt_proc_file_line("", "/proc/self/statm", line, sizeof line); /* first: pages in use */
    return (double)space.rlim_cur - strtod(line, NULL) * (double)sysconf(_SC_PAGESIZE);
}

/* Refuses a small `ulimit -v` before MPI starts: then one rank could wait for ever for another. The
 * other ranks let rank 0 print first, as in end_at_limit_later. */
static void check_space(rxt_run *r)
{
    int ranks = r->launcher.local ? r->launcher.local : r->launcher.ranks;
    double left = space_left(), wanted = LEAST_SPACE + (double)LEAST_SPACE_EACH * ranks;
    char text[RXT_STATUS_TEXT];

    if (left >= wanted)
        return;
    if (r->launcher.rank > 0)
        sleep(5);
    snprintf(text, sizeof text,
             "ulimit -v leaves %.0f MB of address space, but a rank needs %.0f MB to start MPI; "
             "raise ulimit -v",
             fmax(left, 0) / 1e6, wanted / 1e6);
    rxt_main_complain(r, text);
    _exit(RXT_ENVIRONMENT);
}

/* Handles a small `ulimit -f` while MPI starts. A single rank without launcher works without the
 * files that MPI cannot write. With several ranks, one rank may fail halfway while the others wait
 * for ever, so a limit that is too small is refused at once. */
void rxt_main_join(rxt_run *r)
{
    struct rlimit files;

    if (!r->launcher.name[0])
        return;
    /* Other launchers than Open MPI's do not end a job whose rank ends before MPI_Init. */
    if (!strcmp(r->launcher.name, "mpirun"))
        check_space(r);
    signal(SIGXFSZ, r->launcher.rank == 0 ? end_at_limit : end_at_limit_later);
    if (getrlimit(RLIMIT_FSIZE, &files) == 0 && files.rlim_cur < LEAST_FILE)
        raise(SIGXFSZ);
}

void rxt_main_joined(rxt_run *r)
{
    signal(SIGXFSZ, SIG_IGN);
    atomic_store(&r->joined, true);
}
