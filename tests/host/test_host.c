/* test_host.c - information about a host: from synthetic trees of files and environments, and as
 * JSON. */
#include "host/host.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "planted.h"
#include "suite.h"

/* ---- /proc and /sys ---- */

static rxt_host_node seen(const tree *t, const char *signature)
{
    rxt_host_node node = { .ranks = 0 };

    rxt_host_read(t->root, 3, signature, &node);
    return node;
}

static void nothing_there_is_nothing_known(void)
{
    tree t = planted();
    rxt_host_node node = seen(&t, "");

    CU_ASSERT_STRING_EQUAL(node.hypervisor, "");
    CU_ASSERT_STRING_EQUAL(node.governor, "");
    CU_ASSERT_STRING_EQUAL(node.huge_pages, "");
    CU_ASSERT_EQUAL(node.turbo, -1);
    CU_ASSERT_TRUE(isinf(node.memory_allowed));
    fell(&t);
}

static void the_hypervisor_is_named_by_whatever_knows_it(void)
{
    tree t = planted();

    CU_ASSERT_STRING_EQUAL(seen(&t, "KVMKVMKVM").hypervisor, "KVM");
    CU_ASSERT_STRING_EQUAL(seen(&t, "Microsoft Hv").hypervisor, "Hyper-V");
    CU_ASSERT_STRING_EQUAL(seen(&t, "NobodysOwnVM").hypervisor, "NobodysOwnVM");
    put(&t, "/proc/cpuinfo", "processor : 0\nflags\t\t: fpu sse2 lm\n\nprocessor : 1\n");
    CU_ASSERT_STRING_EQUAL(seen(&t, "").hypervisor, "");
    put(&t, "/proc/cpuinfo", "processor : 0\nflags\t\t: fpu hypervisor lm\n\nprocessor : 1\n");
    CU_ASSERT_STRING_EQUAL(seen(&t, "").hypervisor, "unknown");
    put(&t, "/sys/class/dmi/id/product_name", "Standard PC (Q35)\n");
    CU_ASSERT_STRING_EQUAL(seen(&t, "").hypervisor, "Standard PC (Q35)");
    put(&t, "/sys/hypervisor/type", "xen\n");
    CU_ASSERT_STRING_EQUAL(seen(&t, "").hypervisor, "xen");
    fell(&t);
}

static void the_machine_of_a_firmware_without_a_hypervisor_is_none(void)
{
    tree t = planted();

    put(&t, "/sys/class/dmi/id/product_name", "PowerEdge R7525\n");
    put(&t, "/proc/cpuinfo", "flags : fpu\n");
    CU_ASSERT_STRING_EQUAL(seen(&t, "").hypervisor, "");
    fell(&t);
}

