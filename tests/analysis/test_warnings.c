/* test_warnings.c - warnings about the host, linked libraries and placement: a warning is given,
 * with its value, if and only if its cause is there. */
#include "scenes.h"

/* ---- the host ---- */

static void a_study_without_rows_has_no_warnings(void)
{
    STAGE(s);
    s.rows.count = 0;
    s.observation[0].spent.steal = 9;
    CU_ASSERT_EQUAL(rxt_warnings_of(&s.rows, &s.seen).count, 0);
}

static void a_host_that_was_not_seen_is_not_judged(void)
{
    STAGE(s);
    s.seen.nodes = 0;
    expect_nothing(&s);
}

static void what_the_system_does_not_tell_is_not_judged(void)
{
    STAGE(s);
    s.observation[0].spent =
        (rxt_load){ .busy = NAN, .steal = NAN, .own = NAN, .periods = NAN, .stopped = NAN };
    s.observation[0].pages = (rxt_load_pages){ .all = NAN, .huge = NAN };
    s.seen.resolution = 0;
    expect_nothing(&s);
}

static void others_on_the_cpus_are_load(void)
{
    STAGE(s);
    s.observation[0].spent.busy = 39; /* others: 9 s of CPU time in 10 s; the study: 30 s */
    s.seen.busy = 27;
    expect(&s, "load", 0, "took 0.9 of the 4 CPUs (and waited for CPUs after 27 of 30 rounds)");
}

static void a_tenth_of_a_cpu_may_be_chance_of_ticks_unless_the_queue_agrees(void)
{
    STAGE(s);
    s.observation[0].spent.busy = 31.2; /* others took 0.12 CPUs; the error is 0.03 */
    expect_nothing(&s);
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.observation[0].spent.busy = 31.2;
    s.seen.busy = 15;
    expect(&s, "load", 0, "took 0.12 of the 4 CPUs");
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.seen.busy = 30; /* waiting tasks of other CPUs take no time here */
    expect_nothing(&s);
}

static void the_node_that_is_worst_is_named(void)
{
    STAGE(s);
    s.seen.nodes = 2;
    s.observation[1].spent.busy = 50;
    expect(&s, "load", 0, "n2: other processes took 2 of the 4 CPUs");
}

static void a_cache_that_is_not_as_said_is_told_with_both_sizes(void)
{
    STAGE(s);
    s.seen.level[2] =
        (rxt_observation_level){ .node = "n1", .said = 508 * 0x1p20, .counts = 32 * 0x1p20 };
    expect(&s, "levels", 0,
           "this host says L3 has 508 MiB, but loads slow down beyond 32 MiB: 32 MiB is used");
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.seen.nodes = 2;
    s.seen.level[2] = (rxt_observation_level){ .node = "n2", .said = 0, .counts = 24 * 0x1p20 };
    expect(&s, "levels", 0, "n2 names no L3, but loads slow down beyond 24 MiB: 24 MiB is used");
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.seen.level[0] = (rxt_observation_level){ .node = "n1", .said = 0x1p20, .counts = 0x1p15 };
    s.seen.level[1] =
        (rxt_observation_level){ .node = "n1", .said = 64 * 0x1p20, .counts = 0x1p20 };
    s.seen.level[2] =
        (rxt_observation_level){ .node = "n1", .said = 0x1p32, .counts = 32 * 0x1p20 };
    expect(&s, "levels", 0,
           "L1 has 1 MiB, but loads slow down beyond 32 KiB: 32 KiB is used; L2 64 MiB, but 1 MiB; "
           "L3 4 GiB, but 32 MiB");
}

static void caches_that_are_one_are_told(void)
{
    STAGE(s);
    s.seen.shared = (rxt_observation_shared){ .node = "n1", .said = 4, .counts = 1 };
    expect(&s, "levels", 0,
           "this host says it has 4 last-level caches, but cores of two caches evict each other's "
           "data: the study counts 1");
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.seen.nodes = 2;
    s.seen.level[2] =
        (rxt_observation_level){ .node = "n1", .said = 508 * 0x1p20, .counts = 32 * 0x1p20 };
    s.seen.shared = (rxt_observation_shared){ .node = "n2", .said = 4, .counts = 2 };
    expect(&s, "levels", 0, "32 MiB is used; n2 says it has 4 last-level caches");
}

