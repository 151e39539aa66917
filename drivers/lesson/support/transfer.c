/* transfer.c - the common part of all ways to transfer numbers. */
#include "transfer.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "machine/cpus.h"

#include "numbers.h"

enum { LINE = 64 };

rxt_status rxt_transfer_make(rxt_slab *slab, size_t size)
{
    char most[32];

    slab->state = calloc(1, size);
    if (!slab->state)
        return rxt_status_no_memory("to hand numbers over");
    if (slab->total <= RXT_NUMBERS_MOST)
        return RXT_OK;
    return rxt_status_of(RXT_USAGE, "sums of more than %s numbers are not exact; hand over fewer",
                         rxt_list_print(RXT_NUMBERS_MOST, most));
}

/* Checks the free memory only for 64 MB or more, because the check reads files. */
static bool has_memory(double bytes)
{
    return bytes < 64e6 || bytes < rxt_cpus_memory("", NULL);
}

/* Fills x with bytes 0xff: a double with all bits set is a NaN. */
rxt_status rxt_transfer_numbers(const rxt_slab *slab, double each)
{
    rxt_transfer *transfer = slab->state;
    size_t bytes = ((size_t)slab->total * sizeof(double) / LINE + 1) * LINE;
    double all = each * (double)slab->total * slab->ranks;
    char n[32];

    if (has_memory(all))
        transfer->x = aligned_alloc(LINE, bytes);
    if (!transfer->x)
        return rxt_status_no_memory("to hand %s numbers over (%.3g GB); choose a smaller size",
                                    rxt_list_print(slab->total, n), all / 1e9);
    memset(transfer->x, 0xff, bytes);
    return RXT_OK;
}

void rxt_transfer_free(rxt_slab *slab)
{
    rxt_transfer *transfer = slab->state;

    if (!transfer)
        return;
    free(transfer->x);
    rxt_status_free(transfer->trouble);
    free(transfer);
    slab->state = NULL;
}

double rxt_transfer_made(rxt_transfer *transfer, ptrdiff_t n)
{
    return rxt_numbers_make(++transfer->call, n, transfer->x);
}

double rxt_transfer_heard(double made, double sum)
{
    return made == sum ? 0 : -1;
}

double rxt_transfer_alone(rxt_transfer *transfer, ptrdiff_t n)
{
    double made = rxt_transfer_made(transfer, n), sum;
    ptrdiff_t right = rxt_numbers_check(transfer->call, n, transfer->x, &sum);

    return (double)right + rxt_transfer_heard(made, sum);
}

static double send_numbers(const rxt_slab *slab, const rxt_way *way)
{
    double made = rxt_transfer_made(slab->state, slab->total), sum;

    if (!way->send_numbers(slab) || !way->receive_sum(slab, &sum))
        return -1;
    return rxt_transfer_heard(made, sum);
}

/* Sends a sum even if the numbers were not received, so that the other rank does not wait for
 * ever. */
static double receive_numbers(const rxt_slab *slab, const rxt_way *way)
{
    rxt_transfer *transfer = slab->state;
    double sum = 0;
    ptrdiff_t right = 0;

    transfer->call++;
    if (way->receive_numbers(slab))
        right = rxt_numbers_check(transfer->call, slab->total, transfer->x, &sum);
    return way->send_sum(slab, sum) ? (double)right : 0;
}

void rxt_transfer_call(const rxt_slab *slab, const rxt_way *way, double *right)
{
    if (slab->ranks == 1)
        *right = rxt_transfer_alone(slab->state, slab->total);
    else if (slab->rank == 0)
        *right = send_numbers(slab, way);
    else
        *right = receive_numbers(slab, way);
}

rxt_status rxt_transfer_trouble(rxt_slab *slab)
{
    rxt_transfer *transfer = slab->state;
    rxt_status st = transfer->trouble;

    transfer->trouble = RXT_OK;
    return st;
}

bool rxt_transfer_fits(int nodes, int ranks, int threads)
{
    return nodes == 1 && ranks == 2 && threads == 1;
}
