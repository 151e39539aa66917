/* test_cpus.c - sets of CPUs, the launcher's mask, and the program executing itself again. */
#include "machine/cpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suite.h"

#include "machine/launcher.h"

enum { GOOD = 42 }; /* exit code of a child that found no error */

static rxt_cpus set_of(const char *list)
{
    rxt_cpus set = { { 0 } };

    CU_ASSERT_FATAL(rxt_cpus_parse(list, &set));
    return set;
}

/* ---- sets and lists ---- */

static void lists_are_read_as_taskset_reads_them(void)
{
    static const struct {
        const char *list, *printed;
        int count;
    } good[] = {
        { "0", "0", 1 },
        { "0,2-5", "0,2-5", 5 },
        { "8-14:2", "8,10,12,14", 4 },
        { "8-15:2", "8,10,12,14", 4 },
        { "3,1,2", "1-3", 3 },
        { "5-5", "5", 1 },
        { "0-1", "0,1", 2 },
        { "4095", "4095", 1 },
        { "1,1,1", "1", 1 },
        { "0-4095", "0-4095", 4096 },
        { "0-2,7,8,10-12", "0-2,7,8,10-12", 8 },
        { "007", "7", 1 },
    };
    char text[64];

    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        rxt_cpus set = set_of(good[i].list);

        CU_ASSERT_EQUAL(rxt_cpus_count(&set), good[i].count);
        CU_ASSERT_STRING_EQUAL(rxt_cpus_print(&set, text, sizeof text), good[i].printed);
    }
}

static void what_is_no_list_is_refused_and_changes_nothing(void)
{
    static const char *const bad[] = { "",    ",",     "1,",    ",1",     "a",           "1-",
                                       "-1",  "3-1",   "1-3:0", "1-3:",   "1:2",         "1 2",
                                       " 1",  "1 ",    "4096",  "0-4096", "99999999999", "1,,2",
                                       "0x3", "1-2-3", "1;2",   "1-3:2:1" };
    rxt_cpus set = set_of("3,5"), before = set;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CU_ASSERT_FALSE(rxt_cpus_parse(bad[i], &set));
        CU_ASSERT(rxt_cpus_equal(&set, &before));
    }
}

static void members_are_those_that_were_added(void)
{
    rxt_cpus set = { { 0 } }, other = set_of("7-9"), both;
    char text[8];

    CU_ASSERT_EQUAL(rxt_cpus_count(&set), 0);
    CU_ASSERT_STRING_EQUAL(rxt_cpus_print(&set, text, sizeof text), "");
    rxt_cpus_add(&set, 8);
    rxt_cpus_add(&set, 4095);
    rxt_cpus_add(&set, 4096);
    rxt_cpus_add(&set, -1);
    CU_ASSERT(rxt_cpus_has(&set, 8) && rxt_cpus_has(&set, 4095) && !rxt_cpus_has(&set, 7));
    CU_ASSERT(!rxt_cpus_has(&set, 4096) && !rxt_cpus_has(&set, -1));
    CU_ASSERT_EQUAL(rxt_cpus_count(&set), 2);
    both = rxt_cpus_and(&set, &other);
    CU_ASSERT_STRING_EQUAL(rxt_cpus_print(&both, text, sizeof text), "8");
    CU_ASSERT(!rxt_cpus_equal(&both, &set) && rxt_cpus_equal(&set, &set));
}

static void printing_stops_where_there_is_no_room(void)
{
    rxt_cpus set = set_of("10,12,14-19");
    char text[9];

    CU_ASSERT_STRING_EQUAL(rxt_cpus_print(&set, text, 9), "10,12,14");
    CU_ASSERT_STRING_EQUAL(rxt_cpus_print(&set, text, 5), "10,1");
    CU_ASSERT_STRING_EQUAL(rxt_cpus_print(&set, text, 1), "");
}

/* The lowest CPU of a set, alone. */
static rxt_cpus first_of(const rxt_cpus *set)
{
    rxt_cpus first = { { 0 } };

    for (int cpu = 0; cpu < RXT_CPUS && !rxt_cpus_count(&first); cpu++)
        if (rxt_cpus_has(set, cpu))
            rxt_cpus_add(&first, cpu);
    return first;
}

static void a_mask_bound_is_the_mask_read_back(void)
{
    rxt_cpus all = rxt_cpus_mine(), one = first_of(&all), none = { { 0 } }, seen;

    CU_ASSERT(rxt_cpus_count(&all) >= 1);
    CU_ASSERT_TRUE(rxt_cpus_bind(&one));
    seen = rxt_cpus_mine();
    CU_ASSERT(rxt_cpus_equal(&seen, &one));
    CU_ASSERT_FALSE(rxt_cpus_bind(&none));
    seen = rxt_cpus_mine();
    CU_ASSERT(rxt_cpus_equal(&seen, &one));
    CU_ASSERT_TRUE(rxt_cpus_bind(&all));
}

/* ---- the launcher's mask ---- */

