#!/usr/bin/env bash
# glossary_test.sh BUILD - every column, and every word of the options that take a word from a list,
# is explained: in docs/glossary.md, in the schema (a column's help) or by --help (a word's).
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

docs=$(cd "$(dirname "$0")/../.." && pwd)/docs

explained() { # WORD: is `WORD` in a table?
    grep -q "^|.*\`$1\`" "$docs/glossary.md"
}

either() { # COMMAND COMMAND
    $1 || $2
}
described() { # COLUMN: is it described in the schema, in its line or the next?
    grep -A 1 "^ *\"$1\": {" "$docs/study.schema.json" | grep -q '"description": "..'
}
helped() { # OPTION WORD: does --help have "word (what it is)"?
    "$build/dotbench" --help | tr -s ' \n' ' ' | grep -q -e "--$1=LIST [^-]*[ ,]$2 (.."
}

run "$build/iobench" -k request --size=1 -t 1 -r 1 --rounds=1:1 --service-time=0 --format=csv -q
IFS=, read -ra columns < <(head -1 "$dir/out")
claim 'a study of the lesson has all columns' [ "${#columns[@]}" -gt 30 ]
for column in "${columns[@]}"; do
    claim "the column $column is explained" either "explained $column" "described $column"
done

options=(team bind sync scaling)
[ -z "$mpiexec" ] || options+=(combine)
for option in "${options[@]}"; do
    refuse "--$option=?" -- 'choose from '
    IFS=', ' read -ra words < <(said | sed -n 's/.*choose from //p')
    claim "--$option: there are words" [ "${#words[@]}" -gt 1 ]
    for word in "${words[@]}"; do
        claim "--$option=$word is explained" either "explained $word" "helped $option $word"
    done
done

finish
