/* figure.c - one figure of the table: rxt compared with the best of its peers. */
#include "figure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/sample.h"

static const double error_rate = 0.05; /* of all claims of a row together */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Counts values of one tail of binomial(rounds, 1/2), as long as both tails together have at most
 * alpha. */
int peers_figure_rank(int rounds, double alpha)
{
    double term = pow(0.5, rounds), tail = 0.0;
    int k = 0;

    while (2.0 * (tail + term) <= alpha && k < rounds / 2) {
        tail += term;
        term *= (double)(rounds - k) / (k + 1);
        k++;
    }
    return k;
}

/* Widens the interval, so that the intervals of all `claims` figures hold simultaneously. */
static void widen(peers_figure *figure, int rounds, const double ours[], const double theirs[],
                  int claims)
{
    double *ratio = malloc((size_t)rounds * sizeof *ratio);
    int k = peers_figure_rank(rounds, error_rate / claims);

    if (!ratio || k == 0) {
        figure->low = figure->high = NAN;
        free(ratio);
        return;
    }
    for (int r = 0; r < rounds; r++)
        ratio[r] = theirs[r] / ours[r];
    qsort(ratio, (size_t)rounds, sizeof *ratio, ascending);
    figure->low = fmin(figure->low, ratio[k - 1]);
    figure->high = fmax(figure->high, ratio[rounds - k]);
    free(ratio);
}

void peers_figure_of(peers_figure *figure, int rounds, const double ours[], const double theirs[],
                     int claims)
{
    rxt_sample ratio = rxt_sample_ratio(rounds, theirs, ours);

    figure->ours = rxt_sample_of(rounds, ours).median;
    figure->theirs = rxt_sample_of(rounds, theirs).median;
    figure->ratio = ratio.median;
    figure->low = ratio.low;
    figure->high = ratio.high;
    figure->rounds = rounds;
    if (claims > 1)
        widen(figure, rounds, ours, theirs, claims);
}

const char *peers_figure_verdict(const peers_figure *figure)
{
    double least = fmax(figure->least, figure->floor);
    double most = figure->most > 0 ? figure->most : INFINITY;

    if (least <= 0 && figure->most <= 0)
        return "-";
    if (figure->low >= least && figure->high <= most) /* always false for NaN */
        return "reached";
    if (figure->high < least || figure->low > most)
        return "missed";
    return "cannot tell";
}

/* A time with three digits: "12.3 ns", "4.56 us". */
static const char *time_text(double seconds, char text[24])
{
    static const char *const unit[] = { "s", "ms", "us", "ns" };
    int u = 0;

    while (u < 3 && seconds < 0.9995) {
        seconds *= 1000;
        u++;
    }
    snprintf(text, 24, "%.*f %s", seconds < 9.995 ? 2 : seconds < 99.95 ? 1 : 0, seconds, unit[u]);
    return text;
}

static const char *goal_text(const peers_figure *figure, char text[32])
{
    if (figure->least > 0 && figure->most > 0)
        snprintf(text, 32, "%.4g to %.4g", figure->least, figure->most);
    else if (figure->most > 0)
        snprintf(text, 32, "at most %.4g", figure->most);
    else if (figure->least > 0)
        snprintf(text, 32, "%.4g", figure->least);
    else if (figure->floor > 0)
        snprintf(text, 32, "not below %.4g", figure->floor);
    else
        snprintf(text, 32, "-");
    return text;
}

static const char *interval_text(const peers_figure *figure, char text[40])
{
    if (isfinite(figure->low) && isfinite(figure->high))
        snprintf(text, 40, "[%.3g %.3g]", figure->low, figure->high);
    else
        snprintf(text, 40, "[no interval]");
    return text;
}

void peers_figure_head(FILE *file, peers_format format)
{
    if (format == PEERS_TEXT)
        fprintf(file, "%-9s %-28s %11s %2s %9s  %-22s %9s  %s\n", "row", "what", "n", "t", "ours",
                "best peer", "its time", "ratio [interval] rounds, required: verdict");
    if (format == PEERS_MARKDOWN)
        fprintf(file, "| row | what | n | threads | ours | best peer | its time | ratio [interval] "
                      "| rounds | required | |\n|---|---|--:|--:|--:|---|--:|--:|--:|--:|---|\n");
}

static const char *line_of(peers_format format)
{
    switch (format) {
    case PEERS_MARKDOWN:
        return "| `%s` | %s | %td | %d | %s | %s | %s | %.3g %s | %d | %s | %s |\n";
    default:
        return "%-9s %-28s %11td %2d %9s  %-22s %9s  %.3g %s %d, %s: %s\n";
    }
}

/* Tab-separated, times in seconds: for the script that joins the results of several jobs. */
static void print_tsv(FILE *file, const peers_figure *f)
{
    char goal[32];

    fprintf(file, "%s\t%s\t%td\t%d\t%.6g\t%s\t%.6g\t%.4g\t%.4g\t%.4g\t%d\t%s\t%s\n", f->row,
            f->what, f->n, f->threads, f->ours, f->peer, f->theirs, f->ratio, f->low, f->high,
            f->rounds, goal_text(f, goal), peers_figure_verdict(f));
}

/* Prints the columns in order; flushes, so that a script that reads the output gets each line at
 * once. */
void peers_figure_print(FILE *file, peers_format format, const peers_figure *f)
{
    char ours[24], theirs[24], interval[40], goal[32];

    if (format == PEERS_TSV)
        print_tsv(file, f);
    else
        fprintf(file, line_of(format), f->row, f->what, f->n, f->threads, time_text(f->ours, ours),
                f->peer, time_text(f->theirs, theirs), f->ratio, interval_text(f, interval),
                f->rounds, goal_text(f, goal), peers_figure_verdict(f));
    fflush(file);
}

void peers_figure_none(FILE *file, peers_format format, const char *row, const char *why)
{
    if (format == PEERS_TSV)
        fprintf(file, "%s\tnot measured: %s\n", row, why);
    else if (format == PEERS_MARKDOWN)
        fprintf(file, "| `%s` | not measured: %s | | | | | | | | | |\n", row, why);
    else
        fprintf(file, "%-9s not measured: %s\n", row, why);
    fflush(file);
}
