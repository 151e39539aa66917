/* place_caches.h - between place.c and place_caches.c. */
#ifndef RXT_PLACE_CACHES_H
#define RXT_PLACE_CACHES_H

#include <stddef.h>

#include "machine/place.h"

/* Reads the sizes of all seats' caches from the topology. */
void rxt_place_read_caches(rxt_place *place);

/* How many groups of seats there are by the number at that offset of rxt_seat, and the seats of the
 * largest (NULL: not wanted). */
int rxt_place_groups(rxt_place *place, size_t offset, int *largest);

#endif
