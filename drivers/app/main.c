/* main.c - a driver's main function: from the command line to the exit code.
 *
 * Only main.c, say.c, end.c and start.c print messages or end the process: say.c prints messages,
 * end.c handles early ends. */
#include <rxt/main.h>

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/dry_run.h"
#include "base/clock.h"
#include "files/record.h"
#include "machine/launcher.h"
#include "report/plot.h"
#include "report/report.h"
#include "support/check.h"
#include <rxt/version.h>

#include "app/end.h"
#include "app/output.h"
#include "app/say.h"
#include "app/start.h"

/* ---- what needs no MPI ---- */

static rxt_status without_mpi(const rxt_run *r)
{
    rxt_status st = RXT_OK;

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
        st = rxt_dry_run(stdout, &r->settings, &r->launcher, &r->launched);
        break;
    case RXT_ACTION_MEASURE:
        break;
    }
    return rxt_status_first(st, rxt_output_flush());
}

/* ---- the study ---- */

/* Tells the user which OpenMP variables are set but have no effect. */
static void say_environment(rxt_run *r)
{
    static const char *const places[] = { "OMP_PLACES", "OMP_PROC_BIND", "GOMP_CPU_AFFINITY",
                                          "KMP_AFFINITY" };
    bool none = false;

    for (int b = 0; b < r->settings.binds; b++)
        none = none || rxt_bind_leaves(r->settings.bind[b]);
    if (getenv("OMP_NUM_THREADS"))
        rxt_main_tell(r,
                      "OMP_NUM_THREADS=%.40s is ignored: the study chooses the thread counts; "
                      "select them with -t",
                      getenv("OMP_NUM_THREADS"));
    for (size_t v = 0; v < sizeof places / sizeof places[0] && !none; v++)
        if (getenv(places[v]))
            rxt_main_tell(r, "%s=%.40s is ignored: it applies only with --bind=none", places[v],
                          getenv(places[v]));
}

static void say_baseline(rxt_run *r, const rxt_splits *splits)
{
    if (splits->no_baseline[0])
        rxt_main_tell(r, "%s; speedups are against 1×1", splits->no_baseline);
}

/* Tells the user how many ranks take no part, because every node of a split must have the same
 * number of ranks. */
static void say_uneven(rxt_run *r, const rxt_comm *world)
{
    int each = rxt_comm_node_ranks(world),
        beyond = rxt_comm_size(world) - rxt_comm_nodes(world) * each;

    if (beyond > 0)
        rxt_main_tell(r,
                      "left out: %d of %d ranks: a split needs the same number of ranks on every "
                      "node; %d on each node take part",
                      beyond, rxt_comm_size(world), each);
}

static void say_start(rxt_run *r, rxt_comm *world, const rxt_study *study)
{
    const rxt_plan *plan = rxt_study_plan(study);

    say_environment(r);
    if (rxt_comm_size(world) == 1 && plan->host.cores > 1 &&
        r->preset->lesson != RXT_LESSON_SPAWN) { /* spawnbench creates its processes itself */
        if (rxt_comm_many())
            rxt_main_tell(r,
                          "one rank started: comparing threads only; use mpirun -np %d ./%s to "
                          "compare processes",
                          plan->host.cores, r->preset->program);
        else
            rxt_main_tell(r, "comparing threads only: this build has no MPI; build with MPI to "
                             "compare processes");
    }
    if (plan->place->beyond > 0)
        rxt_main_tell(r, "left out: %d CPUs numbered %d and above", plan->place->beyond, RXT_CPUS);
    say_uneven(r, world);
    rxt_main_say(r, plan->splits.left_out);
    say_baseline(r, &plan->splits);
}

static rxt_status begin_budget(rxt_run *r, const rxt_study_host *host)
{
    bool given = r->settings.budget_given && r->head;

    atomic_store(&r->deadline, given ? host->began + r->settings.budget : (double)INFINITY);
    return rxt_comm_agree(host->world, given ? rxt_main_watch_budget(r) : RXT_OK);
}

/* If the study was stopped while it was opened, and the budget is spent, returns a status that
 * names the budget. Else returns `st`. */
static rxt_status within_budget(rxt_run *r, rxt_status st)
{
    if (rxt_status_code(st) != RXT_STOPPED || rxt_clock_now() < atomic_load(&r->deadline))
        return st;
    rxt_status_free(st);
    return rxt_main_spent(r);
}

/* Opens the study. The budget is suspended during rxt_study_keep, which may wait for the end of
 * another study. */
static rxt_status open_study(rxt_run *r, const rxt_study_host *host, rxt_study **study,
                             bool *nothing_left)
{
    rxt_status st = begin_budget(r, host);

    if (!st)
        st = within_budget(r, rxt_study_open(&r->settings, host, study));
    atomic_store(&r->deadline, (double)INFINITY);
    if (!st)
        st = rxt_study_keep(*study, nothing_left);
    if (*study && r->settings.budget_given)
        atomic_store(&r->deadline, rxt_study_deadline(*study));
    if (!st && !*nothing_left)
        st = within_budget(r, rxt_study_ready_again(*study));
    return st;
}

/* Opens and runs the study; rank 0 writes the results, however the study ended. If an input file
 * changed meanwhile (RXT_USAGE) nothing is written, because the operands of the results are
 * unknown. */
