/* options.c - the options, each defined once: name, help, and how its value is read. */
#include "settings/settings.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "comm/comm.h"

enum { MOST_ROUNDS = 1000000, MOST_STARTED = 1 << 17 };

static bool whole(const char *text, size_t length, int most, int *result)
{
    ptrdiff_t n;

    if (!rxt_list_number(text, length, &n) || n < 1 || n > most)
        return false;
    *result = (int)n;
    return true;
}

static rxt_status set_whole(const char *option, const char *value, int most, int *result)
{
    if (whole(value, strlen(value), most, result))
        return RXT_OK;
    return rxt_status_of(RXT_USAGE, "%s=%.200s: write a whole number from 1 to %d", option, value,
                         most);
}

static rxt_status set_scaling(rxt_settings *s, const char *value)
{
    int choice = 0;
    rxt_status st = rxt_vocabulary_choose(&rxt_scaling_vocabulary, "--scaling", value, &choice);

    s->weak = choice;
    return st;
}

static rxt_status check_combine(rxt_settings *s, const char *value)
{
    (void)s;
    if (rxt_comm_many())
        return RXT_OK;
    return rxt_status_of(RXT_USAGE,
                         "--combine=%.200s: this build has no MPI, so there is nothing to "
                         "combine; leave the option out",
                         value);
}

static rxt_status set_cpus(rxt_settings *s, const char *value)
{
    rxt_cpus cpus = { { 0 } };

    if (!rxt_cpus_parse(value, &cpus) || !rxt_cpus_count(&cpus))
        return rxt_status_of(RXT_USAGE,
                             "--cpus=%.200s: write CPU numbers below %d as taskset does, such as "
                             "0,2-5 or 0-14:2",
                             value, RXT_CPUS);
    s->cpus = cpus;
    s->has_cpus = true;
    return RXT_OK;
}

static rxt_status set_cores(rxt_settings *s, const char *value)
{
    return set_whole("--cores", value, RXT_CPUS, &s->cores);
}

static rxt_status set_precision(rxt_settings *s, const char *value)
{
    size_t digits = strspn(value, "0123456789.");
    char *end;
    double percent = strtod(value, &end);

    if (!digits || end != value + digits || (*end && strcmp(end, "%")) ||
        !(percent > 0 && percent <= 100))
        return rxt_status_of(RXT_USAGE,
                             "--precision=%.200s: write percent, above 0 and at most 100, such "
                             "as 1 or 0.5",
                             value);
    s->precision = percent / 100;
    return RXT_OK;
}

static rxt_status set_rounds(rxt_settings *s, const char *value)
{
    size_t length = strcspn(value, ":");
    int min, max = 1000;

    if (!whole(value, length, MOST_ROUNDS, &min) ||
        (value[length] &&
         !whole(value + length + 1, strlen(value + length + 1), MOST_ROUNDS, &max)))
        return rxt_status_of(RXT_USAGE,
                             "--rounds=%.200s: write MIN or MIN:MAX, whole numbers from 1 to %d, "
                             "such as 10:1000",
                             value, MOST_ROUNDS);
    if (value[length] && max < min)
        return rxt_status_of(
            RXT_USAGE, "--rounds=%.200s: MAX is below MIN; write the smaller number first", value);
    s->rounds_min = min;
    s->rounds_max = max > min ? max : min;
    return RXT_OK;
}

static rxt_status set_epochs(rxt_settings *s, const char *value)
{
    return set_whole("--epochs", value, MOST_ROUNDS, &s->epochs);
}

static rxt_status set_budget(rxt_settings *s, const char *value)
{
    if (!rxt_list_time(value, &s->budget))
        return rxt_status_of(RXT_USAGE,
                             "--budget=%.200s: write a time above 0, such as 90s, 10m, 1h", value);
    s->budget_given = true;
    return RXT_OK;
}

static rxt_status set_seed(rxt_settings *s, const char *value)
{
    size_t digits = strspn(value, "0123456789");
    unsigned long long seed;

    errno = 0;
    seed = strtoull(value, NULL, 10);
    if (!digits || value[digits] || errno)
        return rxt_status_of(RXT_USAGE, "--seed=%.200s: write a whole number from 0 to %llu", value,
                             (unsigned long long)UINT64_MAX);
    s->seed = seed;
    return RXT_OK;
}

static rxt_status set_own(const char *option, const char *value, const char **own)
{
    if (!*value)
        return rxt_status_of(RXT_USAGE, "%s=: write the name of a file that numpy.save wrote",
                             option);
    *own = value;
    return RXT_OK;
}

static rxt_status set_x(rxt_settings *s, const char *value)
{
    return set_own("--x", value, &s->own[0]);
}

static rxt_status set_y(rxt_settings *s, const char *value)
{
    return set_own("--y", value, &s->own[1]);
}

static rxt_status set_blas(rxt_settings *s, const char *value)
{
    if (!*value)
        return rxt_status_of(RXT_USAGE, "--blas=: write the file of a CBLAS, such as libmkl_rt.so");
    s->blas = value;
    return RXT_OK;
}

