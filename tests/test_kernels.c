/* test_kernels.c - every kernel of the table, on teams of 1 to 4 threads, against its proof.
 *
 * A new kernel is covered without a line here. Ranks are joined to it by kernels_test.sh. */
#include <rxt/kernel.h>
#include <rxt/operands.h>
#include <rxt/slab.h>
#include <rxt/team.h>

#include <stdlib.h>
#include <string.h>

#include "suite.h"

static const ptrdiff_t sizes[] = { 0, 1, 2, 7, 64, 1009, 65537 };
enum { SIZES = sizeof sizes / sizeof sizes[0], LARGEST = 65537, GUARD = 16 };
static const rxt_operands operands = { .seed = 7 };

typedef struct trial {
    const rxt_kernel *kernel;
    rxt_slab slab;
    rxt_value result;
    double *memory[RXT_ARRAYS];
    _Alignas(64) unsigned char partial[RXT_PARTIAL];
} trial;

/* A signalling value around the operands: who reads beyond its share spoils the result. */
static void lay(trial *t, ptrdiff_t n, int threads)
{
    t->slab = (rxt_slab){ .n = n, .total = n, .ranks = 1, .threads = threads };
    for (int a = 0; a < t->kernel->arrays; a++) {
        for (ptrdiff_t i = 0; i < n + 2 * GUARD; i++)
            t->memory[a][i] = 1e300;
        t->slab.v[a] = t->memory[a] + GUARD;
        rxt_operands_fill(t->kernel, &operands, a, 0, n, n, t->slab.v[a]);
    }
}

static rxt_status call_once(rxt_team *team, void *arg)
{
    trial *t = arg;
    rxt_status st = t->kernel->make ? t->kernel->make(&t->slab) : RXT_OK;

    if (!st)
        st = rxt_team_take(team, t->kernel, &t->slab);
    if (!st)
        rxt_team_call(team, t->kernel->merge ? t->partial : NULL);
    if (t->kernel->merge)
        t->result = t->kernel->merge->finish(t->partial);
    if (t->kernel->free)
        t->kernel->free(&t->slab);
    return st;
}

static double error_of(const trial *t, ptrdiff_t n, int threads)
{
    const rxt_proof *proof = t->kernel->proof;
    double *made[RXT_ARRAYS];
    rxt_share anew = { .n = n, .total = n, .workers = 1 }, found = anew;
    void *facts = malloc(proof->facts->size);
    double error;

    for (int a = 0; a < t->kernel->arrays; a++) {
        made[a] = malloc((size_t)(n + 1) * sizeof(double));
        rxt_operands_fill(t->kernel, &operands, a, 0, n, n, made[a]);
        anew.v[a] = made[a];
        found.v[a] = t->slab.v[a];
    }
    proof->facts->zero(facts);
    proof->gather(&anew, t->kernel->stores > 0 ? &found : NULL, facts);
    error = proof->judge(facts, n, rxt_chain_of(t->kernel, n, 1, threads), t->result);
    for (int a = 0; a < t->kernel->arrays; a++)
        free(made[a]);
    free(facts);
    return error;
}

static void check(trial *t, ptrdiff_t n, int threads)
{
    double error;

    lay(t, n, threads);
    CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(RXT_TEAM_FORKJOIN, threads, call_once, t));
    error = error_of(t, n, threads);
    CU_ASSERT(error <= 1);
    if (!(error <= 1))
        printf("\n    %s, n = %td, %d threads: error %g\n", t->kernel->name, n, threads, error);
}

static void every_kernel_is_right_at_every_size_and_team(void)
{
    int count = 0;
    const rxt_kernel *const *kernels = rxt_kernels(&count);
    trial t = { 0 };

    CU_ASSERT(count >= 3);
    for (int a = 0; a < RXT_ARRAYS; a++)
        t.memory[a] = malloc((LARGEST + 2 * GUARD) * sizeof(double));
    for (int k = 0; k < count; k++)
        for (int s = 0; s < SIZES; s++)
            for (int threads = 1; threads <= 4; threads++) {
                t.kernel = kernels[k];
                check(&t, sizes[s], threads);
            }
    for (int a = 0; a < RXT_ARRAYS; a++)
        free(t.memory[a]);
}

static void every_kernel_says_what_it_is(void)
{
    int count = 0;
    const rxt_kernel *const *kernels = rxt_kernels(&count);

    for (int k = 0; k < count; k++) {
        CU_ASSERT(kernels[k]->formula && kernels[k]->formula[0]);
        CU_ASSERT(kernels[k]->arrays >= 1 && kernels[k]->arrays <= RXT_ARRAYS);
        CU_ASSERT(!kernels[k]->loop != !kernels[k]->run);
        CU_ASSERT(kernels[k]->merge || kernels[k]->stores > 0);
        CU_ASSERT(!kernels[k]->merge || kernels[k]->merge->size <= RXT_PARTIAL);
        CU_ASSERT_PTR_NOT_NULL(kernels[k]->proof);
        CU_ASSERT_PTR_EQUAL(rxt_kernel_find(kernels[k]->name), kernels[k]);
        CU_ASSERT(k == 0 || strcmp(kernels[k - 1]->name, kernels[k]->name) < 0);
    }
    CU_ASSERT_PTR_NULL(rxt_kernel_find("dott"));
    CU_ASSERT_PTR_NULL(rxt_kernel_find(""));
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "every kernel is right at every size and team",
          every_kernel_is_right_at_every_size_and_team },
        { "every kernel says what it is", every_kernel_says_what_it_is },
        CU_TEST_INFO_NULL,
    };

    return suite_run("kernels", tests);
}
