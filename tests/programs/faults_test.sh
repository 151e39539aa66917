#!/usr/bin/env bash
# faults_test.sh BUILD - a kernel that loses, doubles or misplaces elements is found at every size:
# its row is marked and has no figures, and the other rows keep theirs.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/tests/faultbench
figures="time_median time_low time_high time_min time_q1 time_q3 time_max speedup speedup_low
    speedup_high efficiency gbytes_per_s gflops_per_s"
# Right kernels, with another proof or none.
unproved='dot_unproved log_unproved root_referenced square_unproved'
splits='1 1|1 2|2 1|2 2'
several || splits='1 1|1 2'

# Prints the rows that a fault affects (tests/fault/NAME.c), as RANKS THREADS.
touched() { # KERNEL
    case $1 in
    dot_loses_one | dot_unproved_loses_one | dot_slab_zero_twice | dot_wrong_later | scale_slab_zero_twice)
        several && echo '2 1|2 2'
        ;;
    triad_loses_one | axpy_shifts_one | nrm2_adds_norms | square_* | max_* | iamax_*)
        several && echo '1 2|2 1|2 2' || echo '1 2'
        ;;
    dot_doubles_one) several && echo '1 2|2 2' || echo '1 2' ;;
    esac
}

faults() {
    { "$bench" --list && "$build/dotbench" --list; } | awk '{ print $1 }' | sort | uniq -u |
        grep -vx "sum_sleeps\|sum_made_late\|${unproved// /\\|}" # which are right
}

rows() { # KERNEL SPLITS COLUMN...: one line for each row of the kernel on one of the splits
    # shellcheck disable=SC2086
    cells "$dir/csv" kernel ranks threads "${@:3}" | sed 's/|/ /2' | awk -F'|' -v k="$1" -v s="|$2|" \
        '$1 == k && index(s, "|" $2 "|") { print substr($0, length($1 $2) + 3) }'
}

others() { # SPLITS: the other splits
    tr '|' '\n' <<<"$splits" | grep -vxF "$(tr '|' '\n' <<<"$1")" | paste -sd'|'
}

marked() { # KERNEL COUNT: every row that the fault affects
    local found
    found=$(rows "$1" "$(touched "$1")" verified)
    equal "$(grep -cx false <<<"$found")" "$2"
}

bare() { # KERNEL: wrong rows have no round and no figure
    # shellcheck disable=SC2086
    ! rows "$1" "$(touched "$1")" rounds $figures | grep -vE '^0\|+$'
}

# The error must be given, and must exceed the bound; the result of a maximum is either right or
# wrong, so it may have no error.
beyond_bound() { # KERNEL
    local none=none
    [[ $1 = *max_* ]] && none=''
    ! rows "$1" "$(touched "$1")" error | awk -v none="$none" '$1 != none && !($1 > 1)' | grep ''
}

kept() { # KERNEL SPLITS: rows with time and speedup
    local found
    found=$(rows "$1" "$2" verified rounds time_median speedup)
    [ -n "$found" ] && ! grep -vE '^(true|consistent)\|1\|[0-9.e-]+\|[0-9.e+-]+$' <<<"$found"
}

caught() { # KERNEL ROWS: the fault is caught in the last study
    cp "$dir/out" "$dir/csv"
    claim "$1: exit code 5" exits 5
    claim "$1: one message, which names it" says_once "wrong result of $1 "
    claim "$1: every row that it touches is marked" marked "$1" "$2"
    claim "$1: a wrong row has no figure" bare "$1"
    claim "$1: a wrong row's error is beyond the bound" beyond_bound "$1"
    claim "$1: rows that it does not touch keep their figures" kept "$1" "$(others "$(touched "$1")")"
}

claim 'there are faults to catch' [ "$(faults | wc -l)" -ge 7 ]
for fault in $(faults); do
    touched=$(touched "$fault")
    if [ -z "$touched" ] && ! several; then
        skip "$fault, between ranks: this build has no MPI"
        continue
    fi
    claim "$fault: faults_test.sh knows what it touches" [ -n "$touched" ]
    sizes=1009,65537 # a sum hides a fault better than stored elements, each of which is checked
    [[ $fault = dot_* ]] && sizes=64,1009,65537,1M
    ranks 2 "$bench" -k "$fault" -n "$sizes" -r "$(up_to 2)" -t 1,2 --oversubscribe --rounds=1:1 \
        --format=csv -q
    caught "$fault" $(($(tr ',' '\n' <<<"$sizes" | wc -l) * $(tr '|' '\n' <<<"$touched" | wc -l)))
    grep -q '\.loop = ' "$(dirname "$0")/../fault/$fault.c" || continue # own threads: not for residents
    ranks 2 "$bench" -k "$fault" -n 1009 -r "$(up_to 2)" -t 1,2 --oversubscribe --rounds=1:1 \
        --team=resident --format=csv -q
    caught "$fault" "$(tr '|' '\n' <<<"$touched" | wc -l)"
