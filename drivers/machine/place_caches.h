/* place_caches.h - functions of place_caches.c and place.c for each other. */
#ifndef RXT_PLACE_CACHES_H
#define RXT_PLACE_CACHES_H

#include <stddef.h>

#include "machine/place.h"

/* Reads the sizes of all seats' caches from the topology. */
void rxt_place_read_caches(rxt_place *place);

/* The number of groups of seats, where a group has the same number at `offset` of rxt_seat.
 * *largest: seats of the largest group (NULL: not wanted). */
int rxt_place_groups(rxt_place *place, size_t offset, int *largest);

#endif
