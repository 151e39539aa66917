/* test_cpus_cgroup.c - quotas and memory limits of control groups, from synthetic trees of files.
 */
#include "machine/cpus.h"

#include <math.h>

#include "planted.h"
#include "suite.h"

/* Version 2; the whole hierarchy is mounted, and this process is in /a/b. */
static tree version2(void)
{
    tree t = planted();

    put(&t, "/proc/self/cgroup", "0::/a/b\n");
    put(&t, "/proc/self/mountinfo",
        "22 1 0:20 / /proc rw - proc proc rw\n"
        "29 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n");
    put(&t, "/sys/fs/cgroup/a/b/cgroup.procs", "");
    return t;
}

/* Version 1 as in a container: cpu and cpuacct share a mount, which shows only /docker/1. */
static tree version1(void)
{
    tree t = planted();

    put(&t, "/proc/self/cgroup",
        "4:memory:/docker/1\n3:cpuset:/\n2:cpu,cpuacct:/docker/1/x\n1:name=cpu2:/no\n0::/\n");
    put(&t, "/proc/self/mountinfo",
        "33 31 0:31 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"
        "32 31 0:29 /docker/1 /mnt/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct\n"
        "35 31 0:32 /docker/1 /mnt/memory rw,relatime - cgroup cgroup rw,memory\n");
    put(&t, "/mnt/cpu,cpuacct/x/cpu.cfs_period_us", "100000\n");
    put(&t, "/mnt/cpu,cpuacct/cpu.cfs_period_us", "50000\n");
    return t;
}

static void the_lowest_quota_above_a_process_counts(void)
{
    tree t = version2();

    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 0.0);
    put(&t, "/sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 0.0);
    put(&t, "/sys/fs/cgroup/a/cpu.max", "150000 100000\n");
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 1.5);
    put(&t, "/sys/fs/cgroup/cpu.max", "40000 20000\n");
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 1.5);
    put(&t, "/sys/fs/cgroup/a/b/cpu.max", "50000 100000\n");
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 0.5);
    put(&t, "/sys/fs/cgroup/a/b/c/cpu.max", "1000 100000\n"); /* a group below: does not count */
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 0.5);
    fell(&t);
}

static void quotas_of_version_1_are_found_through_the_mount(void)
{
    tree t = version1();

    put(&t, "/mnt/cpu,cpuacct/x/cpu.cfs_quota_us", "-1\n");
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 0.0);
    put(&t, "/mnt/cpu,cpuacct/cpu.cfs_quota_us", "200000\n");
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 4.0);
    put(&t, "/mnt/cpu,cpuacct/x/cpu.cfs_quota_us", "250000\n");
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 2.5);
    fell(&t);
}

/* /docker/10 is not below /docker/1, and /docker/1/gone does not exist: then the group at the mount
 * counts. */
static void a_path_that_is_not_there_means_the_mount(void)
{
    tree t = version1();

    put(&t, "/mnt/cpu,cpuacct/cpu.cfs_quota_us", "200000\n");
    put(&t, "/proc/self/cgroup", "2:cpu,cpuacct:/docker/10\n");
    put(&t, "/mnt/cpu,cpuacct0/cpu.cfs_quota_us", "1000\n");
    put(&t, "/mnt/cpu,cpuacct0/cpu.cfs_period_us", "1000\n");
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 4.0);
    put(&t, "/proc/self/cgroup", "2:cpu,cpuacct:/docker/1/gone\n");
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 4.0);
    put(&t, "/proc/self/cgroup", "2:cpuacct:/docker/1\n");
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 0.0);
    fell(&t);
}

static void customary_mounts_do_without_mountinfo(void)
{
    tree t = planted();

    put(&t, "/proc/self/cgroup", "1:cpu:/g\n0::/\n");
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 0.0);
    put(&t, "/sys/fs/cgroup/cpu/g/cpu.cfs_quota_us", "300000\n");
    put(&t, "/sys/fs/cgroup/cpu/g/cpu.cfs_period_us", "100000\n");
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 3.0);
    put(&t, "/sys/fs/cgroup/cpu.max", "200000 100000\n");
    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 2.0);
    fell(&t);
}

static void stops_by_a_quota_add_up_over_the_groups_above(void)
{
    tree t = version2();
    double periods, seconds;

    CU_ASSERT_FALSE(rxt_cpus_throttled(t.root, &periods, &seconds));
    CU_ASSERT_EQUAL(periods, 0.0);
    put(&t, "/sys/fs/cgroup/cpu.stat", "usage_usec 7\n"); /* the root group has no such counters */
    CU_ASSERT_FALSE(rxt_cpus_throttled(t.root, &periods, &seconds));
    put(&t, "/sys/fs/cgroup/a/b/cpu.stat",
        "usage_usec 9\nnr_periods 9\nnr_throttled 3\n"
        "throttled_usec 250000\n");
    CU_ASSERT_TRUE(rxt_cpus_throttled(t.root, &periods, &seconds));
    CU_ASSERT_EQUAL(periods, 3.0);
    CU_ASSERT_DOUBLE_EQUAL(seconds, 0.25, 1e-12);
    put(&t, "/sys/fs/cgroup/a/cpu.stat", "nr_throttled 1\nthrottled_usec 1000000\n");
    CU_ASSERT_TRUE(rxt_cpus_throttled(t.root, &periods, &seconds));
    CU_ASSERT_EQUAL(periods, 4.0);
    CU_ASSERT_DOUBLE_EQUAL(seconds, 1.25, 1e-12);
    fell(&t);
}

