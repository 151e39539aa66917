/* operands.c - operands from the user's files: opened, checked once, named; and the fill. */
#include "data/operands.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "base/random.h"
#include "base/text.h"
#include "support/fill.h"
#include "support/slab.h"

enum { BLOCK = 1 << 12 }; /* elements checked at once */

static const char *const options[RXT_OWN] = { "--x", "--y" };

/* ---- opening ---- */

static bool is_own(const rxt_operands *o, int a)
{
    return o->file[a].path != NULL;
}

ptrdiff_t rxt_operands_total(const rxt_operands *o)
{
    for (int a = 0; a < RXT_OWN; a++)
        if (is_own(o, a))
            return o->file[a].header.n;
    return -1;
}

static rxt_status check_lengths(const rxt_operands *o)
{
    const rxt_npy *x = &o->file[0], *y = &o->file[1];

    if (!is_own(o, 0) || !is_own(o, 1) || x->header.n == y->header.n)
        return RXT_OK;
    return rxt_status_of(
        RXT_USAGE,
        "--x=%.150s has %td elements, --y=%.150s has %td; give two files of the same length",
        x->path, x->header.n, y->path, y->header.n);
}

rxt_status rxt_operands_open(const char *const path[RXT_OWN], uint64_t seed, rxt_operands *o)
{
    rxt_status st = RXT_OK;

    *o = (rxt_operands){ .seed = seed };
    for (int a = 0; a < RXT_OWN && !st; a++)
        if (path[a])
            st = rxt_npy_open(options[a], path[a], &o->file[a]);
    if (!st)
        st = check_lengths(o);
    if (st)
        rxt_operands_close(o);
    return st;
}

void rxt_operands_close(rxt_operands *o)
{
    for (int a = 0; a < RXT_OWN; a++)
        rxt_npy_close(&o->file[a]);
}

const char *rxt_operands_at(const rxt_operands *o, const char *path)
{
    struct stat there, own;

    for (int a = 0; a < RXT_OWN && !stat(path, &there); a++)
        if (is_own(o, a) && !fstat(o->file[a].descriptor, &own) && own.st_dev == there.st_dev &&
            own.st_ino == there.st_ino)
            return options[a];
    return NULL;
}

/* ---- the same on all ranks ---- */

/* SAMPLES: blocks of a file that all ranks compare; SAMPLE: elements of a block. */
enum { SAMPLES = 64, SAMPLE = 512 };

/* Mixes the element's bits with its index, so that a sum of digests also depends on the order. */
static uint64_t digest_of(double value, ptrdiff_t index)
{
    uint64_t z;

    memcpy(&z, &value, sizeof z);
    return rxt_random_mix(z ^ (uint64_t)index * rxt_random_golden);
}

static rxt_status differs(const rxt_npy *file, const char *what)
{
    return rxt_status_of(RXT_USAGE, "%s=%.200s: has %s on some nodes; give all nodes the same file",
                         file->option, file->path, what);
}

/* equal[0]: do all ranks have the same a? equal[1]: the same b? Compares the largest value with the
 * smallest; the smallest is -(largest of the negated values). */
static void compare(const rxt_comm *comm, double a, double b, bool equal[2])
{
    double most[4] = { a, -a, b, -b };

    rxt_comm_max(comm, 4, most);
    for (int i = 0; i < 2; i++)
        equal[i] = most[2 * i] == -most[2 * i + 1];
}

static rxt_status check_header(const rxt_comm *comm, const rxt_npy *file)
{
    double type = (double)rxt_npy_size(&file->header) + (file->header.type[0] == '>');
    bool equal[2];

    compare(comm, (double)file->header.n, type, equal);
    if (!equal[0])
        return differs(file, "another length");
    return equal[1] ? RXT_OK : differs(file, "another type");
}

/* The digest of SAMPLES blocks of the file. They are evenly spread, and include the first and the
 * last elements; in a short file they include all elements. */
static rxt_status sample(const rxt_npy *file, uint64_t *digest)
{
    rxt_status st = RXT_OK;

    *digest = 0;
    for (int s = 0; s < SAMPLES && !st; s++) {
        rxt_range part = rxt_range_part((rxt_range){ .n = file->header.n }, s, SAMPLES, 1);
        ptrdiff_t n = part.n < SAMPLE ? part.n : SAMPLE;
        ptrdiff_t first = s == SAMPLES - 1 ? part.first + part.n - n : part.first;
        double block[SAMPLE];

        st = rxt_npy_read(file, first, n, block);
        for (ptrdiff_t i = 0; i < n && !st; i++)
            *digest += digest_of(block[i], first + i);
    }
    return st;
}

/* Each rank reads only its own part of the file. So different files on the nodes would be mixed,
 * and the mixture would be proved right. The digest is compared in two halves, because a double
 * cannot hold 64 bits. */
static rxt_status check_same(const rxt_comm *comm, const rxt_npy *file)
{
    rxt_status st = check_header(comm, file);
    uint64_t digest = 0;
    bool equal[2];

    if (!st)
        st = rxt_comm_agree(comm, sample(file, &digest));
    if (st)
        return st;
    compare(comm, (double)(digest >> 32), (double)(digest & UINT32_MAX), equal);
    return equal[0] && equal[1] ? RXT_OK : differs(file, "other contents");
}

