#!/usr/bin/env bash
# local.sh - from a fresh clone to an answer on this machine: installs missing packages (Debian,
# Ubuntu), builds into build/, and measures the dot product over ranks x threads.
#
#   jobs/local.sh [options of dotbench]
#
# Runs as root, with sudo, or as any user if the packages are installed. Exit code: dotbench's, or
# 3.
set -u

root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=jobs/packages.sh
. "$root/jobs/packages.sh"
# shellcheck source=jobs/build.sh
. "$root/jobs/build.sh"

rxt_packages_need "${rxt_packages[@]}" || exit
rxt_packages_settings

rxt_build build dotbench
mpirun=$(rxt_launcher "$root/build") ||
    rxt_fail "the MPI of this build has no mpirun; set MPIEXEC_EXECUTABLE"
np=$(rxt_ranks)
echo "-- ${mpirun##*/} -np $np build/dotbench $*"
exec "$mpirun" -np "$np" "$root/build/dotbench" "$@"
