/* answer.h - the answer of a study: which split is fastest, as a sentence. Pure functions of
 * rows. */
#ifndef RXT_ANSWER_H
#define RXT_ANSWER_H

#include "analysis/break_even.h"
#include "analysis/cost.h"
#include "results/row.h"
#include "results/sentence.h"

/* Two splits with the same number of workers on the same number of nodes: the one with the fewest
 * ranks, and another one. */
typedef struct rxt_contrast {
    int threads, ranks; /* indices in `row` of the answer: `threads` is the row with the fewest
                           ranks, `ranks` is the other one */
    rxt_sample gain;    /* T(ranks) / T(threads), paired; the intervals of all contrasts of the
                           answer hold at once */
} rxt_contrast;

/* The answer for one kernel at one size, with one binding, team and combine. A claim about several
 * of its rows holds for all of them at once with 95 %; this is necessary because the fastest of
 * many rows is picked after the measurement. If an answer makes several claims, each of them alone
 * holds with 95 %, not all together. */
typedef struct rxt_answer {
    const char *kernel, *bind;
    const char *team, *combine; /* "-" if there is only the serial call */
    ptrdiff_t n;
    int count;
    const rxt_row **row; /* [count]: the rows of this answer, the baseline's row included; answers
                            of several teams share the row of the serial call */
    int fastest;         /* index of the row with the largest median speedup; rows without an
                            interval count only if no row has one; -1: no verified row has a
                            speedup */
    bool *tied;          /* [count]: the row may be the fastest, because no other row is surely
                            faster (rxt_best_of). True for the fastest itself; false for wrong rows;
                            true for the baseline unless a row surely beats it */
    rxt_sample *speedup; /* [count]: the rows' median speedups, with simultaneous intervals */
    bool simultaneous;   /* the intervals of `speedup` hold at once; false with too few rounds: then
                            each is a row's own interval, which is too narrow for a row that was
                            chosen as the fastest */
    bool nothing_beats;  /* splits were compared; none is surely faster than the baseline, and none
                            can be faster by 2 % or more */
    bool undecided; /* splits were compared; none is surely faster, but some may be faster by 2 % or
                       more, or there are no intervals yet */
    int fewest;     /* of the rows that are surely within 2 % of the fastest, the index of the one
                       with the fewest workers; equal to `fastest` if there is no other; -1: the
                       fastest has no interval */
    rxt_sample loss; /* T(fewest) / T(fastest), paired; in weak scaling per unit of work */
    int contrasts;
    rxt_contrast *contrast;  /* [contrasts] */
    const char *limit;       /* what bounds the fastest: "memory", a cache ("L2"), "arithmetic";
                                NULL: no limit was found */
    double limit_fraction;   /* column `roof` of the fastest row; NAN without a limit */
    bool limit_host;         /* the limit is that of the whole host: more workers would not help */
    char text[RXT_SENTENCE]; /* a few sentences on one line, which begins with the subject ("n =
                                10M") */
} rxt_answer;

typedef struct rxt_answers {
    int count;
    rxt_answer *answer;
    rxt_break_even_list break_even; /* empty if there is only one size */
    rxt_costs costs;                /* costs of tasks that are compared with each other */
    char horizon[RXT_SENTENCE];     /* splits not tried, with the command that tries them; "" if all
                                       were tried */
} rxt_answers;

/* Makes the answers of a study, in the order of its rows. Every claim is only about splits that
 * were measured. The strings in the answers belong to the rows, so the rows must outlive the
 * answers. RXT_ENVIRONMENT without memory; then there is nothing to free. Pure. Free with
 * rxt_answers_free. */
rxt_status rxt_answers_of(const rxt_rows *rows, rxt_answers *answers);
void rxt_answers_free(rxt_answers *answers);

/* Prints all contrasts of an answer: "1×2 1.20× [1.15 1.25] as fast as 2×1, …"; "" if there
 * are none. Pure. */
void rxt_answer_contrasts_text(const rxt_answer *a, char text[RXT_SENTENCE]);

/* Prints the horizon: the splits of the families diagonal and grid that were not tried. The
 * families are those of this host with at least one rank for every core. "" if all were tried.
 * RXT_ENVIRONMENT without memory. */
rxt_status rxt_horizon_of(const rxt_rows *rows, char text[RXT_SENTENCE]);

/* Prints break-even sizes: "Two threads pay from n ≈ 31k [27k 36k], two processes from n ≈ 12k
 * [10k 14k].". Words that distinguish these from others of the study come first ("dot: "). Pure. */
void rxt_break_even_text(const rxt_rows *rows, const rxt_break_evens *of, char text[RXT_SENTENCE]);

#endif
