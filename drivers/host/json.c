/* json.c - the host in a study file. Equal nodes are written once. */
#include "host/host.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include <rxt/version.h>

static bool alike(const rxt_host_node *a, const rxt_host_node *b)
{
    size_t behind = sizeof a->name;

    return !memcmp((const char *)a + behind, (const char *)b + behind, sizeof *a - behind);
}

/* A number; null if it is 0, because 0 means unknown. */
static json_t *known(double value)
{
    return rxt_json_figure(value > 0 ? value : -HUGE_VAL);
}

static json_t *bytes(double value)
{
    return value > 0 && value < 9e18 ? json_integer((json_int_t)value) : json_null();
}

static json_t *count(int number)
{
    return number > 0 ? json_integer(number) : json_null();
}

static const char *const counted_names[RXT_COUNTED] = { "L1", "L2", "L3", "last_level_all" };

/* The names of the nodes that equal node n. */
static json_t *names(const rxt_host *host, int n)
{
    json_t *list = json_array();

    for (int other = n; other < host->nodes; other++)
        if (alike(&host->node[n], &host->node[other]))
            list = rxt_json_add(list, rxt_json_text(host->node[other].name));
    return list;
}

static json_t *caches(const rxt_host_node *node)
{
    json_t *all = json_object();

    all = rxt_json_put(all, "L1", bytes(node->l1));
    all = rxt_json_put(all, "L2", bytes(node->l2));
    all = rxt_json_put(all, "L3", bytes(node->l3));
    return rxt_json_put(all, "last_level_all", bytes(node->l3_all));
}

/* The measured cache sizes that replace the reported ones. */
static json_t *counted(const rxt_host_node *node)
{
    json_t *all = json_object();

    for (int c = 0; c < RXT_COUNTED; c++)
        all = rxt_json_put(all, counted_names[c], bytes(node->counts[c]));
    return all;
}

static json_t *put_hardware(json_t *all, const rxt_host_node *node)
{
    all = rxt_json_put(all, "ranks", json_integer(node->ranks));
    all = rxt_json_put(all, "cpu", rxt_json_word(node->cpu));
    all = rxt_json_put(all, "level", rxt_json_word(node->level));
    all = rxt_json_put(all, "sockets", count(node->sockets));
    all = rxt_json_put(all, "numa_nodes", count(node->numas));
    all = rxt_json_put(all, "cores", count(node->cores));
    all = rxt_json_put(all, "hardware_threads", count(node->threads));
    all = rxt_json_put(all, "caches", caches(node));
    all = rxt_json_put(all, "caches_measured", counted(node));
    all = rxt_json_put(all, "allowed_cpus", rxt_json_word(node->allowed));
    all = rxt_json_put(all, "quota", known(node->quota));
    return rxt_json_put(all, "kernel", rxt_json_word(node->kernel));
}

static json_t *node_json(const rxt_host *host, int n)
{
    const rxt_host_node *node = &host->node[n];
    json_t *all = rxt_json_put(json_object(), "names", names(host, n));

    all = put_hardware(all, node);
    all = rxt_json_put(all, "memory", bytes(node->memory));
    all = rxt_json_put(all, "memory_allowed", bytes(node->memory_allowed));
    all = rxt_json_put(all, "hypervisor", rxt_json_word(node->hypervisor));
    all = rxt_json_put(all, "governor", rxt_json_word(node->governor));
    all = rxt_json_put(all, "turbo", node->turbo < 0 ? json_null() : json_boolean(node->turbo));
    return rxt_json_put(all, "huge_pages", rxt_json_word(node->huge_pages));
}

static json_t *nodes(const rxt_host *host)
{
    json_t *list = json_array();

    for (int n = 0; n < host->nodes; n++) {
        int first = 0;

        while (!alike(&host->node[first], &host->node[n]))
            first++;
        if (first == n)
            list = rxt_json_add(list, node_json(host, n));
    }
    return list;
}

