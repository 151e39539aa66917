/* page_text.c - prints the lesson as a short text, and the phrases that text and page share. */
#include "tour/section.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "report/fill.h"
#include "report/report.h"

/* ---- words ---- */

void rxt_tour_say_cpython(char text[RXT_SENTENCE], const rxt_tour *tour)
{
    const rxt_study_reader *a = tour->study[RXT_TOUR_CPYTHON];
    const char *lock, *numpy, *start;

    if (!a) {
        rxt_say(text, "%s", tour->why[RXT_TOUR_CPYTHON]);
        return;
    }
    lock = rxt_study_reader_host(a, "lock");
    numpy = rxt_study_reader_host(a, "numpy");
    start = rxt_study_reader_host(a, "start_method");
    rxt_say(text, "CPython %.60s, its lock %.20s, multiprocessing starts by %.40s, ",
            rxt_study_reader_host(a, "python") ? rxt_study_reader_host(a, "python")
                                               : "of unknown version",
            lock ? lock : "unknown", start ? start : "an unknown method");
    rxt_say(text, numpy ? "NumPy %.60s" : "without NumPy", numpy);
}

void rxt_tour_say_size(char text[RXT_SENTENCE], const rxt_tour_figure *f)
{
    char n[32];

    if (f->row && f->sizes)
        rxt_say(text, " for %s %.60s%s", rxt_list_print(f->row->n, n),
                f->row->unit ? f->row->unit : "number", f->row->n == 1 ? "" : "s");
}

void rxt_tour_say_need(char text[RXT_SENTENCE], const rxt_tour_claim *claim)
{
    rxt_say(text, "%s than %.4g×", claim->need == RXT_TOUR_MORE ? "more" : "less", claim->bound);
}

/* ---- text ---- */

/* Appends "fork/thread 14.2× [13.1 15.0] >1.1", or the reason for a missing figure or interval. A
 * reason equal to `before` is not repeated. */
static void say_figure(char text[RXT_SENTENCE], const rxt_tour_claim *claim,
                       const rxt_tour_figure *f, const char *before)
{
    char n[32];

    if (claim->need == RXT_TOUR_TOLD && isnan(f->ratio.median))
        return;
    rxt_say(text, "%s%s", text[0] ? "; " : "", claim->name);
    if (f->row && f->sizes)
        rxt_say(text, " n=%s", rxt_list_print(f->row->n, n));
    if (isnan(f->ratio.median)) {
        rxt_say(text, ": %.300s", f->why);
        return;
    }
    rxt_say(text, " ");
    rxt_say_speedup(text, &f->ratio);
    if (claim->need != RXT_TOUR_TOLD)
        rxt_say(text, " %s%.4g%s", claim->need == RXT_TOUR_MORE ? ">" : "<", claim->bound,
                f->verdict == RXT_TOUR_UNKNOWN ? "?" : "");
    if (isnan(f->ratio.low) && f->why[0] && strcmp(f->why, before))
        rxt_say(text, " (%.100s)", f->why);
}

/* Do all claims lack a figure for the same reason? Then the reason is printed once. */
static bool same_reason(const rxt_tour_answer *answer)
{
    for (int c = 0; c < answer->claims; c++)
        if (!isnan(answer->here[c].ratio.median) ||
            strcmp(answer->here[c].why, answer->here[0].why) != 0)
            return false;
    return true;
}

static void put_sentence(FILE *file, const rxt_tour *tour, int s)
{
    char text[RXT_SENTENCE] = "";
    rxt_tour_answer answer;

    rxt_tour_judge(tour, s, &answer);
    fprintf(file, "%2d  %-18s  %s\n", s + 1, rxt_tour_word(answer.verdict),
            answer.sentence->sentence);
    for (int c = 0; c < answer.claims && !same_reason(&answer); c++)
        say_figure(text, &answer.sentence->claim[c], &answer.here[c],
                   c ? answer.here[c - 1].why : "");
    if (same_reason(&answer))
        rxt_say(text, "%.600s", answer.here[0].why);
    rxt_report_fill(file, " ", 4, rxt_text_plain(text));
}

/* Prints CPython's version, and how many of its figures differ from ours. */
static void put_cpython(FILE *file, const rxt_tour *tour)
{
    char text[RXT_SENTENCE] = "";
    rxt_tour_answer answer;
    int both = 0, differ = 0;

    rxt_tour_say_cpython(text, tour);
    for (int s = 0; s < RXT_TOUR_SENTENCES; s++) {
        rxt_tour_judge(tour, s, &answer);
        for (int c = 0; c < answer.claims; c++) {
            both += !isnan(answer.here[c].ratio.low) && !isnan(answer.cpython[c].ratio.low);
            differ += rxt_tour_differ(&answer.here[c], &answer.cpython[c]);
        }
    }
    if (both)
        rxt_say(text, ": of %d figures measured in both, %d differ", both, differ);
    rxt_say(text, ".");
    rxt_report_fill(file, "", 0, rxt_text_plain(text));
}

void rxt_report_tour_text(FILE *file, const rxt_tour *tour)
{
    const rxt_study_reader *head = rxt_tour_head(tour);
    char text[RXT_SENTENCE] = "";

    rxt_say(text, "Threads against processes: %.300s; %s", head->rows.host, head->created);
    rxt_report_fill(file, "", 0, rxt_text_plain(text));
    for (int s = 0; s < RXT_TOUR_SENTENCES; s++)
        put_sentence(file, tour, s);
    put_cpython(file, tour);
    fprintf(file,
            "Each figure is a median ratio (×) with its 95 %% interval; the intervals of a "
            "sentence hold together.\nThen comes the bound that the sentence needs (> or <). A "
            "figure is decided if its whole interval\nis at least %.0f %% above or below the "
            "bound; ? means that the figure is not decided.\n",
            100 * RXT_TOUR_MARGIN);
}
