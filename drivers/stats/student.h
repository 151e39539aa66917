/* student.h - Student's t: how far the mean of a few normal values may be from the truth. Pure. */
#ifndef RXT_STUDENT_H
#define RXT_STUDENT_H

/* P(|T| <= t), where T has Student's distribution. `freedom`: degrees of freedom, at least 1;
 * t >= 0. */
double rxt_student_within(int freedom, double t);

/* The t with P(|T| <= t) = coverage, likewise. Requires 0 < coverage < 1. */
double rxt_student_quantile(int freedom, double coverage);

/* The standard deviation of n >= 2 values; *mean: their mean. */
double rxt_student_deviation(int n, const double values[], double *mean);

/* Student's t of the mean of n >= 2 values, which has n - 1 degrees of freedom. */
double rxt_student_of(int n, const double values[]);

#endif
