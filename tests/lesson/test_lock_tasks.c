/* test_lock_tasks.c - the four ways to compute a dot product with and without an interpreter's
 * lock: the result is the same by any number of threads, and each task holds the lock, or does not,
 * as it says. */
#include "levels.h"
#include "lock.h"
#include "suite.h"

#include <math.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "support/slab.h"
#include "support/table.h"
#include "team/team.h"

enum { LONGEST = 20011 };

typedef struct trial {
    const rxt_kernel *kernel;
    rxt_slab slab;
    double x[LONGEST], y[LONGEST], partial;
} trial;

static const char *const names[] = { "interpreted", "interpreted_nolock", "native_held",
                                     "native_released" };
enum { TASKS = sizeof names / sizeof names[0] };

/* Small integers, of both signs: their sums are exact. Returns the dot product. */
static double fill(trial *t, ptrdiff_t n)
{
    long sum = 0;

    for (long i = 0; i < n; i++) {
        t->x[i] = (double)(i * 31 % 101 - 50);
        t->y[i] = (double)(i * 17 % 89 - 40);
        sum += (long)t->x[i] * (long)t->y[i];
    }
    return (double)sum;
}

static rxt_status call_twice(rxt_team *team, void *arg)
{
    trial *t = arg;
    rxt_status st = t->kernel->make ? t->kernel->make(&t->slab) : RXT_OK;

    if (!st)
        st = rxt_team_take(team, t->kernel, &t->slab);
    for (int call = 0; call < 2 && !st; call++) {
        t->partial = NAN;
        rxt_team_call(team, &t->partial);
    }
    if (t->kernel->free)
        t->kernel->free(&t->slab);
    return st;
}

/* The interval is far shorter than a call, so that threads do take turns. */
static void check(trial *t, ptrdiff_t n, rxt_team_kind kind, int threads)
{
    rxt_task_options options = { .switch_interval = 2e-5 };
    rxt_task_slab task = { .options = &options };
    double right = fill(t, n);

    t->slab = (rxt_slab){ .n = n,
                          .total = n,
                          .ranks = 1,
                          .threads = threads,
                          .task = &task,
                          .blas = levels_blas(t->kernel) };
    t->slab.v[0] = t->x;
    t->slab.v[1] = t->y;
    CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(kind, threads, call_twice, t));
    CU_ASSERT_EQUAL(t->partial, right);
}

static void every_task_is_right_by_any_number_of_threads(void)
{
    const ptrdiff_t sizes[] = { 0, 1, 7, 1009, LONGEST };
    const int threads[] = { 1, 2, 3, 8 };
    trial t;

    for (int k = 0; k < TASKS; k++) {
        t.kernel = rxt_kernel_find(names[k], RXT_F64);
        CU_ASSERT_PTR_NOT_NULL_FATAL(t.kernel);
        for (size_t s = 0; s < 5; s++)
            for (size_t i = 0; i < 4; i++) {
                check(&t, sizes[s], RXT_TEAM_FORKJOIN, threads[i]);
                check(&t, sizes[s], RXT_TEAM_RESIDENT, threads[i]);
            }
    }
}

static void every_task_counts_the_same_unit(void)
{
    for (int k = 0; k < TASKS; k++) {
        const rxt_kernel *kernel = rxt_kernel_find(names[k], RXT_F64);

        CU_ASSERT_PTR_NOT_NULL_FATAL(kernel);
        CU_ASSERT_PTR_NOT_NULL_FATAL(kernel->task);
        CU_ASSERT_STRING_EQUAL(kernel->task->unit, "step");
        CU_ASSERT_PTR_EQUAL(kernel->proof, &rxt_proof_dot);
        CU_ASSERT_PTR_NULL(kernel->task->fits);
    }
}

/* ---- is the lock held while the numbers are read? ---- */

/* State of the SIGSEGV handler, which runs on the thread that reads. */
typedef struct trap {
    char *page;
    size_t size;
    rxt_lock *lock; /* NULL: the task has no lock */
    volatile sig_atomic_t trapped, held;
} trap;

static trap now;

/* Runs at the first read of the numbers, because their page cannot be read until then. Notes
 * whether the lock is held. */
static void on_look(int signal, siginfo_t *info, void *context)
{
    (void)context;
    if (now.trapped || (char *)info->si_addr < now.page ||
        (char *)info->si_addr >= now.page + now.size)
        _exit(128 + signal); /* a fault at another address */
    now.trapped = 1;
    now.held = now.lock && now.lock->held;
    mprotect(now.page, now.size, PROT_READ | PROT_WRITE);
}

/* Calls the task on numbers whose first read is trapped. */
static void look_at(const rxt_kernel *kernel)
{
    rxt_task_options options = { .switch_interval = 1 };
    rxt_task_slab task = { .options = &options };
    rxt_slab slab = {
        .n = 64, .total = 64, .ranks = 1, .threads = 1, .task = &task, .blas = levels_blas(kernel)
    };
    rxt_share share;
    double sum = 0;

    slab.v[0] = now.page;
    slab.v[1] = now.page + now.size / 2;
    CU_ASSERT_FALSE_FATAL(kernel->make && kernel->make(&slab));
    now.lock = kernel->make ? slab.state : NULL;
    now.trapped = now.held = 0;
    for (int i = 0; i < 64; i++)
        ((double *)slab.v[0])[i] = ((double *)slab.v[1])[i] = i;
    share = rxt_share_of(&slab, 0, 8);
    mprotect(now.page, now.size, PROT_NONE);
    kernel->loop(&share, &sum);
    CU_ASSERT_EQUAL(sum, 63.0 * 64 * 127 / 6);
    CU_ASSERT(now.trapped);
    CU_ASSERT_FALSE(now.lock && now.lock->held); /* the call does not keep the lock */
    if (kernel->free)
        kernel->free(&slab);
}

static void the_lock_is_held_and_free_where_they_say(void)
{
    const int held[TASKS] = { 1, 0, 1, 0 };
    struct sigaction mine = { .sa_sigaction = on_look, .sa_flags = SA_SIGINFO }, usual;

    now.size = (size_t)sysconf(_SC_PAGESIZE);
    now.page = mmap(NULL, now.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CU_ASSERT_PTR_NOT_EQUAL_FATAL(now.page, MAP_FAILED);
    sigaction(SIGSEGV, &mine, &usual);
    for (int k = 0; k < TASKS; k++) {
        look_at(rxt_kernel_find(names[k], RXT_F64));
        CU_ASSERT_EQUAL(now.held, held[k]);
    }
    sigaction(SIGSEGV, &usual, NULL);
    munmap(now.page, now.size);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "every task is right by any number of threads",
          every_task_is_right_by_any_number_of_threads },
        { "every task counts the same unit", every_task_counts_the_same_unit },
        { "the lock is held and free where they say", the_lock_is_held_and_free_where_they_say },
        CU_TEST_INFO_NULL,
    };

    return suite_run("lock's tasks", tests);
}
