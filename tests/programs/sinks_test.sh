#!/usr/bin/env bash
# sinks_test.sh BUILD - every kind of output, with standard output or error closed, full, or a pipe
# without a reader: lost output is reported by the exit code, and nothing is written elsewhere.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/dotbench
file=$dir/study.json
quick=("$bench" -n 1k -t 1 --rounds=2:2)

# shellcheck disable=SC2016  # for the inner shells, here and below
full() { # COMMAND ARGUMENT...
    run bash -c '"$@" >/dev/full' - "$@"
}
# shellcheck disable=SC2016
closed() {
    run bash -c '"$@" >&-' - "$@"
}
# shellcheck disable=SC2016
left() { # the reader is gone before anything is written; the shell itself would exit with 141
    run bash -c 'exec 3> >(true); wait $!; "$@" >&3' - "$@"
}

lost() { # WAY COMMAND ARGUMENT...
    "$@"
    claim "$1, $ran: exit code 3" exits 3
    claim "$1, $ran: says so" says_lost
}
says_lost() {
    equal "$(said | grep -c 'cannot write to standard output')" 1
}

# ---- what is only printed ----

for action in --help --usage --version --list --dry-run; do
    lost full "$bench" $action
    lost closed "$bench" $action
done
for action in --help --usage --version 'plot --help' 'tour --usage'; do
    # shellcheck disable=SC2086
    lost full "$build/rxt" $action
    # shellcheck disable=SC2086
    lost closed "$build/rxt" $action
done

# As in other programs: if the reader goes away, the program ends, without a message.
for action in --help --list --dry-run; do
    left "$bench" $action
    claim "reader left, $ran: not exit code 0" [ "$status" -ne 0 ]
done

# ---- studies: a reader that goes away does not end one ----

for format in text csv json; do
    for way in full closed left; do
        rm -f "$file"
        lost $way "${quick[@]}" --format=$format -q -o "$file"
        claim "$way, $ran: the file is complete" grep -q '"status": *"complete"' "$file"
        [ $format = csv ] || continue
        lost $way "${quick[@]}" --format=$format -q
    done
done

# Messages that nobody can read are no error of the study, and must not go elsewhere: if standard
# error is closed, a file that the program opens must not get the descriptor of standard error.
noisy=("${quick[@]}" --rounds=300:300 --progress=yes -o "$file")
unheard() { # WORDS
    claim "$1: exit code 0" exits 0
    claim "$1: the file is whole" "$build/rxt" plot "$file" -o "$dir/plot.svg"
    claim "$1: the report is on stdout" grep -q 'ranks × threads' "$dir/out"
    claim "$1: no message in it" equal "$(grep -c 'bench: \|^round [0-9]' "$dir/out" "$file" | grep -vc ':0')" 0
}
rm -f "$file"
# shellcheck disable=SC2016
run bash -c '"$@" 2>&-' - "${noisy[@]}"
unheard 'stderr is closed'
# shellcheck disable=SC2016
run bash -c '"$@" 2>/dev/full' - "${noisy[@]}"
unheard 'stderr is full'
# shellcheck disable=SC2016
run bash -c 'exec 3> >(true); wait $!; "$@" 2>&3' - "${noisy[@]}"
unheard 'the reader of stderr left'
# shellcheck disable=SC2016
by_budget "$file.journal" run bash -c '"$@" <&- >&- 2>&-' - "${quick[@]}" --rounds=99999 \
    --budget=SOON --progress=yes -o "$file"
claim 'all are closed, stopped: exit code 3' exits 3
claim 'all are closed, stopped: the journal has its records alone' \
    equal "$(grep -vc '^[0-9a-f]\{8\} {' "$file.journal")" 0
run "${quick[@]}" -o "$file" --resume -q
claim 'all are closed, stopped, --resume: exit code 0' exits 0

finish
