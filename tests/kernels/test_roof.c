/* test_roof.c - the roof loops, at every level and in both types: they move what they claim, their
 * proofs notice if they do not, and they are chosen by a kernel's shape. */
#include "roof_trial.h"
#include "suite.h"

static const ptrdiff_t sizes[] = { 0, 1, 2, 7, 64, 1009, LARGEST };
enum { SIZES = sizeof sizes / sizeof sizes[0] };

/* Is there still NaN around all operands? */
static bool stayed_inside(const trial *t)
{
    bool inside = true;

    for (int a = 0; a < RXT_ARRAYS; a++)
        for (ptrdiff_t i = 1; i <= GUARD; i++)
            inside = inside && isnan(get(t, a, -i)) && isnan(get(t, a, t->n + i - 1));
    return inside;
}

static void right_everywhere(trial *t, const rxt_roof *roof)
{
    for (int s = 0; s < SIZES; s++)
        for (int workers = 1; workers <= WORKERS; workers++) {
            double error;

            lay(t, &roof->kernel, sizes[s]);
            call(t, workers);
            error = judge(t);
            CU_ASSERT_EQUAL(error, 0);
            CU_ASSERT(stayed_inside(t));
            if (error != 0)
                printf("\n    %s, %s, n = %td, %d workers: error %g\n", roof->kernel.name,
                       rxt_type_name(roof->kernel.type), sizes[s], workers, error);
        }
}

static void every_loop_is_right_at_every_level_type_and_size(void)
{
    with_each(right_everywhere);
}

/* The proof must notice an element that was not loaded, or not stored, at any place. */
static void seen_when_wrong(trial *t, const rxt_roof *roof)
{
    const rxt_kernel *kernel = &roof->kernel;
    const ptrdiff_t n = 1009;

    for (ptrdiff_t i = 0; i < n && kernel->arrays > 0; i += 100) {
        lay(t, kernel, n);
        if (kernel->stores <= 0)
            put(t, kernel->arrays - 1, i, 0);
        call(t, 2);
        if (kernel->stores > 0)
            put(t, kernel->arrays - 1, i, kernel->outputs > 0 ? (double)NAN : t->made[0][i] / 2);
        CU_ASSERT(judge(t) > 1);
    }
}

static void an_element_left_out_is_seen(void)
{
    with_each(seen_when_wrong);
}

/* The proof must notice if its facts lack an element, and if the result is another number. */
static void seen_when_short(trial *t, const rxt_roof *roof)
{
    lay(t, &roof->kernel, 1009);
    call(t, 1);
    t->n--;
    if (roof->kernel.stores <= 0 && roof->kernel.arrays > 0)
        CU_ASSERT(judge(t) > 1);
    t->n++;
    t->result = (rxt_value){ .value = 0.5, .index = 0 };
    if (roof->kernel.stores <= 0)
        CU_ASSERT(judge(t) > 1);
}

static void a_result_of_other_elements_is_wrong(void)
{
    with_each(seen_when_short);
}

/* ---- work ---- */

static void passes_are_odd_and_long(void)
{
    static const int all_workers[] = { 1, 2, 3, 64, 1000 };

    for (int w = 0; w < 5; w++)
        for (ptrdiff_t total = 0; total < 100000000; total = total * 3 + 1) {
            int workers = all_workers[w];
            ptrdiff_t passes = rxt_roof_passes(16, total, workers);
            double bytes = 16.0 * (double)total / workers * (double)passes;

            CU_ASSERT(passes >= 1 && passes % 2 == 1 && passes <= RXT_ROOF_PASSES + 1);
            CU_ASSERT(bytes >= RXT_ROOF_BYTES / 2 || passes >= RXT_ROOF_PASSES);
            CU_ASSERT(passes == 1 || bytes <= 2.0 * RXT_ROOF_BYTES);
        }
}

static void work_is_what_all_workers_move(void)
{
    rxt_kernel dot = { .arrays = 2, .loads = 2, .flops = 2, .factors = 2 };
    rxt_roof roof[RXT_ROOF_KINDS];
    double passes = (double)rxt_roof_passes(16, 1000, 2);

    rxt_roof_of(&dot, roof);
    CU_ASSERT_EQUAL(rxt_roof_work(&roof[RXT_ROOF_NEAR], 1000, 2), 16000 * passes);
    CU_ASSERT_EQUAL(rxt_roof_work(&roof[RXT_ROOF_FAR], 0, 2), 0);
    CU_ASSERT_EQUAL(rxt_roof_work(&roof[RXT_ROOF_FLOPS], 1000, 2),
                    2 * rxt_roof_work(&roof[RXT_ROOF_FLOPS], 5, 1));
    dot.type = RXT_F32;
    rxt_roof_of(&dot, roof);
    passes = (double)rxt_roof_passes(8, 1000, 1);
    CU_ASSERT_EQUAL(rxt_roof_work(&roof[RXT_ROOF_NEAR], 1000, 1), 8000 * passes);
}

/* ---- which loops are a kernel's roof ---- */

typedef struct shape {
    int arrays, outputs;
    double loads, stores;
    int expected_arrays; /* arrays and traffic of the loop that is chosen */
    double expected_loads, expected_stores;
} shape;

