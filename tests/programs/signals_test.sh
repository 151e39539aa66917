#!/usr/bin/env bash
# signals_test.sh BUILD - a study that is stopped by a signal keeps its results: exit code 4 well
# within a second, the file written and marked, nothing left behind; also during a call that does
# not end.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"
as_users_do

bench=$build/dotbench
file=$dir/study.csv
promised=0.8 allowed=10 # seconds from the signal to the end; a busy host gets more
# A shell without job control starts jobs with SIGINT ignored, and the program respects that; so env
# sets the default again.
listening=(env "--default-signal=INT,TERM,HUP,USR1,USR2,XCPU")
header=kernel,type,scaling

since() { # EPOCHREALTIME
    awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.2f", to - from }'
}

# Kills the job if it is still there after the limit. `timeout COMMAND` is not used for this: if a
# signal ends timeout just after its fork, when timeout does not yet know its child, the child never
# gets the signal.
watch() {
    timeout "$limit" tail --pid="$1" -s 0.2 -f /dev/null || kill -s KILL "$1"
}

# Starts a command and stops it when `ready` holds: sets $status, and $took, the seconds from the
# signal to the end.
stop() { # SIGNAL READY COMMAND ARGUMENT...
    local job from
    named "${@:3}" "[$1]"
    rm -f "$file" "$dir/stall" "$dir/stall.in"
    : >"$dir/err" # so that `ready` does not read the last run's messages
    "${listening[@]}" "${@:3}" >"$dir/out" 2>"$dir/err" &
    job=$!
    watch $job &
    $2
    from=$EPOCHREALTIME
    kill -s "$1" "$job"
    status=0
    wait "$job" || status=$?
    took=$(since "$from")
    printf 'stopped after %s s (promised: %s): %s\n' "$took" "$promised" "$ran"
}

in_time() {
    awk -v took="$took" -v most="$allowed" 'BEGIN { exit !(took <= most) }'
}

# A complete CSV file of ROWS rows, all of them marked as stopped.
whole() { # FILE ROWS
    [ -s "$1" ] && grep -q "^$header" "$1" && rows_of "$1" "$2" &&
        all_rows "$1" '^[a-z_]+\|1x1\|stopped' kernel baseline note
}

measured() { # FILE: some row has rounds and a time
    cells "$1" rounds time_median verified | grep -qE '^[1-9][0-9]*\|[0-9.e-]+\|true$'
}

# If MPICH's mpiexec is stopped, its exit code is that of any rank, or 9 for a rank that it killed,
# or 0.
not_zero() {
    open_mpi || return 0
    [ "$status" -ne 0 ]
}

kept() { # ROWS
    claim "$ran: stopped in time" in_time
    claim "$ran: the file is whole and every row says stopped" whole "$file" "$1"
    claim "$ran: what was measured is in it" measured "$file"
    claim "$ran: no temporary file is left" equal "$(find "$dir" -name '.rxt*')" ''
    claim "$ran: nothing runs on" none_left
}

progress() {
    wait_until "$limit" under_way
}

# Like `stop`, but under the launcher. One second after the signal the launcher kills a rank that
# has not written its file; Open MPI 5 does so after a quarter of a second, whatever is set. On a
# loaded machine this may be too soon, so the ranks get more time, or another try. A rank that would
# never write its file is still killed.
stop_ranks() { # SIGNAL READY ROWS COMMAND ARGUMENT...
    local seconds
    for seconds in 1 5 20 20; do
        OMPI_MCA_odls_base_sigkill_timeout=$seconds stop "$1" "$2" "${@:4}"
        ! whole "$file" "$3" >/dev/null || return 0
        [ -s "$file" ] ||
            claim "$ran, killed first: the journal has what was measured" \
                grep -q '"round":[0-9]' "$file.journal"
    done
}

long=(--rounds=1000:100000 --budget=600s --progress=yes -o "$file")

# ---- alone ----

rows=$((cores > 1 ? 2 : 1))
for signal in TERM INT; do
    stop $signal progress "$bench" -n 10M -t "$([ $rows = 2 ] && echo 1,2 || echo 1)" "${long[@]}"
    claim "$ran: exit code 4" exits 4
    claim "$ran: says so, once" equal "$(said | grep -c 'stopped by a signal')" 1
    kept $rows
done
# Signals of a batch queue, of a terminal that is closed, and of a limit of CPU time.
for signal in HUP USR1 USR2 XCPU; do
    stop $signal progress "$bench" -n 100k -t 1 "${long[@]}"
    claim "$ran: exit code 4" exits 4
    claim "$ran: says so, once" equal "$(said | grep -c 'stopped by a signal')" 1
    kept 1
done
stop TERM progress "$bench" -n 10M -t 2 --oversubscribe --team=resident "${long[@]}"
claim "$ran: exit code 4" exits 4
kept 2

# A program that is started with SIGINT ignored (nohup, a shell's background job) goes on.
begin "$bench" -n 1k -t 1 --rounds=300:300 --format=csv -q
sleep 0.7
kill -s INT "$job"
ended
claim 'SIGINT ignored at the start stays ignored' exits 0
claim 'SIGINT ignored: the study is whole' all_rows "$dir/out" '^300\|true$' rounds verified

