/* test_splits.c - the splits that a study visits: which splits, in which order, and which splits
 * are refused or left out. */
#include "hosts.h"

#include "suite.h"

/* Each socket is one NUMA domain; there are `l3s` L3 caches in all. */
static rxt_splits_host sockets(int count, int cores_each, int l3s, int ranks)
{
    rxt_splits_host host = flat(count * cores_each, ranks);

    host.sockets = host.numas = count;
    host.per_socket = host.per_numa = cores_each;
    host.l3s = l3s;
    host.per_l3 = l3s ? host.cores / l3s : 0;
    return host;
}

static int count(const rxt_splits_request *request, rxt_splits_host host)
{
    rxt_splits splits;
    rxt_status st = rxt_splits_of(request, &host, &splits);
    int number = splits.count;

    CU_ASSERT_PTR_NULL(st);
    rxt_splits_free(&splits);
    rxt_status_free(st);
    return number;
}

static const rxt_splits_request nothing;

static void the_default_is_the_cross_and_the_diagonal(void)
{
    expect(&nothing, flat(1, 1), "1x1", "");
    expect(&nothing, flat(2, 1), "1x1 1x2", "");
    expect(&nothing, flat(2, 2), "1x1 1x2 2x1", "");
    expect(&nothing, flat(4, 4), "1x1 1x2 2x1 1x4 2x2 4x1", "");
    expect(&nothing, flat(6, 6), "1x1 1x2 2x1 1x4 4x1 1x6 2x3 6x1", "");
    expect(&nothing, flat(3, 3), "1x1 1x2 2x1 1x3 3x1", "");
    expect(&nothing, flat(7, 3), "1x1 1x2 2x1 1x4 2x3 3x2 1x7", "");
}

/* Numbers of splits, counted by hand: threads + ranks of the cross; then the splits that the
 * diagonal adds. */
static void the_counts_are_those_that_are_promised(void)
{
    CU_ASSERT_EQUAL(count(&nothing, flat(12, 12)), 11);            /* 5 + 4; 2x6, 4x3           */
    CU_ASSERT_EQUAL(count(&nothing, flat(96, 96)), 20);            /* 8 + 7; 2 4 8 16 32        */
    CU_ASSERT_EQUAL(count(&nothing, sockets(2, 64, 0, 128)), 21);  /* 8 + 7; 2 4 8 16 32 64     */
    CU_ASSERT_EQUAL(count(&nothing, sockets(2, 64, 0, 4)), 12);    /* 8 + 2; 2 4                */
    CU_ASSERT_EQUAL(count(&nothing, sockets(2, 64, 16, 128)), 21); /* an L3 of 8 adds no number */
    CU_ASSERT_EQUAL(count(&nothing, sockets(2, 128, 0, 256)), 24); /* with SMT: 9 + 8; 7        */
    CU_ASSERT_EQUAL(count(&nothing, sockets(2, 48, 0, 96)), 22);   /* flat's 20; 1x48, 48x1     */
    CU_ASSERT_EQUAL(count(&nothing, sockets(3, 4, 0, 12)), 12);    /* flat's 11; 3x4            */
    CU_ASSERT_EQUAL(count(&nothing, sockets(2, 6, 0, 12)), 13);    /* flat's 11; 1x6, 6x1       */
}

static void numbers_come_from_caches_domains_and_sockets(void)
{
    rxt_splits_host host = sockets(2, 6, 4, 12);

    expect(&nothing, host, "1x1 1x2 2x1 1x3 3x1 1x4 4x1 1x6 6x1 1x8 8x1 1x12 2x6 4x3 12x1", "");
    host.cores = 4; /* a quota; larger groups of cores add no splits */
    expect(&nothing, host, "1x1 1x2 2x1 1x3 3x1 1x4 2x2 4x1",
           "left out: 12×1, and all splits with more than 4 ranks (12 started on 4 cores; "
           "--oversubscribe "
           "adds them)");
}

/* Sockets have 10 cores, NUMA domains 5, L3 caches 3: each number of workers has only one
 * reason. */
