/* measure.c - one visit to one split; the only place where kernels are timed.
 *
 * The timed calls last much longer than the clock's resolution, and the time of a visit is that of
 * the slowest rank. Binding, filling, proving and warming up come before the timed calls, so the
 * time contains only the kernel. */
#include "measure/visit_state.h"

#include <math.h>

#include "base/clock.h"
#include "data/arena.h"
#include "support/proof.h"

enum {
    RESOLUTIONS = 2000, /* the timed calls last at least this many steps of the clock */
    PROBES = 16,        /* 1/16 of a visit is long enough to find the number of calls */
    TRIES = 3,
    WARM = 4 /* to warm up, 1/4 of the number of timed calls is made before them */
};
static const double shortest_visit = 5e-3;

/* ---- binding ---- */

static void bind_thread(int thread, void *arg)
{
    visit_state *s = arg;
    int error = rxt_place_bind(s->visit->cpu[thread]);

    if (error)
        atomic_store(&s->refused, error);
}

static void see_thread(int thread, void *arg)
{
    visit_state *s = arg;

    s->outcome->seen[s->slab.rank * s->visit->threads + thread] = rxt_place_seen();
}

/* Sets this thread's mask before the team's threads start, because these threads inherit the mask.
 * With --bind=none it becomes the process's mask at start, else the CPUs of all threads of this
 * rank. (The thread pool is new for each visit; the pool of the last visit was parked.) Without
 * this step the mask would still be the one CPU of this thread's last visit. New threads would
 * start on that CPU while this thread spins there, so they would run only milliseconds later. */
static void bind_before(const rxt_visit *visit)
{
    rxt_cpus mine = { { 0 } };

    for (int t = 0; t < visit->threads; t++)
        rxt_cpus_add(&mine, visit->cpu[t]);
    rxt_cpus_bind(rxt_bind_leaves(visit->bind) ? visit->launched : &mine);
}

static void bind_all(visit_state *s)
{
    if (!rxt_bind_leaves(s->visit->bind))
        rxt_team_each(s->team, bind_thread, s);
}

/* Gives a task the data about its visit that a kernel does not get. */
static void lay_task(visit_state *s, const rxt_task *task)
{
    s->cpus = rxt_place_cpus(s->visit->place);
    s->task = (rxt_task_slab){ .options = s->visit->options, .cpus = &s->cpus, .heap = task->heap };
    s->slab.task = &s->task;
}

static void lay_slab(visit_state *s)
{
    const rxt_visit *visit = s->visit;
    int rank = rxt_comm_rank(visit->comm), ranks = rxt_comm_size(visit->comm);
    rxt_range part = rxt_range_part((rxt_range){ .n = visit->total }, rank, ranks, s->grain);

    s->slab =
        (rxt_slab){ .type = visit->kernel->type,
                    .n = part.n,
                    .first = part.first,
                    .total = visit->total,
                    .rank = rank,
                    .ranks = ranks,
                    .threads = visit->threads,
                    .cache = visit->cache,
                    .comm = visit->comm,
                    .blas = visit->kernel->blas ? rxt_blas_find(visit->blas, visit->kernel->blas)
                                                : NULL };
    if (visit->kernel->task)
        lay_task(s, visit->kernel->task);
}

/* ---- calls ---- */

/* Makes one call. The call ends when every worker knows that all workers are done. The workers know
 * this from the reduction of the result or, if the kernel has no result, from a barrier of the
 * ranks. A single rank needs no barrier. */
static void call(visit_state *s)
{
    const rxt_merge *merge = s->visit->kernel->merge;

    rxt_team_call(s->team, merge ? s->partial : NULL);
    if (merge || s->slab.ranks > 1)
        rxt_comm_combine(s->visit->comm, s->visit->combine, merge, s->partial);
}

static void call_often(visit_state *s, ptrdiff_t calls)
{
    if (rxt_sync_frees(rxt_sync_of(s->visit->kernel, s->visit->sync))) {
        rxt_team_calls(s->team, calls);
        return;
    }
    for (ptrdiff_t c = 0; c < calls; c++)
        call(s);
}

/* Seconds of the slowest rank for these calls. Also sets `stopped`: true if any rank was told to
 * stop. */
static double time_calls(visit_state *s, ptrdiff_t calls)
{
    double spent[2];

    rxt_comm_barrier(s->visit->comm);
    spent[0] = rxt_clock_now();
    call_often(s, calls);
    spent[0] = rxt_clock_now() - spent[0];
    spent[1] = atomic_load(s->visit->stop);
    rxt_comm_max(s->visit->comm, 2, spent);
    s->outcome->stopped = spent[1] > 0;
    return spent[0];
}

static bool any_stops(visit_state *s)
{
    double stops = atomic_load(s->visit->stop);

    rxt_comm_max(s->visit->comm, 1, &stops);
    return s->outcome->stopped = stops > 0;
}

