/* record.h - a study as its file has it: written as CSV or JSON. Errors of a stream are the
 * caller's to see (ferror). */
#ifndef RXT_RECORD_H
#define RXT_RECORD_H

#include <stdio.h>

#include "analysis/answer.h"
#include "analysis/warnings.h"
#include "host/host.h"
#include "plan/plan.h"
#include "results/row.h"

/* CSV (RFC 4180 with LF; a cell with comma, quote or newline is quoted): a header and a row each.
 */
void rxt_record_csv(FILE *file, const rxt_rows *rows);

/* Does a file of that name tell of the study's settings, too? */
bool rxt_record_tells(const char *path);

/* A study as its file has it. */
typedef struct rxt_record {
    const rxt_rows *rows;
    const rxt_answers *answers; /* of the rows                              */
    const rxt_warnings *warnings;
    const rxt_plan *plan; /* with the settings                        */
    const rxt_host *host;
    const char *created;      /* the study's start, as rxt_clock_date says */
    char *const *argv;        /* main's, NULL at its end                  */
    char *const *environment; /* likewise                                 */
} rxt_record;

/* One JSON document, as docs/study.schema.json says: a row's values are those of its CSV cells,
 * null where the cell is empty. RXT_ENVIRONMENT without memory. */
rxt_status rxt_record_json(FILE *file, const rxt_record *record);

/* Can FILE be written at the end? RXT_USAGE for a folder that is not there or not writable, a
 * directory, or an ending other than .json and .csv. Touches nothing. */
rxt_status rxt_record_check(const char *path);

/* Writes the study beside `path`, as its ending says, and renames it into place: the old file or
 * the whole new one, never half, and nothing beside it, though the process be killed meanwhile
 * (where the file system has unnamed files). RXT_ENVIRONMENT, the old file intact, when the disk is
 * full or the rename fails. */
rxt_status rxt_record_save(const char *path, const rxt_record *record);

#endif
