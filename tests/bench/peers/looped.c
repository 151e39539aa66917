/* looped.c - c = a + b as users of MPI and OpenMP write it: the elements are divided among ranks
 * and threads, and the ranks synchronise after each loop, as before a halo exchange.
 * tests/bench/loops.sh uses it to find the size from which on two workers are faster.
 *
 *     mpiexec -np RANKS bench_looped N…     prints "N SECONDS" (slowest rank) for each size
 */
#include <mpi.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

enum { TRIES = 5 };
static const double long_enough = 2e-3;

static void add(ptrdiff_t n, double *restrict c, const double *restrict a, const double *restrict b)
{
    if (omp_get_max_threads() == 1) {
        for (ptrdiff_t i = 0; i < n; i++)
            c[i] = a[i] + b[i];
        return;
    }
#pragma omp parallel for schedule(static)
    for (ptrdiff_t i = 0; i < n; i++)
        c[i] = a[i] + b[i];
}

static double seconds_of(long loops, ptrdiff_t n, double *c, const double *a, const double *b,
                         int ranks)
{
    double spent, slowest;

    MPI_Barrier(MPI_COMM_WORLD);
    spent = -MPI_Wtime();
    for (long l = 0; l < loops; l++) {
        add(n, c, a, b);
        if (ranks > 1)
            MPI_Barrier(MPI_COMM_WORLD);
    }
    spent += MPI_Wtime();
    MPI_Allreduce(&spent, &slowest, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
    return slowest;
}

/* Median seconds per loop of TRIES tries, each much longer than the clock's resolution. */
static double measure(ptrdiff_t n, double *c, const double *a, const double *b, int ranks)
{
    double each[TRIES];
    long loops = 1;

    while (seconds_of(loops, n, c, a, b, ranks) < long_enough)
        loops *= 2;
    for (int t = 0; t < TRIES; t++) {
        double seconds = seconds_of(loops, n, c, a, b, ranks) / (double)loops;
        int at = t;

        for (; at > 0 && each[at - 1] > seconds; at--)
            each[at] = each[at - 1];
        each[at] = seconds;
    }
    return each[TRIES / 2];
}

static int measure_size(ptrdiff_t n, int rank, int ranks)
{
    ptrdiff_t part = n / ranks + (rank < n % ranks);
    double *v = malloc(3 * (size_t)part * sizeof *v + 1), seconds;

    if (!v)
        return 1;
#pragma omp parallel for schedule(static)
    for (ptrdiff_t i = 0; i < part; i++) {
        v[i] = 0;
        v[part + i] = (double)i;
        v[2 * part + i] = 1;
    }
    seconds = measure(part, v, v + part, v + 2 * part, ranks);
    if (rank == 0)
        printf("%td %.6g\n", n, seconds);
    free(v);
    return 0;
}

int main(int argc, char **argv)
{
    int rank, ranks, failed = 0;

    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    for (int i = 1; i < argc && !failed; i++)
        failed = measure_size(strtol(argv[i], NULL, 10), rank, ranks);
    if (failed)
        MPI_Abort(MPI_COMM_WORLD, 3);
    MPI_Finalize();
    return 0;
}
