#!/usr/bin/env bash
# fault_injection.sh - a study ends in order if one call fails once on one rank: with exit code 0, 3
# or 4 (not 2, because no option is wrong), with one message unless the code is 0, within 20
# seconds, and with nothing left behind. If another rank failed, rank 0 may also say where the
# results are.
#
#   tests/fault_injection.sh [--sample=N] [--seed=N] [--most=N] [--ranks=N] [--driver=NAME]... BUILD
#
# injection.c makes the k-th call of one function fail on one rank. The short study of each driver
# runs once to count the calls of the driver's own code on each rank, and then once for every k. If
# a function is called more than --most times (20), these calls are tried: the first --most, and the
# first and the last from every other place of the program.
#
#   --sample=N     try only N of the calls, chosen at random by --seed (1)
#   --ranks=N      ranks of the study (2)
#   --driver=NAME  dotbench, resident, window, resume, loopbench, spawnbench, rank, sharebench,
#                  lockbench or iobench: only the study of this driver; may be repeated
#                  (without it, rank is left out: Open MPI 4 never ends some of its spawns)
#   --case=NAME:FUNCTION,K,RANK
#                  try only this case, and show all of its output; may be repeated
#   --limit=N      seconds that a study may take (20)
#
# Prints a line for each study that did not end in order; at the end the number of tries, and the
# outcomes by kind. Exit code: 0 if all ended in order, 1 if not, 2 for wrong arguments or a library
# or study that failed by itself. Run by hand: it takes some hours. injection_test.sh tries a
# sample.
set -u

here=$(cd "$(dirname "$0")" && pwd)
sample=0 seed=1 most=20 ranks=2 seconds=20 build='' drivers=() chosen=()
for argument in "$@"; do
    case $argument in
    --sample=*) sample=${argument#*=} ;;
    --seed=*) seed=${argument#*=} ;;
    --most=*) most=${argument#*=} ;;
    --case=*) chosen+=("${argument#*=}") ;;
    --limit=*) seconds=${argument#*=} ;;
    --ranks=*) ranks=${argument#*=} ;;
    --driver=*) drivers+=("${argument#*=}") ;;
    -*) sed -n '7s/^# *//p' "$0" >&2 && exit 2 ;;
    *) build=$argument ;;
    esac
done
[ -x "$build/dotbench" ] || { sed -n '7s/^# *//p' "$0" >&2; exit 2; }
[ ${#drivers[@]} -gt 0 ] ||
    drivers=(dotbench resident window resume loopbench spawnbench sharebench lockbench iobench)
set -- "$build"
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
several || ranks=1
limit=$seconds
# As with a user's launcher: with a patience of 0 s, mpirun of Open MPI 4 kills the ranks while they
# send it messages; under a load mpirun itself then dies or hangs in some of 100 jobs.
unset OMPI_MCA_odls_base_sigkill_timeout

# ---- the studies ----

short=(--rounds=1:1 -q --oversubscribe)
# shellcheck disable=SC2054  # lists of the options
study_of() { # NAME: sets $program and its $arguments
    program=$1
    case $1 in
    dotbench) arguments=(-k dot -n 1k -p 1x2,2x1 --plot="$dir/out.d/plot.svg") ;;
    resident) program=dotbench arguments=(-k dot -n 1k -p 1x2 --team=resident) ;;
    window) program=kernbench arguments=(-k max,add -n 1k -p "1x1,${ranks}x1" --combine=window) ;;
    stopped) program=dotbench arguments=(-n 1k -p 1x2,2x1) ;;
    resume) program=dotbench arguments=(-n 1k -p 1x2,2x1 --resume --rounds=2:2) ;;
    loopbench) arguments=(-k copy,copy_openmp -n 1k -p 1x2,2x1) ;;
    spawnbench) arguments=(-k thread,fork,region_cold -n 2 -p 1x1,2x1) ;;
    rank) program=spawnbench arguments=(-k rank -n 1 -p 1x1) ;;
    sharebench) arguments=(-k pointer,window,message,pipe,file,serialised -n 10 -p 1x2,2x1) ;;
    lockbench) arguments=(-k native_held -n 2 -p 1x2,2x1) ;;
    iobench) arguments=(-k request,mixed,read -n 4 -p 1x2,2x1 --service-time=1ms) ;;
    *) echo "fault_injection.sh: no study $1" >&2 && exit 2 ;;
    esac
    arguments=("${short[@]}" "${arguments[@]}" -o "$dir/out.d/study.json")
}

# Puts the files into place that a resumed study finds.
prepare() { # NAME
    rm -rf "$dir/out.d" "$dir/table" && mkdir -p "$dir/out.d"
    [ "$1" != resume ] || cp "$dir/stopped/"* "$dir/out.d"
}

inject() { # FUNCTION,K,RANK or nothing
    local preload=(env "LD_PRELOAD=$dir/inject.so" "INJECT_TABLE=$dir/table" "INJECT=${1:-}"
        "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0")
    ranks "$ranks" "${preload[@]}" "$build/$program" "${arguments[@]}"
}

