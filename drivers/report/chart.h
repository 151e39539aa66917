/* chart.h - the data of a chart on a page: series of points with their intervals, on logarithmic
 * axes. */
#ifndef RXT_CHART_H
#define RXT_CHART_H

#include <stdbool.h>

enum { RXT_CHART_SERIES = 16, RXT_CHART_POINTS = 16, RXT_CHART_NAME = 120 };

typedef struct rxt_chart_point {
    double x, y, low, high; /* low and high NAN: no interval */
} rxt_chart_point;

typedef struct rxt_chart_series {
    char name[RXT_CHART_NAME];
    bool beside;  /* measured in another program (CPython), for comparison */
    double bound; /* the bound that a claim sets for the figure; NAN: none */
    bool above;   /* the claim needs the figure above the bound, not below */
    int count;
    rxt_chart_point point[RXT_CHART_POINTS];
} rxt_chart_series;

typedef struct rxt_chart {
    bool lines;        /* curves of y against x; else one mark per series, y alone */
    bool times;        /* y is in seconds, else a ratio */
    bool ideal;        /* draw the line y = x */
    double line;       /* y of a horizontal line; NAN: none */
    const char *x, *y; /* names of the axes */
    int count;
    rxt_chart_series series[RXT_CHART_SERIES];
    int left_out; /* series and points that exceeded the maximum */
} rxt_chart;

#endif
