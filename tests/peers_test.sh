#!/usr/bin/env bash
# peers_test.sh BUILD - bench_peers makes of pairs the figure that they say, names what it cannot
# measure, and refuses what it does not know.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/lib.sh"

bench=$build/tests/bench_peers

# Pairs "OURS THEIRS" on stdin as a figure; the cells of its line, by number.
figure() { # LEAST
    "$bench" --format=tsv --pairs="row,what it is,7,2,peer,$1" >"$dir/out" 2>"$dir/err"
    status=$?
    ran="bench_peers --pairs, least $1"
}
cells() { # LIST
    cut -f"$1" "$dir/out" | tr '\t' ' '
}

# The ratios 1.1 … 2.1: their median is 1.6, and the binomial's 95 % pair of 11 is the second.
eleven() {
    seq 11 21 | sort -R --random-source=<(yes) | awk '{ print 2, $1 / 5 }'
}

eleven | figure 1.6
claim "pairs: exit code 0" exits 0
claim "pairs: row, what, n and threads as given" equal "$(cells 1-4)" "row what it is 7 2"
claim "pairs: the median of the ratios, theirs by ours, and its interval" \
    equal "$(cells 8-10)" "1.6 1.2 2"
claim "pairs: rounds, what is required, the verdict" equal "$(cells 11-13)" "11 1.6 reached"
eleven | figure 1.7
claim "pairs: a median below what is required is not reached" equal "$(cells 13)" "NOT REACHED"
echo "1 2" | figure 1
claim "pairs: one pair has no interval" equal "$(cells 8-11)" "2 nan nan 1"

run "$bench" no_such_row
claim "an unknown row is refused" exits 2
claim "an unknown row is named" holds "$dir/err" "no_such_row"
run "$bench" --rounds=5 dot
claim "too few rounds for an interval are refused" exits 2
run "$bench" --pairs=row,what
claim "pairs without all they need are refused" exits 2
run "$bench" --once=L9
claim "an unknown level is refused" exits 2

finish
