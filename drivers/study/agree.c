/* agree.c - checks that all ranks measure the same study (build, program, plan, settings), and that
 * the ranks of a node see the same CPUs under the same numbers. */
#include "study/agree.h"

#include <stdint.h>
#include <string.h>

#include "base/checksum.h"
#include "base/hash.h"
#include "base/text.h"
#include "study/head.h"

static rxt_status no_memory(void)
{
    return rxt_status_no_memory("to compare what the ranks measure");
}

/* ---- program, plan, settings ---- */

/* RXT_USAGE unless every part has the same checksum on all ranks. With different parts the ranks
 * would deadlock, or measure different things as one study. */
static rxt_status same_everywhere(const rxt_comm *world, int parts, const rxt_head_part part[])
{
    double both[2 * RXT_HEAD_PARTS];
    char names[160] = "";

    for (int p = 0; p < parts; p++) {
        both[2 * p] = part[p].sum;
        both[2 * p + 1] = -part[p].sum;
    }
    rxt_comm_max(world, 2 * parts, both);
    for (int p = 0; p < parts; p++)
        if (both[2 * p] != -both[2 * p + 1] && strlen(names) < 100)
            rxt_text_append(names, sizeof names, "%s%.23s", names[0] ? ", " : "", part[p].name);
    if (!names[0])
        return RXT_OK;
    return rxt_status_of(
        RXT_USAGE,
        "the ranks were started to measure different things (%s); give all of them "
        "the same program and options",
        names);
}

/* Called before rxt_agree_plan, because ranks of two different builds may lay out their messages
 * differently. */
rxt_status rxt_agree_build(const rxt_comm *world)
{
    rxt_head_part part;
    rxt_status st = rxt_comm_agree(world, rxt_head_build(&part) ? RXT_OK : no_memory());

    return st ? st : same_everywhere(world, 1, &part);
}

static rxt_status same_parts(const rxt_comm *world, const rxt_plan *plan, char program[9])
{
    rxt_head_part part[RXT_HEAD_PARTS] = { 0 };
    double unread;
    rxt_status st;

    rxt_checksum_of_file("/proc/self/exe", program);
    unread = !program[0];
    rxt_comm_max(world, 1, &unread); /* if one rank cannot read its program, all use "" */
    st = rxt_comm_agree(world, rxt_head_parts(plan, unread > 0 ? "" : program, part) ? RXT_OK
                                                                                     : no_memory());
    return st ? st : same_everywhere(world, RXT_HEAD_PARTS, part);
}

/* ---- the CPUs of a node ---- */

/* The seats of a node as one rank sees them. */
typedef struct view {
    uint32_t sum; /* checksum of all seats of the place */
    int rank;
    char cpus[64];
} view;

static view look(const rxt_comm *world, const rxt_place *place)
{
    view mine = { .sum = rxt_hash_bytes(place->seat, (size_t)place->seats * sizeof *place->seat),
                  .rank = rxt_comm_rank(world) };
    int cpu[64], count = place->seats < 64 ? place->seats : 64;

    for (int s = 0; s < count; s++)
        cpu[s] = place->seat[s].cpu;
    rxt_place_text(1, count, cpu, mine.cpus, sizeof mine.cpus);
    return mine;
}

static const char remedy[] =
    "give both ranks the same cpuset and variables of hwloc (HWLOC_XMLFILE, …)";

/* RXT_ENVIRONMENT if two ranks of a node have different seats. Each rank plans for its whole node,
 * so with different seats two ranks could use the same CPU. */
static rxt_status same_seats(const rxt_comm *world, const rxt_place *place)
{
    view mine = look(world, place), first = { .sum = 0 };
    rxt_status st = RXT_OK;

    if (rxt_comm_node_rank(world) == 0)
        first = mine;
    rxt_comm_node_or(world, (unsigned char *)&first, sizeof first);
    if (mine.sum != first.sum && !strcmp(mine.cpus, first.cpus))
        st = rxt_status_of(RXT_ENVIRONMENT,
                           "ranks %d and %d of one node both see CPUs %s, but not the same cores, "
                           "caches, NUMA domains, kinds of cores or further CPUs; %s",
                           first.rank, mine.rank, mine.cpus, remedy);
    else if (mine.sum != first.sum)
        st = rxt_status_of(RXT_ENVIRONMENT,
                           "ranks %d and %d of one node see different cores, or number the CPUs "
                           "differently (%s and %s); %s",
                           first.rank, mine.rank, first.cpus, mine.cpus, remedy);
    return rxt_comm_agree(world, st);
}

rxt_status rxt_agree_plan(const rxt_comm *world, const rxt_plan *plan, char program[9])
{
    rxt_status st = same_parts(world, plan, program);

    return st ? st : same_seats(world, plan->place);
}