static void the_governor_is_that_of_the_first_cpu_used(void)
{
    tree t = planted();

    put(&t, "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
    CU_ASSERT_STRING_EQUAL(seen(&t, "").governor, "");
    put(&t, "/sys/devices/system/cpu/cpu3/cpufreq/scaling_governor", "performance\n");
    CU_ASSERT_STRING_EQUAL(seen(&t, "").governor, "performance");
    fell(&t);
}

static void turbo_is_read_from_either_driver(void)
{
    tree t = planted();

    put(&t, "/sys/devices/system/cpu/cpufreq/boost", "1\n");
    CU_ASSERT_EQUAL(seen(&t, "").turbo, 1);
    put(&t, "/sys/devices/system/cpu/cpufreq/boost", "0\n");
    CU_ASSERT_EQUAL(seen(&t, "").turbo, 0);
    put(&t, "/sys/devices/system/cpu/intel_pstate/no_turbo", "0\n");
    CU_ASSERT_EQUAL(seen(&t, "").turbo, 1);
    put(&t, "/sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");
    CU_ASSERT_EQUAL(seen(&t, "").turbo, 0);
    fell(&t);
}

static void huge_pages_are_the_word_in_brackets(void)
{
    tree t = planted();

    put(&t, "/sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
    CU_ASSERT_STRING_EQUAL(seen(&t, "").huge_pages, "madvise");
    put(&t, "/sys/kernel/mm/transparent_hugepage/enabled", "always madvise never\n");
    CU_ASSERT_STRING_EQUAL(seen(&t, "").huge_pages, "");
    put(&t, "/sys/kernel/mm/transparent_hugepage/enabled", "[always");
    CU_ASSERT_STRING_EQUAL(seen(&t, "").huge_pages, "");
    fell(&t);
}

static void memory_is_what_the_system_has_and_what_is_allowed(void)
{
    tree t = planted();
    rxt_host_node node = { .memory = 7 };

    rxt_host_read(t.root, 0, "", &node);
    CU_ASSERT_EQUAL(node.memory, 7);
    put(&t, "/proc/meminfo", "MemTotal:       24684084 kB\nMemFree:        100 kB\n");
    put(&t, "/proc/self/cgroup", "0::/a\n");
    put(&t, "/sys/fs/cgroup/a/memory.max", "1073741824\n");
    rxt_host_read(t.root, 0, "", &node);
    CU_ASSERT_EQUAL(node.memory, 24684084.0 * 1024);
    CU_ASSERT_EQUAL(node.memory_allowed, 1073741824);
    fell(&t);
}

/* ---- the environment ---- */

static bool batch_is(const char *system, const char *job)
{
    char of[16], id[128];

    rxt_host_batch(of, id);
    return !strcmp(of, system) && !strcmp(id, job);
}

static void the_batch_system_is_told_by_its_job(void)
{
    static const char *const all[] = { "SLURM_JOB_ID", "PBS_JOBID",  "LSB_JOBID", "FLUX_JOB_ID",
                                       "COBALT_JOBID", "OAR_JOB_ID", "SGE_ROOT",  "JOB_ID" };

    for (size_t v = 0; v < sizeof all / sizeof all[0]; v++)
        unsetenv(all[v]);
    CU_ASSERT_TRUE(batch_is("", ""));
    setenv("JOB_ID", "77", 1); /* any program may set this variable */
    CU_ASSERT_TRUE(batch_is("", ""));
    setenv("SGE_ROOT", "/opt/sge", 1);
    CU_ASSERT_TRUE(batch_is("sge", "77"));
    setenv("PBS_JOBID", "12.server", 1);
    CU_ASSERT_TRUE(batch_is("pbs", "12.server"));
    setenv("SLURM_JOB_ID", "4711", 1);
    CU_ASSERT_TRUE(batch_is("slurm", "4711"));
}

static void what_steers_openmp_mpi_and_blas_is_kept(void)
{
    static const char *const kept[] = {
        "OMP_NUM_THREADS=4",       "GOMP_SPINCOUNT=0", "KMP_BLOCKTIME=0",
        "OMPI_MCA_btl=^openib",    "MPICH_ASYNC=1",    "MPIR_CVAR_POLLS_BEFORE_YIELD=1",
        "I_MPI_PIN=off",           "MKL_NUM_THREADS=", "OPENBLAS_CORETYPE=Zen",
        "OMPI_MCA_pmix_verbose=1",
    };
    static const char *const dropped[] = {
        "PATH=/bin",
        "OMP=1",
        "HOME_OMP_=1",
        "RXT_MASK_AT_START=0-1",
        "OMPI_COMM_WORLD_SIZE=2",
        "OMPI_MCA_ess_singleton_isolated=1",
        "OMPI_MCA_orte_hnp_uri=1774059520.0;tcp://10.0.0.1:46931",
        "OMPI_MCA_pmix=^s1,s2,cray,isolated",
    };

    for (size_t v = 0; v < sizeof kept / sizeof kept[0]; v++)
        CU_ASSERT_TRUE(rxt_host_variable(kept[v]));
    for (size_t v = 0; v < sizeof dropped / sizeof dropped[0]; v++)
        CU_ASSERT_FALSE(rxt_host_variable(dropped[v]));
}

/* ---- JSON ---- */

static rxt_host_node node_of(const char *name, const char *cpu)
{
    rxt_host_node node;

    memset(&node, 0, sizeof node);
    snprintf(node.name, sizeof node.name, "%s", name);
    snprintf(node.cpu, sizeof node.cpu, "%s", cpu);
    node.ranks = 2;
    node.cores = node.threads = 4;
    node.turbo = -1;
    return node;
}

static json_t *json_of(rxt_host_node node[], int nodes)
{
    char *const environment[] = { "HOME=/root", "OMP_PLACES=cores", "KMP_BLOCKTIME=\xff", NULL };
    rxt_host host = { .nodes = nodes, .ranks = 2 * nodes, .node = node, .mpi = "Open MPI v4.1.4" };
    json_t *json = rxt_host_json(&host, environment);

    CU_ASSERT_PTR_NOT_NULL_FATAL(json);
    return json;
}

static const char *name_at(const json_t *json, size_t group, size_t name)
{
    const char *text = json_string_value(json_array_get(
        json_object_get(json_array_get(json_object_get(json, "nodes"), group), "names"), name));

    return text ? text : "";
}

static void nodes_that_are_alike_are_told_once(void)
{
    rxt_host_node node[] = { node_of("n1", "Zen"), node_of("n2", "Rome"), node_of("n3", "Zen") };
    json_t *json = json_of(node, 3);

    CU_ASSERT_EQUAL(json_array_size(json_object_get(json, "nodes")), 2);
    CU_ASSERT_STRING_EQUAL(name_at(json, 0, 0), "n1");
    CU_ASSERT_STRING_EQUAL(name_at(json, 0, 1), "n3");
    CU_ASSERT_STRING_EQUAL(name_at(json, 1, 0), "n2");
    json_decref(json);
    node[2].cores = 3;
    json = json_of(node, 3);
    CU_ASSERT_EQUAL(json_array_size(json_object_get(json, "nodes")), 3);
    json_decref(json);
}

static void what_is_not_known_is_null(void)
{
    static const char *const unknown[] = { "quota",  "memory", "hypervisor",     "governor",
                                           "turbo",  "level",  "memory_allowed", "huge_pages",
                                           "kernel", "sockets" };
    rxt_host_node node[] = { node_of("n1", "Zen") };
    json_t *json, *first;

    node[0].memory_allowed = INFINITY;
    json = json_of(node, 1);
    first = json_array_get(json_object_get(json, "nodes"), 0);
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        CU_ASSERT_TRUE(json_is_null(json_object_get(first, unknown[i])));
    CU_ASSERT_TRUE(json_is_null(json_object_get(json, "batch")));
    CU_ASSERT_TRUE(json_is_null(json_object_get(json, "launcher")));
    CU_ASSERT_EQUAL(json_integer_value(json_object_get(first, "cores")), 4);
    json_decref(json);
}

static void variables_are_names_and_values(void)
{
    rxt_host_node node[] = { node_of("n1", "Zen") };
    json_t *json = json_of(node, 1), *variables = json_object_get(json, "environment");

    CU_ASSERT_EQUAL(json_object_size(variables), 2);
    CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(variables, "OMP_PLACES")), "cores");
    CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(variables, "KMP_BLOCKTIME")),
                           "\xef\xbf\xbd");
    json_decref(json);
}

