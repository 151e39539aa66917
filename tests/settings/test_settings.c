/* test_settings.c - the values of options. */
#include "settings_lines.h"

#include <float.h>

#include "comm/comm.h"

#include "suite.h"

static void without_options_the_defaults_hold(void)
{
    rxt_settings s = good("");

    CU_ASSERT_EQUAL(s.action, RXT_ACTION_MEASURE);
    CU_ASSERT_EQUAL(s.kernels, 1);
    CU_ASSERT_PTR_EQUAL(s.kernel[0], &dot);
    CU_ASSERT_EQUAL(s.sizes, 3);
    CU_ASSERT_EQUAL(s.size[0].n, 1000);
    CU_ASSERT_EQUAL(s.size[1].n, 100000);
    CU_ASSERT_EQUAL(s.size[2].n, 10000000);
    CU_ASSERT_FALSE(s.splits.cross || s.splits.diagonal || s.splits.grid);
    CU_ASSERT_EQUAL(s.splits.pairs + s.splits.rank_count + s.splits.thread_count, 0);
    CU_ASSERT_EQUAL(s.binds, 1);
    CU_ASSERT_EQUAL(s.bind[0], RXT_BIND_HYBRID);
    CU_ASSERT_FALSE(s.has_cpus || s.smt || s.splits.oversubscribe);
    CU_ASSERT_DOUBLE_EQUAL(s.precision, 0.01, DBL_EPSILON);
    CU_ASSERT_EQUAL(s.rounds_min, 10);
    CU_ASSERT_EQUAL(s.rounds_max, 1000);
    CU_ASSERT_EQUAL(s.budget, 30);
    CU_ASSERT_FALSE(s.budget_given);
    CU_ASSERT_EQUAL(s.seed, 1);
    CU_ASSERT_FALSE(rxt_settings_own(&s));
    CU_ASSERT_PTR_NULL(s.output);
    CU_ASSERT_EQUAL(s.format, RXT_FORMAT_TEXT);
    CU_ASSERT_EQUAL(s.progress, RXT_PROGRESS_AUTO);
    CU_ASSERT_FALSE(s.show_binding || s.quiet || s.verbose);
    CU_ASSERT_EQUAL(s.cores + s.ranks_started, 0);
}

static void kernels_are_found_by_name(void)
{
    rxt_settings s = good("-k sum,dot_blas");

    CU_ASSERT_EQUAL(s.kernels, 2);
    CU_ASSERT_PTR_EQUAL(s.kernel[0], &sum);
    CU_ASSERT_PTR_EQUAL(s.kernel[1], &dot_blas);
    CU_ASSERT_EQUAL(good("--kernel=all").kernels, 3);
    CU_ASSERT_EQUAL(good("--kernel=dot,all,dot").kernels, 3);
    CU_ASSERT_EQUAL(good("-k dot,dot").kernels, 1);
    bad("-k dott", "--kernel=dott: no such kernel", "did you mean dot?");
    bad("-k dot,dot_bals", "--kernel=dot_bals: no such kernel", "did you mean dot_blas?");
    bad("-k gemm", "--kernel=gemm: no such kernel", "--list shows them");
    bad("-k dot,packed", "--kernel=packed: is not in this build", "made without a library");
    bad("-k DOT", "--kernel=DOT: no such kernel", "--list");
    bad("--kernel=", "--kernel=: a name is missing", "--list");
    bad("--kernel=dot,", "--kernel=dot,: a name is missing", "--list");
}