/* Seconds for these calls. If a try takes `enough` seconds or more, up to two more tries follow,
 * and the shortest time counts. So a stall of the host does not look like work. If `calls` is 1,
 * the first call of the visit, which was proved, counts as the first try. */
static double try_calls(visit_state *s, ptrdiff_t calls, double enough)
{
    double spent = calls == 1 ? s->first : time_calls(s, calls);

    for (int again = 0; again < TRIES - 1 && spent >= enough && !s->outcome->stopped; again++)
        spent = fmin(spent, time_calls(s, calls));
    return spent;
}

double rxt_measure_least(double resolution)
{
    return fmax(shortest_visit, RESOLUTIONS * resolution);
}

/* Doubles the number of calls until the calls take 1/16 of a visit, then scales this number to a
 * whole visit. All ranks have the same times, so all ranks make the same decisions. */
static void find_calls(visit_state *s)
{
    double wanted = rxt_measure_least(s->visit->resolution), enough = wanted / PROBES, spent;
    ptrdiff_t calls = 1;

    while ((spent = try_calls(s, calls, enough)) < enough && !s->outcome->stopped &&
           calls < PTRDIFF_MAX / 4 / PROBES)
        calls *= 2;
    s->outcome->calls =
        spent > wanted ? calls : (ptrdiff_t)ceil((double)calls * wanted / fmax(spent, enough));
    s->each = spent / (double)calls;
}

/* Sets the number of calls to the given number, or else finds it. `trying` gets the seconds that
 * finding it took; later visits do not need this time. But later visits make warm-up calls and
 * timed calls, which a trial does not make. So in a trial the time of these calls is subtracted
 * from `trying`. */
static void know_calls(visit_state *s)
{
    double began = rxt_clock_now();
    rxt_outcome *outcome = s->outcome;

    outcome->calls = s->visit->calls;
    s->each = s->first;
    if (outcome->calls == 0)
        find_calls(s);
    outcome->trying = rxt_clock_now() - began;
    if (s->visit->trial)
        outcome->trying -= s->each * (double)(outcome->calls + outcome->calls / WARM);
}

/* The reason why a task could not do its units on some rank; RXT_OK if it could. If units are
 * missing for such a reason, this is not a wrong result. */
static rxt_status trouble(visit_state *s)
{
    const rxt_task *task = s->visit->kernel->task;

    return task && task->trouble ? rxt_comm_agree(s->visit->comm, task->trouble(&s->slab)) : RXT_OK;
}

/* ---- proof ---- */

/* Judges the result of the last call. An error of NAN would mean "never called", so it is set to
 * INFINITY, which counts as a wrong result. */
static void judge(visit_state *s, const void *facts)
{
    const rxt_kernel *kernel = s->visit->kernel;
    rxt_outcome *outcome = s->outcome;
    rxt_case of =
        rxt_team_case(s->visit->team, kernel, s->visit->total, s->slab.ranks, s->slab.threads);

    outcome->result = kernel->merge ? kernel->merge->finish(s->partial)
                                    : (rxt_value){ .value = NAN, .index = -1 };
    if (rxt_proof_by_agreement(kernel)) {
        outcome->result = kernel->merge ? outcome->result : rxt_proof_digest(facts);
        outcome->slack = rxt_proof_slack(kernel, facts, &of, outcome->result);
    }
    outcome->error = rxt_proof_of(kernel)->judge(facts, &of, outcome->result);
    if (isnan(outcome->error))
        outcome->error = INFINITY;
}

/* Makes the first call, on fresh operands, and judges its result. */
static rxt_status prove(visit_state *s)
{
    const rxt_visit *visit = s->visit;
    const rxt_kernel *kernel = visit->kernel;
    _Alignas(64) unsigned char fresh[RXT_PARTIAL];
    rxt_range mine = { .first = s->slab.first, .n = s->slab.n };
    rxt_status st;

    if (kernel->outputs > 0)
        rxt_measure_poison(s);
    s->first = rxt_clock_now();
    call(s);
    s->first = rxt_clock_now() - s->first;
    st = trouble(s);
    if (st)
        return st;
    if (kernel->stores <= 0) {
        judge(s, visit->facts);
        return RXT_OK;
    }
    rxt_proof_of(kernel)->facts->zero(fresh);
    st = rxt_measure_gather(kernel, visit->operands, mine, visit->total, &s->slab, visit->stop,
                            fresh);
    st = rxt_comm_agree(visit->comm, st);
    if (st)
        return st;
    rxt_comm_combine(visit->comm, RXT_COMBINE_MPI, rxt_proof_of(kernel)->facts, fresh);
    judge(s, fresh);
    return RXT_OK;
}

/* Combines what the ranks know, so that all of them take the same branch: the worst error, whether
 * any rank stops, and the time of the slowest first call. Returns whether the visit continues. */
