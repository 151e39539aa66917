#!/usr/bin/env bash
# placement_test.sh BUILD - workers run on the CPUs that were planned: for 1 to 4 ranks, with any
# binding by the launcher, within a smaller set of CPUs and a quota; and what happens if binding is
# refused.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/dotbench
last=$(taskset -cp $$ | sed 's/.*[ ,-]//') # the last CPU that may be used
cgroup=
leave() {
    [ -n "$cgroup" ] && rmdir "$cgroup"
    rm -rf "$dir"
}
trap leave EXIT

# Prints "bind RxT CPUs" of every split that --dry-run lists.
planned() { # FILE
    awk '/ splits?, bind / { sub(/:$/, "", $4); bind = $4 }
        $2 == "×" { print bind, $1 "x" $3, $4 }' "$1" | sort
}

# Prints the same for every row of a CSV file.
seen() { # FILE
    cells "$1" bind ranks threads placement | sed 's/|/ /; s/|/x/; s/|/ /' | sort -u
}

started=1 # ranks; without a launcher --dry-run assumes as many as cores

# Runs the command with --dry-run, then again to measure. The CPUs must be the same, and no note may
# contradict them.
as_planned() { # WORDS COMMAND ARGUMENT...
    run "${@:2}" --dry-run --ranks-started="$started"
    claim "$1: planned" exits 0
    planned "$dir/out" >"$dir/planned"
    run "${@:2}" -n 1k,100k --rounds=2:2 --format=csv -q # Open MPI 5 would mix messages into it
    claim "$1: exit code 0" exits 0
    seen "$dir/out" >"$dir/seen"
    claim "$1: a place is planned" [ -s "$dir/planned" ]
    claim "$1: seen as planned" diff "$dir/planned" "$dir/seen"
    claim "$1: no row says otherwise" equal \
        "$(cells "$dir/out" note | grep -c 'off its planned\|not bound\|binding as found')" 0
}

splits() { # TEXT: the splits seen, in order of name
    equal "$(cut -d' ' -f2 "$dir/seen" | sort -u | paste -sd' ')" "$1"
}

only_on() { # CPU
    equal "$(cut -d' ' -f3 "$dir/seen" | tr -s ';,' '\n' | sort -u)" "$1"
}

as_planned 'started alone' "$bench"
counts=(1 2 3 4)
if ! several; then
    skip 'ranks, and how their launcher binds: this build has no MPI'
    counts=()
fi
for count in "${counts[@]}"; do
    started=$count
    as_planned "$count ranks, the launcher's default" "$mpiexec" -np "$count" "$bench"
    as_planned "$count ranks, --bind-to none" "$mpiexec" -np "$count" --bind-to none "$bench"
    if [ "$count" -le "$cores" ]; then
        as_planned "$count ranks, --bind-to core" "$mpiexec" -np "$count" --bind-to core "$bench"
    fi
done
if [ "$cores" -eq 2 ] && several; then # the last run had 4 ranks
    claim '2 cores: all three splits' splits '1x1 1x2 2x1'
fi

two=() one_and_two='1x2'
if several; then
    started=3
    as_planned "3 ranks, --oversubscribe" "$mpiexec" -np 3 "$bench" -r 1,3 -t 1,2 --oversubscribe
    started=2 two=("$mpiexec" -np 2) one_and_two=1x2,2x1
fi
if [ "$cores" -ge 2 ]; then
    as_planned 'close and spread' "${two[@]}" "$bench" --bind=close,spread
    claim 'close and spread: both are there' equal "$(cut -d' ' -f1 "$dir/seen" | sort -u | paste -sd' ')" \
        'close spread'
    as_planned "--cpus=$last" "${two[@]}" "$bench" --cpus="$last"
    claim "--cpus=$last: nothing runs elsewhere" only_on "$last"
    claim "--cpus=$last: one split" splits 1x1
    as_planned '--cores=1' "${two[@]}" "$bench" --cores=1 -p $one_and_two
    claim '--cores=1: the splits are those of all cores' splits "1x1 ${one_and_two/,/ }"
    claim '--cores=1: one CPU for all' equal "$(cut -d' ' -f3 "$dir/seen" | tr -s ';,' '\n' |
        sort -u | wc -l)" 1
    as_planned "taskset -c $last" taskset -c "$last" "$bench"
    claim "taskset -c $last: one split" splits 1x1
    as_planned "taskset -c $last, launcher" taskset -c "$last" "${two[@]}" "$bench"
    claim "taskset -c $last, launcher: nothing runs elsewhere" only_on "$last"
    claim "taskset -c $last, launcher: one split" splits 1x1
