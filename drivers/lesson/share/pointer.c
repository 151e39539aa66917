/* pointer.c - numbers for another thread of the process: only their address is handed over.
 *
 * Only the core of the receiving thread moves the numbers, when it reads them. Both threads belong
 * to the OpenMP team. The team starts both threads for each call, as for any kernel, and the time
 * includes this start. In the tasks for two ranks the time includes the end of the call instead.
 * Each thread waits for the other by polling a cache line (spin_wait.h). */
#include <rxt/task.h>

#include "../support/numbers.h"
#include "../support/spin_wait.h"
#include "../support/transfer.h"

/* Two cache lines, one for each direction. */
typedef struct meeting {
    rxt_transfer transfer; /* used by thread 0 */
    uint64_t call;         /* number of thread 1's last call */
    char apart[RXT_SPIN_WAIT_FAR];
    rxt_spin_wait given;
    const double *x;
    char apart_too[RXT_SPIN_WAIT_FAR];
    rxt_spin_wait answered;
    double sum;
} meeting;

static rxt_status make(rxt_slab *slab)
{
    rxt_status st = rxt_transfer_make(slab, sizeof(meeting));

    return st ? st : rxt_transfer_numbers(slab, sizeof(double));
}

static double send_numbers(meeting *m, ptrdiff_t n)
{
    double made = rxt_transfer_made(&m->transfer, n);

    m->x = m->transfer.x;
    rxt_spin_wait_set(&m->given, (unsigned)m->transfer.call);
    rxt_spin_wait_until(&m->answered, (unsigned)m->transfer.call);
    return rxt_transfer_heard(made, m->sum);
}

static double receive_numbers(meeting *m, ptrdiff_t n)
{
    uint64_t call = ++m->call;
    ptrdiff_t right;

    rxt_spin_wait_until(&m->given, (unsigned)call);
    right = rxt_numbers_check(call, n, m->x, &m->sum);
    rxt_spin_wait_set(&m->answered, (unsigned)call);
    return (double)right;
}

/* The baseline 1×1 has one worker, which does all steps itself; all other splits have two. */
static void loop(const rxt_share *share, void *partial)
{
    meeting *m = share->state;
    double *right = partial;

    if (share->workers == 1)
        *right = rxt_transfer_alone(&m->transfer, share->total);
    else
        *right =
            share->worker == 0 ? send_numbers(m, share->total) : receive_numbers(m, share->total);
}

static bool fits(int nodes, int ranks, int threads)
{
    return nodes == 1 && ranks == 1 && threads == 2;
}

const rxt_task rxt_task_pointer = {
    .kernel = {
        .name = "pointer",
        .formula = "n numbers to another thread: their address",
        .loads = 1,
        .merge = &rxt_sum,
        .proof = &rxt_proof_units,
        .loop = loop,
        .make = make,
        .free = rxt_transfer_free,
        .task = &rxt_task_pointer,
    },
    .unit = "number",
    .fits = fits,
    .trouble = rxt_transfer_trouble,
};
