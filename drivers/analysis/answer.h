/* answer.h - the sentence that a user came for. Pure functions of rows. */
#ifndef RXT_ANSWER_H
#define RXT_ANSWER_H

#include "analysis/break_even.h"
#include "analysis/cost.h"
#include "results/row.h"
#include "results/sentence.h"

/* Two splits of the same number of workers on as many nodes: the one of fewest ranks, and another.
 */
typedef struct rxt_contrast {
    int threads, ranks; /* rows of the answer                                              */
    rxt_sample gain;    /* how many times as fast as `ranks` `threads` is, paired, with an interval
                           that holds for all contrasts of the answer at once              */
} rxt_contrast;

/* What is said about one kernel at one size under one binding, by one team and way to combine.
 * Whatever is claimed of several of its rows holds for all of them at once with 95 %, each claim by
 * itself: that is what picking the fastest of many takes. */
typedef struct rxt_answer {
    const char *kernel, *bind;
    const char *team, *combine; /* "-" where the serial call is all there is             */
    ptrdiff_t n;
    int count;
    const rxt_row **row; /* [count]: its rows, the baseline's among them; answers of
                            several teams share the serial call's */
    int fastest;         /* which of them has the largest median speedup; -1 when
                            nothing can be said                                     */
    bool *tied;          /* [count]: may be the fastest (rxt_best_of), which it is not where another
                            is surely faster; the fastest itself included, wrong rows never; the
                            baseline, too, unless a speedup is surely above 1        */
    rxt_sample *speedup; /* [count]: the rows' own medians, with intervals that hold at once */
    bool simultaneous;   /* they do; false where rounds are too few: then they are the rows' own,
                            and the fastest's is that of one chosen after the fact          */
    bool nothing_beats;  /* splits were compared; none is surely faster than the baseline, and none
                            can be faster by 2 % or more                                        */
    bool undecided; /* splits were compared; none is surely faster, but some may be faster by 2 % or
                       more, or there are no intervals yet                          */
    int fewest;     /* the row of fewest workers that is surely within 2 % of the fastest,
                       itself where there is no other; -1: no interval                 */
    rxt_sample loss; /* T(fewest) / T(fastest), paired (weak: of the rates), as in contrasts */
    int contrasts;
    rxt_contrast *contrast;  /* [contrasts]                                            */
    const char *limit;       /* what bounds the fastest: "memory", a cache ("L2"), "arithmetic";
                                NULL: nothing that was measured does                    */
    double limit_fraction;   /* its row's roof; NAN without a limit                     */
    bool limit_host;         /* and the host has no more of it, for any number of workers */
    char text[RXT_SENTENCE]; /* a few sentences on one line, which starts with what it is
                                   about: "n = 10M   " */
} rxt_answer;

typedef struct rxt_answers {
    int count;
    rxt_answer *answer;
    rxt_break_even_list break_even; /* over the sizes; empty where there is one size alone */
    rxt_costs costs;                /* of tasks side by side                               */
    char horizon[RXT_SENTENCE];     /* splits not tried, with the command that tries them; "" when
                                          all were */
} rxt_answers;

/* The answers of a study, in the rows' order, in words that name only what was measured. Strings
 * belong to the rows, which must outlive the answers. RXT_ENVIRONMENT without memory, then nothing
 * is to be freed. Pure. Free with rxt_answers_free. */
rxt_status rxt_answers_of(const rxt_rows *rows, rxt_answers *answers);
void rxt_answers_free(rxt_answers *answers);

/* All contrasts of an answer, in words: "1×2 1.20× [1.15 1.25] as fast as 2×1, …"; "" where there
 * are none. Pure. */
void rxt_answer_contrasts_text(const rxt_answer *a, char text[RXT_SENTENCE]);

/* The horizon alone: what diagonal and grid would have had on this host with a rank for
 * every core, less what was tried. */
rxt_status rxt_horizon_of(const rxt_rows *rows, char text[RXT_SENTENCE]);

/* "Two threads pay from n ≈ 31k [27k 36k], two processes from n ≈ 12k [10k 14k].", behind what
 * tells these apart from others of the study ("dot: "). Pure. */
void rxt_break_even_text(const rxt_rows *rows, const rxt_break_evens *of, char text[RXT_SENTENCE]);

#endif
