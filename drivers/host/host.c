/* host.c - reads the facts of each node, and gathers these facts from the first rank of each
 * node. */
#include "host/host.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "machine/launcher.h"
#include "support/table.h"
#include "team/team.h"

enum { INTS = sizeof(rxt_host_node) / sizeof(int) };
_Static_assert(sizeof(rxt_host_node) % sizeof(int) == 0, "a node is sent as an array of numbers");

static void read_kernel(char text[128])
{
    struct utsname of;

    if (uname(&of) == 0)
        snprintf(text, 128, "%.40s %.60s %.20s", of.sysname, of.release, of.machine);
}

static void look(const rxt_place *place, const rxt_cpus *cpus, double quota, rxt_host_node *node)
{
    char signature[13];

    node->l1 = place->l1;
    node->l2 = place->l2;
    node->l3 = place->l3;
    node->l3_all = place->l3_all;
    node->memory = place->memory;
    node->quota = quota;
    node->sockets = place->all_sockets;
    node->numas = place->all_numas;
    node->cores = place->all_cores;
    node->threads = place->all_threads;
    snprintf(node->cpu, sizeof node->cpu, "%s", place->model);
    snprintf(node->level, sizeof node->level, "%s", rxt_kernel_level());
    rxt_cpus_print(cpus, node->allowed, sizeof node->allowed);
    read_kernel(node->kernel);
    rxt_host_signature(signature);
    rxt_host_read("", place->seat[0].cpu, signature, node);
}

static void name_software(rxt_host *host)
{
    snprintf(host->launcher, sizeof host->launcher, "%s", rxt_launcher_find().name);
    rxt_comm_version(host->mpi);
    rxt_team_version(host->openmp);
    rxt_host_batch(host->batch, host->job);
}

/* Counts the ranks started on each node; `numbers` has room for [ranks]. */
static void count_ranks(const rxt_comm *world, rxt_host *host, int *numbers)
{
    numbers[rxt_comm_rank(world)] = rxt_comm_node(world);
    rxt_comm_gather(world, 1, numbers);
    for (int r = 0; r < host->ranks; r++)
        host->node[numbers[r]].ranks++;
}

/* Gathers the facts that the first rank of every node has read; only these first ranks get them. */
static rxt_status gather(const rxt_comm *world, rxt_host_node *all)
{
    rxt_comm *first = NULL;
    rxt_status st = rxt_comm_part(world, rxt_comm_nodes(world), 1, &first);

    if (!st && first)
        rxt_comm_gather(first, INTS, (int *)(void *)all);
    rxt_comm_close(first);
    return rxt_comm_agree(world, st);
}

static rxt_status fill(const rxt_comm *world, rxt_host *host, int *numbers)
{
    rxt_status st = gather(world, host->node);

    if (st)
        return st;
    count_ranks(world, host, numbers);
    for (int n = 0; n < host->nodes; n++)
        snprintf(host->node[n].name, sizeof host->node[n].name, "%s", rxt_comm_node_name(world, n));
    name_software(host);
    return RXT_OK;
}

rxt_status rxt_host_open(const rxt_comm *world, const rxt_place *place, const rxt_cpus *cpus,
                         double quota, rxt_host **out)
{
    int nodes = rxt_comm_nodes(world), ranks = rxt_comm_size(world);
    rxt_host *host = calloc(1, sizeof *host);
    rxt_host_node *node = calloc((size_t)nodes, sizeof *node);
    int *numbers = malloc((size_t)ranks * sizeof *numbers);
    rxt_status st = RXT_OK;

    if (!host || !node || !numbers)
        st = rxt_status_no_memory("for a list of %d nodes", nodes);
    st = rxt_comm_agree(world, st);
    if (!st) {
        *host = (rxt_host){ .nodes = nodes, .ranks = ranks, .node = node };
        look(place, cpus, quota, &node[rxt_comm_node(world)]);
        st = fill(world, host, numbers);
    }
    free(numbers);
    *out = host;
    if (st) {
        free(node);
        free(host);
        *out = NULL;
    }
    return st;
}

void rxt_host_close(rxt_host *host)
{
    if (host)
        free(host->node);
    free(host);
}
