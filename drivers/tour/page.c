/* page.c - prints the page of the lesson: its head, summary and sections, and how it was
 * measured. */
#include "tour/section.h"

#include <string.h>

#include "base/atomic_file.h"
#include "report/page.h"
#include <rxt/version.h>

static const char title[] = "Threads against processes, measured here";

const rxt_study_reader *rxt_tour_head(const rxt_tour *tour)
{
    int f = 0;

    while (f < RXT_TOUR_CPYTHON && !tour->study[f])
        f++;
    return tour->study[f];
}

/* ---- the head ---- */

static void put_fact(FILE *file, const char *name, const char *text)
{
    rxt_page_in(file, "dt", name);
    rxt_page_in(file, "dd", text);
    fputs("\n", file);
}

static void put_head(FILE *file, const rxt_tour *tour)
{
    const rxt_study_reader *head = rxt_tour_head(tour);
    char text[RXT_SENTENCE] = "";

    fputs("<header>\n", file);
    rxt_page_in(file, "h1", title);
    fprintf(file,
            "\n<p>These %d sentences are often read and seldom measured. For each of them, this "
            "machine ran an experiment that could refute it. Read a question, write down your "
            "guess, then look at the answer.</p>\n<dl class=\"facts\">\n",
            RXT_TOUR_SENTENCES);
    put_fact(file, "Host", head->rows.host);
    put_fact(file, "Measured", head->created);
    rxt_say(text, "%.60s (page by %s)", head->rows.version, RXT_VERSION);
    put_fact(file, "rxt", text);
    text[0] = '\0';
    rxt_tour_say_cpython(text, tour);
    put_fact(file, "Python", text);
    fputs("</dl>\n</header>\n", file);
}

/* ---- the summary ---- */

const char *rxt_tour_class(rxt_tour_verdict verdict)
{
    static const char *const classes[] = {
        [RXT_TOUR_UNKNOWN] = "unknown", [RXT_TOUR_HOLDS] = "holds", [RXT_TOUR_FAILS] = "fails"
    };

    return classes[verdict];
}

static void put_line(FILE *file, const rxt_tour *tour, int s, int count[])
{
    rxt_tour_answer answer;

    rxt_tour_judge(tour, s, &answer);
    count[answer.verdict]++;
    fprintf(file, "<li><span class=\"nth\">%d</span><a href=\"#s%d\">", s + 1, s + 1);
    rxt_page_text(file, answer.sentence->sentence);
    fprintf(file,
            "</a><span class=\"ask small\">guess first</span>"
            "<span class=\"verdict %s\">%s</span></li>\n",
            rxt_tour_class(answer.verdict), rxt_tour_word(answer.verdict));
}

/* Prints the list of sentences. The switch "Show all answers" must come before all elements that it
 * shows, because CSS can only select elements after it. */
static void put_summary(FILE *file, const rxt_tour *tour)
{
    int count[3] = { 0 };

    fputs("<input type=\"checkbox\" class=\"switch\" id=\"all\"><label for=\"all\">Show all "
          "answers</label>\n<nav class=\"card\" aria-label=\"The sentences\">\n<h2>The sentences"
          "</h2>\n<ol class=\"summary\">\n",
          file);
    for (int s = 0; s < RXT_TOUR_SENTENCES; s++)
        put_line(file, tour, s, count);
    fprintf(file,
            "</ol>\n<div class=\"answer\"><p class=\"small\">%d hold here, %d do not hold here, "
            "for %d the page cannot tell.</p></div>\n</nav>\n",
            count[RXT_TOUR_HOLDS], count[RXT_TOUR_FAILS], count[RXT_TOUR_UNKNOWN]);
}

/* ---- how it was measured ---- */

static void put_study(FILE *file, const rxt_tour *tour, rxt_tour_file f)
{
    const rxt_study_reader *a = tour->study[f];

    rxt_page_in(file, "dt", rxt_tour_name(f));
    fputs("<dd>", file);
    if (!a) {
        rxt_page_text(file, tour->why[f]);
        fputs("</dd>\n", file);
        return;
    }
    fprintf(file, "%d rounds%s; begun ", a->rows.rounds, a->rows.stopped ? ", stopped early" : "");
    rxt_page_text(file, a->created);
    fputs(" on ", file);
    rxt_page_text(file, a->rows.host);
    fputs("<br><code>", file);
    rxt_page_text(file, a->rows.command[0] ? a->rows.command : a->rows.program);
    fputs("</code></dd>\n", file);
}

static void put_foot(FILE *file, const rxt_tour *tour)
{
    fprintf(
        file,
        "<section id=\"how\">\n<h2>How it was measured</h2>\n<p>Every worker is bound to a core of "
        "its own, except where a sentence is about one core. CPython is not bound. Every round "
        "visits all rows of a study in a new random order, so that a slow moment of the host "
        "affects all compared rows in the same way. Every result is proved right before its time "
        "is kept.</p>\n<p>A figure is the median, over the rounds, of the ratio of two times of "
        "one round. Its 95 %% interval is in brackets. It comes from order statistics and assumes "
        "no distribution. The intervals of one sentence hold together (Bonferroni). Below six "
        "rounds there is no interval.</p>\n<p>A sentence <b>holds here</b> when every figure that "
        "it needs has its whole interval on the right side of the figure's bound, at least %.0f %% "
        "away from the bound: two runs on one machine differ by more than their intervals show. It "
        "<b>does not hold here</b> when one interval is wholly on the other side, at least %.0f %% "
        "away from the bound. In all other cases the page <b>cannot tell here</b>. The bounds were "
        "chosen before anything was measured.</p>\n<p>If rounds were too few, or an interval is "
        "too wide, use <code>jobs/tour.sh --long</code>: it measures five times as long. On a busy "
        "machine the answers are unsure.</p>\n<p class=\"small\">Another machine, another system "
        "or another day may give other answers: these are this machine's answers.</p>\n<dl "
        "class=\"files\">\n",
        100 * RXT_TOUR_MARGIN, 100 * RXT_TOUR_MARGIN);
    for (int f = 0; f < RXT_TOUR_FILES; f++)
        put_study(file, tour, (rxt_tour_file)f);
    fprintf(file, "</dl>\n<p class=\"small\">rxt %s, commit %s</p>\n</section>\n", RXT_VERSION,
            RXT_COMMIT);
}

/* ---- the page ---- */

static rxt_status put_page(FILE *file, void *arg)
{
    const rxt_tour *tour = arg;

    rxt_page_open(file, title);
    put_head(file, tour);
    put_summary(file, tour);
    fputs("<main>\n", file);
    for (int s = 0; s < RXT_TOUR_SENTENCES; s++)
        rxt_tour_section(file, tour, s);
    put_foot(file, tour);
    fputs("</main>\n", file);
    rxt_page_close(file);
    return RXT_OK;
}

rxt_status rxt_report_tour_check(const char *option, const char *path)
{
    if (!rxt_atomic_file_ends(path, ".html"))
        return rxt_status_of(RXT_USAGE,
                             "%s=%.200s: only .html can be written; end the file name in .html",
                             option, path);
    return rxt_atomic_file_check(option, path);
}

rxt_status rxt_report_tour(const char *option, const char *path, const rxt_tour *tour)
{
    return rxt_atomic_file_save(option, path, put_page, (void *)tour);
}
