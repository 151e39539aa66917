/* test_slab.c - dividing elements among workers, and knowing when memory must be filled again. */
#include "support/slab.h"

#include <string.h>

#include "suite.h"

#include "data/arena.h"
#include <rxt/status.h>

static const ptrdiff_t sizes[] = { 0, 1, 2, 7, 8, 9, 64, 1009, 65537 };
enum { SIZES = sizeof sizes / sizeof sizes[0] };

/* Parts follow each other without gap or overlap, and end where the whole ends. */
static void check_parts(rxt_range whole, int parts, ptrdiff_t grain)
{
    ptrdiff_t next = whole.first, most = 0, least = PTRDIFF_MAX;

    for (int p = 0; p < parts; p++) {
        rxt_range part = rxt_range_part(whole, p, parts, grain);

        CU_ASSERT_EQUAL(part.first, next);
        CU_ASSERT(part.n >= 0);
        if (part.n > 0)
            CU_ASSERT_EQUAL((part.first - whole.first) % grain, 0);
        most = part.n > most ? part.n : most;
        least = part.n < least ? part.n : least;
        next += part.n;
    }
    CU_ASSERT_EQUAL(next, whole.first + whole.n);
    CU_ASSERT(most - least < 2 * grain);
}

static void loop(const rxt_share *share, void *partial)
{
    (void)share;
    (void)partial;
}

static void parts_coverage_every_element_once_and_evenly(void)
{
    for (int s = 0; s < SIZES; s++)
        for (int parts = 1; parts <= 13; parts++)
            for (ptrdiff_t grain = 1; grain <= 64; grain *= 4)
                check_parts((rxt_range){ .first = 3 * grain, .n = sizes[s] }, parts, grain);
}

static void part_zero_is_the_largest(void)
{
    for (int s = 0; s < SIZES; s++)
        for (int parts = 1; parts <= 13; parts++)
            for (int p = 1; p < parts; p++) {
                rxt_range whole = { .n = sizes[s] };

                CU_ASSERT(rxt_range_part(whole, p, parts, 8).n <=
                          rxt_range_part(whole, 0, parts, 8).n);
            }
}

static void with_grain_one_parts_are_those_of_a_static_schedule(void)
{
    static const ptrdiff_t expected[] = { 3, 2, 2 };

    for (int p = 0; p < 3; p++)
        CU_ASSERT_EQUAL(rxt_range_part((rxt_range){ .n = 7 }, p, 3, 1).n, expected[p]);
}

/* The largest share of 1000 elements on 2 × 3 workers is 168; a kernel with its own threads has 504
 * per rank. The chain is 1 rounding of the element, the additions of the share, 2 merges of threads
 * and 1 of ranks. */
static void the_longest_chain_is_the_largest_shares_and_the_merges(void)
{
    rxt_kernel plain = { .loop = loop }, wide = { .loop = loop, .sums = 16 }, whole = { 0 };

    CU_ASSERT_EQUAL(rxt_chain_of(&plain, 1000, 2, 3), 1 + 168 + 1 + 2 + 1);
    CU_ASSERT_EQUAL(rxt_chain_of(&wide, 1000, 2, 3), 1 + 11 + 16 + 2 + 1);
    CU_ASSERT_EQUAL(rxt_chain_of(&whole, 1000, 2, 3), 1 + 504 + 1 + 2 + 1);
    CU_ASSERT_EQUAL(rxt_chain_of(&wide, PTRDIFF_MAX, 1, 1), 1 + ((PTRDIFF_MAX >> 4) + 1) + 16);
}

static void no_chain_is_longer_than_there_are_elements(void)
{
    rxt_kernel wide = { .loop = loop, .sums = 64 };

    for (ptrdiff_t n = 0; n <= 64; n++)
        for (int ranks = 1; ranks <= 3; ranks++)
            for (int threads = 1; threads <= 3; threads++)
                CU_ASSERT_EQUAL(rxt_chain_of(&wide, n, ranks, threads), n);
}

static void a_share_points_at_its_own_elements(void)
{
    double x[100] = { 0 };
    rxt_slab slab = {
        .n = 100, .first = 1000, .total = 2000, .rank = 1, .ranks = 2, .threads = 3, .v = { x }
    };

    for (int t = 0; t < 3; t++) {
        rxt_share share = rxt_share_of(&slab, t, 8);

        CU_ASSERT_PTR_EQUAL(share.v[0], x + (share.first - 1000));
        CU_ASSERT_PTR_NULL(share.v[1]);
        CU_ASSERT_EQUAL(share.worker, 3 + t);
        CU_ASSERT_EQUAL(share.workers, 6);
        CU_ASSERT_EQUAL(share.total, 2000);
    }
}

