/* subprocess.c - runs another program. posix_spawn runs no fork handlers (an MPI may have some)
 * and does not copy our memory. */
#include "base/subprocess.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

/* Our threads block signals. The program starts with no signal blocked, and with the default action
 * for every signal. */
static int free_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    int error;

    sigemptyset(&none);
    sigfillset(&all);
    error = posix_spawnattr_setsigmask(attributes, &none);
    if (!error)
        error = posix_spawnattr_setsigdefault(attributes, &all);
    if (!error)
        error =
            posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return error;
}

/* Our environment except one variable. The caller must free the list, but not the variables. NULL
 * without memory. */
static char **environment(const char *without)
{
    size_t count = 0, length = strlen(without), kept = 0;
    char **list;

    while (environ[count])
        count++;
    list = malloc((count + 1) * sizeof *list);
    for (size_t v = 0; list && v < count; v++)
        if (strncmp(environ[v], without, length) != 0 || environ[v][length] != '=')
            list[kept++] = environ[v];
    if (list)
        list[kept] = NULL;
    return list;
}

static int spawn(char *const argv[], char *const variables[], const int descriptor[3], pid_t *child)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);

    if (error)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (!error) {
        for (int d = 0; d < 3 && !error; d++)
            error = posix_spawn_file_actions_adddup2(&actions, descriptor[d], d);
        if (!error)
            error = free_signals(&attributes);
        if (!error)
            error = posix_spawnp(child, argv[0], &actions, &attributes, argv, variables);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Waits for the child's end, and kills it after `seconds`. Returns 0, errno, or ETIMEDOUT; in each
 * case the child has ended. */
static int await_end(pid_t child, double seconds, int *ended)
{
    const struct timespec moment = { .tv_nsec = 5000000 };
    double last = rxt_clock_now() + seconds;
    pid_t got;

    while ((got = waitpid(child, ended, WNOHANG)) != child) {
        if (got < 0 && errno != EINTR)
            return errno;
        if (rxt_clock_now() > last) {
            kill(child, SIGKILL);
            waitpid(child, ended, 0);
            return ETIMEDOUT;
        }
        nanosleep(&moment, NULL);
    }
    return 0;
}

int rxt_subprocess_run(char *const argv[], const char *without, const int descriptor[3],
                       double seconds, int *code)
{
    pid_t child = 0;
    char **variables = environment(without);
    int ended = 0, error = variables ? spawn(argv, variables, descriptor, &child) : ENOMEM;

    free(variables);
    if (!error)
        error = await_end(child, seconds, &ended);
    if (error)
        return error;
    *code = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
    return 0;
}