static json_t *put_software(json_t *all, const rxt_host *host)
{
    all = rxt_json_put(all, "mpi", rxt_json_text(host->mpi));
    all = rxt_json_put(all, "openmp", rxt_json_text(host->openmp));
    all = rxt_json_put(all, "blas", rxt_json_word(host->blas));
    all = rxt_json_put(all, "compiler", json_string(RXT_COMPILER));
    all = rxt_json_put(all, "flags", rxt_json_text(RXT_FLAGS));
    return rxt_json_put(all, "commit", json_string(RXT_COMMIT));
}

static json_t *batch(const rxt_host *host)
{
    if (!host->batch[0])
        return json_null();
    return rxt_json_put(rxt_json_put(json_object(), "system", json_string(host->batch)), "job",
                        rxt_json_text(host->job));
}

static json_t *variables(char *const environment[])
{
    json_t *all = json_object();
    char name[200];

    for (int v = 0; environment[v]; v++) {
        size_t length = strcspn(environment[v], "=");

        if (!rxt_host_variable(environment[v]) || !environment[v][length] || length >= sizeof name)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)length, environment[v]);
        all = rxt_json_put(all, name, rxt_json_text(environment[v] + length + 1));
    }
    return all;
}

json_t *rxt_host_json(const rxt_host *host, char *const environment[])
{
    json_t *all = rxt_json_put(json_object(), "nodes", nodes(host));

    all = rxt_json_put(all, "ladder", rxt_host_ladder_json(host));
    all = rxt_json_put(all, "ranks", json_integer(host->ranks));
    all = rxt_json_put(all, "launcher", rxt_json_word(host->launcher));
    all = put_software(all, host);
    all = rxt_json_put(all, "batch", batch(host));
    return rxt_json_put(all, "environment", variables(environment));
}

/* Has the software, and of each node the name and the facts of put_hardware. The other facts of a
 * node are left out, because they can change by themselves from job to job. */
json_t *rxt_host_identity_json(const rxt_host *host)
{
    json_t *list = json_array();

    for (int n = 0; n < host->nodes; n++) {
        json_t *node = rxt_json_put(json_object(), "name", rxt_json_text(host->node[n].name));

        list = rxt_json_add(list, put_hardware(node, &host->node[n]));
    }
    return put_software(rxt_json_put(json_object(), "nodes", list), host);
}

/* ---- caches measured ---- */

json_t *rxt_host_ladder_json(const rxt_host *host)
{
    json_t *list = json_array();

    if (host->ladder.rungs == 0) {
        json_decref(list);
        return json_null();
    }
    for (int r = 0; r < host->ladder.rungs; r++)
        list = rxt_json_add(
            list, json_pack("[ff]", host->ladder.rung[r].bytes, host->ladder.rung[r].seconds));
    return list;
}

rxt_ladder rxt_host_ladder(const json_t *list)
{
    rxt_ladder ladder = { .rungs = 0 };
    size_t rungs = json_array_size(list);

    for (size_t r = 0; r < rungs && r < RXT_RUNGS; r++) {
        const json_t *rung = json_array_get(list, r);

        ladder.rung[ladder.rungs++] =
            (rxt_rung){ .bytes = json_number_value(json_array_get(rung, 0)),
                        .seconds = json_number_value(json_array_get(rung, 1)) };
    }
    return ladder;
}

static bool is_named(const json_t *node, const char *name)
{
    const json_t *names = json_object_get(node, "names");
    const char *one = json_string_value(json_object_get(node, "name"));

    for (size_t n = 0; n < json_array_size(names) && !one; n++) {
        one = json_string_value(json_array_get(names, n));
        if (one && strcmp(one, name))
            one = NULL;
    }
    return one && !strcmp(one, name);
}

bool rxt_host_counted(const json_t *host, const char *name, double counts[RXT_COUNTED])
{
    const json_t *list = json_object_get(host, "nodes"), *found = NULL;

    for (size_t n = 0; n < json_array_size(list) && !found; n++)
        if (is_named(json_array_get(list, n), name))
            found = json_object_get(json_array_get(list, n), "caches_measured");
    for (int c = 0; c < RXT_COUNTED && found; c++)
        counts[c] = fmax(0, json_number_value(json_object_get(found, counted_names[c])));
    return found;
}