static rxt_status set_output(rxt_settings *s, const char *value)
{
    if (!*value)
        return rxt_status_of(RXT_USAGE, "--output=: write the name of a file, such as study.json");
    s->output = value;
    return RXT_OK;
}

static rxt_status set_plot(rxt_settings *s, const char *value)
{
    if (!*value)
        return rxt_status_of(RXT_USAGE, "--plot=: write the name of a file, such as study.svg");
    s->plot = value;
    return RXT_OK;
}

/* Reads the value of an option that may be given alone or as =force; `what`: what force does. */
static rxt_status set_force(const char *option, const char *value, const char *what,
                            rxt_resume *choice)
{
    if (value && strcmp(value, "force"))
        return rxt_status_of(RXT_USAGE,
                             "%s=%.200s: write %s, or %s=force to %s although something differs",
                             option, value, option, option, what);
    *choice = value ? RXT_RESUME_FORCE : RXT_RESUME_YES;
    return RXT_OK;
}

static rxt_status set_resume(rxt_settings *s, const char *value)
{
    return set_force("--resume", value, "continue", &s->resume);
}

static rxt_status set_again(rxt_settings *s, const char *value)
{
    return set_force("--again", value, "add a run", &s->again);
}

static rxt_status set_history(rxt_settings *s, const char *value)
{
    if (!*value)
        return rxt_status_of(RXT_USAGE, "--history=: write the names of study files, such as "
                                        "monday.json,tuesday.json");
    s->history = value;
    return RXT_OK;
}

static const rxt_word *progress_word(int index)
{
    static const rxt_word words[] = { [RXT_PROGRESS_AUTO] = { .name = "auto" },
                                      [RXT_PROGRESS_YES] = { .name = "yes" },
                                      [RXT_PROGRESS_NO] = { .name = "no" } };

    return &words[index];
}

static const rxt_vocabulary progress_vocabulary = { .count = RXT_PROGRESS_NO + 1,
                                                    .word = progress_word };

static rxt_status set_topology(rxt_settings *s, const char *value)
{
    if (!*value)
        return rxt_status_of(RXT_USAGE, "--topology=: write a hwloc XML file, or a synthetic "
                                        "description such as \"pack:2 core:64 pu:1\"");
    s->topology = value;
    return RXT_OK;
}

static rxt_status set_ranks_started(rxt_settings *s, const char *value)
{
    return set_whole("--ranks-started", value, MOST_STARTED, &s->ranks_started);
}

#define FLAG(field) .flag = offsetof(rxt_settings, field)
#define WORD(vocabulary, field) .words = &(vocabulary), .at = offsetof(rxt_settings, field)
#define WORDS(vocabulary, field) WORD(vocabulary, field), .many = offsetof(rxt_settings, field##s)

