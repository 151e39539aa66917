#!/usr/bin/env bash
# study.sh - measures one study in several runs, unattended: each run is a new launch that is added to
# the study's file (--again). From 3 runs on the intervals hold for the next run.
#
#   jobs/study.sh [--runs=N] [--every=TIME] -- COMMAND ARGUMENT... -o FILE.json
#
# N: number of runs to add, default 5. TIME: from the start of a run to that of the next, such as 90s,
# 10m or 1h; default: at once. COMMAND: a program in build/ without a folder, such as dotbench, which
# is built and started with mpirun on all cores; or a whole command line with its own launcher, such
# as mpirun -np 4 build/dotbench. A run that was stopped is continued (--resume). The first run that
# fails ends the script with its exit code.
set -u

root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=jobs/packages.sh
. "$root/jobs/packages.sh"
# shellcheck source=jobs/build.sh
. "$root/jobs/build.sh"

runs=5 every=0

wrong() { # MESSAGE
    echo "study.sh: $1" >&2
    exit 2
}

seconds() { # TIME
    case $1 in
    *[!0-9smh]* | '' | [smh]*) wrong "--every=$1: write a time such as 90s, 10m or 1h" ;;
    *h) echo $((10#${1%h} * 3600)) ;;
    *m) echo $((10#${1%m} * 60)) ;;
    *) echo $((10#${1%s})) ;;
    esac
}

while [ $# -gt 0 ] && [ "$1" != -- ]; do
    case $1 in
    --runs=*[!0-9]* | --runs= | --runs=0) wrong "$1: write a whole number from 1" ;;
    --runs=*) runs=${1#*=} ;;
    --every=*) every=$(seconds "${1#*=}") || exit ;;
    --help)
        sed -n '2,/^set /{/^#/!d;s/^# \{0,1\}//p}' "$0"
        exit 0
        ;;
    *) wrong "$1: unknown option; usage: jobs/study.sh [--runs=N] [--every=TIME] -- COMMAND" ;;
    esac
    shift
done
[ $# -gt 1 ] || wrong 'no command; usage: jobs/study.sh [--runs=N] [--every=TIME] -- COMMAND'
shift

case $1 in
*/*) ;;
*bench)
    program=$1
    shift
    rxt_packages_need "${rxt_packages[@]}" || exit
    rxt_packages_settings
    rxt_build build "$program"
    mpirun=$(rxt_launcher "$root/build") ||
        rxt_fail "the MPI of this build has no mpirun; set MPIEXEC_EXECUTABLE"
    set -- "$mpirun" -np "$(rxt_ranks)" "$root/build/$program" "$@"
    ;;
esac

for ((run = 1; run <= runs; run++)); do
    next=$((SECONDS + every))
    echo "-- run $run of $runs: $*"
    "$@" --resume --again || exit
    if [ "$run" -lt "$runs" ] && [ "$SECONDS" -lt "$next" ]; then
        sleep $((next - SECONDS))
    fi
done
