#!/usr/bin/env bash
# ends_test.sh BUILD - a study that ends in any way, with any file that cannot be written, prints
# one message for each fault, has the right exit code, and prints "kept" only for what is kept.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

folder=$dir/study
file=$folder/dot.json
mkdir "$folder"

# A library that makes the C library refuse what $FULL names: `file` (writing the draft to disk),
# `journal` (its lines after the first). It is also stall.c's CBLAS.
cat >"$dir/ends.c" <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int full(const char *what)
{
    const char *all = getenv("FULL");

    return all && strstr(all, what);
}

int fsync(int fd)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");

    errno = ENOSPC;
    return full("file") ? -1 : real(fd);
}

ssize_t write(int fd, const void *text, size_t size)
{
    ssize_t (*real)(int, const void *, size_t) =
        (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    int visit = memmem(text, size, "\"round\"", 7) != NULL;

    errno = ENOSPC;
    return full("journal") && visit ? -1 : real(fd, text, size);
}

void openblas_set_num_threads(int threads)
{
    (void)threads;
}
END
if ! cc -O1 -shared -fPIC -o "$dir/ends.so" "$dir/ends.c" "$(dirname "$0")/../stall.c" -ldl; then
    skip 'all: cc makes no shared library here'
    finish
fi

shim=(env "LD_PRELOAD=$dir/ends.so" "STALL=$dir/stall" "STALL_IN=$dir/stall.in"
    "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0")
driver=("$build/dotbench" -k dot_blas "--blas=$dir/ends.so" -n 1k -t 1)
faulty=("$build/tests/faultbench" -k dot_doubles_one -n 1009 -t 2 --oversubscribe)

fresh() {
    rm -rf "${folder:?}"/* "$dir/stall" "$dir/stall.in"
}

# Runs a study to this END; what FULL names cannot be written.
study() { # END FULL
    local sink=$dir/out
    fresh
    [[ $2 = *stdout* ]] && sink=/dev/full
    case $1 in
    complete) into "$sink" "${shim[@]}" "FULL=$2" "${driver[@]}" --rounds=2:2 -o "$file" ;;
    budget) grown_until ended_after_rounds anew "$sink" "${shim[@]}" "FULL=$2" "${driver[@]}" \
        --rounds=99999 -o "$file" --budget=SOON ;;
    wrong) into "$sink" "${shim[@]}" "FULL=$2" "${faulty[@]}" --rounds=2:2 -o "$file" ;;
    *) ended_by_signal "$1" "$2" "$sink" ;;
    esac
    ran="$1, full: ${2:-nothing}"
}

into() { # FILE COMMAND ARGUMENT...
    # shellcheck disable=SC2016  # for the inner shell
    run bash -c 'exec "${@:2}" >"$1"' - "$@"
}

anew() { # FILE COMMAND ARGUMENT...
    fresh
    into "$@"
}

ended_by_signal() { # END FULL SINK
    : >"$dir/out" && : >"$dir/err"
    "${shim[@]}" "FULL=$2" "${driver[@]}" --rounds=99999 --budget=600s --progress=yes -o "$file" \
        >"$3" 2>"$dir/err" &
    job=$!
    wait_until "$limit" under_way
    [ "$1" = signal ] || stall
    kill -TERM "$job"
    ended
}

# Are there COUNT lines, not counting those that any study may write?
lines() { # COUNT
    equal "$(said | grep -vc 'threads only\|: budget \|so the study may end before that')" "$1"
}

# For each end: the words of its own message, and its exit code if everything can be written.
declare -A word=([complete]='' [budget]='s ended the study' [wrong]='wrong result of'
    [signal]='stopped by a signal' [call]='stopped by a signal inside a call')
declare -A code=([complete]=0 [budget]=4 [wrong]=5 [signal]=4 [call]=4)

told() { # END FULL
    local own=1 journal=0 lost=0
    [ "$1" != complete ] || own=0
    [[ $2 != *journal* ]] || journal=1
    [[ $2 != *file* ]] || lost=1
    claim "$ran: a line for each fault" \
        lines $((own + journal + lost + $([[ $2 = *stdout* ]] && echo 1 || echo 0)))
    [ -z "${word[$1]}" ] || claim "$ran: how it ended" holds "$dir/err" "${word[$1]}"
    [ $lost = 0 ] || claim "$ran: names the file" holds "$dir/err" "--output=$file: cannot be written"
    [[ $2 != *stdout* ]] || claim "$ran: names standard output" holds "$dir/err" 'standard output'
}

# The file must be there unless FULL has `file`; the messages must say where the results are.
where() { # END FULL
    local kept=0
    [[ $2 = *file* ]] || kept=1
    claim "$ran: the file is there, or is not" equal "$([ -s "$file" ] && echo 1 || echo 0)" "$kept"
    case $1/$2 in
    complete/*file*journal* | wrong/*file*journal*) ;;
    complete/*file* | wrong/*file*) claim "$ran: in the journal" holds "$dir/err" \
        "cannot be written: No space left on device; the results are in $file.journal" ;;
    complete/* | wrong/*) ;;
    *file*journal*stdout*) claim "$ran: lost" holds "$dir/err" 'the results are lost' ;;
    *file*journal*) claim "$ran: printed" holds "$dir/err" 'the results are only printed' ;;
    *file*) claim "$ran: in the journal" holds "$dir/err" "the results are in $file.journal" ;;
    *) claim "$ran: kept" holds "$dir/err" "the results are kept in $file" ;;
    esac
}

for end in complete budget signal call wrong; do
    for full in '' stdout file file,journal file,journal,stdout; do
        study $end "$full"
        expected=${code[$end]}
        [ -z "$full" ] || [ $end = wrong ] || expected=3
        claim "$ran: exit code $expected" exits "$expected"
        told $end "$full"
        where $end "$full"
    done
done

# If the file of a study was lost, its journal stays, and --resume makes the file from the journal.
study budget file
run "${driver[@]}" --rounds=2:2 -o "$file" --resume
claim 'a file that was lost, --resume: exit code 0' exits 0
claim 'a file that was lost, --resume: it is there' grep -q '"rounds": [1-9]' "$file"

# Under the launcher all ranks must end in the same way.
if several; then
    two_ranks() { # COMMAND ARGUMENT...
        fresh
        ranks 2 "$@"
    }
    grown_until ended_after_rounds two_ranks "${shim[@]}" FULL=file "${driver[@]}" --rounds=99999 \
        -o "$file" --budget=SOON
    claim 'two ranks, budget, full: file: exit code 3' exits 3
    claim 'two ranks, budget, full: file: how it ended' holds "$dir/err" 'ended the study'
fi

# A call that lasts longer than a given budget (here a sleep of 100 s) ends with the budget. The
# kernel has few elements, so that any build generates them in time.
slow=("$build/tests/faultbench" -k sum_sleeps -t 1 -o "$file")
inside_a_call() {
    holds "$dir/err" 's ended the study after 0 of at least 10 rounds, inside a call'
}
its_trials_are_told() {
    holds "$dir/err" "its trials are in $file.journal"
}
alone() { # COMMAND ARGUMENT...
    fresh
    run "$@"
}
grown_until inside_a_call alone "${slow[@]}" -n 2M --budget=SOON
claim 'a call longer than the budget: exit code 4' exits 4
claim 'a call longer than the budget: says so' inside_a_call
claim 'a call longer than the budget: no journal without visits' equal "$(ls "$folder")" ''
grown_until its_trials_are_told alone "${slow[@]}" -n 10,2M --budget=SOON
claim 'a call longer than the budget, after a trial: exit code 4' exits 4
claim 'a call longer than the budget, after a trial: that is kept' its_trials_are_told
if several; then
    grown_until inside_a_call two_ranks "${slow[@]}" -n 2M --budget=SOON
    claim 'two ranks, a call longer than the budget: exit code 4' exits 4
    claim 'two ranks, a call longer than the budget: nothing runs on' gone "*faultbench*$dir*"
fi

# Generating the operands takes longer than the budget, too: those of the first size, those of a
# size that is added between two sizes, and those of a size that an earlier job has added.
late=("$build/tests/faultbench" -k sum_made_late -o "$file")
fresh
LATE=$dir/late ranks 2 "${late[@]}" -n 1k -p 1x1 --budget=2s
claim 'operands made longer than the budget: exit code 4' exits 4
claim 'operands made longer than the budget: says so' \
    equal "$(said | grep -c -- '--budget=2s ended the study before this job.s first measurement')" 1
claim 'operands made longer than the budget: nothing is left' equal "$(ls "$folder")" ''
claim 'operands made longer than the budget: nothing runs on' gone "*faultbench*$dir*"
late+=(-n '20,400' -p '1x1,1x2' --oversubscribe --break-even --rounds=6:9999 --precision=0.001)
late_once() { # COMMAND ARGUMENT...
    fresh
    rm -f "$dir/late"
    began=$SECONDS
    LATE=$dir/late run "$@"
}
size_is_late() {
    [ -e "$dir/late" ]
}
# On a busy machine, rounds are finished late, or not all of them.
budgets='4s 12s 40s' grown_until size_is_late late_once "${late[@]}" --budget=SOON
complete_or_early() {
    grep -q '"status": *"complete"' "$file" || holds "$dir/err" 'of at least 6 rounds'
}
claim 'a size added longer than the budget: there is one' size_is_late
claim 'a size added longer than the budget: it ends the study' [ $((SECONDS - began)) -lt 90 ]
claim 'a size added longer than the budget: complete' complete_or_early
fresh
begin "${late[@]}" --budget=60s
has_added() { # a visit to a cell that was not asked for and is no roof
    grep -qsE '"cell":([4-9]|[1-9][0-9]),' "$file.journal"
}
if wait_until 60 has_added; then
    kill -TERM "$job"
    ended
    began=$SECONDS
    LATE=$dir/late run "${late[@]}" --budget=1s --resume
    claim 'a size added by an earlier job, longer than the budget: exit code 4' exits 4
    claim 'a size added by an earlier job, longer than the budget: it ends the study' \
        [ $((SECONDS - began)) -lt 90 ]
    claim 'a size added by an earlier job, longer than the budget: its visits are kept' has_added
else
    kill -TERM "$job"
    ended
    skip 'a size added by an earlier job: this machine is too busy to add one'
fi

# After the minimum of rounds, a call that lasts too long costs the study only that call. On a
# loaded machine the budget may end before the minimum.
five_rounds_or_an_end() {
    grep -qs '"round":4' "$file.journal" || ! kill -0 "$job" 2>/dev/null
}
for budget in 3s 10s 30s; do
    fresh
    begin "${shim[@]}" "${driver[@]}" --rounds=3:99999 --precision=0.001 --budget=$budget -o "$file"
    wait_until "$limit" five_rounds_or_an_end
    touch "$dir/stall"
    ended
    [ ! -e "$dir/stall.in" ] || break
done
claim 'a call longer than the budget, after the rounds: there is one' [ -e "$dir/stall.in" ]
claim 'a call longer than the budget, after the rounds: exit code 0' exits 0
claim 'a call longer than the budget, after the rounds: complete' \
    grep -q '"status": *"complete"' "$file"
claim 'a call longer than the budget, after the rounds: no journal' [ ! -e "$file.journal" ]

# Without -o, there is nothing but the printed results.
grown_until ended_after_rounds into "$dir/out" "${driver[@]}" --rounds=99999 --budget=SOON
claim 'without -o: exit code 4' exits 4
claim 'without -o: printed, not kept' holds "$dir/err" 'the results are printed'
grown_until ended_after_rounds into /dev/full "${driver[@]}" --rounds=99999 --budget=SOON
claim 'without -o, stdout full: exit code 3' exits 3
claim 'without -o, stdout full: lost' holds "$dir/err" 'the results are lost'

finish
