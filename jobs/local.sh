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

# Number of cores, not hardware threads, that this process may use; at least 2, so that processes
# are compared, too.
ranks() {
    local cores allowed

    allowed=$(rxt_cpus)
    cores=$(lscpu -p=CORE,SOCKET 2>/dev/null | grep -v '^#' | sort -u | wc -l)
    [ "$cores" -ge 1 ] && [ "$cores" -le "$allowed" ] || cores=$allowed
    echo $((cores > 2 ? cores : 2))
}

rxt_packages_need "${rxt_packages[@]}" || exit
rxt_packages_settings

rxt_build build dotbench
mpirun=$(rxt_launcher "$root/build") ||
    rxt_fail "the MPI of this build has no mpirun; set MPIEXEC_EXECUTABLE"
np=$(ranks)
echo "-- ${mpirun##*/} -np $np build/dotbench $*"
exec "$mpirun" -np "$np" "$root/build/dotbench" "$@"
