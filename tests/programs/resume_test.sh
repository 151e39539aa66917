#!/usr/bin/env bash
# resume_test.sh BUILD - a stopped study is resumed where it stopped, in the same file. If host,
# build, operands or settings differ, it is not resumed, and its file is not overwritten.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

folder=$dir/study
mkdir "$folder"
cd "$folder" || exit 2
file=dot.json
options=(-n 1k -t 1 --rounds=20:20)

status_of_file() {
    grep -o '"status": *"[a-z]*"' "$file"
}

visits() {
    grep -c '"round":[0-9]' "$file.journal"
}

# Leaves a study that its budget stopped: the file and the journal. It is measured once for each
# driver, and copied afterwards.
stopped() {
    local made=$dir/stopped-${bench##*/}
    rm -rf "${folder:?}"/*
    if [ ! -d "$made" ]; then
        by_budget "$file" run "$bench" "${options[@]}" --rounds=100000 --budget=SOON -o "$file" -q
        cp -r "$folder" "$made"
    fi
    cp "$made"/* .
    sum=$(cksum "$file" "$file.journal")
}

unchanged() {
    equal "$(cksum "$file" "$file.journal")" "$sum"
}

goes_on() { # ARGUMENT...
    run "$bench" "${options[@]}" "$@" -o "$file"
}

refused() { # WORDS...
    claim "$ran: exit code 2" exits 2
    claim "$ran: one message" says_once --resume "$@"
    claim "$ran: file and journal are as they were" unchanged
}

# ---- stopped, and gone on with ----

stopped
claim 'stopped: exit code 4' exits 4
claim 'stopped: the file says so' equal "$(status_of_file)" '"status": "stopped"'
claim 'stopped: the journal is kept' [ "$(visits)" -ge 1 ]
had=$(visits)
goes_on --resume --rounds=$((had + 20)):$((had + 20))
claim '--resume: exit code 0' exits 0
claim '--resume: says what it goes on from' equal "$(said | grep -c 'the study continues after')" 1
claim '--resume: the file is complete' equal "$(status_of_file)" '"status": "complete"'
claim '--resume: the journal is gone' [ ! -e "$file.journal" ]
claim '--resume: rows tell of two jobs' grep -q '"note": "[^"]*measured in 2 jobs' "$file"
claim '--resume: the rounds are counted on' grep -q "\"rounds\": $((had + 20))," "$file"
claim '--resume: the table says it, too' holds "$dir/out" 'measured in 2 jobs'

# A study that is stopped again has a third job.
stopped
had=$(visits)
more_visits() {
    [ "$(visits)" -gt "$had" ]
}
grown_until more_visits goes_on --resume --rounds=100000 --budget=SOON
claim 'stopped again: exit code 4' exits 4
had=$(visits)
goes_on --resume --rounds=$((had + 1)):$((had + 1))
claim 'stopped again, --resume: exit code 0' exits 0
claim 'stopped again, --resume: rows tell of three jobs' \
    grep -q '"note": "[^"]*measured in 3 jobs' "$file"

sum=$(cksum "$file")
goes_on --resume
claim 'complete: exit code 0' exits 0
claim 'complete: says that nothing is left' says_once 'nothing is left to measure'
claim 'complete: the file is as it was' equal "$(cksum "$file")" "$sum"
claim 'complete: no journal' [ ! -e "$file.journal" ]

goes_on --resume --seed=3
claim 'complete, of another study: exit code 2' exits 2
claim 'complete, of another study: one message' says_once 'is the complete file of another study (seed: 1'
claim 'complete, of another study: the file is as it was' equal "$(cksum "$file")" "$sum"

rm -f "$file"
goes_on --resume
claim 'nothing there: begins, exit code 0' exits 0
claim 'nothing there: says so' equal "$(said | grep -c 'the study starts')" 1
claim 'nothing there: the file is complete' equal "$(status_of_file)" '"status": "complete"'

# A study under the launcher, with a CSV file, that a signal stops.
file=dot.csv
rm -rf "${folder:?}"/*
two=("$bench" -n 1k -r "$(up_to 2)" -t 1 --oversubscribe -o "$file")
# Open MPI gives its ranks a second to write their files; on a loaded machine they get more.
several && two=("$mpiexec" -np 2 "${two[@]}")
for seconds in 1 5 20; do
    rm -f "$file" "$file.journal"
    OMPI_MCA_odls_base_sigkill_timeout=$seconds begin "${two[@]}" --rounds=100000 --progress=yes
    wait_until "$limit" under_way
    kill -TERM "$job"
    ended
    [ ! -s "$file" ] || break
done
claim 'TERM: the journal is kept' [ "$(visits)" -ge 1 ]
claim 'TERM: the rows say stopped' all_rows "$file" '^stopped' note
had=$(grep -c '"cell":0,"round":[0-9]' "$file.journal")
run "${two[@]}" --rounds=$((had + 5)):$((had + 5)) --resume
claim 'TERM, --resume: exit code 0' exits 0
claim 'TERM, --resume: the rows are measured in two jobs' all_rows "$file" '^measured in 2 jobs' note
claim 'TERM, --resume: no round is lost' all_rows "$file" "^($((had + 5))|$((had + 6)))\$" rounds
claim 'TERM, --resume: the journal is gone' [ ! -e "$file.journal" ]
file=dot.json

# A row that cannot be measured, such as ranks spawned by a program without a launcher, does not
# make rounds incomplete.
bench=$build/spawnbench options=(-k "thread,rank" --count=1)
stopped
claim 'a row left out: the journal is kept' [ "$(visits)" -ge 1 ]
had=$(visits)
goes_on --resume --rounds=$((had + 20)):$((had + 20))
claim 'a row left out, --resume: exit code 0' exits 0
claim 'a row left out, --resume: the rounds are counted on' \
    equal "$(grep -o '"rounds": [0-9]*,' "$file" | sort -u)" \
    $'"rounds": 0,\n'"\"rounds\": $((had + 20)),"
bench=$build/dotbench options=(-n 1k -t 1 --rounds=20:20)

# A study that is stopped during its trials; each size takes 0.2 s per call or more. Trials in the
# journal are not made again. On a loaded machine the first trial may not end in time.
slow=("$build/tests/faultbench" -k sum_sleeps -n 4000:4009:+1 -t 1 -o "$file")
anew() { # COMMAND ARGUMENT...
    rm -rf "${folder:?}"/*
    run "$@"
}
its_trials_are_told() {
    holds "$dir/err" "its trials are in $file.journal"
}
budgets='1.3s 1.9s 1.9s 3s 5s' grown_until its_trials_are_told anew "${slow[@]}" --budget=SOON
claim 'stopped in its trials: exit code 4' exits 4
claim 'stopped in its trials: where they are' its_trials_are_told
tried=$(grep -c '"round":-1' "$file.journal")
claim 'stopped in its trials: the journal is kept' [ "$tried" -ge 1 ]
begin "${slow[@]}" --resume --rounds=1:1 --progress=yes
wait_until "$limit" grep -qs '"round":0' "$file.journal"
claim 'stopped in its trials, --resume: each is made once' \
    equal "$(grep -c '"round":-1' "$file.journal")" 10
kill -TERM "$job"
ended
claim 'stopped in its trials, --resume: it measures' exits 4
claim 'stopped in its trials, --resume: says what it goes on from' \
    holds "$dir/err" "the study continues after $tried trial visits in 0 rounds"
claim 'stopped in its trials, --resume: says how long the others take' \
    grep -q 'before the first round every row is tried once: .* the others will take about [0-9]' "$dir/err"
claim 'stopped in its trials, --resume: they are progress' grep -q '^trial [0-9]* of ' "$dir/err"

# ---- another study, build, host ----

stopped
goes_on --resume --seed=2
refused 'seed: 1 there, 2 here' 'or --resume=force'
goes_on --resume -n 2k
refused 'sizes: [1000] there, [1000,2000] here' 'leave --resume out'
goes_on --resume -k dot_openmp
refused 'kernels: ["dot"] there, ["dot_openmp"] here'
goes_on --resume --bind=close
refused 'bind: '
goes_on --resume=force --bind=close
refused 'bind: '
goes_on --resume=force --scaling=weak
refused 'scaling: "strong" there, "weak" here'
if several; then
    ranks 2 "$bench" "${options[@]}" -o "$file" --resume
    refused 'splits: ["1x1@1"] there'
fi

cp "$bench" "$dir/dotbench"
printf 'x' >>"$dir/dotbench"
run "$dir/dotbench" "${options[@]}" -o "$file" --resume
refused 'another build' '--resume=force'
run "$dir/dotbench" "${options[@]}" -o "$file" --resume=force --rounds=$(($(visits) + 1)):$(($(visits) + 1))
claim 'another build, forced: exit code 0' exits 0
claim 'another build, forced: the rows say so' grep -q 'measured in 2 jobs that differ' "$file"

# The results must be those of the operands that the file names.
stopped
goes_on --resume=force --seed=2 --rounds=1:1
claim 'another seed, forced: exit code 0' exits 0
result=$(grep -o '"result": "[^"]*"' "$file")
rm "$file"
goes_on --seed=2 --rounds=1:1
claim 'another seed, forced: there is a result' [ -n "$result" ]
claim 'another seed, forced: the result is that of the new seed' \
    equal "$(grep -o '"result": "[^"]*"' "$file")" "$result"

stopped
if unshare --uts true 2>/dev/null; then
    # shellcheck disable=SC2016  # for the inner shell
    run unshare --uts sh -c 'hostname elsewhere && exec "$@"' - "$bench" "${options[@]}" -o "$file" --resume
    refused 'another host' 'elsewhere' '--resume=force'
else
    skip 'another host: no other name can be given to it here'
fi

# ---- other operands ----

if python=$(command -v /usr/bin/python3) && $python -c 'import numpy' 2>/dev/null; then
    rm -rf "${folder:?}"/*
    vectors() { # SEED
        $python -c 'import numpy, sys
g = numpy.random.default_rng(int(sys.argv[1]))
[numpy.save(name, g.standard_normal(1009)) for name in "xy"]' "$1"
    }
    vectors 1
    own=(-t 1 --x=x.npy --y=y.npy -o "$file")
    by_budget "$file" run "$bench" "${own[@]}" --rounds=100000 --budget=SOON -q
    sum=$(cksum "$file" "$file.journal")
    vectors 2
    run "$bench" "${own[@]}" --resume
    refused "x.digest: "
    vectors 1
    run "$bench" "${own[@]}" --resume --rounds=$(($(visits) + 1)):$(($(visits) + 1))
    claim 'the same operands, saved anew: exit code 0' exits 0
else
    skip 'other operands: no python3 with numpy'
fi

# ---- files that are none ----

stand_in() { # WORDS: the file holds what is on stdin
    cat >"$file"
    sum=$(cksum "$file" "$file.journal" 2>&1)
    goes_on --resume
    claim "$1: exit code 2" exits 2
    claim "$1: one message" says_once "--resume: $file: $1"
    claim "$1: nothing is overwritten" equal "$(cksum "$file" "$file.journal" 2>&1)" "$sum"
}

for journal in with without; do
    stopped
    cp "$file" whole
    [ $journal = with ] || rm "$file.journal"
    stand_in 'is cut off' < <(head -c -20 whole)
    stand_in 'is empty' </dev/null
    stand_in 'is of schema rxt-study-9' <<<'{"schema": "rxt-study-9", "status": "stopped"}'
    stand_in 'is not a study file' <<<'[1, 2]'
    stand_in 'created, program' <<<'{"schema": "rxt-study-1", "status": "complete"}'
done
file=dot.csv
run "$bench" -n 1k,2k -t 1 --rounds=1:1 -q -o whole.csv
again() { # WORDS
    cat >"$file"
    run "$bench" -n 1k,2k -t 1 --rounds=1:1 -q -o "$file" --resume
    claim "CSV, $1: exit code 2" exits 2
    claim "CSV, $1: one message" says_once "--resume: $file: $1"
}
again 'is not a study file' <<<'a,b'
again 'does not have the rows of this study' < <(head -n 1 whole.csv)
again 'does not have the rows of this study' < <(head -n 2 whole.csv)
again 'is cut off after row 1' < <(head -c -5 whole.csv)
again 'row 3: is cut off' < <(cat whole.csv - <<<'junk')
cp whole.csv "$file"
run "$bench" -n 1k,2k -t 1 --rounds=1:1 -o "$file" --resume
claim 'CSV, complete: exit code 0' exits 0
claim 'CSV, complete: says what it cannot tell' says_once 'does not record its settings'
file=dot.json

wrong=("$build/tests/faultbench" -k 'dot_wrong_later,dot' -n 1009 -r "$(up_to 2)" -t 1 --oversubscribe
    --rounds=3:3 -o wrong.json)
if several; then
    run "$mpiexec" -np 2 "${wrong[@]}" -q
    claim 'complete, and wrong: exit code 5' exits 5
    run "$mpiexec" -np 2 "${wrong[@]}" --resume
    claim 'complete, and wrong, --resume: exit code 5' exits 5
    claim 'complete, and wrong, --resume: one message' says_once 'is complete, with wrong results'
    rm wrong.json
fi
stopped
rm "$file.journal"
sum=$(cksum "$file")
goes_on --resume
claim 'stopped, without its journal: exit code 2' exits 2
claim 'stopped, without its journal: one message' says_once "$file.journal"
claim 'stopped, without its journal: the file is as it was' equal "$(cksum "$file")" "$sum"

stopped
sed -i '3s/calls/CALLS/' "$file.journal"
sum=$(cksum "$file" "$file.journal")
goes_on --resume
refused 'line 3 is damaged' '--resume=force'
had=$(visits)
goes_on --resume=force --rounds=$((had + 9)):$((had + 9))
claim 'damaged, forced: exit code 0' exits 0
claim 'damaged, forced: the other lines are kept' \
    equal "$(said | grep -c "the study continues after $had visits\|the study continues after $((had - 1)) visits")" 1
claim 'damaged, forced: the rows say so' grep -q 'measured in 2 jobs that differ' "$file"

printf 'my notes\n' >"$file.journal"
sum=$(cksum "$file" "$file.journal")
for resume in --resume -q; do
    goes_on $resume
    claim "a journal that is none, $resume: exit code 2" exits 2
    claim "a journal that is none, $resume: one message" says_once "$file.journal: is not the journal"
    claim "a journal that is none, $resume: it is as it was" unchanged
done

# ---- without --resume, and two at once ----

stopped
goes_on --rounds=2:2
claim 'a new study: exit code 0' exits 0
claim 'a new study: the old journal is set aside, and said so' \
    equal "$(said | grep -c "kept as $file.journal.old")" 1
claim 'a new study: there are no older ones' equal "$(said | grep -c 'beside older journals')" 0
claim 'a new study: the old visits are there' grep -q '"round":0' "$file.journal.old"
cp "$file.journal.old" "$file.journal"
goes_on --rounds=2:2
claim 'a second one: the older journal is named' \
    equal "$(said | grep -c "kept as $file.journal.old2, beside older journals; remove")" 1

rm -rf "${folder:?}"/*
begin "$bench" "${options[@]}" --rounds=100000 --budget=60s -q -o "$file"
wait_until "$limit" [ -s "$file.journal" ]
run "$bench" "${options[@]}" -o "$file" --resume
claim 'two at once: exit code 2' exits 2
claim 'two at once: says why' holds "$dir/err" 'another study is writing this file; wait for the end of that study, or choose'
kill -KILL "$job"
ended 2>/dev/null

# A study waits for the end of another study with the same file, longer than its own budget. Then it
# must find the file that the other study left. It waits for 5 s at most, so its budget is 3 s at most.
for budget in 1 2 3 3 3; do
    rm -rf "${folder:?}"/*
    "$bench" "${options[@]}" --rounds=100000 --budget=600s -q -o "$file" >/dev/null 2>&1 &
    first=$!
    wait_until "$limit" grep -qs '"round":0' "$file.journal"
    begin "$bench" "${options[@]}" --rounds=3:3 --budget=${budget}s -o "$file"
    wait_until "$limit" grep -q 'another study is writing this file; waiting up to' "$dir/err"
    sleep $((budget + 1))
    kill -TERM "$first"
    wait "$first"
    ended
    [ "$status" != 0 ] || break
done
claim 'one after the other: says that it waits' \
    equal "$(said | grep -c 'another study is writing this file; waiting up to 5 s for that study to end')" 1
claim 'one after the other: exit code 0' exits 0
claim 'one after the other: the first journal is set aside' grep -q '"round":0' "$file.journal.old"
claim 'one after the other: the file is the second study' equal "$(status_of_file)" '"status": "complete"'

# With fewer CPUs, the same options give other splits: the message must name the host, not the
# options.
first=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
if [ "$cores" -gt 1 ]; then
    by_budget "$file" anew "$bench" -n 1k --rounds=100000 --budget=SOON -o "$file" -q
    run taskset -c "$first" "$bench" -n 1k --rounds=100000 --budget=30s -o "$file" -q --resume
    claim 'on fewer CPUs: exit code 2' exits 2
    claim 'on fewer CPUs: the host is another' says_once 'is from another host (' 'allowed_cpus'
else
    skip 'on fewer CPUs: there is one core'
fi

# The program is killed just before the file gets its name, and just after.
cat >"$dir/kill.c" <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

int rename(const char *from, const char *to)
{
    int (*real)(const char *, const char *) =
        (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");

    if (strstr(to, "dot.json") && !strcmp(getenv("KILL"), "after"))
        real(from, to);
    return raise(SIGKILL);
}
END
if cc -O1 -shared -fPIC -o "$dir/kill.so" "$dir/kill.c" -ldl; then
    for moment in before after; do
        rm -rf "${folder:?}"/*
        run env KILL=$moment "LD_PRELOAD=$dir/kill.so" \
            "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0" "$bench" -n 1k -t 1 \
            --rounds=6:6 -o "$file" -q
        claim "killed $moment the rename: the journal is there" [ -s "$file.journal" ]
        run "$bench" -n 1k -t 1 --rounds=6:6 -o "$file" -q --resume
        claim "killed $moment the rename: exit code 0" exits 0
        claim "killed $moment the rename: the file alone is left" equal "$(ls -A)" "$file"
        claim "killed $moment the rename: all rounds are in it" grep -q '"rounds": 6,' "$file"
    done
    claim 'killed after the rename: it was one job' equal "$(grep -c 'measured in' "$file")" 0
else
    skip 'killed at the last moment: cc makes no shared library here'
fi

finish
