/* head.c - the identity of a study, and whether a journal belongs to it. */
#include "study/head.h"

#include <assert.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "comm/comm.h"
#include <rxt/version.h>

static json_t *splits(const rxt_plan *plan)
{
    json_t *list = json_array();
    char text[RXT_SPLIT_TEXT];

    for (int p = 0; p < plan->splits.count; p++)
        list = rxt_json_add(list, json_string(rxt_split_print(plan->splits.split[p], text)));
    return list;
}

/* Everything that determines which cell has which number, and what the times of a cell mean. */
static json_t *cells(const rxt_plan *plan)
{
    json_t *all = json_object(), *kernels = json_array(), *sizes = json_array(),
           *teams = json_array(), *combines = json_array(), *binds = json_array();
    const rxt_settings *settings = plan->settings;

    for (int k = 0; k < settings->kernels; k++)
        kernels = rxt_json_add(kernels, rxt_json_text(settings->kernel[k]->name));
    for (int s = 0; s < plan->sizes; s++)
        sizes = rxt_json_add(sizes, json_integer(plan->n[s]));
    for (int t = 0; t < settings->teams; t++)
        teams = rxt_json_add(teams, json_string(rxt_team_kind_name(settings->team[t])));
    for (int c = 0; c < settings->combines; c++)
        combines = rxt_json_add(combines, json_string(rxt_combine_name(settings->combine[c])));
    for (int b = 0; b < settings->binds; b++)
        binds = rxt_json_add(binds, json_string(rxt_bind_name(settings->bind[b])));
    all = rxt_json_put(all, "scaling", json_string(rxt_scaling_name(settings->weak)));
    all = rxt_json_put(all, "type", json_string(rxt_type_name(settings->type)));
    all = rxt_json_put(all, "kernels", kernels);
    all = rxt_json_put(all, "sizes", sizes);
    all = rxt_json_put(all, "team", teams);
    all = rxt_json_put(all, "combine", combines);
    all = rxt_json_put(all, "bind", binds);
    if (rxt_settings_heeds_sync(settings))
        all = rxt_json_put(all, "sync", json_string(rxt_sync_name(settings->sync)));
    all = rxt_json_put(all, "far", json_real(plan->place->l2));
    return rxt_json_put(all, "splits", splits(plan));
}

/* The parts that all programs of one build have in common. */
static json_t *common(void)
{
    json_t *all = json_object();

    all = rxt_json_put(all, "version", json_string(RXT_VERSION));
    all = rxt_json_put(all, "commit", json_string(RXT_COMMIT));
    all = rxt_json_put(all, "compiler", json_string(RXT_COMPILER));
    return rxt_json_put(all, "flags", json_string(RXT_FLAGS));
}

/* The checksum of the program distinguishes builds of the same commit. */
static json_t *build(const char *program)
{
    return rxt_json_put(common(), "program", json_string(program));
}

static bool sum_of(const json_t *value, double *of)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    bool written = text != NULL;

    *of = written ? rxt_hash_bytes(text, strlen(text)) : 0;
    free(text);
    return written;
}

/* Appends the key and the checksum of each value of `all` to part[], and frees `all`. False without
 * memory. */
static bool add_parts(rxt_head_part part[], int *count, json_t *all)
{
    bool added = all != NULL;
    const char *key;
    json_t *value;

    json_object_foreach(all, key, value)
    {
        assert(*count < RXT_HEAD_PARTS);
        snprintf(part[*count].name, sizeof part->name, "%s", key);
        added = sum_of(value, &part[(*count)++].sum) && added;
    }
    json_decref(all);
    return added;
}

bool rxt_head_build(rxt_head_part *part)
{
    json_t *all = common();
    bool written;

    *part = (rxt_head_part){ "build", 0 };
    written = all && sum_of(all, &part->sum);
    json_decref(all);
    return written;
}

/* Adds which outputs were asked for. Only rank 0 writes outputs, so a rank that asks for more than
 * rank 0 would not get them. The names of the files may differ. */
static json_t *put_outputs(json_t *all, const rxt_settings *settings)
{
    all = rxt_json_put(all, "output", json_boolean(settings->output != NULL));
    all = rxt_json_put(all, "plot", json_boolean(settings->plot != NULL));
    all = rxt_json_put(all, "show_binding", json_boolean(settings->show_binding));
    return rxt_json_put(all, "format", json_integer(settings->format));
}

/* The settings without the names and the sizes of operand files. rxt_operands_check compares these
 * files when it reads them, and its message says more precisely what differs. */
static json_t *without_files(const rxt_plan *plan)
{
    json_t *all = rxt_settings_json(plan->settings, plan->asked, plan->n);

    all = put_outputs(all, plan->settings);
    json_object_set_new(all, "x", json_boolean(plan->settings->own[0] != NULL));
    json_object_set_new(all, "y", json_boolean(plan->settings->own[1] != NULL));
    if (rxt_settings_own(plan->settings)) {
        json_object_del(all, "size");
        json_object_del(all, "n");
    }
    return all;
}

