/* study_reader.h - reads a study's file and checks every value, because the file may have been
 * edited. */
#ifndef RXT_STUDY_READER_H
#define RXT_STUDY_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "results/row.h"

enum { RXT_STUDY_READER_ROWS = 1000000 };

typedef struct rxt_study_reader {
    rxt_rows rows; /* in the file's order. host: "NODE, CPU, cores", "" in CSV; command: "" in CSV;
                      seconds: NULL in CSV; not read: loads, stores, flops, bound and splits */
    char created[32]; /* when the study began, UTC; "" for CSV */
    bool samples;     /* true: the time of every round is known; always false for CSV */
    struct json_t *document;
    char *text;      /* the cells of a CSV */
    double *seconds; /* the samples of all rows */
    int *epochs;     /* the epochs of all samples; NULL: the file has none */
    int *run;        /* [rows.rounds]: the run of each round; NULL: the file has no runs */
} rxt_study_reader;

/* Reads a study file: JSON (docs/study.schema.json) or CSV; the first character shows which. Every
 * value must be one that a study can write: right type and range, quartiles and intervals in order,
 * medians equal to those of the samples, no duplicate rows, and the baseline of every row present.
 * Unknown keys are ignored. RXT_USAGE, naming the file, the row and the value, if a value is not
 * valid; RXT_ENVIRONMENT without memory or if the system cannot read the file. Local. Close with
 * rxt_study_reader_close, which takes NULL. */
rxt_status rxt_study_reader_open(const char *path, rxt_study_reader **reader);
void rxt_study_reader_close(rxt_study_reader *reader);

/* Reads a study from the bytes of a file; `name` is the file's name in messages. Else as
 * rxt_study_reader_open. Local. */
rxt_status rxt_study_reader_read(const char *name, const char *bytes, size_t size,
                                 rxt_study_reader **reader);

/* The text under `key` in the host's object, such as "mpi"; NULL if it is missing, empty, or not a
 * text. Local. */
const char *rxt_study_reader_host(const rxt_study_reader *reader, const char *key);

/* The object under "identity": what --again compares; NULL if it is missing. Local. */
const struct json_t *rxt_study_reader_identity(const rxt_study_reader *reader);

#endif