static void elements_of_f32_are_four_bytes_apart_and_sixteen_a_line(void)
{
    const rxt_kernel narrow = { .type = RXT_F32 }, wide = { .type = RXT_F64 };
    float x[100] = { 0 };
    rxt_slab slab = {
        .type = RXT_F32, .n = 100, .first = 32, .total = 200, .threads = 3, .cache = 5e5, .v = { x }
    };

    CU_ASSERT_EQUAL(rxt_grain_of(&narrow), 16);
    CU_ASSERT_EQUAL(rxt_grain_of(&wide), 8);
    for (int t = 0; t < 3; t++) {
        rxt_share share = rxt_share_of(&slab, t, 16);

        CU_ASSERT_PTR_EQUAL(share.v[0], x + (share.first - 32));
        CU_ASSERT_EQUAL(share.cache, 5e5);
    }
    CU_ASSERT_EQUAL(
        rxt_arena_bytes(&(rxt_arena_request){ .type = RXT_F32, .arrays = 2, .capacity = 1 << 21 }),
        rxt_arena_bytes(&(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = 1 << 20 }));
    CU_ASSERT_EQUAL(rxt_case_of(&narrow, 100, 2, 2).type, RXT_F32);
    CU_ASSERT_EQUAL(rxt_case_of(&narrow, 100, 2, 2).chain, rxt_chain_of(&narrow, 100, 2, 2));
}

static const rxt_kernel reads = { .name = "reads", .arrays = 2, .loads = 2, .factors = 2 };
static const rxt_kernel sums = { .name = "sums", .arrays = 2, .loads = 2, .factors = 1 };
static const rxt_kernel writes = {
    .name = "writes", .arrays = 2, .loads = 2, .stores = 1, .factors = 2
};
static const rxt_kernel copies = {
    .name = "copies", .arrays = 2, .outputs = 1, .loads = 1, .stores = 1, .factors = 2
};
static const rxt_kernel narrow_reads = {
    .name = "reads", .type = RXT_F32, .arrays = 2, .loads = 2, .factors = 2
};

static rxt_contents half(const rxt_kernel *kernel, const char *homes)
{
    rxt_contents contents = { .kernel = kernel, .seed = 1, .first = 0, .n = 500, .total = 1000 };

    strcpy(contents.homes, homes);
    return contents;
}

/* What must be done before an arena that holds `held` can serve as `wanted`. */
static rxt_refill needs(rxt_contents held, rxt_contents wanted)
{
    rxt_arena *arena = NULL;
    rxt_refill refill;

    CU_ASSERT_PTR_NULL_FATAL(rxt_arena_open(
        &(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = 1000 }, &arena));
    CU_ASSERT_EQUAL(rxt_arena_needs(arena, &wanted), RXT_TOUCH_AND_FILL);
    rxt_arena_holds(arena, &held);
    refill = rxt_arena_needs(arena, &wanted);
    rxt_arena_release(arena);
    CU_ASSERT_EQUAL(rxt_arena_needs(arena, &held), RXT_TOUCH_AND_FILL);
    rxt_arena_close(arena);
    return refill;
}

static void an_arena_is_kept_while_it_holds_what_is_wanted(void)
{
    rxt_contents held = half(&reads, "0"), less = held, more = held, other = held;

    less.n = 250;
    more.n = 501;
    other.first = 250;
    CU_ASSERT_EQUAL(needs(held, held), RXT_KEEP);
    CU_ASSERT_EQUAL(needs(held, less), RXT_KEEP);
    CU_ASSERT_EQUAL(needs(held, more), RXT_FILL);
    CU_ASSERT_EQUAL(needs(held, other), RXT_FILL);
    CU_ASSERT_EQUAL(needs(held, half(&sums, "0")), RXT_FILL);
}

static void what_a_kernel_has_written_over_is_filled_again(void)
{
    CU_ASSERT_EQUAL(needs(half(&writes, "0"), half(&writes, "0")), RXT_FILL);
    CU_ASSERT_EQUAL(needs(half(&writes, "0"), half(&reads, "0")), RXT_FILL);
    CU_ASSERT_EQUAL(needs(half(&reads, "0"), half(&writes, "0")), RXT_FILL);
}