/* The plan without the sizes of own operands, which come from their files (see without_files). The
 * splits stay, because they also depend on the free memory. */
static json_t *planned(const rxt_plan *plan)
{
    json_t *all = cells(plan);

    if (rxt_settings_own(plan->settings))
        json_object_del(all, "sizes");
    return all;
}

bool rxt_head_parts(const rxt_plan *plan, const char *sum, rxt_head_part part[RXT_HEAD_PARTS])
{
    json_t *head = json_object(), *program = json_array();
    int count = 0;
    bool added;

    program = rxt_json_add(program, json_string(plan->settings->preset->program));
    program = rxt_json_add(program, json_string(sum));
    head = rxt_json_put(head, "program", program);
    head = rxt_json_put(head, "plan", planned(plan));
    added = add_parts(part, &count, head);
    return add_parts(part, &count, without_files(plan)) && added;
}

/* Removes name and type of operand files: own operands are compared by their digest. */
static void forget_names(json_t *settings)
{
    static const char *const names[RXT_OWN] = { "x", "y" };

    for (int a = 0; a < RXT_OWN; a++) {
        json_object_del(json_object_get(settings, names[a]), "file");
        json_object_del(json_object_get(settings, names[a]), "type");
    }
}

static json_t *measured(const rxt_plan *plan)
{
    json_t *all = rxt_settings_measured_json(plan->settings, plan->asked, plan->n);

    forget_names(all);
    return all;
}

static json_t *identity(const rxt_plan *plan, const rxt_host *nodes, const char *program)
{
    json_t *all = json_object();

    all = rxt_json_put(all, "settings", measured(plan));
    all = rxt_json_put(all, "cells", cells(plan));
    all = rxt_json_put(all, "build", build(program));
    return rxt_json_put(all, "host", rxt_host_identity_json(nodes));
}

json_t *rxt_head_of(const rxt_plan *plan, const rxt_host *nodes, const rxt_resume_state *resume)
{
    json_t *created = rxt_json_put(json_object(), "created", json_string(resume->created));

    created = rxt_json_put(created, "runs", json_integer(resume->earlier));
    created = rxt_json_put(created, "ladder", rxt_host_ladder_json(nodes));
    return rxt_json_put(created, "identity", identity(plan, nodes, resume->program));
}

static rxt_status no_memory(void)
{
    return rxt_status_no_memory("for the identity of this study");
}

/* A record of a study that this study is compared with: who asks, and the record's file. */
typedef struct record {
    const char *option, *file;
    bool forced; /* the option's =force: only the cells must be equal */
} record;

static rxt_status other(const record *of, const char *what, const char *difference,
                        const char *advice)
{
    return rxt_status_of(RXT_USAGE, "%s: %.140s is from another %s (%s); %s", of->option, of->file,
                         what, difference, advice);
}

/* As other; the advice names the option twice. */
static rxt_status other_out(const record *of, const char *what, const char *difference,
                            const char *advice)
{
    char text[200];

    snprintf(text, sizeof text, "%s leave %s out", advice, of->option);
    return other(of, what, difference, text);
}

/* Did an earlier job record a text that this job cannot find out? This job then has `unknown`
 * instead of the text. */
static bool unread(const json_t *before, const json_t *now, const char *part, const char *key,
                   const char *unknown)
{
    const char *was = json_string_value(json_object_get(json_object_get(before, part), key)),
               *is = json_string_value(json_object_get(json_object_get(now, part), key));

    return was && is && strcmp(was, unknown) && !strcmp(is, unknown);
}

/* RXT_ENVIRONMENT if a text cannot be compared. In this case it is unknown whether build or host
 * differ, so the message must not say that they do. */
static rxt_status check_readable(const record *of, const json_t *before, const json_t *now)
{
    if (unread(before, now, "build", "program", ""))
        return rxt_status_of(RXT_ENVIRONMENT,
                             "%s: /proc/self/exe cannot be read, so it is unknown whether "
                             "this build began the study; use %s=force to continue anyway",
                             of->option, of->option);
    if (unread(before, now, "host", "mpi", RXT_COMM_UNKNOWN))
        return rxt_status_of(
            RXT_ENVIRONMENT,
            "%s: MPI does not report its version, so it is unknown whether the study began "
            "with this MPI; use %s=force to continue anyway",
            of->option, of->option);
    return RXT_OK;
}

static bool differ(const json_t *before, const json_t *now, const char *key,
                   char text[RXT_JOURNAL_TEXT])
{
    return rxt_journal_differs(json_object_get(before, key), json_object_get(now, key), text);
}

/* Reports that the cells differ, and names the cause: the settings, the number of ranks, or the
 * host. The same options give different splits on another host, or with fewer of its CPUs. The
 * number of started ranks is a choice of the user, so it does not count as the host. */
