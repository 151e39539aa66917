/* mpi_merge.c - ranks' partial results made one: by MPI_Allreduce, or where the ranks of a
 * node meet in memory (comm/mpi_window.c). */
#include "comm/mpi.h"

#include <stdio.h>
#include <string.h>

/* MPI hands a user's operation nothing but the datatype, and its C pointer would mean nothing on
 * another rank. A datatype is local, though, and has a name: the address of this rank's merge, in
 * hexadecimal. */
static void merge_by_type(void *lower, void *upper, int *count, MPI_Datatype *type)
{
    _Alignas(64) unsigned char left[RXT_PARTIAL];
    char name[MPI_MAX_OBJECT_NAME];
    int length = 0;
    void *address = NULL;
    const rxt_merge *merge;

    if (MPI_Type_get_name(*type, name, &length) && MPI_Type_get_name(*type, name, &length))
        rxt_comm_abort(RXT_ENVIRONMENT); /* here is no comm whose end could be told */
    sscanf(name, "%p", &address);
    merge = address;
    for (size_t i = 0; i < (size_t)*count; i++) {
        memcpy(left, (unsigned char *)lower + i * merge->size, merge->size);
        merge->merge(left, (unsigned char *)upper + i * merge->size);
        memcpy((unsigned char *)upper + i * merge->size, left, merge->size);
    }
}

/* Those who merge nothing meet all the same. */
static void leave(void *left, const void *right)
{
    (void)left, (void)right;
}

static const rxt_merge nothing = { .size = 0, .commutes = true, .merge = leave };

static const operation *find(const rxt_comm *comm, const rxt_merge *merge)
{
    for (int i = 0; i < comm->operations; i++)
        if (comm->operation[i].merge == merge)
            return &comm->operation[i];
    return NULL;
}

static rxt_status ready_operation(rxt_comm *comm, const rxt_merge *merge)
{
    operation *new = &comm->operation[comm->operations];
    char name[MPI_MAX_OBJECT_NAME];

    if (merge->native == RXT_NATIVE_SUM || find(comm, merge))
        return RXT_OK;
    if (comm->operations == MERGES)
        return rxt_status_of(
            RXT_USAGE, "more than %d kinds of merge in one study; choose fewer kernels", MERGES);
    new->merge = merge;
    MUST(comm, MPI_Type_contiguous((int)merge->size, MPI_BYTE, &new->type));
    snprintf(name, sizeof name, "%p", (const void *)merge);
    MUST(comm, MPI_Type_set_name(new->type, name));
    MUST(comm, MPI_Type_commit(&new->type));
    MUST(comm, MPI_Op_create(merge_by_type, merge->commutes, &new->op));
    comm->operations++;
    return RXT_OK;
}

rxt_status rxt_comm_ready(rxt_comm *comm, rxt_combine combine, const rxt_merge *merge)
{
    rxt_status st = merge ? ready_operation(comm, merge) : RXT_OK;

    if (st || combine != RXT_COMBINE_WINDOW || comm->size == 1 || comm->reduction)
        return st;
    return rxt_reduction_window_open(comm);
}

void rxt_comm_allreduce(const rxt_comm *comm, MPI_Comm over, const rxt_merge *merge, void *partial)
{
    const operation *own;

    if (merge == &nothing) {
        MUST(comm, MPI_Barrier(over));
        return;
    }
    if (merge->native == RXT_NATIVE_SUM) {
        MUST(comm, MPI_Allreduce(MPI_IN_PLACE, partial, 1, MPI_DOUBLE, MPI_SUM, over));
        return;
    }
    own = find(comm, merge);
    MUST(comm, MPI_Allreduce(MPI_IN_PLACE, partial, 1, own->type, own->op, over));
}

void rxt_comm_combine(const rxt_comm *comm, rxt_combine combine, const rxt_merge *merge,
                      void *partial)
{
    unsigned char none;

    if (comm->size == 1)
        return;
    if (!merge) {
        merge = &nothing;
        partial = &none;
    }
    if (combine == RXT_COMBINE_WINDOW)
        rxt_reduction_window_combine(comm, merge, partial);
    else
        rxt_comm_allreduce(comm, comm->comm, merge, partial);
}

const char *rxt_combine_name(rxt_combine combine)
{
    return combine == RXT_COMBINE_WINDOW ? "window" : "mpi";
}
