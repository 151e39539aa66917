/* json.c - prints the settings of a study for its file; each setting is one line of code. */
#include "settings/settings.h"

#include <stdio.h>

#include "base/json.h"
#include "base/list.h"
#include "splits/family.h"

static json_t *kernels(const rxt_settings *s)
{
    json_t *list = json_array();

    for (int k = 0; k < s->kernels; k++)
        list = rxt_json_add(list, rxt_json_text(s->kernel[k]->name));
    return list;
}

/* The sizes as the user gave them: "10M", "L2". */
static json_t *sizes(const rxt_settings *s)
{
    json_t *list = json_array();
    char number[32];

    for (int i = 0; i < s->sizes; i++) {
        const rxt_size *size = &s->size[i];

        list = rxt_json_add(
            list, rxt_json_text(size->level[0] ? size->level : rxt_list_print(size->n, number)));
    }
    return list;
}

static json_t *elements(int count, const ptrdiff_t n[])
{
    json_t *list = json_array();

    for (int i = 0; i < count; i++)
        list = rxt_json_add(list, json_integer(n[i]));
    return list;
}

/* The value of --splits as a list: first the words, then the pairs. */
static json_t *splits(const rxt_splits_request *request)
{
    json_t *list = json_array();
    char pair[RXT_SPLIT_TEXT];

    for (int f = 0; f < rxt_family_vocabulary.count; f++)
        if (rxt_family_chosen(request, f))
            list = rxt_json_add(list, json_string(rxt_vocabulary_name(&rxt_family_vocabulary, f)));
    for (int p = 0; p < request->pairs; p++) {
        list = rxt_json_add(list, json_string(rxt_split_print(request->pair[p], pair)));
    }
    return list;
}

static json_t *counts(int count, const int numbers[])
{
    json_t *list = json_array();

    for (int i = 0; i < count; i++)
        list = rxt_json_add(list, json_integer(numbers[i]));
    return list;
}

static json_t *teams(const rxt_settings *s)
{
    json_t *list = json_array();

    for (int t = 0; t < s->teams; t++)
        list = rxt_json_add(list, json_string(rxt_team_kind_name(s->team[t])));
    return list;
}

static json_t *combines(const rxt_settings *s)
{
    json_t *list = json_array();

    for (int c = 0; c < s->combines; c++)
        list = rxt_json_add(list, json_string(rxt_combine_name(s->combine[c])));
    return list;
}

static json_t *binds(const rxt_settings *s)
{
    json_t *list = json_array();

    for (int b = 0; b < s->binds; b++)
        list = rxt_json_add(list, json_string(rxt_bind_name(s->bind[b])));
    return list;
}

static json_t *cpus(const rxt_cpus *set)
{
    char text[5 * RXT_CPUS];

    return json_string(rxt_cpus_print(set, text, sizeof text));
}

/* Many readers of JSON hold numbers as doubles, so a seed beyond 2^53 is written as text. */
static json_t *seed(uint64_t value)
{
    char text[32];

    if (value <= (uint64_t)1 << 53)
        return json_integer((json_int_t)value);
    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    return json_string(text);
}

/* Returns the value, or null if the option was not given. */
static json_t *given(bool is, json_t *value)
{
    if (is)
        return value;
    json_decref(value);
    return json_null();
}

/* An operand's file. The digest is text, as a large seed is, because a double cannot hold it. */
static json_t *own(const rxt_settings *s, int a)
{
    json_t *file = json_object();
    char digest[32] = "";

    if (!s->own[a])
        return given(false, file);
    if (s->operands)
        snprintf(digest, sizeof digest, "%016llx", (unsigned long long)s->operands->digest[a]);
    file = rxt_json_put(file, "file", rxt_json_text(s->own[a]));
    file = rxt_json_put(file, "type",
                        rxt_json_word(s->operands ? s->operands->file[a].header.type : ""));
    return rxt_json_put(file, "digest", rxt_json_word(digest));
}