static rxt_status run_study(rxt_run *r, rxt_comm *world, bool *lost)
{
    rxt_study_host host = { .world = world,
                            .launched = &r->launched,
                            .blas = r->blas,
                            .stop = &r->stop,
                            .inside = &r->inside,
                            .began = rxt_clock_now(),
                            .say = rxt_main_say,
                            .trying = rxt_main_trying,
                            .progress = rxt_main_progress,
                            .arg = r };
    rxt_study *study = NULL;
    bool nothing_left = false;
    rxt_status st = rxt_study_blas(&r->settings, &host, r->lacking);

    r->lacking = RXT_OK;
    *lost = false;
    if (!st)
        st = open_study(r, &host, &study, &nothing_left);
    if (nothing_left || (st && rxt_status_code(st) != RXT_STOPPED)) {
        rxt_main_stop_watching(r);
        rxt_study_close(study);
        return st;
    }
    atomic_store(&r->study, study);
    if (!st && r->head)
        say_start(r, world, study);
    if (!st)
        st = rxt_study_run(study, lost);
    rxt_main_stop_watching(r);
    rxt_report_progress_end(stderr, &r->line);
    if (r->head && rxt_status_code(st) != RXT_USAGE)
        st = rxt_main_publish(r, study, st, !rxt_study_is_complete(study));
    if (!*lost)
        rxt_study_close(study);
    return st;
}

/* Will ranks of a node share cores although the launcher assumes one core per rank? */
static bool crowded(const rxt_run *r)
{
    int ranks = r->launcher.local ? r->launcher.local : r->launcher.ranks;

    return r->settings.cores > 0 && r->settings.cores < ranks;
}

/* Can rank 0 write the files that were asked for? */
static rxt_status check_files(const rxt_run *r)
{
    rxt_status st = RXT_OK;

    if (r->settings.output && r->head)
        st = rxt_record_check(r->settings.output);
    if (!st && r->settings.plot && r->head)
        st = rxt_report_plot_check("--plot", r->settings.plot);
    return st;
}

/* Starts MPI and runs the study. `fit`: the status of this rank so far, for example an error in its
 * command line. A rank with an error starts MPI, too: so all ranks learn of the error, and no rank
 * waits for this one. If a rank has lost the others and has got a signal, it prints nothing: the
 * launcher ends the job because another rank failed, and that rank has printed its message. */
static int with_mpi(rxt_run *r, rxt_status fit)
{
    const rxt_comm_end end = { .tell = rxt_main_end_job, .arg = r };
    rxt_comm *world = NULL;
    rxt_status st;
    bool shared, lost = false;
    int code;

    fit = rxt_status_first(fit, rxt_main_watch(r));
    if (crowded(r))
        rxt_comm_oversubscribe();
    rxt_main_join(r);
    st = rxt_comm_open(&end, &world);
    rxt_main_joined(r);
    shared = !st;
    r->head = r->head && !(shared && rxt_comm_spawned(world));
    if (shared && rxt_comm_spawned(world)) {
        rxt_comm_close(world);
        rxt_status_free(fit);
        return RXT_DONE;
    }
    if (shared) {
        r->world = world;
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
    if (st && (r->head || (lost && !atomic_load(&r->stop))))
        rxt_main_complain(r, st->text);
    rxt_status_free(st);
    if (lost)
        rxt_main_abort(r, code);
    rxt_comm_close(world);
    return shared || r->head ? code : 0;
}

/* Before MPI_Init only launcher rank 0 prints and returns a non-zero exit code: a launcher ends all
 * ranks at the first non-zero exit, and the message could be lost. Among several ranks, a rank with
 * a wrong command line still starts MPI, because the others may wait for it. */
int rxt_main(const rxt_preset *preset, int argc, char **argv)
{
    rxt_run r = { .preset = preset };
    rxt_status st;
    int code;

    rxt_main_begin(); /* first, before any file is opened */
    st = rxt_kernels_check();
    r.launched = rxt_cpus_reload(argv);
    r.launcher = rxt_launcher_find();
    if (!st)
        st = rxt_settings_of(preset, argc, argv, &r.settings);
    r.head = r.launcher.rank == 0;
    r.publication = (rxt_publication){ .settings = &r.settings,
                                       .argv = argv,
                                       .say = rxt_main_say,
                                       .complain = rxt_main_complain,
                                       .arg = &r };
    r.line = rxt_report_progress_line(r.settings.progress, r.settings.quiet, isatty(STDERR_FILENO),
                                      getenv("TERM"));
    if (st ? r.launcher.ranks > 1 : r.settings.action == RXT_ACTION_MEASURE) {
        if (!st && rxt_settings_blas(&r.settings))
            r.lacking = rxt_blas_open(r.settings.blas, &r.blas);
        code = with_mpi(&r, st);
        rxt_main_end_watch(&r);
        rxt_blas_close(r.blas);
        rxt_status_free(r.lacking);
        return code;
    }
    if (!st && r.head)
        st = without_mpi(&r);
    if (st && r.head)
        rxt_main_complain(&r, st->text);
    code = r.head ? (int)rxt_status_code(st) : 0;
    rxt_status_free(st);
    return code;
}
