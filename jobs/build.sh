# shellcheck shell=bash
# build.sh - sourced by scripts that start from a fresh clone: builds the programs, and finds the
# launcher of their MPI, and Python.
rxt_build_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

rxt_fail() { # WORDS
    echo "${0##*/}: $1" >&2
    exit 3
}

# Makes an optimised build in the clone's folder FOLDER. The output of compiler and CMake is in
# FOLDER/NAME.log; if the build fails, the end of this file is printed on stderr.
rxt_build() { # FOLDER TARGET… [-- option of CMake…]
    local folder=$rxt_build_root/$1 log targets=() options=()

    log=$folder/$(basename "$0" .sh).log
    shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        targets+=("$1")
        shift
    done
    options=("${@:2}")
    echo "-- building into $folder"
    mkdir -p "$folder" || rxt_fail "cannot write to $rxt_build_root"
    if ! (cd "$rxt_build_root" && cmake --preset release -B "$folder" "${options[@]}" &&
        cmake --build "$folder" -j "$(rxt_cpus)" --target "${targets[@]}") >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        rxt_fail "the build failed; all of its output is in $log"
    fi
}

# Number of CPUs that this process may use. nproc alone would print OMP_NUM_THREADS, which many
# sites export as 1.
rxt_cpus() {
    env -u OMP_NUM_THREADS -u OMP_THREAD_LIMIT nproc
}

# Prints the mpirun of the MPI that the build uses; nothing if the build has no MPI.
rxt_launcher() { # BUILD
    local mpirun

    grep -q '^RXT_MPI:BOOL=OFF' "$1/CMakeCache.txt" 2>/dev/null && return
    mpirun=$(sed -n 's/^MPIEXEC_EXECUTABLE:[A-Z]*=//p' "$1/CMakeCache.txt")
    [ -x "$mpirun" ] && echo "$mpirun"
}

# Prints the first Python in PATH that has NumPy; if there is none, the first Python; if there is no
# Python, nothing.
rxt_python() {
    local each first=''

    while read -r each; do
        first=${first:-$each}
        "$each" -c 'import numpy' 2>/dev/null </dev/null && break
        each=
    done < <(type -aP python3)
    echo "${each:-$first}"
}

# Number of cores, not hardware threads, that this process may use; at least 2, so that processes
# are compared, too.
rxt_ranks() {
    local cores allowed

    allowed=$(rxt_cpus)
    cores=$(lscpu -p=CORE,SOCKET 2>/dev/null | grep -v '^#' | sort -u | wc -l)
    [ "$cores" -ge 1 ] && [ "$cores" -le "$allowed" ] || cores=$allowed
    echo $((cores > 2 ? cores : 2))
}
