/* study_reader_cell.h - one cell of a row that is read back, from JSON or CSV. */
#ifndef RXT_STUDY_READER_CELL_H
#define RXT_STUDY_READER_CELL_H

#include "files/study_reader.h"

typedef enum rxt_cell_kind {
    RXT_CELL_EMPTY,
    RXT_CELL_WORD,
    RXT_CELL_NUMBER,
    RXT_CELL_TRUTH
} rxt_cell_kind;

typedef struct rxt_study_reader_cell {
    rxt_cell_kind kind;
    const char *word;
    double number;
    long long count; /* the number, where it is `whole` */
    bool whole, truth;
} rxt_study_reader_cell;

enum { RXT_STUDY_READER_CELLS = 40 };

/* Where in which file: for messages. */
typedef struct rxt_study_reader_place {
    const char *name;
    int row; /* from 1; 0: none */
} rxt_study_reader_place;

/* RXT_USAGE: the place, then what printf would say. */
rxt_status rxt_study_reader_refuse(const rxt_study_reader_place *at, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The columns of a row that are read, in the order of cells: at most RXT_STUDY_READER_CELLS. */
int rxt_study_reader_columns(void);

/* Files older than that column, or of drivers that have no use for it, go without. */
bool rxt_study_reader_may_lack(int c);
const char *rxt_study_reader_column(int column);

/* The kind that a column's cells are of where they are not empty. */
rxt_cell_kind rxt_study_reader_kind(int column);

/* A row of its cells; its kernel splits to a cell's word. RXT_USAGE for one that no study has. */
rxt_status rxt_study_reader_row(const rxt_study_reader_place *at,
                                const rxt_study_reader_cell cell[], rxt_row *row);

/* Room for `count` rows, all zero. RXT_USAGE for too many. */
rxt_status rxt_study_reader_room(const rxt_study_reader_place *at, rxt_study_reader *reader,
                                 size_t count);

rxt_status rxt_study_reader_json(const rxt_study_reader_place *file, const char *bytes, size_t size,
                                 rxt_study_reader *reader);
void rxt_study_reader_forget(rxt_study_reader *reader); /* its document */
rxt_status rxt_study_reader_csv(const rxt_study_reader_place *file, const char *bytes, size_t size,
                                rxt_study_reader *reader);

#endif
