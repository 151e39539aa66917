/* warnings_host.c - warnings about the host: other load, settings, libraries. */
#include "analysis/warnings.h"

#include <math.h>
#include <string.h>

#include "machine/load.h"
#include "results/sentence.h"

/* Prints the name of the node, "n1: ", if there are several nodes. */
static void say_node(rxt_warning *warning, const rxt_observations *seen,
                     const rxt_observation *node)
{
    if (seen->nodes > 1)
        rxt_say(warning->text, "%.63s: ", node->name);
}

/* The node with the largest value of `much`; NULL: no node has a finite value. */
static const rxt_observation *worst(const rxt_observations *seen,
                                    double (*much)(const rxt_observation *))
{
    const rxt_observation *most = NULL;

    for (int n = 0; n < seen->nodes; n++)
        if (isfinite(much(&seen->node[n])) && (!most || much(&seen->node[n]) > much(most)))
            most = &seen->node[n];
    return most;
}

/* ---- competing load ---- */

/* Average number of CPUs that other processes used. */
static double others(const rxt_observation *node)
{
    return (node->spent.busy - node->spent.own) / node->seconds;
}

/* Warns of other load. A median tolerates load in fewer than half of the rounds, but a split waits
 * for its slowest worker: a load of 0.1 CPU delays a split on all cores in one visit of ten. The
 * load must exceed 0.1 CPU by three standard errors of the system's tick counts; or exceed it at
 * all, if the run queue was too long after at least half of the rounds. */
void rxt_warnings_load(const rxt_rows *rows, const rxt_observations *seen, rxt_warning *warning)
{
    const double bearable = 0.1;
    const rxt_observation *node = worst(seen, others);
    bool crowd = seen->looks > 0 && 2 * seen->busy >= seen->looks;
    double surely;

    (void)rows;
    if (!node)
        return;
    surely = others(node) - 3 * rxt_load_error(node->seconds, node->cpus) / node->seconds;
    if (surely <= bearable && !(crowd && others(node) > bearable))
        return;
    say_node(warning, seen, node);
    rxt_say(warning->text, "other processes took %.2g of the %d CPUs", others(node), node->cpus);
    if (seen->busy > 0)
        rxt_say(warning->text, " (and waited for CPUs after %d of %d rounds)", seen->busy,
                seen->looks);
    rxt_say(warning->text, "; end them and repeat, or choose other CPUs with --cpus");
}

/* Stolen time, as a part of the time that the CPUs could have worked. */
static double stolen(const rxt_observation *node)
{
    return node->spent.steal / (node->seconds * node->cpus);
}

/* Warns if the stolen part of the time exceeds the wanted precision, because visits take longer by
 * that part on average. The system counts stolen time in ticks of 1/100 s; fewer than three ticks
 * are ignored. */
void rxt_warnings_steal(const rxt_rows *rows, const rxt_observations *seen, rxt_warning *warning)
{
    const rxt_observation *node = worst(seen, stolen);

    (void)rows;
    if (!node || stolen(node) <= seen->precision || node->spent.steal < 0.03)
        return;
    say_node(warning, seen, node);
    rxt_say(warning->text,
            "the hypervisor gave %.2g %% of the CPUs' time to other guests (steal); repeat when "
            "the host is idle, or on a dedicated machine",
            100 * stolen(node));
}

/* ---- CPU quota ---- */

static double stopped(const rxt_observation *node)
{
    return node->spent.stopped / node->seconds;
}

/* Warns if the stopped part of the time exceeds the wanted precision, as with steal. Splits never
 * have more workers than the quota has CPUs, so the cause is another process of the group, or a
 * quota below one CPU. */
void rxt_warnings_quota(const rxt_rows *rows, const rxt_observations *seen, rxt_warning *warning)
{
    const rxt_observation *node = worst(seen, stopped);

    (void)rows;
    if (!node || !(node->spent.periods >= 1) || stopped(node) <= seen->precision)
        return;
    say_node(warning, seen, node);
    rxt_say(warning->text,
            "a CPU quota stopped this control group %.0f times, for %.2g s of %.3g s; raise it "
            "(cpu.max), or end the group's other processes",
            node->spent.periods, node->spent.stopped, node->seconds);
}

