/* publish.h - what a study leaves: its file, and what standard output gets. */
#ifndef RXT_PUBLISH_H
#define RXT_PUBLISH_H

#include <rxt/study.h>

/* What is told of a study beside its rows. */
typedef struct rxt_publication {
    const rxt_settings *settings;
    char **argv;       /* main's, NULL at its end                              */
    atomic_bool saved; /* set once the file is written, if there is to be one */
    void (*say)(void *arg, const char *line);
    void *arg;
} rxt_publication;

/* Writes what was measured, the file first: it outlives a reader of standard output that went away.
 * A study stopped before its first visit does not take the place of an older file. The journal of
 * one that is complete, and saved, is removed. RXT_ENVIRONMENT for what cannot be written. On rank
 * 0; local: may be called from another thread while the main one is inside a kernel's call. */
rxt_status rxt_publish(rxt_publication *publication, const rxt_study *study, bool stopped);

/* RXT_ENVIRONMENT when not all that was printed could be written. */
rxt_status rxt_publish_flush(void);

#endif
