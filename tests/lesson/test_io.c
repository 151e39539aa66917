/* test_io.c - tasks that wait: every unit is done once and found right, by any number of threads;
 * blocks that are read are those that were written; the tasks leave nothing behind. */
#include "block_file.h"
#include "suite.h"
#include "work.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "comm/comm.h"
#include "support/slab.h"
#include "support/table.h"
#include "team/team.h"
#include <rxt/task.h>

static const double service_time = 2e-3;

/* ---- blocks ---- */

static void blocks_read_are_those_written(void)
{
    enum { COUNT = 7 };
    _Alignas(BLOCK) unsigned char memory[BLOCK];
    rxt_block_file blocks;

    CU_ASSERT_PTR_NULL_FATAL(rxt_block_file_make(COUNT, &blocks));
    for (ptrdiff_t b = COUNT - 1; b >= 0; b--) {
        CU_ASSERT_EQUAL(rxt_block_file_read(&blocks, b, memory), 0);
        CU_ASSERT(rxt_block_file_right(b, memory));
        CU_ASSERT_FALSE(rxt_block_file_right(b + 1, memory));
        memory[BLOCK - 1] ^= 1;
        CU_ASSERT_FALSE(rxt_block_file_right(b, memory));
    }
    CU_ASSERT_EQUAL(rxt_block_file_read(&blocks, COUNT, memory), EIO);
    rxt_block_file_close(&blocks);
    CU_ASSERT_EQUAL(blocks.file, -1);
}

/* If the file cannot be made, the status says so and names the folder. */
static void no_file_is_the_worlds_refusal(void)
{
    const char *usual = getenv("TMPDIR");
    char kept[1000];
    rxt_block_file blocks;
    rxt_status st;

    snprintf(kept, sizeof kept, "%s", usual ? usual : "");
    setenv("TMPDIR", "/proc/self", 1);
    st = rxt_block_file_make(1, &blocks);
    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_ENVIRONMENT);
    CU_ASSERT(st && strstr(st->text, "/proc/self"));
    rxt_status_free(st);
    rxt_block_file_close(&blocks);
    if (usual)
        setenv("TMPDIR", kept, 1);
    else
        unsetenv("TMPDIR");
}

/* ---- work ---- */

static void work_comes_to_what_it_must(void)
{
    const uint64_t steps[] = { 0, 1, 2, 3, 1000, 65537 };

    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        rxt_work work = rxt_work_of(steps[s]);

        for (uint64_t x = 0; x < 5; x++)
            CU_ASSERT_EQUAL(rxt_work_do(&work, x), rxt_work_result(&work, x));
    }
    CU_ASSERT_NOT_EQUAL(rxt_work_result(&(rxt_work){ .times = 1 }, 9),
                        rxt_work_do(&(rxt_work){ .steps = 1 }, 9));
    CU_ASSERT(rxt_work_speed() >= 1);
}

/* ---- tasks ---- */

typedef struct trial {
    const rxt_kernel *kernel;
    rxt_slab slab;
    bool kill; /* kill the server before the second call */
    double units[2], p99;
    rxt_status trouble;
} trial;

/* This process's only child is the server. */
static void kill_server(void)
{
    char path[64];
    FILE *children;
    int process = 0;

    snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
    children = fopen(path, "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(children);
    CU_ASSERT_EQUAL(fscanf(children, "%d", &process), 1);
    fclose(children);
    if (process > 0)
        kill(process, SIGKILL);
}

static rxt_status call_twice(rxt_team *team, void *arg)
{
    trial *t = arg;
    const rxt_kernel *kernel = t->kernel;
    _Alignas(64) unsigned char partial[RXT_PARTIAL];
    rxt_status st = kernel->make(&t->slab);

    if (!st)
        st = rxt_team_take(team, kernel, &t->slab);
    for (int call = 0; call < 2 && !st; call++) {
        if (call == 1 && t->kill)
            kill_server();
        rxt_team_call(team, partial);
        t->units[call] = kernel->merge->finish(partial).value;
        t->p99 = kernel->task->quantile(partial, 0.99);
    }
    if (!st)
        t->trouble = kernel->task->trouble(&t->slab);
    kernel->free(&t->slab);
    return st;
}

static void attempt(trial *t, rxt_comm *comm, const char *name, ptrdiff_t n, int threads,
                    double compute)
{
    rxt_task_options options = { .service_time = service_time, .compute_share = compute };
    rxt_task_slab task = { .options = &options };

    t->kernel = rxt_kernel_find(name, RXT_F64);
    CU_ASSERT_PTR_NOT_NULL_FATAL(t->kernel);
    t->slab = (rxt_slab){
        .n = n, .total = n, .ranks = 1, .threads = threads, .comm = comm, .task = &task
    };
    CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(RXT_TEAM_FORKJOIN, threads, call_twice, t));
    CU_ASSERT_EQUAL(waitpid(-1, NULL, WNOHANG), -1);
    CU_ASSERT_EQUAL(errno, ECHILD);
}

