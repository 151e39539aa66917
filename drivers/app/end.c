/* end.c - how a run ends: the measured results are written, whatever ended it.
 *
 * Signals never interrupt the measuring thread: they are blocked, and a watcher thread waits for
 * them. A second watcher sleeps until a given budget is spent. A watcher first asks the study to
 * stop. If the study is inside a kernel's call that lasts longer than a batch system waits, the
 * watcher writes the results itself and ends the process. */
#include "app/end.h"

#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "app/say.h"
#include "base/clock.h"

/* CLOSING: a watcher writes the results; CLOSED: the measuring thread writes them. */
enum { MEASURING, CLOSING, CLOSED };

/* Time from a signal until a watcher ends the process. mpirun passes SIGTERM on and kills the ranks
 * about one second later, Open MPI 5's mpirun (PRRTE) 0.24 s later. Rank 0 (patience; under PRRTE
 * patience_in_haste) waits less than the other ranks (patience_of_others), because rank 0 must
 * write before the others end. */
static const struct timespec patience = { .tv_nsec = 450000000 },
                             patience_in_haste = { .tv_nsec = 60000000 },
                             patience_of_others = { .tv_nsec = 650000000 },
                             second = { .tv_sec = 1 }, moment = { .tv_nsec = 50000000 },
                             patience_of_start = { .tv_sec = 2 };

/* Seconds to wait until all ranks have started MPI, and seconds more per rank, because large jobs
 * start slowly. */
static const double to_join = 60, to_join_each = 0.1;

/* ---- the file, and the last message ---- */

/* Adds the place of the results to the status of a stopped study. Call it after the results were
 * written. */
static rxt_status with_kept(const rxt_run *r, rxt_status st)
{
    const char *kept = r->publication.kept;
    rxt_status both;

    if (rxt_status_code(st) != RXT_STOPPED || !kept[0])
        return st;
    both = rxt_status_of(RXT_STOPPED, "%.140s; %s", st->text, kept);
    rxt_status_free(st);
    return both;
}

rxt_status rxt_main_publish(rxt_run *r, const rxt_study *study, rxt_status st, bool stopped)
{
    rxt_code code = rxt_publish(&r->publication, study, stopped);

    st = with_kept(r, st);
    if (!code || (st && rxt_status_code(st) != RXT_STOPPED))
        return st;
    if (st)
        rxt_main_complain(r, st->text);
    rxt_status_free(st);
    return rxt_status_of(code, "%s", "");
}

/* ---- an end inside a call ---- */

static bool close_first(rxt_run *r)
{
    int measuring = MEASURING;

    return atomic_compare_exchange_strong(&r->state, &measuring, CLOSING);
}

void rxt_main_stop_watching(rxt_run *r)
{
    int measuring = MEASURING;

    while (!atomic_compare_exchange_strong(&r->state, &measuring, CLOSED) && measuring != CLOSED) {
        measuring = MEASURING;
        pause();
    }
}

void rxt_main_end_watch(rxt_run *r)
{
    rxt_main_stop_watching(r);
    while (r->watchers > 0) {
        pthread_cancel(r->watcher[--r->watchers]);
        pthread_join(r->watcher[r->watchers], NULL);
    }
}

/* Waits one second. Then ends the process if the file was written or could not be written, because
 * the rest, printing the report, may block on a slow reader. */
static void leave_report(rxt_run *r)
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

/* Is this the only process of its job? Until MPI has started, a single rank does not know whether
 * it was started alone or was spawned by a rank of another study. In the second case the other
 * study prints the messages. */
static bool is_alone(const rxt_run *r)
{
    return !r->launcher.name[0] || (r->launcher.ranks == 1 && atomic_load(&r->joined));
}

/* Writes the results, then ends the process. Called when the study is inside a call or has not
 * begun. Owns `why`, the reason; if `why` is RXT_OK, the study counts as complete. `others`: ends
 * the other ranks, too; not necessary after a signal, because all ranks got the signal. With
 * several ranks, a signal before the study gets no message here: the launcher prints a message, or
 * the launcher ends the job because another rank has already printed an error. */