# If a launcher is killed, its rank ends, too, even a rank that waits outside of MPI. If only one
# thread of the launcher ends, the rank continues.
launched=("${listening[@]}" PALS_RANKID=0 PALS_NRANKS=1 "$bench" -n 100k -t 1 "${long[@]}")
# shellcheck disable=SC2016
stop KILL progress bash -c '"$@" & wait' - "${launched[@]}"
claim "$ran, its launcher killed: the program ends" gone "*$file*"
claim "$ran, its launcher killed: says so" equal "$(said | grep -c 'stopped by a signal')" 1
kept 1
cat >"$dir/threads.py" <<'END'
import subprocess, sys, threading
ranks = []
thread = threading.Thread(target=lambda: ranks.append(subprocess.Popen(sys.argv[1:])))
thread.start()
thread.join()
sys.exit(ranks[0].wait())
END
if python=$(command -v python3); then
    run "$python" "$dir/threads.py" env PALS_RANKID=0 PALS_NRANKS=1 "$bench" -n 100k -t 1 \
        --rounds=100:100 --format=csv -q
    claim 'the thread that started a rank ended: the study is whole' \
        all_rows "$dir/out" '^100\|true$' rounds verified
else
    skip 'a launcher of threads: no python3'
fi

# Signals soon after the start, before anything is measured. If the program has no handler yet, the
# signal itself ends it; otherwise it ends in order. If there is a file, it must be complete.
for delay in 0.02 0.1 0.2 0.4; do
    stop TERM "sleep $delay" "$bench" -n 10M -t 1 "${long[@]}"
    claim "$ran after $delay s: stopped in time" in_time
    claim "$ran after $delay s: exit code 4, or the signal's own" \
        grep -qwF "$status" <<<'4 143'
    [ -e "$file" ] && claim "$ran after $delay s: the file is whole" whole "$file" 1
    claim "$ran after $delay s: nothing runs on" none_left
done

# ---- under the launcher: it may replace the exit code, and ends the ranks a second after ----

under_launcher() {
    for signal in TERM INT; do
        stop_ranks $signal progress 2 "$mpiexec" -np 4 "$bench" -n 10M -r 1,4 -t 1 --oversubscribe \
            "${long[@]}"
        claim "$ran: not exit code 0" not_zero
        kept 2
    done
    stop_ranks TERM progress 2 "$mpiexec" -np 2 "$bench" -n 10M -p 2x2 --oversubscribe --team=resident \
        --combine=window "${long[@]}"
    claim "$ran: not exit code 0" not_zero
    kept 2
    for delay in 0.2 0.5; do
        stop TERM "sleep $delay" "$mpiexec" -np 4 "$bench" -n 10M -r 1,4 -t 1 --oversubscribe \
            "${long[@]}"
        claim "$ran after $delay s: not exit code 0" not_zero
        claim "$ran after $delay s: nothing runs on" none_left
    done
}

allowed=$limit
if several; then
    under_launcher
else
    skip 'under the launcher: this build has no MPI'
fi
! several || open_mpi || skip 'exit codes of an interrupted launcher: only Open MPI promises any'

# ---- inside a call that does not end: the dot product of stall.c ----

stalled() {
    progress
    stall
}

stalling=(env "STALL=$dir/stall" "STALL_IN=$dir/stall.in" "$bench" -k dot_blas --blas="$dir/stall.so" -n 1k)
if cc -O1 -shared -fPIC -o "$dir/stall.so" "$(dirname "$0")/../stall.c"; then
    allowed=10
    for signal in TERM INT; do
        stop $signal stalled "${stalling[@]}" -t 1 "${long[@]}"
        claim "$ran inside a call: exit code 4" exits 4
        claim "$ran inside a call: says so, once" equal "$(said | grep -c 'inside a call')" 1
        kept 1
    done
    allowed=$limit
    if several; then
        stop_ranks TERM stalled 2 "$mpiexec" -np 2 "${stalling[@]}" -r 1,2 -t 1 --oversubscribe \
            "${long[@]}"
        claim "$ran inside a call: not exit code 0" not_zero
        kept 2
    fi
else
    skip 'inside a call: cc makes no shared library here'
fi

# ---- a budget that ends before the minimum of rounds ----

rm -f "$file"
by_budget "$file" run "$bench" -n 100k -t 1 --rounds=100000 --budget=SOON -o "$file"
claim 'budget: exit code 4' exits 4
claim 'budget: says what ended it' equal "$(said | grep -c -- '--budget=[0-9.]*s ended the study')" 1
claim 'budget: every row says stopped' whole "$file" 1
claim 'budget: what was measured is in it' measured "$file"
if several; then
    rm -f "$file"
    by_budget "$file" ranks 2 "$bench" -n 100k -r 1,2 -t 1 --oversubscribe --rounds=100000 \
        --budget=SOON -o "$file"
    claim 'budget under the launcher: exit code 4' exits 4
    claim 'budget under the launcher: every row says stopped' whole "$file" 2
fi
claim 'nothing runs on' none_left

finish
