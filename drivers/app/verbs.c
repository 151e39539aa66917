/* verbs.c - the main function of programs with several verbs: from the command line to the exit
 * code. */
#include "app/verb.h"

#include <stdio.h>
#include <string.h>

#include "base/list.h"
#include <rxt/version.h>

#include "app/output.h"
#include "app/start.h"
#include "settings/command_line.h"

enum { MOST_VERBS = 16 };

static void say(const rxt_verb_line *line, const char *text)
{
    rxt_output_message(line->program, text);
}

static int end(const char *program, rxt_status st)
{
    int code = (int)rxt_status_code(st);

    if (st)
        rxt_output_message(program, st->text);
    rxt_status_free(st);
    return code;
}

/* ---- help ---- */

static void put_usage(FILE *file, const rxt_verb_program *p)
{
    fprintf(file, "Usage: %s VERB [ARGUMENT...]\n", p->name);
    for (int v = 0; p->verb[v]; v++)
        fprintf(file, "       %s %s [OPTION...] %s\n", p->name, p->verb[v]->name,
                p->verb[v]->arguments);
}

static void put_help(FILE *file, const rxt_verb_program *p)
{
    put_usage(file, p);
    fprintf(file, "%s\n\n", p->purpose);
    for (int v = 0; p->verb[v]; v++)
        fprintf(file, "  %-10s %s\n", p->verb[v]->name, p->verb[v]->purpose);
    fprintf(file,
            "\n%s VERB --help prints the options of a verb.\n\nExit codes: 0 done, 2 error in the "
            "command line or a file, 3 error in the environment (memory, files, a missing tool).\n",
            p->name);
}

/* Fills `table` with the verb's options, then --help and --usage, which all verbs have. */
static void argp_options(const rxt_verb *verb, struct argp_option table[RXT_VERB_OPTIONS + 3])
{
    int count = verb->options;

    for (int o = 0; o < count; o++)
        table[o] = (struct argp_option){ .name = verb->option[o].name,
                                         .key = rxt_command_line_key(verb->option[o].letter, o),
                                         .arg = verb->option[o].value,
                                         .doc = verb->option[o].help,
                                         .group = o + 1 };
    table[count] = (struct argp_option){
        .name = "help", .key = '?', .doc = "print this help", .group = count + 1
    };
    table[count + 1] = (struct argp_option){ .name = "usage",
                                             .key = rxt_command_line_key('\0', count + 1),
                                             .doc = "print a short form of this help",
                                             .group = count + 2 };
    table[count + 2] = (struct argp_option){ 0 };
}

static void put_verb_help(FILE *file, const rxt_verb_program *p, const rxt_verb *verb, bool brief)
{
    struct argp_option table[RXT_VERB_OPTIONS + 3];
    char name[60], doc[1000];
    const struct argp argp = { .options = table, .args_doc = verb->arguments, .doc = doc };

    argp_options(verb, table);
    snprintf(name, sizeof name, "%s %s", p->name, verb->name);
    snprintf(doc, sizeof doc, "%s\v%s", verb->purpose, verb->notes ? verb->notes : "");
    argp_help(&argp, file, brief ? ARGP_HELP_USAGE : ARGP_HELP_STD_HELP, name);
}

/* ---- a verb's line ---- */

typedef struct reading {
    const rxt_verb *verb;
    rxt_verb_line *line;
    bool help, usage;
} reading;

/* Takes one option, or an argument (index < 0). Arguments are moved to the front of argv, over
 * options that have been read already. */
static rxt_status take(void *arg, int index, char *value, bool *ends)
{
    reading *r = arg;

    if (index < 0)
        r->line->argument[r->line->arguments++] = value;
    else if (index < r->verb->options)
        r->line->value[index] = value ? value : "";
    r->help = index == r->verb->options;
    r->usage = index == r->verb->options + 1;
    *ends = r->help || r->usage;
    return RXT_OK;
}

static rxt_status run_verb(const rxt_verb_program *p, const rxt_verb *verb, int argc, char **argv)
{
    struct argp_option table[RXT_VERB_OPTIONS + 3];
    rxt_verb_line line = { .argument = argv + 1, .say = say, .program = p->name };
    reading r = { .verb = verb, .line = &line };
    char help[60];
    rxt_status st;

    argp_options(verb, table);
    snprintf(help, sizeof help, "%s %s --help", p->name, verb->name);
    st = rxt_command_line_read(
        &(rxt_command_line){ .option = table, .help = help, .take = take, .arg = &r }, argc, argv);
    if (st)
        return st;
    if (r.help || r.usage)
        put_verb_help(stdout, p, verb, r.usage);
    else
        st = verb->run(&line);
    return rxt_status_first(st, rxt_output_flush());
}

/* ---- which verb ---- */

static const rxt_verb *verb_of(const rxt_verb_program *p, const char *name)
{
    for (int v = 0; p->verb[v]; v++)
        if (!strcmp(p->verb[v]->name, name))
            return p->verb[v];
    return NULL;
}

static rxt_status unknown(const rxt_verb_program *p, const char *name)
{
    const char *names[MOST_VERBS], *nearest;
    int count = 0;

    for (; p->verb[count] && count < MOST_VERBS; count++)
        names[count] = p->verb[count]->name;
    nearest = rxt_list_nearest(name, strlen(name), count, names);
    return rxt_status_of(RXT_USAGE, "%.100s: no such %s%s%s%s; %s --help lists the verbs",
                         *name ? name : "an empty argument", *name == '-' ? "option" : "verb",
                         nearest ? "; did you mean " : "", nearest ? nearest : "",
                         nearest ? "?" : "", p->name);
}

static rxt_status about(const rxt_verb_program *p, const char *option)
{
    if (!strcmp(option, "--help"))
        put_help(stdout, p);
    else if (!strcmp(option, "--usage"))
        put_usage(stdout, p);
    else if (!strcmp(option, "--version") || !strcmp(option, "-V"))
        printf("%s (rxt) %s\ncommit %s, %s %s\n", p->name, RXT_VERSION, RXT_COMMIT, RXT_COMPILER,
               RXT_FLAGS);
    else
        return unknown(p, option);
    return rxt_output_flush();
}

int rxt_verbs(const rxt_verb_program *p, int argc, char **argv)
{
    const rxt_verb *verb = argc > 1 ? verb_of(p, argv[1]) : NULL;

    rxt_main_begin();
    if (argc < 2) {
        put_usage(stderr, p);
        return RXT_USAGE;
    }
    if (!verb)
        return end(p->name, about(p, argv[1]));
    return end(p->name, run_verb(p, verb, argc - 1, argv + 1));
}