static void sizes_are_numbers_ranges_and_levels(void)
{
    rxt_settings s = good("-n 0,1e15,L1,L2,L3,dram,DRAM,1:4:x2,1");

    CU_ASSERT_EQUAL(s.sizes, 9);
    CU_ASSERT_EQUAL(s.size[0].n, 0);
    CU_ASSERT_STRING_EQUAL(s.size[0].level, "");
    CU_ASSERT_EQUAL(s.size[1].n, 1000000000000000);
    CU_ASSERT_EQUAL(s.size[2].n, -1);
    CU_ASSERT_STRING_EQUAL(s.size[2].level, "L1");
    CU_ASSERT_STRING_EQUAL(s.size[4].level, "L3");
    CU_ASSERT_STRING_EQUAL(s.size[5].level, "dram");
    CU_ASSERT_EQUAL(s.size[6].n, 1);
    CU_ASSERT_EQUAL(s.size[8].n, 4);
    CU_ASSERT_EQUAL(good("--size=1:64:+1").sizes, RXT_SIZES);
    bad("-n -5", "--size=-5: a size is a number of elements, 0 or more", "L1, L2, L3, dram");
    bad("--size=", "--size=: a size is a number", "dram");
    bad("--size=1k,x", "--size=x: a size is a number", "dram");
    bad("--size=1e30", "--size=1e30: a size is a number", "9.2e18");
    bad("--size=L4", "--size=L4: a size is a number", "L3");
    bad("--size=1,000", "--size=1,000: a comma separates two sizes", "1000 or 1k");
    bad("-n 1k,1,024", "--size=1k,1,024: a comma", "1k");
    CU_ASSERT_EQUAL(good("-n 1,0,100").sizes, 3);
    bad("--size=8:1:x2", "--size=8:1:x2: STOP is below START", "smaller number first");
    bad("--size=1:65:+1", "--size=1:65:+1: more than 64", "fewer");
    bad("--size=1:64:+1,99", "--size: more than 64", "fewer");
}

/* A value that is cut short could be read as another number; here it is 250 zeros and a 1. */
static void a_size_too_long_to_read_is_not_cut_to_another(void)
{
    char line[320] = "--size=";

    memset(line + 7, '0', 250);
    strcpy(line + 257, "1");
    bad(line, "--size=000", "a size is a number");
}

static void splits_are_families_and_pairs(void)
{
    rxt_splits_request w = good("-p cross,2x4,grid,2×4,1x1").splits;

    CU_ASSERT_TRUE(w.cross && w.grid);
    CU_ASSERT_FALSE(w.diagonal);
    CU_ASSERT_EQUAL(w.pairs, 2);
    CU_ASSERT_EQUAL(w.pair[0].ranks, 2);
    CU_ASSERT_EQUAL(w.pair[0].threads, 4);
    CU_ASSERT_TRUE(good("--splits=diagonal").splits.diagonal);
    w = good("-p 4x2,4x2@2,4×2@2,4x2@1").splits;
    CU_ASSERT_EQUAL_FATAL(w.pairs, 3);
    CU_ASSERT(rxt_split_equal(w.pair[0], (rxt_split){ 0, 4, 2 }));
    CU_ASSERT(rxt_split_equal(w.pair[1], (rxt_split){ 2, 4, 2 }));
    CU_ASSERT(rxt_split_equal(w.pair[2], (rxt_split){ 1, 4, 2 }));
    bad("--splits=", "--splits=: write cross, diagonal, grid, or pairs", "2x4");
    bad("--splits=square", "--splits=square: write cross", "2x4");
    bad("--splits=2x", "--splits=2x: write cross", "2x4");
    bad("--splits=x4", "--splits=x4: write cross", "2x4");
    bad("--splits=0x1", "--splits=0x1: write cross", "2x4");
    bad("--splits=1x0", "--splits=1x0: write cross", "2x4");
    bad("--splits=2x4@", "--splits=2x4@: write cross", "2x4@2");
    bad("--splits=2x4@0", "--splits=2x4@0: write cross", "2x4@2");
    bad("--splits=2x4@1@2", "--splits=2x4@1@2: write cross", "2x4@2");
    bad("--splits=2@4x2", "--splits=2@4x2: write cross", "2x4@2");
    bad("--splits=@2", "--splits=@2: write cross", "2x4@2");
    bad("--splits=2x4x2", "--splits=2x4x2: write cross", "2x4");
    bad("--splits=1x99999999999", "--splits=1x99999999999: write cross", "at most");
}

static void nodes_are_lists_from_one(void)
{
    rxt_splits_request w = good("-N 1,2,4 --ranks-per-node=1:8:x2 -t 2").splits;

    CU_ASSERT(w.node_count == 3 && w.nodes[2] == 4);
    CU_ASSERT(w.per_node_count == 4 && w.per_node[3] == 8 && w.rank_count == 0);
    CU_ASSERT_EQUAL(good("--nodes=3 --nodes=2,1").splits.node_count, 2);
    bad("-N 0", "--nodes=0: 0 is out of range", "1 to ");
    bad("-N all", "--nodes=all: not a whole number", "8");
    bad("--nodes=", "--nodes=: a number is missing", "8");
    bad("--ranks-per-node=0", "--ranks-per-node=0: 0 is out of range", "1 to ");
    bad("-r 2 --ranks-per-node=2", "--ranks-per-node: does not go with --ranks",
        "use only one of the two");
}