/* ---- clock frequency ---- */

/* Warns if the median frequency of the last third of the rounds differs from that of the first
 * third by more than 100 MHz, the usual step of frequencies. */
void rxt_warnings_frequency(const rxt_rows *rows, const rxt_observations *seen,
                            rxt_warning *warning)
{
    const double step = 100e6;
    int third = seen->looks / 3;
    double first, last;

    (void)rows;
    if (!seen->hertz || third < 2)
        return;
    first = rxt_sample_of(third, seen->hertz).median;
    last = rxt_sample_of(third, seen->hertz + seen->looks - third).median;
    if (!(fabs(last - first) > step))
        return;
    rxt_say(warning->text,
            "the clock %s from %.2f to %.2f GHz during the study (heat, power limit?); fix it with "
            "cpupower frequency-set, or warm the machine up first",
            last < first ? "fell" : "rose", first * 1e-9, last * 1e-9);
}

/* Does the governor keep the frequency low, or raise it only after some time? With the drivers
 * named *pstate the hardware chooses the frequency; there "powersave" acts as a fast "ondemand" and
 * is no fault. */
static bool slow(const rxt_load_clock *clock)
{
    return !strcmp(clock->governor, "ondemand") || !strcmp(clock->governor, "conservative") ||
           (!strcmp(clock->governor, "powersave") && !strstr(clock->driver, "pstate"));
}

void rxt_warnings_governor(const rxt_rows *rows, const rxt_observations *seen, rxt_warning *warning)
{
    int n = 0;

    (void)rows;
    while (n < seen->nodes && !slow(&seen->node[n].clock))
        n++;
    if (n == seen->nodes)
        return;
    say_node(warning, seen, &seen->node[n]);
    rxt_say(warning->text,
            "the clock's governor is %.31s, which %s; set it for the study: "
            "cpupower frequency-set -g performance",
            seen->node[n].clock.governor,
            seen->node[n].clock.governor[0] == 'p' ? "keeps the clock slow"
                                                   : "raises the clock only after some time");
}

/* ---- contradictions to the host's reports ---- */

static void say_bytes(char *text, double bytes)
{
    static const char *const units[] = { "KiB", "MiB", "GiB" };
    int unit = 0;

    for (bytes /= 1024; bytes >= 1024 && unit < 2; unit++)
        bytes /= 1024;
    rxt_say(text, "%.4g %s", bytes, units[unit]);
}

/* Prints the first level as a full sentence, further ones in short form. */
static void say_level(char *text, const char *who, int level,
                      const rxt_observation_level *observation)
{
    bool first = !text[0];

    if (first)
        rxt_say(text, observation->said > 0 ? "%s says L%d has " : "%s names no L%d", who,
                level + 1);
    else
        rxt_say(text, observation->said > 0 ? "; L%d " : "; no L%d", level + 1);
    if (observation->said > 0)
        say_bytes(text, observation->said);
    rxt_say(text, first ? ", but loads slow down beyond " : ", but ");
    say_bytes(text, observation->counts);
    if (!first)
        return;
    rxt_say(text, ": ");
    say_bytes(text, observation->counts);
    rxt_say(text, " is used");
}

static const char *host_of(const rxt_observations *seen, const char *node)
{
    return seen->nodes > 1 ? node : "this host";
}

static void say_shared(char *text, const char *who, const rxt_observation_shared *observation)
{
    if (text[0])
        rxt_say(text, "; ");
    rxt_say(text,
            "%s says it has %d last-level caches, but cores of two caches evict each other's data: "
            "the study counts %d",
            who, observation->said, observation->counts);
}

void rxt_warnings_levels(const rxt_rows *rows, const rxt_observations *seen, rxt_warning *warning)
{
    (void)rows;
    for (int l = 0; l < RXT_LEVELS; l++) {
        const rxt_observation_level *observation = &seen->level[l];

        if (observation->counts > 0)
            say_level(warning->text, host_of(seen, observation->node), l, observation);
    }
    if (seen->shared.counts > 0)
        say_shared(warning->text, host_of(seen, seen->shared.node), &seen->shared);
}

