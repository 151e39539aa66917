/* journal_look.c - what stands in the file that a study goes on in. */
#include "files/journal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

static rxt_status no_study(const char *path, const char *why)
{
    return rxt_status_of(RXT_USAGE,
                         "--resume: %.200s: %s; choose another --output, or leave --resume out to "
                         "replace it",
                         path, why);
}

/* Another file would fare no better where the system is at fault. */
static rxt_status not_opened(const char *path, int error)
{
    bool system = error == EMFILE || error == ENFILE || error == ENOMEM || error == EIO;

    return system ? rxt_status_of(RXT_ENVIRONMENT, "--resume: %.200s: cannot be read (%s)", path,
                                  strerror(error))
                  : no_study(path, strerror(error));
}

static bool has_wrong(const json_t *rows)
{
    for (size_t r = 0; r < json_array_size(rows); r++)
        if (json_is_false(json_object_get(json_array_get(rows, r), "verified")))
            return true;
    return false;
}

static rxt_status read_study(const char *path, const json_t *study, rxt_journal_found *found)
{
    const char *schema = json_string_value(json_object_get(study, "schema"));
    const char *status = json_string_value(json_object_get(study, "status"));
    const char *created = json_string_value(json_object_get(study, "created"));
    const json_t *rows = json_object_get(study, "rows");

    if (!schema || strcmp(schema, "rxt-study-1"))
        return no_study(path, "is a file of another schema than rxt-study-1");
    if (!status || (strcmp(status, "complete") && strcmp(status, "stopped")) || !created ||
        !json_is_array(rows) || !json_is_object(json_object_get(study, "settings")))
        return no_study(path, "is a study file without status, date, settings or rows");
    found->target = strcmp(status, "complete") ? RXT_TARGET_STOPPED : RXT_TARGET_COMPLETE;
    found->wrong = has_wrong(rows);
    snprintf(found->created, sizeof found->created, "%s", created);
    return RXT_OK;
}

/* What editors and spreadsheets put in front of a text in UTF-8. */
static void skip_mark(FILE *file)
{
    char mark[3];

    if (fread(mark, 1, sizeof mark, file) != sizeof mark || memcmp(mark, "\xef\xbb\xbf", 3))
        rewind(file);
}

static rxt_status look_at_json(const char *path, FILE *file, rxt_journal_found *found)
{
    json_error_t error;
    json_t *study = json_loadf(file, JSON_REJECT_DUPLICATES, &error);
    char why[JSON_ERROR_TEXT_LENGTH + 60];
    rxt_status st;

    snprintf(why, sizeof why, "is no whole study file (line %d: %s)", error.line, error.text);
    st = study ? read_study(path, study, found) : no_study(path, why);
    json_decref(study);
    return st;
}

/* Commas between cells; those in quotes are text. */
static int commas(const char *line)
{
    bool quoted = false;
    int count = 0;

    for (; *line; line++) {
        quoted = quoted != (*line == '"');
        count += *line == ',' && !quoted;
    }
    return count;
}

/* A line that ends as ours do, whichever system's editor wrote it: getline's length, of which a
 * carriage return before the end is no part. */
static ssize_t read_line(char **line, size_t *room, FILE *file)
{
    ssize_t length = getline(line, room, file);

    if (length > 1 && !strcmp(*line + length - 2, "\r\n")) {
        strcpy(*line + length - 2, "\n");
        length--;
    }
    return length;
}

/* Every row of a stopped study has a note that begins so, in the last column. */
static bool says_stopped(const char *row)
{
    return strstr(row, ",stopped") || strstr(row, ",\"stopped");
}

static rxt_status look_at_csv(const char *path, FILE *file, const char *header, int least, int most,
                              rxt_journal_found *found)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length = read_line(&line, &room, file);
    bool ours = length > 0 && !strcmp(line, header), whole = ours, stopped = false;
    int count = 0;

    while (whole && (length = read_line(&line, &room, file)) > 0) {
        whole = line[length - 1] == '\n' && commas(line) == commas(header);
        stopped = stopped || says_stopped(line);
        found->wrong = found->wrong || strstr(line, ",false,");
        count++;
    }
    free(line);
    if (!ours)
        return no_study(path, "has not the columns of a study");
    if (!whole || count < least || count > most)
        return no_study(path, "has not the rows of this study");
    found->target = stopped ? RXT_TARGET_STOPPED : RXT_TARGET_COMPLETE;
    return RXT_OK;
}

rxt_status rxt_journal_look(const char *path, const char *header, int least, int most,
                            rxt_journal_found *found)
{
    size_t length = strlen(path);
    FILE *file = fopen(path, "r");
    rxt_status st;

    *found = (rxt_journal_found){ .target = RXT_TARGET_NONE };
    if (!file && errno == ENOENT)
        return RXT_OK;
    if (!file)
        return not_opened(path, errno);
    skip_mark(file);
    if (length > 5 && !strcmp(path + length - 5, ".json"))
        st = look_at_json(path, file, found);
    else
        st = look_at_csv(path, file, header, least, most, found);
    fclose(file);
    return st;
}
