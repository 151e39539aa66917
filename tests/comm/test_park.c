/* test_park.c - parked ranks: a command wakes its rank once, and a process that died is noticed. */
#include "comm/park.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suite.h"

static rxt_park *mailboxes(int count)
{
    void *memory = mmap(NULL, (size_t)count * rxt_park_size(), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    CU_ASSERT_NOT_EQUAL_FATAL(memory, MAP_FAILED);
    return memory;
}

static void drop(rxt_park *mailbox)
{
    rxt_park_free(mailbox);
    munmap(mailbox, rxt_park_size());
}

static void an_order_rung_before_the_sleep_is_not_lost(void)
{
    rxt_park *mailbox = mailboxes(1);
    char order[8] = "";

    CU_ASSERT(rxt_park_make(mailbox));
    rxt_park_ring(mailbox, "visit 1", 8);
    CU_ASSERT(rxt_park_sleep(mailbox, 10, order, sizeof order));
    CU_ASSERT_STRING_EQUAL(order, "visit 1");
    drop(mailbox);
}

static void an_order_is_taken_once(void)
{
    rxt_park *mailbox = mailboxes(1);
    char order[8] = "none";

    CU_ASSERT(rxt_park_make(mailbox));
    CU_ASSERT_FALSE(rxt_park_sleep(mailbox, 0, order, sizeof order));
    rxt_park_ring(mailbox, "visit 1", 8);
    CU_ASSERT(rxt_park_sleep(mailbox, 0, order, sizeof order));
    strcpy(order, "none");
    CU_ASSERT_FALSE(rxt_park_sleep(mailbox, 0, order, sizeof order));
    CU_ASSERT_STRING_EQUAL(order, "none");
    drop(mailbox);
}

/* The child takes orders 1, 2, 3, … and answers each. It exits with 0, or with the number of the
 * first order that did not come in its turn. */
static int take_orders(rxt_park *mailbox, rxt_park *answer, int count)
{
    for (int expected = 1; expected <= count; expected++) {
        int order = 0;

        if (!rxt_park_sleep(mailbox, 10, &order, sizeof order) || order != expected)
            return expected;
        rxt_park_ring(answer, &order, sizeof order);
    }
    return 0;
}

static void every_order_wakes_another_process_in_turn(void)
{
    enum { ORDERS = 100 };
    rxt_park *mailbox = mailboxes(1), *answer = mailboxes(1);
    int order = 0, status = -1;
    pid_t child;

    CU_ASSERT(rxt_park_make(mailbox));
    CU_ASSERT(rxt_park_make(answer));
    child = fork();
    CU_ASSERT_FATAL(child >= 0);
    if (child == 0)
        _exit(take_orders(mailbox, answer, ORDERS));
    for (int i = 1; i <= ORDERS; i++) {
        rxt_park_ring(mailbox, &i, sizeof i);
        CU_ASSERT_FATAL(rxt_park_sleep(answer, 10, &order, sizeof order));
        CU_ASSERT_EQUAL(order, i);
    }
    waitpid(child, &status, 0);
    CU_ASSERT_EQUAL(status, 0);
    drop(mailbox);
    drop(answer);
}

static void a_process_that_died_is_noticed(void)
{
    rxt_park *mailbox = mailboxes(1);
    char made = 0;
    int ends[2];
    pid_t child;

    CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
    child = fork();
    CU_ASSERT_FATAL(child >= 0);
    if (child == 0) {
        rxt_park_make(mailbox);
        _exit(write(ends[1], "m", 1) == 1 ? pause() : 1);
    }
    CU_ASSERT_EQUAL_FATAL(read(ends[0], &made, 1), 1);
    CU_ASSERT(rxt_park_lives(mailbox));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    CU_ASSERT_FALSE(rxt_park_lives(mailbox));
    close(ends[0]);
    close(ends[1]);
    drop(mailbox);
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
