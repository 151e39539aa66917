/* dry_run.h - the plan of a study, for this machine or another one (--dry-run). */
#ifndef RXT_DRY_RUN_H
#define RXT_DRY_RUN_H

#include "machine/launcher.h"
#include "settings/settings.h"

/* Plans the study on this machine, or on settings->topology, and prints the plan. Under a launcher
 * the plan is for the ranks that the launcher started, and for their nodes if the launcher gives
 * the number of ranks per node. Without a launcher, or with settings->ranks_started or topology,
 * the plan assumes a launch of settings->ranks_started ranks (0: one per core) on as many nodes as
 * the settings name; all nodes are equal and have equally many ranks. Measures nothing and needs no
 * MPI. Returns the same errors as the study would. Local. */
rxt_status rxt_dry_run(FILE *file, const rxt_settings *settings, const rxt_launcher *launcher,
                       const rxt_cpus *launched);

#endif
