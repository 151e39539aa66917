/* settings.c - a study's settings: a driver's preset, over which the command line is laid.
 *
 * glibc's argp finds the options and formats the help, but is kept from printing and exiting: every
 * rank parses, and main alone speaks. Silenced so, it does not tell what was wrong; `explain`
 * does. */
#include <rxt/settings.h>

#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <rxt/comm.h>
#include <rxt/list.h>
#include <rxt/slab.h>

enum { LEAST_ROUNDS = 6 }; /* below, rxt_sample_rank has no interval */
enum { LONG_ONLY = 256 };  /* argp's keys of options without a letter start here */

/* What the parser carries along. */
typedef struct parse {
    rxt_settings *settings;
    rxt_status status;
    int next; /* index of the first argument that is not understood yet */
} parse;

static const rxt_option *option_of(int key)
{
    int count;
    const rxt_option *option = rxt_settings_options(&count);

    for (int i = 0; i < count; i++)
        if (key == (option[i].letter ? option[i].letter : LONG_ONLY + i))
            return &option[i];
    return NULL;
}

static void argp_options(struct argp_option table[RXT_OPTIONS + 1])
{
    int count;
    const rxt_option *option = rxt_settings_options(&count);

    for (int i = 0; i < count; i++)
        table[i] = (struct argp_option){
            .name = option[i].name,
            .key = option[i].letter ? option[i].letter : LONG_ONLY + i,
            .arg = option[i].value,
            .flags = option[i].optional ? OPTION_ARG_OPTIONAL : 0,
            .doc = option[i].help,
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
    option = option_of(key);
    if (!option)
        return ARGP_ERR_UNKNOWN;
    p->next = state->next;
    p->status = lay(option, p->settings, value);
    return p->status ? EINVAL : 0;
}

static rxt_status unknown_long(const char *name, size_t length)
{
    const char *names[RXT_OPTIONS], *nearest;
    int count;
    const rxt_option *option = rxt_settings_options(&count);

    for (int i = 0; i < count; i++)
        names[i] = option[i].name;
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
static rxt_status explain_long(const char *name)
{
    size_t length = strcspn(name, "=");
    int count, matches = 0;
    const rxt_option *option = rxt_settings_options(&count), *match = NULL;

    for (int i = 0; i < count; i++) {
        if (strncmp(option[i].name, name, length))
            continue;
        match = &option[i];
        matches++;
        if (!option[i].name[length]) {
            matches = 1;
            break;
        }
    }
    length = length < 200 ? length : 200;
    if (!matches)
        return unknown_long(name, length);
    if (matches > 1)
        return rxt_status_of(RXT_USAGE, "option --%.*s could be several; --help lists the options",
                             (int)length, name);
    if (match->value)
        return no_value(match);
    return rxt_status_of(RXT_USAGE, "--%s takes no value; write --%s alone", match->name,
                         match->name);
}

/* The same of a cluster of letters. */
static rxt_status explain_letters(const char *letter)
{
    const rxt_option *option = NULL;

    for (; *letter; letter++) {
        option = option_of((unsigned char)*letter);
        if (!option)
            return rxt_status_of(RXT_USAGE, "unknown option -%.*s; --help lists the options",
                                 (unsigned char)*letter < 128 ? 1 : 4, letter);
        if (option->value)
            break;
    }
    return no_value(option);
}

/* argp stopped without a word from `take`: getopt did not take the option at `next`. */
static rxt_status explain(int argc, char **argv, int next)
{
    const char *option = next < argc ? argv[next] : "";

    if (!strncmp(option, "--", 2))
        return explain_long(option + 2);
    return explain_letters(option + 1);
}

/* What is left where the launcher put it cannot be put elsewhere. */
static rxt_status check_none(const rxt_settings *s)
{
    for (int b = 0; b < s->binds; b++)
        if (s->bind[b] == RXT_BIND_NONE && (s->has_cpus || s->cores > 0))
            return rxt_status_of(RXT_USAGE,
                                 "--%s: does not go with --bind=none, which leaves workers where "
                                 "the launcher put them; leave one of them out",
                                 s->has_cpus ? "cpus" : "cores");
    return RXT_OK;
}

static rxt_status only_dry(int ranks)
{
    if (!rxt_comm_many())
        return rxt_status_of(RXT_USAGE,
                             "--ranks-started=%d: only with --dry-run; this build has no MPI, and "
                             "measures one rank",
                             ranks);
    return rxt_status_of(RXT_USAGE,
                         "--ranks-started=%d: only with --dry-run; to measure, start with mpirun "
                         "-np %d",
                         ranks, ranks);
}

bool rxt_settings_own(const rxt_settings *s)
{
    for (int a = 0; a < RXT_OWN; a++)
        if (s->own[a])
            return true;
    return false;
}

int rxt_settings_inputs(const rxt_settings *s)
{
    int most = 0;

    for (int k = 0; k < s->kernels; k++)
        most = rxt_inputs_of(s->kernel[k]) > most ? rxt_inputs_of(s->kernel[k]) : most;
    return most;
}

/* Files have a length of their own, and go to kernels that have such an operand. */
static rxt_status check_own(const rxt_settings *s)
{
    const char *file = s->own[0] ? "--x" : "--y";
    int inputs = rxt_settings_inputs(s);

    if (s->size_given)
        return rxt_status_of(RXT_USAGE,
                             "--size: does not go with %s, whose length is the size; leave one of "
                             "them out",
                             file);
    if (s->weak)
        return rxt_status_of(RXT_USAGE,
                             "--scaling=weak: does not go with %s, whose length is the same for "
                             "all splits; leave one of them out",
                             file);
    for (int a = 0; a < RXT_OWN; a++)
        if (s->own[a] && inputs <= a)
            return rxt_status_of(RXT_USAGE,
                                 "--%c=%.200s: no kernel chosen reads a %s operand; leave it out",
                                 "xy"[a], s -> own[a], a == 0 ? "first" : "second");
    return RXT_OK;
}

static bool driven(const rxt_settings *s, const rxt_kernel *kernel)
{
    for (int t = 0; t < s->teams; t++)
        if (rxt_team_drives(s->team[t], kernel))
            return true;
    return false;
}

/* In a list of teams it is left out of those that cannot drive it. */
static rxt_status check_teams(const rxt_settings *s)
{
    for (int k = 0; k < s->kernels; k++)
        if (!driven(s, s->kernel[k]))
            return rxt_status_of(RXT_USAGE,
                                 "--team=%s: %s brings its own threads; leave it out of --kernel, "
                                 "or measure both with --team=%s,%s",
                                 rxt_team_kind_name(s->team[0]), s->kernel[k]->name,
                                 rxt_team_kind_name(RXT_TEAM_FORKJOIN),
                                 rxt_team_kind_name(s->team[0]));
    return RXT_OK;
}

/* Two ways to say the same. */
static rxt_status check_ranks(const rxt_settings *s)
{
    if (s->points.rank_count && s->points.per_node_count)
        return rxt_status_of(RXT_USAGE,
                             "--ranks-per-node: does not go with --ranks, which counts the ranks "
                             "of all nodes; leave one of them out");
    return RXT_OK;
}

/* Without intervals nothing is ever sure. */
static rxt_status check_break_even(const rxt_settings *s)
{
    if (s->break_even && s->rounds_max < LEAST_ROUNDS)
        return rxt_status_of(RXT_USAGE,
                             "--break-even: intervals need %d rounds, and --rounds allows %d; give "
                             "--rounds=%d or more",
                             LEAST_ROUNDS, s->rounds_max, LEAST_ROUNDS);
    return RXT_OK;
}

/* A driver without kernels of its own leaves the choice to the user. */
static rxt_status check_kernels(const rxt_settings *s)
{
    if (s->kernels == 0 && s->action != RXT_ACTION_LIST)
        return rxt_status_of(RXT_USAGE,
                             "--kernel: which? Name one or several, -k NAME,…, or -k all; --list "
                             "shows them");
    return RXT_OK;
}

static rxt_status check(rxt_settings *s)
{
    rxt_status st = rxt_status_first(check_kernels(s), check_none(s));

    if (!st)
        st = rxt_settings_typed(s);
    if (!st)
        st = check_teams(s);
    if (!st)
        st = check_ranks(s);
    if (!st)
        st = check_break_even(s);
    if (!st && rxt_settings_own(s)) {
        st = check_own(s);
        s->sizes = 0;
    }
    if (st)
        return st;
    if (s->action == RXT_ACTION_DRY_RUN || s->action == RXT_ACTION_LIST)
        return RXT_OK;
    if (s->resume && !s->output)
        return rxt_status_of(RXT_USAGE,
                             "--resume: goes on with the study in --output; name its file with -o");
    if (s->topology)
        return rxt_status_of(RXT_USAGE,
                             "--topology=%.200s: another machine can only be planned "
                             "for; add --dry-run",
                             s->topology);
    if (s->ranks_started)
        return only_dry(s->ranks_started);
    return RXT_OK;
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
    settings->wish =
        (rxt_task_wish){ .switch_interval = 5e-3, .service_time = 10e-3, .compute_share = 0.5 };
    st = preset->kernels ? rxt_settings_kernel(settings, preset->kernels) : RXT_OK;
    if (!st)
        st = rxt_settings_size(settings, preset->sizes ? preset->sizes : "1k,100k,10M");
    settings->size_given = false;
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
    argp_options(table);
    error = argp_parse(&argp, argc, argv,
                       ARGP_NO_EXIT | ARGP_NO_ERRS | ARGP_NO_HELP | ARGP_IN_ORDER, NULL, &p);
    if (only_prints(settings))
        return RXT_OK;
    if (error == ENOMEM)
        return rxt_status_of(RXT_ENVIRONMENT, "out of memory while reading the command line");
    if (error && !p.status)
        p.status = explain(argc, argv, p.next);
    return p.status ? p.status : check(settings);
}

void rxt_settings_help(FILE *file, const rxt_preset *preset, bool brief)
{
    struct argp_option table[RXT_OPTIONS + 1];
    char doc[1000], name[64];
    const struct argp argp = { .options = table, .parser = take, .doc = doc };

    argp_options(table);
    snprintf(name, sizeof name, "%s", preset->program);
    snprintf(doc, sizeof doc,
             "%s\n%s\v"
             "LIST is comma-separated: numbers, START:STOP:xFACTOR or START:STOP:+STEP, with k M G "
             "(1000) and Ki Mi Gi (1024), also 1e6.\n\n"
             "Exit codes: 0 measured and verified, 2 usage, 3 environment (memory, binding, files, "
             "MPI), 4 stopped early, 5 a wrong result.",
             preset->purpose,
             rxt_comm_many() ? "Start it with mpirun -np P to compare processes too; alone it "
                               "compares threads."
                             : "It compares threads; a build with MPI compares processes too.");
    argp_help(&argp, file, brief ? ARGP_HELP_USAGE : ARGP_HELP_STD_HELP, name);
}
