/* test_pair.c - the arithmetic of two workers compared with that of one, from synthetic times of
 * roofs; and cache sizes that the host reports compared with those that are used. */
#include <math.h>
#include <stdlib.h>

#include "study/doubts.h"

#include "suite.h"
#include "trials.h"

enum { ROUNDS = 8 };

static const rxt_kernel dot = { .name = "dot", .arrays = 2, .loads = 2, .flops = 2, .factors = 2 },
                        copy = {
                            .name = "copy", .arrays = 2, .outputs = 1, .loads = 1, .stores = 1
                        };

/* A plan, and the times of its cells. */
typedef struct bed {
    trial t;
    rxt_cell_states cells;
} bed;

static void make(bed *b, const rxt_kernel *kernel, const char *topology)
{
    b->t = trial_on(topology, 1, 2);
    b->t.settings.kernel[0] = kernel;
    add_size(&b->t, 1000);
    make_well(&b->t, plenty);
    b->cells = (rxt_cell_states){ .rounds = ROUNDS };
    b->cells.state = calloc((size_t)b->t.plan.all, sizeof *b->cells.state);
    CU_ASSERT_PTR_NOT_NULL_FATAL(b->cells.state);
}

static bool is_arithmetic(const bed *b, int c)
{
    return c >= b->t.plan.cells &&
           b->t.plan.roof[b->t.plan.cell[c].kernel - b->t.settings.kernels].flops > 0;
}

/* Gives every cell times; arithmetic on several workers takes `slow` times as long. */
static void plant(bed *b, double slow)
{
    for (int c = 0; c < b->t.plan.all; c++) {
        rxt_cell_state *state = &b->cells.state[c];
        double seconds = is_arithmetic(b, c) && b->t.plan.cell[c].split > 0 ? slow : 1;

        state->calls = 1;
        state->seconds = malloc(ROUNDS * sizeof *state->seconds);
        CU_ASSERT_PTR_NOT_NULL_FATAL(state->seconds);
        for (int r = 0; r < ROUNDS; r++)
            state->seconds[r] = 1e-4 * seconds * (1 + 0.01 * r);
    }
}

static void leave(bed *b)
{
    for (int c = 0; c < b->t.plan.all; c++)
        free(b->cells.state[c].seconds);
    free(b->cells.state);
    end(&b->t);
}

static void two_cores_do_twice_as_much(void)
{
    bed b;
    rxt_observation_pair pair;

    make(&b, &dot, "core:2 pu:1");
    plant(&b, 1);
    pair = rxt_doubts_pair(&b.t.plan, &b.cells);
    CU_ASSERT_EQUAL(pair.rate.count, ROUNDS);
    CU_ASSERT(fabs(pair.rate.median - 2) < 1e-9 && fabs(pair.rate.high - 2) < 1e-9);
    CU_ASSERT(pair.cpu[0] == 0 && pair.cpu[1] == 1);
    leave(&b);
}

static void two_that_are_one_do_as_much_as_one(void)
{
    bed b;
    rxt_observation_pair pair;

    make(&b, &dot, "core:4 pu:1");
    plant(&b, 2);
    pair = rxt_doubts_pair(&b.t.plan, &b.cells);
    CU_ASSERT(fabs(pair.rate.median - 1) < 1e-9 && fabs(pair.rate.high - 1) < 1e-9);
    CU_ASSERT(pair.cpu[0] == 0 && pair.cpu[1] > 0);
    leave(&b);
}

static void workers_elsewhere_than_planned_tell_nothing(void)
{
    bed b;

    make(&b, &dot, "core:2 pu:1");
    plant(&b, 2);
    for (int c = 0; c < b.t.plan.all; c++)
        b.cells.state[c].astray = true;
    CU_ASSERT_EQUAL(rxt_doubts_pair(&b.t.plan, &b.cells).rate.count, 0);
    leave(&b);
}

/* A slow core takes longer for its half. So the times do not show whether the workers share a
 * core. */