/* Was the host without other load? Otherwise two workers are slow on any two CPUs. */
static bool undisturbed(const rxt_observations *seen)
{
    const double bearable = 0.1;

    for (int n = 0; n < seen->nodes; n++) {
        const rxt_observation *node = &seen->node[n];

        if (!(others(node) <= bearable) || stolen(node) > bearable || stopped(node) > bearable)
            return false;
    }
    return seen->nodes > 0 && 2 * seen->busy < seen->looks + 1;
}

/* Warns if two workers together do at most 1.3 times the arithmetic of one. Two hardware threads of
 * one core reach 1.0 to 1.1, or 1.3 if one thread alone does not use the core fully. Two cores
 * reach almost 2: the lower clock frequency with all cores busy costs less than a tenth. */
void rxt_warnings_pair(const rxt_rows *rows, const rxt_observations *seen, rxt_warning *warning)
{
    const double one_core = 1.3;
    const rxt_observation_pair *pair = &seen->pair;

    (void)rows;
    if (pair->rate.count == 0 || !(pair->rate.high <= one_core) || !undisturbed(seen))
        return;
    rxt_say(warning->text,
            "CPUs %d and %d slow each other down: together they do %.3g [%.3g %.3g] times the "
            "arithmetic of one; they may be one physical core; leave one of them out (--cpus)",
            pair->cpu[0], pair->cpu[1], pair->rate.median, pair->rate.low, pair->rate.high);
}

/* ---- pages ---- */

/* A second-level TLB of about 2048 entries covers 8 MiB with pages of 4 KiB. Above twice that, a
 * rank that streams through its operands misses the TLB for most of its small pages. */
static const double beyond_tlb = 16 * 1024.0 * 1024.0;

/* Bytes of operands on one node, the largest over all rows in which a rank's part is beyond_tlb or
 * more; 0: no such row. */
static double large(const rxt_rows *rows)
{
    double most = 0;

    for (int i = 0; i < rows->count; i++) {
        const rxt_row *row = &rows->row[i];

        if (row->rounds > 0 && row->bytes / row->split.ranks >= beyond_tlb)
            most = fmax(most, row->bytes / row->split.nodes);
    }
    return most;
}

static double small_pages(const rxt_observation *node)
{
    return -node->pages.huge;
}

void rxt_warnings_pages(const rxt_rows *rows, const rxt_observations *seen, rxt_warning *warning)
{
    double bytes = large(rows);
    const rxt_observation *node = worst(seen, small_pages);
    bool never;

    if (!node || bytes <= 0 || node->pages.huge >= bytes / 2)
        return;
    never = !strcmp(node->huge_pages, "never");
    say_node(warning, seen, node);
    rxt_say(warning->text,
            "of %.3g MB of operands only %.2g MB are on huge pages; the rest is on small pages "
            "(more TLB misses); %s",
            bytes / 1e6, node->pages.huge / 1e6,
            never ? "write madvise to /sys/kernel/mm/transparent_hugepage/enabled"
                  : "free memory is fragmented: drop caches, or compact memory");
}

/* ---- OpenBLAS ---- */

/* Was this OpenBLAS built with its own threads? Its configuration text has MAX_THREADS only if it
 * was built with threads (SMP), and USE_OPENMP if they are OpenMP's. */
static bool own_threads(const char *library)
{
    return library && !strncmp(library, "OpenBLAS", 8) && strstr(library, "MAX_THREADS") &&
           !strstr(library, "USE_OPENMP");
}

double rxt_fault_blas(const rxt_rows *rows, const rxt_observations *seen, const rxt_row *row)
{
    (void)rows;
    (void)seen;
    return own_threads(row->library);
}

void rxt_warnings_blas(const rxt_rows *rows, const rxt_observations *seen, rxt_warning *warning)
{
    if (rxt_warnings_worst(rows, seen, rxt_fault_blas, warning))
        rxt_say(warning->text, "OpenBLAS was built with its own threads (limited to one here), "
                               "which do not cooperate with OpenMP's; install the OpenMP build "
                               "(libopenblas0-openmp), or name it with --blas");
}
