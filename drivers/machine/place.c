/* place.c - makes seats from a topology, binds a thread, and sees where a thread runs.
 *
 * The topology is that of this machine, that of a file, or a synthetic one. All later steps use
 * only the seats, so every plan can be made and tested on any machine. */
#include "machine/place_caches.h"

#include "machine/place_topology.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- seats ---- */

static int logical(hwloc_topology_t topology, hwloc_obj_type_t type, hwloc_obj_t pu)
{
    hwloc_obj_t above = hwloc_get_ancestor_obj_by_type(topology, type, pu);

    return above ? (int)above->logical_index : -1;
}

/* The NUMA domain of a CPU: of the domains that contain it, the one with the fewest CPUs, and of
 * these the first. Special memory, such as HBM or CXL, has more CPUs or comes later. */
static int numa_of(hwloc_topology_t topology, hwloc_obj_t pu)
{
    hwloc_obj_t node = NULL;
    int numa = 0, fewest = INT_MAX;

    while ((node = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_NUMANODE, node))) {
        int cpus = hwloc_bitmap_weight(node->cpuset);

        if (hwloc_bitmap_isset(node->cpuset, pu->os_index) && cpus < fewest) {
            fewest = cpus;
            numa = (int)node->logical_index;
        }
    }
    return numa;
}

/* The kind of a CPU's core, 0 for the fastest. hwloc orders kinds by efficiency (more means
 * faster). If hwloc does not know the efficiency, the kinds keep hwloc's order, so that splits do
 * not mix kinds by chance. CPUs without a kind form one more kind. */
static int kind_of(hwloc_topology_t topology, hwloc_obj_t pu)
{
    int kinds = hwloc_cpukinds_get_nr(topology, 0), efficiency = -1;
    int kind = hwloc_cpukinds_get_by_cpuset(topology, pu->cpuset, 0);

    if (kind < 0)
        return kinds;
    hwloc_cpukinds_get_info(topology, (unsigned)kind, NULL, &efficiency, NULL, NULL, 0);
    return efficiency < 0 || efficiency >= kinds ? kind : kinds - 1 - efficiency;
}

/* The seat of a CPU. The numbers in the seat are those of hwloc, which also counts CPUs that are
 * not allowed. */
static rxt_seat seat_of(hwloc_topology_t topology, hwloc_obj_t pu)
{
    int core = logical(topology, HWLOC_OBJ_CORE, pu),
        socket = logical(topology, HWLOC_OBJ_PACKAGE, pu);

    return (rxt_seat){
        .cpu = (int)pu->os_index,
        .core = core < 0 ? (int)pu->logical_index : core,
        .l2 = logical(topology, HWLOC_OBJ_L2CACHE, pu),
        .l3 = logical(topology, HWLOC_OBJ_L3CACHE, pu),
        .numa = numa_of(topology, pu),
        .socket = socket < 0 ? 0 : socket,
        .kind = kind_of(topology, pu),
    };
}

/* Takes all seats in the order of hwloc's tree, where the hardware threads of a core are
 * neighbours. hwloc shows only the CPUs that the cgroup's cpuset allows. */
static void take_seats(rxt_place *place, const rxt_place_request *request)
{
    hwloc_obj_t pu = NULL;
    int core = -1, sibling = 0;

    while ((pu = hwloc_get_next_obj_by_type(place->topology, HWLOC_OBJ_PU, pu))) {
        int cpu = (int)pu->os_index;
        rxt_seat seat;

        if (cpu < 0 || cpu >= RXT_CPUS) {
            place->beyond++;
            continue;
        }
        if (request->cpus && !rxt_cpus_has(request->cpus, cpu))
            continue;
        seat = seat_of(place->topology, pu);
        sibling = seat.core == core ? sibling + 1 : 0;
        core = seat.core;
        seat.sibling = sibling;
        if (request->smt || sibling == 0)
            place->seat[place->seats++] = seat;
    }
}

/* The member of a seat at `offset` of rxt_seat; it must be an int. */
static int *number_of(rxt_seat *seat, size_t offset)
{
    return (int *)(void *)((char *)seat + offset);
}

/* Replaces the numbers at `offset` of all seats by 0, 1, 2, … without gaps, in hwloc's order; -1
 * stays. */
static void renumber(rxt_place *place, size_t offset)
{
    int last = -1, next = 0;

    for (;;) {
        int lowest = INT_MAX;

        for (int s = 0; s < place->seats; s++) {
            int number = *number_of(&place->seat[s], offset);

            if (number > last && number < lowest)
                lowest = number;
        }
        if (lowest == INT_MAX)
            return;
        for (int s = 0; s < place->seats; s++)
            if (*number_of(&place->seat[s], offset) == lowest)
                *number_of(&place->seat[s], offset) = next;
        last = lowest;
        next++;
    }
}

/* Fast kinds first, within a kind the tree's order (insertion sort is stable). */
static void sort_kinds(rxt_place *place)
{
    for (int s = 1; s < place->seats; s++) {
        rxt_seat seat = place->seat[s];
        int at = s;

        for (; at > 0 && place->seat[at - 1].kind > seat.kind; at--)
            place->seat[at] = place->seat[at - 1];
        place->seat[at] = seat;
    }
}

int rxt_place_groups(rxt_place *place, size_t offset, int *largest)
{
    int size[RXT_CPUS] = { 0 }, groups = 0, most = 0;

    for (int s = 0; s < place->seats; s++) {
        int group = *number_of(&place->seat[s], offset);

        if (group < 0)
            continue;
        if (++size[group] > most)
            most = size[group];
        if (group >= groups)
            groups = group + 1;
    }
    if (largest)
        *largest = most;
    return groups;
}

