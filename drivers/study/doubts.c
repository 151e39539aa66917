/* doubts.c - measurements that contradict the host's reports: sizes of caches, and whether two CPUs
 * are two cores. */
#include "study/doubts.h"

#include <math.h>

void rxt_doubts_levels(const rxt_host *host, rxt_observation_level level[RXT_LEVELS])
{
    for (int l = 0; l < RXT_LEVELS; l++)
        for (int n = host->nodes - 1; n >= 0; n--) {
            const rxt_host_node *node = &host->node[n];
            const double said[RXT_LEVELS] = { node->l1, node->l2, node->l3 };

            if (node->counts[l] > 0)
                level[l] = (rxt_observation_level){ .node = node->name,
                                                    .said = said[l],
                                                    .counts = node->counts[l] };
        }
}

/* The number of last-level caches of a node is the measured size of all of them divided by the size
 * of one. Reports the first node where this is less than the system says. */
rxt_observation_shared rxt_doubts_shared(const rxt_host *host)
{
    for (int n = 0; n < host->nodes; n++) {
        const rxt_host_node *node = &host->node[n];
        double each = node->counts[RXT_LEVELS - 1] > 0 ? node->counts[RXT_LEVELS - 1] : node->l3;
        int said = node->l3 > 0 ? (int)nearbyint(node->l3_all / node->l3) : node->sockets;
        int counts = each > 0 ? (int)nearbyint(node->counts[RXT_COUNTED - 1] / each) : 0;

        if (node->counts[RXT_LEVELS - 1] > 0 && node->l3 > 0 && fmod(node->l3_all, node->l3) != 0)
            continue; /* the last-level caches have different sizes and only one was measured, so
                         their number is unknown */
        if (counts > 0 && counts < said)
            return (rxt_observation_shared){ .node = node->name, .said = said, .counts = counts };
    }
    return (rxt_observation_shared){ .counts = 0 };
}

/* Is cell c an arithmetic roof that was visited with all its workers on their planned CPUs? */
static bool is_arithmetic(const rxt_plan *plan, const rxt_cell_states *cells, int c)
{
    const rxt_cell *cell = &plan->cell[c];
    const rxt_cell_state *state = &cells->state[c];

    return plan->roof[cell->kernel - plan->settings->kernels].flops > 0 && state->seconds &&
           state->calls > 0 && !state->wrong && !state->astray && !state->refused &&
           !rxt_bind_leaves(plan->settings->bind[cell->bind]);
}

/* The cell of the same roof with the same binding on one worker; -1: none. */
static int alone(const rxt_plan *plan, const rxt_cell_states *cells, int pair)
{
    const rxt_cell *of = &plan->cell[pair];

    for (int c = plan->cells; c < plan->all; c++) {
        const rxt_cell *cell = &plan->cell[c];

        if (cell->split == 0 && cell->kernel == of->kernel && cell->bind == of->bind &&
            is_arithmetic(plan, cells, c))
            return c;
    }
    return -1;
}

/* Is cell c an arithmetic roof on two workers of one node? Two cores of different kinds are
 * excluded, because the slower core takes longer for its half of the work. */
static bool is_pair(const rxt_plan *plan, const rxt_cell_states *cells, int c, const int cpu[])
{
    const rxt_split *split = &plan->splits.split[plan->cell[c].split];

    return split->nodes == 1 && rxt_split_workers(*split) == 2 && plan->place->bound >= 2 &&
           is_arithmetic(plan, cells, c) && !rxt_place_mixes(plan->place, 2, cpu);
}

/* The arithmetic rate of two workers, relative to one. In one call two workers do twice the work of
 * one, hence the factor 2. */
static rxt_sample rate_of(const rxt_cell_states *cells, int pair, int one)
{
    rxt_sample rate =
        rxt_sample_ratio(cells->rounds, cells->state[one].seconds, cells->state[pair].seconds);

    rate.median *= 2;
    rate.low *= 2;
    rate.high *= 2;
    return rate;
}

rxt_observation_pair rxt_doubts_pair(const rxt_plan *plan, const rxt_cell_states *cells)
{
    rxt_observation_pair worst = { .rate = { .count = 0 } };

    for (int c = plan->cells; c < plan->all && cells->state; c++) {
        const int *cpu = rxt_plan_cpu(plan, plan->cell[c].bind, plan->cell[c].split);
        int one = is_pair(plan, cells, c, cpu) ? alone(plan, cells, c) : -1;
        rxt_sample rate;

        if (one < 0)
            continue;
        rate = rate_of(cells, c, one);
        if (isfinite(rate.high) && (worst.rate.count == 0 || rate.high < worst.rate.high))
            worst = (rxt_observation_pair){ .cpu = { cpu[0], cpu[1] }, .rate = rate };
    }
    return worst;
}
