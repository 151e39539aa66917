#!/usr/bin/env bash
# local.sh - from a fresh clone to an answer on this machine: installs what is missing (Debian,
# Ubuntu), builds into build/, and measures the dot product over ranks x threads.
#
#   jobs/local.sh [options of dotbench]
#
# As root, through sudo, or as anyone when the packages are there. Exit code: dotbench's, or 3.
set -u

here=$PWD
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=jobs/packages.sh
. "$root/jobs/packages.sh"

fail() {
    echo "local.sh: $1" >&2
    exit 3
}

# Cores, not hardware threads, that this process may use; at least 2, so that processes are tried.
ranks() {
    local cores allowed

    allowed=$(nproc)
    cores=$(lscpu -p=CORE,SOCKET 2>/dev/null | grep -v '^#' | sort -u | wc -l)
    [ "$cores" -ge 1 ] && [ "$cores" -le "$allowed" ] || cores=$allowed
    echo $((cores > 2 ? cores : 2))
}

rxt_packages_need "${rxt_packages[@]}" || exit
rxt_packages_settings

echo "-- building into $root/build"
log=$root/build/local.log
mkdir -p "$root/build" || fail "cannot write to $root"
if ! { cd "$root" && cmake --preset release &&
    cmake --build build --target dotbench -j "$(nproc)"; } >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    fail "the build failed; all of its output is in $log"
fi

mpirun=$(sed -n 's/^MPIEXEC_EXECUTABLE:[A-Z]*=//p' "$root/build/CMakeCache.txt")
[ -x "$mpirun" ] || fail "no mpirun beside the MPI that was built with; set MPIEXEC_EXECUTABLE"
np=$(ranks)
echo "-- ${mpirun##*/} -np $np build/dotbench $*"
cd "$here" || exit
exec "$mpirun" -np "$np" "$root/build/dotbench" "$@"
