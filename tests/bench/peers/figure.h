/* figure.h - one figure of the table: ours against the best of the peers. */
#ifndef PEERS_FIGURE_H
#define PEERS_FIGURE_H

#include <stddef.h>
#include <stdio.h>

/* What is required of the ratio: its median is `least` at least, its interval is not wholly below
 * `floor`; 0: nothing. */
typedef struct peers_figure {
    const char *row;
    char what[64];
    ptrdiff_t n;
    int threads;
    char peer[64];
    double ours, theirs;     /* median seconds                               */
    double ratio, low, high; /* theirs / ours: median of paired ratios       */
    int rounds;
    double least, floor;
} peers_figure;

typedef enum peers_format { PEERS_TEXT, PEERS_MARKDOWN, PEERS_TSV } peers_format;

/* Fills the measured part of a figure from `rounds` pairs. The interval has 95 % (rxt_sample_ratio)
 * for one claim; for several it is the order statistics' interval for the median at 1 - 5 % /
 * claims (Bonferroni), [min, max] where the rounds are too few for that. */
void peers_figure_of(peers_figure *figure, int rounds, const double ours[], const double theirs[],
                     int claims);

/* The largest of the ranks k so that [x(k), x(rounds + 1 - k)] covers the median with probability
 * 1 - alpha at least; 0 when no pair does. Pure. */
int peers_figure_rank(int rounds, double alpha);

const char *peers_figure_verdict(const peers_figure *figure);

void peers_figure_head(FILE *file, peers_format format);
void peers_figure_print(FILE *file, peers_format format, const peers_figure *figure);

/* In place of a figure: why there is none. */
void peers_figure_none(FILE *file, peers_format format, const char *row, const char *why);

#endif
