/* test_team_rest.c - the threads of a rank: idle ones use no CPU, and there are no more of them
 * than allowed. */
#include "team/team.h"

#include <dirent.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "suite.h"

static const rxt_team_kind kinds[RXT_TEAMS] = { RXT_TEAM_FORKJOIN, RXT_TEAM_RESIDENT,
                                                RXT_TEAM_AUTO };

/* ---- the calling thread alone ---- */

/* The number of this process's threads without its first, and the clock ticks that they have
 * used. */
static int others(long *ticks)
{
    DIR *tasks = opendir("/proc/self/task");
    struct dirent *entry;
    int count = 0;

    *ticks = 0;
    while (tasks && (entry = readdir(tasks))) {
        char path[300], text[1000] = "", *fields;
        long user = 0, system = 0;
        FILE *file;

        if (entry->d_name[0] == '.' || atoi(entry->d_name) == getpid())
            continue;
        snprintf(path, sizeof path, "/proc/self/task/%s/stat", entry->d_name);
        file = fopen(path, "r");
        fields = file && fgets(text, sizeof text, file) ? strrchr(text, ')') : NULL;
        if (fields) /* skip the state and 10 other fields */
            sscanf(fields + 1, " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %ld %ld", &user,
                   &system);
        *ticks += user + system;
        count++;
        if (file)
            fclose(file);
    }
    if (tasks)
        closedir(tasks);
    return count;
}

static void act(int thread, void *arg)
{
    (void)thread;
    atomic_fetch_add((atomic_int *)arg, 1);
}

static rxt_status count_others(rxt_team *team, void *arg)
{
    atomic_int acts = 0;
    long ticks;

    rxt_team_each(team, act, &acts);
    *(int *)arg = others(&ticks);
    return RXT_OK;
}

static void one_thread_is_the_callers_and_no_other_is_made(void)
{
    long ticks;
    int before = others(&ticks), after;

    for (int k = 0; k < RXT_TEAMS; k++) {
        after = -1;
        CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(kinds[k], 1, count_others, &after));
        CU_ASSERT_EQUAL(after, before);
    }
}

static bool libgomp(void)
{
    char runtime[64];

    rxt_team_version(runtime);
    CU_ASSERT(strncmp(runtime, "lib", 3) == 0);
    return strncmp(runtime, "libgomp", 7) == 0;
}

static rxt_status nothing(rxt_team *team, void *arg)
{
    long ticks;

    CU_ASSERT_EQUAL(rxt_team_threads(team), *(int *)arg);
    CU_ASSERT(others(&ticks) >= rxt_team_threads(team) - 1);
    return RXT_OK;
}

/* The threads of libgomp end after a moment. Those of libomp stay; unless they sleep, each spins
 * for 200 ms, which is 20 ticks. */
static void quiet_after(rxt_team_kind kind)
{
    static const struct timespec moment = { .tv_nsec = 5000000 }, nap = { .tv_nsec = 300000000 };

    for (int threads = 4; threads >= 2; threads--) {
        long before, after;

        CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(kind, threads, nothing, &threads));
        for (int look = 0; libgomp() && look < 400 && others(&before) > 0; look++)
            nanosleep(&moment, NULL);
        CU_ASSERT(!libgomp() || others(&before) == 0);
        others(&before);
        nanosleep(&nap, NULL);
        others(&after);
        CU_ASSERT(after - before < 5);
    }
}

static void a_closed_team_takes_no_processor(void)
{
    for (int k = 0; k < RXT_TEAMS; k++)
        quiet_after(kinds[k]);
}

static rxt_status leave_idle(rxt_team *team, void *arg)
{
    static const struct timespec nap = { .tv_nsec = 300000000 };
    atomic_int acts = 0;
    long before;

    rxt_team_each(team, act, &acts);
    others(&before);
    nanosleep(&nap, NULL);
    others(arg);
    *(long *)arg -= before;
    rxt_team_each(team, act, &acts);
    CU_ASSERT_EQUAL(atomic_load(&acts), 2 * rxt_team_threads(team));
    return RXT_OK;
}

/* If three threads spun, they would use two cores for 300 ms: 60 ticks. */
static void residents_without_work_let_others_have_the_cores(void)
{
    long ticks = 1000;

    CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(RXT_TEAM_RESIDENT, 4, leave_idle, &ticks));
    CU_ASSERT(ticks < 20);
}

/* ---- more threads than the limit, which OpenMP reads when a program starts, so it starts again
 * ---- */

static bool is_refused(rxt_team_kind kind)
{
    rxt_status st = rxt_team_with(kind, 3, nothing, NULL);
    bool right = rxt_team_limit() == 2 && rxt_status_code(st) == RXT_ENVIRONMENT &&
                 strstr(st->text, "2 of 3") != NULL && strstr(st->text, "OMP_THREAD_LIMIT") != NULL;

    rxt_status_free(st);
    return right;
}

static int within_limit(void)
{
    return is_refused(RXT_TEAM_FORKJOIN) && is_refused(RXT_TEAM_RESIDENT) &&
                   is_refused(RXT_TEAM_AUTO)
               ? 0
               : 1;
}

static void more_threads_than_allowed_are_refused(void)
{
    char command[4200] = "OMP_THREAD_LIMIT=2 ";
    ssize_t length = (ssize_t)strlen(command),
            path = readlink("/proc/self/exe", command + length, 4096);

    CU_ASSERT_FATAL(path > 0);
    strcpy(command + length + path, " limited");
    CU_ASSERT_EQUAL(system(command), 0);
    CU_ASSERT(rxt_team_limit() > 2);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        { "one thread is the caller's, and no other is made",
          one_thread_is_the_callers_and_no_other_is_made },
        { "a closed team takes no processor", a_closed_team_takes_no_processor },
        { "residents without work let others have the cores",
          residents_without_work_let_others_have_the_cores },
        { "more threads than allowed are refused", more_threads_than_allowed_are_refused },
        CU_TEST_INFO_NULL,
    };

    if (argc > 1 && strcmp(argv[1], "limited") == 0)
        return within_limit();

    return suite_run("a team at rest", tests);
}
