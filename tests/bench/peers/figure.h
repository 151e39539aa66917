/* figure.h - one figure of the table: rxt compared with the best of its peers. */
#ifndef PEERS_FIGURE_H
#define PEERS_FIGURE_H

#include <stddef.h>
#include <stdio.h>

/* Requirements on the ratio: at least `least` or `floor`, at most `most`; 0: no requirement. A
 * floor is required at all sizes of a row, so the intervals of all these sizes must hold
 * simultaneously. */
typedef struct peers_figure {
    const char *row;
    char what[64];
    ptrdiff_t n;
    int threads;
    char peer[64];
    double ours, theirs;     /* medians, seconds                                         */
    double ratio, low, high; /* theirs / ours: median of paired ratios, and its interval */
    int rounds;
    double least, floor, most;
} peers_figure;

typedef enum peers_format { PEERS_TEXT, PEERS_MARKDOWN, PEERS_TSV } peers_format;

/* Fills the measured part of a figure from `rounds` pairs. For one claim the interval is the 95 %
 * interval of rxt_sample_ratio. For several claims it is the interval of the median from order
 * statistics at 1 - 5 % / claims (Bonferroni), or NAN if there are too few rounds. */
void peers_figure_of(peers_figure *figure, int rounds, const double ours[], const double theirs[],
                     int claims);

/* The largest rank k such that [x(k), x(rounds + 1 - k)] covers the median with a probability of at
 * least 1 - alpha; 0 if there is none. Pure. */
int peers_figure_rank(int rounds, double alpha);

/* The interval decides, not the median: "reached" if the whole interval satisfies the requirements,
 * "missed" if no part of it does, otherwise (or without an interval) "cannot tell"; "-" if nothing
 * is required. */
const char *peers_figure_verdict(const peers_figure *figure);

void peers_figure_head(FILE *file, peers_format format);
void peers_figure_print(FILE *file, peers_format format, const peers_figure *figure);

/* Prints why there is no figure. */
void peers_figure_none(FILE *file, peers_format format, const char *row, const char *why);

#endif
