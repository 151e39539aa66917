/* place_topology.c - reads a topology and checks that plans can use it.
 *
 * The checks are needed because hwloc does not check the content of a file, and gives no reason if
 * it cannot read a file. */
#include "machine/place_topology.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "machine/cpus.h"

enum { HEAD = 1000 };

/* The largest size of a cache that is accepted, in bytes: 1 PiB. So sums over all caches and CPUs
 * still fit into a ptrdiff_t. */
static const double largest_cache = 0x1p50;

/* ---- what is it? ---- */

static bool ends_in_xml(const char *text)
{
    size_t length = strlen(text);

    return length > 4 && strcmp(text + length - 4, ".xml") == 0;
}

/* Is the text the name of a file? Yes if it ends in .xml, or if a file of that name exists. Any
 * other text is a description, with blanks and colons. */
static bool is_file(const char *text)
{
    struct stat there;

    return ends_in_xml(text) || stat(text, &there) == 0;
}

/* Reads the beginning of a file as text. */
static bool read_head(const char *path, char head[HEAD])
{
    FILE *file = fopen(path, "r");
    size_t got = file ? fread(head, 1, HEAD - 1, file) : 0;

    head[got] = 0;
    if (file)
        fclose(file);
    return file;
}

static rxt_status refuse(const char *text, const char *why)
{
    if (!text)
        return rxt_status_of(RXT_ENVIRONMENT, "hwloc's topology of this machine %s", why);
    return rxt_status_of(RXT_USAGE, "--topology=%.200s: %s", text, why);
}

/* Checks the file before hwloc opens it: if the file is a FIFO, hwloc would wait for a writer. */
static rxt_status check_file(const char *path)
{
    struct stat there;
    char head[HEAD];

    if (stat(path, &there) != 0)
        return refuse(path, strerror(errno));
    if (S_ISDIR(there.st_mode))
        return refuse(path, "is a folder; name the file that `lstopo FILE.xml` wrote");
    if (!S_ISREG(there.st_mode))
        return refuse(path, "is not a regular file; name the file that `lstopo FILE.xml` wrote");
    if (!read_head(path, head))
        return refuse(path, strerror(errno));
    if (!strstr(head, "<topology"))
        return refuse(path, "is not a topology; name the file that `lstopo FILE.xml` wrote");
    if (strstr(head, "<topology version=\"3") && HWLOC_API_VERSION < 0x00030000)
        return refuse(path, "was written by hwloc 3, but this program has hwloc 2; write it with "
                            "`lstopo --export-xml-flags v2 FILE.xml`");
    return RXT_OK;
}

/* Loads a topology without hwloc's component "gl". To find GPUs this component contacts ten X
 * servers on "localhost", and this may use the network. */
static int load(hwloc_topology_t topology, const char *text, bool file)
{
    hwloc_topology_set_components(topology, HWLOC_TOPOLOGY_COMPONENTS_FLAG_BLACKLIST, "gl");
    if (text && file && hwloc_topology_set_xml(topology, text) < 0)
        return -1;
    if (text && !file && hwloc_topology_set_synthetic(topology, text) < 0)
        return -1;
    return hwloc_topology_load(topology);
}

static rxt_status no_topology(const char *text, bool file)
{
    if (!text)
        return rxt_status_of(RXT_ENVIRONMENT, "hwloc cannot read this machine's topology: %s",
                             strerror(errno));
    return refuse(text, file ? "hwloc cannot read it; is it complete?"
                             : "is neither an existing file nor a description such as \"pack:2 "
                               "numa:1 core:64 pu:1\"");
}

/* ---- can plans use it? ---- */

static rxt_status check_cpus(const char *text, hwloc_topology_t topology)
{
    rxt_cpus seen = { .bits = { 0 } };
    hwloc_obj_t pu = NULL;
    char why[120];

    while ((pu = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_PU, pu))) {
        if (pu->os_index >= RXT_CPUS && !text)
            continue;
        if (pu->os_index >= RXT_CPUS) {
            snprintf(why, sizeof why, "has a CPU numbered %u; the largest number allowed is %d",
                     pu->os_index, RXT_CPUS - 1);
            return refuse(text, why);
        }
        snprintf(why, sizeof why, "has two CPUs numbered %u, or one in the wrong place",
                 pu->os_index);
        if (rxt_cpus_has(&seen, (int)pu->os_index) || !hwloc_bitmap_isset(pu->cpuset, pu->os_index))
            return refuse(text, why);
        rxt_cpus_add(&seen, (int)pu->os_index);
    }
    return RXT_OK;
}

static rxt_status check_caches(const char *text, hwloc_topology_t topology)
{
    static const hwloc_obj_type_t caches[] = { HWLOC_OBJ_L1CACHE, HWLOC_OBJ_L2CACHE,
                                               HWLOC_OBJ_L3CACHE };
    char why[120];

    for (int level = 0; level < 3; level++) {
        hwloc_obj_t cache = NULL;

        while ((cache = hwloc_get_next_obj_by_type(topology, caches[level], cache))) {
            if (!cache->attr || (double)cache->attr->cache.size <= largest_cache)
                continue;
            snprintf(why, sizeof why, "has an L%d cache of %.3g bytes, which is impossible",
                     level + 1, (double)cache->attr->cache.size);
            return refuse(text, why);
        }
    }
    return RXT_OK;
}

rxt_status rxt_place_topology(const char *text, hwloc_topology_t *topology)
{
    bool file = text && is_file(text);
    rxt_status st = file ? check_file(text) : RXT_OK;

    *topology = NULL;
    if (st)
        return st;
    if (hwloc_topology_init(topology) < 0)
        return rxt_status_no_memory("for the topology");
    st = load(*topology, text, file) == 0 ? RXT_OK : no_topology(text, file);
    if (!st)
        st = check_cpus(text, *topology);
    if (!st)
        st = check_caches(text, *topology);
    if (!st)
        return RXT_OK;
    hwloc_topology_destroy(*topology);
    *topology = NULL;
    return st;
}
