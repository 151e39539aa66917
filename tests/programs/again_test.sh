#!/usr/bin/env bash
# again_test.sh BUILD - epochs draw memory anew, and --again adds runs to a study: no round of an
# earlier run is changed or lost, also if the new run is killed or stopped, and nothing is added to
# a study that was measured in another way.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

python=$(command -v /usr/bin/python3 || command -v python3) || { skip 'no python3'; finish; }
folder=$dir/study
mkdir "$folder"
cd "$folder" || exit 2
file=dot.json
options=(-n 1k -t '1,2' --oversubscribe --rounds=12:12 -q -o "$file")

# Prints what the expression says of the study `s`, whose rows are `rows`.
told() { # EXPRESSION
    "$python" -c 'import json, sys
s = json.load(open(sys.argv[1])); rows = s["rows"]
print(eval(sys.argv[2]))' "$file" "$1"
}
rounds_are() { # ROUNDS: has every row so many samples, and as many epochs?
    equal "$(told 'sorted({(len(r["samples"]), len(r["epochs"])) for r in rows})')" "[($1, $1)]"
}
runs_are() { # ROUNDS...
    equal "$(told '" ".join(str(r["rounds"]) for r in s["runs"])')" "$*"
}
epochs_of_all() {
    told 'sorted({e for r in rows for e in r["epochs"]})'
}
first_run() { # the samples of the first 12 rounds, and their epochs
    told '[(r["samples"][:12], r["epochs"][:12]) for r in rows]'
}
add() { # ARGUMENT...
    run "$bench" "${options[@]}" --again "$@"
}

# ---- epochs ----

run "$bench" "${options[@]}" --epochs=1
claim '--epochs=1: exit code 0' exits 0
claim '--epochs=1: one epoch' equal "$(epochs_of_all)" '[0]'
run "$bench" "${options[@]}" --rounds=1:3000 --precision=100 --budget=10m --epochs=9
claim '--epochs=9: exit code 0' exits 0
claim '--epochs=9: not fewer' [ "$(told 'min(len(set(r["epochs"])) for r in rows)')" -ge 9 ]
claim '--epochs=9: splits of a round are of one epoch' equal \
    "$(told 'len({tuple(r["epochs"]) for r in rows})')" 1
ranks 2 "$bench" -n 1k,10k -p 1x1,2x1 --combine=window --rounds=6:6 -q -o "$file"
claim 'a window is drawn anew: exit code 0' exits 0
claim 'a window is drawn anew: verified' equal "$(told '{r["verified"] for r in rows}')" '{True}'
for pages in small huge; do
    run "$bench" "${options[@]}" -n 1k,1M --pages=$pages
    claim "--pages=$pages: exit code 0" exits 0
    claim "--pages=$pages: in the file" equal "$(told 's["settings"]["pages"]')" $pages
done
refuse '--pages=large' -- 'choose from auto, small, huge'
refuse '--epochs=0' -- 'a whole number from 1'

# ---- runs ----

rm -f "$file"*
add
claim 'the first run: exit code 0' exits 0
claim 'the first run: one' runs_are 12
claim 'the first run: its intervals' holds "$dir/out" 'within this run; --again'
first=$(first_run)
add
claim 'two runs' runs_are 12 12
claim 'two runs: their intervals' holds "$dir/out" 'within these 2 runs'
add
claim 'three runs' runs_are 12 12 12
claim 'three runs: all rounds' rounds_are 36
claim 'three runs: the first one is unchanged' equal "$(first_run)" "$first"
claim 'three runs: their intervals' holds "$dir/out" 'the next run lies inside with 95 %'
claim 'three runs: no journal is left' equal "$(ls -A)" dot.json
claim 'three runs: the median is that of their medians' equal "$(told \
    'all(abs(sorted(__import__("statistics").median(t for _, t in r["samples"][i:i + 12])
     for i in (0, 12, 24))[1] / r["time_median"] - 1) < 1e-8 for r in rows)')" True
run "$build/rxt" plot "$file" -o plot.svg
claim 'three runs are drawn' exits 0
rm -f plot.svg

# ---- history ----

run "$bench" -n 1k -t 1,2 --oversubscribe --rounds=12:12 --history="$file"
claim '--history: exit code 0' exits 0
claim '--history: runs differ' holds "$dir/out" 'within this run; 4 runs on this host differ by'
refuse --history=none.json -n 1k -t 1 -- 'none.json: cannot be opened'
"$python" -c 'import json, sys
s = json.load(open(sys.argv[1])); s["identity"]["host"]["nodes"][0]["cpu"] = "abacus"
json.dump(s, open("other.json", "w"))' "$file"
refuse --history="$file,other.json" -n 1k -t 1 -- 'other.json: is from another host'
rm -f other.json

# ---- what does not belong ----

sum=$(cksum "$file")
unchanged() {
    equal "$(cksum "$file")" "$sum"
}
add -n 2k
claim 'another size: exit code 2' exits 2
claim 'another size: named' holds "$dir/err" '--again: dot.json is from another study'
add --seed=2
claim 'another seed: exit code 2' exits 2
claim 'another seed: named' holds "$dir/err" 'seed: 1 there, 2 here'
claim 'another study: the file is unchanged' unchanged
claim 'another study: no journal' equal "$(ls -A)" dot.json
refuse --again -- '-o FILE.json'
refuse --again -o study.csv -- '-o FILE.json'
refuse --again=yes -o study.json -- '--again=force'
"$python" -c 'import json, sys
s = json.load(open(sys.argv[1])); del s["identity"]; json.dump(s, open("old.json", "w"))' "$file"
run "$bench" "${options[@]}" --again -o old.json
claim 'a file of an older version: exit code 2' exits 2
claim 'a file of an older version: named' holds "$dir/err" 'an older version wrote it'
rm -f old.json
add --again=force --seed=2
claim 'by force: exit code 0' exits 0
claim 'by force: a fourth run' runs_are 12 12 12 12

# ---- a run that does not end ----

visited() {
    grep -qs '"round":[1-9]' "$file.journal"
}
begin "$bench" "${options[@]}" --seed=2 --again --rounds=100000 --budget=10m
wait_until "$limit" visited
kill -KILL "$job"
ended
claim 'killed: the file is as before' runs_are 12 12 12 12
run "$bench" "${options[@]}" --seed=2 --resume
claim 'killed: --resume completes the run' exits 0
claim 'killed: five runs' equal "$(told 'len(s["runs"])')" 5
claim 'killed: the first run is unchanged' equal "$(first_run)" "$first"
claim 'killed: complete' equal "$(told 's["status"]')" complete
begin "$bench" "${options[@]}" --seed=2 --again --rounds=100000 --budget=10m
wait_until "$limit" visited
kill -TERM "$job"
ended
claim 'stopped: exit code 4' exits 4
claim 'stopped: the file has its rounds' equal "$(told 's["status"], len(s["runs"])')" \
    "('stopped', 6)"
add --seed=2
claim 'stopped: no further run' exits 2
claim 'stopped: the remedy' holds "$dir/err" 'use --resume --again'
add --seed=2 --resume
claim 'stopped: --resume --again completes it' exits 0
claim 'stopped: six runs' equal "$(told 's["status"], len(s["runs"])')" "('complete', 6)"
add --seed=2 --resume
claim 'complete: --resume --again adds a run' equal "$(told 'len(s["runs"])')" 7
claim 'seven runs: the first one is unchanged' equal "$(first_run)" "$first"

finish