static rxt_status other_cells(const record *of, const json_t *before, const json_t *now,
                              const char *difference)
{
    char text[RXT_JOURNAL_TEXT];
    bool caches = !strncmp(difference, "far: ", 5); /* "far" depends only on the host's caches */

    if ((!caches && differ(before, now, "settings", text)) || !differ(before, now, "host", text) ||
        strstr(text, ".ranks: "))
        return other_out(of, "study", difference, "give the same options, or");
    return other_out(of, "host", text, "its plan differs, too: resume there, or");
}

/* Compares the identity in a record with this study's. The cells must always be equal, even with
 * =force, because they determine which cell a visit belongs to and what its times mean. The other
 * parts may differ with =force; *differs is set then. */
static rxt_status compare(const record *of, const json_t *before, const json_t *now, bool *differs)
{
    static const struct {
        const char *key, *what, *before, *behind;
    } parts[] = {
        { "settings", "study", "give the same options, or ", "" },
        { "build", "build", "use ", " to continue anyway" },
        { "host", "host", "use ", " to continue anyway" },
    };
    char text[RXT_JOURNAL_TEXT], advice[100];
    rxt_status st = of->forced ? RXT_OK : check_readable(of, before, now);

    if (st)
        return st;
    if (differ(before, now, "cells", text))
        return other_cells(of, before, now, text);
    for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
        if (!differ(before, now, parts[p].key, text))
            continue;
        *differs = true;
        if (of->forced)
            continue;
        snprintf(advice, sizeof advice, "%s%s=force%s", parts[p].before, of->option,
                 parts[p].behind);
        return other(of, parts[p].what, text, advice);
    }
    return RXT_OK;
}

int rxt_head_runs(const struct json_t *head)
{
    json_int_t runs = json_integer_value(json_object_get(head, "runs"));

    return runs > 0 && runs < INT_MAX ? (int)runs : 0;
}

void rxt_head_created(const struct json_t *head, char text[32])
{
    const char *created = json_string_value(json_object_get(head, "created"));

    if (created && strlen(created) == strlen("2026-11-24T13:42:00Z"))
        snprintf(text, 32, "%s", created);
}

rxt_status rxt_head_same(const rxt_journal_contents *contents, const rxt_plan *plan,
                         const rxt_host *nodes, const char *program, bool *differs)
{
    json_t *now = identity(plan, nodes, program);
    char name[PATH_MAX];
    const record of = { "--resume", rxt_journal_name(plan->settings->output, name),
                        plan->settings->resume == RXT_RESUME_FORCE };
    rxt_status st = RXT_OK;

    if (!now)
        st = no_memory();
    else
        st = compare(&of, json_object_get(contents->head, "identity"), now, differs);
    json_decref(now);
    *differs = *differs || contents->damaged;
    if (!st && contents->damaged && !of.forced)
        st = rxt_status_of(
            RXT_USAGE,
            "--resume: %.200s: line %d is damaged; --resume=force continues without damaged lines",
            of.file, contents->damaged);
    return st;
}

rxt_status rxt_head_again(const struct json_t *before, const rxt_plan *plan, const rxt_host *nodes,
                          const char *program)
{
    json_t *now = identity(plan, nodes, program);
    const record of = { "--again", plan->settings->output,
                        plan->settings->again == RXT_RESUME_FORCE };
    bool differs = false;
    rxt_status st = now ? RXT_OK : no_memory();

    if (!st && !before)
        st = rxt_status_of(RXT_USAGE,
                           "--again: %.200s does not say how it was measured, because an older "
                           "version wrote it; choose another --output",
                           of.file);
    if (!st)
        st = compare(&of, before, now, &differs);
    json_decref(now);
    return st;
}

struct json_t *rxt_head_identity(const rxt_plan *plan, const rxt_host *nodes, const char *program)
{
    return identity(plan, nodes, program);
}

void rxt_head_drop(struct json_t *identity)
{
    json_decref(identity);
}

/* Only settings that decide what is measured are compared; the file also has those that decide when
 * to stop. A CSV file has no settings, so it is taken as equal. */
rxt_status rxt_head_same_settings(const rxt_plan *plan, const char *file)
{
    json_t *found = json_load_file(file, 0, NULL), *now = measured(plan);
    json_t *before = json_deep_copy(now);
    char text[RXT_JOURNAL_TEXT];
    bool known = now && before, differs;

    json_object_update_existing(before, json_object_get(found, "settings"));
    forget_names(before);
    differs = rxt_journal_differs(before, now, text);
    json_decref(before);
    json_decref(now);
    json_decref(found);
    if (!known)
        return no_memory();
    if (!differs)
        return RXT_OK;
    return rxt_status_of(RXT_USAGE,
                         "--resume: %.140s is the complete file of another study (%s); choose "
                         "another --output, or leave --resume out to replace it",
                         file, text);
}
