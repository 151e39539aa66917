/* test_command_line.c - the command line as a whole: which options exist, what is missing, and
 * which value counts if an option is given twice. */
#include "settings_lines.h"

#include "comm/comm.h"

#include "suite.h"

static void tasks_are_set(void)
{
    CU_ASSERT_EQUAL(good("--help").action, RXT_ACTION_HELP);
    CU_ASSERT_EQUAL(good("-?").action, RXT_ACTION_HELP);
    CU_ASSERT_EQUAL(good("--usage").action, RXT_ACTION_USAGE);
    CU_ASSERT_EQUAL(good("--version").action, RXT_ACTION_VERSION);
    CU_ASSERT_EQUAL(good("-V").action, RXT_ACTION_VERSION);
    CU_ASSERT_EQUAL(good("--list").action, RXT_ACTION_LIST);
    CU_ASSERT_EQUAL(good("--dry-run").action, RXT_ACTION_DRY_RUN);
}

static void help_ends_the_command_line(void)
{
    CU_ASSERT_EQUAL(good("--help --nonsense").action, RXT_ACTION_HELP);
    CU_ASSERT_EQUAL(good("-V --size=x file").action, RXT_ACTION_VERSION);
    CU_ASSERT_EQUAL(good("--usage --list").action, RXT_ACTION_USAGE);
    bad("--nonsense --help", "unknown option --nonsense", "--help");
}

static void another_machine_is_for_dry_runs_alone(void)
{
    rxt_settings s = good("--ranks-started=128 --topology=pack:2 --dry-run");

    CU_ASSERT_EQUAL(s.ranks_started, 128);
    CU_ASSERT_PTR_NOT_NULL(s.topology);
    bad("--topology=pack:2", "--topology=pack:2: ", "with --dry-run");
    bad("--ranks-started=4", "--ranks-started=4: only with --dry-run",
        rxt_comm_many() ? "mpirun -np 4" : "no MPI");
    bad("--dry-run --ranks-started=0", "--ranks-started=0: write a whole number", "1 to");
    bad("--dry-run --topology=", "--topology=: write a hwloc XML file", "pack:2");
}

static void a_binding_left_as_found_takes_no_cpus(void)
{
    CU_ASSERT_EQUAL(good("--bind=none").binds, 1);
    bad("--bind=none --cpus=0", "--cpus: does not go with --bind=none", "use only one of the two");
    bad("--cores=1 --bind=close,none", "--cores: does not go with --bind=none",
        "use only one of the two");
}

static void unknown_options_are_named(void)
{
    bad("--foo", "unknown option --foo; ", "--help lists");
    bad("--foo=3", "unknown option --foo; ", "--help lists");
    bad("--kernal=dot", "unknown option --kernal; ", "did you mean --kernel?");
    bad("--sheet=a.html", "unknown option --sheet; ", "--help lists");
    bad("-x", "unknown option -x; ", "--help lists");
    bad("-qx", "unknown option -x; ", "--help lists");
    bad("-qxv", "unknown option -x; ", "--help lists");
    bad("-q -Z 2", "unknown option -Z; ", "--help lists");
    bad("--seed=3 -k dot --bar -q", "unknown option --bar; ", "--help lists");
    bad("--r=2", "option --r is ambiguous", "--help lists");
    bad("--quiet=1", "--quiet takes no value", "--quiet alone");
}

static void resume_goes_on_in_a_file(void)
{
    CU_ASSERT_EQUAL(good("-o a.json").resume, RXT_RESUME_NO);
    CU_ASSERT_EQUAL(good("-o a.json --resume").resume, RXT_RESUME_YES);
    CU_ASSERT_EQUAL(good("--resume=force -o a.csv").resume, RXT_RESUME_FORCE);
    bad("--resume", "--resume: ", "with -o");
    bad("-o a.json --resume=now", "--resume=now: ", "--resume=force");
}

