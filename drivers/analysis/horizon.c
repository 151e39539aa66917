/* horizon.c - the splits that a study did not try, and the command that tries them.
 *
 * Plans the families diagonal and grid again for one rank per core, and removes the splits that
 * were tried. A command is printed only if it would measure splits that were not tried. */
#include "analysis/answer.h"

#include <string.h>

#include "results/sentence.h"

enum { NAMED = 6, COMMAND = 300 }; /* splits named at most; longest command line printed */

static bool tried(const rxt_rows *rows, rxt_split p)
{
    for (int i = 0; i < rows->count; i++)
        if (rxt_split_equal(rows->row[i].split, p))
            return true;
    return false;
}

static bool startable(const rxt_rows *rows, rxt_split p)
{
    return p.ranks / p.nodes <= rows->splits.ranks;
}

/* Number of splits that were not tried; with `can` those that the started ranks can run, else those
 * that the started ranks cannot run. */
static int untried(const rxt_rows *rows, const rxt_splits *all, bool can)
{
    int n = 0;

    for (int i = 0; i < all->count; i++)
        n += !tried(rows, all->split[i]) && startable(rows, all->split[i]) == can;
    return n;
}

/* Prints the command line of this study. If the options choose the splits, or the line is longer
 * than COMMAND, only the program is printed. */
static void say_command(char *text, const rxt_rows *rows)
{
    size_t length = strlen(rows->command);

    if (!rows->default_splits || length > COMMAND)
        length = strcspn(rows->command, " ");
    if (length > COMMAND)
        rxt_say(text, "%s", rows->program);
    else
        rxt_say(text, "%.*s", (int)length, rows->command);
}

static void say_ranks(char *text, const rxt_rows *rows)
{
    const rxt_splits_host *host = &rows->splits;

    rxt_say(text, "Not tried: more than %d rank%s%s; ", host->ranks, host->ranks == 1 ? "" : "s",
            host->nodes > 1 ? " per node" : "");
    if (host->single) {
        rxt_say(text, "use a build with MPI.");
        return;
    }
    rxt_say(text, "use mpirun -np %ld ", (long)host->cores * host->nodes);
    say_command(text, rows);
    rxt_say(text, ".");
}

static void say_splits(char *text, const rxt_rows *rows, const rxt_splits *all)
{
    int said = 0, left = untried(rows, all, true);

    rxt_say(text, "%sNot tried: ", text[0] ? " " : "");
    for (int i = 0; i < all->count && said < NAMED; i++) {
        rxt_split p = all->split[i];

        if (tried(rows, p) || !startable(rows, p))
            continue;
        rxt_say(text, "%s", said++ ? ", " : "");
        rxt_say_split(text, p);
    }
    if (left > said)
        rxt_say(text, " and %d more", left - said);
    if (rows->default_splits)
        rxt_say(text, "; use --splits=grid.");
    else
        rxt_say(text, "; use --splits=diagonal,grid instead of your splits.");
}

rxt_status rxt_horizon_of(const rxt_rows *rows, char text[RXT_SENTENCE])
{
    const rxt_splits_request request = { .diagonal = true, .grid = true };
    rxt_splits_host host = rows->splits;
    rxt_splits all;
    rxt_status st;

    text[0] = '\0';
    if (rows->count == 0 || host.nodes < 1 || host.cores < 1 || host.ranks < 1)
        return RXT_OK;
    if (host.ranks < host.cores)
        host.ranks = host.cores;
    st = rxt_splits_of(&request, &host, &all);
    if (st)
        return st;
    if (untried(rows, &all, false) > 0)
        say_ranks(text, rows);
    if (untried(rows, &all, true) > 0)
        say_splits(text, rows, &all);
    rxt_splits_free(&all);
    return RXT_OK;
}