done

# Right kernels without a proof of their own.
for type in f64 f32; do
    names=${unproved// /,}
    [ $type = f64 ] || names=root_referenced
    ranks 2 "$bench" --type=$type -k "$names" -n 7,1009,65537 -r "$(up_to 2)" -t 1,2 \
        --oversubscribe --rounds=2:2 -o "$dir/unproved.csv" -q
    claim "without a proof, $type: exit code 0" exits 0
    claim "without a proof, $type: its formula proves it, or all splits agree" \
        equal "$(cells "$dir/unproved.csv" kernel verified rounds | sort -u | paste -sd' ')" \
        "$([ $type = f32 ] ||
            echo 'dot_unproved|consistent|2 log_unproved|consistent|2 ')root_referenced|true|2$(
            [ $type = f32 ] || echo ' square_unproved|consistent|2')"
done
ranks 2 "$bench" -k dot_unproved -n 1009 --rounds=2:2 -o "$dir/unproved.json" -q
run "$build/rxt" plot "$dir/unproved.json" -o "$dir/unproved.svg"
claim 'a study of a kernel without a proof can be read' exits 0
run "$build/tests/brokenbench" --list
refused 'kernel nameless.c: .name is missing'

several || finish

# A study of a faulty and a right kernel: the words of its text.
text_marks() { # only the fault's table has the mark, on both rows of two ranks, without a figure
    equal "$(awk '/^dot_loses_one +n =/ { inside = 1 } /^dot +n =/ { inside = 0 }
        inside && /^ +2 × [12] /' "$dir/out" | sed 's/  */ /g')" \
        ' 2 × 1 wrong result
 2 × 2 wrong result' && equal "$(grep -c 'wrong result$' "$dir/out")" 2
}

ranks 2 "$bench" -k dot,dot_loses_one -n 1009 -r 1,2 -t 1,2 --oversubscribe --rounds=1:1 --format=csv -q
cp "$dir/out" "$dir/csv"
claim 'beside a right kernel: exit code 5' exits 5
claim 'beside a fault: the right kernel keeps its figures' kept dot "$splits"
claim 'beside a right kernel: the fault is marked' marked dot_loses_one 2
ranks 2 "$bench" -k dot,dot_loses_one -n 1009 -r 1,2 -t 1,2 --oversubscribe --rounds=1:1 -q
claim 'text: exit code 5' exits 5
claim 'text: a wrong row is marked and has no number' text_marks
claim 'text: the answer leaves it out and says so' grep -q 'Wrong result, not counted: 2×1, 2×2' \
    <(tr '\n' ' ' <"$dir/out" | tr -s ' ')

# A wrong result in a study that is also stopped early: the wrong result decides the exit code, and
# the rows say both.
found_wrong() {
    [ "$status" = 5 ]
}
grown_until found_wrong ranks 2 "$bench" -k dot,dot_wrong_later -n 1009 -r 1,2 -t 1 --oversubscribe \
    --rounds=100000 --format=csv -q --budget=SOON
claim 'wrong, and out of budget: exit code 5' exits 5
claim 'wrong, and out of budget: every row says stopped' all_rows "$dir/out" '^stopped' note

# One element in a hundred million is wrong. A sum must show it; of stored results each element is
# checked.
available=$(awk '$1 == "MemAvailable:" { print int($2 / 1e6) }' /proc/meminfo)
if [ "${RXT_BUILD_TYPE:-}" = Asan ]; then
    skip 'n = 100M: too slow under the sanitizers'
elif [ "${available:-0}" -lt 4 ]; then
    skip "n = 100M: only ${available:-0} GB of memory are available"
else
    far() { # N KERNEL...: on two ranks of two threads
        ranks 2 "$bench" -k "$(tr ' ' , <<<"${*:2}")" -n "$1" -r 2 -t 2 --oversubscribe \
            --rounds=1:1 --format=csv -q
        cp "$dir/out" "$dir/csv"
        claim "n = $1: exit code 5" exits 5
        claim "n = $1: one message" says_once 'wrong result of '
        for fault in "${@:2}"; do
            claim "$fault, n = $1: marked" equal "$(rows "$fault" '2 2' verified)" false
            claim "$fault, n = $1: no figure" bare "$fault"
            claim "$fault, n = $1: the baseline is right" kept "$fault" '1 1'
        done
    }
    far 100M dot_loses_one
    mapfile -t others < <(faults | grep '^dot_' | grep -vx dot_loses_one)
    far 10M "${others[@]}"
fi

finish
