#!/usr/bin/env bash
# break_even_test.sh BUILD - a study of several sizes prints the break-even size. --break-even adds
# intermediate sizes until the break-even size is known, also in a resumed job; if --break-even is
# not possible, a message says why.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/dotbench
sleeper=("$build/tests/faultbench" -k sum_sleeps -n '50,800' -t '1,2' -r 1 --oversubscribe
    --rounds=6:12 --budget=25s) # on a busy machine a study takes all of it
file=$dir/study.json

sizes() { # FILE.csv: its sizes, each once, in order
    cells "$1" n | sort -nu | paste -sd' '
}

added() {
    [ "$(sizes "$dir/study.csv" | wc -w)" -ge "$1" ]
}

# Which sizes are added depends on the sizes that are decided; on a busy machine few are decided.
added_or_said() {
    added 3 || holds "$dir/err" 'not known to'
}

bare() { # rows of added sizes that lack the note about it
    cells "$dir/study.csv" n note | grep -vE "^(50|800)\|" | grep -vF 'size added by --break-even'
}

notes() { # number of rows of sizes asked for that have the note of added sizes
    cells "$dir/study.csv" n note | grep -E "^(50|800)\|" | grep -cF 'size added by --break-even'
}

in_order() { # the sentence comes after those of the sizes, and before the horizon
    awk '/^n = /{ last = NR } /^Two threads/{ here = NR } /^Not tried/{ end = NR }
        END { exit !(here && last && last < here && (!end || here < end)) }' "$dir/out"
}

# ---- over the sizes asked for ----

run "$bench" -n 1k,4k -t 1,2 --oversubscribe --rounds=6:6 --budget=60s -q
claim 'two sizes: exit code 0' exits 0
claim 'two sizes: the sentence has its place' in_order
claim 'two sizes: no other size is there' equal "$(grep -c '^n = .*[0-9] k*B' "$dir/out")" 2
run "$bench" -n 1k -t 1,2 --oversubscribe --rounds=6:6 -q
claim 'one size: exit code 0' exits 0
claim 'one size: no sentence' equal "$(grep -c '^Two threads' "$dir/out")" 0

# ---- sizes between ----

began=$SECONDS
run "${sleeper[@]}" --break-even -o "$dir/study.csv"
took=$((SECONDS - began))
# If a study took most of its budget, the budget may have ended it before its sizes were known, or
# had their rounds.
in_budget() {
    [ "$took" -lt 20 ]
}
# Is it sure that two threads do not pay at the smallest size, and pay at the largest?
decided() {
    [ "$(cells "$dir/study.csv" n threads speedup_low speedup_high |
        grep -E '^(50|800)\|2\|' | awk -F'|' '$1 == 50 && $4 && $4 < 1 || $1 == 800 && $3 > 1' |
        wc -l)" = 2 ]
}
added_if_decided() {
    ! decided || ! in_budget || added 3
}
claim '--break-even: exit code 0' exits 0
claim '--break-even: sizes are added where the least and the largest are decided' added_if_decided
claim '--break-even: says what it takes' holds "$dir/err" 'each break-even size needs measurements at about'
claim '--break-even: sizes are added, or it says what is not known' added_or_said
claim '--break-even: those asked for have no note' equal "$(notes)" 0
claim '--break-even: the others do' equal "$(bare)" ''
claim '--break-even: the text has the tables of those asked for alone' \
    equal "$(grep -E '^n = [0-9]+ +[0-9.]+ k?B( |$)' "$dir/out" | cut -d' ' -f3 | paste -sd' ')" '50 800'
claim '--break-even: every result is right' all_rows "$dir/study.csv" '^(true)?$' verified
enough() { # rounds for intervals, unless the budget ended the study before
    all_rows "$dir/study.csv" '^([6-9]|[1-9][0-9])$' rounds || ! in_budget
}
claim '--break-even: added sizes have the rounds that intervals need' enough

# ---- a job that goes on ----

# Does the journal have VISITS visits? Then it has visits to added sizes, too, if sizes were added.
under_way_for() { # VISITS
    [ "$(grep -cs '"round":[0-9]' "$dir/$1.journal" || true)" -ge "$2" ] 2>/dev/null
}
stopped_at() { # FILE VISITS ARGUMENT...
    begin "${sleeper[@]}" --break-even -o "$dir/$1" --budget=60s -q "${@:3}"
    wait_until "$limit" under_way_for "$1" "$2"
    kill -TERM "$job"
    ended
}
stopped_at study.json 60 --rounds=6:100000 --precision=0.001
claim 'a signal: the file says so' holds "$file" '"status": "stopped"'
sizes_of_rows() { # number of sizes in the rows; the file's answers name other sizes
    grep '^{"kernel": "[a-z_]*", "type"' "$file" | grep -o '"n": [0-9]\+' | sort -u | wc -l
}
had=$(sizes_of_rows)
run "${sleeper[@]}" --break-even -o "$file" --resume
claim '--resume: exit code 0' exits 0
claim '--resume: goes on with the sizes that were added' \
    [ "$(sizes_of_rows)" -ge "$had" ]
claim '--resume: the file is complete' holds "$file" '"status": "complete"'
claim '--resume: sizes that were added say so' \
    [ "$(sizes_of_rows)" -le 2 -o \
    "$(grep -c 'size added by --break-even' "$file")" -gt 0 ]
claim '--resume: settings tell' holds "$file" '"break_even": true'
run "${sleeper[@]}" --break-even -o "$file" --resume
claim '--resume again: nothing is left' holds "$dir/err" 'nothing is left to measure'
run "${sleeper[@]}" -o "$file" --resume
claim '--resume without --break-even: exit code 2' exits 2
stopped_at other.json 40 --rounds=100000
claim 'another ladder: there is a study to go on from' holds "$dir/other.json" '"status": "stopped"'
run "${sleeper[@]}" -n 50,1600 --break-even -o "$dir/other.json" --resume
claim '--resume with another ladder: exit code 2' exits 2
claim '--resume with another ladder: one message' says_once 'is from another study'

# ---- what cannot be ----

run "$bench" -n 1k --break-even
claim 'one size: exit code 2' exits 2
claim 'one size: what to do' says_once '--break-even: needs several sizes' '-n 1k,1M'
run "$bench" -n 1k,1M --break-even --rounds=3:5
claim 'five rounds: exit code 2' exits 2
claim 'five rounds: what to do' says_once '--break-even: intervals need 6 rounds' '--rounds=6'
run "$bench" -n 1k,4k -t 1 --break-even --rounds=6:6
claim 'one worker: exit code 0' exits 0
claim 'one worker: there is nothing to look for' holds "$dir/err" 'nothing to search'
run "$bench" -n 1k,1M --break-even --dry-run
claim '--dry-run: exit code 0' exits 0
claim '--dry-run: tells of it' holds "$dir/out" 'break-even   searched to'

# ---- several ranks open sizes together ----

if several; then
    ranks 3 "$build/tests/faultbench" -k sum_sleeps,sum -n 50,800 -r 1,2 -t 1 --oversubscribe \
        --rounds=6:6 --budget=25s --break-even -o "$dir/study.csv"
    claim 'three ranks: exit code 0' exits 0
    claim 'three ranks: sizes are added, or it says what is not known' added_or_said
    claim 'three ranks: every result is right' all_rows "$dir/study.csv" '^(true)?$' verified
fi
finish
