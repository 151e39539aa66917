/* place_core.c - which CPUs share a core. */
#include "machine/place.h"

#include <hwloc.h>

/* The core of a CPU; the CPU itself if the topology has no cores; NULL if the CPU is not in the
 * topology. */
static hwloc_obj_t core_of(const rxt_place *place, int cpu)
{
    hwloc_obj_t pu = cpu < 0 ? NULL : hwloc_get_pu_obj_by_os_index(place->topology, (unsigned)cpu);
    hwloc_obj_t core =
        pu ? hwloc_get_ancestor_obj_by_type(place->topology, HWLOC_OBJ_CORE, pu) : NULL;

    return core ? core : pu;
}

/* The first CPU of the core of `cpu`, or -1; the CPU itself if the topology is not known. */
static int first_of(const rxt_place *place, int cpu)
{
    hwloc_obj_t core = place ? core_of(place, cpu) : NULL;

    return core ? hwloc_bitmap_first(core->cpuset) : place ? -1 : cpu;
}

bool rxt_place_shares(const rxt_place *place, int workers, const int cpu[])
{
    rxt_cpus taken = { .bits = { 0 } }; /* the cores that are taken, by their first CPUs */

    for (int w = 0; w < workers; w++) {
        int first = first_of(place, cpu[w]);

        if (first < 0 || first >= RXT_CPUS)
            continue;
        if (rxt_cpus_has(&taken, first))
            return true;
        rxt_cpus_add(&taken, first);
    }
    return false;
}

rxt_cpus rxt_place_cpus(const rxt_place *place)
{
    rxt_cpus all = { .bits = { 0 } };

    for (int s = 0; s < place->seats; s++) {
        hwloc_obj_t core = core_of(place, place->seat[s].cpu);
        int cpu = -1;

        while (core && (cpu = hwloc_bitmap_next(core->cpuset, cpu)) >= 0 && cpu < RXT_CPUS)
            rxt_cpus_add(&all, cpu);
    }
    return all;
}
