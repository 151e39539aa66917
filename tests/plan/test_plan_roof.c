/* test_plan_roof.c - which roof loops a plan has, and for which rows. */
#include "trials.h"

#include <stdlib.h>

#include "support/slab.h"

#include "suite.h"

static const char cached[] =
    "pack:1 l3:1(size=16000000) l2:4(size=1000000) l1d:1(size=32000) core:1 pu:1";

static const rxt_kernel
    dot = { .name = "dot", .arrays = 2, .loads = 2, .flops = 2, .factors = 2 },
    twin = { .name = "twin", .arrays = 2, .loads = 2, .flops = 2, .factors = 2 },
    copy = { .name = "copy", .arrays = 2, .outputs = 1, .loads = 1, .stores = 1 },
    sum = { .name = "sum", .arrays = 1, .loads = 1, .flops = 1, .factors = 1 };

/* A study on four cores with four ranks: 6 splits. */
static trial study_of(int kernels, const rxt_kernel *const kernel[])
{
    trial t = trial_on(cached, 1, 4);

    for (int k = 0; k < kernels; k++)
        t.settings.kernel[k] = kernel[k];
    t.settings.kernels = kernels;
    return t;
}

static const rxt_roof *roof_at(const rxt_plan *plan, int cell)
{
    return &plan->roof[plan->cell[cell].kernel - plan->settings->kernels];
}

static bool moves(const rxt_plan *plan, int cell)
{
    return roof_at(plan, cell)->flops == 0;
}

/* The roof of each row is measured on the row's own workers, by a loop with the same traffic and
 * the same number of elements. Every cell after the rows must be the roof of some row. */
static void expect_judged(const rxt_plan *plan)
{
    bool *judges = calloc((size_t)plan->all + 1, sizeof *judges);

    for (int c = 0; c < plan->cells; c++)
        for (int kind = 0; kind < RXT_ROOF_KINDS; kind++) {
            const rxt_cell *row = &plan->cell[c], *judge;

            if (row->roof[kind] < 0)
                continue;
            CU_ASSERT_FATAL(row->roof[kind] >= plan->cells && row->roof[kind] < plan->all);
            judge = &plan->cell[row->roof[kind]];
            judges[row->roof[kind]] = true;
            CU_ASSERT(judge->bind == row->bind && judge->split == row->split);
            CU_ASSERT(!moves(plan, row->roof[kind]) ||
                      (judge->size == row->size && judge->total == row->total));
            CU_ASSERT(judge->team == 0 && judge->combine == 0);
            CU_ASSERT_PTR_EQUAL(rxt_plan_kernel(plan, judge->kernel),
                                &roof_at(plan, row->roof[kind])->kernel);
            CU_ASSERT(rxt_plan_kernel(plan, judge->kernel)->arrays <=
                      rxt_plan_kernel(plan, row->kernel)->arrays);
        }
    for (int c = plan->cells; c < plan->all; c++)
        CU_ASSERT(judges[c]);
    free(judges);
}

static void every_row_is_judged_where_it_works(void)
{
    trial t = study_of(3, (const rxt_kernel *const[]){ &dot, &copy, &sum });

    t.settings.bind[t.settings.binds++] = RXT_BIND_SPREAD;
    t.settings.team[t.settings.teams++] = RXT_TEAM_RESIDENT;
    add_size(&t, 1000);
    add_size(&t, 10000000);
    make_well(&t, plenty);
    CU_ASSERT_EQUAL(t.plan.cells, 3 * 2 * 2 * (1 + 2 * 5));
    expect_judged(&t.plan);
    for (int c = 0; c < t.plan.cells; c++) {
        const rxt_cell *row = &t.plan.cell[c];
        const rxt_kernel *kernel = rxt_plan_kernel(&t.plan, row->kernel);

        CU_ASSERT(row->roof[RXT_ROOF_NEAR] > 0);
        CU_ASSERT_EQUAL(row->roof[RXT_ROOF_FAR] > 0, row->size == 1);
        CU_ASSERT_EQUAL(row->roof[RXT_ROOF_FLOPS] > 0, kernel->flops > 0);
    }
    end(&t);
}

