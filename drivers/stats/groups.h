/* groups.h - the rounds of a study in groups, and which of them are the units of an interval. All
 * pure.
 *
 * Rounds that are alike say less than as many independent rounds: those of one draw of memory pages
 * (an epoch), those that lie close together in time (a stretch), those of one process (a run).
 * Kalibera & Jones (2013): the units must be of the level at which the values vary. */
#ifndef RXT_GROUPS_H
#define RXT_GROUPS_H

#include <stdbool.h>

enum {
    RXT_STRETCHES = 8,   /* a study is cut into so many stretches of equally many rounds */
    RXT_GROUPS_RUNS = 3, /* with so many runs or more, runs are the units */
};

/* The rounds of a study. The rounds of an epoch follow each other, and so do the epochs of a run.
 */
typedef struct rxt_rounds {
    int count;
    const int *epoch; /* [count]: the number of each round's epoch; NULL: all are of one epoch */
    const int *run;   /* [count]: the number of each round's run; NULL: all are of one run */
} rxt_rounds;

/* What the units are. */
typedef enum rxt_grouping { RXT_BY_ROUND, RXT_BY_EPOCH, RXT_BY_STRETCH, RXT_BY_RUN } rxt_grouping;

/* The rounds that have a value, and their units. */
typedef struct rxt_groups {
    int count;
    double *value; /* [count], in the order of the rounds */
    rxt_grouping by;
    int units;
    int *unit; /* [count]: the unit of each value, from 0 without gaps */
} rxt_groups;

/* Takes the values over[i] / under[i] of all rounds where this is finite; over[i] if `under` is
 * NULL. Their units are runs if there are RXT_GROUPS_RUNS or more; else stretches if their values
 * differ more than chance allows; else epochs if theirs do; else rounds.
 *
 * Whether groups differ is decided by a permutation test of Kruskal and Wallis's sum (1952), which
 * is exact at the level of 4 %: if all rounds are alike, any order of the values is as likely as
 * any other. The same input always gives the same result.
 *
 * False without memory. Free the groups in any case. */
bool rxt_groups_take(const rxt_rounds *rounds, const double over[], const double under[],
                     rxt_groups *groups);
void rxt_groups_free(rxt_groups *groups);

/* Chooses the units of several series of values together: values[series × count], all finite, one
 * for each of the rounds. groups->value is NULL. Else as rxt_groups_take. */
bool rxt_groups_choose(const rxt_rounds *rounds, int series, const double values[],
                       rxt_groups *groups);

/* Writes the median of each unit into medians[groups->units]; false without memory. */
bool rxt_groups_medians(const rxt_groups *groups, double medians[]);

#endif
