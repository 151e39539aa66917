/* test_load.c - counters of a node's CPUs and of this process, from synthetic trees of files. */
#include "machine/load.h"

#include <math.h>
#include <unistd.h>

#include "planted.h"
#include "suite.h"

static rxt_cpus set_of(const char *list)
{
    rxt_cpus set = { .bits = { 0 } };

    CU_ASSERT_TRUE_FATAL(rxt_cpus_parse(list, &set));
    return set;
}

static double ticks(double seconds)
{
    return seconds * (double)sysconf(_SC_CLK_TCK);
}

static rxt_load load_of(const tree *t, const char *list)
{
    rxt_cpus set = set_of(list);

    return rxt_load_read(t->root, &set);
}

static void nothing_there_is_nothing_known(void)
{
    tree t = planted();
    rxt_load load = load_of(&t, "0-3");

    CU_ASSERT_TRUE(isnan(load.busy));
    CU_ASSERT_TRUE(isnan(load.steal));
    CU_ASSERT_TRUE(isnan(load.own));
    CU_ASSERT_TRUE(isnan(load.periods));
    CU_ASSERT_TRUE(isnan(load.stopped));
    CU_ASSERT_TRUE(isnan(rxt_load_running(t.root)));
    CU_ASSERT_TRUE(isnan(rxt_load_hertz(t.root, 0)));
    CU_ASSERT_STRING_EQUAL(rxt_load_clock_read(t.root, 0).governor, "");
    CU_ASSERT_TRUE(isnan(rxt_load_memory(t.root).huge));
    fell(&t);
}