static rxt_observation_pair pair_of(double rate, double high)
{
    return (rxt_observation_pair){
        .cpu = { 0, 1 }, .rate = { .count = 15, .median = rate, .low = rate, .high = high }
    };
}

static void two_cpus_that_are_one_are_told(void)
{
    STAGE(s);
    s.seen.pair = pair_of(1.02, 1.05);
    expect(
        &s, "pair", 0,
        "CPUs 0 and 1 slow each other down: together they do 1.02 [1.02 1.05] times the arithmetic "
        "of one");
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.seen.pair = pair_of(1.2, 1.4); /* the interval allows two separate cores */
    expect_nothing(&s);
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.seen.pair = pair_of(1.2, NAN); /* too few rounds for an interval */
    expect_nothing(&s);
}

static void two_cpus_are_not_taken_for_one_beside_another_load(void)
{
    STAGE(s);
    s.seen.pair = pair_of(1.02, 1.05);
    s.observation[0].spent.busy = 39;
    expect(&s, "load", 0, "other processes took 0.9 of the 4 CPUs");
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.seen.pair = pair_of(1.02, 1.05);
    s.seen.nodes = 0; /* no node was observed */
    expect_nothing(&s);
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.seen.pair = pair_of(1.02, 1.05);
    s.observation[0].spent.steal = 8;
    expect(&s, "steal", 0, "of the CPUs' time");
}

static void stolen_time_is_told_beyond_the_precision(void)
{
    STAGE(s);
    s.observation[0].spent.steal = 0.3; /* 0.75 % of 40 s */
    expect_nothing(&s);
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.observation[0].spent.steal = 2;
    expect(&s, "steal", 0, "gave 5 % of the CPUs' time");
}

static void two_ticks_may_be_one(void)
{
    STAGE(s);
    s.observation[0].seconds = 0.2;
    s.observation[0].spent = (rxt_load){ .busy = 0.4, .own = 0.4, .steal = 0.02 };
    expect_nothing(&s);
}

static void stops_by_a_quota_are_told(void)
{
    STAGE(s);
    s.observation[0].spent.periods = 14;
    s.observation[0].spent.stopped = 0.05; /* 0.5 % of 10 s */
    expect_nothing(&s);
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.observation[0].spent.periods = 14;
    s.observation[0].spent.stopped = 0.9;
    expect(&s, "quota", 0, "14 times, for 0.9 s of 10 s");
}

static void a_clock_that_falls_is_told(void)
{
    STAGE(s);
    for (int r = 0; r < 30; r++)
        s.hertz[r] = 3.4e9 - 3e6 * r; /* 60 MHz from first to last third: below a step */
    s.seen.hertz = s.hertz;
    expect_nothing(&s);
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    for (int r = 0; r < 30; r++)
        s.hertz[r] = r < 15 ? 3.4e9 : 2.9e9;
    s.seen.hertz = s.hertz;
    expect(&s, "frequency", 0, "fell from 3.40 to 2.90 GHz");
}

static void a_slow_governor_is_told(void)
{
    static const struct {
        rxt_load_clock clock;
        const char *words;
    } cases[] = {
        { { "performance", "acpi-cpufreq" }, NULL },
        { { "powersave", "intel_pstate" }, NULL },
        { { "powersave", "amd-pstate-epp" }, NULL },
        { { "schedutil", "cppc_cpufreq" }, NULL },
        { { "powersave", "acpi-cpufreq" }, "is powersave, which keeps the clock slow" },
        { { "ondemand", "acpi-cpufreq" }, "is ondemand, which raises the clock only after" },
        { { "conservative", "" }, "is conservative, which raises" },
    };

    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        STAGE(s);
        s.observation[0].clock = cases[c].clock;
        if (cases[c].words)
            expect(&s, "governor", 0, cases[c].words);
        else
            expect_nothing(&s);
    }
}

