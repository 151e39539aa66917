/* study_reader_cell.h - how the JSON and the CSV reader turn cells into rows. */
#ifndef RXT_STUDY_READER_CELL_H
#define RXT_STUDY_READER_CELL_H

#include "files/study_reader.h"
#include "results/columns.h"

/* A place in a file, for messages. */
typedef struct rxt_study_reader_place {
    const char *name;
    int row; /* from 1; 0: the file as a whole */
} rxt_study_reader_place;

/* Returns RXT_USAGE with a text: the place, followed by the formatted text. */
rxt_status rxt_study_reader_refuse(const rxt_study_reader_place *at, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Fills `row`, which must be all zero, from its cells in the order of rxt_columns_of(true). The row
 * keeps pointers to the cells' words. RXT_USAGE if no study can have such a row. */
rxt_status rxt_study_reader_row(const rxt_study_reader_place *at, const rxt_column_cell cell[],
                                rxt_row *row);

/* Allocates `count` rows, all zero. RXT_USAGE for too many, RXT_ENVIRONMENT without memory. */
rxt_status rxt_study_reader_room(const rxt_study_reader_place *at, rxt_study_reader *reader,
                                 size_t count);

rxt_status rxt_study_reader_json(const rxt_study_reader_place *file, const char *bytes, size_t size,
                                 rxt_study_reader *reader);
void rxt_study_reader_forget(rxt_study_reader *reader); /* frees the JSON document */
rxt_status rxt_study_reader_csv(const rxt_study_reader_place *file, const char *bytes, size_t size,
                                rxt_study_reader *reader);

#endif