static void the_baseline_is_one_pair(void)
{
    CU_ASSERT_EQUAL(good("").splits.baseline.ranks, 0);
    CU_ASSERT(rxt_split_equal(good("--baseline=2x4").splits.baseline, (rxt_split){ 0, 2, 4 }));
    CU_ASSERT(rxt_split_equal(good("--baseline=1x1 --baseline=8×4@2").splits.baseline,
                              (rxt_split){ 2, 8, 4 }));
    bad("--baseline=", "--baseline=: write ranks and threads", "4x4@2");
    bad("--baseline=2", "--baseline=2: write ranks and threads", "4x4@2");
    bad("--baseline=2x0", "--baseline=2x0: write ranks and threads", "4x4@2");
    bad("--baseline=2x1,1x2", "--baseline=2x1,1x2: write ranks and threads", "4x4@2");
    bad("--baseline=2x1@", "--baseline=2x1@: write ranks and threads", "4x4@2");
    bad("--baseline=grid", "--baseline=grid: write ranks and threads", "4x4@2");
}

static void ranks_and_threads_are_lists_from_one(void)
{
    rxt_splits_request w = good("-r 1,4 -t 1:8:x2 --oversubscribe").splits;

    CU_ASSERT_EQUAL(w.rank_count, 2);
    CU_ASSERT_EQUAL(w.ranks[1], 4);
    CU_ASSERT_EQUAL(w.thread_count, 4);
    CU_ASSERT_EQUAL(w.threads[3], 8);
    CU_ASSERT_TRUE(w.oversubscribe);
    bad("--threads=1:0:x2", "--threads=1:0:x2: STOP is below START", "smaller number first");
    bad("--threads=0", "--threads=0: 0 is out of range", "1 to ");
    bad("-r -1", "--ranks=-1: not a whole number", "8");
    bad("-r 2,two", "--ranks=two: not a whole number", "8");
    bad("--ranks=", "--ranks=: a number is missing", "8");
    bad("--ranks=1e9", "--ranks=1e9: 1000000000 is out of range", "1 to ");
}

static void what_is_there_once_is_a_word_of_its_option(void)
{
    good("--scaling=strong --type=f64");
    CU_ASSERT_FALSE(good("").weak || good("--scaling=weak --scaling=strong").weak);
    CU_ASSERT_TRUE(good("--scaling=weak").weak);
    bad("--scaling=week", "--scaling=week: no such scaling", "weak");
    bad("--scaling=", "--scaling=: no such scaling", "strong");
    bad("--type=f16", "--type=f16: no such type", "f64, f32");
    CU_ASSERT_EQUAL(good("").type, RXT_F64);
    CU_ASSERT_PTR_EQUAL(good("--type=f32 -k sum").kernel[0], &sum_f32);
    CU_ASSERT_PTR_EQUAL(good("-k sum --type=f32").kernel[0], &sum_f32);
    CU_ASSERT_EQUAL(good("-k all --type=f32").kernels, 2);
    bad("--type=f32 -k dot_blas", "--type=f32: the kernel dot_blas", "has only f64");
}

static void teams_are_a_list(void)
{
    rxt_settings s = good("");

    CU_ASSERT(s.teams == 1 && s.team[0] == RXT_TEAM_FORKJOIN);
    CU_ASSERT(s.combines == 1 && s.combine[0] == RXT_COMBINE_MPI);
    s = good("--team=resident,forkjoin,resident");
    CU_ASSERT_EQUAL_FATAL(s.teams, 2);
    CU_ASSERT(s.team[0] == RXT_TEAM_RESIDENT && s.team[1] == RXT_TEAM_FORKJOIN);
    s = good("--team=auto,forkjoin");
    CU_ASSERT(s.teams == 2 && s.team[0] == RXT_TEAM_AUTO && s.team[1] == RXT_TEAM_FORKJOIN);
    bad("-k dot_blas --team=auto", "--team=auto: dot_blas brings its own threads",
        "--team=forkjoin,auto");
    bad("--team=residents", "--team=residents: no such team", "forkjoin, resident, auto");
    bad("--team=forkjoin,", "--team=: no such team", "forkjoin, resident, auto");
    bad("-k dot,dot_blas --team=resident", "--team=resident: dot_blas brings its own threads",
        "--team=forkjoin,resident");
    good("-k dot,dot_blas --team=resident,forkjoin");
    good("-k dot,sum --team=resident");
}

