/* place_topology.h - a topology, read and found fit for plans. */
#ifndef RXT_PLACE_TOPOLOGY_H
#define RXT_PLACE_TOPOLOGY_H

#include <hwloc.h>

#include <rxt/status.h>

/* This machine's (text NULL), that of a file that hwloc wrote, or the one that a text describes.
 * RXT_USAGE, saying what is wrong with it, for one that no plan can be made of: whoever counts on
 * CPU numbers may take those to be unique, and below RXT_CPUS. This machine's may be beyond. On
 * failure *topology is NULL. Local. */
rxt_status rxt_place_topology(const char *text, hwloc_topology_t *topology);

#endif