/* ---- check of the elements ---- */

/* The result of checking a range of elements; merged like partial results. */
typedef struct observation {
    uint64_t digest;
    int64_t bad; /* index of the first element that is not finite in the type, -1: none */
    double value;
} observation;

static void zero(void *partial)
{
    *(observation *)partial = (observation){ .bad = -1 };
}

static void merge(void *left, const void *right)
{
    observation *s = left;
    const observation *more = right;

    s->digest += more->digest;
    if (more->bad >= 0 && (s->bad < 0 || more->bad < s->bad)) {
        s->bad = more->bad;
        s->value = more->value;
    }
}

static const rxt_merge merge_sights = {
    .size = sizeof(observation),
    .commutes = true,
    .zero = zero,
    .merge = merge,
};

static bool is_finite(double value, rxt_type type)
{
    return type == RXT_F32 ? isfinite((float)value) : isfinite(value);
}

static void look_through(rxt_type type, ptrdiff_t first, ptrdiff_t n, const double *block,
                         observation *s)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        s->digest += digest_of(block[i], first + i);
        if (s->bad < 0 && !is_finite(block[i], type)) {
            s->bad = first + i;
            s->value = block[i];
        }
    }
}

static rxt_status read_part(const rxt_comm *comm, const rxt_npy *file, rxt_type type,
                            const atomic_bool *stop, observation *s)
{
    rxt_range part = rxt_range_part((rxt_range){ .n = file->header.n }, rxt_comm_rank(comm),
                                    rxt_comm_size(comm), 1);
    double block[BLOCK];
    rxt_status st = RXT_OK;

    for (ptrdiff_t i = 0; i < part.n && !st && !atomic_load(stop); i += BLOCK) {
        ptrdiff_t n = part.n - i < BLOCK ? part.n - i : BLOCK;

        st = rxt_npy_read(file, part.first + i, n, block);
        if (!st)
            look_through(type, part.first + i, n, block, s);
    }
    if (!st && atomic_load(stop))
        st = rxt_status_of(RXT_STOPPED, "stopped before this job's first measurement");
    return st;
}

static rxt_status check_file(rxt_comm *comm, const rxt_npy *file, rxt_type type,
                             const atomic_bool *stop, uint64_t *digest)
{
    observation s = { .bad = -1 };
    rxt_status st = check_same(comm, file);

    if (!st)
        st = rxt_comm_agree(comm, read_part(comm, file, type, stop, &s));
    if (st)
        return st;
    rxt_comm_combine(comm, RXT_COMBINE_MPI, &merge_sights, &s);
    *digest = s.digest;
    if (s.bad < 0)
        return RXT_OK;
    if (isfinite(s.value))
        return rxt_status_of(RXT_USAGE,
                             "%s=%.200s: element %lld is %g, out of the range of f32; scale the "
                             "operand, or leave --type=f32 out",
                             file->option, file->path, (long long)s.bad, s.value);
    return rxt_status_of(
        RXT_USAGE, "%s=%.200s: element %lld is %s; only results of finite numbers can be proved",
        file->option, file->path, (long long)s.bad, isnan(s.value) ? "not a number" : "infinite");
}

rxt_status rxt_operands_check(rxt_comm *comm, rxt_operands *o, rxt_type type,
                              const atomic_bool *stop)
{
    rxt_status st = RXT_OK;

    if (rxt_operands_total(o) >= 0)
        st = rxt_comm_agree(comm, rxt_comm_ready(comm, RXT_COMBINE_MPI, &merge_sights));
    for (int a = 0; a < RXT_OWN && !st; a++)
        if (is_own(o, a))
            st = check_file(comm, &o->file[a], type, stop, &o->digest[a]);
    return st;
}

/* ---- names ---- */

void rxt_operands_text(const rxt_operands *o, int arrays, char *text, size_t size)
{
    text[0] = '\0';
    if (rxt_operands_total(o) < 0)
        return;
    for (int a = 0; a < arrays && a < RXT_OWN; a++) {
        const rxt_npy *file = &o->file[a];

        if (file->path)
            rxt_text_append(text, size, "%c from %.150s (%s), ", 'x' + a, file->path,
                            file->header.type + 1);
        else
            rxt_text_append(text, size, "%c generated, ", 'x' + a);
    }
    rxt_text_append(text, size, "%td elements", rxt_operands_total(o));
}

static void round_to_f32(ptrdiff_t n, double *block)
{
    for (ptrdiff_t i = 0; i < n; i++)
        block[i] = (float)block[i];
}

rxt_status rxt_operands_fill(const rxt_kernel *kernel, const rxt_operands *operands, int operand,
                             ptrdiff_t first, ptrdiff_t n, ptrdiff_t total, double *block)
{
    rxt_status st = RXT_OK;

    if (operand < RXT_OWN && operands->file[operand].path)
        st = rxt_npy_read(&operands->file[operand], first, n, block);
    else
        rxt_fill_of(kernel, operands->seed, operand, first, n, total, block);
    if (!st && kernel->type == RXT_F32)
        round_to_f32(n, block);
    return st;
}
