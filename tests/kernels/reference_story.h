/* reference_story.h - a kernel of one formula on special operands, its result, the right result,
 * and the facts of its proof. */
#ifndef REFERENCE_STORY_H
#define REFERENCE_STORY_H

#include "support/proof.h"

#include "reference_truth.h"

/* What the kernel does with the values of the elements. */
typedef enum kind { STORED, ADDED, MOST_OF, LEAST_OF, KINDS } kind;
static const char *const kind_names[KINDS] = { "stored", "sum", "max", "min" };
static const rxt_merge *const merges[KINDS] = { NULL, &rxt_sum, &rxt_max, &rxt_min };

/* A kernel of one formula on the trial's operands. */
typedef struct story {
    trial t;
    const formula *f;
    kind kind;
    const char *class;
    zone at[MOST], whole; /* right results: of each element; of the sum or extreme */
    bool refused;         /* the sum may overflow: the proof accepts no result     */
    double value[MOST];   /* the elements as the kernel computes them              */
    rxt_kernel kernel;
} story;

/* ---- the right results ---- */

static inline void find_elements(story *s)
{
    trial *t = &s->t;
    mpfr_t value, moves;

    mpfr_inits2(BITS, value, moves, (mpfr_ptr)0);
    for (ptrdiff_t i = 0; i < t->n; i++) {
        zone_at(&s->at[i], s->f, t->type, t->x[i], t->y[i], value, moves);
        s->value[i] = rounded(t->type, s->f->plain(t->x[i], t->y[i]));
    }
    mpfr_clears(value, moves, (mpfr_ptr)0);
}

/* For a finite term: adds the middle of its zone to `sum` and `magnitude`, and the two half widths
 * of the zone to `error` and `far`. */
static inline void add_term(const zone *z, mpfr_t sum, mpfr_t magnitude, mpfr_t error, mpfr_t far)
{
    mpfr_t part, middle;

    mpfr_inits2(BITS, part, middle, (mpfr_ptr)0);
    mpfr_add(middle, z->low, z->high, MPFR_RNDN);
    mpfr_div_ui(middle, middle, 2, MPFR_RNDN);
    mpfr_add(sum, sum, middle, MPFR_RNDN);
    mpfr_sub(part, z->high, middle, MPFR_RNDN);
    mpfr_add(error, error, part, MPFR_RNDN);
    mpfr_sub(part, z->far_high, middle, MPFR_RNDN);
    mpfr_add(far, far, part, MPFR_RNDN);
    mpfr_abs(middle, middle, MPFR_RNDN);
    mpfr_add(magnitude, magnitude, middle, MPFR_RNDN);
    mpfr_clears(part, middle, (mpfr_ptr)0);
}

/* Is the value of a zone infinite in double? 1: yes; 0: no; -1: it may be either. */
static inline int overflows(const zone *z)
{
    zone *of = (zone *)z;
    int sign = mpfr_sgn(of->high) > 0 ? 1 : -1;
    bool near = reaches(RXT_F64, sign > 0 ? of->far_low : of->far_high, sign),
         far = reaches(RXT_F64, sign > 0 ? of->far_high : of->far_low, sign);

    return near == far ? far : -1;
}

/* Is the value an integer? 1: yes; 0: no; -1: only after rounding to long double. */
static inline int is_whole(const zone *z)
{
    mpfr_t middle;
    int whole;

    mpfr_init2(middle, BITS);
    mpfr_add(middle, z->low, z->high, MPFR_RNDN);
    mpfr_div_ui(middle, middle, 2, MPFR_RNDN);
    whole = mpfr_integer_p(middle) ? 1 : 0;
    mpfr_prec_round(middle, LDBL_MANT_DIG, MPFR_RNDN);
    if (!whole &&
        (mpfr_integer_p(middle) || (!holds_small(RXT_F64) && mpfr_get_d(middle, MPFR_RNDN) == 0)))
        whole = -1;
    mpfr_clear(middle);
    return whole;
}

/* error += factor |number| */
static inline void widen(mpfr_t error, double factor, mpfr_t number)
{
    mpfr_t part;

    mpfr_init2(part, BITS);
    mpfr_abs(part, number, MPFR_RNDN);
    mpfr_mul_d(part, part, factor, MPFR_RNDN);
    mpfr_add(error, error, part, MPFR_RNDN);
    mpfr_clear(part);
}

/* The zone of the sum. Infinite terms and NaN are added by IEEE 754, the others exactly. Sums of
 * small integers are exact. */
