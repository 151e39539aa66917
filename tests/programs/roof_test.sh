#!/usr/bin/env bash
# roof_test.sh BUILD - every measured row has its roof, for any kernel, type, team and split; other
# rows have none; a resumed study keeps the roofs of earlier jobs.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/dotbench
some='^0*[.]?0*[1-9]' # a busy machine gives any figure; test_row.c checks the units

judged() { # WORDS
    claim "$1: exit code 0" exits 0
    claim "$1: every row has a roof" all_rows "$dir/out" "$some" roof
}

several && threads=2 || threads=3
for type in f64 f32; do
    ranks 2 "$bench" -k dot,dot_openmp -n 1,1k,1M -r "$(up_to 2)" -t "1,$threads" --oversubscribe \
        --type=$type --rounds=3:3 --format=csv -q
    judged "$type"
done
run "$bench" -n 1k -t 1,2 --oversubscribe --scaling=weak --bind=none --rounds=2:2 --format=csv -q
judged 'weak, unbound'

run "$bench" -n 0 -t 1 --rounds=1:1 --format=csv -q
claim 'no elements: exit code 0' exits 0
claim 'no elements: no roof' equal "$(cells "$dir/out" n roof)" '0|'

run "$build/tests/faultbench" -k dot_doubles_one -n 1009 -t 1,2 --oversubscribe --rounds=1:1 \
    --format=csv -q
claim 'a wrong result: exit code 5' exits 5
claim 'a wrong result: no roof' \
    equal "$(cells "$dir/out" verified roof | grep -o '^false|.*')" 'false|'

# ---- text, and what no list names ----

run "$bench" -n 1k -t 1 --rounds=2:2 -q
claim 'the table has a column for it' grep -Eq 'GB/s +roof' "$dir/out"
run "$bench" --list
claim '--list: exit code 0' exits 0
claim 'no list names a roof' equal "$(grep -c roof "$dir/out")" 0
run "$bench" -k roof_load_2
claim 'none can be asked for' exits 2

# ---- journal ----

cd "$dir" || exit 2
# Has the study run without roofs for a while? Then it is stopped.
beyond_roofs() {
    [ "$(grep -cs '"cell":0,"round":[0-9]' dot.json.journal)" -ge 20 ] 2>/dev/null
}
begin env --default-signal=TERM "$bench" -n 1k -t 1 --rounds=100000 --budget=10m -o dot.json -q
wait_until "$limit" beyond_roofs
kill -TERM "$job"
ended
claim 'stopped: exit code 4' exits 4
visited=$(grep -o '"cell":[0-9]*' dot.json.journal | sort -u | wc -l)
claim 'the journal has the visits of roofs' [ "$visited" -ge 3 ]
claim 'after the first rounds there are none' \
    equal "$(grep -c '"cell":[12],"round":' dot.json.journal)" 30
before=$(grep -oE '"roof": [0-9][0-9.e-]*' dot.json)
claim 'stopped: the row has a roof' [ -n "$before" ]
had=$(grep -c '"cell":0,"round":[0-9]' dot.json.journal)
run "$bench" -n 1k -t 1 --rounds=1:$((had + 1)) --resume -o dot.json -q
claim 'gone on with: exit code 0' exits 0
claim 'gone on with: the roof is there, and the same' \
    equal "$(grep -oE '"roof": [0-9][0-9.e-]*' dot.json)" "$before"

finish