static void check(rxt_comm *comm, const char *name, ptrdiff_t n, int threads, double compute)
{
    const rxt_task_options options = { .service_time = service_time, .compute_share = compute };
    trial t = { .kill = false };
    double sure;

    attempt(&t, comm, name, n, threads, compute);
    sure = t.kernel->task->wait ? t.kernel->task->wait(&options) : 0;
    CU_ASSERT_EQUAL(t.units[0], (double)n);
    CU_ASSERT_EQUAL(t.units[1], (double)n);
    CU_ASSERT_PTR_NULL(t.trouble);
    if (n > 0)
        CU_ASSERT(t.p99 >= sure * 0.97);
    CU_ASSERT_EQUAL(sure, strcmp(name, "read") == 0      ? 0
                          : strcmp(name, "request") == 0 ? service_time
                                                         : service_time * (1 - compute));
}

static rxt_comm *world(void)
{
    rxt_comm *comm;

    CU_ASSERT_PTR_NULL_FATAL(rxt_comm_open(NULL, &comm));
    return comm;
}

static void every_unit_is_done_by_any_number_of_threads(rxt_comm *comm)
{
    const ptrdiff_t sizes[] = { 0, 1, 7, 33 };
    const int threads[] = { 1, 2, 5, 16 };

    for (int s = 0; s < 4; s++)
        for (int i = 0; i < 4; i++) {
            check(comm, "request", sizes[s], threads[i], 0.5);
            check(comm, "read", sizes[s], threads[i], 0.5);
            check(comm, "mixed", sizes[s], threads[i], 0.5);
        }
}

static void waiting_or_computing_alone_is_a_mixture_too(rxt_comm *comm)
{
    for (int threads = 1; threads <= 3; threads += 2) {
        check(comm, "mixed", 7, threads, 0);
        check(comm, "mixed", 7, threads, 1);
    }
}

/* More blocks than the file has, so reading starts again at its beginning. */
static void reading_goes_round(rxt_comm *comm)
{
    check(comm, "read", 4096 + 5, 2, 0);
}

static void a_server_that_died_is_trouble_and_no_hang(rxt_comm *comm)
{
    const char *const names[] = { "request", "mixed" };

    for (int k = 0; k < 2; k++) {
        trial t = { .kill = true };

        attempt(&t, comm, names[k], 6, 3, 0.5);
        CU_ASSERT_EQUAL(t.units[0], 6);
        CU_ASSERT(t.units[1] < 6);
        CU_ASSERT_EQUAL(rxt_status_code(t.trouble), RXT_ENVIRONMENT);
        CU_ASSERT(t.trouble && strstr(t.trouble->text, "server"));
        rxt_status_free(t.trouble);
    }
}

static void tasks(void)
{
    rxt_comm *comm = world();

    every_unit_is_done_by_any_number_of_threads(comm);
    waiting_or_computing_alone_is_a_mixture_too(comm);
    reading_goes_round(comm);
    a_server_that_died_is_trouble_and_no_hang(comm);
    rxt_comm_close(comm);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "blocks read are those written", blocks_read_are_those_written },
        { "no file is the world's refusal", no_file_is_the_worlds_refusal },
        { "work comes to what it must", work_comes_to_what_it_must },
        { "tasks do every unit, say why not, and leave nothing", tasks },
        CU_TEST_INFO_NULL,
    };

    return suite_run("io", tests);
}
