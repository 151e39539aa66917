/* verb_tour.c - `rxt tour`: the lesson on threads and processes from a folder of studies. */
#include "app/verb.h"

#include <stdio.h>

#include "tour/page.h"

enum { OUTPUT, QUIET, OPTIONS };

static const rxt_verb_option options[OPTIONS] = {
    [OUTPUT] = { "output", 'o', "FILE", "write the page into FILE.html" },
    [QUIET] = { "quiet", 'q', NULL, "no text on stdout" },
};

static rxt_status check(const rxt_verb_line *line)
{
    if (line->arguments != 1)
        return rxt_status_of(RXT_USAGE, "tour: %s; write rxt tour FOLDER -o FILE.html",
                             line->arguments ? "more than one folder is named"
                                             : "no folder of studies is named");
    if (!line->value[OUTPUT])
        return rxt_status_of(RXT_USAGE, "tour: --output is missing: name a file that ends in "
                                        ".html; write rxt tour FOLDER -o FILE.html");
    return rxt_report_tour_check("--output", line->value[OUTPUT]);
}

/* Reports damaged files; the other studies are still used. */
static void tell(const rxt_verb_line *line, const rxt_tour *tour)
{
    for (int f = 0; f < RXT_TOUR_FILES; f++)
        if (tour->damaged[f])
            line->say(line, tour->why[f]);
}

static rxt_status make(const rxt_verb_line *line)
{
    rxt_tour tour;
    rxt_status st = check(line);

    if (st)
        return st;
    st = rxt_tour_open(line->argument[0], &tour);
    if (!st)
        st = rxt_report_tour("--output", line->value[OUTPUT], &tour);
    if (!st)
        tell(line, &tour);
    if (!st && !line->value[QUIET])
        rxt_report_tour_text(stdout, &tour);
    rxt_tour_close(&tour);
    return st;
}

const rxt_verb rxt_verb_tour = {
    .name = "tour",
    .purpose = "makes the page of the lesson on threads and processes",
    .arguments = "FOLDER -o FILE.html",
    .notes =
        "FOLDER has the studies that jobs/tour.sh measured: spawn.json, share.json, lock.json and "
        "others. FILE.html is one page and needs no other file. For each sentence of the lesson "
        "it shows the question, the experiment, the answer of this machine, and the answer of "
        "CPython. stdout shows a short form of the verdicts.\n\n"
        "If a study is missing or damaged, its sentences are undecided, and the page says why.",
    .options = OPTIONS,
    .option = options,
    .run = make,
};
