/* publish.h - writes the results of a study: to its file and to standard output. */
#ifndef RXT_PUBLISH_H
#define RXT_PUBLISH_H

#include "study/study.h"

/* What rxt_publish needs in addition to the study. */
typedef struct rxt_publication {
    const rxt_settings *settings;
    char **argv;        /* main's argv, ending in NULL */
    atomic_int settled; /* 0 until the file was written or could not be written; then the exit code
                           to use if the process must end while it prints the rest */
    char kept[320];     /* where the results are, for the last message; "": not written yet */
    void (*say)(void *arg, const char *line);      /* prints messages that -q silences */
    void (*complain)(void *arg, const char *line); /* prints messages that -q does not silence */
    void *arg;
} rxt_publication;

/* Writes the results: first the file, so that it exists even if stdout is closed, then stdout, then
 * the plot. A study that was stopped before its first sample does not replace an older file. The
 * journal of a complete and saved study is removed. Each output that fails is reported at once; the
 * exit code is that of the first failure, or RXT_DONE. On rank 0. Local: may be called from another
 * thread while the main thread is inside a kernel's call. */
rxt_code rxt_publish(rxt_publication *publication, const rxt_study *study, bool stopped);

#endif
