/* test_spawn.c - every way to create workers: as many are run and joined as were created; a refusal
 * by the system is reported, and nothing is left behind. */
#include "children.h"
#include "heap.h"
#include "suite.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/table.h"
#include "team/team.h"
#include <rxt/task.h>

enum { CALLS = 3, OWN = 65000, FEW = 8 };
static const char *const ways[] = { "thread", "fork", "spawn", "region_hot", "region_cold" };
static const ptrdiff_t counts[] = { 0, 1, 7, 100 };
enum { WAYS = sizeof ways / sizeof ways[0], COUNTS = sizeof counts / sizeof counts[0] };

static const rxt_kernel *task(const char *name)
{
    const rxt_kernel *found = rxt_kernel_find(name, RXT_F64);

    CU_ASSERT_PTR_NOT_NULL_FATAL(found);
    return found;
}

/* libomp keeps its threads, so region_cold cannot create them anew. */
static bool can(const char *name)
{
    return strcmp(name, "region_cold") != 0 || rxt_team_quiet(2);
}

static rxt_slab slab_of(ptrdiff_t n)
{
    static const rxt_task_slab none = { .heap = 0 };

    return (rxt_slab){ .n = n, .total = n, .ranks = 1, .threads = 1, .task = &none };
}

static rxt_status trouble(const rxt_kernel *t, rxt_slab *slab)
{
    return t->task->trouble ? t->task->trouble(slab) : RXT_OK;
}

static bool no_child(void)
{
    return waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD;
}

/* ---- created equals run equals joined ---- */

static void create(const char *name, ptrdiff_t n)
{
    const rxt_kernel *t = task(name);
    rxt_slab slab = slab_of(n);

    CU_ASSERT_PTR_NULL_FATAL(t->make(&slab));
    for (int c = 0; c < CALLS; c++) {
        double done = -1;

        t->run(&slab, &done);
        CU_ASSERT_EQUAL(done, (double)n);
        CU_ASSERT_PTR_NULL(trouble(t, &slab));
        CU_ASSERT(no_child());
    }
    t->free(&slab);
}

static void test_all_that_are_created_run_and_are_joined(void)
{
    for (int w = 0; w < WAYS; w++)
        for (int c = 0; c < COUNTS && can(ways[w]); c++)
            create(ways[w], counts[c]);
}

static int threads_there(void)
{
    DIR *list = opendir("/proc/self/task");
    int count = 0;

    while (list && readdir(list))
        count++;
    closedir(list);
    return count;
}

/* A thread that was joined may be listed for a moment longer. */
static bool threads_become(int wanted)
{
    for (int nap = 0; nap < 1000 && threads_there() != wanted; nap++)
        nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
    return threads_there() == wanted;
}

/* Not with libomp, whose threads stay and sleep. */
static void test_no_thread_is_left(void)
{
    int before = threads_there();

    for (int w = 0; w < WAYS && rxt_team_quiet(2); w++) {
        create(ways[w], 7);
        CU_ASSERT(threads_become(before));
    }
}

static void test_tasks_of_one_thread_a_rank(void)
{
    for (int w = 0; w < WAYS; w++) {
        CU_ASSERT(task(ways[w])->task->fits(1, 2, 1));
        CU_ASSERT_FALSE(task(ways[w])->task->fits(1, 1, 2));
    }
}

/* ---- refused ---- */

/* The first refusal must be kept while calls go on: `second` must have the same text. If other
 * programs run as the same user, this user may have too many processes already; then it is right
 * that no process is created. */
static rxt_status trouble_of_two(const rxt_kernel *t, rxt_slab *slab, double *done)
{
    rxt_status first, second;
    double again;

    t->run(slab, done);
    first = trouble(t, slab);
    t->run(slab, &again);
    second = trouble(t, slab);
    if (!first || !second || strcmp(first->text, second->text) ||
        (getuid() >= OWN && strstr(first->text, "only 0 ")))
        *done = -1;
    rxt_status_free(first);
    return second;
}

/* Runs in a process that may have FEW processes; the exit code names the check that failed. */
static int refused(const char *name)
{
    const struct rlimit few = { .rlim_cur = FEW, .rlim_max = FEW };
    const unsigned own = OWN + (unsigned)getpid() % 500;
    const rxt_kernel *t = task(name);
    rxt_slab slab = slab_of(100);
    double done = -1;
    rxt_status st;

    if (setrlimit(RLIMIT_NPROC, &few) || (geteuid() == 0 && (setgid(own) || setuid(own))))
        return 1;
    st = t->make(&slab);
    if (!st) {
        st = trouble_of_two(t, &slab, &done);
        if (done < 0 || done > FEW)
            return 2;
    }
    if (rxt_status_code(st) != RXT_ENVIRONMENT || !strstr(st->text, "ulimit -u"))
        return 3;
    t->free(&slab);
    return no_child() ? 0 : 4;
}

static void test_a_limit_is_told_and_what_was_created_is_joined(void)
{
    for (int w = 0; w < WAYS; w++) {
        int ended = 0;
        pid_t child = fork();

        if (child == 0)
            _exit(refused(ways[w]));
        CU_ASSERT_EQUAL_FATAL(waitpid(child, &ended, 0), child);
        if (ended)
            printf("\n%s: ended with %x", ways[w], (unsigned)ended);
        CU_ASSERT_EQUAL(ended, 0);
    }
}

