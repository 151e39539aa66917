/* test_roof_faults.c - results that faulty roof loops would give: their proofs refuse all of them,
 * at every level and in both types. */
#include "roof_trial.h"
#include "suite.h"

/* Wrong values that a faulty loop could leave, at the first, a middle and the last element, must be
 * refused. */
static void no_other_number(trial *t, const rxt_roof *roof)
{
    const rxt_kernel *kernel = &roof->kernel;
    const ptrdiff_t n = 1009, places[] = { 0, 500, n - 1 };
    int z = kernel->arrays - 1;

    lay(t, kernel, n);
    call(t, 2);
    for (int p = 0; p < 3 && kernel->stores > 0; p++) {
        double right = get(t, z, places[p]);
        double wrong[] = { NAN,       INFINITY,  -INFINITY,
                           0,         -right,    2 * right,
                           right / 2, right + 1, get(t, z, (places[p] + 1) % n),
                           5e-324 };

        for (int w = 0; w < 10; w++) {
            put(t, z, places[p], wrong[w]);
            CU_ASSERT((judge(t) > 1) == (get(t, z, places[p]) != right));
        }
        put(t, z, places[p], right);
    }
    CU_ASSERT_EQUAL(judge(t), 0);
}

static void no_other_number_stands_where_a_loop_stores(void)
{
    with_each(no_other_number);
}

/* Ones, NaN and infinities, so that sums and differences are NaN or infinite, too. */
static void fill_special(uint64_t seed, int operand, ptrdiff_t first, ptrdiff_t n, ptrdiff_t total,
                         double *block)
{
    const double special[] = { 1, NAN, INFINITY, -(double)INFINITY, -(double)NAN };

    (void)seed, (void)total;
    for (ptrdiff_t i = 0; i < n; i++)
        block[i] = special[(first + i) / (operand + 1) % 5];
}

/* NaN may be right here, but an element that no loop wrote must still be wrong. */
static void special_operands(trial *t, const rxt_roof *roof)
{
    rxt_kernel kernel = roof->kernel;
    const ptrdiff_t n = 1009;
    int z = kernel.arrays - 1;
    double poison;

    kernel.fill = fill_special;
    lay(t, &kernel, n);
    poison = get(t, kernel.arrays > 0 ? z : 0, n);
    call(t, 2);
    CU_ASSERT_EQUAL(judge(t), 0);
    for (ptrdiff_t i = 0; i < n && kernel.stores > 0; i += 13) {
        double right = get(t, z, i);

        put(t, z, i, poison);
        CU_ASSERT(judge(t) > 1);
        put(t, z, i, isinf(right) ? -right : 0.5);
        CU_ASSERT(judge(t) > 1);
        put(t, z, i, NAN);
        CU_ASSERT((judge(t) > 1) == !isnan(right));
        put(t, z, i, right);
    }
}

/* A call on very large operands makes one pass. If the sum is infinite, one pass leaves infinity,
 * and further passes would leave NaN; the proof must accept the result of one pass. */
static void special_operands_swapped_once(trial *t, const rxt_roof *roof)
{
    rxt_kernel kernel = roof->kernel;
    const ptrdiff_t n = 1009;

    if (kernel.stores <= 0 || kernel.outputs > 0 || kernel.arrays != 2)
        return;
    kernel.fill = fill_special;
    lay(t, &kernel, n);
    t->workers = 1;
    for (ptrdiff_t i = 0; i < n; i++)
        put(t, 1, i, t->made[0][i] - t->made[1][i]);
    CU_ASSERT_EQUAL(judge(t), 0);
}

static void special_operands_leave_special_numbers(void)
{
    with_each(special_operands);
    with_each(special_operands_swapped_once);
}

