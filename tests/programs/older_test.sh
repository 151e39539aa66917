#!/usr/bin/env bash
# older_test.sh BUILD - study files of earlier versions (tests/older: of the first schema, and of
# the last commit that called splits points) are read and plotted; their journals are refused, with
# the reason.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

older=$(cd "$(dirname "$0")/.." && pwd)/older

if have gnuplot; then
    for file in first.json dot.json dot.csv io.json window.json; do
        run "$build/rxt" plot "$older/$file" -o "$dir/$file.svg"
        claim "$file: exit code 0" exits 0
        claim "$file: is drawn" grep -q '</svg>' "$dir/$file.svg"
    done
else
    skip 'pictures: no gnuplot'
fi

# A journal belongs to the build that wrote it.
cp "$older/stopped.json.journal" "$dir"
run "$build/dotbench" -k dot -n 10M -t 1 --rounds=1000:1000 -q --resume -o "$dir/stopped.json"
claim 'a journal of another build: exit code 2' exits 2
# On a host with other caches the plan differs, too, and then --resume=force is no remedy.
remedy=--resume=force
! holds "$dir/err" 'its plan differs, too' || remedy='leave --resume out'
claim 'a journal of another build: one line says what differs' \
    says_once 'stopped.json.journal is from another' "$remedy"
claim 'a journal of another build: it stays as it was' \
    cmp -s "$older/stopped.json.journal" "$dir/stopped.json.journal"

finish