static void cores_of_two_kinds_tell_nothing(void)
{
    bed b;

    make(&b, &dot, "core:2 pu:1");
    plant(&b, 2);
    b.t.place->seat[1].kind = 1;
    CU_ASSERT_EQUAL(rxt_doubts_pair(&b.t.plan, &b.cells).rate.count, 0);
    leave(&b);
}

static void without_arithmetic_or_times_nothing_is_known(void)
{
    bed b;

    make(&b, &copy, "core:2 pu:1");
    plant(&b, 2);
    CU_ASSERT_EQUAL(rxt_doubts_pair(&b.t.plan, &b.cells).rate.count, 0);
    leave(&b);
    make(&b, &dot, "core:2 pu:1");
    CU_ASSERT_EQUAL(rxt_doubts_pair(&b.t.plan, &b.cells).rate.count, 0);
    leave(&b);
}

static void the_first_node_that_is_contradicted_is_told(void)
{
    rxt_host_node node[3] = { { .name = "n1", .l1 = 32768, .l2 = 1e6 },
                              { .name = "n2", .l2 = 9e6, .counts = { 0, 1e6 } },
                              { .name = "n3", .l2 = 5e6, .counts = { 0, 2e6 } } };
    rxt_host host = { .nodes = 3, .node = node };
    rxt_observation_level level[RXT_LEVELS] = { { .said = 0 } };

    rxt_doubts_levels(&host, level);
    CU_ASSERT(level[0].counts == 0 && level[2].counts == 0);
    CU_ASSERT(level[1].counts == 1e6 && level[1].said == 9e6);
    CU_ASSERT_STRING_EQUAL(level[1].node, "n2");
}

/* A host reports a number of last-level caches. The warning is given only if (measured sum of their
 * sizes) / (size that counts for one of them) is smaller than this number. */
static void fewer_last_level_caches_than_said_are_told(void)
{
    rxt_host_node node[] = {
        { .name = "n1", .l3 = 8e6, .l3_all = 32e6 },
        { .name = "n2", .l3 = 8e6, .l3_all = 32e6, .counts = { 0, 0, 2e6, 8e6 } },
        { .name = "n3", .sockets = 4, .counts = { 0, 0, 2e6, 8e6 } },
        { .name = "n4", .l3 = 8e6, .l3_all = 32e6, .counts = { 0, 0, 2e6, 4e6 } },
        { .name = "n5", .l3 = 8e6, .l3_all = 32e6, .counts = { 0, 0, 0, 8e6 } }
    };
    rxt_host host = { .nodes = 3, .node = node };
    rxt_observation_shared shared = rxt_doubts_shared(&host);

    CU_ASSERT_EQUAL(shared.counts, 0);
    host.nodes = 5;
    shared = rxt_doubts_shared(&host);
    CU_ASSERT(shared.said == 4 && shared.counts == 2);
    CU_ASSERT_STRING_EQUAL(shared.node, "n4");
    host = (rxt_host){ .nodes = 1, .node = &node[4] };
    shared = rxt_doubts_shared(&host);
    CU_ASSERT(shared.said == 4 && shared.counts == 1);
    node[4] = (rxt_host_node){
        .name = "n6", .l3 = 32e6, .l3_all = 48e6, .counts = { 0, 0, 96e6, 112e6 }
    };
    shared = rxt_doubts_shared(&host); /* caches of two sizes: their number is unknown */
    CU_ASSERT_EQUAL(shared.counts, 0);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "two cores", two_cores_do_twice_as_much },
        { "two that are one", two_that_are_one_do_as_much_as_one },
        { "workers elsewhere", workers_elsewhere_than_planned_tell_nothing },
        { "two kinds of core", cores_of_two_kinds_tell_nothing },
        { "nothing known", without_arithmetic_or_times_nothing_is_known },
        { "the first node", the_first_node_that_is_contradicted_is_told },
        { "caches that are one", fewer_last_level_caches_than_said_are_told },
        CU_TEST_INFO_NULL,
    };

    return suite_run("pair", tests);
}
