/* test_warnings_times.c - warnings from times: a warning is given, with its value, if and only if
 * its cause is there. */
#include "scenes.h"

#include "random.h"

static void a_visit_of_few_steps_is_told(void)
{
    STAGE(s);
    s.seen.resolution = 2e-5; /* visits of 100 calls of 1, 1/2 and 1/4 ms: 5000, 2500, 1250 steps */
    expect_nothing(&s);
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.seen.resolution = 4e-5;
    expect(&s, "clock", 3, "a visit to dot 2×2");
    CU_ASSERT_PTR_NOT_NULL(strstr(s.warnings.warning[0].text, "lasts 62"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(s.row[3].note, "visits are too short for the clock's resolution"));
}

static void times_that_drift_are_told(void)
{
    STAGE(s);
    for (int i = 0; i < OBSERVATIONS_ROWS; i++)
        for (int r = 0; r < 30; r++)
            s.seconds[i][r] *= 1 + (i == 5 ? 0.004 : i == 6 ? 0.002 : 0.0001) * r;
    judge_stage(&s);
    CU_ASSERT_PTR_NOT_NULL_FATAL(warned(&s, "drift"));
    CU_ASSERT_EQUAL(warned(&s, "drift")->rows, 2); /* the other rows drift by 0.2 %, below 1 % */
    CU_ASSERT_PTR_NOT_NULL(
        strstr(warned(&s, "drift")->text, "the worst is dot 1×2 at n = 2M (+7.9 %"));
    CU_ASSERT_PTR_NOT_NULL(strstr(s.row[5].note, "times drifted during the study"));
    CU_ASSERT_PTR_NULL(strstr(s.row[7].note, "times drifted"));
    CU_ASSERT_PTR_NULL(warned(&s, "autocorrelation")); /* the drift already explains it */
}

/* The times of all rows rise and fall every 5 rounds: autocorrelated, but without a trend. */
static void times_that_are_alike_are_told(void)
{
    STAGE(s);
    for (int i = 0; i < OBSERVATIONS_ROWS; i++)
        for (int r = 0; r < 30; r++)
            s.seconds[i][r] *= 1 + 0.02 * (r / 5 % 2);
    judge_stage(&s);
    CU_ASSERT_EQUAL(s.warnings.count, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(warned(&s, "autocorrelation"));
    CU_ASSERT_TRUE(warned(&s, "autocorrelation")->rows >= 10);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(warned(&s, "autocorrelation")->text, " of 12 rows; the worst is dot"));
}

/* The times of one row have two modes that are far apart, so the interval of the median does not
 * get narrower with more rounds. */
static void speedups_that_scatter_are_told(void)
{
    STAGE(s);
    for (int r = 0; r < 30; r++)
        s.seconds[5][r] *= 1 + 0.9 * (random_uniform(&s.state) < 0.5);
    judge_stage(&s);
    CU_ASSERT_PTR_NOT_NULL_FATAL(warned(&s, "spread"));
    CU_ASSERT_EQUAL(warned(&s, "spread")->rows, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(warned(&s, "spread")->text, "the worst is dot 1×2 at n = 2M"));
    CU_ASSERT_PTR_NOT_NULL(strstr(s.row[5].note, "noise does not average out"));
    CU_ASSERT_PTR_NULL(strstr(s.row[6].note, "too wide"));
    CU_ASSERT_PTR_NOT_NULL(warned(&s, "precision"));
}

static void a_precision_missed_is_told_with_the_rounds_that_reach_it(void)
{
    STAGE(s);
    s.seen.kept = true;
    s.seen.rounds_max = 30;
    s.seen.budget = 12;
    for (int r = 0; r < 30; r++)
        s.seconds[5][r] *= exp(0.04 * random_normal(&s.state));
    judge_stage(&s);
    CU_ASSERT_EQUAL(s.warnings.count, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(warned(&s, "precision"));
    expect(&s, "precision", 1, "± 1 % was not reached by 1 of 9 speedups; the worst is dot 1×2");
    CU_ASSERT_PTR_NOT_NULL(
        strstr(s.warnings.warning[0].text, "; continue with --resume --rounds=10:"));
    CU_ASSERT_PTR_NOT_NULL(strstr(s.warnings.warning[0].text, " --budget="));
    CU_ASSERT_STRING_EQUAL(s.row[5].note, "interval wider than --precision");
    s.seen.kept = false;
    s.seen.budget = 1e4; /* long enough for all rounds */
    s.warnings = rxt_warnings_of(&s.rows, &s.seen);
    CU_ASSERT_PTR_NOT_NULL(strstr(s.warnings.warning[0].text, "; repeat with --rounds=10:"));
    CU_ASSERT_PTR_NULL(strstr(s.warnings.warning[0].text, "--budget"));
}

static void a_precision_out_of_reach_is_told_as_such(void)
{
    STAGE(s);
    s.seen.precision = 1e-5;
    judge_stage(&s);
    CU_ASSERT_PTR_NOT_NULL_FATAL(warned(&s, "precision"));
    CU_ASSERT_EQUAL(warned(&s, "precision")->rows, 9);
    CU_ASSERT_PTR_NOT_NULL(strstr(warned(&s, "precision")->text, "ask for less (--precision=1)"));
    CU_ASSERT_PTR_NULL(warned(&s, "spread")); /* ± 1 % can be reached */
}

static void fewer_than_six_rounds_have_no_interval(void)
{
    stage s;

    set_stage(&s, 5, 4, 3, 0.001);
    expect(&s, "precision", 3, "3 of 3 speedups; below 6 rounds there is no interval");
}

static void a_speedup_of_nearer_caches_is_told(void)
{
    STAGE(s);
    for (int r = 0; r < 30; r++)
        s.seconds[3][r] /= 2;
    s.row[3].level = "L2";
    expect(&s, "superlinear", 1,
           "dot 2×2 at n = 1M is 8× as fast on 4 workers: each worker's part "
           "fits in L2, the whole lies in DRAM");
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    for (int r = 0; r < 30; r++)
        s.seconds[3][r] /= 2; /* superlinear, but from the same level */
    expect_nothing(&s);
}

/* A wrong row has no times, so no warning may be about it. */
static void wrong_rows_are_not_judged(void)
{
    STAGE(s);
    for (int r = 0; r < 30; r++)
        s.seconds[5][r] *= 1 + 0.01 * r + 9 * (r % 2);
    s.row[5].verified = false;
    expect_nothing(&s);
}

/* The longest text of each warning must fit into two lines. */
static void long_names_still_fit_into_two_lines(void)
{
    STAGE(s);
    for (int i = 0; i < OBSERVATIONS_ROWS; i++)
        s.row[i].kernel = "nrm2_openmp";
    for (int r = 0; r < 30; r++)
        s.seconds[5][r] *= 1 + 0.9 * (random_uniform(&s.state) < 0.5);
    for (int r = 0; r < 30; r++)
        s.seconds[6][r] *= 1 + 0.013 * r;
    s.seen.kept = true;
    s.seen.nodes = 2;
    s.row[5].astray = s.row[6].shared = true;
    s.observation[1] = (rxt_observation){
        .name = "node-with-a-long-name-17",
        .seconds = 1234,
        .cpus = 256,
        .spent = { .busy = 3e5, .own = 1e5, .steal = 123456, .periods = 123456, .stopped = 12345 },
        .clock = { "conservative", "acpi-cpufreq" },
        .huge_pages = "never"
    };
    judge_stage(&s);
    CU_ASSERT_TRUE(s.warnings.count >= 9);
    for (int w = 0; w < s.warnings.count; w++) {
        stage one = { .warnings = { .count = 1, .warning = { s.warnings.warning[w] } } };
        char *text = printed_of(&one);

        CU_ASSERT_TRUE(is_short(text));
        if (!is_short(text))
            printf("\n%s", text);
        free(text);
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "few steps", a_visit_of_few_steps_is_told },
        { "drift", times_that_drift_are_told },
        { "alike", times_that_are_alike_are_told },
        { "scatter", speedups_that_scatter_are_told },
        { "precision missed", a_precision_missed_is_told_with_the_rounds_that_reach_it },
        { "precision out of reach", a_precision_out_of_reach_is_told_as_such },
        { "no interval", fewer_than_six_rounds_have_no_interval },
        { "nearer caches", a_speedup_of_nearer_caches_is_told },
        { "wrong rows", wrong_rows_are_not_judged },
        { "long names", long_names_still_fit_into_two_lines },
        CU_TEST_INFO_NULL,
    };

    return suite_run("times", tests);
}
