#!/usr/bin/env bash
# tour.sh - threads compared with processes on this machine: each sentence of the lesson is tested
# by an experiment; one page shows the figures, and whether the sentence holds here.
#
#   jobs/tour.sh [-o FILE.html] [--long | --budget=TIME] [--keep=FOLDER] [--build=FOLDER]
#
#   -o FILE.html     the page (default: tour.html)
#   --long           measures five times as long, for narrower intervals
#   --budget=TIME    wall time of all measurements together, such as 90s or 10m (default: 150s)
#   --keep=FOLDER    keeps the studies in FOLDER, for example for rxt plot; studies of an earlier
#                    tour are replaced, other files are not
#   --build=FOLDER   runs the programs of that folder; installs and builds nothing
#
# Installs missing packages (Debian, Ubuntu) and builds into build/, as jobs/local.sh does. Without
# MPI, Python or NumPy, or on one core, the page says which sentences could not be tested, and why.
# Exit code: 0, 2 for wrong arguments, 3 if nothing could be measured, 4 if interrupted, 5 for a
# wrong result.
# shellcheck disable=SC2317  # a trap calls what seems never called
set -u

here=$PWD
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=jobs/packages.sh
. "$root/jobs/packages.sh"
# shellcheck source=jobs/build.sh
. "$root/jobs/build.sh"
unset OMP_THREAD_LIMIT # the lesson needs threads; a site's limit would prevent most of it

wrong() { # WORDS
    echo "tour.sh: $1" >&2
    exit 2
}

# ---- options ----

# Prints the seconds of 90, 90s, 10m or 1h; nothing for other words.
seconds() { # TIME
    LC_ALL=C awk -v time="$1" 'BEGIN {
        if (time !~ /^([0-9]+[.]?[0-9]*|[.][0-9]+)[smh]?$/) exit
        factor = time ~ /h$/ ? 3600 : time ~ /m$/ ? 60 : 1
        if (time + 0 > 0) print time * factor
    }'
}

page=tour.html budget=150 keep='' build=''
while [ $# -gt 0 ]; do
    value=${1#*=}
    case $1 in
    -o | --output | --keep | --build | --budget)
        [ $# -gt 1 ] || wrong "$1: needs a value; --help lists the options"
        option=$1
        [ "$1" = -o ] && option=--output
        set -- "$option=$2" "${@:3}"
        continue
        ;;
    -o*) page=${1#-o} ;;
    --output=*) page=$value ;;
    --keep=* | --build=*)
        [ -n "$value" ] || wrong "$1: name a folder"
        [[ $1 == --keep=* ]] && keep=$value || build=$value
        ;;
    --long) budget=750 ;;
    --budget=*)
        budget=$(seconds "$value")
        [ -n "$budget" ] || wrong "--budget=$value: is not a time; write 90s, 10m or 1h"
        ;;
    -h | --help)
        sed -n '2,/^# wrong result/s/^# \{0,1\}//p' "$0"
        exit
        ;;
    *) wrong "$1: not an option; --help lists them" ;;
    esac
    shift
done

