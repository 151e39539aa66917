/* study_reader.h - reads a study's file back and checks it, since anybody may have changed it. */
#ifndef RXT_STUDY_READER_H
#define RXT_STUDY_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "results/row.h"

enum { RXT_STUDY_READER_ROWS = 1000000 };

typedef struct rxt_study_reader {
    rxt_rows rows;    /* in the file's order. host: "NODE, CPU, cores", "" in CSV; seconds are NULL
                         in CSV; loads, stores, flops, bound and splits are not read; command
                        is "" in CSV                                                             */
    char created[32]; /* when the study began, UTC; "" in CSV                                   */
    bool samples;     /* every round's time is there: not in CSV                                */
    struct json_t *document;
    char *text;      /* CSV's cells                                                             */
    double *seconds; /* of all rows                                                             */
} rxt_study_reader;

/* Reads FILE.json (docs/study.schema.json) or FILE.csv; the first character shows which. Every
 * value must be one that a study can write: right type and range, quartiles and intervals in
 * order, medians equal to those of the samples, no duplicate rows, and the baseline of every row
 * present. Unknown keys are ignored. RXT_USAGE, naming the file, the row and the value, for any
 * other; RXT_ENVIRONMENT without memory, or where the system cannot read. Local. Close with
 * rxt_study_reader_close, which takes NULL. */
rxt_status rxt_study_reader_open(const char *path, rxt_study_reader **reader);
void rxt_study_reader_close(rxt_study_reader *reader);

/* The same of a file's bytes, called `name` in messages. Local. */
rxt_status rxt_study_reader_read(const char *name, const char *bytes, size_t size,
                                 rxt_study_reader **reader);

/* The host's text of that key, such as "mpi"; NULL if it is not a text, or "". Local. */
const char *rxt_study_reader_host(const rxt_study_reader *reader, const char *key);

#endif
