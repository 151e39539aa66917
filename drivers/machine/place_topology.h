/* place_topology.h - reads a topology and checks that plans can use it. */
#ifndef RXT_PLACE_TOPOLOGY_H
#define RXT_PLACE_TOPOLOGY_H

#include <hwloc.h>

#include <rxt/status.h>

/* This machine's (text NULL), that of a file that hwloc wrote, or the one that a text describes.
 * RXT_USAGE, with the reason, if no plan can use it. After success its CPU numbers are unique
 * and below RXT_CPUS; only this machine may have larger ones. On failure *topology is NULL.
 * Local. */
rxt_status rxt_place_topology(const char *text, hwloc_topology_t *topology);

#endif
