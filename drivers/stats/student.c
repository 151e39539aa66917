/* student.c - Student's t: how far the mean of a few normal values may be from the truth. */
#include "stats/student.h"

#include <math.h>

/* A finite sum, because the degrees of freedom are a whole number (Abramowitz & Stegun 1964, 26.7.3
 * and 26.7.4). */
double rxt_student_within(int freedom, double t)
{
    double angle = atan(t / sqrt(freedom)), square = cos(angle) * cos(angle);
    int odd = freedom % 2;
    double term = odd ? cos(angle) : 1.0, sum = freedom > 1 ? term : 0.0;

    for (int k = odd ? 3 : 2; k < freedom; k += 2) {
        term *= square * (k - 1) / k;
        sum += term;
    }
    return odd ? (angle + sin(angle) * sum) / acos(0.0) : sin(angle) * sum;
}

double rxt_student_quantile(int freedom, double coverage)
{
    double low = 0.0, high = 1.0;

    while (rxt_student_within(freedom, high) < coverage && high < 1e12)
        high *= 2.0;
    for (int i = 0; i < 100; i++) {
        double middle = 0.5 * (low + high);

        if (rxt_student_within(freedom, middle) < coverage)
            low = middle;
        else
            high = middle;
    }
    return high;
}

double rxt_student_deviation(int n, const double values[], double *mean)
{
    double squares = 0.0;

    *mean = 0.0;
    for (int i = 0; i < n; i++)
        *mean += values[i] / n;
    for (int i = 0; i < n; i++)
        squares += (values[i] - *mean) * (values[i] - *mean);
    return sqrt(squares / (n - 1));
}

/* Values that are all equal get a deviation above 0, so that t is finite. */
double rxt_student_of(int n, const double values[])
{
    double mean, deviation = rxt_student_deviation(n, values, &mean);

    return mean / fmax(deviation / sqrt(n), 1e-12);
}
