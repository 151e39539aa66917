/* stall.c - a CBLAS whose dot product waits as long as the file $STALL exists; while it waits, it
 * creates the file $STALL_IN. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

double cblas_ddot(int n, const double *x, int dx, const double *y, int dy);

double cblas_ddot(int n, const double *x, int dx, const double *y, int dy)
{
    double sum = 0.0;

    while (access(getenv("STALL"), F_OK) == 0) {
        close(creat(getenv("STALL_IN"), 0600));
        usleep(1000);
    }
    for (int i = 0; i < n; i++)
        sum += x[(long)i * dx] * y[(long)i * dy];
    return sum;
}