static void leave(rxt_run *r, rxt_status why, bool others)
{
    const rxt_study *study = atomic_load(&r->study);
    bool stopped = why != RXT_OK;
    pthread_t other;

    if (study && r->head) {
        pthread_create(&other, NULL, leave_in_time, r);
        why = rxt_status_first(rxt_study_verdict(study), why);
        why = rxt_main_publish(r, study, why, stopped);
        rxt_study_drop(study);
    }
    if (r->head && why && (study || others || is_alone(r)))
        rxt_main_complain(r, why->text);
    if (others && r->world && rxt_comm_size(r->world) > 1)
        rxt_main_abort(r, (int)rxt_status_code(why));
    _exit((int)rxt_status_code(why));
}

/* Exits after two seconds in case MPI_Abort does not return. A launcher also ends a job at the
 * first exit code that is not 0. */
static void *leave_for_sure(void *code)
{
    sleep(2);
    _exit((int)(intptr_t)code);
}

/* Under mpirun a plain exit is enough to end the job, so MPI_Abort is not called. With Open MPI 4's
 * mpirun on a loaded machine, when a rank called MPI_Abort while others were in MPI_Finalize, 1 of
 * 10 jobs never ended: all ranks were gone, and mpirun hung in a lock of its own
 * (PMIx_server_finalize). srun needs MPI_Abort; sometimes MPI_Abort did not return. */
void rxt_main_abort(const rxt_run *r, int code)
{
    pthread_t other;

    nanosleep(&moment, NULL); /* MPICH's launcher loses output that it has not passed on yet */
    if (strcmp(r->launcher.name, "mpirun") != 0) {
        pthread_create(&other, NULL, leave_for_sure, (void *)(intptr_t)code);
        rxt_comm_abort(code);
    }
    _exit(code);
}

/* MPI failed on this rank; the other ranks only see that the job ends. If all ranks fail in the
 * same way, one message is enough: rank 0 prints its message at once; the other ranks wait and are
 * ended before they print. If MPI did not start on this rank, the rank first waits until the others
 * have connected to the launcher: while Open MPI 4's mpirun ends a job, it no longer handles
 * SIGPIPE and dies if it answers a rank that is gone (pmix_ptl_base_connection_handler). */
void rxt_main_end_job(void *run, int rank, const char *text)
{
    rxt_run *r = run;
    const rxt_study *study = atomic_load(&r->study);

    if (rank == 0)
        rxt_main_complain(r, text);
    if (!atomic_load(&r->joined))
        nanosleep(&patience_of_start, NULL);
    if (rank > 0) {
        nanosleep(&patience, NULL);
        rxt_main_complain(r, text);
    }
    if (study && r->head && close_first(r))
        rxt_publish(&r->publication, study, true);
    rxt_main_abort(r, RXT_ENVIRONMENT);
}

/* ---- signals ---- */

static int orphaned(void)
{
    return SIGRTMIN + 1;
}

/* Asks the kernel for a signal when the launcher ends. Otherwise a rank that waits in shared
 * memory, not inside MPI, would not notice that the launcher has ended (Open MPI 5). */
static void watch_launcher(rxt_run *r)
{
    if (!r->launcher.name[0])
        return;
    r->parent = getppid();
    prctl(PR_SET_PDEATHSIG, orphaned());
}

/* Ends this rank if the other ranks have not started MPI in time. A rank with another action
 * (--help) ends without MPI, and MPI_Init may then wait for it for ever. Rank 0 waits 2 s less than
 * the others and prints the message; when it ends, all ranks end. */
static void check_world(rxt_run *r, double since)
{
    double patience_left = since + to_join + to_join_each * r->launcher.ranks - rxt_clock_now();

    if (atomic_load(&r->joined) || patience_left > (r->launcher.rank == 0 ? 0 : -2))
        return;
    rxt_main_complain(r, "other ranks have not started MPI; give all of them the same program and "
                         "options");
    _exit(RXT_ENVIRONMENT);
}

/* Does this signal end the run? The kernel also sends `orphaned` when only the thread that started
 * us ends; then our parent is still the same. */
static bool is_end(const rxt_run *r, int signal)
{
    return signal != orphaned() || getppid() != r->parent;
}

