/* run.h - the state of one run of a driver, shared by main.c, end.c, say.c and start.c. */
#ifndef RXT_MAIN_RUN_H
#define RXT_MAIN_RUN_H

#include <pthread.h>
#include <signal.h>
#include <time.h>

#include "app/publish.h"
#include "machine/launcher.h"
#include "report/report.h"
#include "study/study.h"
#include <rxt/blas.h>

typedef struct rxt_run {
    const rxt_preset *preset;
    rxt_settings settings;
    rxt_launcher launcher;
    rxt_cpus launched;
    rxt_comm *world;
    bool head; /* this process prints and returns the exit code: launcher rank 0 before MPI_Init,
                  rank 0 after */
    atomic_bool joined; /* MPI has started, or has failed to start */
    atomic_bool inside; /* on rank 0: a visit is running, or a size is being added */
    atomic_bool stop;   /* the study must stop: a signal came, or a given budget is spent */
    atomic_int state;   /* which thread writes the results: see app/end.c            */
    rxt_publication publication;
    _Atomic(rxt_study *) study; /* the study while its rows can be read, else NULL */
    _Atomic double deadline;    /* clock time at which a given budget ends; INFINITY: no budget, or
                                   it is suspended */
    sigset_t signals;
    pid_t parent;                    /* our parent: the launcher, or a process of it */
    const struct timespec *patience; /* how long after a signal a call may still run */
    pthread_t watcher[2];
    int watchers;
    rxt_progress_line line;
    rxt_blas *blas;     /* NULL: no kernel calls a CBLAS, or none was found */
    rxt_status lacking; /* why no CBLAS could be opened */
} rxt_run;

#endif
