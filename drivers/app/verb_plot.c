/* verb_plot.c - `rxt plot`: draws the pictures of a study from its file. */
#include "app/verb.h"

#include <stdio.h>
#include <string.h>

#include "base/atomic_file.h"
#include "base/list.h"
#include "files/study_reader.h"
#include "report/plot.h"

enum { OUTPUT, KERNEL, SIZE, TEAM, COMBINE, BIND, QUIET, OPTIONS };

static const rxt_verb_option options[OPTIONS] = {
    [OUTPUT] = { "output", 'o', "FILE", "draw into FILE.svg, FILE.png or FILE.pdf" },
    [KERNEL] = { "kernel", 'k', "NAME", "draw this kernel; default the first" },
    [SIZE] = { "size", 'n', "N", "size for the pictures that show one size; default the largest" },
    [TEAM] = { "team", 0, "NAME", "draw the rows of this team; default the first" },
    [COMBINE] = { "combine", 0, "NAME", "draw the rows of this combine; default the first" },
    [BIND] = { "bind", 0, "NAME", "draw the rows of this bind; default the first" },
    [QUIET] = { "quiet", 'q', NULL, "do not list the parts of the study that are not drawn" },
};

static rxt_status request_of(const rxt_verb_line *line, rxt_plot_request *request)
{
    const char *size = line->value[SIZE];

    *request = (rxt_plot_request){ .kernel = line->value[KERNEL],
                                   .team = line->value[TEAM],
                                   .combine = line->value[COMBINE],
                                   .bind = line->value[BIND],
                                   .n = -1 };
    if (size && !rxt_list_number(size, strlen(size), &request->n))
        return rxt_status_of(RXT_USAGE, "--size=%.100s: write a number of elements, such as 100k",
                             size);
    if (line->arguments != 1)
        return rxt_status_of(RXT_USAGE, "plot: %s; write rxt plot STUDY -o FILE",
                             line->arguments ? "more than one study is named"
                                             : "no study is named");
    if (!line->value[OUTPUT])
        return rxt_status_of(RXT_USAGE, "plot: --output is missing: name a file that ends in .svg, "
                                        ".png or .pdf; write rxt plot STUDY -o FILE");
    return RXT_OK;
}

/* Names the parts of the study that are not drawn. */
static void tell(const rxt_verb_line *line, const char *left_out)
{
    char text[RXT_STATUS_TEXT + 60];

    snprintf(text, sizeof text, "in the study but not drawn: %s", left_out);
    if (left_out[0] && !line->value[QUIET])
        line->say(line, text);
}

/* Refuses an --output that is the study's own file. */
static rxt_status check_apart(const char *study, const char *output)
{
    if (!rxt_atomic_file_same(study, output))
        return RXT_OK;
    return rxt_status_of(
        RXT_USAGE,
        "--output=%.200s: is the study's own file and would be overwritten; choose another file",
        output);
}

static rxt_status plot(const rxt_verb_line *line)
{
    const char *output = line->value[OUTPUT];
    char left_out[RXT_STATUS_TEXT] = "";
    rxt_study_reader *reader = NULL;
    rxt_plot_request request;
    rxt_status st = request_of(line, &request);

    if (!st)
        st = rxt_study_reader_open(line->argument[0], &reader);
    if (!st)
        st = check_apart(line->argument[0], output);
    if (!st)
        st = rxt_report_plot_check("--output", output);
    if (!st)
        st =
            rxt_report_plot("--output", output, &reader->rows, reader->created, &request, left_out);
    if (!st)
        tell(line, left_out);
    rxt_study_reader_close(reader);
    return st;
}

const rxt_verb rxt_verb_plot = {
    .name = "plot",
    .purpose = "draws the pictures of a study with gnuplot",
    .arguments = "STUDY -o FILE",
    .notes = "STUDY is a file that a driver wrote with -o FILE.json or -o FILE.csv. The result is "
             "one page with four pictures: speedup against workers with 95 % intervals, time "
             "against size, a heat map of ranks × threads, and the times of all rounds (their "
             "quartiles if STUDY is a .csv file, which has no times of single rounds).",
    .options = OPTIONS,
    .option = options,
    .run = plot,
};
