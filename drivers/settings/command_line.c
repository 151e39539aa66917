/* command_line.c - reads the options on a command line, of a driver or of a verb of rxt. */
#include "settings/command_line.h"

#include <errno.h>
#include <string.h>

#include "base/list.h"

enum {
    LONG_ONLY = 256, /* keys of options without a letter start here */
    MOST = 64        /* options of one command line                 */
};

/* The state of the parser. */
typedef struct parse {
    const rxt_command_line *line;
    rxt_status status;
    bool ends;
    int next; /* index of the first argument that is not understood yet */
} parse;

int rxt_command_line_key(char letter, int index)
{
    return letter ? letter : LONG_ONLY + index;
}

static int index_of(const rxt_command_line *line, int key)
{
    for (int o = 0; line->option[o].name; o++)
        if (line->option[o].key == key)
            return o;
    return -1;
}

static error_t take(int key, char *value, struct argp_state *state)
{
    parse *p = state->input;
    int index = index_of(p->line, key);

    if (index < 0 && key != ARGP_KEY_ARG)
        return ARGP_ERR_UNKNOWN;
    p->next = state->next;
    p->status = p->line->take(p->line->arg, index, value, &p->ends);
    return p->status ? EINVAL : p->ends ? ECANCELED : 0;
}

/* ---- what was wrong ---- */

static rxt_status unknown_long(const rxt_command_line *line, const char *name, int length)
{
    const char *names[MOST], *nearest;
    int count = 0;

    for (; line->option[count].name && count < MOST; count++)
        names[count] = line->option[count].name;
    nearest = rxt_list_nearest(name, (size_t)length, count, names);
    return rxt_status_of(RXT_USAGE, "unknown option --%.*s; %s%s%s%s lists the options", length,
                         name, nearest ? "did you mean --" : "", nearest ? nearest : "",
                         nearest ? "? " : "", line->help);
}

static rxt_status no_value(const struct argp_option *option)
{
    return rxt_status_of(RXT_USAGE, "--%s: a value is missing; write --%s=%s", option->name,
                         option->name, option->arg);
}

/* The number of options that begin with these `length` bytes. If one is exactly that name, only
 * this one counts. */
static int match_long(const rxt_command_line *line, const char *name, size_t length,
                      const struct argp_option **match)
{
    int matches = 0;

    for (const struct argp_option *o = line->option; o->name; o++) {
        if (strncmp(o->name, name, length))
            continue;
        *match = o;
        matches++;
        if (!o->name[length])
            return 1;
    }
    return matches;
}

/* The error for an option of the form --NAME or --NAME=VALUE. */
static rxt_status explain_long(const rxt_command_line *line, const char *name)
{
    const struct argp_option *match = NULL;
    size_t length = strcspn(name, "=");
    int matches = match_long(line, name, length, &match), shown = length < 200 ? (int)length : 200;

    if (!matches)
        return unknown_long(line, name, shown);
    if (matches > 1)
        return rxt_status_of(RXT_USAGE, "option --%.*s is ambiguous; %s lists the options", shown,
                             name, line->help);
    if (match->arg)
        return no_value(match);
    return rxt_status_of(RXT_USAGE, "--%s takes no value; write --%s alone", match->name,
                         match->name);
}

/* The error for options as letters after one dash, such as -qv. */
static rxt_status explain_letters(const rxt_command_line *line, const char *letter)
{
    int index = -1;

    for (; *letter; letter++) {
        index = index_of(line, (unsigned char)*letter);
        if (index < 0)
            return rxt_status_of(RXT_USAGE, "unknown option -%.*s; %s lists the options",
                                 (unsigned char)*letter < 128 ? 1 : 4, letter, line->help);
        if (line->option[index].arg)
            break;
    }
    return no_value(&line->option[index]);
}

/* Finds out why argp stopped although `take` returned no error: getopt refused the option at
 * `next`. */
static rxt_status explain(const rxt_command_line *line, int argc, char **argv, int next)
{
    const char *option = next < argc ? argv[next] : "";

    if (!strncmp(option, "--", 2))
        return explain_long(line, option + 2);
    return explain_letters(line, option + 1);
}

rxt_status rxt_command_line_read(const rxt_command_line *line, int argc, char **argv)
{
    const struct argp argp = { .options = line->option, .parser = take };
    parse p = { .line = line, .next = 1 };
    error_t error = argp_parse(
        &argp, argc, argv, ARGP_NO_EXIT | ARGP_NO_ERRS | ARGP_NO_HELP | ARGP_IN_ORDER, NULL, &p);

    if (p.ends)
        return RXT_OK;
    if (error == ENOMEM)
        return rxt_status_no_memory("to read the command line");
    return error && !p.status ? explain(line, argc, argv, p.next) : p.status;
}