table() {
    env "LD_PRELOAD=$dir/inject.so" "INJECT_TABLE=$dir/table" INJECT_PRINT=1 true
}

# Prints FUNCTION,K,RANK, one per line, for the calls that the last study made.
cases() {
    table | awk -v most="$most" 'NF > 2 {
        delete k
        for (i = 1; i <= $3 && i <= most; i++) k[i]
        for (i = 4; i <= NF; i++) k[$i]
        for (i in k) print $2 "," i "," $1
    }' | sort -t, -k3n -k1,1 -k2n
}

# ---- outcomes ----

# Lists files other than those that a study may leave. MPI leaves its own folders when a job is
# killed.
left_files() {
    find "$dir/out.d" -type f ! -name 'study.json*' ! -name 'plot*.svg'
    find "$dir/out.d" -name '.rxt*'
    find "$dir" -maxdepth 1 -newer "$dir/begun" -name 'rxt*'
}

# Sets $outcome of the last run: one word, and more if it did not end in order.
judge() {
    local lines kept
    lines=$(said | wc -l)
    kept=$(said | grep -c 'stopped by a signal inside a call; .* \(kept in\|trials are in\) ')
    [ "$lines:$kept" != 2:1 ] || lines=1
    case $status in
    124 | 137) outcome=HANG ;;
    0) [ "$lines" = 0 ] && outcome=absorbed || outcome="TALKS ($lines lines)" ;;
    2) outcome='BLAMES the user (exit code 2)' ;;
    3 | 4) case $lines in
        0) outcome="SILENT (exit code $status)" ;;
        1) outcome="exit code $status" ;;
        *) outcome="DOUBLED ($lines lines)" ;;
        esac ;;
    *) outcome="CRASH (exit code $status)" ;;
    esac
    table | grep -q '^hit$' || [[ $outcome == [A-Z]* ]] || outcome='not met'
    [ -z "$(left_files)" ] || outcome="LEFT $(left_files | head -n 1)"
    none_left >/dev/null || outcome="LEFT a process"
}

try() { # NAME CASE
    study_of "$1"
    prepare "$1"
    touch "$dir/begun"
    inject "$2"
    judge
    printf '%s\n' "$outcome" | sed 's/^LEFT .*/LEFT/; s/^\([A-Z]*\) .*/\1/' >>"$dir/outcomes"
    [[ $outcome == [A-Z]* ]] || return 0
    printf '%s %s: %s\n' "$1" "$2" "$outcome"
    said | cut -c1-200 | sed 's/^/    /'
    for process in $(running "*bench*$dir*"); do
        kill -KILL "$process" 2>/dev/null
    done
}

# ---- all cases ----

nm -D --undefined-only "$build"/*bench | sed -n 's/^ *U \(MPI_[A-Za-z_]*\).*/F(\1)/p' | sort -u |
    paste -sd' ' | sed 's/^/#define INJECTED(F) /' >"$dir/injected.h"
"${CC:-cc}" -D_GNU_SOURCE -O1 -shared -fPIC -include "$dir/injected.h" -o "$dir/inject.so" \
    "$here/injection.c" -ldl || { echo 'fault_injection.sh: no library could be built' >&2; exit 2; }

# Makes the files for --resume: a study that could not rename its file leaves its journal.
mkdir -p "$dir/stopped"
study_of stopped
prepare stopped
inject rename,1,0
cp "$dir/out.d/"*.journal "$dir/stopped" || exit 2
for case in ${chosen[@]+"${chosen[@]}"}; do
    try "${case%%:*}" "${case#*:}"
    printf '%s: %s\n' "$case" "$outcome"
    said
done
[ ${#chosen[@]} = 0 ] || exit 0
for name in "${drivers[@]}"; do
    study_of "$name"
    prepare "$name"
    inject
    [ "$status" = 0 ] || { echo "fault_injection.sh: $name fails by itself" >&2; said >&2; exit 2; }
    cases | sed "s/^/$name /" >>"$dir/cases"
done
tried=$(wc -l <"$dir/cases")
if [ "$sample" -gt 0 ]; then
    awk -v seed="$seed" 'BEGIN { srand(seed) } { print rand(), $0 }' "$dir/cases" | sort -n |
        head -n "$sample" | cut -d' ' -f2- >"$dir/picked"
    mv "$dir/picked" "$dir/cases"
fi
: >"$dir/outcomes"
while read -r name case <&3; do
    try "$name" "$case"
    [ -z "${RXT_TRACE:-}" ] || printf "%s %s: %s\n" "$name" "$case" "$outcome" >>"$RXT_TRACE"
done 3<"$dir/cases"
printf '%d of %d faults tried\n' "$(wc -l <"$dir/outcomes")" "$tried"
sort "$dir/outcomes" | uniq -c
! grep -q '^[A-Z]' "$dir/outcomes"