static void each_kind_of_group_counts(void)
{
    rxt_splits_host host = flat(30, 30);

    host.sockets = 3;
    host.numas = 6;
    host.l3s = 10;
    host.per_socket = 10;
    host.per_numa = 5;
    host.per_l3 = 3;
    expect(&(rxt_splits_request){ .cross = true }, host,
           "1x1 1x2 2x1 1x3 3x1 1x4 4x1 1x5 5x1 1x8 8x1 1x10 10x1 1x16 16x1 1x30 30x1", "");
    expect(&(rxt_splits_request){ .diagonal = true }, host,
           "1x1 16x1 8x3 4x7 1x30 2x15 3x10 6x5 10x3 30x1", "");
}

static void ranks_beyond_the_cores_are_left_out_with_a_line(void)
{
    expect(&nothing, flat(2, 3), "1x1 1x2 2x1",
           "left out: 3×1 (3 started on 2 cores; --oversubscribe adds them)");
    expect(&nothing, flat(2, 4), "1x1 1x2 2x1",
           "left out: 4×1, and all splits with more than 2 ranks (4 started on 2 cores; "
           "--oversubscribe "
           "adds them)");
    expect(&nothing, flat(1, 9), "1x1",
           "left out: 9×1, and all splits with more than 1 rank (9 started on 1 core; --ranks with "
           "--oversubscribe adds them)");
}

/* As the message promises, every rank started has a split, up to four ranks per core. */
static void oversubscribing_reaches_every_rank_started(void)
{
    const rxt_splits_request over = { .oversubscribe = true };

    expect(&over, flat(1, 1), "1x1 1x2 1x4", "");
    expect(&over, flat(2, 4), "1x1 1x2 2x1 1x4 2x2 4x1 1x8 2x4 4x2", "");
    expect(&over, flat(2, 9), "1x1 1x2 2x1 1x4 2x2 4x1 1x8 2x4 4x2 8x1",
           "left out: 9×1 (9 started on 2 cores; --ranks adds them)");
    expect(&(rxt_splits_request){ .cross = true, .oversubscribe = true }, sockets(1, 3, 0, 1),
           "1x1 1x2 1x3 1x4 1x8 1x12", "");
    for (int cores = 1; cores <= 12; cores++)
        for (int ranks = 1; ranks <= 4 * cores; ranks++) {
            rxt_splits_host host = flat(cores, ranks);
            rxt_splits splits;
            bool found = false;

            CU_ASSERT_PTR_NULL_FATAL(rxt_splits_of(&over, &host, &splits));
            for (int p = 0; p < splits.count; p++)
                found = found || splits.split[p].ranks == ranks;
            CU_ASSERT(found);
            CU_ASSERT_STRING_EQUAL(splits.left_out, "");
            rxt_splits_free(&splits);
        }
}

static void families_can_be_asked_for_one_by_one(void)
{
    expect(&(rxt_splits_request){ .cross = true }, flat(4, 4), "1x1 1x2 2x1 1x4 4x1", "");
    expect(&(rxt_splits_request){ .diagonal = true }, flat(4, 4), "1x1 1x4 2x2 4x1", "");
    expect(&(rxt_splits_request){ .cross = true, .diagonal = true }, flat(4, 4),
           "1x1 1x2 2x1 1x4 2x2 4x1", "");
    expect(&(rxt_splits_request){ .grid = true }, flat(4, 4), "1x1 1x2 2x1 1x4 2x2 4x1",
           "left out: 2×4, 4×2, 4×4 (more workers than 4 cores; --oversubscribe measures them)");
    expect(&(rxt_splits_request){ .grid = true }, flat(8, 8),
           "1x1 1x2 2x1 1x4 2x2 4x1 1x8 2x4 4x2 8x1",
           "left out: 2×8, 4×4, 8×2, 4×8 and 2 more (more workers than 8 cores; --oversubscribe "
           "measures them)");
    expect(
        &(rxt_splits_request){
            .pairs = 2, .pair = { { .ranks = 2, .threads = 2 }, { .ranks = 3, .threads = 1 } } },
        flat(4, 4), "1x1 3x1 2x2", "");
}

