/* study_reader_cell.h - rows that are read back, from JSON or CSV. */
#ifndef RXT_STUDY_READER_CELL_H
#define RXT_STUDY_READER_CELL_H

#include "files/study_reader.h"
#include "results/columns.h"

/* Where in which file: for messages. */
typedef struct rxt_study_reader_place {
    const char *name;
    int row; /* from 1; 0: none */
} rxt_study_reader_place;

/* RXT_USAGE: the place, then what printf would say. */
rxt_status rxt_study_reader_refuse(const rxt_study_reader_place *at, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A row, all zero before, of its cells in the order of rxt_columns_of(true): it keeps their words.
 * RXT_USAGE for one that no study has. */
rxt_status rxt_study_reader_row(const rxt_study_reader_place *at, const rxt_column_cell cell[],
                                rxt_row *row);

/* Room for `count` rows, all zero. RXT_USAGE for too many. */
rxt_status rxt_study_reader_room(const rxt_study_reader_place *at, rxt_study_reader *reader,
                                 size_t count);

rxt_status rxt_study_reader_json(const rxt_study_reader_place *file, const char *bytes, size_t size,
                                 rxt_study_reader *reader);
void rxt_study_reader_forget(rxt_study_reader *reader); /* its document */
rxt_status rxt_study_reader_csv(const rxt_study_reader_place *file, const char *bytes, size_t size,
                                rxt_study_reader *reader);

#endif
