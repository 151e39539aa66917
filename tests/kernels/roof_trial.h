/* roof_trial.h - runs one roof loop on the shares of several workers, and asks its proof. */
#ifndef ROOF_TRIAL_H
#define ROOF_TRIAL_H

#include "data/operands.h"
#include "support/roof.h"
#include "support/slab.h"
#include "support/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* With this GUARD, operands start at addresses that are not aligned to vectors. */
enum { LARGEST = 5003, GUARD = 61, WORKERS = 3 };
static const rxt_operands operands = { .seed = 11 };

/* One loop on the shares of several workers, which run one after the other. */
typedef struct trial {
    const rxt_kernel *kernel;
    ptrdiff_t n;
    int workers;
    _Alignas(64) unsigned char memory[RXT_ARRAYS][(LARGEST + 2 * GUARD) * sizeof(double)];
    double made[RXT_ARRAYS][LARGEST], stands[RXT_ARRAYS][LARGEST];
    rxt_value result;
} trial;

static inline size_t size_of(const trial *t)
{
    return rxt_type_size(t->kernel->type);
}

static inline double get(const trial *t, int a, ptrdiff_t i)
{
    const unsigned char *at = t->memory[a] + (size_t)(GUARD + i) * size_of(t);

    return t->kernel->type == RXT_F32 ? (double)*(const float *)(const void *)at
                                      : *(const double *)(const void *)at;
}

static inline void put(trial *t, int a, ptrdiff_t i, double value)
{
    unsigned char *at = t->memory[a] + (size_t)(GUARD + i) * size_of(t);

    if (t->kernel->type == RXT_F32)
        *(float *)(void *)at = (float)value;
    else
        *(double *)(void *)at = value;
}

/* Fills the operands that the loop reads; all other memory is NaN. */
static inline void lay(trial *t, const rxt_kernel *kernel, ptrdiff_t n)
{
    t->kernel = kernel;
    t->n = n;
    memset(t->memory, 0xff, sizeof t->memory);
    for (int a = 0; a < kernel->arrays; a++) {
        rxt_operands_fill(kernel, &operands, a, 0, n, n, t->made[a]);
        for (ptrdiff_t i = 0; i < n && a < kernel->arrays - kernel->outputs; i++)
            put(t, a, i, t->made[a][i]);
    }
}

static inline void call(trial *t, int workers)
{
    const rxt_merge *merge = t->kernel->merge;
    _Alignas(64) unsigned char all[RXT_PARTIAL], one[RXT_PARTIAL];
    rxt_slab slab = {
        .type = t->kernel->type, .n = t->n, .total = t->n, .ranks = 1, .threads = workers
    };

    for (int a = 0; a < t->kernel->arrays; a++)
        slab.v[a] = t->memory[a] + GUARD * size_of(t);
    if (merge)
        merge->zero(all);
    for (int w = 0; w < workers; w++) {
        rxt_share share = rxt_share_of(&slab, w, rxt_grain_of(t->kernel));

        t->kernel->loop(&share, one);
        if (merge)
            merge->merge(all, one);
    }
    t->result = merge ? merge->finish(all) : (rxt_value){ .value = NAN, .index = -1 };
    t->workers = workers;
}

/* The proof's verdict. Facts are gathered in blocks and merged, as for several ranks; `total` is
 * the number of elements that the proof is given. */
static inline double judge_of(trial *t, ptrdiff_t total)
{
    const rxt_proof *proof = t->kernel->proof;
    rxt_case of = rxt_case_of(t->kernel, total, 1, t->workers);
    _Alignas(64) unsigned char facts[RXT_PARTIAL], more[RXT_PARTIAL];

    proof->facts->zero(facts);
    for (ptrdiff_t first = 0; first < t->n; first += 1000) {
        ptrdiff_t n = t->n - first < 1000 ? t->n - first : 1000;
        rxt_share made = { .n = n, .first = first, .total = total, .workers = 1 }, found = made;

        for (int a = 0; a < t->kernel->arrays; a++) {
            for (ptrdiff_t i = first; i < first + n; i++)
                t->stands[a][i] = get(t, a, i);
            made.v[a] = t->made[a] + first;
            found.v[a] = t->stands[a] + first;
        }
        proof->facts->zero(more);
        proof->gather(&made, t->kernel->stores > 0 ? &found : NULL, more);
        proof->facts->merge(facts, more);
    }
    return proof->judge(facts, &of, t->result);
}

static inline double judge(trial *t)
{
    return judge_of(t, t->n);
}

static inline void with_each(void (*act)(trial *t, const rxt_roof *roof))
{
    static trial t;
    int levels;
    const rxt_roof_level *level = rxt_roof_levels(&levels);

    for (int l = 0; l < levels; l++)
        for (int type = 0; type < RXT_TYPES && level[l].runs(); type++)
            for (int r = 0; r < RXT_ROOFS; r++)
                act(&t, &level[l].roof[type][r]);
}

#endif
