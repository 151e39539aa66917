/* test_place_kinds.c - on machines with several kinds of cores the fastest are used first, and
 * splits with equally many workers use the same mix: on the topologies of tests/topology. */
#include "machine/place.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

typedef struct mix {
    int count[RXT_CPUS]; /* seats of each class, the best class first */
} mix;

/* Each kind of core is a class. With hardware threads, within a kind, the first threads of all
 * cores are a better class than the second ones; but "close" takes the threads of a core
 * together. */
static int class_of(const rxt_seat *seat, rxt_bind bind)
{
    return bind == RXT_BIND_CLOSE ? seat->kind : 8 * seat->kind + seat->sibling;
}

static mix mix_of(const rxt_place *place, rxt_bind bind, int workers, const int cpu[])
{
    mix m = { { 0 } };

    for (int w = 0; w < workers; w++)
        m.count[class_of(rxt_place_seat(place, cpu[w]), bind)]++;
    return m;
}

/* The best mix that `workers` workers can have. */
static mix best_of(const rxt_place *place, rxt_bind bind, int workers)
{
    mix all = { { 0 } }, best = { { 0 } };

    for (int s = 0; s < place->bound; s++)
        all.count[class_of(&place->seat[s], bind)]++;
    for (int c = 0; workers > 0; c++) {
        best.count[c] = all.count[c] < workers ? all.count[c] : workers;
        workers -= best.count[c];
    }
    return best;
}

static bool no_cpu_twice(int workers, const int cpu[])
{
    for (int a = 0; a < workers; a++)
        for (int b = 0; b < a; b++)
            if (cpu[a] == cpu[b])
                return false;
    return true;
}

static void check_split(const rxt_place *place, const char *file, rxt_bind bind, int ranks,
                        int threads)
{
    int cpu[RXT_CPUS], workers = ranks * threads;
    mix best = best_of(place, bind, workers), found;

    rxt_place_plan(place, bind, ranks, threads, cpu);
    found = mix_of(place, bind, workers, cpu);
    CU_ASSERT(no_cpu_twice(workers, cpu));
    CU_ASSERT(!memcmp(&best, &found, sizeof best));
    if (memcmp(&best, &found, sizeof best))
        printf("\n    %s, %s, %d x %d: slower cores than there are", file, rxt_bind_name(bind),
               ranks, threads);
}

static void check_file(const char *file, bool smt)
{
    rxt_place *place = NULL;
    rxt_place_request request = { .topology = file, .smt = smt };

    CU_ASSERT_PTR_NULL_FATAL(rxt_place_open(&request, &place));
    for (int bind = 0; bind < RXT_BIND_NONE; bind++)
        for (int ranks = 1; ranks <= place->bound; ranks++)
            for (int threads = 1; ranks * threads <= place->bound; threads++)
                check_split(place, file, (rxt_bind)bind, ranks, threads);
    rxt_place_close(place);
}

static void every_split_has_the_fastest_cores(void)
{
    glob_t files;

    CU_ASSERT_EQUAL_FATAL(glob(TOPOLOGIES "/*.xml", 0, NULL, &files), 0);
    CU_ASSERT(files.gl_pathc >= 4);
    for (size_t f = 0; f < files.gl_pathc; f++) {
        check_file(files.gl_pathv[f], false);
        check_file(files.gl_pathv[f], true);
    }
    globfree(&files);
}

/* Kinds that hwloc cannot rank are separate kinds nevertheless. Cores for which hwloc names no kind
 * are one more kind. Nobody knows which kind is faster, but splits with equally many workers must
 * have the same mix. */
static void kinds_that_nobody_ranks_are_kept_apart(void)
{
    static const char *const files[] = { "/kinds-without-order.xml", "/kind-of-some.xml" };
    char file[400];

    for (int f = 0; f < 2; f++) {
        rxt_place *place = NULL;

        snprintf(file, sizeof file, "%s%s", TOPOLOGIES, files[f]);
        CU_ASSERT_PTR_NULL_FATAL(rxt_place_open(&(rxt_place_request){ .topology = file }, &place));
        CU_ASSERT_EQUAL(place->kinds, 2);
        for (int s = 0; s < place->seats; s++)
            CU_ASSERT_EQUAL(place->seat[s].kind, s / 4);
        CU_ASSERT_EQUAL(place->seat[0].cpu, f == 0 ? 0 : 4);
        rxt_place_close(place);
    }
}

/* Four fast cores share an L3 of 16 MiB, and eight slow cores share an L3 of 8 MiB. The smaller L3
 * is full first. */
static void each_workers_share_must_lie_in_its_own_cache(void)
{
    const double fast = 16 * 0x1p20, slow = 8 * 0x1p20;
    rxt_place *place = NULL;
    int cpu[12];

    CU_ASSERT_PTR_NULL(rxt_place_open(
        &(rxt_place_request){ .topology = TOPOLOGIES "/ryzen-ai-9-hx370.xml" }, &place));
    CU_ASSERT_PTR_NOT_NULL_FATAL(place);
    rxt_place_plan(place, RXT_BIND_HYBRID, 1, 4, cpu);
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, fast, 4, cpu), "L3");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, fast + 4, 4, cpu), "DRAM");
    rxt_place_plan(place, RXT_BIND_HYBRID, 1, 12, cpu);
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, slow / 8 * 12, 12, cpu), "L2");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, slow / 8 * 12 + 12, 12, cpu), "DRAM");
    CU_ASSERT_EQUAL(rxt_place_cache(place, 12, cpu), slow / 8);
    rxt_place_correct(place, (double[]){ 0, 0, fast / 4, 0 }); /* only for the L3 of seat 0 */
    CU_ASSERT_EQUAL(place->l3_all, fast / 4 + slow);
    CU_ASSERT_EQUAL(rxt_place_cache(place, 12, cpu), slow / 8);
    CU_ASSERT_EQUAL(rxt_place_cache(place, 4, cpu), fast / 16);
    rxt_place_close(place);
}

/* Low-power cores have no L3. If data fits the L2 of such a core, it is not in DRAM. */
static void a_core_without_a_third_level_has_its_second(void)
{
    rxt_place *place = NULL;
    const int cpu[] = { 0, 1 };

    CU_ASSERT_PTR_NULL(rxt_place_open(
        &(rxt_place_request){ .topology = "l3:2(size=8388608) l2:1(size=1048576) core:1 pu:1" },
        &place));
    CU_ASSERT_PTR_NOT_NULL_FATAL(place);
    place->seat[1].bytes[1] = 4 * 0x1p20;
    place->seat[1].bytes[2] = 0;
    place->seat[1].l3 = -1;
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 4 * 0x1p20, 2, cpu), "L3");
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 9 * 0x1p20, 2, cpu), "DRAM");
    CU_ASSERT_EQUAL(rxt_place_cache(place, 2, cpu), 4 * 0x1p20);
    rxt_place_close(place);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "every split has the fastest cores", every_split_has_the_fastest_cores },
        { "kinds that nobody ranks are kept apart", kinds_that_nobody_ranks_are_kept_apart },
        { "each worker's own cache", each_workers_share_must_lie_in_its_own_cache },
        { "a core without an L3", a_core_without_a_third_level_has_its_second },
        CU_TEST_INFO_NULL,
    };

    return suite_run("place_kinds", tests);
}
