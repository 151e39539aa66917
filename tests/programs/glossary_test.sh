#!/usr/bin/env bash
# glossary_test.sh BUILD - docs/glossary.md has every column, and every word of the options that
# take a word from a list.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

glossary=$(cd "$(dirname "$0")/../.." && pwd)/docs/glossary.md

explained() { # WORD: is `WORD` in a table?
    grep -q "^|.*\`$1\`" "$glossary"
}

run "$build/iobench" -k request --size=1 -t 1 -r 1 --rounds=1:1 --service-time=0 --format=csv -q
IFS=, read -ra columns < <(head -1 "$dir/out")
claim 'a study of the lesson has all columns' [ "${#columns[@]}" -gt 30 ]
for column in "${columns[@]}"; do
    claim "the column $column is explained" explained "$column"
done

options=(team bind sync scaling pages)
[ -z "$mpiexec" ] || options+=(combine)
for option in "${options[@]}"; do
    refuse "--$option=?" -- 'choose from '
    IFS=', ' read -ra words < <(said | sed -n 's/.*choose from //p')
    claim "--$option: there are words" [ "${#words[@]}" -gt 1 ]
    for word in "${words[@]}"; do
        claim "--$option=$word is explained" explained "$word"
    done
done

finish