static void options_by_a_unique_beginning_are_known(void)
{
    CU_ASSERT_EQUAL(good("--rou=5").rounds_min, 5);
    CU_ASSERT_EQUAL(good("--ranks=2").splits.rank_count, 1); /* --ranks, not --ranks-started */
}

static void missing_values_are_named(void)
{
    bad("--size", "--size: a value is missing", "--size=LIST");
    bad("-n", "--size: a value is missing", "--size=LIST");
    bad("-qn", "--size: a value is missing", "--size=LIST");
    bad("--seed=1 --rounds", "--rounds: a value is missing", "--rounds=MIN[:MAX]");
}

static void arguments_that_are_no_options_are_refused(void)
{
    char *argv[] = { (char[]){ "dotbench" }, (char[]){ "" }, NULL };
    rxt_settings s;
    rxt_status st = rxt_settings_of(&preset, 2, argv, &s);

    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    rxt_status_free(st);
    bad("10M", "10M: not an option", "--help");
    bad("-q 10M", "10M: not an option", "--help");
    bad("-- --quiet", "--quiet: not an option", "--help");
    bad("-", "-: not an option", "--help");
    good("--");
}

static void lists_add_up(void)
{
    rxt_settings s = good("-k dot -n 5 -p cross,2x2 -k sum -n 7,5 -p 4x1,2x2");

    CU_ASSERT_EQUAL(s.kernels, 2);
    CU_ASSERT_PTR_EQUAL(s.kernel[1], &sum);
    CU_ASSERT_EQUAL(s.sizes, 2);
    CU_ASSERT_EQUAL(s.size[0].n, 5);
    CU_ASSERT_EQUAL(s.size[1].n, 7);
    CU_ASSERT_TRUE(s.splits.cross);
    CU_ASSERT_EQUAL(s.splits.pairs, 2);
    CU_ASSERT_EQUAL(s.splits.pair[1].ranks, 4);
}

static void of_two_the_last_wins(void)
{
    rxt_settings s = good("-t 1,2 --bind=close --rounds=9:9 -t 4 --bind=spread --rounds=20");

    CU_ASSERT_EQUAL(s.splits.thread_count, 1);
    CU_ASSERT_EQUAL(s.binds, 1);
    CU_ASSERT_EQUAL(s.bind[0], RXT_BIND_SPREAD);
    CU_ASSERT_EQUAL(s.rounds_max, 1000);
}

static void help_names_every_option(void)
{
    char *text = NULL, name[64];
    size_t size = 0;
    const rxt_option *option[RXT_OPTIONS];
    int count = rxt_settings_options(RXT_LESSON_NONE, option);
    FILE *file = open_memstream(&text, &size);

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_TRUE(count <= RXT_OPTIONS);
    rxt_settings_help(file, &preset, false);
    fclose(file);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "dotbench [OPTION...]"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, preset.purpose));
    for (int o = 0; o < count; o++) {
        const char *value = option[o]->value ? option[o]->value : "";

        if (option[o]->optional)
            snprintf(name, sizeof name, "--%s[=%s]", option[o]->name, value);
        else
            snprintf(name, sizeof name, "--%s%s%s", option[o]->name, *value ? "=" : "", value);
        CU_ASSERT_PTR_NOT_NULL(strstr(text, name));
    }
    free(text);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "tasks", tasks_are_set },
        { "help ends the command line", help_ends_the_command_line },
        { "another machine only planned for", another_machine_is_for_dry_runs_alone },
        { "bind none takes no CPUs", a_binding_left_as_found_takes_no_cpus },
        { "unknown options", unknown_options_are_named },
        { "unique beginnings", options_by_a_unique_beginning_are_known },
        { "resume goes on in a file", resume_goes_on_in_a_file },
        { "missing values", missing_values_are_named },
        { "no positional arguments", arguments_that_are_no_options_are_refused },
        { "kernels, sizes and splits of two options add up", lists_add_up },
        { "the last of two wins", of_two_the_last_wins },
        { "help names every option", help_names_every_option },
        CU_TEST_INFO_NULL,
    };

    return suite_run("command line", tests);
}
