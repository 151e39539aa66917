/* dry_run.h - what a study would do, here or on another machine. */
#ifndef RXT_DRY_RUN_H
#define RXT_DRY_RUN_H

#include "machine/launcher.h"
#include "settings/settings.h"

/* Plans the study on this machine, or on settings->topology, and prints the plan. Under a
 * launcher its ranks and its nodes (as this rank's node tells); without a launcher, or with
 * settings->ranks_started or topology, it assumes a launch: that many ranks, or one per core, on
 * as many equal nodes as the settings name, with equally many ranks on each. Measures nothing,
 * needs no MPI. Errors as the study's own. Local. */
rxt_status rxt_dry_run(FILE *file, const rxt_settings *settings, const rxt_launcher *launcher,
                       const rxt_cpus *launched);

#endif
