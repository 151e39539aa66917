/* history.h - what earlier studies of this host say about the next run (--history). On rank 0. */
#ifndef RXT_HISTORY_H
#define RXT_HISTORY_H

#include "files/study_reader.h"
#include "results/row.h"

enum { RXT_HISTORY_FILES = 64 };

typedef struct rxt_history {
    int count;
    rxt_study_reader *file[RXT_HISTORY_FILES];
} rxt_history;

/* Reads the study files of a list such as "a.json,b.json" (NULL: none), which must be of this host:
 * rxt_head_same_nodes. RXT_USAGE if one is not valid, has no samples, or is of another host. Local.
 * Close the history in any case. */
rxt_status rxt_history_open(const char *list, const struct json_t *identity, rxt_history *history);
void rxt_history_close(rxt_history *history);

/* Sets rows->known_runs and rows->spread: how much the speedups of runs differ, from the runs of
 * these rows and of the history's rows with the same kernel, size and split. */
void rxt_history_spread(const rxt_history *history, rxt_rows *rows);

#endif
