/* check.c - is a kernel's descriptor complete and consistent? */
#include "support/check.h"

#include <math.h>
#include <string.h>

#include "support/proof.h"
#include "support/table.h"
#include <rxt/task.h>

/* Returns a message of one line, or NULL if there is no fault. */
typedef const char *fault(const rxt_kernel *k);

static bool amount(double value)
{
    return isfinite(value) && value >= 0;
}

static const char *words(const rxt_kernel *k)
{
    if (!k->formula || !k->formula[0])
        return ".formula is missing; give one line of mathematics";
    return NULL;
}

static const char *operands(const rxt_kernel *k)
{
    if (k->arrays < (k->task ? 0 : 1) || k->arrays > RXT_ARRAYS)
        return ".arrays is out of range; a kernel has 1 to 4 operands";
    if (k->outputs < 0 || k->outputs > k->arrays)
        return ".outputs is out of range; give 0 to .arrays";
    if (k->sums < 0 || k->grain < 0 || k->factors < 0 || k->factors > RXT_ARRAYS)
        return ".sums, .grain or .factors is out of range; give 0 or more, and for .factors at "
               "most 4";
    return NULL;
}

static const char *price(const rxt_kernel *k)
{
    if (!amount(k->loads) || !amount(k->stores) || !amount(k->flops))
        return ".loads, .stores or .flops is out of range; give 0 or more per element";
    if (k->outputs > 0 && k->stores <= 0)
        return ".outputs is above 0, but .stores is 0; an operand that is written needs .stores";
    if (!k->task && k->loads + k->stores <= 0)
        return ".loads and .stores are missing; a kernel loads or stores its operands";
    return NULL;
}

static const char *result(const rxt_kernel *k)
{
    const rxt_merge *m = k->merge;

    if (!m)
        return k->stores > 0 ? NULL
                             : ".merge and .stores are missing, so the kernel has no result; give "
                               "one of them";
    if (!m->zero || !m->merge || !m->finish)
        return ".merge lacks zero, merge or finish";
    if (m->size < 1 || m->size > RXT_PARTIAL)
        return ".merge has partial results of a size out of range; give 1 to 4096 bytes";
    if (m->native == RXT_NATIVE_SUM && m->size != sizeof(double))
        return ".merge is a native sum, but a partial result is not a double";
    return NULL;
}

static const char *proof(const rxt_kernel *k)
{
    const rxt_proof *p = k->proof;

    if (p && k->reference)
        return "both .proof and .reference are given; a kernel has one of them, or none";
    if (k->reference && !rxt_proof_by_reference(k))
        return ".reference works only with rxt_sum, rxt_max, rxt_min or no .merge; write a .proof";
    if (k->reference && (k->stores > 1 || (k->merge && k->stores > 0)))
        return ".reference gives one value per element, but the kernel has more; write a .proof";
    if (!p)
        return NULL;
    if (!p->facts || !p->facts->zero || !p->facts->merge || !p->gather || !p->judge)
        return ".proof lacks facts, gather or judge";
    if (p->facts->size < 1 || p->facts->size > RXT_PARTIAL)
        return ".proof has facts of a size out of range; give 1 to 4096 bytes";
    if (k->stores <= 0 && (!p->bound || !p->mean))
        return ".proof lacks bound or mean, which a kernel that stores nothing needs";
    return NULL;
}

static const char *work(const rxt_kernel *k)
{
    if (!k->loop && !k->run)
        return "neither .loop nor .run is given; give one of them";
    return k->loop && k->run ? "both .loop and .run are given; a kernel has exactly one of them"
                             : NULL;
}

/* A task is found from its kernel alone, so kernel and task must point to each other. */
static const char *task(const rxt_kernel *k)
{
    if (k->task && &k->task->kernel != k)
        return ".task belongs to another kernel; give the address of the rxt_task that contains "
               "this kernel";
    if (k->task && (!k->task->unit || !k->task->unit[0]))
        return ".unit is missing; a task says what its n counts";
    return NULL;
}

rxt_status rxt_kernel_check(const rxt_kernel *k, const char *name, rxt_type type)
{
    static fault *const faults[] = { task, words, operands, price, result, proof, work };
    const char *what = NULL;

    if (!k->name || strcmp(k->name, name) != 0)
        return rxt_status_of(
            RXT_USAGE, "kernel %s.c: .name is %s%.60s%s; it must be the name of the file, \"%s\"",
            name, k->name ? "\"" : "", k->name ? k->name : "missing", k->name ? "\"" : "", name);
    if (k->type != type)
        return rxt_status_of(RXT_USAGE, "kernel %s.c: it uses RXT_TYPE, but .type is not RXT_TYPE",
                             name);
    for (size_t f = 0; f < sizeof faults / sizeof faults[0] && !what; f++)
        what = faults[f](k);
    return what ? rxt_status_of(RXT_USAGE, "kernel %s.c: %s", name, what) : RXT_OK;
}

rxt_status rxt_kernels_check(void)
{
    rxt_status st = RXT_OK;

    for (int t = 0; t < RXT_TYPES && !st; t++) {
        int count;
        const rxt_kernel *const *kernel = rxt_kernels((rxt_type)t, &count);

        for (int k = 0; k < count && !st; k++)
            st = rxt_kernel_check(kernel[k], rxt_kernel_names((rxt_type)t)[k], (rxt_type)t);
    }
    return st;
}
