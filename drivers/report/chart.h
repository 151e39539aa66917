/* chart.h - what a page draws: points with their intervals, in series, on logarithmic axes. */
#ifndef RXT_CHART_H
#define RXT_CHART_H

#include <stdbool.h>

enum { RXT_CHART_SERIES = 16, RXT_CHART_POINTS = 16, RXT_CHART_NAME = 120 };

typedef struct rxt_chart_point {
    double x, y, low, high; /* low and high NAN: no interval */
} rxt_chart_point;

typedef struct rxt_chart_series {
    char name[RXT_CHART_NAME];
    bool beside;  /* another program's, put beside                                    */
    double bound; /* of a figure, NAN: it has none …                                  */
    bool above;   /* … and is wanted above it, not below                              */
    int count;
    rxt_chart_point point[RXT_CHART_POINTS];
} rxt_chart_series;

typedef struct rxt_chart {
    bool lines;        /* curves, y against x; else a mark for every series, y alone */
    bool times;        /* y are seconds, else ratios                                 */
    bool ideal;        /* with the line y = x                                        */
    double line;       /* a horizontal one; NAN: none                                */
    const char *x, *y; /* what they are                                              */
    int count;
    rxt_chart_series series[RXT_CHART_SERIES];
    int left_out; /* series and points that found no room */
} rxt_chart;

#endif
