/* test_kernel_check.c - a descriptor that is incomplete or contradicts itself gets a message of one
 * line. */
#include "support/check.h"
#include <rxt/task.h>

#include <math.h>
#include <string.h>

#include "suite.h"

static void loop(const rxt_share *share, void *partial)
{
    (void)share, (void)partial;
}

static void run(const rxt_slab *slab, void *partial)
{
    (void)slab, (void)partial;
}

static void reference(ptrdiff_t n, const double *const v[RXT_ARRAYS], long double *right)
{
    (void)n, (void)v, (void)right;
}

static const rxt_kernel whole = {
    .name = "dot",
    .formula = "r = sum x[i] y[i]",
    .arrays = 2,
    .loads = 2,
    .flops = 2,
    .factors = 2,
    .merge = &rxt_sum,
    .proof = &rxt_proof_dot,
    .loop = loop,
};

static bool tells(const rxt_kernel *kernel, const char *words)
{
    rxt_status st = rxt_kernel_check(kernel, "dot", RXT_F64);
    bool told = st && rxt_status_code(st) == RXT_USAGE && strstr(st->text, words) &&
                !strncmp(st->text, "kernel dot.c: ", 14) && !strchr(st->text, '\n');

    if (!told)
        printf("\n    \"%s\": %s\n", words, st ? st->text : "no fault");
    rxt_status_free(st);
    return told;
}

#define TELLS(words, ...)                 \
    do {                                  \
        rxt_kernel k = whole;             \
        __VA_ARGS__;                      \
        CU_ASSERT_TRUE(tells(&k, words)); \
    } while (0)

static void a_descriptor_without_fault_passes(void)
{
    rxt_kernel k = whole;

    CU_ASSERT_PTR_NULL(rxt_kernel_check(&k, "dot", RXT_F64));
    k.proof = NULL;
    CU_ASSERT_PTR_NULL(rxt_kernel_check(&k, "dot", RXT_F64));
    k.reference = reference;
    CU_ASSERT_PTR_NULL(rxt_kernel_check(&k, "dot", RXT_F64));
}

static void what_it_is_called(void)
{
    TELLS(".name is missing", k.name = NULL);
    TELLS(".name is \"dott\"", k.name = "dott");
    TELLS(".type is not RXT_TYPE", k.type = RXT_F32);
    TELLS(".formula", k.formula = NULL);
    TELLS(".formula", k.formula = "");
}

static void what_it_reads_and_writes(void)
{
    TELLS(".arrays", k.arrays = 0);
    TELLS(".arrays", k.arrays = RXT_ARRAYS + 1);
    TELLS(".outputs", k.outputs = -1);
    TELLS(".outputs", k.outputs = 3);
    TELLS(".outputs is above 0, but .stores is 0", k.outputs = 1);
    TELLS(".loads", k.loads = NAN);
    TELLS(".loads", k.loads = -1);
    TELLS(".loads and .stores are missing", k.loads = 0);
    TELLS(".stores", k.stores = INFINITY);
    TELLS(".flops", k.flops = -2);
    TELLS(".factors", k.factors = -1);
    TELLS(".factors", k.factors = 5);
    TELLS(".sums", k.sums = -8);
    TELLS(".grain", k.grain = -1);
}

static void what_comes_of_it(void)
{
    rxt_merge merge = rxt_sum;

    TELLS(".merge and .stores are missing", k.merge = NULL);
    TELLS(".merge lacks", merge.zero = NULL; k.merge = &merge);
    merge = rxt_sum;
    TELLS(".merge lacks", merge.finish = NULL; k.merge = &merge);
    merge = rxt_sum;
    TELLS(".merge lacks", merge.merge = NULL; k.merge = &merge);
    merge = rxt_sum;
    TELLS("1 to 4096 bytes", merge.size = RXT_PARTIAL + 1; k.merge = &merge);
    TELLS("1 to 4096 bytes", merge.size = 0; k.merge = &merge);
    TELLS("native sum", merge.size = 4; k.merge = &merge);
}

static void how_it_is_proved(void)
{
    rxt_proof proof = rxt_proof_dot;

    TELLS("both .proof and .reference", k.reference = reference);
    TELLS(".reference works only with", k.proof = NULL; k.reference = reference;
          k.merge = &rxt_norms);
    TELLS(".reference gives one", k.proof = NULL; k.reference = reference; k.stores = 1);
    TELLS(".proof lacks facts", proof.gather = NULL; k.proof = &proof);
    proof = rxt_proof_dot;
    TELLS(".proof lacks facts", proof.judge = NULL; k.proof = &proof);
    proof = rxt_proof_dot;
    TELLS(".proof lacks facts", proof.facts = NULL; k.proof = &proof);
    proof = rxt_proof_dot;
    TELLS(".proof lacks bound", proof.bound = NULL; k.proof = &proof);
    proof = rxt_proof_dot;
    TELLS(".proof lacks bound", proof.mean = NULL; k.proof = &proof);
}

static void what_does_the_work(void)
{
    TELLS("neither .loop nor .run", k.loop = NULL);
    TELLS("both .loop and .run", k.run = run);
}

static void what_makes_it_a_task(void)
{
    rxt_task task = { .kernel = whole, .unit = "step" }, other = task;

    task.kernel.task = &task;
    CU_ASSERT_PTR_NULL(rxt_kernel_check(&task.kernel, "dot", RXT_F64));
    task.kernel.arrays = 0;
    task.kernel.loads = 0;
    CU_ASSERT_PTR_NULL(rxt_kernel_check(&task.kernel, "dot", RXT_F64));
    TELLS(".arrays", k.arrays = 0);
    TELLS(".task belongs to another kernel", k.task = &other);
    task.unit = "";
    CU_ASSERT_TRUE(tells(&task.kernel, ".unit is missing"));
    task.unit = NULL;
    CU_ASSERT_TRUE(tells(&task.kernel, ".unit is missing"));
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "a descriptor without fault passes", a_descriptor_without_fault_passes },
        { "what it is called", what_it_is_called },
        { "what it reads and writes", what_it_reads_and_writes },
        { "what comes of it", what_comes_of_it },
        { "how it is proved", how_it_is_proved },
        { "what does the work", what_does_the_work },
        { "what makes it a task", what_makes_it_a_task },
        CU_TEST_INFO_NULL,
    };

    return suite_run("kernel_check", tests);
}
