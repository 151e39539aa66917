/* run.h - one run of a driver: what the files main*.c share. */
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
    bool head;          /* this process prints and gives the exit code before MPI_Init */
    atomic_bool joined; /* MPI is there, or will not be */
    atomic_bool inside; /* a visit is under way, on rank 0, or a size is added */
    atomic_bool stop;   /* set by a signal, or when a given budget is spent        */
    atomic_int state;   /* which thread writes the results: see app/end.c            */
    rxt_publication publication;
    _Atomic(rxt_study *) study; /* set while its rows can be had                    */
    _Atomic double deadline;    /* of a given budget; INFINITY while it does not run */
    sigset_t signals;
    pid_t parent;                    /* the launcher, or what it started us by    */
    const struct timespec *patience; /* from a signal to an end inside a call */
    pthread_t watcher[2];
    int watchers;
    rxt_progress_line line;
    rxt_blas *blas;     /* where a kernel calls a CBLAS */
    rxt_status lacking; /* why there is none            */
} rxt_run;

#endif