static void stops_of_version_1_are_in_nanoseconds(void)
{
    tree t = version1();
    double periods, seconds;

    put(&t, "/mnt/cpu,cpuacct/x/cpu.stat",
        "nr_periods 20\nnr_throttled 12\nthrottled_time 1500000000\n");
    CU_ASSERT_TRUE(rxt_cpus_throttled(t.root, &periods, &seconds));
    CU_ASSERT_EQUAL(periods, 12.0);
    CU_ASSERT_DOUBLE_EQUAL(seconds, 1.5, 1e-12);
    fell(&t);
}

static void memory_is_what_machine_and_group_leave(void)
{
    tree t = version2();
    double total;

    put(&t, "/proc/meminfo",
        "MemTotal:       1000000 kB\nMemFree:  1 kB\nMemAvailable:    600000 kB\n");
    CU_ASSERT_EQUAL(rxt_cpus_memory(t.root, &total), 600000.0 * 1024);
    CU_ASSERT_EQUAL(total, 1000000.0 * 1024);
    put(&t, "/sys/fs/cgroup/a/b/memory.max", "max\n");
    put(&t, "/sys/fs/cgroup/a/memory.max", "500000\n");
    CU_ASSERT_EQUAL(rxt_cpus_memory(t.root, NULL), 500000.0);
    put(&t, "/sys/fs/cgroup/a/memory.current", "200000\n");
    CU_ASSERT_EQUAL(rxt_cpus_memory(t.root, &total), 300000.0);
    CU_ASSERT_EQUAL(total, 500000.0);
    put(&t, "/sys/fs/cgroup/a/memory.stat", "anon 7\ninactive_file_x 9\ninactive_file 150000\n");
    CU_ASSERT_EQUAL(rxt_cpus_memory(t.root, NULL), 450000.0);
    put(&t, "/sys/fs/cgroup/a/memory.current", "700000\n");
    put(&t, "/sys/fs/cgroup/a/memory.stat", "inactive_file 0\n");
    CU_ASSERT_EQUAL(rxt_cpus_memory(t.root, NULL), 0.0);
    fell(&t);
}

static void memory_of_version_1_leaves_out_the_page_cache(void)
{
    tree t = version1();
    double total;

    put(&t, "/proc/meminfo", "MemTotal: 2000 kB\nMemAvailable: 1500 kB\n");
    put(&t, "/mnt/memory/memory.limit_in_bytes", "9223372036854771712\n");
    put(&t, "/mnt/memory/memory.usage_in_bytes", "1000\n");
    CU_ASSERT_EQUAL(rxt_cpus_memory(t.root, &total), 1500.0 * 1024);
    CU_ASSERT_EQUAL(total, 2000.0 * 1024);
    put(&t, "/mnt/memory/memory.limit_in_bytes", "5000\n");
    put(&t, "/mnt/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 600\n");
    CU_ASSERT_EQUAL(rxt_cpus_memory(t.root, &total), 4600.0);
    CU_ASSERT_EQUAL(total, 5000.0);
    fell(&t);
}

static void where_nothing_is_said_nothing_is_limited(void)
{
    tree t = planted();
    double total;

    CU_ASSERT_EQUAL(rxt_cpus_quota(t.root), 0.0);
    CU_ASSERT_EQUAL(rxt_cpus_memory(t.root, &total), INFINITY);
    CU_ASSERT_EQUAL(total, INFINITY);
    fell(&t);
}

static void this_machine_has_memory_to_give(void)
{
    double total, left = rxt_cpus_memory("", &total);

    CU_ASSERT(left > 1e6 && left <= total && isfinite(total));
    CU_ASSERT(rxt_cpus_quota("") >= 0.0);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "the lowest quota above counts", the_lowest_quota_above_a_process_counts },
        { "version 1 is found through the mount", quotas_of_version_1_are_found_through_the_mount },
        { "a path not there means the mount", a_path_that_is_not_there_means_the_mount },
        { "customary mounts do without mountinfo", customary_mounts_do_without_mountinfo },
        { "stops by a quota add up", stops_by_a_quota_add_up_over_the_groups_above },
        { "version 1 counts stops in nanoseconds", stops_of_version_1_are_in_nanoseconds },
        { "memory is what machine and group leave", memory_is_what_machine_and_group_leave },
        { "version 1 leaves out the page cache", memory_of_version_1_leaves_out_the_page_cache },
        { "nothing said, nothing limited", where_nothing_is_said_nothing_is_limited },
        { "this machine has memory to give", this_machine_has_memory_to_give },
        CU_TEST_INFO_NULL,
    };

    return suite_run("cpus_cgroup", tests);
}