static void ranks_and_threads_mean_their_grid(void)
{
    const rxt_splits_request both = {
        .ranks = { 4, 1, 2 }, .rank_count = 3, .threads = { 1, 2 }, .thread_count = 2
    };
    const rxt_splits_request ranks = { .ranks = { 2 }, .rank_count = 1 };
    const rxt_splits_request threads = { .threads = { 3 }, .thread_count = 1 };

    expect(&both, flat(4, 4), "1x1 1x2 2x1 2x2 4x1",
           "left out: 4×2 (more workers than 4 cores; --oversubscribe measures them)");
    expect(&both, flat(8, 8), "1x1 1x2 2x1 2x2 4x1 4x2", "");
    expect(&ranks, flat(4, 4), "1x1 2x1 2x2",
           "left out: 2×4 (more workers than 4 cores; --oversubscribe measures them)");
    expect(&threads, flat(6, 2), "1x1 1x3 2x3", "");
}

static void oversubscribed_numbers_of_the_user_go_as_far_as_they_say(void)
{
    rxt_splits_request request = { .oversubscribe = true, .ranks = { 4 }, .rank_count = 1 };

    expect(
        &request, flat(2, 4), "1x1 4x1 4x2",
        "left out: 4×4, 4×8 (more than 4 workers per core; name both ranks and threads to measure "
        "them)");
    request.threads[0] = 100;
    request.thread_count = 1;
    expect(&request, flat(2, 4), "1x1 4x100", "");
    request.rank_count = 0;
    expect(&request, flat(2, 2), "1x1 1x100",
           "left out: 2×100 (more than 4 workers per core; name both ranks and threads to measure "
           "them)");
}

static void named_ranks_have_their_split_however_many(void)
{
    const rxt_splits_request request = { .oversubscribe = true, .ranks = { 9 }, .rank_count = 1 };
    rxt_splits_host quota = flat(4, 1);
    const rxt_splits_request over = { .oversubscribe = true };

    expect(
        &request, flat(1, 9), "1x1 9x1",
        "left out: 9×2, 9×4 (more than 4 workers per core; name both ranks and threads to measure "
        "them)");
    quota.per_l3 = quota.per_numa = quota.per_socket = 6;
    expect(&over, quota, "1x1 1x2 1x4 1x8 1x16", "");
}

static void a_pair_that_one_family_holds_is_not_called_left_out(void)
{
    expect(&(rxt_splits_request){ .oversubscribe = true,
                                  .grid = true,
                                  .pairs = 1,
                                  .pair = { { .ranks = 2, .threads = 4 } } },
           flat(1, 2), "1x1 1x2 2x1 1x4 2x2 2x4", "");
}

static void the_thread_limit_caps_every_split(void)
{
    rxt_splits_host host = flat(8, 8);

    host.thread_limit = 3;
    expect(&nothing, host, "1x1 1x2 2x1 1x3 4x1 2x3 4x2 8x1",
           "left out: splits with more than 3 threads per rank (OMP_THREAD_LIMIT)");
    host.thread_limit = 8;
    CU_ASSERT_EQUAL(count(&nothing, host), count(&nothing, flat(8, 8)));
}

static void several_nodes_get_the_full_node_diagonal(void)
{
    rxt_splits_host host = flat(4, 4);

    host.nodes = 6;
    expect(&nothing, host,
           "1x1 1x4 2x2 4x1 2x4@2 4x2@2 8x1@2 4x4@4 8x2@4 16x1@4 6x4@6 12x2@6 24x1@6", "");
    host.nodes = 2;
    expect(&(rxt_splits_request){ .cross = true }, host,
           "1x1 1x2 2x1 1x4 4x1 2x1@2 2x2@2 4x1@2 2x4@2 8x1@2", "");
}

static void ranks_named_on_several_nodes_sit_evenly_on_the_fewest(void)
{
    rxt_splits_host host = flat(4, 4);
    const rxt_splits_request ranks = {
        .ranks = { 2, 6, 12 }, .rank_count = 3, .threads = { 1, 2 }, .thread_count = 2
    };

    host.nodes = 3;
    expect(&ranks, host, "1x1 2x1 2x2 6x1@2 6x2@3 12x1@3",
           "left out: 12×2 (more workers than 3 nodes of 4 cores; --oversubscribe measures them)");
}

