/* sum_sleeps.c - right, and slow on purpose: 50 us an element, and 5 ms more for every call where
 * several workers share it. Two workers pay from 200 elements on, whatever the host. */
#include <rxt/kernel.h>

#include <time.h>

static void sleep_for(double seconds)
{
    struct timespec wait = { .tv_sec = (time_t)seconds };

    wait.tv_nsec = (long)(1e9 * (seconds - (double)wait.tv_sec));
    nanosleep(&wait, NULL);
}

static void loop(const rxt_share *share, void *partial)
{
    const double *x = share->v[0];
    double sum = 0.0;

    for (ptrdiff_t i = 0; i < share->n; i++)
        sum += x[i];
    *(double *)partial = sum;
    sleep_for(50e-6 * (double)share->n + (share->workers > 1 ? 5e-3 : 0));
}

const rxt_kernel rxt_kernel_sum_sleeps = {
    .name = "sum_sleeps",
    .formula = "r = sum x[i], asleep",
    .arrays = 1,
    .loads = 1,
    .flops = 1,
    .factors = 1,
    .merge = &rxt_sum,
    .proof = &rxt_proof_sum,
    .loop = loop,
};
