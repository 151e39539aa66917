/* settings.c - a study's settings: a driver's preset, changed by the command line. */
#include "settings/settings.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "comm/comm.h"
#include "settings/command_line.h"
#include "support/slab.h"

enum { HELP = 600 }; /* bytes of the longest help of an option */

static void argp_options(const rxt_preset *preset, struct argp_option table[RXT_OPTIONS + 1])
{
    const rxt_option *option[RXT_OPTIONS];
    int count = rxt_settings_options(preset->lesson, option);

    for (int i = 0; i < count; i++)
        table[i] = (struct argp_option){
            .name = option[i]->name,
            .key = rxt_command_line_key(option[i]->letter, i),
            .arg = option[i]->value,
            .flags = option[i]->optional ? OPTION_ARG_OPTIONAL : 0,
            .doc = option[i]->help,
            .group = i + 1, /* keeps the order of the table, not of the alphabet */
        };
    table[count] = (struct argp_option){ 0 };
}

/* An option's help, with its words. The defaults of a driver are printed below the options. */
static char *help_of(const rxt_preset *preset, const rxt_option *option, char text[HELP])
{
    char words[HELP] = "";
    bool own = preset->lesson != RXT_LESSON_NONE && option->own_help;

    if (option->words && !own)
        rxt_vocabulary_help(option->words, words, sizeof words);
    snprintf(text, HELP, "%s", own ? option->own_help : option->help);
    if (*words)
        rxt_text_append(text, HELP, ": %s", words);
    return text;
}

/* --help, --usage and --version end the command line: the rest is ignored. */
static bool only_prints(const rxt_settings *settings)
{
    return settings->action == RXT_ACTION_HELP || settings->action == RXT_ACTION_USAGE ||
           settings->action == RXT_ACTION_VERSION;
}

static rxt_status lay(const rxt_option *option, rxt_settings *settings, const char *value)
{
    rxt_status st = option->set ? option->set(settings, value) : RXT_OK;

    if (option->at)
        return st ? st : rxt_settings_words(option, settings, value);
    if (option->set)
        return st;
    if (option->flag)
        *(bool *)((char *)settings + option->flag) = true;
    else
        settings->action = option->action;
    return RXT_OK;
}

static rxt_status take(void *arg, int index, char *value, bool *ends)
{
    rxt_settings *settings = arg;
    const rxt_option *option[RXT_OPTIONS];
    rxt_status st;

    if (index < 0)
        return rxt_status_of(RXT_USAGE, "%.200s: not an option; --help lists the options",
                             *value ? value : "an empty argument");
    rxt_settings_options(settings->preset->lesson, option);
    st = lay(option[index], settings, value);
    *ends = only_prints(settings);
    return st;
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
    settings->epochs = 8;
    settings->budget = 30;
    settings->seed = 1;
    settings->teams = settings->combines = settings->binds = 1; /* the first word each */
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
    const rxt_command_line line = {
        .option = table, .help = "--help", .take = take, .arg = settings
    };
    rxt_status st = defaults(preset, settings);

    argp_options(preset, table);
    if (!st)
        st = rxt_command_line_read(&line, argc, argv);
    return st || only_prints(settings) ? st : rxt_settings_check(settings);
}

void rxt_settings_help(FILE *file, const rxt_preset *preset, bool brief)
{
    struct argp_option table[RXT_OPTIONS + 1];
    const rxt_option *option[RXT_OPTIONS];
    int count = rxt_settings_options(preset->lesson, option);
    char help[RXT_OPTIONS][HELP], doc[1400], name[64], own[300] = "";
    const struct argp argp = { .options = table, .doc = doc };

    argp_options(preset, table);
    for (int i = 0; i < count; i++)
        table[i].doc = help_of(preset, option[i], help[i]);
    snprintf(name, sizeof name, "%s", preset->program);
    if (preset->sizes && preset->splits)
        snprintf(own, sizeof own, "Defaults of %s: --size=%s, --splits=%s%s.\n\n", name,
                 preset->sizes, preset->splits,
                 preset->most_workers ? ", also with more workers than cores" : "");
    snprintf(doc, sizeof doc,
             "%s\n%s\v%s"
             "LIST is comma-separated: numbers, START:STOP:xFACTOR or START:STOP:+STEP, with k M G "
             "(1000) and Ki Mi Gi (1024), also 1e6.\n\n"
             "Exit codes: 0 measured and verified, 2 usage, 3 environment (memory, binding, files, "
             "MPI), 4 stopped early, 5 a wrong result.",
             preset->purpose,
             rxt_comm_many() ? "Start it with mpirun -np P to compare processes; alone it compares "
                               "threads."
                             : "It compares threads; a build with MPI compares processes too.",
             own);
    argp_help(&argp, file, brief ? ARGP_HELP_USAGE : ARGP_HELP_STD_HELP, name);
}
