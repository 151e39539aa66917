/* place_topology.h - reads a topology and checks that plans can use it. */
#ifndef RXT_PLACE_TOPOLOGY_H
#define RXT_PLACE_TOPOLOGY_H

#include <hwloc.h>

#include <rxt/status.h>

/* Reads the topology of this machine (text NULL), of a file that hwloc wrote, or of a description
 * in hwloc's synthetic syntax. If plans cannot use the topology: RXT_USAGE with the reason, but
 * RXT_ENVIRONMENT for the topology of this machine. After success all CPU numbers of the topology
 * are unique and below RXT_CPUS; only this machine may also have larger numbers. On failure
 * *topology is NULL. Local. */
rxt_status rxt_place_topology(const char *text, hwloc_topology_t *topology);

#endif