static json_t *identity(const rxt_host *host)
{
    json_t *json = rxt_host_identity_json(host);

    CU_ASSERT_PTR_NOT_NULL_FATAL(json);
    return json;
}

/* A host keeps its identity in another job, but not with another CPU or another library. */
static void identity_is_what_a_study_depends_on(void)
{
    rxt_host_node node[] = { node_of("n1", "Zen"), node_of("n1", "Zen") };
    rxt_host a = { .nodes = 1, .ranks = 2, .node = &node[0], .mpi = "A" }, b = a;
    json_t *one = identity(&a), *other;

    b.node = &node[1];
    node[1].memory_allowed = 1e9;
    snprintf(node[1].governor, sizeof node[1].governor, "powersave");
    snprintf(b.job, sizeof b.job, "12");
    other = identity(&b);
    CU_ASSERT_TRUE(json_equal(one, other));
    json_decref(other);
    snprintf(b.mpi, sizeof b.mpi, "B");
    other = identity(&b);
    CU_ASSERT_FALSE(json_equal(one, other));
    json_decref(other);
    b = a;
    b.node = &node[1];
    snprintf(node[1].cpu, sizeof node[1].cpu, "Rome");
    other = identity(&b);
    CU_ASSERT_FALSE(json_equal(one, other));
    json_decref(other);
    json_decref(one);
}

/* ---- this machine ---- */

static void this_machine_has_facts(void)
{
    rxt_host_node node = { .ranks = 0 };
    char signature[13];

    rxt_host_signature(signature);
    rxt_host_read("", 0, signature, &node);
    CU_ASSERT_TRUE(node.memory_allowed > 0);
    CU_ASSERT_TRUE(!signature[0] || node.hypervisor[0]);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "nothing there", nothing_there_is_nothing_known },
        { "the hypervisor", the_hypervisor_is_named_by_whatever_knows_it },
        { "no hypervisor", the_machine_of_a_firmware_without_a_hypervisor_is_none },
        { "the governor", the_governor_is_that_of_the_first_cpu_used },
        { "turbo", turbo_is_read_from_either_driver },
        { "huge pages", huge_pages_are_the_word_in_brackets },
        { "memory", memory_is_what_the_system_has_and_what_is_allowed },
        { "batch systems", the_batch_system_is_told_by_its_job },
        { "variables", what_steers_openmp_mpi_and_blas_is_kept },
        { "alike nodes", nodes_that_are_alike_are_told_once },
        { "unknown is null", what_is_not_known_is_null },
        { "names and values", variables_are_names_and_values },
        { "identity", identity_is_what_a_study_depends_on },
        { "this machine", this_machine_has_facts },
        CU_TEST_INFO_NULL,
    };

    return suite_run("host", tests);
}
