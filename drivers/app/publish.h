/* publish.h - what a study leaves: its file, and what standard output gets. */
#ifndef RXT_PUBLISH_H
#define RXT_PUBLISH_H

#include "study/study.h"

/* What is told of a study beside its rows. */
typedef struct rxt_publication {
    const rxt_settings *settings;
    char **argv;        /* main's, NULL at its end                               */
    atomic_int settled; /* 0 until the file is written, or cannot be; then the exit code of whoever
                           is stopped while the rest is printed                  */
    char kept[320];     /* where what was measured is, for the last message; "": nowhere yet */
    void (*say)(void *arg, const char *line);      /* what -q silences                */
    void (*complain)(void *arg, const char *line); /* what it does not                */
    void *arg;
} rxt_publication;

/* Writes what was measured, the file first: it outlives a reader of standard output that went away.
 * A study stopped before its first visit does not take the place of an older file. The journal of
 * one that is complete, and saved, is removed. What cannot be written is told at once, each on its
 * own; the code is that of the first, or RXT_DONE. On rank 0; local: may be called from another
 * thread while the main one is inside a kernel's call. */
rxt_code rxt_publish(rxt_publication *publication, const rxt_study *study, bool stopped);

/* RXT_ENVIRONMENT when not all that was printed could be written. */
rxt_status rxt_publish_flush(void);

#endif
