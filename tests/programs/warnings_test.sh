#!/usr/bin/env bash
# warnings_test.sh BUILD - a disturbance that the test causes gives its warning: other load, a
# quota, two workers on one core, small pages, a precision that cannot be reached. Other
# disturbances of this machine may give further warnings.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/dotbench
both=$(most 2)

warns() { # WORDS
    tr '\n' ' ' <"$dir/out" | sed 's/  */ /g' | grep -qF -- "warning: $1"
}

lacks() { # WORDS: there is a report, and it does not have them
    exits 0 && holds "$dir/out" 'ranks × threads' && ! holds "$dir/out" "$1"
}

# Lines must have at most 100 characters, and a warning at most two lines.
short() {
    sed 's/[±×]/+/g' "$dir/out" | # awk may count bytes
        awk '/^warning: / { lines = 0; inside = 1 } inside && (++lines > 2 || length > 100) { exit 1 }'
}

# ---- the precision ----

ranks "$both" "$bench" -n 10k -t 2 --oversubscribe --rounds=6:6 --precision=0.01
claim "a precision that is missed is warned of" warns '± 0.01 % was not reached by '
claim "a warning has two lines" short
claim "rows have it in their notes" grep -q '^  note:.*interval wider than --precision' "$dir/out"
ranks "$both" "$bench" -n 10k -t 2 --oversubscribe --rounds=6:6 --precision=0.01 --format=csv
claim "with CSV warnings go to stderr" holds "$dir/err" 'dotbench: warning: ± 0.01 % was not reached'
claim "and rows have their notes" grep -q 'interval wider than --precision$' "$dir/out"
ranks "$both" "$bench" -n 10k -t 2 --oversubscribe --rounds=6:6 --precision=0.01 --format=csv -q
claim "unless they are to be quiet" silent
claim "and rows have their notes all the same" grep -q 'interval wider than --precision$' "$dir/out"
ranks "$both" "$bench" -n 10k -t 2 --oversubscribe --rounds=6:6 --precision=0.01 --format=json
claim "JSON has them as data" grep -qF '{"kind": "precision", "rows": ' "$dir/out"

# ---- another load ----

# Two busy loops for each core, which end with the test whatever happens.
loops=()
for ((i = 0; i < 2 * cores; i++)); do
    timeout 50 sh -c 'while :; do :; done' &
    loops+=($!)
done
ranks "$both" "$bench" -n 10k --rounds=6:10 --budget=20s
kill "${loops[@]}"
wait "${loops[@]}" 2>/dev/null
claim "another load is warned of" warns 'other processes took '
claim "and that tasks were waiting" grep -q '(and waited for CPUs after [1-9][0-9]* of' \
    <(tr '\n' ' ' <"$dir/out" | sed 's/  */ /g')

# ---- a quota ----

# Makes a control group with a tenth of a CPU, which is less than other loads leave: sets $group.
limit_cpu() {
    group=
    for base in /sys/fs/cgroup /sys/fs/cgroup/cpu; do
        [ -e "$base/cgroup.procs" ] || continue
        mkdir "$base/rxt-test-$$" 2>/dev/null || continue
        group=$base/rxt-test-$$
        { echo '2000 20000' >"$group/cpu.max"; } 2>/dev/null && return
        { echo 20000 >"$group/cpu.cfs_period_us" && echo 2000 >"$group/cpu.cfs_quota_us"; } \
            2>/dev/null && return
        rmdir "$group"
    done
    group=
    return 1
}
if limit_cpu; then
    # shellcheck disable=SC2016  # the inner shell's
    run bash -c 'echo $$ >"$0/cgroup.procs" && exec "$@"' "$group" "$bench" -n 10k --rounds=6:10
    rmdir "$group"
    claim "a group with a quota can be measured in" exits 0
    claim "a quota that stops the study is warned of" warns 'a CPU quota stopped this control group'
else
    skip "no control group may be made here"
fi

# ---- two workers on one core ----

# The launcher may use all CPUs but binds its rank to one core; with --bind=none both threads stay
# there.
if open_mpi && [ "$cores" -ge 2 ]; then
    run "$mpiexec" -np 1 --bind-to core "$bench" -n 10k -t 2 --bind=none --rounds=6:6
    claim "workers on one core are warned of" warns 'dot 1×2 at n = 10k: two workers were seen on'
    claim "and so is the row" grep -q '^  note: 1×2: .*two workers were seen on one core' "$dir/out"
    run "$mpiexec" -np 1 --bind-to core "$bench" -n 10k -t 2 --rounds=6:6
    claim "those that are bound are not" lacks 'seen on one core'
else
    skip "no launcher that binds a rank to one of several cores"
fi

# ---- small pages ----

# Sets PR_SET_THP_DISABLE, which children inherit.
small='import ctypes, os, sys
ctypes.CDLL(None).prctl(41, 1, 0, 0, 0) and sys.exit(77)
os.execvp(sys.argv[1], sys.argv[1:])'
status=77
! have python3 || run python3 -c "$small" "$bench" -n 4M -t 1 --rounds=6:6
if [ "$status" = 77 ]; then
    skip "huge pages cannot be had or refused"
else
    claim "small pages under large operands are warned of" warns 'of 64 MB of operands only 0 MB are on'
    run python3 -c "$small" "$bench" -n 100k -t 1 --rounds=6:6
    claim "under small operands they do no harm" lacks 'huge pages'
fi

finish
