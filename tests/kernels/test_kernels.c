/* test_kernels.c - every kernel of the table, on teams of 1 to 4 threads, checked by its proof.
 *
 * A new kernel needs no line here. kernels_test.sh does the same with several ranks. */
#include "data/operands.h"
#include "support/check.h"
#include "support/proof.h"
#include "support/slab.h"
#include "support/table.h"
#include "team/team.h"
#include <rxt/kernel.h>

#include <stdlib.h>
#include <string.h>

#include "levels.h"
#include "suite.h"

static const ptrdiff_t sizes[] = { 0, 1, 2, 7, 64, 1009, 65537 };
enum { SIZES = sizeof sizes / sizeof sizes[0], LARGEST = 65537, GUARD = 16 };
static const rxt_operands operands = { .seed = 7 };

typedef struct trial {
    const rxt_kernel *kernel;
    rxt_slab slab;
    rxt_value result;
    unsigned char *memory[RXT_ARRAYS];
    _Alignas(64) unsigned char partial[RXT_PARTIAL];
} trial;

/* Fills operand a: `made` in double, and the operand's memory in the kernel's type. */
static void lay_operand(trial *t, int a, ptrdiff_t n, double *made)
{
    rxt_operands_fill(t->kernel, &operands, a, 0, n, n, made);
    for (ptrdiff_t i = 0; i < n; i++)
        if (t->kernel->type == RXT_F32)
            ((float *)t->slab.v[a])[i] = (float)made[i];
        else
            ((double *)t->slab.v[a])[i] = made[i];
}

/* Puts NaN around the operands and into arrays that are only written. If a kernel reads beyond its
 * share, or does not write all of its share, the result is wrong. */
static void lay(trial *t, ptrdiff_t n, int threads)
{
    size_t size = rxt_type_size(t->kernel->type);
    double *made = malloc((size_t)(n + 1) * sizeof *made);

    t->slab = (rxt_slab){ .type = t->kernel->type,
                          .n = n,
                          .total = n,
                          .ranks = 1,
                          .threads = threads,
                          .blas = levels_blas(t->kernel) };
    for (int a = 0; a < t->kernel->arrays; a++) {
        memset(t->memory[a], 0xff, ((size_t)n + 2 * GUARD) * size);
        t->slab.v[a] = t->memory[a] + GUARD * size;
        if (a < t->kernel->arrays - t->kernel->outputs)
            lay_operand(t, a, n, made);
    }
    free(made);
}

