#!/usr/bin/env bash
# lockbench_test.sh BUILD - lockbench as users run it: every way to compute is verified with threads
# and with ranks, also on fewer cores than threads; if a user stops it, the results so far are kept.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/lockbench
file=$dir/lock.csv
tasks=(interpreted interpreted_nolock native_held native_released)
short=(-n 20k --rounds=1:1 --format=csv -q)

# Prints what is expected of each measured row: kernel, split, unit, verdict.
each_of() { # SPLIT...
    local task split
    for task in "${tasks[@]}"; do
        for split in "$@"; do
            echo "$task|$split|step|true"
        done
    done
}

measured() {
    cells "$dir/out" kernel ranks threads unit verified | sed 's/|/x/2'
}

# ---- every way, by threads and by ranks ----

splits=(1x1 1x2)
several && splits+=(2x1)
ranks 2 "$bench" -p "$(paste -sd, <<<"$(printf '%s\n' "${splits[@]}")")" --oversubscribe "${short[@]}"
claim 'threads and ranks: exit code 0' exits 0
claim 'threads and ranks: every way is verified at every split' \
    equal "$(measured)" "$(each_of "${splits[@]}")"

run "$bench" -p 1x1,1x2 --team=forkjoin,resident --oversubscribe "${short[@]}"
claim 'both teams: exit code 0' exits 0
claim 'both teams: every way is verified' \
    equal "$(cells "$dir/out" kernel team verified)" "$(each_of - forkjoin resident | sed 's/step|//')"

run "$bench" -p 1x8 --team=forkjoin,resident --oversubscribe "${short[@]}"
claim 'eight threads: exit code 0' exits 0
claim 'eight threads, whatever the cores: verified' \
    equal "$(measured)" "$(each_of 1x1 1x8 1x8)"

run "$bench" -p 1x2 --cores=1 --oversubscribe "${short[@]}"
claim 'one core: exit code 0' exits 0
claim 'one core, two threads: verified' equal "$(measured)" "$(each_of 1x1 1x2)"
claim 'one core: all threads are on it' equal "$(cells "$dir/out" placement | tr , '\n' | sort -u | wc -l)" 1

# ---- the switch interval ----

run "$bench" -k interpreted -p 1x2 --oversubscribe --switch-interval=100us "${short[@]}"
claim 'a short interval: exit code 0' exits 0
claim 'a short interval: verified' all_rows "$dir/out" '^true$' verified
run "$bench" --switch-interval=soon
claim 'an interval that is none: exit code 2' exits 2
claim 'an interval that is none: one message' says_once '--switch-interval=soon: '

# ---- what it has, and has not ----

run "$bench" --list
for task in "${tasks[@]}"; do
    claim "--list has $task" grep -qE "^$task +step +r = sum x\[i\] y\[i\]" "$dir/out"
done
run "$bench" --type=f32
claim 'f32: exit code 2' exits 2
claim 'f32: one message' says_once '--type=f32: '
run "$bench" -k dot
claim 'another program'\''s kernel: exit code 2' exits 2

# ---- stopped ----

# Stops lockbench after its first round; otherwise it would run for up to 600 s.
begin "$bench" -p 1x2 --oversubscribe -n 100k --rounds=1000:100000 --budget=600s --progress=yes \
    -o "$file"
wait_until "$limit" under_way
kill -s TERM "$job"
ended
claim 'stopped: exit code 4' exits 4
claim 'stopped: every row says so' all_rows "$file" 'stopped' note
claim 'stopped: what was measured is kept' \
    grep -qE '^[0-9.e-]+\|true$' <<<"$(cells "$file" time_median verified)"
claim 'nothing runs on' none_left

finish
