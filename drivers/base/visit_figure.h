/* visit_figure.h - the figures that a visit measures in addition to its time. A figure is one
 * number.
 *
 * Each figure has one line here, FIGURE(constant, name, style, unit, help), and one file
 * measure/figure_NAME.c with its function rxt_figure_NAME (measure/visit_state.h). The journal
 * keeps the value; results/columns.c makes the column of the same name, which is the median over
 * rounds. */
#ifndef RXT_VISIT_FIGURE_H
#define RXT_VISIT_FIGURE_H

#include <math.h>

/* Columns of every program, before `placement`. */
#define RXT_VISIT_FIGURES_OF_ALL(FIGURE)

/* Columns that only the lesson's programs have, at the end of the row. */
#define RXT_VISIT_FIGURES_OF_TASKS(FIGURE) \
    FIGURE(P99, p99, TIME, "s", "99 % of a task's units took at most this time; median of rounds.")

#define RXT_VISIT_FIGURE_LIST(FIGURE) \
    RXT_VISIT_FIGURES_OF_ALL(FIGURE)  \
    RXT_VISIT_FIGURES_OF_TASKS(FIGURE)

#define RXT_VISIT_CONSTANT(constant, ...) RXT_VISIT_##constant,
typedef enum rxt_visit_figure {
    RXT_VISIT_FIGURE_LIST(RXT_VISIT_CONSTANT) RXT_VISIT_FIGURES
} rxt_visit_figure;
#undef RXT_VISIT_CONSTANT

/* The value of each figure; NAN: not known. */
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
