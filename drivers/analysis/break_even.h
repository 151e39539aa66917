/* break_even.h - from which size on more workers pay. Pure functions of rows.
 *
 * The break-even size of w threads (1×w) or of w processes (w×1), w the smallest that was measured,
 * is that from which on they are faster than 1×1. A size pays surely where the 95 % interval of the
 * paired ratio to 1×1 lies above 1, surely not where it lies below.
 *
 * The interval is a bracket of measured sizes and needs no law of the curve: at `low` they surely
 * do not pay, at `high` and all sizes from there on they do. Sizes are gone through in a fixed
 * order, from the largest down and from the smallest up, until one is not sure: only the first size
 * on which that would be wrong can be taken wrongly, so many sizes need no correction
 * (fixed-sequence testing; Maurer, Hothorn & Lehmacher 1995). A size that is sure even at a level
 * corrected for all of them (signs of the ratios, Bonferroni) counts wherever it stands, so that
 * one noisy size does not widen the bracket. Both together keep 93 %, whatever the curve; planted
 * ones were held in 99 % (tests/bench/break_even.c). Between neighbouring sizes the curve is taken
 * to cross once at most. */
#ifndef RXT_BREAK_EVEN_H
#define RXT_BREAK_EVEN_H

#include "results/row.h"

typedef enum rxt_pays {
    RXT_PAYS_UNDECIDED,
    RXT_PAYS_NOWHERE,    /* surely not at any size measured                  */
    RXT_PAYS_EVERYWHERE, /* surely from the smallest size measured on        */
    RXT_PAYS_FROM        /* surely from `high` on; below, not, or not surely */
} rxt_pays;

/* What was found of one number of threads or processes. Sizes are those of the rows (in weak
 * scaling a worker's), -1 where there is none. */
typedef struct rxt_break_even {
    rxt_split split; /* 1×w or w×1 */
    rxt_pays pays;
    int rounds;               /* the most pairs that a size has                          */
    double n;                 /* the estimate, within the bracket; NAN where there is none */
    ptrdiff_t low, high;      /* the 95 % interval; -1: open to that side                */
    ptrdiff_t first, last;    /* the smallest and largest size compared                  */
    ptrdiff_t until;          /* surely pay up to this one: `last`, unless it does not    */
    ptrdiff_t beyond;         /* the next larger size, where that is so; else -1         */
    bool lost;                /* surely not at `beyond`; else it is undecided there      */
    ptrdiff_t also, between;  /* pay at a smaller size, too, but not at one between      */
    ptrdiff_t faster, slower; /* the largest size that is so by its own interval, though the rest
                                 says otherwise, or nothing; -1: none                 */
    int fasters, slowers;     /* how many there are                                   */
} rxt_break_even;

/* Those of one kernel by one binding, team and way to combine. */
typedef struct rxt_break_evens {
    const char *kernel, *team, *combine, *bind;
    bool has_threads, has_processes; /* compared at two sizes at least */
    rxt_break_even threads, processes;
} rxt_break_evens;

typedef struct rxt_break_even_list {
    int count;
    rxt_break_evens *of; /* [count], in the rows' order; without those that have neither */
} rxt_break_even_list;

/* The break-even sizes of a study. Strings belong to the rows. RXT_ENVIRONMENT without memory, then
 * nothing is to be freed. Free with rxt_break_even_free. */
rxt_status rxt_break_even_of(const rxt_rows *rows, rxt_break_even_list *list);
void rxt_break_even_free(rxt_break_even_list *list);

/* Is it known well enough: within ± `part` of the estimate, or nowhere or everywhere among the
 * compared sizes? */
bool rxt_break_even_known(const rxt_break_even *found, double part);

/* Does a size lie within the bracket of a break-even size that is not known to ± `part`? */
bool rxt_break_even_within(const rxt_break_even *found, double part, ptrdiff_t n);

/* The size of n[count] that halves the bracket of a break-even size that is not known to ±
 * `part`: the unmeasured size in the bracket with the largest ratio to all measured ones. -1:
 * the break-even size is known, or no such size exists. */
int rxt_break_even_next(const rxt_break_even *found, double part, int count, const ptrdiff_t n[],
                        const bool measured[]);

/* The estimate where T(1×1) = a n and T(w) = b n + c: 1 / speedup is then linear in 1 / n. Between
 * sizes at which the speedup is at most 1, and above. Pure. */
double rxt_break_even_between(ptrdiff_t n, double speedup, ptrdiff_t next_n, double next_speedup);

#endif