static void await_signal(rxt_run *r)
{
    double since = rxt_clock_now();
    int signal = 0;

    while (!atomic_load(&r->joined)) {
        signal = sigtimedwait(&r->signals, NULL, &second);
        if (signal > 0 && is_end(r, signal))
            return;
        check_world(r, since);
    }
    do
        sigwait(&r->signals, &signal);
    while (!is_end(r, signal));
}

static const struct timespec *patience_of(const rxt_run *r)
{
    if (r->launcher.rank > 0)
        return &patience_of_others;
    return getenv("PRTE_LAUNCHED") ? &patience_in_haste : &patience;
}

static rxt_status by_signal(rxt_run *r)
{
    return rxt_status_of(RXT_STOPPED, "stopped by a signal %s",
                         atomic_load(&r->study) ? "inside a call"
                                                : "before this job's first measurement");
}

static void *watch_signals(void *arg)
{
    rxt_run *r = arg;

    for (;;) {
        await_signal(r);
        atomic_store(&r->stop, true);
        nanosleep(r->patience, NULL);
        if (close_first(r))
            leave(r, by_signal(r), false);
        leave_report(r);
    }
    return NULL;
}

/* Adds a signal to those that are watched, unless it is ignored: a signal that our parent ignores
 * (nohup, a shell's background job) must stay ignored. */
static void take_signal(sigset_t *signals, int signal)
{
    struct sigaction now;

    if (sigaction(signal, NULL, &now) == 0 && now.sa_handler != SIG_IGN)
        sigaddset(signals, signal);
}

static rxt_status start(void *(*watch)(void *), rxt_run *r)
{
    int error = pthread_create(&r->watcher[r->watchers], NULL, watch, r);

    if (error)
        return rxt_status_of(RXT_ENVIRONMENT, "cannot start a thread (%s); raise ulimit -u",
                             strerror(error));
    r->watchers++;
    return RXT_OK;
}

rxt_status rxt_main_watch(rxt_run *r)
{
    static const int ends[] = { SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU };

    r->patience = patience_of(r); /* read now, because MPI_Init changes the environment */
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&r->signals);
    for (size_t s = 0; s < sizeof ends / sizeof ends[0]; s++)
        take_signal(&r->signals, ends[s]);
    sigaddset(&r->signals, orphaned());
    pthread_sigmask(SIG_BLOCK, &r->signals, NULL);
    watch_launcher(r);
    return start(watch_signals, r);
}

/* ---- a given budget ---- */

/* Sleeps until the deadline, which another thread may move. */
static void sleep_through_budget(rxt_run *r)
{
    double left;

    while ((left = atomic_load(&r->deadline) - rxt_clock_now()) > 0) {
        struct timespec rest = moment;

        if (isfinite(left))
            rest = (struct timespec){ .tv_sec = (time_t)left,
                                      .tv_nsec = (long)(1e9 * (left - floor(left))) };
        nanosleep(&rest, NULL);
    }
}

rxt_status rxt_main_spent(const rxt_run *r)
{
    return rxt_status_of(RXT_STOPPED,
                         "--budget=%gs ended the study before this job's first measurement",
                         r->settings.budget);
}

static rxt_status by_budget(rxt_run *r)
{
    const rxt_study *study = atomic_load(&r->study);
    rxt_status st = study ? rxt_study_out_of_budget(study) : rxt_main_spent(r), inside;

    if (!study || !st)
        return st;
    inside = rxt_status_of(RXT_STOPPED, "%.120s, inside a call", st->text);
    rxt_status_free(st);
    return inside;
}

/* Does the study overrun its budget? No visit begins after the deadline, so a visit that is still
 * running is too long. A study that has not begun overruns its budget, too. */
static bool overruns(rxt_run *r)
{
    return !atomic_load(&r->study) || atomic_load(&r->inside);
}

static void *watch_budget(void *arg)
{
    rxt_run *r = arg;

    sleep_through_budget(r);
    atomic_store(&r->stop, true);
    nanosleep(&patience, NULL);
    while (atomic_load(&r->state) == MEASURING && !overruns(r))
        nanosleep(&moment, NULL);
    if (close_first(r))
        leave(r, by_budget(r), true);
    return NULL;
}

rxt_status rxt_main_watch_budget(rxt_run *r)
{
    return start(watch_budget, r);
}