[[ $page == ?*.html ]] || wrong "--output=$page: the page must be a .html file"
[[ $page == /* ]] || page=$here/$page
[ -d "$(dirname "$page")" ] || wrong "--output=$page: there is no such folder; make it first"
if [ -d "$page" ] || [ ! -w "$(dirname "$page")" ]; then
    wrong "--output=$page: cannot be written"
fi
if [ -n "$build" ]; then
    [ -x "$build/rxt" ] || wrong "--build=$build: no rxt is built there"
    build=$(cd "$build" && pwd)
fi

# ---- programs ----

targets=(spawnbench sharebench lockbench iobench dotbench rxt_verbs)
if [ -z "$build" ]; then
    # This comes before CMake. Any MPI will do, not only Debian's; without MPI only threads are
    # compared.
    rxt_packages_need "${rxt_packages_alone[@]}" || exit
    if command -v mpicc >/dev/null || rxt_packages_need "${rxt_packages[@]}"; then
        rxt_build build "${targets[@]}"
        build=$root/build
    else
        echo "tour.sh: no MPI: only threads are compared" >&2
        rxt_build build-threads "${targets[@]}" -- -DRXT_MPI=OFF
        build=$root/build-threads
    fi
    rxt_packages_need "${rxt_packages_tour[@]}" ||
        echo "tour.sh: continues without these packages" >&2
fi
rxt_packages_settings
mpirun=$(rxt_launcher "$build")
cpus=$(rxt_cpus)

# ---- the folder to keep ----

# The names of the studies that a tour leaves, and the name of the tour's list of these files with
# checksums. A file that is not in the list, or has another checksum, is not the tour's.
names=(spawn share lock one_core_{compute,wait} wait small smt cpython)
list=.rxt-tour

# Lists the files in this folder that the studies of a tour would replace.
in_the_way() {
    local name

    for name in "${names[@]}"; do
        find "$name".{json,why} -maxdepth 0 2>/dev/null
    done
}

# Removes what an earlier tour left in the folder; refuses if a file with such a name is not the
# tour's.
make_room() { # FOLDER
    local file

    cd "$1" || return
    while IFS= read -r file; do
        { [ -f "$file" ] && [ ! -L "$file" ] && [ -f "$list" ] &&
            grep -qxF "$(sha256sum "$file")" "$list"; } ||
            wrong "--keep=$keep: $file is there, but not from a tour; name another folder"
    done < <(in_the_way)
    in_the_way | xargs -r -d '\n' rm -f "$list"
}

# Copies a study, or the reason why there is none, into the folder to keep.
keep_one() { # FILE
    [ -n "$keep" ] || return
    cp "$1" "$keep" && (cd "$keep" && sha256sum "${1##*/}" >>"$list") ||
        echo "tour.sh: --keep=$keep: cannot be written" >&2
}

# ---- what is left when it ends ----

work='' running='' guard=''

# Ends the running command, and waits for it; mpirun ends its ranks when it gets SIGTERM.
end_running() {
    local tries

    [ -n "$running" ] || return
    kill -TERM "$running" 2>/dev/null
    for ((tries = 0; tries < 50; tries++)); do
        kill -0 "$running" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL "$running" 2>/dev/null
    wait "$running" 2>/dev/null
    running=''
}

leave() {
    end_running
    [ -z "$work" ] || rm -rf "$work"
    [ -z "$guard" ] || exec {guard}>&-
}
trap leave EXIT
trap 'printf "\ntour.sh: interrupted\n" >&2; exit 4' INT TERM HUP

# If this script is killed, the command that it runs must end, too.
parent_death=()
setpriv --pdeathsig TERM true 2>/dev/null && parent_death=(setpriv --pdeathsig TERM)

# ---- experiments ----

work=$(mktemp -d "${TMPDIR:-/tmp}/rxt-tour.XXXXXX") ||
    rxt_fail "cannot make a folder for the studies"
# The process at the other end of this pipe notices the end of this script, whatever ended it, and
# removes the folder.
exec {guard}> >(trap '' INT TERM HUP && cat >/dev/null && rm -rf "$work")
if [ -n "$keep" ] && { ! mkdir -p "$keep" 2>/dev/null || [ ! -w "$keep" ]; }; then
    wrong "--keep=$keep: cannot be written"
fi
[ -z "$keep" ] || (make_room "$keep") || exit
studies=$work/studies
mkdir "$studies" || rxt_fail "cannot make a folder for the studies"
experiments=10 number=0 measured=0 code=0

# Prints PERCENT of the whole budget, in seconds.
part() { # PERCENT
    LC_ALL=C awk -v all="$budget" -v percent="$1" 'BEGIN { printf "%.1fs", all * percent / 100 }'
}

begin() { # WORDS
    number=$((number + 1))
    printf '%2d/%d  %-58s' "$number" "$experiments" "$1" >&2
}

# Records, for the page and on stderr, why there is no study of that name.
cannot() { # NAME WORDS
    printf '%s\n' "$2" >"$studies/$1.why"
    keep_one "$studies/$1.why"
    printf 'left out: %s\n' "$2" >&2
}

# Prints the last line that a command wrote to stderr, or how the command ended.
last_words() { # COMMAND EXIT-CODE
    local words

    words=$(grep '[^[:space:]]' "$work/err" | tail -n 1 | cut -c -200)
    printf '%s\n' "${words:-$1 ended with exit code $2 and did not say why}"
}

