/* break_even_json.c - a study's break-even sizes as JSON. */
#include "files/break_even_json.h"

#include <string.h>

#include "base/json.h"

static json_t *pays(rxt_pays verdict)
{
    static const char *const words[] = { [RXT_PAYS_UNDECIDED] = "undecided",
                                         [RXT_PAYS_NOWHERE] = "nowhere",
                                         [RXT_PAYS_EVERYWHERE] = "everywhere",
                                         [RXT_PAYS_FROM] = "from" };

    return json_string(words[verdict]);
}

static json_t *found_json(bool there, const rxt_break_even *found)
{
    json_t *all;

    if (!there)
        return json_null();
    all = json_pack("{s:i, s:i, s:i}", "nodes", found->split.nodes, "ranks", found->split.ranks,
                    "threads", found->split.threads);
    all = rxt_json_put(all, "pays", pays(found->pays));
    all = rxt_json_put(all, "n", rxt_json_figure(found->n));
    all = rxt_json_put(all, "n_low", rxt_json_count(found->low));
    all = rxt_json_put(all, "n_high", rxt_json_count(found->high));
    all = rxt_json_put(all, "until", rxt_json_count(found->until));
    all = rxt_json_put(all, "first", json_integer(found->first));
    return rxt_json_put(all, "last", json_integer(found->last));
}

static bool is_of(const rxt_answer *answer, const rxt_break_evens *of)
{
    return !strcmp(answer->kernel, of->kernel) && !strcmp(answer->team, of->team) &&
           !strcmp(answer->combine, of->combine) && !strcmp(answer->bind, of->bind);
}

json_t *rxt_break_even_json(const rxt_rows *rows, const rxt_break_even_list *list,
                            const rxt_answer *answer)
{
    const rxt_break_evens *of;
    char text[RXT_SENTENCE];
    json_t *all;
    int at = 0;

    while (at < list->count && !is_of(answer, &list->of[at]))
        at++;
    if (at == list->count)
        return json_null();
    of = &list->of[at];
    rxt_break_even_text(rows, of, text);
    all = rxt_json_put(json_object(), "text", rxt_json_text(text));
    all = rxt_json_put(all, "threads", found_json(of->has_threads, &of->threads));
    return rxt_json_put(all, "processes", found_json(of->has_processes, &of->processes));
}