static void no_other_result(trial *t, const rxt_roof *roof)
{
    const rxt_kernel *kernel = &roof->kernel;
    rxt_value right;

    lay(t, kernel, 1009);
    call(t, 2);
    right = t->result;
    for (int w = 0; w < 8 && kernel->merge; w++) {
        double value = right.value;
        double wrong[] = { NAN, INFINITY, 0, -value, value + 1, value - 1, 2 * value, value / 2 };

        t->result = (rxt_value){ .value = wrong[w], .index = right.index };
        CU_ASSERT(judge(t) > 1);
    }
}

/* A loop with fewer passes over its operands gives another sum, and must be refused: its roof would
 * be too high. */
static void no_fewer_passes(trial *t, const rxt_roof *roof)
{
    const rxt_kernel *kernel = &roof->kernel;
    rxt_roof_words once;
    rxt_share share = { .type = kernel->type, .n = 1009, .total = 1 << 30, .workers = 1 };

    lay(t, kernel, share.n);
    call(t, 1);
    CU_ASSERT_EQUAL(judge(t), 0);
    if (kernel->stores > 0 || kernel->arrays == 0)
        return;
    for (int a = 0; a < kernel->arrays; a++)
        share.v[a] = t->memory[a] + GUARD * size_of(t);
    kernel->loop(&share, &once);
    CU_ASSERT_EQUAL(once.passes, 1);
    t->result = kernel->merge->finish(&once);
    CU_ASSERT(judge(t) > 1);
}

/* The loop and the facts have the same elements, but both lack the last element of the operand. */
static void no_fewer_elements(trial *t, const rxt_roof *roof)
{
    const rxt_kernel *kernel = &roof->kernel;
    _Alignas(64) unsigned char partial[RXT_PARTIAL];
    rxt_share share = { .type = kernel->type, .n = 1008, .total = 1009, .workers = 1 };

    lay(t, kernel, share.n);
    for (int a = 0; a < kernel->arrays; a++)
        share.v[a] = t->memory[a] + GUARD * size_of(t);
    kernel->loop(&share, partial);
    t->workers = 1;
    if (kernel->merge)
        t->result = kernel->merge->finish(partial);
    CU_ASSERT(judge_of(t, share.total) > 1);
}

static void no_part_of_the_elements_is_all(void)
{
    with_each(no_fewer_elements);
}

static void no_other_result_is_right(void)
{
    with_each(no_other_result);
    with_each(no_fewer_passes);
}

/* The loop copies from the next element, so each pass moves all elements one place down. The first
 * element shows the number of passes. */
static void passes_of(trial *t, const rxt_roof *roof)
{
    const rxt_kernel *kernel = &roof->kernel;
    const ptrdiff_t n = 2000, passes = rxt_roof_passes(2 * rxt_type_size(kernel->type), n, 1);
    rxt_share share = { .type = kernel->type, .n = n, .total = n, .workers = 1 };

    if (kernel->arrays != 2 || kernel->outputs != 1)
        return;
    CU_ASSERT(passes > 1 && passes < n);
    t->kernel = kernel;
    for (ptrdiff_t i = 0; i <= n; i++)
        put(t, 0, i, (double)i);
    share.v[1] = t->memory[0] + GUARD * size_of(t);
    share.v[0] = (char *)share.v[1] + size_of(t);
    kernel->loop(&share, NULL);
    CU_ASSERT_EQUAL(get(t, 0, 0), (double)passes);
}

static void loops_that_store_go_over_their_operands_as_often_as_they_say(void)
{
    with_each(passes_of);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "no other number stands where a loop stores",
          no_other_number_stands_where_a_loop_stores },
        { "special operands leave special numbers", special_operands_leave_special_numbers },
        { "no other result is right", no_other_result_is_right },
        { "no part of the elements is all", no_part_of_the_elements_is_all },
        { "loops that store go over their operands as often as they say",
          loops_that_store_go_over_their_operands_as_often_as_they_say },
        CU_TEST_INFO_NULL,
    };

    return suite_run("roof_faults", tests);
}
