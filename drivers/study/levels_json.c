/* levels_json.c - the cache sizes that an earlier job of the study measured. */
#include "study/levels.h"

#include "base/atomic_file.h"
#include "base/json.h"
#include "files/journal.h"

/* Reads the head of the journal or, if there is no journal, the study's JSON file. NULL: neither
 * exists. */
static json_t *read_before(const char *file)
{
    json_t *before = rxt_journal_head(file);

    if (before || !rxt_atomic_file_ends(file, ".json"))
        return before;
    return json_load_file(file, 0, NULL);
}

void rxt_levels_before(const rxt_settings *settings, rxt_host *nodes, rxt_levels_known known[])
{
    const char *file = settings->output;
    json_t *before = file && settings->resume ? read_before(file) : NULL;
    const json_t *identity = json_object_get(before, "identity"),
                 *host = json_object_get(identity ? identity : before, "host");
    const json_t *ladder = json_object_get(identity ? before : host, "ladder");

    for (int n = 0; n < nodes->nodes; n++)
        known[n][0] = rxt_host_counted(host, nodes->node[n].name, &known[n][1]);
    nodes->ladder = rxt_host_ladder(ladder);
    json_decref(before);
}
