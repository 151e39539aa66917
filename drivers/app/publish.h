/* publish.h - writes the results of a study: its file, and standard output. */
#ifndef RXT_PUBLISH_H
#define RXT_PUBLISH_H

#include "study/study.h"

/* The data of a study that are written, beside its rows. */
typedef struct rxt_publication {
    const rxt_settings *settings;
    char **argv;        /* main's, NULL at its end                               */
    atomic_int settled; /* 0 until the file is written or has failed; then the exit code if the
                           process ends while it prints the rest                  */
    char kept[320];     /* where the results are, for the last message; "": nowhere yet */
    void (*say)(void *arg, const char *line);      /* what -q silences                */
    void (*complain)(void *arg, const char *line); /* what it does not                */
    void *arg;
} rxt_publication;

/* Writes the results, the file first, so that it exists even if stdout is closed. A study that
 * was stopped before its first visit does not replace an older file. The journal of a complete
 * and saved study is removed. Each output that fails is reported at once; the code is that of
 * the first, or RXT_DONE. On rank 0; local: may be called from another thread while the main one
 * is inside a kernel's call. */
rxt_code rxt_publish(rxt_publication *publication, const rxt_study *study, bool stopped);

#endif