static void kernels_alike_share_their_roofs(void)
{
    trial t = study_of(2, (const rxt_kernel *const[]){ &dot, &twin });

    add_size(&t, 1000);
    make_well(&t, plenty);
    CU_ASSERT_EQUAL(t.plan.roofs, 3);
    CU_ASSERT_EQUAL(t.plan.all, t.plan.cells + 2 * 6);
    for (int c = 0; c < 6; c++)
        for (int kind = 0; kind < RXT_ROOF_KINDS; kind++)
            CU_ASSERT_EQUAL(t.plan.cell[c].roof[kind], t.plan.cell[6 + c].roof[kind]);
    end(&t);
}

static void arithmetic_is_the_same_at_every_size(void)
{
    trial t = study_of(1, (const rxt_kernel *const[]){ &dot });

    for (ptrdiff_t n = 0; n <= 1200; n += 400) /* a size of 0 has no roof, so roofs begin at 400 */
        add_size(&t, n);
    make_well(&t, plenty);
    CU_ASSERT_EQUAL(t.plan.all, t.plan.cells + 3 * 6 + 6);
    for (int c = 0; c < t.plan.cells; c++) {
        const rxt_cell *row = &t.plan.cell[c];

        if (row->size == 0)
            continue;
        CU_ASSERT_EQUAL(row->roof[RXT_ROOF_FLOPS],
                        t.plan.cell[6 + row->split].roof[RXT_ROOF_FLOPS]);
        CU_ASSERT_EQUAL(t.plan.cell[row->roof[RXT_ROOF_FLOPS]].size, 1);
    }
    end(&t);
}

static void far_loops_judge_what_a_cores_cache_does_not_hold(void)
{
    trial t = study_of(1, (const rxt_kernel *const[]){ &dot });

    CU_ASSERT_FATAL(t.place->l2 > 0);
    add_size(&t, (ptrdiff_t)(t.place->l2 / 16));
    add_size(&t, (ptrdiff_t)(t.place->l2 / 16) + 1);
    add_size(&t, (ptrdiff_t)(t.place->l2 / 5));
    make_well(&t, plenty);
    for (int c = 0; c < t.plan.cells; c++) {
        const rxt_cell *row = &t.plan.cell[c];
        const rxt_split *split = &t.plan.splits.split[row->split];
        double share = 16.0 * (double)t.plan.n[row->size] / (split->ranks * split->threads);

        CU_ASSERT_EQUAL(row->roof[RXT_ROOF_FAR] > 0, share > t.place->l2);
    }
    end(&t);
}

static void nothing_is_not_judged(void)
{
    trial t = study_of(1, (const rxt_kernel *const[]){ &dot });

    add_size(&t, 0);
    make_well(&t, plenty);
    for (int c = 0; c < t.plan.cells; c++)
        for (int kind = 0; kind < RXT_ROOF_KINDS; kind++)
            CU_ASSERT_EQUAL(t.plan.cell[c].roof[kind], -1);
    CU_ASSERT_EQUAL(t.plan.all, t.plan.cells);
    end(&t);
}

static void weak_rows_are_judged_at_their_own_totals(void)
{
    trial t = study_of(1, (const rxt_kernel *const[]){ &dot });

    t.settings.weak = true;
    add_size(&t, 1000);
    make_well(&t, plenty);
    expect_judged(&t.plan);
    end(&t);
}

static void roofs_take_no_memory_of_their_own(void)
{
    trial t = study_of(1, (const rxt_kernel *const[]){ &sum });

    add_size(&t, 1000000);
    make_well(&t, plenty);
    CU_ASSERT_EQUAL(t.plan.arrays, 1);
    CU_ASSERT(t.plan.bytes_node < 4 * 2 * 8e6 + 1e7);
    for (int r = 0; r < t.plan.roofs; r++)
        CU_ASSERT(t.plan.roof[r].kernel.arrays <= 1 &&
                  rxt_grain_of(&t.plan.roof[r].kernel) <= t.plan.grain);
    end(&t);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "every row is judged where it works", every_row_is_judged_where_it_works },
        { "kernels alike share their roofs", kernels_alike_share_their_roofs },
        { "arithmetic is the same at every size", arithmetic_is_the_same_at_every_size },
        { "far loops judge what a core's cache does not hold",
          far_loops_judge_what_a_cores_cache_does_not_hold },
        { "nothing is not judged", nothing_is_not_judged },
        { "weak rows are judged at their own totals", weak_rows_are_judged_at_their_own_totals },
        { "roofs take no memory of their own", roofs_take_no_memory_of_their_own },
        CU_TEST_INFO_NULL,
    };

    return suite_run("plan_roof", tests);
}
