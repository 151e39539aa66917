/* levels_json.c - the cache sizes that an earlier job of the study measured. */
#include "study/levels.h"

#include "base/atomic_file.h"
#include "base/json.h"
#include "files/journal.h"

/* Reads the head of the journal that is resumed or, if there is none, the study's JSON file.
 * *before is NULL if neither exists. */
static rxt_status read_before(const char *file, bool resumes, json_t **before)
{
    rxt_status st = resumes ? rxt_journal_head(file, before) : RXT_OK;

    if (!st && !*before && rxt_atomic_file_ends(file, ".json"))
        *before = json_load_file(file, 0, NULL);
    return st;
}

static void take(const json_t *before, rxt_host *nodes, rxt_levels_known known[])
{
    const json_t *identity = json_object_get(before, "identity"),
                 *host = json_object_get(identity ? identity : before, "host");
    const json_t *ladder = json_object_get(before, "ladder");

    if (!ladder)
        ladder = json_object_get(json_object_get(before, "host"), "ladder");

    for (int n = 0; n < nodes->nodes; n++)
        known[n][0] = rxt_host_counted(host, nodes->node[n].name, &known[n][1]);
    nodes->ladder = rxt_host_ladder(ladder);
}

rxt_status rxt_levels_before(const rxt_settings *settings, rxt_host *nodes,
                             rxt_levels_known known[])
{
    json_t *before = NULL;
    rxt_status st = RXT_OK;

    if (settings->output && (settings->resume || settings->again))
        st = read_before(settings->output, settings->resume, &before);
    if (!st)
        take(before, nodes, known);
    json_decref(before);
    return st;
}
