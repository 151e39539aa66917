/* split.h - a split of a host: ranks × threads, on some of its nodes. All pure. */
#ifndef RXT_SPLIT_H
#define RXT_SPLIT_H

#include <stdbool.h>

/* A split: `ranks` ranks on `nodes` nodes, ranks / nodes on each, with `threads` threads per
 * rank. */
typedef struct rxt_split {
    int nodes, ranks, threads;
} rxt_split;

bool rxt_split_equal(rxt_split a, rxt_split b);

/* The number of workers: ranks × threads. */
int rxt_split_workers(rxt_split split);

/* ---- a split as text; all return text ---- */
enum { RXT_SPLIT_TEXT = 48 };

/* "8×4", on more than one node "8×4@2". */
char *rxt_split_name(rxt_split split, char text[RXT_SPLIT_TEXT]);

/* "8x4", on more than one node "8x4@2". */
char *rxt_split_plain(rxt_split split, char text[RXT_SPLIT_TEXT]);

/* As a value of --splits: "8x4"; "8x4@1" if the number of nodes is given (not 0). */
char *rxt_split_print(rxt_split split, char text[RXT_SPLIT_TEXT]);

/* The part after the × in a table: "4", on more than one node "4@2". */
char *rxt_split_threads(rxt_split split, char text[RXT_SPLIT_TEXT]);

#endif
