/* study_reader.h - a study's file, read back, whoever has had it in their hands since. */
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

/* Reads FILE.json (docs/study.schema.json) or FILE.csv; which of them, its first character tells.
 * Every value that is read must be what a study writes: of its kind and range, quartiles and
 * intervals in order, medians those of the samples, no row twice, every row's baseline there. What
 * else may stand beside is passed over. RXT_USAGE, naming the file, the row and the value, for any
 * other; RXT_ENVIRONMENT without memory, or where the system cannot read. Local. Close with
 * rxt_study_reader_close, which takes NULL. */
rxt_status rxt_study_reader_open(const char *path, rxt_study_reader **reader);
void rxt_study_reader_close(rxt_study_reader *reader);

/* The same of a file's bytes, called `name` in messages. Local. */
rxt_status rxt_study_reader_read(const char *name, const char *bytes, size_t size,
                                 rxt_study_reader **reader);

/* What its host tells by that name, such as "mpi"; NULL where that is no text, or "". Local. */
const char *rxt_study_reader_host(const rxt_study_reader *reader, const char *key);

#endif