static bool goes_on(visit_state *s)
{
    double worst[4] = { s->outcome->error, atomic_load(s->visit->stop), s->first,
                        s->outcome->drawing };

    rxt_comm_max(s->visit->comm, 4, worst);
    s->outcome->error = worst[0];
    s->outcome->right = worst[0] <= 1;
    s->outcome->stopped = worst[1] > 0;
    s->first = worst[2];
    s->outcome->drawing = worst[3];
    return s->outcome->right && !s->outcome->stopped;
}

/* ---- the visit ---- */

static rxt_visit_figures figures_of(const visit_state *s)
{
#define VALUE(constant, name, ...) [RXT_VISIT_##constant] = rxt_figure_##name(s->visit, s->partial),
    return (rxt_visit_figures){ .of = { RXT_VISIT_FIGURE_LIST(VALUE) } };
#undef VALUE
}

/* Proves, finds the number of calls, warms up and times. The result of the last timed call is
 * judged as well, because a fault may appear only after the first call. A kernel that stores has
 * changed its operands by then, so only its first call is judged. */
static rxt_status measure(visit_state *s)
{
    const rxt_kernel *kernel = s->visit->kernel;
    rxt_outcome *outcome = s->outcome;
    double seconds;
    rxt_status st;

    if (any_stops(s))
        return RXT_OK;
    st = prove(s);
    if (st || !goes_on(s))
        return st;
    know_calls(s);
    st = trouble(s); /* calls without work are short, so the number of calls would be wrong */
    if (st || outcome->stopped || s->visit->trial)
        return st;
    call_often(s, outcome->calls / WARM);
    seconds = time_calls(s, outcome->calls) / (double)outcome->calls;
    st = trouble(s);
    if (st)
        return st;
    outcome->figures = figures_of(s);
    if (kernel->stores <= 0)
        judge(s, s->visit->facts);
    if (goes_on(s))
        outcome->seconds = seconds;
    return RXT_OK;
}

static void draw_window(visit_state *s)
{
    double began = rxt_clock_now();

    rxt_comm_draw(s->visit->comm, s->visit->combine, s->visit->epoch);
    s->outcome->drawing += rxt_clock_now() - began;
}

/* Fills the operands, and prepares kernel and team. The ranks agree after each step (and in
 * with_team before the first step), because a kernel's make may communicate, and a rank that has
 * failed in an earlier step would not take part. */
static rxt_status ready(visit_state *s)
{
    const rxt_kernel *kernel = s->visit->kernel;
    rxt_status st = rxt_comm_agree(s->visit->comm, rxt_measure_fill(s));

    draw_window(s);
    if (kernel->blas)
        rxt_blas_alone(s->visit->blas);
    if (!st && kernel->make) {
        s->made = true;
        st = rxt_comm_agree(s->visit->comm, kernel->make(&s->slab));
    }
    return st ? st : rxt_comm_agree(s->visit->comm, rxt_team_take(s->team, kernel, &s->slab));
}

/* Records the CPU of each thread. A kernel with its own threads may have ended the team's threads
 * in order to use the cores alone. Then the team has new threads, which start with this thread's
 * mask, so all threads are bound again. */
static void see_team(visit_state *s)
{
    if (s->visit->kernel->run)
        bind_all(s);
    rxt_team_each(s->team, see_thread, s);
}

/* Called with an open team. The first agreement makes all ranks return if one of them could not
 * start its threads. */
static rxt_status with_team(rxt_team *team, void *arg)
{
    visit_state *s = arg;
    const rxt_kernel *kernel = s->visit->kernel;
    rxt_status st;

    s->entered = true;
    s->team = team;
    if (s->visit->oversubscribed)
        rxt_team_oversubscribe(team);
    st = rxt_comm_agree(s->visit->comm, RXT_OK);
    if (st)
        return st;
    bind_all(s);
    st = ready(s);
    if (!st)
        st = measure(s);
    if (kernel->free && (s->made || !kernel->make))
        kernel->free(&s->slab);
    if (!st)
        see_team(s);
    return st;
}

static void see_all(visit_state *s)
{
    double refused = atomic_load(&s->refused);

    rxt_comm_max(s->visit->comm, 1, &refused);
    s->outcome->refused = (int)refused;
    rxt_comm_gather(s->visit->comm, s->visit->threads, s->outcome->seen);
}

rxt_status rxt_measure_visit(const rxt_visit *visit, rxt_outcome *outcome)
{
    visit_state s = { .visit = visit, .outcome = outcome, .grain = rxt_grain_of(visit->kernel) };
    int *seen = outcome->seen;
    rxt_status st;

    *outcome = (rxt_outcome){
        .seconds = NAN, .figures = rxt_visit_figures_none(), .error = NAN, .seen = seen
    };
    lay_slab(&s);
    bind_before(visit);
    st = rxt_team_with(visit->team, visit->threads, with_team, &s);
    if (!s.entered)
        st = rxt_comm_agree(visit->comm, st);
    if (!st)
        see_all(&s);
    return st;
}