static const rxt_option options[] = {
    { "kernel", 'k', "LIST", "kernels by name, or all; a second -k, -n or -p adds to the first",
      .set = rxt_settings_kernel },
    { "size", 'n', "LIST",
      "elements in total, with --scaling=weak per worker; default 1k,100k,10M; also a size that "
      "fills a level of memory",
      "problem size in the driver's unit (see --list), in total, with --scaling=weak per worker; "
      "default below",
      .set = rxt_settings_size, .words = &rxt_level_size_vocabulary },
    { "splits", 'p', "LIST",
      "splits into ranks x threads: cross, diagonal, grid, or pairs such as 2x4 (4x4@2: on two "
      "nodes); default cross,diagonal",
      "splits into ranks x threads: cross, diagonal, grid, or pairs such as 2x4; default below",
      .set = rxt_settings_splits },
    { "ranks", 'r', "LIST", "numbers of ranks; each is combined with every value of --threads",
      .set = rxt_settings_ranks },
    { "threads", 't', "LIST",
      "numbers of threads per rank; each is combined with every value of --ranks",
      .set = rxt_settings_threads },
    { "nodes", 'N', "LIST", "numbers of nodes; default 1, the powers of two, and all started nodes",
      .set = rxt_settings_nodes },
    { "ranks-per-node", 0, "LIST",
      "numbers of ranks on each node; replaces --ranks, which counts the ranks of all nodes",
      .set = rxt_settings_per_node },
    { "scaling", 0, "WORD", "what --size counts", .set = set_scaling,
      .words = &rxt_scaling_vocabulary },
    { "type", 0, "WORD", "element type", WORD(rxt_type_vocabulary, type) },
    { "team", 0, "LIST", "how threads get their work", WORDS(rxt_team_vocabulary, team) },
    { "combine", 0, "LIST", "how the ranks' results are reduced to one", .set = check_combine,
      WORDS(rxt_combine_vocabulary, combine) },
    { "sync", 0, "WORD", "where the workers of a kernel without a result wait for each other",
      WORD(rxt_sync_vocabulary, sync) },
    { "blas", 0, "LIBRARY",
      "the CBLAS library that _blas kernels call: a file such as libmkl_rt.so; default OpenBLAS",
      .set = set_blas },
    { "bind", 0, "LIST", "where workers are bound", WORDS(rxt_bind_vocabulary, bind) },
    { "cpus", 0, "SET", "use only these CPUs, written as for taskset", .set = set_cpus },
    { "cores", 0, "N", "use only N cores for binding; the list of splits does not change",
      .set = set_cores },
    { "smt", 0, NULL, "count hardware threads, not cores", FLAG(smt) },
    { "oversubscribe", 0, NULL, "also measure splits with more workers than cores",
      FLAG(splits.oversubscribe) },
    { "baseline", 0, "RxT[@N]",
      "the split that others are compared with, such as 1x4 (4x4@2: on two nodes); it is measured, "
      "too; default 1x1",
      .set = rxt_settings_baseline },
    { "precision", 0, "PERCENT",
      "stop measuring a size when the 95 % intervals of all its speedups are within ± PERCENT; "
      "default 1",
      .set = set_precision },
    { "rounds", 0, "MIN[:MAX]", "visits (samples) per split and size; default 10:1000",
      .set = set_rounds },
    { "epochs", 0, "N",
      "measure each size with at least N draws of its memory pages (epochs), because one draw can "
      "be faster than another; 1: draw only once; default 8",
      .set = set_epochs },
    { "pages", 0, "WORD", "memory pages of the operands", WORD(rxt_pages_vocabulary, pages) },
    { "budget", 0, "TIME",
      "wall time of the study, such as 90s, 10m, 1h; default 30s, longer if MIN rounds need it",
      .set = set_budget },
    { "seed", 0, "N", "seed of the order of visits and of the operands; default 1",
      .set = set_seed },
    { "x", 0, "FILE.npy",
      "the first operand: a .npy file with a one-dimensional array of f8 or f4; its length is the "
      "size; default: generated",
      .set = set_x },
    { "y", 0, "FILE.npy", "the second operand, of the same length", .set = set_y },
    { "output", 'o', "FILE", "write the study to FILE.json or FILE.csv", .set = set_output },
    { "plot", 0, "FILE",
      "draw the study into FILE.svg, FILE.png or FILE.pdf with gnuplot; only the first of several "
      "kernels or teams (`rxt plot` draws the others)",
      .set = set_plot },
    { "resume", 0, "force",
      "continue the study in --output from FILE.journal; =force: accept a different host, build, "
      "operands or settings (kernels, sizes, splits and scaling must match)",
      .set = set_resume, .optional = true },
    { "again", 0, "force",
      "add a run to the study in --output (FILE.json), or begin it; from 3 runs on intervals hold "
      "for the next run; =force: accept a different host, build or operands",
      .set = set_again, .optional = true },
    { "history", 0, "FILES",
      "earlier studies of this host, such as a.json,b.json: the report says how much their runs "
      "differ",
      .set = set_history },
    { "format", 0, "WORD", "format of stdout", WORD(rxt_format_vocabulary, format) },
    { "break-even", 0, NULL,
      "add sizes between those of --size until the break-even sizes of threads and of processes "
      "are known within 10 %",
      FLAG(break_even) },
    { "dry-run", 0, NULL,
      "print splits, binding, memory and budget, and exit; without mpirun, -N assumes that many "
      "nodes like this one",
      .action = RXT_ACTION_DRY_RUN },
    { "topology", 0, "MACHINE",
      "with --dry-run: plan for another machine: a hwloc XML file, or a synthetic description such "
      "as \"pack:2 core:64 pu:1\"",
      .set = set_topology },
    { "ranks-started", 0, "N",
      "with --dry-run: plan as for mpirun -np N; default one rank per core, or 1 without MPI",
      .set = set_ranks_started },
    { "show-binding", 0, NULL, "print the CPU on which every worker ran", FLAG(show_binding) },
    { "list", 0, NULL, "list kernels with formula, loads, stores and flops per element",
      .action = RXT_ACTION_LIST },
    { "progress", 0, "WORD", "show progress on stderr", WORD(progress_vocabulary, progress) },
    { "quiet", 'q', NULL, "print only errors on stderr", FLAG(quiet) },
    { "verbose", 'v', NULL, "show every row", FLAG(verbose) },
    { "help", '?', NULL, "print this help", .action = RXT_ACTION_HELP },
    { "usage", 0, NULL, "print a short form of this help", .action = RXT_ACTION_USAGE },
    { "version", 'V', NULL, "print the version", .action = RXT_ACTION_VERSION },
};

int rxt_settings_options(rxt_lesson lesson, const rxt_option *option[RXT_OPTIONS])
{
    int own, count = 0;
    const rxt_option *first = rxt_settings_lesson_options(lesson, &own);

    for (int i = 0; i < own; i++)
        option[count++] = &first[i];
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        option[count++] = &options[i];
    return count;
}