static json_t *heaps(const rxt_settings *s)
{
    json_t *list = json_array();

    for (int h = 0; h < s->heaps; h++)
        list = rxt_json_add(list, json_integer(s->heap[h]));
    return list;
}

/* The options that only a lesson has. */
static json_t *put_lesson(json_t *all, const rxt_settings *s)
{
    switch (s->preset->lesson) {
    case RXT_LESSON_SPAWN:
        return rxt_json_put(all, "heap", given(s->heaps, heaps(s)));
    case RXT_LESSON_LOCK:
        return rxt_json_put(all, "switch_interval", json_real(s->options.switch_interval));
    case RXT_LESSON_IO:
        all = rxt_json_put(all, "service_time", json_real(s->options.service_time));
        return rxt_json_put(all, "compute_share", json_real(s->options.compute_share));
    case RXT_LESSON_SHARE:
    case RXT_LESSON_NONE:
        break;
    }
    return all;
}

json_t *rxt_settings_measured_json(const rxt_settings *s, int count, const ptrdiff_t n[])
{
    const rxt_splits_request *request = &s->splits;
    bool named = request->cross || request->diagonal || request->grid || request->pairs > 0;
    rxt_split baseline = request->baseline.ranks ? request->baseline : (rxt_split){ 0, 1, 1 };
    char text[RXT_SPLIT_TEXT];
    json_t *all = json_object();

    all = rxt_json_put(all, "kernel", kernels(s));
    all = rxt_json_put(all, "size", given(s->sizes, sizes(s)));
    all = rxt_json_put(all, "n", given(count, elements(count, n)));
    all = rxt_json_put(all, "break_even", json_boolean(s->break_even));
    all = rxt_json_put(all, "splits", given(named, splits(request)));
    all = rxt_json_put(all, "ranks",
                       given(request->rank_count, counts(request->rank_count, request->ranks)));
    all =
        rxt_json_put(all, "threads",
                     given(request->thread_count, counts(request->thread_count, request->threads)));
    all = rxt_json_put(all, "nodes",
                       given(request->node_count, counts(request->node_count, request->nodes)));
    all = rxt_json_put(
        all, "ranks_per_node",
        given(request->per_node_count, counts(request->per_node_count, request->per_node)));
    all = rxt_json_put(all, "baseline", json_string(rxt_split_print(baseline, text)));
    all = rxt_json_put(all, "scaling", json_string(rxt_scaling_name(s->weak)));
    all = rxt_json_put(all, "type", json_string(rxt_type_name(s->type)));
    all = rxt_json_put(all, "team", teams(s));
    all = rxt_json_put(all, "combine", combines(s));
    all = rxt_json_put(all, "sync", json_string(rxt_sync_name(s->sync)));
    all = rxt_json_put(all, "bind", binds(s));
    all = rxt_json_put(all, "cpus", given(s->has_cpus, cpus(&s->cpus)));
    all = rxt_json_put(all, "cores", given(s->cores, json_integer(s->cores)));
    all = rxt_json_put(all, "smt", json_boolean(s->smt));
    all = rxt_json_put(all, "oversubscribe", json_boolean(request->oversubscribe));
    all = rxt_json_put(all, "x", own(s, 0));
    all = rxt_json_put(all, "y", own(s, 1));
    all = rxt_json_put(all, "seed", seed(s->seed));
    all = rxt_json_put(all, "pages",
                       json_string(rxt_vocabulary_name(&rxt_pages_vocabulary, (int)s->pages)));
    return put_lesson(all, s);
}

json_t *rxt_settings_json(const rxt_settings *s, int count, const ptrdiff_t n[])
{
    json_t *all = rxt_settings_measured_json(s, count, n);

    all = rxt_json_put(all, "precision", json_real(s->precision));
    all = rxt_json_put(all, "rounds_min", json_integer(s->rounds_min));
    all = rxt_json_put(all, "rounds_max", json_integer(s->rounds_max));
    all = rxt_json_put(all, "epochs", json_integer(s->epochs));
    all = rxt_json_put(all, "budget", json_real(s->budget));
    return rxt_json_put(all, "budget_given", json_boolean(s->budget_given));
}