else
    skip 'narrowed sets of CPUs: one core'
fi

ranks 2 "$bench" -n 1k --rounds=2:2 --bind=none --format=csv
claim '--bind=none: exit code 0' exits 0
claim '--bind=none: every row says so' all_rows "$dir/out" 'binding as found' note
claim '--bind=none: every worker was seen' all_rows "$dir/out" '^[0-9,;-]+$' placement

# ---- a quota of one and a half CPUs is one worker ----

# Makes a cgroup of our own with a quota. Prints its folder, or nothing if none can be made.
limited_cgroup() {
    local own
    for own in /sys/fs/cgroup/cpu /sys/fs/cgroup/cpu,cpuacct; do
        own+=$(sed -n 's/^[0-9]*:\(cpu\|cpu,cpuacct\):\(.*\)/\2/p' /proc/self/cgroup)/rxt-test-$$
        mkdir "$own" 2>/dev/null || continue
        { echo 100000 >"$own/cpu.cfs_period_us" && echo 150000 >"$own/cpu.cfs_quota_us"; } \
            2>/dev/null && echo "$own" && return
        rmdir "$own"
    done
    own=/sys/fs/cgroup$(sed -n 's/^0:://p' /proc/self/cgroup)/rxt-test-$$
    mkdir "$own" 2>/dev/null || return
    { echo '150000 100000' >"$own/cpu.max"; } 2>/dev/null && echo "$own" && return
    rmdir "$own"
}

within() { # COMMAND ARGUMENT...: runs it in the cgroup
    bash -c 'echo $$ >"$1/cgroup.procs" && exec "${@:2}"' - "$cgroup" "$@"
}
export -f within
export cgroup

cgroup=$(limited_cgroup)
if [ -z "$cgroup" ] || ! within true 2>/dev/null; then
    skip 'a quota: no cgroup can be made here'
elif [ "$cores" -lt 2 ]; then
    skip 'a quota: one core'
else
    as_planned 'a quota of 1.5' bash -c 'within "$@"' - "${two[@]}" "$bench"
    claim 'a quota of 1.5: one worker' splits 1x1
    as_planned 'a quota of 1.5, alone' bash -c 'within "$@"' - "$bench"
    claim 'a quota of 1.5, alone: one worker' splits 1x1
    run bash -c 'within "$@"' - "$bench" --dry-run
    claim 'a quota of 1.5: the dry run tells it' \
        grep -q 'host .* (quota 1\.5), ' <(tr -s '\n ' ' ' <"$dir/out")
fi

# ---- binding refused ----

cat >"$dir/refuse.c" <<'END'
#include <errno.h>
#include <stddef.h>

int sched_setaffinity(int pid, size_t size, const void *set)
{
    (void)pid, (void)size, (void)set;
    errno = EPERM;
    return -1;
}
END
refused() { # COMMAND...
    run "$@" env "LD_PRELOAD=$dir/refuse.so" \
        "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0" "$bench" -n 1k --rounds=2:2 \
        --format=csv
    claim "binding refused $*: exit code 0" exits 0
    claim "binding refused $*: every row says so" \
        all_rows "$dir/out" 'not bound \(Operation not permitted\)' note
    claim "binding refused $*: every row is measured" all_rows "$dir/out" '^2\|true$' rounds verified
    claim "binding refused $*: one line on it" equal "$(said | grep -c 'thread binding failed.*measuring unbound')" 1
}
if cc -O1 -shared -fPIC -o "$dir/refuse.so" "$dir/refuse.c"; then
    refused
    ! several || refused "${two[@]}"
else
    skip 'binding refused: cc makes no shared library here'
fi

finish
