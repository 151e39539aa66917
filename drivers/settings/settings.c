/* settings.c - a study's settings: a driver's preset, over which the command line is laid.
 *
 * glibc's argp finds the options and formats the help, but is kept from printing and exiting: every
 * rank parses, and main alone speaks. Silenced so, it does not tell what was wrong; `explain`
 * does. */
#include "settings/settings.h"

#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/list.h"
#include "comm/comm.h"
#include "support/slab.h"

enum { LONG_ONLY = 256 }; /* argp's keys of options without a letter start here */

/* What the parser carries along. */
typedef struct parse {
    rxt_settings *settings;
    rxt_status status;
    int next; /* index of the first argument that is not understood yet */
} parse;

static const rxt_option *option_of(rxt_lesson lesson, int key)
{
    const rxt_option *option[RXT_OPTIONS];
    int count = rxt_settings_options(lesson, option);

    for (int i = 0; i < count; i++)
        if (key == (option[i]->letter ? option[i]->letter : LONG_ONLY + i))
            return option[i];
    return NULL;
}

/* A driver's own defaults stand below the options. */
static const char *help_of(const rxt_preset *preset, const rxt_option *option)
{
    bool own = preset->lesson != RXT_LESSON_NONE && option->own_help;

    return own ? option->own_help : option->help;
}

static void argp_options(const rxt_preset *preset, struct argp_option table[RXT_OPTIONS + 1])
{
    const rxt_option *option[RXT_OPTIONS];
    int count = rxt_settings_options(preset->lesson, option);

    for (int i = 0; i < count; i++)
        table[i] = (struct argp_option){
            .name = option[i]->name,
            .key = option[i]->letter ? option[i]->letter : LONG_ONLY + i,
            .arg = option[i]->value,
            .flags = option[i]->optional ? OPTION_ARG_OPTIONAL : 0,
            .doc = help_of(preset, option[i]),
            .group = i + 1, /* in the table's order, not the alphabet's */
        };
    table[count] = (struct argp_option){ 0 };
}

/* --help, --usage and --version end the command line: what follows is not looked at. */
static bool only_prints(const rxt_settings *settings)
{
    return settings->action == RXT_ACTION_HELP || settings->action == RXT_ACTION_USAGE ||
           settings->action == RXT_ACTION_VERSION;
}

static rxt_status lay(const rxt_option *option, rxt_settings *settings, const char *value)
{
    if (option->set)
        return option->set(settings, value);
    if (option->flag)
        *(bool *)((char *)settings + option->flag) = true;
    else
        settings->action = option->action;
    return RXT_OK;
}

static error_t take(int key, char *value, struct argp_state *state)
{
    parse *p = state->input;
    const rxt_option *option;

    if (only_prints(p->settings))
        return 0;
    if (key == ARGP_KEY_ARG) {
        p->status = rxt_status_of(RXT_USAGE, "%.200s: not an option; --help lists the options",
                                  *value ? value : "an empty argument");
        return EINVAL;
    }
    option = option_of(p->settings->preset->lesson, key);
    if (!option)
        return ARGP_ERR_UNKNOWN;
    p->next = state->next;
    p->status = lay(option, p->settings, value);
    return p->status ? EINVAL : 0;
}

static rxt_status unknown_long(rxt_lesson lesson, const char *name, size_t length)
{
    const char *names[RXT_OPTIONS], *nearest;
    const rxt_option *option[RXT_OPTIONS];
    int count = rxt_settings_options(lesson, option);

    for (int i = 0; i < count; i++)
        names[i] = option[i]->name;
    nearest = rxt_list_nearest(name, length, count, names);
    if (nearest)
        return rxt_status_of(RXT_USAGE,
                             "unknown option --%.*s; did you mean --%s? --help lists the options",
                             (int)length, name, nearest);
    return rxt_status_of(RXT_USAGE, "unknown option --%.*s; --help lists the options", (int)length,
                         name);
}

static rxt_status no_value(const rxt_option *option)
{
    return rxt_status_of(RXT_USAGE, "--%s: a value is missing; write --%s=%s", option->name,
                         option->name, option->value);
}

/* What is wrong with --NAME or --NAME=VALUE, which getopt would not take. */
static rxt_status explain_long(rxt_lesson lesson, const char *name)
{
    const rxt_option *option[RXT_OPTIONS], *match = NULL;
    size_t length = strcspn(name, "=");
    int count = rxt_settings_options(lesson, option), matches = 0;

    for (int i = 0; i < count; i++) {
        if (strncmp(option[i]->name, name, length))
            continue;
        match = option[i];
        matches++;
        if (!option[i]->name[length]) {
            matches = 1;
            break;
        }
    }
    length = length < 200 ? length : 200;
    if (!matches)
        return unknown_long(lesson, name, length);
    if (matches > 1)
        return rxt_status_of(RXT_USAGE, "option --%.*s could be several; --help lists the options",
                             (int)length, name);
    if (match->value)
        return no_value(match);
    return rxt_status_of(RXT_USAGE, "--%s takes no value; write --%s alone", match->name,
                         match->name);
}

