/* test_warnings_quiet.c - how often a study without a disturbance gets a warning: whole studies are
 * simulated. */
#include "scenes.h"

enum { STUDIES = 1000 };

/* Number of studies (of STUDIES, with 12 rows each) that got any warning, or a warning of one
 * kind. */
typedef struct alarms {
    int any, drift, alike, others;
} alarms;

static alarms simulate(int rounds, double sigma)
{
    alarms count = { 0 };
    stage s;

    for (int study = 0; study < STUDIES; study++) {
        int known;

        set_stage(&s, (uint64_t)study * 7919 + (uint64_t)rounds, OBSERVATIONS_ROWS, rounds, sigma);
        judge_stage(&s);
        known = (warned(&s, "drift") != NULL) + (warned(&s, "autocorrelation") != NULL);
        count.any += s.warnings.count > 0;
        count.drift += warned(&s, "drift") != NULL;
        count.alike += warned(&s, "autocorrelation") != NULL;
        count.others += s.warnings.count - known;
    }
    printf("\n  %d rounds: of %d clean studies %d warned of (drift %d, autocorrelation %d) ",
           rounds, STUDIES, count.any, count.drift, count.alike);
    return count;
}

/* The noise is well below the requested precision, so only chance in the order of times can cause a
 * warning. The promise is a warning in 2 of 100 studies. At a true rate of 2 %, more than 34
 * studies of 1000 get a warning with a probability of 1 in 1000. */
static void a_quiet_study_warns_of_nothing(void)
{
    const int rounds[] = { 10, 15, 23, 53 };

    for (int i = 0; i < 4; i++) {
        alarms count = simulate(rounds[i], 0.001);

        CU_ASSERT_EQUAL(count.others, 0);
        CU_ASSERT_TRUE(count.any <= 34);
    }
}

/* The noise exceeds the requested precision, so random trends are large enough to be reported.
 * Warnings about them must be as rare as above. (The warning about the missed precision is right
 * here and is not counted.) */
static void noise_is_no_drift(void)
{
    alarms count = simulate(10, 0.05);

    CU_ASSERT_TRUE(count.drift + count.alike <= 34);
    count = simulate(53, 0.05);
    CU_ASSERT_TRUE(count.drift + count.alike <= 34);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "a quiet study warns of nothing", a_quiet_study_warns_of_nothing },
        { "noise is no drift", noise_is_no_drift },
        CU_TEST_INFO_NULL,
    };

    return suite_run("quiet", tests);
}
