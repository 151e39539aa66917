/* record.h - writes a study as CSV or JSON. The caller must check the stream for errors
 * (ferror). */
#ifndef RXT_RECORD_H
#define RXT_RECORD_H

#include <stdio.h>

#include "analysis/answer.h"
#include "analysis/warnings.h"
#include "host/host.h"
#include "plan/plan.h"
#include "results/row.h"

struct json_t;

/* The name of the schema in docs/study.schema.json. A study in JSON begins with this name. */
#define RXT_RECORD_SCHEMA "rxt-study-1"

/* Writes the rows as CSV (RFC 4180, but lines end in LF; a cell with comma, quote or line break is
 * quoted): one header line, then one line per row. */
void rxt_record_csv(FILE *file, const rxt_rows *rows);

/* Will a file of this name contain the study's settings, too? True if the name ends in .json, false
 * for .csv. */
bool rxt_record_tells(const char *path);

/* The data of a study that are written to its file. */
typedef struct rxt_record {
    const rxt_rows *rows;
    const rxt_answers *answers; /* derived from the rows */
    const rxt_warnings *warnings;
    const rxt_plan *plan; /* the plan, which has the settings */
    const rxt_host *host;
    const struct json_t *identity; /* as from rxt_study_identity; NULL: it is left out */
    const char *created;           /* the study's start, as from rxt_clock_date */
    char *const *argv;             /* main's argv, ending in NULL */
    char *const *environment;      /* environ, ending in NULL */
} rxt_record;

/* Writes one JSON document as docs/study.schema.json describes it. The values of a row are the same
 * as in its CSV cells; an empty cell is null. RXT_ENVIRONMENT without memory. */
rxt_status rxt_record_json(FILE *file, const rxt_record *record);

/* Checks that `path` can be written at the end of the study. RXT_USAGE if the folder of `path` does
 * not exist or is not writable, if `path` is a directory, or if it does not end in .json or .csv.
 * Writes nothing. */
rxt_status rxt_record_check(const char *path);

/* Writes the study, as CSV or JSON by the ending of `path`, to a temporary file in the same folder
 * and renames it to `path`. So `path` is either the old file or the complete new one, even if the
 * process is killed meanwhile, and no temporary file stays behind (if the file system supports
 * unnamed files). RXT_ENVIRONMENT if the disk is full or the rename fails; the old file is then
 * unchanged. */
rxt_status rxt_record_save(const char *path, const rxt_record *record);

#endif