/* The same of a cluster of letters. */
static rxt_status explain_letters(rxt_lesson lesson, const char *letter)
{
    const rxt_option *option = NULL;

    for (; *letter; letter++) {
        option = option_of(lesson, (unsigned char)*letter);
        if (!option)
            return rxt_status_of(RXT_USAGE, "unknown option -%.*s; --help lists the options",
                                 (unsigned char)*letter < 128 ? 1 : 4, letter);
        if (option->value)
            break;
    }
    return no_value(option);
}

/* argp stopped without a word from `take`: getopt did not take the option at `next`. */
static rxt_status explain(rxt_lesson lesson, int argc, char **argv, int next)
{
    const char *option = next < argc ? argv[next] : "";

    if (!strncmp(option, "--", 2))
        return explain_long(lesson, option + 2);
    return explain_letters(lesson, option + 1);
}

static rxt_status defaults(const rxt_preset *preset, rxt_settings *settings)
{
    rxt_status st;

    memset(settings, 0, sizeof *settings);
    settings->preset = preset;
    settings->action = RXT_ACTION_MEASURE;
    settings->precision = 0.01;
    settings->rounds_min = 10;
    settings->rounds_max = 1000;
    settings->budget = 30;
    settings->seed = 1;
    settings->format = RXT_FORMAT_TEXT;
    settings->progress = RXT_PROGRESS_AUTO;
    settings->team[settings->teams++] = RXT_TEAM_FORKJOIN;
    settings->combine[settings->combines++] = RXT_COMBINE_MPI;
    settings->bind[settings->binds++] = RXT_BIND_HYBRID;
    settings->splits.most_workers = preset->most_workers;
    settings->splits.oversubscribe = preset->most_workers > 0;
    settings->options =
        (rxt_task_options){ .switch_interval = 5e-3, .service_time = 10e-3, .compute_share = 0.5 };
    st = preset->kernels ? rxt_settings_kernel(settings, preset->kernels) : RXT_OK;
    if (!st)
        st = rxt_settings_size(settings, preset->sizes ? preset->sizes : "1k,100k,10M");
    settings->size_given = settings->kernel_given = false;
    return st;
}

rxt_status rxt_settings_of(const rxt_preset *preset, int argc, char **argv, rxt_settings *settings)
{
    struct argp_option table[RXT_OPTIONS + 1];
    const struct argp argp = { .options = table, .parser = take };
    parse p = { .settings = settings, .next = 1 };
    error_t error;

    p.status = defaults(preset, settings);
    if (p.status)
        return p.status;
    argp_options(preset, table);
    error = argp_parse(&argp, argc, argv,
                       ARGP_NO_EXIT | ARGP_NO_ERRS | ARGP_NO_HELP | ARGP_IN_ORDER, NULL, &p);
    if (only_prints(settings))
        return RXT_OK;
    if (error == ENOMEM)
        return rxt_status_no_memory("to read the command line");
    if (error && !p.status)
        p.status = explain(preset->lesson, argc, argv, p.next);
    return p.status ? p.status : rxt_settings_check(settings);
}

void rxt_settings_help(FILE *file, const rxt_preset *preset, bool brief)
{
    struct argp_option table[RXT_OPTIONS + 1];
    char doc[1400], name[64], own[300] = "";
    const struct argp argp = { .options = table, .parser = take, .doc = doc };

    argp_options(preset, table);
    snprintf(name, sizeof name, "%s", preset->program);
    if (preset->sizes && preset->splits)
        snprintf(own, sizeof own, "Defaults of %s: --size=%s, --splits=%s%s.\n\n", name,
                 preset->sizes, preset->splits,
                 preset->most_workers ? ", however few the cores" : "");
    snprintf(doc, sizeof doc,
             "%s\n%s\v%s"
             "LIST is comma-separated: numbers, START:STOP:xFACTOR or START:STOP:+STEP, with k M G "
             "(1000) and Ki Mi Gi (1024), also 1e6.\n\n"
             "Exit codes: 0 measured and verified, 2 usage, 3 environment (memory, binding, files, "
             "MPI), 4 stopped early, 5 a wrong result.",
             preset->purpose,
             rxt_comm_many() ? "Start it with mpirun -np P to compare processes too; alone it "
                               "compares threads."
                             : "It compares threads; a build with MPI compares processes too.",
             own);
    argp_help(&argp, file, brief ? ARGP_HELP_USAGE : ARGP_HELP_STD_HELP, name);
}
