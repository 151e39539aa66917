/* test_blas_pieces.c - a share that is longer than a BLAS length is passed in pieces that cover the
 * share. The test compiles the kernels with pieces of a few elements. */
#include <rxt/blas.h>
#include <rxt/map.h>
#include <rxt/norm.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The `loop` of each file that is included below gets a name of its own. This `loop` is the one in
 * the descriptors, and is never called. */
static void loop(const rxt_share *share, void *partial)
{
    (void)share, (void)partial;
}

static int a_piece;
#define RXT_BLAS_PIECE a_piece
#define loop(share, partial) loop_of_sum(share, partial)
#include "../kernels/sum_blas.c"
#undef loop
#define loop(share, partial) loop_of_asum(share, partial)
#include "../kernels/asum_blas.c"
#undef loop
#define loop(share, partial) loop_of_nrm2(share, partial)
#include "../kernels/nrm2_blas.c"
#undef loop
#define loop(share, partial) loop_of_iamax(share, partial)
#include "../kernels/iamax_blas.c"
#undef loop
#define loop(share, partial) loop_of_axpy(share, partial)
#include "../kernels/axpy_blas.c"
#undef loop

#include "suite.h"

enum { MOST = 70 };

/* The share, with the library's function `name`. */
static const rxt_share *by(const rxt_share *share, const char *name)
{
    static rxt_blas *blas;
    static rxt_share with;

    if (!blas)
        CU_ASSERT_PTR_NULL_FATAL(rxt_blas_open(NULL, &blas));
    CU_ASSERT_TRUE(rxt_blas_alone(blas));
    with = *share;
    with.blas = rxt_blas_find(blas, name);
    CU_ASSERT_FATAL(with.blas != NULL);
    return &with;
}

typedef void check(const rxt_share *share, const double *x);

/* Checks integers, at every length, in pieces of every length. In operands of more than 20 elements
 * the largest magnitude occurs twice. */
static void each(check *holds)
{
    double x[MOST], y[MOST];

    for (int n = 0; n <= MOST; n++)
        for (a_piece = 1; a_piece <= n + 1; a_piece++) {
            rxt_share share = { .n = n, .first = 5, .total = 2 * MOST, .v = { x, y } };

            for (int i = 0; i < n; i++) {
                x[i] = (i % 3 ? i + 1 : -(i + 1)) + 0.0;
                y[i] = i;
            }
            if (n > 20)
                x[n / 2] = -n;
            holds(&share, x);
        }
}

static void sums_hold(const rxt_share *share, const double *x)
{
    double sum = 0, magnitudes = 0, found = NAN;

    for (ptrdiff_t i = 0; i < share->n; i++) {
        sum += x[i];
        magnitudes += fabs(x[i]);
    }
    loop_of_sum(by(share, "cblas_dsum"), &found);
    CU_ASSERT_EQUAL(found, sum);
    loop_of_asum(by(share, "cblas_dasum"), &found);
    CU_ASSERT_EQUAL(found, magnitudes);
}

static void sums_of_pieces_are_the_sum(void)
{
    each(sums_hold);
}

static void norm_holds(const rxt_share *share, const double *x)
{
    double squares = 0, found;
    rxt_norm norm;

    for (ptrdiff_t i = 0; i < share->n; i++)
        squares += x[i] * x[i];
    loop_of_nrm2(by(share, "cblas_dnrm2"), &norm);
    found = rxt_norms.finish(&norm).value;
    CU_ASSERT_DOUBLE_EQUAL(found, sqrt(squares), 1e-13 * sqrt(squares));
}

static void norms_of_pieces_make_up_the_norm(void)
{
    each(norm_holds);
}

static void first_holds(const rxt_share *share, const double *x)
{
    ptrdiff_t at = 0;
    rxt_value found;

    for (ptrdiff_t i = 1; i < share->n; i++)
        if (fabs(x[i]) > fabs(x[at]))
            at = i;
    loop_of_iamax(by(share, "cblas_idamax"), &found);
    CU_ASSERT_EQUAL(found.index, share->n > 0 ? share->first + at : -1);
    CU_ASSERT_EQUAL(found.value, share->n > 0 ? fabs(x[at]) : 0);
}

static void the_first_of_the_largest_is_that_of_all_pieces(void)
{
    each(first_holds);
}

static void update_holds(const rxt_share *share, const double *x)
{
    const double *y = share->v[1];
    bool right = true;

    loop_of_axpy(by(share, "cblas_daxpy"), NULL);
    for (ptrdiff_t i = 0; i < share->n; i++)
        right = right && y[i] == (double)i + RXT_MAP_SCALAR * x[i];
    CU_ASSERT(right);
}

static void every_piece_is_updated_once(void)
{
    each(update_holds);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "sums of pieces are the sum", sums_of_pieces_are_the_sum },
        { "norms of pieces make up the norm", norms_of_pieces_make_up_the_norm },
        { "the first of the largest is that of all pieces",
          the_first_of_the_largest_is_that_of_all_pieces },
        { "every piece is updated once", every_piece_is_updated_once },
        CU_TEST_INFO_NULL,
    };

    return suite_run("blas_pieces", tests);
}
