#!/usr/bin/env bash
# spawnbench_test.sh BUILD - spawnbench as users run it: every way to create a worker is verified, a
# limit of the system is reported and all other rows are measured, and no child process is left.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"
as_users_do

bench=$build/spawnbench
short=(--rounds=1:1 -q --format=csv)
# libomp cannot end its threads, so none of its regions can be cold.
ways=(fork region_cold region_hot spawn thread)
libomp() {
    "$bench" --version | grep -qi clang
}

# Kernel, count and verdict of all rows.
verdicts() {
    cells "$dir/out" kernel n verified | sort
}
verified() { # COUNT...
    local way count
    for way in "${ways[@]}"; do
        for count in "$@"; do
            if [ "$way" = region_cold ] && [ "$count" -gt 0 ] && libomp; then
                echo "$way|$count|"
            else
                echo "$way|$count|true"
            fi
        done
    done | sort
}
# Apart from advice and warnings about a busy machine, one line must say what is left out and why.
told_once() { # WORDS...
    local words
    equal "$(said | grep -c ' is left out: ')" 1 || return
    for words in "$@"; do
        said | grep ' is left out: ' | grep -qF -- "$words" || {
            printf '  nothing says "%s"\n' "$words"
            return 1
        }
    done
}
listed=$(IFS=, && echo "${ways[*]}")

# ---- every way is verified ----

run "$bench" "${short[@]}"
claim 'as it is: exit code 0' exits 0
claim 'as it is: every way, 1, 10 and 100 at once' \
    equal "$(verdicts | grep -v '^rank')" "$(verified 1 10 100)"
claim 'as it is: workers are counted' all_rows "$dir/out" '^worker$' unit

run "$bench" -k "$listed" --count=0,3 "${short[@]}"
claim '--count: exit code 0' exits 0
claim '--count: as many as asked for' equal "$(verdicts)" "$(verified 0 3)"

run "$bench" -k thread,fork --count=1 --heap=0,32M "${short[@]}"
claim '--heap: exit code 0' exits 0
claim '--heap: each way is measured with it' equal "$(cells "$dir/out" kernel verified | sort)" \
    $'fork@32M|true\nfork|true\nthread@32M|true\nthread|true'

ranks 2 "$bench" -k "$listed" -n 7 -p "$(several && echo 1x1,2x1 || echo 1x1)" "${short[@]}"
claim 'by two ranks: exit code 0' exits 0
claim 'by two ranks: each creates its part' equal "$(verdicts | uniq)" "$(verified 7)"

# ---- ranks, where ranks can start ranks ----

run "$bench" -k rank,thread -n 1 --rounds=1:1 --format=csv
claim 'a rank, alone: exit code 0' exits 0
claim 'a rank, alone: the reason, once' told_once 'rank of 1 on 1x1' \
    "$(several && echo 'mpirun -np 1' || echo 'has no MPI')"
claim 'a rank, alone: the other row is measured' equal "$(verdicts)" $'rank|1|\nthread|1|true'

# PMIx 4 sometimes loses a rank that is spawned, and waits for ever (openpmix #2735). So there are
# three tries.
everything=$limit limit=$((limit / 3))
for _ in 1 2 3; do
    ranks 1 "$bench" -k rank,thread -n 1 "${short[@]}"
    [ "$status" = 124 ] || break
done
limit=$everything
claim 'a rank: exit code 0' exits 0
if open_mpi; then
    claim 'a rank: verified' equal "$(verdicts)" $'rank|1|true\nthread|1|true'
    ranks 1 "$bench" -k rank -n 1 --rounds=1000 --budget=1s -q
    claim 'a budget while ranks are started: exit code 4' exits 4
    claim 'a budget while ranks are started: one message, by who started them' \
        says_once '--budget=1s ended the study'
else
    claim 'a rank, where there can be none: the reason is noted' \
        equal "$(cells "$dir/out" kernel note | grep -c '^rank|.*MPI')" 1
fi
ranks 1 "$bench" -k rank -n 1000 "${short[@]}"
claim 'a thousand ranks: exit code 2' exits 2
claim 'a thousand ranks: the reason' says_once 'choose a --count up to'

# ---- what is refused ----

run env PATH=/nowhere "$bench" -k spawn,thread -n 3 --rounds=1:1 --format=csv
claim 'no program to be found: exit code 3' exits 3
claim 'no program to be found: one message' told_once 'spawn of 3' 'PATH=/nowhere'
claim 'no program to be found: the other row is measured' \
    equal "$(verdicts)" $'spawn|3|\nthread|3|true'