/* The largest rows have 64 MB of operands on the node, either in one rank or in two. */
static void operands_on_small_pages_are_told_where_they_are_large(void)
{
    STAGE(s);
    s.observation[0].pages.huge = 2e6;
    s.observation[0].huge_pages[0] = '\0';
    expect(&s, "pages", 0, "of 64 MB of operands only 2 MB are on huge pages");
    CU_ASSERT_PTR_NOT_NULL(strstr(s.warnings.warning[0].text, "compact"));
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.observation[0].pages.huge = 0;
    snprintf(s.observation[0].huge_pages, sizeof s.observation[0].huge_pages, "never");
    expect(&s, "pages", 0, "write madvise to /sys/kernel/mm/transparent_hugepage/enabled");
    set_stage(&s, 5, 4, 30, 0.001); /* 16 MB: too little for a warning */
    s.observation[0].pages.huge = 0;
    expect_nothing(&s);
}

/* ---- linked libraries, and placement of workers ---- */

static void openblas_with_threads_of_its_own_is_told(void)
{
    static const char *const right[] = {
        NULL,
        "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY USE_OPENMP Zen MAX_THREADS=64",
        "OpenBLAS 0.3.21 DYNAMIC_ARCH NO_AFFINITY Zen SINGLE_THREADED",
        "Another library MAX_THREADS=64",
    };

    for (int c = 0; c < 4; c++) {
        STAGE(s);
        s.row[3].library = right[c];
        expect_nothing(&s);
    }
    STAGE(s);
    s.row[2].library = s.row[3].library =
        "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY Zen MAX_THREADS=64";
    expect(&s, "blas", 2, "its own threads");
    CU_ASSERT_PTR_NOT_NULL(strstr(s.row[3].note, "OpenBLAS uses its own threads"));
    CU_ASSERT_PTR_NULL(strstr(s.row[1].note, "OpenBLAS"));
}

static void workers_that_were_not_where_they_were_sent_are_told(void)
{
    STAGE(s);
    s.row[1].astray = true;
    expect(&s, "binding", 1, "dot 1×2 at n = 1M: a worker was seen off");
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001);
    s.row[1].astray = s.row[2].unbound = s.row[3].unbound = true;
    expect(&s, "binding", 3, "dot 2×1 at n = 1M and 2 more: thread binding failed");
}

static void workers_on_one_core_are_told(void)
{
    STAGE(s);
    s.row[1].shared = s.row[3].shared = true;
    expect(&s, "smt", 2, "dot 2×2 at n = 1M and 1 more: two workers were seen on one core");
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "without rows no warnings", a_study_without_rows_has_no_warnings },
        { "a host not seen", a_host_that_was_not_seen_is_not_judged },
        { "what is not told", what_the_system_does_not_tell_is_not_judged },
        { "others are load", others_on_the_cpus_are_load },
        { "chance of ticks", a_tenth_of_a_cpu_may_be_chance_of_ticks_unless_the_queue_agrees },
        { "the worst node", the_node_that_is_worst_is_named },
        { "a cache not as said", a_cache_that_is_not_as_said_is_told_with_both_sizes },
        { "caches that are one", caches_that_are_one_are_told },
        { "two CPUs that are one", two_cpus_that_are_one_are_told },
        { "two CPUs beside a load", two_cpus_are_not_taken_for_one_beside_another_load },
        { "stolen time", stolen_time_is_told_beyond_the_precision },
        { "two ticks", two_ticks_may_be_one },
        { "stops by a quota", stops_by_a_quota_are_told },
        { "a clock that falls", a_clock_that_falls_is_told },
        { "a slow governor", a_slow_governor_is_told },
        { "small pages", operands_on_small_pages_are_told_where_they_are_large },
        { "OpenBLAS's own threads", openblas_with_threads_of_its_own_is_told },
        { "binding", workers_that_were_not_where_they_were_sent_are_told },
        { "one core", workers_on_one_core_are_told },
        CU_TEST_INFO_NULL,
    };

    return suite_run("warnings", tests);
}
