/* launched.c - bench_launched, the program of a user who starts one job per split: a plain dot
 * product with MPI and OpenMP, timed in WINDOWS windows.
 *
 *   mpirun -np RANKS bench_launched THREADS N WINDOWS
 *
 * It does nothing else, because it is used to compare the cost of launching. */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

static const double window = 5e-3; /* seconds, as in a visit of rxt */

typedef struct part {
    double *x, *y;
    long n;
    int threads;
} part;

static double dot(const part *p)
{
    const double *x = p->x, *y = p->y;
    double mine = 0.0, sum;

#pragma omp parallel for simd reduction(+ : mine) num_threads(p->threads)
    for (long i = 0; i < p->n; i++)
        mine += x[i] * y[i];
    MPI_Allreduce(&mine, &sum, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    return sum;
}

static double seconds_of(const part *p, long calls)
{
    double begin, spent;

    MPI_Barrier(MPI_COMM_WORLD);
    begin = MPI_Wtime();
    for (long c = 0; c < calls; c++)
        dot(p);
    spent = MPI_Wtime() - begin;
    MPI_Allreduce(MPI_IN_PLACE, &spent, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
    return spent;
}

static double best_of(const part *p, int windows)
{
    double best, spent;
    long calls = 1;

    while ((spent = seconds_of(p, calls)) < window)
        calls *= 2;
    best = spent;
    for (int w = 1; w < windows; w++) {
        spent = seconds_of(p, calls);
        best = spent < best ? spent : best;
    }
    return best / (double)calls;
}

static void fill(part *p)
{
#pragma omp parallel for num_threads(p->threads)
    for (long i = 0; i < p->n; i++) {
        p->x[i] = 1.0;
        p->y[i] = 2.0;
    }
}

int main(int argc, char *argv[])
{
    part p = { 0 };
    int provided, rank, ranks, ready;

    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    if (argc == 4) {
        p.threads = atoi(argv[1]);
        p.n = atol(argv[2]) / ranks;
        p.x = malloc((size_t)p.n * sizeof *p.x);
        p.y = malloc((size_t)p.n * sizeof *p.y);
    }
    if (p.x && p.y && p.threads > 0) {
        fill(&p);
        double best = best_of(&p, atoi(argv[3]));

        if (rank == 0)
            printf("%d x %d, n = %s: %.3g s\n", ranks, p.threads, argv[2], best);
    }
    MPI_Finalize();
    ready = p.x && p.y;
    free(p.x);
    free(p.y);
    return ready ? 0 : 2;
}
