/* test_answer_limit.c - which limit an answer names for the fastest row, and in which words; the
 * rows are synthetic. */
#include "plants.h"

#include <math.h>

#include "suite.h"

/* A row; `roof` is the part of the bandwidth that it reaches (with `arithmetic`: of the flop
 * rate). */
typedef struct judged {
    int ranks, threads;
    double speedup, roof;
    const char *level;
    bool arithmetic;
} judged;

/* Plants rows on a host with `cores` cores; ranks = 0 ends the list. */
static plant *plant_of(const judged rows[], int cores)
{
    plant *p = start();

    p->rows.splits.nodes = 1;
    p->rows.splits.cores = p->rows.splits.all_cores = cores;
    for (const judged *x = rows; x->ranks; x++) {
        rxt_row *row = add(p, x->ranks, x->threads, x->speedup, flat, 0);

        row->roof = x->roof;
        row->level = x->level;
        row->arithmetic = x->arithmetic;
    }
    return p;
}

/* Expects that the answer has these words and names this limit ("": no limit). With `host` the
 * limit must be that of the whole host, without it that of the workers. */
static void limits(const judged rows[], int cores, const char *limit, bool host, const char *words)
{
    plant *p = plant_of(rows, cores);
    const rxt_answer *a = answer(p);
    const char *end = strchr(a->text, '.') ? strstr(a->text, " is the limit") : NULL;

    CU_ASSERT_STRING_EQUAL(a->limit ? a->limit : "", limit);
    CU_ASSERT_EQUAL(a->limit_host, host);
    CU_ASSERT_EQUAL(isnan(a->limit_fraction), !limit[0]);
    CU_ASSERT_EQUAL(end != NULL, limit[0] != '\0');
    CU_ASSERT_PTR_NOT_NULL(strstr(a->text, words));
    if (!strstr(a->text, words))
        printf("\n    said     \"%s\"\n    expected \"%s\"", a->text, words);
    finish(p);
}

static void memory_is_the_limit_of_all_cores(void)
{
    limits((judged[]){ { 1, 1, 1, .97, "DRAM", false },
                       { 1, 4, 1.87, .98, "DRAM", false },
                       { 2, 2, 1.87, .98, "DRAM", false },
                       { 4, 1, 1.87, .98, "DRAM", false },
                       { 0 } },
           4, "memory", true,
           "4 cores in any split: 1.87× [1.87 1.87]; 1×4, 2×2, 4×1 cannot be told apart. Memory is "
           "the limit (98 % of this host's bandwidth); more workers won't help.");
}

/* 2 of 8 cores are used, and the second worker makes the kernel slower, or only little faster. So
 * the limit is the bandwidth of the whole host. */
static void shared_bandwidth_is_the_hosts_before_all_cores_work(void)
{
    limits((judged[]){ { 1, 1, 1, .95, "DRAM", false }, { 1, 2, .9, .93, "DRAM", false }, { 0 } },
           8, "memory", true, "Memory is the limit (95 % of this host's bandwidth); more workers");
    limits((judged[]){ { 1, 1, 1, .95, "DRAM", false }, { 1, 2, 1.2, .93, "DRAM", false }, { 0 } },
           8, "memory", true, "Memory is the limit (93 % of this host's bandwidth); more workers");
}

static void workers_that_scale_may_be_more(void)
{
    limits((judged[]){ { 1, 1, 1, .95, "DRAM", false }, { 1, 2, 1.95, .93, "DRAM", false }, { 0 } },
           8, "memory", false, "Memory is the limit (93 % of these workers' bandwidth).");
    limits((judged[]){ { 1, 1, 1, .95, "L1", false }, { 0 } }, 8, "L1", false,
           "L1's bandwidth is the limit (95 % of this worker's bandwidth).");
}

static void a_cache_is_named(void)
{
    limits((judged[]){ { 1, 1, 1, .99, "L3", false }, { 1, 2, 1.9, .91, "L2", false }, { 0 } }, 2,
           "L2", true,
           "L2's bandwidth is the limit (91 % of this host's bandwidth); more workers won't help.");
}

static void arithmetic_is_named(void)
{
    limits((judged[]){ { 1, 1, 1, .95, "L1", true }, { 1, 2, 1.1, .95, "L1", true }, { 0 } }, 8,
           "arithmetic", false, "Arithmetic is the limit (95 % of these workers' flop rate).");
    limits((judged[]){ { 1, 1, 1, .95, "L1", true }, { 1, 2, 1.9, .95, "L1", true }, { 0 } }, 2,
           "arithmetic", true,
           "Arithmetic is the limit (95 % of this host's flop rate); more workers won't help.");
}

static void what_is_above_its_roof_reaches_all_of_it(void)
{
    limits((judged[]){ { 1, 1, 1, 1.04, "DRAM", false }, { 0 } }, 1, "memory", true,
           "Memory is the limit (all of this host's bandwidth); more workers won't help.");
}

static void below_its_roof_nothing_is_said(void)
{
    limits((judged[]){ { 1, 1, 1, .97, "DRAM", false }, { 1, 2, 1.5, .89, "DRAM", false }, { 0 } },
           2, "", false, "1×2");
    limits((judged[]){ { 1, 1, 1, (double)NAN, "DRAM", false }, { 0 } }, 1, "", false, "1×1");
}

/* Nodes that no row used add memory bandwidth, so more workers may help. */
static void other_nodes_may_help(void)
{
    plant *p = plant_of(
        (judged[]){ { 1, 1, 1, .95, "DRAM", false }, { 1, 2, 1.1, .95, "DRAM", false }, { 0 } }, 2);
    const rxt_answer *a;

    p->rows.splits.nodes = 3;
    a = answer(p);
    CU_ASSERT_FALSE(a->limit_host);
    CU_ASSERT_PTR_NOT_NULL(strstr(a->text, "(95 % of these workers' bandwidth)."));
    finish(p);
}

/* The study used all cores that it was given, but the host has more cores, and all cores together
 * may reach more bandwidth. */
static void cores_that_may_not_be_used_are_the_hosts_too(void)
{
    plant *p = plant_of((judged[]){ { 1, 1, 1, .95, "L1", false }, { 0 } }, 1);
    const rxt_answer *a;

    p->rows.splits.all_cores = 4;
    a = answer(p);
    CU_ASSERT_FALSE(a->limit_host);
    CU_ASSERT_PTR_NOT_NULL(strstr(a->text, "(95 % of this worker's bandwidth)."));
    finish(p);
}

static void few_rounds_limit_nothing(void)
{
    plant *p = plant_of((judged[]){ { 1, 1, 1, .95, "DRAM", false }, { 0 } }, 1);

    p->rows.rounds = 5;
    CU_ASSERT_PTR_NULL(answer(p)->limit);
    finish(p);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "memory is the limit of all cores", memory_is_the_limit_of_all_cores },
        { "shared bandwidth is the host's before all cores work",
          shared_bandwidth_is_the_hosts_before_all_cores_work },
        { "workers that scale may be more", workers_that_scale_may_be_more },
        { "a cache is named", a_cache_is_named },
        { "arithmetic is named", arithmetic_is_named },
        { "what is above its roof reaches all of it", what_is_above_its_roof_reaches_all_of_it },
        { "below its roof nothing is said", below_its_roof_nothing_is_said },
        { "other nodes may help", other_nodes_may_help },
        { "cores not given", cores_that_may_not_be_used_are_the_hosts_too },
        { "few rounds limit nothing", few_rounds_limit_nothing },
        CU_TEST_INFO_NULL,
    };

    return suite_run("answer_limit", tests);
}
