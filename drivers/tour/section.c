/* section.c - prints a sentence of the lesson on its page: the question and the experiment, then
 * the verdict, the figures and the chart, which are hidden until the reader sets a switch. */
#include "tour/section.h"

#include <math.h>

#include "report/page.h"

/* ---- always visible ---- */

static void put_question(FILE *file, const rxt_tour_sentence *s, int nth)
{
    fprintf(file, "<section id=\"s%d\">\n<h2>%d. ", nth, nth);
    rxt_page_text(file, s->sentence);
    fputs("</h2>\n<p class=\"question\">", file);
    rxt_page_text(file, s->question);
    fprintf(file,
            "</p>\n<div class=\"guess\"><label for=\"g%d\">Write your guess first:</label>"
            "<input type=\"text\" id=\"g%d\" autocomplete=\"off\"></div>\n"
            "<div class=\"experiment\"><p>",
            nth, nth);
    rxt_page_text(file, s->experiment);
    fputs("</p>\n<p><code>", file);
    rxt_page_text(file, s->command);
    fputs("</code></p>\n<p class=\"small\">The sentence is refuted if ", file);
    rxt_page_text(file, s->refuted);
    fputs(".</p></div>\n", file);
}

/* ---- figures ---- */

static void put_interval(FILE *file, const rxt_sample *ratio)
{
    char whole[RXT_SENTENCE] = "";
    size_t length = 0;

    rxt_say_speedup(whole, ratio);
    while (whole[length] && whole[length] != ' ')
        length++;
    fprintf(file, "<strong>%.*s</strong>%s", (int)length, whole, whole + length);
}

static void put_verdict(FILE *file, const rxt_tour_claim *claim, const rxt_tour_figure *f)
{
    if (claim->need == RXT_TOUR_TOLD)
        return;
    fprintf(file, " <span class=\"verdict %s\">%s</span>", rxt_tour_class(f->verdict),
            rxt_tour_word(f->verdict));
    if (f->verdict != RXT_TOUR_UNKNOWN || isnan(f->ratio.median))
        return;
    fputs(" <span class=\"small\">", file);
    rxt_page_text(file, f->why);
    fputs(".</span>", file);
}

/* Prints a text such as "fork takes 14.2× [13.1 15.0] as long as a thread; the sentence needs more
 * than 1.1×". */
static void put_here(FILE *file, const rxt_tour_claim *claim, const rxt_tour_figure *f)
{
    char size[RXT_SENTENCE] = "", need[RXT_SENTENCE] = "";

    rxt_tour_say_size(size, f);
    rxt_tour_say_need(need, claim);
    rxt_page_text(file, claim->before);
    fputs(" ", file);
    if (isnan(f->ratio.median))
        fputs("…", file);
    else
        put_interval(file, &f->ratio);
    fputs(" ", file);
    rxt_page_text(file, claim->after);
    rxt_page_text(file, size);
    if (claim->need != RXT_TOUR_TOLD)
        fprintf(file, "; the sentence needs %s (margin %.0f&nbsp;%%)", need, 100 * RXT_TOUR_MARGIN);
    if (isnan(f->ratio.median)) {
        fputs(": ", file);
        rxt_page_text(file, f->why);
    }
    fputs(".", file);
    put_verdict(file, claim, f);
}

/* Prints whether our figure and CPython's differ. */
static void put_difference(FILE *file, const rxt_tour_figure *here, const rxt_tour_figure *f)
{
    double times = f->ratio.median / here->ratio.median;

    if (rxt_tour_differ(here, f))
        fprintf(file,
                " <span class=\"small\">CPython's figure differs from ours: it is %.3g times as "
                "large.</span>",
                times);
    else if (!isnan(here->ratio.low) && !isnan(f->ratio.low))
        fputs(
            " <span class=\"small\">CPython's figure and ours agree within their intervals.</span>",
            file);
}

static void put_beside(FILE *file, const rxt_tour_claim *claim, const rxt_tour_figure *here,
                       const rxt_tour_figure *f)
{
    char size[RXT_SENTENCE] = "";

    if (isnan(f->ratio.median)) {
        rxt_page_in(file, "small", f->row ? f->why : "not measured in CPython");
        return;
    }
    rxt_tour_say_size(size, f);
    put_interval(file, &f->ratio);
    rxt_page_text(file, size);
    put_verdict(file, claim, f);
    put_difference(file, here, f);
}

static bool has_cpython(const rxt_tour_answer *answer)
{
    for (int c = 0; c < answer->claims; c++)
        if (!isnan(answer->cpython[c].ratio.median))
            return true;
    return false;
}

static void put_figures(FILE *file, const rxt_tour_answer *answer)
{
    bool beside = has_cpython(answer);

    fprintf(file,
            "<table class=\"figures\">\n<thead><tr><th>This machine</th>%s</tr></thead>\n"
            "<tbody>\n",
            beside ? "<th>In CPython</th>" : "");
    for (int c = 0; c < answer->claims; c++) {
        const rxt_tour_claim *claim = &answer->sentence->claim[c];

        fputs("<tr><td>", file);
        put_here(file, claim, &answer->here[c]);
        if (beside) {
            fputs("</td><td>", file);
            put_beside(file, claim, &answer->here[c], &answer->cpython[c]);
        }
        fputs("</td></tr>\n", file);
    }
    fputs("</tbody></table>\n", file);
}

/* ---- visible after the switch is set ---- */

static void put_answer(FILE *file, const rxt_tour *tour, const rxt_tour_answer *answer, int nth)
{
    rxt_chart chart;
    char id[20];

    rxt_tour_chart(tour, answer, &chart);
    snprintf(id, sizeof id, "p%d", nth);
    fprintf(
        file,
        "<div class=\"answer\">\n<p class=\"verdict %s\">%s</p>\n<div class=\"parts\">\n<div>\n",
        rxt_tour_class(answer->verdict), rxt_tour_word(answer->verdict));
    put_figures(file, answer);
    fputs("</div>\n<div class=\"drawn\">\n", file);
    rxt_page_chart(file, id, answer->sentence->sentence, &chart);
    fputs("</div>\n<div>\n", file);
    if (answer->sentence->curve != RXT_TOUR_RATIOS) /* else put_figures has printed these numbers */
        rxt_page_numbers(file, &chart);
    fputs("</div>\n</div>\n</div>\n", file);
}

void rxt_tour_section(FILE *file, const rxt_tour *tour, int s)
{
    rxt_tour_answer answer;

    rxt_tour_judge(tour, s, &answer);
    put_question(file, answer.sentence, s + 1);
    fprintf(file,
            "<input type=\"checkbox\" class=\"switch ask\" id=\"a%d\"><label class=\"ask\" "
            "for=\"a%d\">Show what was measured</label>\n",
            s + 1, s + 1);
    put_answer(file, tour, &answer, s + 1);
    fputs("</section>\n", file);
}
