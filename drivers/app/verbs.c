/* verbs.c - from the command line to the exit code, for programs of several verbs. */
#include "app/verb.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "report/report.h"
#include <rxt/version.h>

#include "app/start.h"

enum { HELP = 1000, USAGE, FIRST, MOST_VERBS = 16 }; /* getopt's values of long options */

static void put_message(const char *program, const char *text)
{
    char line[2 * RXT_STATUS_TEXT];

    snprintf(line, sizeof line, "%s: %s", program, text);
    fprintf(stderr, "%s\n", rxt_text_plain(line));
}

static void say(const rxt_verb_line *line, const char *text)
{
    put_message(line->program, text);
}

static int end(const char *program, rxt_status st)
{
    int code = (int)rxt_status_code(st);

    if (st)
        put_message(program, st->text);
    rxt_status_free(st);
    return code;
}

/* What was printed must have got there. */
static rxt_status flush(void)
{
    if (!fflush(stdout) && !ferror(stdout))
        return RXT_OK;
    return rxt_status_of(RXT_ENVIRONMENT, "cannot write to standard output (%s)",
                         rxt_status_reason(errno));
}

/* ---- help ---- */

static void put_usage(FILE *file, const rxt_verb_program *p)
{
    fprintf(file, "Usage: %s VERB [ARGUMENT...]\n", p->name);
    for (int v = 0; p->verb[v]; v++)
        fprintf(file, "       %s %s %s\n", p->name, p->verb[v]->name, p->verb[v]->arguments);
}

static void put_help(FILE *file, const rxt_verb_program *p)
{
    put_usage(file, p);
    fprintf(file, "%s\n\n", p->purpose);
    for (int v = 0; p->verb[v]; v++)
        fprintf(file, "  %-10s %s\n", p->verb[v]->name, p->verb[v]->purpose);
    fprintf(
        file,
        "\n%s VERB --help tells a verb's options; --help, --usage, --version are the others.\n\n"
        "Exit codes: 0 done, 2 the command line or a file is at fault, 3 the environment is "
        "(memory, files, a missing tool).\n",
        p->name);
}

static void put_verb_help(FILE *file, const rxt_verb_program *p, const rxt_verb *verb, bool brief)
{
    fprintf(file, "Usage: %s %s %s\n", p->name, verb->name, verb->arguments);
    if (brief)
        return;
    fprintf(file, "%s\n\n", verb->purpose);
    for (int o = 0; o < verb->options; o++) {
        const rxt_verb_option *option = &verb->option[o];
        char name[60];

        snprintf(name, sizeof name, "%s%s%s", option->name, option->value ? "=" : "",
                 option->value ? option->value : "");
        fprintf(file, "  %c%c%c --%-18s %s\n", option->letter ? '-' : ' ',
                option->letter ? option->letter : ' ', option->letter ? ',' : ' ', name,
                option->help);
    }
    fprintf(file, "      --%-18s print this\n      --%-18s print a short form of this\n%s%s%s",
            "help", "usage", verb->notes[0] ? "\n" : "", verb->notes, verb->notes[0] ? "\n" : "");
}

/* ---- a verb's line ---- */

typedef struct tables {
    struct option names[RXT_VERB_OPTIONS + 3];
    char letters[2 * RXT_VERB_OPTIONS + 3];
} tables;

/* getopt's: with a colon in front it is silent, and tells a missing value from an unknown option.
 */
static void fill_tables(const rxt_verb *verb, tables *t)
{
    size_t length = 0;

    t->letters[length++] = ':';
    for (int o = 0; o < verb->options; o++) {
        const rxt_verb_option *option = &verb->option[o];

        t->names[o] = (struct option){ .name = option->name,
                                       .has_arg = option->value ? required_argument : no_argument,
                                       .val = FIRST + o };
        if (option->letter)
            t->letters[length++] = option->letter;
        if (option->letter && option->value)
            t->letters[length++] = ':';
    }
    t->letters[length] = '\0';
    t->names[verb->options] = (struct option){ .name = "help", .val = HELP };
    t->names[verb->options + 1] = (struct option){ .name = "usage", .val = USAGE };
    t->names[verb->options + 2] = (struct option){ 0 };
}

static int index_of(const rxt_verb *verb, int key)
{
    for (int o = 0; o < verb->options && key < FIRST; o++)
        if (verb->option[o].letter == key)
            return o;
    return key - FIRST;
}

/* What getopt would not take: it stands before the next argument. */
static rxt_status explain(const rxt_verb_program *p, const rxt_verb *verb, const char *argument,
                          int key)
{
    size_t length = strcspn(argument, "=");

    if (key == ':')
        return rxt_status_of(RXT_USAGE, "%s: %.100s: a value is missing", verb->name, argument);
    if (!strncmp(argument, "--", 2))
        for (int o = 0; o < verb->options; o++)
            if (strlen(verb->option[o].name) + 2 == length &&
                !strncmp(argument + 2, verb->option[o].name, length - 2))
                return rxt_status_of(RXT_USAGE, "%s: --%s takes no value", verb->name,
                                     verb->option[o].name);
    return rxt_status_of(RXT_USAGE, "%s: unknown option %.100s; %s %s --help lists the options",
                         verb->name, argument, p->name, verb->name);
}

/* Understands the options; *only: HELP or USAGE, which end the command line, else 0. */
static rxt_status read_line(const rxt_verb_program *p, const rxt_verb *verb, int argc, char **argv,
                            rxt_verb_line *line, int *only)
{
    tables t;
    int key;

    fill_tables(verb, &t);
    *only = 0;
    optind = 0; /* glibc: begin anew */
    while ((key = getopt_long(argc, argv, t.letters, t.names, NULL)) != -1) {
        if (key == HELP || key == USAGE) {
            *only = key;
            return RXT_OK;
        }
        if (key == ':' || key == '?') { /* in "-lead.json" it is the letter that is unknown */
            const char letter[] = { '-', (char)optopt, '\0' };
            bool unknown = key == '?' && optopt > 0 && optopt < FIRST && !strchr(t.letters, optopt);

            return explain(p, verb, unknown ? letter : argv[optind - 1], key);
        }
        line->value[index_of(verb, key)] = optarg ? optarg : "";
    }
    line->arguments = argc - optind;
    line->argument = argv + optind;
    return RXT_OK;
}

static rxt_status run_verb(const rxt_verb_program *p, const rxt_verb *verb, int argc, char **argv)
{
    rxt_verb_line line = { .say = say, .program = p->name };
    int only;
    rxt_status st = read_line(p, verb, argc, argv, &line, &only);

    if (st)
        return st;
    if (!only) {
        st = verb->run(&line); /* first of the two, whichever a compiler would call first */
        return rxt_status_first(st, flush());
    }
    put_verb_help(stdout, p, verb, only == USAGE);
    return flush();
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
    return flush();
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
