/* main.c - from the command line to the exit code.
 *
 * The only file that prints messages and ends the process. Signals never interrupt the measuring
 * thread: they are blocked, and a thread that otherwise sleeps waits for them. It asks the study to
 * stop, and if that is inside a call of a kernel that lasts too long for a batch system's patience,
 * writes what was measured and leaves. */
#include <rxt/main.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <rxt/dry_run.h>
#include <rxt/publish.h>
#include <rxt/report.h>
#include <rxt/report_plot.h>
#include <rxt/study.h>
#include <rxt/version.h>

enum { MEASURING, CLOSING };

/* mpirun kills ranks about a second after it passed SIGTERM on, Open MPI 5's (by PRRTE) after 0.24
 * s; the conductor writes before the others leave. */
static const struct timespec patience = { .tv_nsec = 450000000 },
                             patience_in_haste = { .tv_nsec = 60000000 },
                             patience_of_others = { .tv_nsec = 650000000 },
                             second = { .tv_sec = 1 };

/* Seconds until all ranks have started MPI, and for each rank more: large jobs start slowly. */
static const double to_join = 60, to_join_each = 0.1;

typedef struct run {
    const rxt_preset *preset;
    rxt_settings settings;
    rxt_launcher launcher;
    rxt_cpus launched;
    bool head;                /* prints, and gives the exit code before there is a world */
    atomic_bool stop, joined; /* joined: MPI is there, or will not be */
    atomic_int state;
    rxt_publication publication;
    _Atomic(rxt_study *) study; /* set while its rows can be had */
    sigset_t signals;
    rxt_progress_line line;
    rxt_blas *blas;     /* where a kernel calls a CBLAS */
    rxt_status lacking; /* why there is none            */
} run;

/* ---- messages ---- */

static void put_message(const run *r, const char *text)
{
    char line[2 * RXT_STATUS_TEXT];

    snprintf(line, sizeof line, "%s: %s", r->preset->program, text);
    fprintf(stderr, "%s\n", rxt_report_plain(line));
}

static void say(void *arg, const char *text)
{
    const run *r = arg;

    if (!r->settings.quiet && text[0])
        put_message(r, text);
}

static void complain(const run *r, rxt_status st)
{
    put_message(r, st->text);
}

static void progress(void *arg, int round, int most, double left)
{
    run *r = arg;

    rxt_report_progress(stderr, &r->line, rxt_measure_now(), round, most, left);
}

/* ---- signals ---- */

static bool close_first(run *r)
{
    int measuring = MEASURING;

    return atomic_compare_exchange_strong(&r->state, &measuring, CLOSING);
}

/* The study is inside a call: writes what was measured, and ends the process. */
static void leave(run *r)
{
    const rxt_study *study = atomic_load(&r->study);
    rxt_code code = RXT_STOPPED;

    if (study && r->head) {
        say(r, "stopped by a signal inside a call; what was measured is kept");
        rxt_status_free(rxt_publish(&r->publication, study, true));
        if (rxt_status_code(rxt_study_verdict(study)) == RXT_WRONG)
            code = RXT_WRONG;
    }
    _exit((int)code);
}

/* The report is being written, and may be waiting for a reader: once the file is safe, a signal may
 * end that, too. */
static void leave_report(run *r)
{
    nanosleep(&second, NULL);
    if (atomic_load(&r->publication.saved))
        _exit(RXT_STOPPED);
}

/* A rank that was asked for something else (--help) ends without MPI, which may wait for it for
 * ever. The head speaks first: its end is the end of all. */
static void check_world(const run *r, double since)
{
    double patience_left = since + to_join + to_join_each * r->launcher.ranks - rxt_measure_now();

    if (atomic_load(&r->joined) || patience_left > (r->launcher.rank == 0 ? 0 : -2))
        return;
    put_message(r, "other ranks have not started MPI; give all of them the same program and "
                   "options");
    _exit(RXT_ENVIRONMENT);
}

static void await_signal(const run *r)
{
    double since = rxt_measure_now();
    int signal = 0;

    while (!atomic_load(&r->joined)) {
        if (sigtimedwait(&r->signals, NULL, &second) > 0)
            return;
        check_world(r, since);
    }
    sigwait(&r->signals, &signal);
}

/* MPI failed on this rank, and the others hear nothing of it but the end of the job. Where all fail
 * alike, the first one's word is enough: it speaks at once, and the others are ended meanwhile. */
static void end_job(void *arg, int rank, const char *text)
{
    run *r = arg;
    const rxt_study *study = atomic_load(&r->study);

    if (rank > 0)
        nanosleep(&patience, NULL);
    put_message(r, text);
    if (study && r->head && close_first(r))
        rxt_status_free(rxt_publish(&r->publication, study, true));
    rxt_comm_abort(RXT_ENVIRONMENT);
    _exit(RXT_ENVIRONMENT);
}

