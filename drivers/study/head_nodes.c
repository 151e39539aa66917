/* head_nodes.c - is a study file of this host? */
#include "study/head.h"

#include "base/json.h"

/* A copy of the identity's nodes without what may differ from launch to launch: the measured cache
 * sizes, and the number of ranks. */
static json_t *nodes_of(const json_t *identity)
{
    json_t *nodes = json_deep_copy(json_object_get(json_object_get(identity, "host"), "nodes"));

    for (size_t n = 0; n < json_array_size(nodes); n++) {
        json_object_del(json_array_get(nodes, n), "caches_measured");
        json_object_del(json_array_get(nodes, n), "ranks");
    }
    return rxt_json_put(json_object(), "nodes", nodes ? nodes : json_null());
}

rxt_status rxt_head_same_nodes(const char *path, const struct json_t *before,
                               const struct json_t *now)
{
    json_t *was = nodes_of(before), *is = nodes_of(now);
    char text[RXT_JOURNAL_TEXT];
    bool differs = was && is && rxt_journal_differs(was, is, text), known = was && is;

    json_decref(was);
    json_decref(is);
    if (!known)
        return rxt_status_no_memory("to compare hosts");
    if (!before)
        return rxt_status_of(
            RXT_USAGE,
            "--history=%.200s: does not say on which host it was measured, because "
            "an older version wrote it; leave it out",
            path);
    if (differs)
        return rxt_status_of(RXT_USAGE, "--history=%.200s: is from another host (%s); leave it out",
                             path, text);
    return RXT_OK;
}
