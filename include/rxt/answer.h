/* answer.h - the sentence that a user came for. Pure functions of rows. */
#ifndef RXT_ANSWER_H
#define RXT_ANSWER_H

#include <rxt/break_even.h>
#include <rxt/row.h>

enum { RXT_ANSWER_TEXT = 1000 };

/* What is said about one kernel at one size under one binding, by one team and way to combine. */
typedef struct rxt_answer {
    const char *kernel, *bind;
    const char *team, *combine; /* "-" where the serial call is all there is             */
    ptrdiff_t n;
    int count;
    const rxt_row **row;        /* [count]: its rows, the baseline's among them; answers of
                                   several teams share the serial call's */
    int fastest;                /* which of them has the largest median speedup; -1 when
                                   nothing can be said                                     */
    bool *tied;                 /* [count]: cannot be told apart from the fastest: the interval
                                   of T(row) / T(fastest), paired (in weak scaling of the rates),
                                   is not wholly above 1, or there is none yet; the fastest itself
                                   included, wrong rows never                               */
    const char *limit;          /* what bounds the fastest: "memory", a cache ("L2"), "arithmetic";
                                   NULL: nothing that was measured does                    */
    double limit_fraction;      /* its row's roof; NAN without a limit                     */
    bool limit_host;            /* and the host has no more of it, for any number of workers */
    bool nothing_beats;         /* splits were compared, and no speedup's interval lies above 1 */
    char text[RXT_ANSWER_TEXT]; /* one or two sentences on one line, which starts with what it is
                                   about: "n = 10M   " */
} rxt_answer;

typedef struct rxt_answers {
    int count;
    rxt_answer *answer;
    rxt_break_even_list break_even; /* over the sizes; empty where there is one size alone */
    char horizon[RXT_ANSWER_TEXT];  /* splits not tried, with the command that tries them; "" when
                                       all were */
} rxt_answers;

/* The answers of a study, in the rows' order, in words that name only what was measured. Strings
 * belong to the rows, which must outlive the answers. RXT_ENVIRONMENT without memory, then nothing
 * is to be freed. Pure. Free with rxt_answers_free. */
rxt_status rxt_answers_of(const rxt_rows *rows, rxt_answers *answers);
void rxt_answers_free(rxt_answers *answers);

/* The horizon alone: what diagonal and grid would have had on this host with a rank for
 * every core, less what was tried. */
rxt_status rxt_horizon_of(const rxt_rows *rows, char text[RXT_ANSWER_TEXT]);

/* "Two threads pay from n ≈ 31k [27k 36k], two processes from n ≈ 12k [10k 14k].", behind what
 * tells these apart from others of the study ("dot: "). Pure. */
void rxt_break_even_text(const rxt_rows *rows, const rxt_break_evens *of,
                         char text[RXT_ANSWER_TEXT]);

#endif
