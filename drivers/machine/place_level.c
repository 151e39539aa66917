/* place_level.c - levels of memory: which level holds the operands, and which size fills a level.
 * Pure. */
#include "machine/place.h"

#include <math.h>
#include <string.h>

/* The number of the cache of one level that a seat uses. If there is no such cache, each core is
 * assumed to have one. */
typedef int cache_of(const rxt_seat *seat);

static int l1_of(const rxt_seat *seat)
{
    return seat->core;
}

static int l2_of(const rxt_seat *seat)
{
    return seat->l2 >= 0 ? seat->l2 : seat->core;
}

static int l3_of(const rxt_seat *seat)
{
    return seat->l3 >= 0 ? seat->l3 : seat->core;
}

static const rxt_seat *seat_of(const rxt_place *place, int worker, int cpu)
{
    const rxt_seat *seat = rxt_place_seat(place, cpu);

    return seat ? seat : &place->seat[worker % place->bound];
}

/* Sets on[c] to the number of workers that use cache c of one level. */
static void count(const rxt_place *place, int workers, const int cpu[], cache_of *cache,
                  int on[RXT_CPUS])
{
    memset(on, 0, RXT_CPUS * sizeof *on);
    for (int w = 0; w < workers; w++)
        on[cache(seat_of(place, w, cpu[w]))]++;
}

/* Bytes of a size that is given as a level in --size: half of the first seat's cache; for DRAM four
 * times all last-level caches. */

static double half_l1(const rxt_place *place)
{
    return place->l1 / 2;
}

static double half_l2(const rxt_place *place)
{
    return place->l2 / 2;
}

static double half_l3(const rxt_place *place)
{
    return place->l3 / 2;
}

static double beyond_all(const rxt_place *place)
{
    return 4 * place->l3_all;
}

/* ---- levels: one line each, from the core outwards ---- */

static const struct level {
    rxt_word row, size; /* the level's name in rows; its word in --size */
    cache_of *cache;    /* NULL: memory, which all workers share */
    double (*fill)(const rxt_place *place);
} levels[RXT_LEVELS + 1] = {
    { { .name = "L1" }, { "L1", "half of one core's L1 cache" }, l1_of, half_l1 },
    { { .name = "L2" }, { "L2", "half of one core's L2 cache" }, l2_of, half_l2 },
    { { .name = "L3" }, { "L3", "half of one core's L3 cache" }, l3_of, half_l3 },
    { { .name = "DRAM" },
      { "dram", "4 times the size of all last-level caches" },
      NULL,
      beyond_all },
};

static const rxt_word *row_word(int index)
{
    return &levels[index].row;
}

static const rxt_word *size_word(int index)
{
    return &levels[index].size;
}

const rxt_vocabulary rxt_level_vocabulary = { .count = RXT_LEVELS + 1, .word = row_word },
                     rxt_level_size_vocabulary = { .count = RXT_LEVELS + 1,
                                                   .word = size_word,
                                                   .no_default = true };

bool rxt_level_is_memory(const char *name)
{
    int level = rxt_vocabulary_find(&rxt_level_vocabulary, name);

    return level >= 0 && !levels[level].cache;
}

double rxt_place_fill(const rxt_place *place, int level)
{
    return levels[level].fill(place);
}

/* The level of a worker is the nearest cache that has room for the shares of all workers that use
 * this cache. The result is the farthest of the levels of all workers. */
const char *rxt_place_level(const rxt_place *place, double bytes, int workers, const int cpu[])
{
    int on[RXT_LEVELS][RXT_CPUS], deepest = 0;

    for (int l = 0; l < RXT_LEVELS; l++)
        count(place, workers, cpu, levels[l].cache, on[l]);
    for (int w = 0; w < workers; w++) {
        const rxt_seat *seat = seat_of(place, w, cpu[w]);
        int level = 0;

        while (level < RXT_LEVELS &&
               bytes / workers * on[level][levels[level].cache(seat)] > seat->bytes[level])
            level++;
        deepest = level > deepest ? level : deepest;
    }
    return levels[deepest].row.name;
}

double rxt_place_cache(const rxt_place *place, int workers, const int cpu[])
{
    int third[RXT_CPUS], second[RXT_CPUS];
    double least = INFINITY;

    count(place, workers, cpu, l3_of, third);
    count(place, workers, cpu, l2_of, second);
    for (int w = 0; w < workers; w++) {
        const rxt_seat *seat = seat_of(place, w, cpu[w]);

        least = fmin(least, seat->bytes[2] > 0 ? seat->bytes[2] / third[l3_of(seat)]
                                               : seat->bytes[1] / second[l2_of(seat)]);
    }
    return least;
}
