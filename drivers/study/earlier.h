/* earlier.h - the runs that a study's file already has, to which this run is added (--again). On
 * rank 0. */
#ifndef RXT_EARLIER_H
#define RXT_EARLIER_H

#include "files/study_reader.h"
#include "results/row.h"
#include "settings/settings.h"
#include "study/cell_state.h"

typedef struct rxt_earlier {
    rxt_study_reader *file; /* NULL: this is the first run */
    int runs, rounds;       /* of the earlier runs */
} rxt_earlier;

/* Reads the first `runs` runs of the study file `path`; 0: all. RXT_USAGE if the file is not valid,
 * has fewer runs, or has a wrong result. Local. */
rxt_status rxt_earlier_open(const char *path, int runs, rxt_earlier *earlier);
void rxt_earlier_close(rxt_earlier *earlier);

/* The identity in the file (rxt_head_identity); NULL if it has none. */
const struct json_t *rxt_earlier_identity(const rxt_earlier *earlier);

/* Opens the sizes that --break-even added in earlier runs. RXT_ENVIRONMENT without memory. */
rxt_status rxt_earlier_open_sizes(const rxt_earlier *earlier, const rxt_plan *plan,
                                  rxt_cell_states *cells);

/* Puts the rounds of the earlier runs before those of this run, whose start is `began`, in all
 * rows. The rows own the new lists. RXT_ENVIRONMENT without memory; then the rows are as before. */
rxt_status rxt_earlier_add(const rxt_earlier *earlier, const char *began, rxt_rows *rows);

#endif