static const struct timespec *patience_of(const run *r)
{
    if (r->launcher.rank > 0)
        return &patience_of_others;
    return getenv("PRTE_LAUNCHED") ? &patience_in_haste : &patience;
}

static void *watch(void *arg)
{
    run *r = arg;
    const struct timespec *wait = patience_of(r);

    for (;;) {
        await_signal(r);
        atomic_store(&r->stop, true);
        nanosleep(wait, NULL);
        if (close_first(r))
            leave(r);
        leave_report(r);
    }
    return NULL;
}

/* What whoever started us has set to be ignored (nohup, a shell's background job) stays ignored. */
static void take_signal(sigset_t *signals, int signal)
{
    struct sigaction now;

    if (sigaction(signal, NULL, &now) == 0 && now.sa_handler != SIG_IGN)
        sigaddset(signals, signal);
}

static rxt_status await_signals(run *r)
{
    pthread_t watcher;
    int error;

    sigemptyset(&r->signals);
    take_signal(&r->signals, SIGTERM);
    take_signal(&r->signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &r->signals, NULL);
    error = pthread_create(&watcher, NULL, watch, r);
    if (error)
        return rxt_status_of(RXT_ENVIRONMENT, "cannot start a thread (%s); see ulimit -u",
                             strerror(error));
    pthread_detach(watcher);
    return RXT_OK;
}

/* Takes the right to write from the watcher; where that has it, waits for it to end the process. */
static void stop_watching(run *r)
{
    while (!close_first(r))
        pause();
}

/* ---- what needs no MPI ---- */

static rxt_status without_mpi(const run *r)
{
    switch (r->settings.action) {
    case RXT_ACTION_HELP:
    case RXT_ACTION_USAGE:
        rxt_settings_help(stdout, r->preset, r->settings.action == RXT_ACTION_USAGE);
        break;
    case RXT_ACTION_VERSION:
        printf("%s (rxt) %s\ncommit %s, %s %s\n", r->preset->program, RXT_VERSION, RXT_COMMIT,
               RXT_COMPILER, RXT_FLAGS);
        break;
    case RXT_ACTION_LIST:
        rxt_report_kernels(stdout, r->settings.verbose);
        break;
    case RXT_ACTION_DRY_RUN:
        return rxt_status_first(rxt_dry_run(stdout, &r->settings, &r->launcher, &r->launched),
                                rxt_publish_flush());
    case RXT_ACTION_MEASURE:
        break;
    }
    return rxt_publish_flush();
}

/* ---- the study ---- */

/* Variables of OpenMP that a user may expect to matter, and that do not. */
static void say_environment(run *r)
{
    static const char *const places[] = { "OMP_PLACES", "OMP_PROC_BIND", "GOMP_CPU_AFFINITY",
                                          "KMP_AFFINITY" };
    char line[200];
    bool none = false;

    for (int b = 0; b < r->settings.binds; b++)
        none = none || r->settings.bind[b] == RXT_BIND_NONE;
    if (getenv("OMP_NUM_THREADS")) {
        snprintf(
            line, sizeof line,
            "OMP_NUM_THREADS=%.40s is not used: a study chooses its thread counts; -t narrows them",
            getenv("OMP_NUM_THREADS"));
        say(r, line);
    }
    for (size_t v = 0; v < sizeof places / sizeof places[0] && !none; v++)
        if (getenv(places[v])) {
            snprintf(line, sizeof line, "%s=%.40s is not used: it applies only with --bind=none",
                     places[v], getenv(places[v]));
            say(r, line);
        }
}

static void say_baseline(run *r, const rxt_points *points)
{
    char line[sizeof points->no_baseline + 40];

    snprintf(line, sizeof line, "%s; speedups are against 1×1", points->no_baseline);
    if (points->no_baseline[0])
        say(r, line);
}

static void say_start(run *r, rxt_comm *world, const rxt_study *study)
{
    char line[160];

    say_environment(r);
    if (rxt_comm_size(world) == 1 && study->plan.host.cores > 1 &&
        r->preset->lesson != RXT_LESSON_SPAWN) { /* which makes its processes itself */
        if (rxt_comm_many())
            snprintf(line, sizeof line,
                     "one rank started: threads only; mpirun -np %d ./%s compares processes too",
                     study->plan.host.cores, r->preset->program);
        else
            snprintf(line, sizeof line,
                     "threads only: this build has no MPI; one with compares processes too");
        say(r, line);
    }
    snprintf(line, sizeof line, "left out: %d CPUs numbered %d and above", study->place->beyond,
             RXT_CPUS);
    if (study->place->beyond > 0)
        say(r, line);
    say(r, study->plan.points.left_out);
    say_baseline(r, &study->plan.points);
}

/* Opens and runs the study; on the head, writes what was measured, whatever the end, unless an
 * input file turned out to be at fault meanwhile: then nobody knows of what it was measured. */