static void sort_seats(rxt_place *place)
{
    static const size_t numbers[] = {
        offsetof(rxt_seat, core), offsetof(rxt_seat, l2),     offsetof(rxt_seat, l3),
        offsetof(rxt_seat, numa), offsetof(rxt_seat, socket), offsetof(rxt_seat, kind),
    };

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        renumber(place, numbers[i]);
    sort_kinds(place);
    place->kinds = rxt_place_groups(place, offsetof(rxt_seat, kind), NULL);
    place->l3s = rxt_place_groups(place, offsetof(rxt_seat, l3), &place->per_l3);
    place->numas = rxt_place_groups(place, offsetof(rxt_seat, numa), &place->per_numa);
    place->sockets = rxt_place_groups(place, offsetof(rxt_seat, socket), &place->per_socket);
}

static rxt_status refuse_cpus(const rxt_place *place, const rxt_cpus *cpus)
{
    hwloc_const_cpuset_t allowed = hwloc_topology_get_allowed_cpuset(place->topology);
    char there[128], asked[128] = "";

    hwloc_bitmap_list_snprintf(there, sizeof there, allowed);
    if (cpus)
        rxt_cpus_print(cpus, asked, sizeof asked);
    return rxt_status_of(RXT_USAGE, "--cpus%s%s leaves no CPU to run on; choose among %s",
                         *asked ? "=" : "", asked, there);
}

static rxt_status limit(rxt_place *place, const rxt_place_request *request)
{
    if (place->seats == 0)
        return refuse_cpus(place, request->cpus);
    if (request->cores > place->seats)
        return rxt_status_of(RXT_USAGE, "--cores=%d: only %d can be used here; choose fewer",
                             request->cores, place->seats);
    place->bound = request->cores > 0 ? request->cores : place->seats;
    place->cores = place->seats;
    place->quota = request->quota;
    if (request->quota > 0.0 && request->quota < place->seats)
        place->cores = request->quota < 1.0 ? 1 : (int)floor(request->quota);
    return RXT_OK;
}

/* ---- counts, memory, model ---- */

static void count_all(rxt_place *place)
{
    place->all_sockets = hwloc_get_nbobjs_by_type(place->topology, HWLOC_OBJ_PACKAGE);
    place->all_numas = hwloc_get_nbobjs_by_type(place->topology, HWLOC_OBJ_NUMANODE);
    place->all_cores = hwloc_get_nbobjs_by_type(place->topology, HWLOC_OBJ_CORE);
    place->all_threads = hwloc_get_nbobjs_by_type(place->topology, HWLOC_OBJ_PU);
}

/* The number of seats if all CPUs were allowed. hwloc does not see the CPUs that a cgroup hides.
 * Their number is the difference to the system's number of CPUs. */
static int count_seats(const rxt_place *place, const rxt_place_request *request)
{
    long online = request->topology ? 0 : sysconf(_SC_NPROCESSORS_ONLN);
    int hidden = online > place->all_threads ? (int)online - place->all_threads : 0;
    int cores = place->all_cores > 0 ? place->all_cores : place->all_threads;

    return hidden + (request->smt ? place->all_threads : cores);
}

/* Some processors pad their name with blanks at the end. */
static void take_model(rxt_place *place, const char *model)
{
    size_t length = strlen(model);

    while (length > 0 && model[length - 1] == ' ')
        length--;
    snprintf(place->model, sizeof place->model, "%.*s", (int)length, model);
}

static void describe(rxt_place *place)
{
    hwloc_obj_t package = hwloc_get_obj_by_type(place->topology, HWLOC_OBJ_PACKAGE, 0);
    const char *model = package ? hwloc_obj_get_info_by_name(package, "CPUModel") : NULL;

    count_all(place);
    rxt_place_read_caches(place);
    place->memory = (double)hwloc_get_root_obj(place->topology)->total_memory;
    take_model(place, model ? model : "");
}

/* ---- open and close ---- */

static rxt_status fill(rxt_place *place, const rxt_place_request *request)
{
    int cpus = hwloc_get_nbobjs_by_type(place->topology, HWLOC_OBJ_PU);
    rxt_status st;

    place->seat = calloc((size_t)cpus, sizeof *place->seat);
    if (!place->seat)
        return rxt_status_no_memory("for a plan over %d CPUs", cpus);
    take_seats(place, request);
    sort_seats(place);
    st = limit(place, request);
    if (!st) {
        describe(place);
        place->all_seats = count_seats(place, request);
    }
    return st;
}

rxt_status rxt_place_open(const rxt_place_request *request, rxt_place **opened)
{
    rxt_place *place = calloc(1, sizeof *place);
    rxt_status st;

    *opened = NULL;
    if (!place)
        return rxt_status_no_memory("for the topology");
    st = rxt_place_topology(request->topology, &place->topology);
    if (!st)
        st = fill(place, request);
    if (st)
        rxt_place_close(place);
    else
        *opened = place;
    return st;
}

void rxt_place_close(rxt_place *place)
{
    if (!place)
        return;
    if (place->topology)
        hwloc_topology_destroy(place->topology);
    free(place->seat);
    free(place);
}

/* ---- binding, and the check ---- */

/* Uses the system call, not a function of hwloc: if the topology is from a file, hwloc only
 * pretends to bind, because the file may describe another machine. */
int rxt_place_bind(int cpu)
{
    rxt_cpus one = { .bits = { 0 } };

    rxt_cpus_add(&one, cpu);
    return rxt_cpus_bind(&one) ? 0 : errno;
}

int rxt_place_seen(void)
{
    return sched_getcpu();
}