static void what_is_only_written_is_not_filled_and_does_not_spoil_the_rest(void)
{
    CU_ASSERT_EQUAL(needs(half(&copies, "0"), half(&copies, "0")), RXT_KEEP);
    CU_ASSERT_EQUAL(needs(half(&reads, "0"), half(&copies, "0")), RXT_KEEP);
    CU_ASSERT_EQUAL(needs(half(&copies, "0"), half(&reads, "0")), RXT_FILL);
    CU_ASSERT_EQUAL(needs(half(&writes, "0"), half(&copies, "0")), RXT_FILL);
    CU_ASSERT_EQUAL(needs(half(&reads, "0"), half(&narrow_reads, "0")), RXT_FILL);
}

static void what_another_kernel_wrote_over_is_filled_again(void)
{
    rxt_contents reading = half(&reads, "0"), copying = half(&copies, "0");
    rxt_arena *arena = NULL;

    CU_ASSERT_PTR_NULL_FATAL(rxt_arena_open(
        &(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = 1000 }, &arena));
    rxt_arena_holds(arena, &reading);
    rxt_arena_written(arena, &reads);
    CU_ASSERT_EQUAL(rxt_arena_needs(arena, &reading), RXT_KEEP);
    rxt_arena_written(arena, &copies);
    CU_ASSERT_EQUAL(rxt_arena_needs(arena, &copying), RXT_KEEP);
    CU_ASSERT_EQUAL(rxt_arena_needs(arena, &reading), RXT_FILL);
    rxt_arena_close(arena);
}

static void pages_are_given_back_only_when_their_owners_node_changed(void)
{
    rxt_contents split = half(&reads, "0x1 1x1 "), shorter = split;

    shorter.n = 250;
    CU_ASSERT_EQUAL(needs(half(&reads, "0"), half(&reads, "1")), RXT_TOUCH_AND_FILL);
    CU_ASSERT_EQUAL(needs(half(&reads, "0"), split), RXT_TOUCH_AND_FILL);
    CU_ASSERT_EQUAL(needs(split, split), RXT_KEEP);
    CU_ASSERT_EQUAL(needs(split, shorter), RXT_TOUCH_AND_FILL);
}

static void arrays_of_an_arena_do_not_overlap(void)
{
    static const ptrdiff_t capacities[] = { 0, 1, 511, 512, 262143, 262144, 262145, 1000003 };

    for (size_t c = 0; c < sizeof capacities / sizeof capacities[0]; c++) {
        ptrdiff_t capacity = capacities[c];
        rxt_arena *arena = NULL;

        CU_ASSERT_PTR_NULL_FATAL(rxt_arena_open(
            &(rxt_arena_request){ .type = RXT_F64, .arrays = 3, .capacity = capacity }, &arena));
        CU_ASSERT((double *)rxt_arena_array(arena, 1) - (double *)rxt_arena_array(arena, 0) >=
                  capacity);
        CU_ASSERT_EQUAL((uintptr_t)rxt_arena_array(arena, 2) % 4096, 0);
        for (int a = 0; a < 3 && capacity > 0; a++)
            ((double *)rxt_arena_array(arena, a))[0] =
                ((double *)rxt_arena_array(arena, a))[capacity - 1] = a;
        for (int a = 0; a < 3 && capacity > 0; a++)
            CU_ASSERT_EQUAL(((double *)rxt_arena_array(arena, a))[0] +
                                ((double *)rxt_arena_array(arena, a))[capacity - 1],
                            2 * a);
        rxt_arena_close(arena);
    }
}

static void an_arena_beyond_the_address_space_is_refused_with_its_size(void)
{
    rxt_arena *arena = NULL;
    rxt_status st = rxt_arena_open(
        &(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = (ptrdiff_t)1 << 56 },
        &arena);

    CU_ASSERT_PTR_NOT_NULL_FATAL(st);
    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_ENVIRONMENT);
    CU_ASSERT_PTR_NOT_NULL(strstr(st->text, "72057594037927936"));
    rxt_status_free(st);
}

/* Every epoch gives whole arrays on small pages, apart from each other and with their old contents
 * gone; their places vary. */