static void ranks_are_combined_where_there_can_be_several(void)
{
    rxt_settings s;

    if (!rxt_comm_many()) {
        bad("--combine=mpi", "--combine=mpi: this build has no MPI", "leave the option out");
        return;
    }
    s = good("--combine=window,mpi");
    CU_ASSERT_EQUAL_FATAL(s.combines, 2);
    CU_ASSERT(s.combine[0] == RXT_COMBINE_WINDOW && s.combine[1] == RXT_COMBINE_MPI);
    bad("--combine=windows", "--combine=windows: no such combine", "mpi, window");
    bad("--combine=", "--combine=: no such combine", "mpi, window");
}

static void binding_options_are_understood(void)
{
    rxt_settings s = good("--bind=none,close,none,spread,hybrid");

    CU_ASSERT_EQUAL(s.binds, 4);
    CU_ASSERT_EQUAL(s.bind[0], RXT_BIND_NONE);
    CU_ASSERT_EQUAL(s.bind[1], RXT_BIND_CLOSE);
    CU_ASSERT_EQUAL(s.bind[2], RXT_BIND_SPREAD);
    CU_ASSERT_EQUAL(s.bind[3], RXT_BIND_HYBRID);
    s = good("--bind=close --cpus=1 --cores=2 --smt");
    CU_ASSERT_TRUE(s.has_cpus && s.smt);
    CU_ASSERT_EQUAL(rxt_cpus_count(&s.cpus), 1);
    CU_ASSERT_TRUE(rxt_cpus_has(&s.cpus, 1));
    CU_ASSERT_EQUAL(s.cores, 2);
    bad("--bind=core", "--bind=core: no such bind", "choose from hybrid, close, spread, none");
    bad("--bind=", "--bind=: no such bind", "hybrid");
    bad("--cpus=", "--cpus=: write CPU numbers", "0,2-5");
    bad("--cpus=a", "--cpus=a: write CPU numbers", "0,2-5");
    bad("--cpus=99999", "--cpus=99999: write CPU numbers", "4096");
    bad("--cores=0", "--cores=0: write a whole number from 1", "4096");
    bad("--cores=1,2", "--cores=1,2: write a whole number", "4096");
}

static void precision_is_percent(void)
{
    CU_ASSERT_DOUBLE_EQUAL(good("--precision=0.5").precision, 0.005, DBL_EPSILON);
    CU_ASSERT_DOUBLE_EQUAL(good("--precision=2%").precision, 0.02, DBL_EPSILON);
    CU_ASSERT_DOUBLE_EQUAL(good("--precision=100").precision, 1, DBL_EPSILON);
    bad("--precision=0", "--precision=0: write percent", "above 0");
    bad("--precision=-1", "--precision=-1: write percent", "above 0");
    bad("--precision=101", "--precision=101: write percent", "at most 100");
    bad("--precision=nan", "--precision=nan: write percent", "above 0");
    bad("--precision=1x", "--precision=1x: write percent", "above 0");
    bad("--precision=", "--precision=: write percent", "above 0");
}

static void rounds_are_min_and_max(void)
{
    CU_ASSERT_EQUAL(good("--rounds=20").rounds_min, 20);
    CU_ASSERT_EQUAL(good("--rounds=20").rounds_max, 1000);
    CU_ASSERT_EQUAL(good("--rounds=2k").rounds_max, 2000);
    CU_ASSERT_EQUAL(good("--rounds=1:1").rounds_max, 1);
    CU_ASSERT_EQUAL(good("--rounds=5:7").rounds_min, 5);
    bad("--rounds=7:5", "--rounds=7:5: MAX is below MIN", "smaller number first");
    bad("--rounds=0", "--rounds=0: write MIN or MIN:MAX", "10:1000");
    bad("--rounds=", "--rounds=: write MIN or MIN:MAX", "10:1000");
    bad("--rounds=5:", "--rounds=5:: write MIN or MIN:MAX", "10:1000");
    bad("--rounds=:5", "--rounds=:5: write MIN or MIN:MAX", "10:1000");
    bad("--rounds=1:2:3", "--rounds=1:2:3: write MIN or MIN:MAX", "10:1000");
    bad("--rounds=1e9", "--rounds=1e9: write MIN or MIN:MAX", "1000000");
}

static void budget_is_a_time(void)
{
    rxt_settings s = good("--budget=2m");

    CU_ASSERT_EQUAL(s.budget, 120);
    CU_ASSERT_TRUE(s.budget_given);
    bad("--budget=job", "--budget=job: write a time", "10m");
    bad("--budget=0s", "--budget=0s: write a time above 0", "10m");
    bad("--budget=", "--budget=: write a time", "10m");
}

