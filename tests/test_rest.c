/* test_rest.c - ranks asleep: an order wakes its rank once, and a process that died is noticed. */
#include "comm/rest.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suite.h"

static rxt_rest *beds(int count)
{
    void *memory = mmap(NULL, (size_t)count * rxt_rest_size(), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    CU_ASSERT_NOT_EQUAL_FATAL(memory, MAP_FAILED);
    return memory;
}

static void drop(rxt_rest *bed)
{
    rxt_rest_free(bed);
    munmap(bed, rxt_rest_size());
}

static void an_order_rung_before_the_sleep_is_not_lost(void)
{
    rxt_rest *bed = beds(1);
    char order[8] = "";

    CU_ASSERT(rxt_rest_make(bed));
    rxt_rest_ring(bed, "visit 1", 8);
    CU_ASSERT(rxt_rest_sleep(bed, 10, order, sizeof order));
    CU_ASSERT_STRING_EQUAL(order, "visit 1");
    drop(bed);
}

static void an_order_is_taken_once(void)
{
    rxt_rest *bed = beds(1);
    char order[8] = "none";

    CU_ASSERT(rxt_rest_make(bed));
    CU_ASSERT_FALSE(rxt_rest_sleep(bed, 0, order, sizeof order));
    rxt_rest_ring(bed, "visit 1", 8);
    CU_ASSERT(rxt_rest_sleep(bed, 0, order, sizeof order));
    strcpy(order, "none");
    CU_ASSERT_FALSE(rxt_rest_sleep(bed, 0, order, sizeof order));
    CU_ASSERT_STRING_EQUAL(order, "none");
    drop(bed);
}

/* The child takes orders 1, 2, 3, … and answers each; it exits with the number of the first that
 * came out of order. */
static int take_orders(rxt_rest *bed, rxt_rest *answer, int count)
{
    for (int expected = 1; expected <= count; expected++) {
        int order = 0;

        if (!rxt_rest_sleep(bed, 10, &order, sizeof order) || order != expected)
            return expected;
        rxt_rest_ring(answer, &order, sizeof order);
    }
    return 0;
}

static void every_order_wakes_another_process_in_turn(void)
{
    enum { ORDERS = 100 };
    rxt_rest *bed = beds(1), *answer = beds(1);
    int order = 0, status = -1;
    pid_t child;

    CU_ASSERT(rxt_rest_make(bed));
    CU_ASSERT(rxt_rest_make(answer));
    child = fork();
    CU_ASSERT_FATAL(child >= 0);
    if (child == 0)
        _exit(take_orders(bed, answer, ORDERS));
    for (int i = 1; i <= ORDERS; i++) {
        rxt_rest_ring(bed, &i, sizeof i);
        CU_ASSERT_FATAL(rxt_rest_sleep(answer, 10, &order, sizeof order));
        CU_ASSERT_EQUAL(order, i);
    }
    waitpid(child, &status, 0);
    CU_ASSERT_EQUAL(status, 0);
    drop(bed);
    drop(answer);
}

static void a_process_that_died_is_noticed(void)
{
    rxt_rest *bed = beds(1);
    char made = 0;
    int ends[2];
    pid_t child;

    CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
    child = fork();
    CU_ASSERT_FATAL(child >= 0);
    if (child == 0) {
        rxt_rest_make(bed);
        _exit(write(ends[1], "m", 1) == 1 ? pause() : 1);
    }
    CU_ASSERT_EQUAL_FATAL(read(ends[0], &made, 1), 1);
    CU_ASSERT(rxt_rest_lives(bed));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    CU_ASSERT_FALSE(rxt_rest_lives(bed));
    close(ends[0]);
    close(ends[1]);
    drop(bed);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "an order rung before the sleep is not lost",
          an_order_rung_before_the_sleep_is_not_lost },
        { "an order is taken once", an_order_is_taken_once },
        { "every order wakes another process in turn", every_order_wakes_another_process_in_turn },
        { "a process that died is noticed", a_process_that_died_is_noticed },
        CU_TEST_INFO_NULL,
    };

    return suite_run("rest", tests);
}
