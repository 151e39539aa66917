/* place_caches.h - functions that place_caches.c has for place.c, and place.c for
 * place_caches.c. */
#ifndef RXT_PLACE_CACHES_H
#define RXT_PLACE_CACHES_H

#include <stddef.h>

#include "machine/place.h"

/* Reads the sizes of all seats' caches from the topology. */
void rxt_place_read_caches(rxt_place *place);

/* A group is the set of all seats that have the same number in the member of rxt_seat at `offset`.
 * Returns the number of groups. *largest: number of seats of the largest group (NULL: not
 * wanted). */
int rxt_place_groups(rxt_place *place, size_t offset, int *largest);

#endif
