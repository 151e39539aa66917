/* piped.h - what ways of handing numbers over by pipes have in common. */
#ifndef PIPED_H
#define PIPED_H

#include "hand.h"
#include "pipes.h"

/* What such a way's state begins with. */
typedef struct rxt_piped {
    rxt_hand hand;
    rxt_pipes pipes;
    bool opened;
} rxt_piped;

/* A state of so many bytes, with numbers (rxt_hand_numbers) and, between two ranks, pipes. The same
 * status on all ranks. Collective. */
rxt_status rxt_piped_make(rxt_slab *slab, size_t size, double each);
void rxt_piped_free(rxt_slab *slab);

/* To and from the other rank. False, and noted as the state's trouble, when that is gone. */
bool rxt_piped_write(const rxt_slab *slab, const void *bytes, size_t size);
bool rxt_piped_read(const rxt_slab *slab, void *bytes, size_t size);

/* Parts of a way: the sum, through the pipe. */
bool rxt_piped_answer(const rxt_slab *slab, double sum);
bool rxt_piped_hear(const rxt_slab *slab, double *sum);

#endif