static rxt_status run_study(run *r, rxt_comm *world, bool *lost)
{
    rxt_study_host host = { .world = world,
                            .launched = &r->launched,
                            .blas = r->blas,
                            .stop = &r->stop,
                            .began = rxt_measure_now(),
                            .say = say,
                            .progress = progress,
                            .arg = r };
    rxt_study *study = NULL;
    bool nothing_left = false;
    rxt_status st = rxt_study_blas(&r->settings, &host, r->lacking);

    r->lacking = RXT_OK;

    *lost = false;
    if (!st)
        st = rxt_study_open(&r->settings, &host, &study);
    if (!st)
        st = rxt_study_keep(study, &nothing_left);
    if (nothing_left || (st && rxt_status_code(st) != RXT_STOPPED)) {
        rxt_study_close(study);
        return st;
    }
    atomic_store(&r->study, study);
    if (!st && r->head)
        say_start(r, world, study);
    if (!st)
        st = rxt_study_run(study, lost);
    stop_watching(r);
    rxt_report_progress_end(stderr, &r->line);
    if (r->head && rxt_status_code(st) != RXT_USAGE)
        st = rxt_status_first(st, rxt_publish(&r->publication, study, !study->complete));
    if (!*lost)
        rxt_study_close(study);
    return st;
}

/* Will a node's ranks share cores of which the launcher thinks that they have one each? */
static bool crowded(const run *r)
{
    int ranks = r->launcher.local ? r->launcher.local : r->launcher.ranks;

    return r->settings.cores > 0 && r->settings.cores < ranks;
}

/* Can the head write what it was asked for? */
static rxt_status check_files(const run *r)
{
    rxt_status st = RXT_OK;

    if (r->settings.output && r->head)
        st = rxt_report_check(r->settings.output);
    if (!st && r->settings.plot && r->head)
        st = rxt_report_plot_check("--plot", r->settings.plot);
    return st;
}

/* The world may be there and this rank not fit for it, its command line at fault, say: then all
 * hear of it, and none waits. */
static int with_mpi(run *r, rxt_status fit)
{
    const rxt_comm_end end = { .tell = end_job, .arg = r };
    rxt_comm *world = NULL;
    rxt_status st;
    bool shared, lost = false;
    int code;

    fit = rxt_status_first(fit, await_signals(r));
    if (crowded(r))
        rxt_comm_crowd();
    st = rxt_comm_open(&end, &world);
    atomic_store(&r->joined, true);
    shared = !st;
    if (shared && rxt_comm_spawned(world)) {
        rxt_comm_close(world);
        rxt_status_free(fit);
        return RXT_DONE;
    }
    if (shared) {
        r->head = rxt_comm_rank(world) == 0;
        st = rxt_comm_agree(world, fit ? fit : check_files(r));
    } else {
        st = rxt_status_first(fit, st);
    }
    if (!st)
        st = run_study(r, world, &lost);
    if (shared && !lost)
        st = rxt_comm_agree(world, st);
    code = (int)rxt_status_code(st);
    if (st && (r->head || lost))
        complain(r, st);
    rxt_status_free(st);
    if (lost) {
        rxt_comm_abort(code);
        _exit(code);
    }
    rxt_comm_close(world);
    return shared || r->head ? code : 0;
}

/* Before there is a world only the first of the ranks started speaks, and it alone gives a code: a
 * launcher ends everybody at the first exit that is not 0, and the message could be lost. Of
 * several ranks the others may wait for one whose command line is at fault, so that it joins them.
 */
int rxt_main(const rxt_preset *preset, int argc, char **argv)
{
    run r = { .preset = preset,
              .launched = rxt_cpus_reload(argv),
              .launcher = rxt_comm_launcher() };
    rxt_status st = rxt_kernels_check();
    int code;

    if (!st)
        st = rxt_settings_of(preset, argc, argv, &r.settings);
    r.head = r.launcher.rank == 0;
    r.publication =
        (rxt_publication){ .settings = &r.settings, .argv = argv, .say = say, .arg = &r };
    r.line = rxt_report_progress_line(r.settings.progress, r.settings.quiet, isatty(STDERR_FILENO),
                                       getenv("TERM"));
    if (st ? r.launcher.ranks > 1 : r.settings.action == RXT_ACTION_MEASURE) {
        if (!st && rxt_settings_blas(&r.settings))
            r.lacking = rxt_blas_open(r.settings.blas, &r.blas);
        code = with_mpi(&r, st);
        rxt_blas_close(r.blas);
        rxt_status_free(r.lacking);
        return code;
    }
    if (!st && r.head)
        st = without_mpi(&r);
    if (st && r.head)
        complain(&r, st);
    code = r.head ? (int)rxt_status_code(st) : 0;
    rxt_status_free(st);
    return code;
}
