/* place_caches.c - the sizes of caches: read from the topology, and replaced by other sizes. */
#include "machine/place_caches.h"

#include <math.h>
#include <stddef.h>

#include <hwloc.h>

static double cache_size(const rxt_place *place, hwloc_obj_type_t type, const rxt_seat *seat)
{
    hwloc_obj_t pu = hwloc_get_pu_obj_by_os_index(place->topology, (unsigned)seat->cpu);
    hwloc_obj_t cache = pu ? hwloc_get_ancestor_obj_by_type(place->topology, type, pu) : NULL;

    return cache && cache->attr ? (double)cache->attr->cache.size : 0.0;
}

/* The sum of the sizes of all caches of a level, also of caches that no seat uses, because these
 * hold data too. A cache of size `said` counts as `bytes`. */
static double sum_with(const rxt_place *place, hwloc_obj_type_t type, double said, double bytes)
{
    hwloc_obj_t cache = NULL;
    double sum = 0;

    while ((cache = hwloc_get_next_obj_by_type(place->topology, type, cache))) {
        double size = cache->attr ? (double)cache->attr->cache.size : 0;

        sum += size == said ? bytes : size;
    }
    return sum;
}

void rxt_place_read_caches(rxt_place *place)
{
    for (int s = 0; s < place->seats; s++) {
        rxt_seat *seat = &place->seat[s];

        seat->bytes[0] = cache_size(place, HWLOC_OBJ_L1CACHE, seat);
        seat->bytes[1] = cache_size(place, HWLOC_OBJ_L2CACHE, seat);
        seat->bytes[2] = cache_size(place, HWLOC_OBJ_L3CACHE, seat);
    }
    place->l1 = place->seat[0].bytes[0];
    place->l2 = place->seat[0].bytes[1];
    place->l3 = place->seat[0].bytes[2];
    place->l3_all = sum_with(place, HWLOC_OBJ_L3CACHE, 0, 0);
    if (place->l3_all <= 0.0)
        place->l3_all = sum_with(place, HWLOC_OBJ_L2CACHE, 0, 0);
}

/* Caches of the first seat's size (*said) get the size `bytes`; caches of other sizes keep
 * theirs. */
static void put_size(rxt_place *place, int level, double *said, double bytes)
{
    for (int s = 0; s < place->seats; s++)
        if (place->seat[s].bytes[level] == *said)
            place->seat[s].bytes[level] = bytes;
    *said = bytes;
}

static double correct_l3(rxt_place *place, double bytes)
{
    if (place->l3 == bytes)
        return place->l3_all;
    if (place->l3 > 0)
        return sum_with(place, HWLOC_OBJ_L3CACHE, place->l3, bytes);
    for (int s = 0; s < place->seats; s++)
        place->seat[s].l3 = place->seat[s].socket;
    return bytes * fmax(1, place->all_sockets);
}

static double correct_l2(const rxt_place *place, double bytes)
{
    if (place->l2 == bytes)
        return place->l3_all;
    return place->l2 > 0 ? sum_with(place, HWLOC_OBJ_L2CACHE, place->l2, bytes)
                         : bytes * fmax(1, place->all_cores);
}

void rxt_place_set_caches(rxt_place *place, const double bytes[4])
{
    double *said[] = { &place->l1, &place->l2, &place->l3 };

    for (int l = 0; l < 3; l++)
        put_size(place, l, said[l], bytes[l]);
    place->l3_all = bytes[3];
}

/* Sets the size of all L3s together to `all`. If `all` is less than the sum of the single L3s,
 * neighbouring L3s become one. */
static void join_l3(rxt_place *place, double all)
{
    int one = (int)ceil(place->l3s / fmax(1, nearbyint(place->l3s * all / place->l3_all)));

    for (int s = 0; s < place->seats && one > 1; s++)
        if (place->seat[s].l3 >= 0)
            place->seat[s].l3 /= one;
    place->l3_all = all;
}

void rxt_place_correct(rxt_place *place, const double bytes[4])
{
    double *said[] = { &place->l1, &place->l2, &place->l3 };

    if (bytes[2] > 0)
        place->l3_all = correct_l3(place, bytes[2]);
    else if (bytes[1] > 0 && place->l3 <= 0)
        place->l3_all = correct_l2(place, bytes[1]);
    for (int l = 0; l < 3; l++)
        if (bytes[l] > 0)
            put_size(place, l, said[l], bytes[l]);
    place->l3s = rxt_place_groups(place, offsetof(rxt_seat, l3), &place->per_l3);
    if (bytes[3] > 0 && place->l3 > 0)
        join_l3(place, bytes[3]);
    place->l3s = rxt_place_groups(place, offsetof(rxt_seat, l3), &place->per_l3);
}

void rxt_place_l3_cpus(const rxt_place *place, int cpu[])
{
    for (int s = place->seats - 1; s >= 0; s--)
        if (place->seat[s].l3 >= 0)
            cpu[place->seat[s].l3] = place->seat[s].cpu;
}
