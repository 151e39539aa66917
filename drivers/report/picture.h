/* picture.h - what a page draws: points with their intervals, in series, on logarithmic axes. */
#ifndef RXT_PICTURE_H
#define RXT_PICTURE_H

#include <stdbool.h>

enum { RXT_PICTURE_SERIES = 16, RXT_PICTURE_POINTS = 16, RXT_PICTURE_NAME = 120 };

typedef struct rxt_picture_point {
    double x, y, low, high; /* low and high NAN: no interval */
} rxt_picture_point;

typedef struct rxt_picture_series {
    char name[RXT_PICTURE_NAME];
    bool beside;  /* another program's, put beside                                    */
    double bound; /* of a figure, NAN: it has none …                                  */
    bool above;   /* … and is wanted above it, not below                              */
    int count;
    rxt_picture_point point[RXT_PICTURE_POINTS];
} rxt_picture_series;

typedef struct rxt_picture {
    bool lines;        /* curves, y against x; else a mark for every series, y alone */
    bool times;        /* y are seconds, else ratios                                 */
    bool ideal;        /* with the line y = x                                        */
    double line;       /* a horizontal one; NAN: none                                */
    const char *x, *y; /* what they are                                              */
    int count;
    rxt_picture_series series[RXT_PICTURE_SERIES];
    int left_out; /* series and points that found no room */
} rxt_picture;

#endif
