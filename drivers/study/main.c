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

/* mpirun kills ranks about a second after it passed SIGTERM on; the conductor writes before the
 * others leave. */
static const struct timespec patience = { .tv_nsec = 450000000 },
                             patience_of_others = { .tv_nsec = 650000000 },
                             second = { .tv_sec = 1 };

typedef struct run {
    const rxt_preset *preset;
    rxt_settings settings;
    rxt_launcher launcher;
    rxt_cpus launched;
    bool head; /* prints, and gives the exit code before there is a world */
    atomic_bool stop;
    atomic_int state;
    rxt_publication publication;
    _Atomic(rxt_study *) study; /* set while its rows can be had */
    sigset_t signals;
    rxt_progress_line line;
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

/* An empty text was told before. */
static void complain(void *arg, const char *text)
{
    if (text[0])
        put_message(arg, text);
}

static void trying(void *arg, int done, int all, double left)
{
    run *r = arg;

    rxt_report_trying(stderr, &r->line, rxt_measure_now(), done, all, left);
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

/* How the study ended, once it is known where what it measured is. */
static rxt_status with_kept(const run *r, rxt_status st)
{
    const char *kept = r->publication.kept;
    rxt_status both;

    if (rxt_status_code(st) != RXT_STOPPED || !kept[0])
        return st;
    both = rxt_status_of(RXT_STOPPED, "%.140s; %s", st->text, kept);
    rxt_status_free(st);
    return both;
}

/* Writes what was measured by a study that ended with `st`. What cannot be written is told, and is
 * the environment's fault, unless the end was worse than a stop. */
static rxt_status publish(run *r, const rxt_study *study, rxt_status st, bool stopped)
{
    rxt_code code = rxt_publish(&r->publication, study, stopped);

    st = with_kept(r, st);
    if (!code || (st && rxt_status_code(st) != RXT_STOPPED))
        return st;
    if (st)
        complain(r, st->text);
    rxt_status_free(st);
    return rxt_status_of(code, "%s", "");
}

/* The report may wait for a reader: once the file is settled, that may end. */
static void leave_report(run *r)
{
    int code;

    nanosleep(&second, NULL);
    code = atomic_load(&r->publication.settled);
    if (code)
        _exit(code);
}

static void *leave_in_time(void *arg)
{
    for (;;)
        leave_report(arg);
    return NULL;
}

/* The study is inside a call: writes what was measured, and ends the process. */
static void leave(run *r)
{
    const rxt_study *study = atomic_load(&r->study);
    rxt_status st;
    pthread_t other;

    if (study && r->head) {
        pthread_create(&other, NULL, leave_in_time, r);
        st = rxt_status_of(RXT_STOPPED, "stopped by a signal inside a call");
        st = publish(r, study, rxt_status_first(rxt_study_verdict(study), st), true);
    } else {
        st = rxt_status_of(RXT_STOPPED, "stopped by a signal before anything was measured");
    }
    if (r->head)
        complain(r, st->text);
    _exit((int)rxt_status_code(st));
}

static void *watch(void *arg)
{
    run *r = arg;
    int signal = 0;

    for (;;) {
        sigwait(&r->signals, &signal);
        atomic_store(&r->stop, true);
        nanosleep(r->launcher.rank == 0 ? &patience : &patience_of_others, NULL);
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
    say(r, study->plan.points.left_out);
    say_baseline(r, &study->plan.points);
}

/* Opens and runs the study; on the head, writes what was measured, whatever the end, unless an
 * input file turned out to be at fault meanwhile: then nobody knows of what it was measured. */
static rxt_status run_study(run *r, rxt_comm *world, bool *lost)
{
    rxt_study_host host = { .world = world,
                            .launched = &r->launched,
                            .stop = &r->stop,
                            .began = rxt_measure_now(),
                            .say = say,
                            .trying = trying,
                            .progress = progress,
                            .arg = r };
    rxt_study *study = NULL;
    bool nothing_left = false;
    rxt_status st = rxt_study_open(&r->settings, &host, &study);

    *lost = false;
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
        st = publish(r, study, st, !study->complete);
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

/* The world may be there and this rank not fit for it: then all hear of it, and none waits. */
static int with_mpi(run *r)
{
    rxt_comm *world = NULL;
    rxt_status fit = await_signals(r), st;
    bool shared, lost = false;
    int code;

    if (crowded(r))
        rxt_comm_crowd();
    st = rxt_comm_open(&world);
    shared = !st;
    if (shared && rxt_comm_spawned(world)) {
        rxt_comm_close(world);
        return RXT_DONE;
    }
    if (shared) {
        r->head = rxt_comm_rank(world) == 0;
        if (!fit && r->settings.output && r->head)
            fit = rxt_report_check(r->settings.output);
        if (!fit && r->settings.plot && r->head)
            fit = rxt_report_plot_check("--plot", r->settings.plot);
        st = rxt_comm_agree(world, fit);
    }
    if (!st)
        st = run_study(r, world, &lost);
    if (shared && !lost)
        st = rxt_comm_agree(world, st);
    code = (int)rxt_status_code(st);
    if (st && (r->head || lost))
        complain(r, st->text);
    rxt_status_free(st);
    if (lost)
        rxt_comm_abort(world, code);
    rxt_comm_close(world);
    return shared || r->head ? code : 0;
}

/* Before there is a world only the first of the ranks started speaks, and it alone gives a code: a
 * launcher ends everybody at the first exit that is not 0, and the message could be lost. */
int rxt_main(const rxt_preset *preset, int argc, char **argv)
{
    run r = { .preset = preset,
              .launched = rxt_cpus_reload(argv),
              .launcher = rxt_comm_launcher() };
    rxt_status st = rxt_settings_of(preset, argc, argv, &r.settings);
    int code;

    r.head = r.launcher.rank == 0;
    r.publication = (rxt_publication){
        .settings = &r.settings, .argv = argv, .say = say, .complain = complain, .arg = &r
    };
    r.line = rxt_report_progress_line(r.settings.progress, r.settings.quiet, isatty(STDERR_FILENO));
    if (!st && r.settings.action == RXT_ACTION_MEASURE)
        return with_mpi(&r);
    if (!st && r.head)
        st = without_mpi(&r);
    if (st && r.head)
        complain(&r, st->text);
    code = r.head ? (int)rxt_status_code(st) : 0;
    rxt_status_free(st);
    return code;
}