static void a_kernel_is_judged_by_its_own_traffic(void)
{
    static const shape shapes[] = {
        { 1, 0, 1, 0, 1, 1, 0 }, /* sum */
        { 2, 0, 2, 0, 2, 2, 0 }, /* dot */
        { 4, 0, 4, 0, 4, 4, 0 }, /* four to read */
        { 1, 1, 0, 1, 1, 0, 1 }, /* fill */
        { 2, 1, 1, 1, 2, 1, 1 }, /* copy */
        { 3, 1, 2, 1, 3, 2, 1 }, /* triad */
        { 4, 1, 3, 1, 4, 3, 1 }, /* three to read */
        { 1, 0, 1, 1, 1, 1, 1 }, /* in place */
        { 2, 0, 2, 1, 2, 2, 1 }, /* axpy */
        { 4, 2, 2, 2, 3, 2, 1 }, /* two to write: the loop writes one */
    };

    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++)
        for (int type = 0; type < RXT_TYPES; type++) {
            const shape *of = &shapes[s];
            rxt_kernel kernel = { .type = (rxt_type)type,
                                  .arrays = of->arrays,
                                  .outputs = of->outputs,
                                  .loads = of->loads,
                                  .stores = of->stores };
            rxt_roof roof[RXT_ROOF_KINDS];

            rxt_roof_of(&kernel, roof);
            for (int kind = RXT_ROOF_NEAR; kind <= RXT_ROOF_FAR; kind++) {
                CU_ASSERT_PTR_NOT_NULL(roof[kind].kernel.loop);
                CU_ASSERT_EQUAL(roof[kind].kernel.type, kernel.type);
                CU_ASSERT_EQUAL(roof[kind].kernel.arrays, of->expected_arrays);
                CU_ASSERT_EQUAL(roof[kind].kernel.loads, of->expected_loads);
                CU_ASSERT_EQUAL(roof[kind].kernel.stores, of->expected_stores);
                CU_ASSERT_EQUAL(roof[kind].far, kind == RXT_ROOF_FAR);
            }
            CU_ASSERT_PTR_NULL(roof[RXT_ROOF_FLOPS].kernel.loop);
        }
}

static void some_fill(uint64_t seed, int operand, ptrdiff_t first, ptrdiff_t n, ptrdiff_t total,
                      double *block)
{
    (void)seed, (void)operand, (void)first, (void)n, (void)total, (void)block;
}

static void a_roof_works_on_the_kernels_operands(void)
{
    const rxt_kernel kernel = { .arrays = 2,
                                .loads = 2,
                                .flops = 2,
                                .factors = 2,
                                .grain = 1024,
                                .fill = some_fill },
                     same = { .name = "same",
                              .arrays = 2,
                              .loads = 2,
                              .factors = 2,
                              .grain = 1024,
                              .fill = some_fill };
    rxt_kernel other = kernel;
    rxt_roof roof[RXT_ROOF_KINDS], twin[RXT_ROOF_KINDS], stranger[RXT_ROOF_KINDS];

    other.factors = 1;
    rxt_roof_of(&kernel, roof);
    rxt_roof_of(&same, twin);
    rxt_roof_of(&other, stranger);
    for (int kind = RXT_ROOF_NEAR; kind <= RXT_ROOF_FAR; kind++) {
        CU_ASSERT_EQUAL(roof[kind].kernel.factors, 2);
        CU_ASSERT_EQUAL(roof[kind].kernel.grain, 1024);
        CU_ASSERT_PTR_EQUAL(roof[kind].kernel.fill, some_fill);
        CU_ASSERT(rxt_roof_equal(&roof[kind], &roof[kind]));
        CU_ASSERT(!rxt_roof_equal(&roof[kind], &stranger[kind]));
    }
    CU_ASSERT(rxt_roof_equal(&roof[RXT_ROOF_FAR], &twin[RXT_ROOF_FAR]));
    CU_ASSERT(!rxt_roof_equal(&roof[RXT_ROOF_FAR], &roof[RXT_ROOF_NEAR]));
    CU_ASSERT(rxt_roof_equal(&roof[RXT_ROOF_FLOPS], &stranger[RXT_ROOF_FLOPS]));
}

static void no_list_names_a_roof(void)
{
    for (int type = 0; type < RXT_TYPES; type++)
        for (int r = 0; r < RXT_ROOFS; r++)
            CU_ASSERT_PTR_NULL(
                rxt_kernel_find(rxt_roofs((rxt_type)type)[r].kernel.name, (rxt_type)type));
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "every loop is right at every level, type and size",
          every_loop_is_right_at_every_level_type_and_size },
        { "an element left out is seen", an_element_left_out_is_seen },
        { "a result of other elements is wrong", a_result_of_other_elements_is_wrong },
        { "passes are odd, and long", passes_are_odd_and_long },
        { "work is what all workers move", work_is_what_all_workers_move },
        { "a kernel is judged by its own traffic", a_kernel_is_judged_by_its_own_traffic },
        { "a roof works on the kernel's operands", a_roof_works_on_the_kernels_operands },
        { "no list names a roof", no_list_names_a_roof },
        CU_TEST_INFO_NULL,
    };

    return suite_run("roof", tests);
}