static void check_epochs(rxt_pages pages, ptrdiff_t capacity)
{
    const rxt_arena_request request = {
        .type = RXT_F64, .arrays = 3, .capacity = capacity, .pages = pages
    };
    rxt_arena *arena = NULL;
    uintptr_t place[3];
    int moved = 0;

    CU_ASSERT_PTR_NULL_FATAL(rxt_arena_open(&request, &arena));
    CU_ASSERT_FALSE(rxt_arena_draw(arena, 0));
    place[0] = (uintptr_t)rxt_arena_array(arena, 0);
    for (int epoch = 1; epoch < 20; epoch++) {
        double *array[3];

        CU_ASSERT_TRUE(rxt_arena_draw(arena, epoch));
        CU_ASSERT_FALSE(rxt_arena_draw(arena, epoch));
        rxt_arena_touch(arena, 0, capacity, 10, (uint64_t)epoch);
        for (int a = 0; a < 3; a++) {
            array[a] = rxt_arena_array(arena, a);
            CU_ASSERT_EQUAL((uintptr_t)array[a] % RXT_PAGE_SMALL, 0);
            CU_ASSERT_TRUE(a == 0 || array[a] >= array[a - 1] + capacity);
            CU_ASSERT_EQUAL(array[a][0], 0.0);
            CU_ASSERT_EQUAL(array[a][capacity - 1], 0.0);
            array[a][0] = array[a][capacity - 1] = epoch;
        }
        CU_ASSERT_EQUAL(array[0][capacity - 1], epoch); /* nothing overlaps */
        moved += (uintptr_t)array[0] != place[0];
    }
    CU_ASSERT_TRUE(moved > 5);
    rxt_arena_close(arena);
}

static void an_epoch_draws_the_pages_anew(void)
{
    for (int pages = 0; pages < rxt_pages_vocabulary.count; pages++) {
        check_epochs((rxt_pages)pages, 1);
        check_epochs((rxt_pages)pages, 1009);
        check_epochs((rxt_pages)pages, 300007); /* more than a huge page */
    }
}

static void pages_of_a_new_epoch_are_to_be_filled(void)
{
    rxt_contents held = half(&reads, "0");
    rxt_arena *arena = NULL;

    CU_ASSERT_PTR_NULL_FATAL(rxt_arena_open(
        &(rxt_arena_request){ .type = RXT_F64, .arrays = 2, .capacity = 1000 }, &arena));
    rxt_arena_holds(arena, &held);
    CU_ASSERT_EQUAL(rxt_arena_needs(arena, &held), RXT_KEEP);
    rxt_arena_draw(arena, 1);
    CU_ASSERT_EQUAL(rxt_arena_needs(arena, &held), RXT_TOUCH_AND_FILL);
    rxt_arena_touch(arena, 0, 0, 10, 1); /* nothing to touch */
    rxt_arena_close(arena);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "parts cover every element once and evenly",
          parts_coverage_every_element_once_and_evenly },
        { "part 0 is the largest", part_zero_is_the_largest },
        { "grain 1 is a static schedule", with_grain_one_parts_are_those_of_a_static_schedule },
        { "the longest chain is the largest share's and the merges'",
          the_longest_chain_is_the_largest_shares_and_the_merges },
        { "no chain is longer than there are elements",
          no_chain_is_longer_than_there_are_elements },
        { "a share points at its own elements", a_share_points_at_its_own_elements },
        { "elements of f32 are four bytes apart, sixteen a line",
          elements_of_f32_are_four_bytes_apart_and_sixteen_a_line },
        { "an arena is kept while it holds what is wanted",
          an_arena_is_kept_while_it_holds_what_is_wanted },
        { "what was written over is filled again", what_a_kernel_has_written_over_is_filled_again },
        { "what is only written is not filled, and does not spoil the rest",
          what_is_only_written_is_not_filled_and_does_not_spoil_the_rest },
        { "what another kernel wrote over is filled again",
          what_another_kernel_wrote_over_is_filled_again },
        { "pages go back only when owners moved",
          pages_are_given_back_only_when_their_owners_node_changed },
        { "arrays do not overlap", arrays_of_an_arena_do_not_overlap },
        { "beyond the address space is refused",
          an_arena_beyond_the_address_space_is_refused_with_its_size },
        { "an epoch draws the pages anew", an_epoch_draws_the_pages_anew },
        { "pages of a new epoch are to be filled", pages_of_a_new_epoch_are_to_be_filled },
        CU_TEST_INFO_NULL,
    };

    return suite_run("slab", tests);
}