static void the_seed_has_64_bits(void)
{
    CU_ASSERT_EQUAL(good("--seed=0").seed, 0);
    CU_ASSERT_EQUAL(good("--seed=18446744073709551615").seed, UINT64_MAX);
    bad("--seed=18446744073709551616", "--seed=18446744073709551616: write a whole number", "0 to");
    bad("--seed=-1", "--seed=-1: write a whole number", "0 to");
    bad("--seed=", "--seed=: write a whole number", "0 to");
    bad("--seed=1k", "--seed=1k: write a whole number", "0 to");
}

/* The length of the files is the size, which is unknown before they are opened. */
static void own_operands_are_files(void)
{
    CU_ASSERT_EQUAL(good("--x=a.npy").sizes, 0);
    CU_ASSERT(good("--x=a.npy").own[0] && !good("--x=a.npy").own[1]);
    CU_ASSERT(good("--x a.npy --y=b.npy").own[1] != NULL);
    CU_ASSERT(!good("--y=b.npy").own[0] && good("--y=b.npy").own[1]);
    CU_ASSERT_EQUAL(good("--x=a.npy -k sum").kernels, 1);
    bad("--x=", "--x=: write the name of a file", "numpy.save");
    bad("--x=a.npy --y=", "--y=: write the name of a file", "numpy.save");
    bad("--x", "--x: a value is missing", "--x=FILE.npy");
    bad("--x=a.npy -n 1k", "--size: does not go with --x", "use only one of the two");
    bad("-n 1k --y=a.npy", "--size: does not go with --y", "use only one of the two");
    bad("--x=a.npy --scaling=weak", "--scaling=weak: does not go with --x",
        "use only one of the two");
    bad("--y=b.npy -k sum", "--y=b.npy: no chosen kernel reads a second operand",
        "leave this option out");
}

static void output_options_are_understood(void)
{
    char *argv[] = { (char[]){ "dotbench" }, (char[]){ "-o" }, (char[]){ "a b.csv" }, NULL };
    rxt_settings s;

    CU_ASSERT_PTR_NULL(rxt_settings_of(&preset, 3, argv, &s));
    CU_ASSERT_STRING_EQUAL(s.output, "a b.csv");
    s = good("--format=csv --progress=no --show-binding -qv");
    CU_ASSERT_EQUAL(s.format, RXT_FORMAT_CSV);
    CU_ASSERT_EQUAL(s.progress, RXT_PROGRESS_NO);
    CU_ASSERT_TRUE(s.show_binding && s.quiet && s.verbose);
    CU_ASSERT_EQUAL(good("--progress=yes").progress, RXT_PROGRESS_YES);
    CU_ASSERT_TRUE(good("--quiet").quiet);
    CU_ASSERT_TRUE(good("--verbose").verbose);
    bad("--plot=", "--plot=: write the name of a file", ".svg");
    bad("--output=", "--output=: write the name of a file", ".json");
    CU_ASSERT_EQUAL(good("--format=json").format, RXT_FORMAT_JSON);
    bad("--format=xml", "--format=xml: no such format", "choose from text, csv, json");
    bad("--progress=maybe", "--progress=maybe: no such progress", "choose from auto, yes, no");
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "defaults", without_options_the_defaults_hold },
        { "kernels by name", kernels_are_found_by_name },
        { "sizes", sizes_are_numbers_ranges_and_levels },
        { "a size is not cut to another", a_size_too_long_to_read_is_not_cut_to_another },
        { "splits", splits_are_families_and_pairs },
        { "nodes and ranks of each", nodes_are_lists_from_one },
        { "the baseline is one pair", the_baseline_is_one_pair },
        { "ranks and threads", ranks_and_threads_are_lists_from_one },
        { "single words", what_is_there_once_is_a_word_of_its_option },
        { "teams are a list", teams_are_a_list },
        { "ranks are combined where there can be several",
          ranks_are_combined_where_there_can_be_several },
        { "binding", binding_options_are_understood },
        { "precision", precision_is_percent },
        { "rounds", rounds_are_min_and_max },
        { "budget", budget_is_a_time },
        { "seed", the_seed_has_64_bits },
        { "own operands", own_operands_are_files },
        { "output", output_options_are_understood },
        CU_TEST_INFO_NULL,
    };

    return suite_run("settings", tests);
}