static void only_the_cpus_asked_for_count(void)
{
    tree t = planted();
    rxt_load load;

    put(&t, "/proc/stat",
        "cpu  1000 1000 1000 1000 1000 1000 1000 1000 0 0\n"
        "cpu0 1 2 4 1000 1000 8 16 32 0 0\n"
        "cpu1 100 200 400 1000 1000 800 1600 3200 0 0\n"
        "cpu10 64 64 64 1000 1000 64 64 64 5 5\n"
        "intr 1 2 3\ncpu2 9 9 9 9 9 9 9 9\n");
    load = load_of(&t, "0,10,2");
    CU_ASSERT_DOUBLE_EQUAL(ticks(load.busy), 31 + 320, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(ticks(load.steal), 32 + 64, 1e-9);
    CU_ASSERT_TRUE(isnan(load_of(&t, "7").busy));
    fell(&t);
}

/* Old kernels have fewer columns: without the column of steal its time is 0. */
static void a_kernel_without_steal_has_none(void)
{
    tree t = planted();

    put(&t, "/proc/stat", "cpu0 1 2 4 8 16 32 64\n");
    CU_ASSERT_DOUBLE_EQUAL(ticks(load_of(&t, "0").busy), 1 + 2 + 4 + 32 + 64, 1e-9);
    CU_ASSERT_EQUAL(load_of(&t, "0").steal, 0.0);
    put(&t, "/proc/stat", "cpu0 1 2 x\n");
    CU_ASSERT_TRUE(isnan(load_of(&t, "0").busy));
    fell(&t);
}

static void a_process_may_have_any_name_and_children(void)
{
    tree t = planted();

    put(&t, "/proc/self/stat",
        "77 (a) R 1) S 70 77 68 0 -1 41 100 5 0 0 250 50 9 9 20 0 3 0 26 313 390\n");
    CU_ASSERT_DOUBLE_EQUAL(ticks(load_of(&t, "0").own), 250 + 50 + 9 + 9, 1e-9);
    put(&t, "/proc/self/stat", "77 (a) S 70 77\n");
    CU_ASSERT_TRUE(isnan(load_of(&t, "0").own));
    fell(&t);
}

static void stops_by_a_quota_are_read(void)
{
    tree t = planted();

    put(&t, "/proc/self/cgroup", "0::/a\n");
    put(&t, "/proc/self/mountinfo", "29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    put(&t, "/sys/fs/cgroup/a/cpu.stat", "nr_throttled 3\nthrottled_usec 500000\n");
    CU_ASSERT_EQUAL(load_of(&t, "0").periods, 3.0);
    CU_ASSERT_EQUAL(load_of(&t, "0").stopped, 0.5);
    fell(&t);
}

static void running_tasks_are_those_before_the_stroke(void)
{
    tree t = planted();

    put(&t, "/proc/loadavg", "10.08 6.69 3.86 8/136 29980\n");
    CU_ASSERT_EQUAL(rxt_load_running(t.root), 8.0);
    put(&t, "/proc/loadavg", "?\n");
    CU_ASSERT_TRUE(isnan(rxt_load_running(t.root)));
    fell(&t);
}

static void the_clock_is_that_of_the_cpu(void)
{
    tree t = planted();
    rxt_load_clock clock;

    put(&t, "/sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq", "1000000\n");
    put(&t, "/sys/devices/system/cpu/cpu2/cpufreq/scaling_cur_freq", "3400000\n");
    put(&t, "/sys/devices/system/cpu/cpu2/cpufreq/scaling_governor", "ondemand\n");
    put(&t, "/sys/devices/system/cpu/cpu2/cpufreq/scaling_driver", "acpi-cpufreq\n");
    clock = rxt_load_clock_read(t.root, 2);
    CU_ASSERT_EQUAL(rxt_load_hertz(t.root, 2), 3.4e9);
    CU_ASSERT_STRING_EQUAL(clock.governor, "ondemand");
    CU_ASSERT_STRING_EQUAL(clock.driver, "acpi-cpufreq");
    put(&t, "/sys/devices/system/cpu/cpu3/cpufreq/scaling_cur_freq", "<unknown>\n");
    CU_ASSERT_TRUE(isnan(rxt_load_hertz(t.root, 3)));
    fell(&t);
}

static void pages_are_those_of_the_whole_process(void)
{
    tree t = planted();
    rxt_load_pages pages;

    put(&t, "/proc/self/smaps_rollup",
        "5616-7fff ---p 00000000 00:00 0  [rollup]\nRss: 9999 kB\nPss_Anon: 7 kB\n"
        "Anonymous:   1000 kB\nLazyFree: 1 kB\nAnonHugePages:   250 kB\nShmemPmdMapped: 9 kB\n");
    pages = rxt_load_memory(t.root);
    CU_ASSERT_EQUAL(pages.all, 1024e3);
    CU_ASSERT_EQUAL(pages.huge, 256e3);
    fell(&t);
}

/* 100 times a second the system notes whether a CPU is busy or idle. If chance decides each of 400
 * notes, 200 ± 10 of them are busy. */
static void the_error_is_that_of_tosses(void)
{
    double second = 400 / (double)sysconf(_SC_CLK_TCK);

    CU_ASSERT_DOUBLE_EQUAL(ticks(rxt_load_error(second, 1)), 10, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(ticks(rxt_load_error(second / 4, 4)), 10, 1e-9);
    CU_ASSERT_EQUAL(rxt_load_error(0, 4), 0.0);
}

/* The counters of this machine exist and never decrease. */
static void this_machine_counts(void)
{
    rxt_cpus mine = rxt_cpus_mine();
    rxt_load before = rxt_load_read("", &mine), after = rxt_load_read("", &mine);

    CU_ASSERT_TRUE(after.busy >= before.busy);
    CU_ASSERT_TRUE(after.own >= before.own);
    CU_ASSERT_TRUE(rxt_load_running("") >= 1);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "nothing there is nothing known", nothing_there_is_nothing_known },
        { "only the CPUs asked for count", only_the_cpus_asked_for_count },
        { "a kernel without steal has none", a_kernel_without_steal_has_none },
        { "a process may have any name, and children", a_process_may_have_any_name_and_children },
        { "stops by a quota are read", stops_by_a_quota_are_read },
        { "running tasks stand before the stroke", running_tasks_are_those_before_the_stroke },
        { "the clock is that of the CPU", the_clock_is_that_of_the_cpu },
        { "pages are those of the process", pages_are_those_of_the_whole_process },
        { "the error is that of tosses", the_error_is_that_of_tosses },
        { "this machine counts", this_machine_counts },
        CU_TEST_INFO_NULL,
    };

    return suite_run("load", tests);
}
