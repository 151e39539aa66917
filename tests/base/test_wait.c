/* test_wait.c - a waiting worker spins first, or yields first if it shares its core; later it
 * sleeps between polls. */
#include "base/wait.h"

#include "suite.h"

/* Number of looks until the wait sleeps; -1: it never sleeps. */
static int looks_awake(bool shares_core)
{
    enum { MOST = 10000000 };
    rxt_wait wait = { 0 };

    for (int looks = 1; looks < MOST; looks++) {
        rxt_wait_more(&wait, shares_core);
        if (wait.sleeps)
            return looks;
    }
    return -1;
}

/* The clock is read only every RXT_WAIT_LOOKS looks, and the first sleep needs two readings. */
static void who_has_a_core_spins_first_and_sleeps_in_the_end(void)
{
    CU_ASSERT(looks_awake(false) >= 2 * RXT_WAIT_LOOKS);
}

static void who_shares_its_core_gives_way_first_and_sleeps_in_the_end(void)
{
    CU_ASSERT(looks_awake(true) > 1);
}

static void once_asleep_a_wait_sleeps_from_look_to_look(void)
{
    rxt_wait wait = { .sleeps = true };

    for (int looks = 0; looks < 10; looks++)
        rxt_wait_more(&wait, false);
    CU_ASSERT(wait.sleeps);
    CU_ASSERT_EQUAL(wait.looks, 0); /* no look without a sleep */
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "who has a core spins first, and sleeps in the end",
          who_has_a_core_spins_first_and_sleeps_in_the_end },
        { "who shares its core gives way first, and sleeps in the end",
          who_shares_its_core_gives_way_first_and_sleeps_in_the_end },
        { "once asleep, a wait sleeps from look to look",
          once_asleep_a_wait_sleeps_from_look_to_look },
        CU_TEST_INFO_NULL,
    };

    return suite_run("wait", tests);
}