run "$bench" -k thread,fork --heap=0,1e15 -n 3 --rounds=1:1
claim 'a heap beyond all memory: exit code 2' exits 2
claim 'a heap beyond all memory: one message' says_once '--heap: thread@1' 'choose a smaller --heap'
# A heap of 0.1 GB less than all memory: this is more than the free memory.
most=$(sed -n 's/.*a node here has \([0-9.]*\) GB.*/\1/p' "$dir/err" | awk '{ printf "%.0f", 1e9 * ($1 - 0.1) }')
run "$bench" -k thread,fork --heap="0,$most" -n 3 --rounds=1:1 --format=csv
claim 'a heap beyond free memory: exit code 3' exits 3
claim 'a heap beyond free memory: the reason' holds "$dir/err" 'choose a smaller --heap'
claim 'a heap beyond free memory: the other rows are measured' \
    equal "$(cells "$dir/out" kernel verified | grep -c '|true$')" 2

# Root has no limit of processes; an ordinary user has one.
ordinary=() user=$(id -u)
if [ "$user" = 0 ]; then
    user=$somebody
    mkdir "$dir/theirs" && chmod 711 "$dir" && chown "$user" "$dir/theirs"
    ordinary=(setpriv --reuid="$user" --regid="$user" --clear-groups
        env TMPDIR="$dir/theirs" HOME="$dir/theirs")
fi
limited() { # MORE ARGUMENT...: the user may have MORE threads in addition
    local there
    there=$(find /proc/[0-9]*/task -mindepth 1 -maxdepth 1 -user "$user" 2>/dev/null | wc -l)
    # shellcheck disable=SC2016
    run bash -c 'ulimit -u "$1" && shift && exec "$@"' limited $((there + $1)) \
        "${ordinary[@]}" "$bench" "${@:2}" --rounds=1:1 --format=csv
}
if ! "${ordinary[@]}" test -x "$bench" 2>/dev/null; then
    skip 'no ordinary user that may run the programs'
else
    for way in thread fork spawn region_hot; do
        limited 60 -k "$way" -n 3,10k
        claim "10,000 by $way, where ulimit -u is lower: exit code 3" exits 3
        claim "10,000 by $way, where ulimit -u is lower: one line" \
            told_once "$way of 10k" 'ulimit -u'
        claim "10,000 by $way, where ulimit -u is lower: the other row is measured" \
            equal "$(verdicts)" "$way|10000|"$'\n'"$way|3|true"
    done
fi

# ---- nothing is left ----

for way in "${ways[@]}"; do
    [ "$way" = region_cold ] && libomp && continue
    named "$bench" -k "$way"
    begin setsid "$bench" -k "$way" -n 300 --rounds=1000 --progress=yes
    claim "killed while it creates by $way: it was at work" wait_until "$limit" under_way
    kill -KILL "$job"
    ended 2>/dev/null
    claim "killed while it creates by $way: it was there" exits 137
    claim "killed while it creates by $way: nothing is left" session_is_gone "$job"
done

# A spawned rank is a child of the launcher, like the rank that spawned it. The rank that spawned it
# is older, and must stay.
if open_mpi; then
    rank_of_job() {
        local process
        for process in $(session "$job" | grep -vx "$job"); do
            { tr '\0' ' ' <"/proc/$process/cmdline"; } 2>/dev/null |
                grep -q ' -k rank ' && echo "$process"
        done | head -n 1
    }
    for _ in 1 2 3; do
        begin setsid "$mpiexec" -np 1 "$bench" -k rank -n 1 --rounds=1000 --progress=yes
        wait_until $((limit / 3)) under_way && break
        kill -KILL "$job"
        ended 2>/dev/null
        session_is_gone "$job"
    done
    claim 'killed while it creates a rank: it was at work' under_way
    victim=$(rank_of_job)
    claim 'killed while it creates a rank: it was there' [ -n "$victim" ]
    kill -KILL "${victim:-$job}"
    ended 2>/dev/null
    told() { # if MPI_Init was under way, Open MPI 5 gives only the code
        [ "$status" = 137 ] || grep -qE 'signal 9|ORTE_ERROR_LOG' "$dir/err"
    }
    claim 'killed while it creates a rank: the launcher tells of it' told
    claim 'killed while it creates a rank: nothing is left' session_is_gone "$job"
fi

finish