static void pairs_name_their_nodes_or_sit_on_the_fewest(void)
{
    rxt_splits_host host = flat(4, 4);
    const rxt_splits_request pairs = {
        .pairs = 5, .pair = { { 2, 4, 2 }, { 1, 4, 1 }, { 0, 4, 1 }, { 0, 6, 1 }, { 3, 3, 1 } }
    };

    host.nodes = 3;
    expect(&pairs, host, "1x1 4x1 6x1@2 4x2@2 3x1@3", "");
}

static int compare(const rxt_split *a, const rxt_split *b)
{
    int more = a->ranks * a->threads - b->ranks * b->threads;

    return a->nodes != b->nodes ? a->nodes - b->nodes : more ? more : a->ranks - b->ranks;
}

/* For many hosts: 1×1 comes first, splits ascend, no split comes twice, no split exceeds the ranks,
 * the cores or the limit, and all nodes of a split have the same number of ranks. */
static void check_all(const rxt_splits_request *request, const rxt_splits_host *host)
{
    rxt_splits splits;
    int wrong = 0;

    CU_ASSERT_PTR_NULL_FATAL(rxt_splits_of(request, host, &splits));
    CU_ASSERT(
        rxt_split_equal(splits.split[0], (rxt_split){ .nodes = 1, .ranks = 1, .threads = 1 }));
    for (int p = 0; p < splits.count; p++) {
        rxt_split split = splits.split[p];
        int here = split.ranks / split.nodes;

        wrong += split.nodes > host->nodes || split.ranks % split.nodes != 0 || here > host->ranks;
        wrong += here * split.threads > host->cores || split.threads > host->thread_limit ||
                 split.threads < 1;
        wrong += p > 0 && compare(&splits.split[p - 1], &split) >= 0;
    }
    CU_ASSERT_EQUAL(wrong, 0);
    rxt_splits_free(&splits);
}

static void splits_fit_and_ascend(void)
{
    static const rxt_splits_request wishes[] = { { .oversubscribe = false },
                                                 { .grid = true },
                                                 { .cross = true } };
    const int cores[] = { 1, 2, 3, 4, 6, 7, 12, 31, 48, 96, 128, 255 },
              limits[] = { 1, 5, INT_MAX };

    for (size_t c = 0; c < sizeof cores / sizeof cores[0]; c++)
        for (int ranks = 1; ranks <= 300; ranks = 2 * ranks + 1)
            for (int nodes = 1; nodes <= 5; nodes += 2)
                for (int w = 0; w < 9; w++) {
                    rxt_splits_host host = flat(cores[c], ranks);

                    host.nodes = nodes;
                    host.per_l3 = cores[c] / 2;
                    host.l3s = 3;
                    host.thread_limit = limits[w % 3];
                    check_all(&wishes[w / 3], &host);
                }
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "the default is the cross and the diagonal", the_default_is_the_cross_and_the_diagonal },
        { "the counts are those that are promised", the_counts_are_those_that_are_promised },
        { "numbers come from caches, domains, sockets",
          numbers_come_from_caches_domains_and_sockets },
        { "each kind of group counts", each_kind_of_group_counts },
        { "named ranks have their split", named_ranks_have_their_split_however_many },
        { "ranks beyond the cores: left out, a line",
          ranks_beyond_the_cores_are_left_out_with_a_line },
        { "oversubscribing reaches every rank started",
          oversubscribing_reaches_every_rank_started },
        { "families can be asked for one by one", families_can_be_asked_for_one_by_one },
        { "ranks and threads mean their grid", ranks_and_threads_mean_their_grid },
        { "oversubscribed as far as the user says",
          oversubscribed_numbers_of_the_user_go_as_far_as_they_say },
        { "a pair held is not called left out",
          a_pair_that_one_family_holds_is_not_called_left_out },
        { "the thread limit caps every split", the_thread_limit_caps_every_split },
        { "several nodes: the full-node diagonal", several_nodes_get_the_full_node_diagonal },
        { "named ranks sit on the fewest nodes",
          ranks_named_on_several_nodes_sit_evenly_on_the_fewest },
        { "pairs name nodes or sit on the fewest", pairs_name_their_nodes_or_sit_on_the_fewest },
        { "splits fit and ascend", splits_fit_and_ascend },
        CU_TEST_INFO_NULL,
    };

    return suite_run("splits", tests);
}