# Runs a command that writes NAME.json.
measure() { # NAME COMMAND ARGUMENT…
    local file=$studies/$1.json began=$SECONDS status=0 why

    "${parent_death[@]}" "${@:2}" -o "$file" </dev/null >"$work/out" 2>"$work/err" &
    running=$!
    wait "$running" 2>/dev/null || status=$? # without the shell's message about a killed job
    running=''
    # The message about the end of a study is the last one.
    why=$(grep -E '^([a-z]*bench|cpython\.py): ' "$work/err" | tail -n 1)
    if [ -s "$file" ]; then
        measured=$((measured + 1))
        keep_one "$file"
        printf '%d s\n' $((SECONDS - began)) >&2
        [ $status != 5 ] || code=5
    elif [ $status = 4 ]; then
        cannot "$1" "nothing was measured in its part of ${budget} s; --long gives more time"
    elif [ $status -gt 128 ]; then
        cannot "$1" "${2##*/} was ended by signal $((status - 128))"
    else
        cannot "$1" "${why:-$(last_words "${2##*/}" "$status")}"
    fi
    rm -f "$file.journal"
}

# Runs a program of ours on RANKS ranks, for PERCENT of the budget; alone if there is no MPI.
bench() { # NAME RANKS PERCENT PROGRAM ARGUMENT…
    local command=("$build/$4" "${@:5}" --budget="$(part "$3")" --progress=no)

    if [ "$2" -gt 1 ] && [ -n "$mpirun" ]; then
        command=("$mpirun" -np "$2" "${command[@]}")
    fi
    measure "$1" "${command[@]}"
}

# Prints the splits of the list that are possible: several ranks are possible only with MPI.
splits() { # SPLIT…
    local split list=()

    for split in "$@"; do
        [ -z "$mpirun" ] && [ "${split%x*}" -gt 1 ] || list+=("$split")
    done
    (IFS=,; echo "${list[*]}")
}

# Is there a second core? If not, records that the study needs two.
needs_two() { # NAME
    [ "$cpus" -gt 1 ] && return
    cannot "$1" "one core: two workers would share it"
    return 1
}

creating() {
    begin "creating a worker: thread, fork, spawn"
    bench spawn 1 11 spawnbench -k thread,region_cold,region_hot,fork,spawn --count=1 --heap=0,64M
}

sharing() {
    begin "handing numbers over: by pointer, serialised, by file"
    needs_two share && bench share 2 10 sharebench -n 1k,1M
}

locking() {
    begin "computing under an interpreter's lock"
    needs_two lock && bench lock 2 13 lockbench -n 500k -p "$(splits 1x1 1x2 2x1)"
}

# On a machine with one core, all workers share this core; otherwise --cores=1 makes them share one.
one_core_computing() {
    local one=(--cores=1)

    begin "one core: computing"
    [ "$cpus" -gt 1 ] || one=(--oversubscribe)
    bench one_core_compute 2 8 lockbench -k interpreted_nolock -n 500k "${one[@]}" -p "$(splits 1x2 2x1)"
}

one_core_waiting() {
    begin "one core: waiting for a server"
    bench one_core_wait 4 6 iobench -k request -n 16 --cores=1 -p "$(splits 1x4 1x16 4x1)"
}

waiting() {
    begin "all cores: waiting for a server and for files"
    bench wait 4 13 iobench -k request,read,mixed -n 16 -p "$(splits 1x4 1x16 4x1)"
}

small() {
    begin "small operations, split"
    needs_two small && bench small 2 10 dotbench -n 1k:10M:x10 -p "$(splits 1x2 2x1)"
}

hardware_threads() {
    local active

    begin "hardware threads of one core"
    active=$(cat /sys/devices/system/cpu/smt/active 2>/dev/null)
    case $active in
    1) bench smt 1 4 dotbench --smt --cores=1 -p 1x2 ;;
    0) cannot smt "this system says that each core has one hardware thread" ;;
    *) cannot smt "this system does not report hardware threads" ;;
    esac
}

cpython() {
    local python

    begin "the same in CPython"
    python=$(rxt_python)
    if [ -n "$python" ]; then
        measure cpython "$python" -B "$root/jobs/tour/cpython.py" --budget="$(part 22)"
    else
        cannot cpython "python3 is not there; install python3 and python3-numpy"
    fi
}

began=$SECONDS
creating
sharing
locking
one_core_computing
one_core_waiting
waiting
small
hardware_threads
cpython
[ $measured -gt 0 ] || rxt_fail "nothing could be measured"

begin "the page"
printf 'after %d s\n\n' $((SECONDS - began)) >&2
"$build/rxt" tour "$studies" -o "$page" || exit
printf '\nThe page: %s\n' "$page"
[ -z "$keep" ] || printf 'The studies: %s\n' "$(cd "$keep" && pwd)"
exit $code
