/* journal_look.c - what stands in the file that a study goes on in. */
#include <rxt/journal.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rxt/json.h>

static rxt_status no_study(const char *path, const char *why)
{
    return rxt_status_of(RXT_USAGE,
                         "--resume: %.200s: %s; choose another --output, or leave --resume out to "
                         "replace it",
                         path, why);
}

static rxt_status look_at_json(const char *path, rxt_journal_target *target)
{
    json_error_t error;
    json_t *study = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    const char *schema = json_string_value(json_object_get(study, "schema"));
    const char *status = json_string_value(json_object_get(study, "status"));
    char why[JSON_ERROR_TEXT_LENGTH + 60];
    rxt_status st = RXT_OK;

    snprintf(why, sizeof why, "is no whole study file (line %d: %s)", error.line, error.text);
    if (!study)
        st = no_study(path, why);
    else if (!schema || strcmp(schema, "rxt-study-1"))
        st = no_study(path, "is a file of another schema than rxt-study-1");
    else if (!status || (strcmp(status, "complete") && strcmp(status, "stopped")))
        st = no_study(path, "is a study file without a status");
    else
        *target = strcmp(status, "complete") ? RXT_TARGET_STOPPED : RXT_TARGET_COMPLETE;
    json_decref(study);
    return st;
}

/* Every row of a stopped study has a note that begins so, in the last column. */
static bool says_stopped(const char *row)
{
    return strstr(row, ",stopped") || strstr(row, ",\"stopped");
}

static rxt_status look_at_csv(const char *path, FILE *file, const char *header,
                              rxt_journal_target *target)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length = getline(&line, &room, file);
    bool ours = length > 0 && !strcmp(line, header), whole = ours, stopped = false;

    while (whole && (length = getline(&line, &room, file)) > 0) {
        whole = line[length - 1] == '\n';
        stopped = stopped || says_stopped(line);
    }
    free(line);
    if (!ours)
        return no_study(path, "has not the columns of a study");
    if (!whole)
        return no_study(path, "is cut off");
    *target = stopped ? RXT_TARGET_STOPPED : RXT_TARGET_COMPLETE;
    return RXT_OK;
}

rxt_status rxt_journal_look(const char *path, const char *header, rxt_journal_target *target)
{
    size_t length = strlen(path);
    FILE *file = fopen(path, "r");
    rxt_status st;

    *target = RXT_TARGET_NONE;
    if (!file && errno == ENOENT)
        return RXT_OK;
    if (!file)
        return no_study(path, strerror(errno));
    if (length > 5 && !strcmp(path + length - 5, ".json"))
        st = look_at_json(path, target);
    else
        st = look_at_csv(path, file, header, target);
    fclose(file);
    return st;
}