/* Is there still only NaN around every operand? */
static bool stayed_inside(const trial *t, ptrdiff_t n)
{
    size_t size = rxt_type_size(t->kernel->type), guard = GUARD * size;
    bool inside = true;

    for (int a = 0; a < t->kernel->arrays; a++)
        for (size_t i = 0; i < guard; i++)
            inside = inside && t->memory[a][i] == 0xff &&
                     t->memory[a][guard + (size_t)n * size + i] == 0xff;
    return inside;
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

static double error_of(const trial *t, ptrdiff_t n, rxt_team_kind kind, int threads)
{
    const rxt_proof *proof = rxt_proof_of(t->kernel);
    double *made[RXT_ARRAYS], *stands[RXT_ARRAYS];
    rxt_case of = rxt_team_case(kind, t->kernel, n, 1, threads);
    rxt_share anew = { .type = of.type, .n = n, .total = n, .workers = 1 }, found = anew;
    void *facts = malloc(proof->facts->size);
    double error;

    for (int a = 0; a < t->kernel->arrays; a++) {
        made[a] = malloc((size_t)(n + 1) * sizeof(double));
        rxt_operands_fill(t->kernel, &operands, a, 0, n, n, made[a]);
        anew.v[a] = made[a];
        stands[a] = malloc((size_t)(n + 1) * sizeof(double));
        for (ptrdiff_t i = 0; i < n; i++)
            stands[a][i] = t->kernel->type == RXT_F32 ? (double)((float *)t->slab.v[a])[i]
                                                      : ((double *)t->slab.v[a])[i];
        found.v[a] = stands[a];
    }
    proof->facts->zero(facts);
    proof->gather(&anew, t->kernel->stores > 0 ? &found : NULL, facts);
    error = proof->judge(facts, &of, t->result);
    for (int a = 0; a < t->kernel->arrays; a++) {
        free(made[a]);
        free(stands[a]);
    }
    free(facts);
    return error;
}

static void check(trial *t, ptrdiff_t n, rxt_team_kind kind, int threads)
{
    double error;

    lay(t, n, threads);
    CU_ASSERT_PTR_NULL_FATAL(rxt_team_with(kind, threads, call_once, t));
    error = error_of(t, n, kind, threads);
    CU_ASSERT(error <= 1);
    CU_ASSERT(stayed_inside(t, n));
    if (!(error <= 1 && stayed_inside(t, n)))
        printf("\n    %s, %s, n = %td, %d %s threads: error %g\n", t->kernel->name,
               rxt_type_name(t->kernel->type), n, threads, rxt_team_kind_name(kind), error);
}

static void check_all(trial *t, rxt_type type)
{
    int count = 0;
    const rxt_kernel *const *kernels = rxt_kernels(type, &count);

    CU_ASSERT(count >= 3);
    for (int k = 0; k < count; k++)
        for (int s = 0; s < SIZES; s++)
            for (int threads = 1; threads <= 4; threads++) {
                t->kernel = kernels[k];
                check(t, sizes[s], RXT_TEAM_FORKJOIN, threads);
                if (rxt_team_drives(RXT_TEAM_RESIDENT, t->kernel))
                    check(t, sizes[s], RXT_TEAM_RESIDENT, threads);
                if (rxt_team_drives(RXT_TEAM_AUTO, t->kernel))
                    check(t, sizes[s], RXT_TEAM_AUTO, threads);
            }
}

static void every_kernel_is_right_at_every_size_type_and_team(void)
{
    trial t = { 0 };

    for (int a = 0; a < RXT_ARRAYS; a++)
        t.memory[a] = malloc((LARGEST + 2 * GUARD) * sizeof(double));
    check_all(&t, RXT_F64);
    check_all(&t, RXT_F32);
    for (int a = 0; a < RXT_ARRAYS; a++)
        free(t.memory[a]);
}

static void kernels_say_what_they_are(rxt_type type)
{
    int count = 0;
    const rxt_kernel *const *kernels = rxt_kernels(type, &count);

    for (int k = 0; k < count; k++) {
        CU_ASSERT_EQUAL(kernels[k]->type, type);
        CU_ASSERT(kernels[k]->formula && kernels[k]->formula[0]);
        CU_ASSERT(kernels[k]->arrays >= 1 && kernels[k]->arrays <= RXT_ARRAYS);
        CU_ASSERT(kernels[k]->outputs >= 0 && kernels[k]->outputs <= kernels[k]->arrays);
        CU_ASSERT(kernels[k]->outputs == 0 || kernels[k]->stores > 0);
        CU_ASSERT(!kernels[k]->loop != !kernels[k]->run);
        CU_ASSERT(kernels[k]->merge || kernels[k]->stores > 0);
        CU_ASSERT(!kernels[k]->merge || kernels[k]->merge->size <= RXT_PARTIAL);
        CU_ASSERT_PTR_NULL(rxt_kernel_check(kernels[k], rxt_kernel_names(type)[k], type));
        CU_ASSERT_PTR_EQUAL(rxt_kernel_find(kernels[k]->name, type), kernels[k]);
        CU_ASSERT(k == 0 || strcmp(kernels[k - 1]->name, kernels[k]->name) < 0);
    }
    CU_ASSERT_PTR_NULL(rxt_kernel_find("dott", type));
    CU_ASSERT_PTR_NULL(rxt_kernel_find("", type));
}

static void every_kernel_says_what_it_is(void)
{
    kernels_say_what_they_are(RXT_F64);
    kernels_say_what_they_are(RXT_F32);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "every kernel is right at every size, type and team",
          every_kernel_is_right_at_every_size_type_and_team },
        { "every kernel says what it is", every_kernel_says_what_it_is },
        CU_TEST_INFO_NULL,
    };

    return suite_run("kernels", tests);
}