static inline void find_sum(story *s)
{
    const trial *t = &s->t;
    double u = half_unit(t->type), c = (double)t->n * u, special = 0;
    bool whole = true, nearly = true;
    mpfr_t sum, magnitude, error, far;

    mpfr_inits2(BITS, sum, magnitude, error, far, (mpfr_ptr)0);
    mpfr_set_zero(sum, 1), mpfr_set_zero(magnitude, 1);
    mpfr_set_zero(error, 1), mpfr_set_zero(far, 1);
    s->refused = false;
    for (ptrdiff_t i = 0; i < t->n; i++) {
        const zone *z = &s->at[i];
        int over = z->alone ? !isfinite(z->value) : overflows(z);

        s->refused = s->refused || over < 0;
        if (over)
            special += z->alone ? z->value : copysign(INFINITY, mpfr_sgn(z->high));
        else
            add_term(z, sum, magnitude, error, far);
        whole = whole && (over || is_whole(z) > 0);
        nearly = nearly && (over || is_whole(z) != 0);
    }
    s->refused = s->refused || mpfr_cmp_d(magnitude, largest(t->type) / 4) > 0;
    if (whole && mpfr_cmp_d(magnitude, 1 / u) < 0)
        mpfr_set_zero(error, 1), mpfr_set_zero(far, 1);
    else
        widen(error, c / (1 - c), magnitude), widen(far, 1.001 * c / (1 - c) + 1e-15, magnitude);
    if (nearly && mpfr_cmp_d(magnitude, 1 / u) < 0)
        mpfr_set_zero(error, 1);
    else
        mpfr_add_d(far, far, 2 * DBL_TRUE_MIN, MPFR_RNDN);
    zone_about(&s->whole, sum, error, far);
    s->whole.alone = special != 0;
    s->whole.value = special;
    mpfr_clears(sum, magnitude, error, far, (mpfr_ptr)0);
}

static inline void take_end(mpfr_t end, const mpfr_t of, bool most)
{
    if (most ? mpfr_cmp(of, end) > 0 : mpfr_cmp(of, end) < 0)
        mpfr_set(end, of, MPFR_RNDN);
}

/* The zone of the largest or smallest element. Its lower end is the largest (smallest) of all lower
 * ends, its upper end the largest (smallest) of all upper ends. */
static inline void find_extreme(story *s)
{
    bool most = s->kind == MOST_OF;
    double one = most ? -(double)INFINITY : (double)INFINITY;
    zone *all = &s->whole;

    mpfr_set_d(all->low, one, MPFR_RNDN), mpfr_set_d(all->high, one, MPFR_RNDN);
    mpfr_set_d(all->far_low, one, MPFR_RNDN), mpfr_set_d(all->far_high, one, MPFR_RNDN);
    for (ptrdiff_t i = 0; i < s->t.n; i++) {
        zone *z = &s->at[i];

        if (z->alone && z->value != 0) {
            one = most ? fmax(one, z->value) : fmin(one, z->value);
            continue;
        }
        take_end(all->low, z->low, most), take_end(all->high, z->high, most);
        take_end(all->far_low, z->far_low, most), take_end(all->far_high, z->far_high, most);
    }
    all->alone = mpfr_inf_p(all->low) || one == (most ? (double)INFINITY : -(double)INFINITY);
    all->value = one;
    s->refused = false;
}

static inline void find_truth(story *s)
{
    find_elements(s);
    if (s->kind == ADDED)
        find_sum(s);
    else if (s->kind != STORED)
        find_extreme(s);
}

/* ---- the proof ---- */

typedef struct facts {
    _Alignas(64) unsigned char bytes[RXT_PARTIAL];
} facts;

static inline rxt_kernel kernel_of(const formula *f, kind of, rxt_type type)
{
    return (rxt_kernel){ .name = f->name,
                         .type = type,
                         .arrays = f->inputs + (of == STORED),
                         .outputs = of == STORED,
                         .loads = f->inputs,
                         .stores = of == STORED,
                         .flops = f->flops,
                         .factors = 1,
                         .merge = merges[of],
                         .reference = f->reference };
}

/* Gathers elements [first, first + n), as one worker does. */
static inline void gather(story *s, ptrdiff_t first, ptrdiff_t n, facts *all)
{
    const rxt_proof *proof = rxt_proof_by_reference(&s->kernel);
    double nothing[MOST];
    rxt_share made = { .type = s->t.type,
                       .n = n,
                       .first = first,
                       .total = s->t.n,
                       .v = { s->t.x + first, s->t.y + first, nothing },
                       .kernel = &s->kernel },
              found = made;

    if (s->f->inputs == 1)
        made.v[1] = s->kind == STORED ? nothing : NULL;
    found.v[s->kernel.arrays - 1] = s->value + first;
    proof->gather(&made, s->kind == STORED ? &found : NULL, all);
}

/* Gathers the two halves, as two workers do, and merges the facts. */
static inline void gather_all(story *s, facts *low)
{
    const rxt_proof *proof = rxt_proof_by_reference(&s->kernel);
    ptrdiff_t half = s->t.n / 2;
    facts high;

    proof->facts->zero(low);
    proof->facts->zero(&high);
    gather(s, 0, half, low);
    gather(s, half, s->t.n - half, &high);
    proof->facts->merge(low, &high);
}

#endif