static int told_by(pid_t child)
{
    int status = 0;

    CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Starts a process named `name` with the whole mask, below it a shell, and below that a rank of
 * `launcher` that is bound to one CPU. Is the rank offered the mask that is expected: the
 * launcher's (`wide`), or its own? */
static bool is_offered(const char *name, const char *launcher, bool wide)
{
    rxt_cpus all = rxt_cpus_mine(), one = first_of(&all);
    rxt_launcher how = { .name = launcher, .rank = 0, .ranks = 2 };
    pid_t child = fork();

    if (child == 0) {
        prctl(PR_SET_NAME, name);
        child = fork();
        if (child == 0) {
            prctl(PR_SET_NAME, "sh");
            rxt_cpus_bind(&one);
            child = fork();
        }
        if (child == 0) {
            rxt_cpus offered = rxt_cpus_offered(&how, &one);

            prctl(PR_SET_NAME, "rank");
            _exit(rxt_cpus_equal(&offered, wide ? &all : &one) ? GOOD : 1);
        }
        _exit(told_by(child));
    }
    return told_by(child) == GOOD;
}

/* With only one CPU both masks are the same, and the test shows nothing. */
static void ranks_of_mpirun_are_offered_its_mask(void)
{
    CU_ASSERT(is_offered("mpirun", "mpirun", true));
    CU_ASSERT(is_offered("orted", "mpirun", true));
    CU_ASSERT(is_offered("prterun", "mpirun", true));
    CU_ASSERT(is_offered("mpiexec.hydra", "mpiexec", true));
    CU_ASSERT(is_offered("hydra_pmi_proxy", "mpiexec", true));
    CU_ASSERT(is_offered("hydra_bstrap_proxy", "mpiexec", true)); /* /proc cuts the name */
}

static void others_are_offered_their_own_mask(void)
{
    CU_ASSERT(is_offered("mpirun", "", false));
    CU_ASSERT(is_offered("mpirun", "srun", false));
    CU_ASSERT(is_offered("bash", "mpirun", false));
    CU_ASSERT(is_offered("mpirunner", "mpirun", false));
}

/* ---- executing the program again ---- */

/* Called by main in a child that was bound to one CPU: checks the first or the second start;
 * returns the exit code. */
static int reloaded(char **argv)
{
    bool second = getenv("RXT_MASK_AT_START") != NULL;
    rxt_cpus before = rxt_cpus_mine(), mask = rxt_cpus_reload(argv), after = rxt_cpus_mine();
    char wanted[32] = "", text[32] = "";

    snprintf(wanted, sizeof wanted, "%s", getenv("RXT_TEST_MASK"));
    if (strcmp(rxt_cpus_print(&mask, text, sizeof text), wanted) != 0 ||
        !rxt_cpus_equal(&mask, &after))
        return 2;
    if (getenv("RXT_MASK_AT_START"))
        return 3;
    return second && !rxt_cpus_equal(&before, &mask) ? GOOD : GOOD + 1;
}

/* GOOD: the program executed itself again and had the wide mask; GOOD + 1: it did not. */
static int reload_under(const char *rank, const char *option, const char *value)
{
    rxt_cpus all = rxt_cpus_mine(), one = first_of(&all);
    pid_t child = fork();

    if (child == 0) {
        char *argv[] = { "test_cpus", "reload", (char *)option, (char *)value, NULL };
        char text[32];

        setenv("RXT_TEST_MASK", rxt_cpus_print(&one, text, sizeof text), 1);
        unsetenv("SLURM_PROCID");
        unsetenv("PMI_RANK");
        unsetenv("PALS_RANKID");
        setenv("OMPI_COMM_WORLD_SIZE", "2", 1);
        setenv("OMPI_COMM_WORLD_RANK", rank, 1);
        rxt_cpus_bind(&one);
        execv("/proc/self/exe", argv);
        _exit(1);
    }
    return told_by(child);
}

static void a_bound_rank_loads_itself_anew_and_is_bound_again(void)
{
    rxt_cpus all = rxt_cpus_mine();

    if (rxt_cpus_count(&all) > 1) { /* else no mask is wider */
        CU_ASSERT_EQUAL(reload_under("1", NULL, NULL), GOOD);
        CU_ASSERT_EQUAL(reload_under("1", "--bind=close", NULL), GOOD);
        CU_ASSERT_EQUAL(reload_under("1", "--bind=none,hybrid", NULL), GOOD);
    }
}

static void without_launcher_or_with_bind_none_nothing_is_loaded_anew(void)
{
    CU_ASSERT_EQUAL(reload_under("", NULL, NULL), GOOD + 1);
    CU_ASSERT_EQUAL(reload_under("1", "--bind=none", NULL), GOOD + 1);
    CU_ASSERT_EQUAL(reload_under("1", "--bind", "none"), GOOD + 1);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        { "lists are read as taskset reads them", lists_are_read_as_taskset_reads_them },
        { "what is no list is refused", what_is_no_list_is_refused_and_changes_nothing },
        { "members are those that were added", members_are_those_that_were_added },
        { "printing stops where there is no room", printing_stops_where_there_is_no_room },
        { "a mask bound is the mask read back", a_mask_bound_is_the_mask_read_back },
        { "ranks of mpirun are offered its mask", ranks_of_mpirun_are_offered_its_mask },
        { "others are offered their own mask", others_are_offered_their_own_mask },
        { "a bound rank loads itself anew", a_bound_rank_loads_itself_anew_and_is_bound_again },
        { "nothing is loaded anew without need",
          without_launcher_or_with_bind_none_nothing_is_loaded_anew },
        CU_TEST_INFO_NULL,
    };

    if (argc > 1 && strcmp(argv[1], "reload") == 0)
        return reloaded(argv);

    return suite_run("cpus", tests);
}
