/* figure.h - one figure of the table: ours against the best of the peers. */
#ifndef PEERS_FIGURE_H
#define PEERS_FIGURE_H

#include <stddef.h>
#include <stdio.h>

/* What is required of the ratio: `least` or `floor` at least, `most` at most; 0: nothing. A floor
 * is required of all sizes of a row, so its interval is one that holds for all of them together. */
typedef struct peers_figure {
    const char *row;
    char what[64];
    ptrdiff_t n;
    int threads;
    char peer[64];
    double ours, theirs;     /* median seconds                               */
    double ratio, low, high; /* theirs / ours: median of paired ratios       */
    int rounds;
    double least, floor, most;
} peers_figure;

typedef enum peers_format { PEERS_TEXT, PEERS_MARKDOWN, PEERS_TSV } peers_format;

/* Fills the measured part of a figure from `rounds` pairs. The interval has 95 % (rxt_sample_ratio)
 * for one claim; for several it is the order statistics' interval for the median at 1 - 5 % /
 * claims (Bonferroni). Where the rounds are too few for that there is none (NAN). */
void peers_figure_of(peers_figure *figure, int rounds, const double ours[], const double theirs[],
                     int claims);

/* The largest of the ranks k so that [x(k), x(rounds + 1 - k)] covers the median with probability
 * 1 - alpha at least; 0 when no pair does. Pure. */
int peers_figure_rank(int rounds, double alpha);

/* By the interval, not by the median: "reached" when all of it meets what is required, "missed"
 * when none of it does, else "cannot tell", as without an interval; "-" when nothing is required.
 */
const char *peers_figure_verdict(const peers_figure *figure);

void peers_figure_head(FILE *file, peers_format format);
void peers_figure_print(FILE *file, peers_format format, const peers_figure *figure);

/* In place of a figure: why there is none. */
void peers_figure_none(FILE *file, peers_format format, const char *row, const char *why);

#endif
