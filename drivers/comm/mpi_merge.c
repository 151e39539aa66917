/* mpi_merge.c - makes an MPI operation of each merge, and merges partial results by the chosen
 * transport. */
#include "comm/mpi.h"

#include <stdio.h>
#include <string.h>

/* MPI calls a user's operation with the datatype, but without any argument that could name the
 * merge. A pointer to the merge in the data would be wrong on another rank. But a datatype is local
 * and has a name, so its name is the address of this rank's merge, in hexadecimal. */
static void merge_by_type(void *lower, void *upper, int *count, MPI_Datatype *type)
{
    _Alignas(64) unsigned char left[RXT_PARTIAL];
    char name[MPI_MAX_OBJECT_NAME];
    int length = 0;
    void *address = NULL;
    const rxt_merge *merge;

    /* No comm is known here, so an error could not be reported. Therefore a call that fails is
     * tried a second time. */
    if (MPI_Type_get_name(*type, name, &length) && MPI_Type_get_name(*type, name, &length))
        rxt_comm_abort(RXT_ENVIRONMENT);
    sscanf(name, "%p", &address);
    merge = address;
    for (size_t i = 0; i < (size_t)*count; i++) {
        memcpy(left, (unsigned char *)lower + i * merge->size, merge->size);
        merge->merge(left, (unsigned char *)upper + i * merge->size);
        memcpy((unsigned char *)upper + i * merge->size, left, merge->size);
    }
}

/* The merge of a barrier: no data, and nothing to do. */
static void leave(void *left, const void *right)
{
    (void)left, (void)right;
}

static const rxt_merge nothing = { .size = 0, .commutes = true, .merge = leave };

const operation *rxt_comm_operation(const rxt_comm *comm, const rxt_merge *merge)
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

    if (merge->native == RXT_NATIVE_SUM || rxt_comm_operation(comm, merge))
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

/* ---- transports: a table made of the lines of comm/combine.h ---- */

#define DECLARE(constant, name, help) extern const rxt_transport rxt_transport_##name;
RXT_COMBINE_WAYS(DECLARE)
#undef DECLARE

#define ENTRY(constant, name, help) &rxt_transport_##name,
static const rxt_transport *const transports[] = { RXT_COMBINE_WAYS(ENTRY) };
#undef ENTRY

rxt_status rxt_comm_ready(rxt_comm *comm, rxt_combine combine, const rxt_merge *merge)
{
    rxt_status st = merge ? ready_operation(comm, merge) : RXT_OK;

    if (st || !transports[combine]->open || comm->size == 1 || comm->transport[combine])
        return st;
    return transports[combine]->open(comm, &comm->transport[combine]);
}

void rxt_comm_draw(rxt_comm *comm, rxt_combine combine, int epoch)
{
    bool drawn = comm->epoch[combine] == epoch;

    comm->epoch[combine] = epoch;
    if (!drawn && comm->transport[combine] && transports[combine]->renew)
        rxt_status_free(transports[combine]->renew(comm, comm->transport[combine]));
}

void rxt_comm_close_transports(const rxt_comm *comm)
{
    for (int c = 0; c < RXT_COMBINES; c++)
        if (comm->transport[c])
            transports[c]->close(comm, comm->transport[c]);
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
    transports[combine]->combine(comm, comm->transport[combine], merge, partial);
}
