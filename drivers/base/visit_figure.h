/* visit_figure.h - what a visit measures beside its time: a number each, which measure/measure.c
 * fills in, the journal keeps, and whose median over rounds is the column of results/columns.c that
 * has its name. */
#ifndef RXT_VISIT_FIGURE_H
#define RXT_VISIT_FIGURE_H

#include <math.h>

typedef enum rxt_visit_figure {
    RXT_VISIT_P99, /* of a task's units in the last call, the seconds below which 99 % took */
    RXT_VISIT_FIGURES
} rxt_visit_figure;

/* Each NAN where it is not known. */
typedef struct rxt_visit_figures {
    double of[RXT_VISIT_FIGURES];
} rxt_visit_figures;

static inline rxt_visit_figures rxt_visit_figures_none(void)
{
    rxt_visit_figures none;

    for (int f = 0; f < RXT_VISIT_FIGURES; f++)
        none.of[f] = NAN;
    return none;
}

#endif