static void test_a_program_that_is_not_there_is_told(void)
{
    char *path = strdup(getenv("PATH"));
    rxt_slab slab = slab_of(7);
    const rxt_kernel *t = task("spawn");
    double done = -1;
    rxt_status st;

    setenv("PATH", "/nowhere", 1);
    CU_ASSERT_PTR_NULL_FATAL(t->make(&slab));
    t->run(&slab, &done);
    st = t->task->trouble(&slab);
    t->free(&slab);
    setenv("PATH", path, 1);
    free(path);
    CU_ASSERT_EQUAL(done, 0);
    CU_ASSERT_EQUAL_FATAL(rxt_status_code(st), RXT_ENVIRONMENT);
    CU_ASSERT_PTR_NOT_NULL(strstr(st->text, "/nowhere"));
    rxt_status_free(st);
    CU_ASSERT(no_child());
}

static void test_a_rank_alone_has_no_one_to_start_others(void)
{
    const rxt_kernel *t = task("rank");
    rxt_slab slab = slab_of(1);
    double done = -1;
    rxt_status st;

    CU_ASSERT_PTR_NULL_FATAL(t->make(&slab));
    t->run(&slab, &done);
    st = t->task->trouble(&slab);
    CU_ASSERT_EQUAL(done, 0);
    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    rxt_status_free(st);
    t->free(&slab);
}

/* If SIGCHLD is ignored, the system reaps children itself and keeps no exit code. Such children
 * must be counted, too. */
static void test_children_are_counted_where_their_ends_were_ignored(void)
{
    struct sigaction ignored = { .sa_handler = SIG_IGN }, usual, after;

    sigaction(SIGCHLD, &ignored, &usual);
    create("fork", 7);
    sigaction(SIGCHLD, &usual, &after);
    CU_ASSERT(after.sa_handler == SIG_IGN);
}

/* ---- ballast ---- */

static double resident(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long all = 0, here = 0;

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_EQUAL(fscanf(file, "%ld %ld", &all, &here), 2);
    fclose(file);
    return (double)here * (double)sysconf(_SC_PAGESIZE);
}

static void test_a_heap_is_there_until_it_is_dropped(void)
{
    const double bytes = 32e6, before = resident();
    const rxt_task_slab task = { .heap = bytes };
    rxt_slab slab = { .task = &task };
    rxt_heap heap;

    CU_ASSERT_PTR_NULL_FATAL(rxt_heap_take(&slab, &heap));
    CU_ASSERT(resident() >= before + 0.9 * bytes);
    rxt_heap_drop(&heap);
    CU_ASSERT(resident() < before + 0.5 * bytes);
}

static void test_tasks_hold_a_heap_meanwhile(void)
{
    const double bytes = 32e6;

    for (int w = 0; w < WAYS; w++) {
        const rxt_kernel *t = task(ways[w]);
        const double before = resident();
        const rxt_task_slab with = { .heap = bytes };
        rxt_slab slab = slab_of(1);

        slab.task = &with;
        if (can(ways[w]))
            CU_ASSERT_PTR_NULL_FATAL(t->make(&slab));
        if (can(ways[w]))
            CU_ASSERT(resident() >= before + 0.9 * bytes);
        if (can(ways[w]))
            t->free(&slab);
        CU_ASSERT(resident() < before + 0.5 * bytes);
    }
}

static void test_a_heap_beyond_all_memory_is_refused(void)
{
    for (int w = 0; w < WAYS; w++) {
        const rxt_kernel *t = task(ways[w]);
        const rxt_task_slab with = { .heap = 1e17 };
        rxt_slab slab = slab_of(1);
        rxt_status st;

        slab.task = &with;
        st = t->make(&slab);
        CU_ASSERT_EQUAL_FATAL(rxt_status_code(st), RXT_ENVIRONMENT);
        CU_ASSERT_PTR_NOT_NULL(strstr(st->text, "--heap"));
        rxt_status_free(st);
        t->free(&slab);
    }
}

/* The test of the limit forks, and a forked child has none of its parent's threads. So this test
 * comes first. */
int main(void)
{
    CU_TestInfo tests[] = {
        { "a limit is told, and what was created is joined",
          test_a_limit_is_told_and_what_was_created_is_joined },
        { "all that are created run and are joined", test_all_that_are_created_run_and_are_joined },
        { "no thread is left", test_no_thread_is_left },
        { "tasks of one thread a rank", test_tasks_of_one_thread_a_rank },
        { "a program that is not there is told", test_a_program_that_is_not_there_is_told },
        { "a rank alone has no one to start others", test_a_rank_alone_has_no_one_to_start_others },
        { "children are counted where their ends were ignored",
          test_children_are_counted_where_their_ends_were_ignored },
        { "a heap is there until it is dropped", test_a_heap_is_there_until_it_is_dropped },
        { "tasks hold a heap meanwhile", test_tasks_hold_a_heap_meanwhile },
        { "a heap beyond all memory is refused", test_a_heap_beyond_all_memory_is_refused },
        CU_TEST_INFO_NULL,
    };

    return suite_run("spawn", tests);
}
