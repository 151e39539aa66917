#!/usr/bin/env bash
# sharebench_test.sh BUILD - numbers that are handed to another worker arrive, by every way and at
# every size; a way that is not possible is left out with one message; every end leaves nothing
# behind.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/sharebench
options=(--rounds=1:1 --format=csv -q)
ways='file message pipe pointer serialised window'

# ---- what arrives ----

# The splits of a way in a study's CSV, such as "1x1 2x1".
splits() { # FILE WAY
    cells "$1" kernel ranks threads | sed -n "s/^$2|\(.*\)|\(.*\)/\1x\2/p" | sort -u | paste -sd' '
}

# The splits that every way is measured on; they depend on how many ranks were started.
measured() { # FILE RANKS
    local way pair
    for way in $ways; do
        pair='1x1'
        [ "$2" -gt 1 ] && pair='1x1 2x1'
        [ "$way" = pointer ] && pair='1x1 1x2'
        equal "$way: $(splits "$1" "$way")" "$way: $pair" || return
    done
}

for np in $(several && echo 2 3 || echo 1); do
    sizes=0,1,1009,1M
    [ "$np" = 3 ] && sizes=1009
    ranks "$np" "$bench" -n "$sizes" --oversubscribe "${options[@]}"
    claim "$np ranks: exit code 0" exits 0
    claim "$np ranks: every way where it makes sense" measured "$dir/out" "$np"
    claim "$np ranks: every number is found right, at every size" \
        all_rows "$dir/out" '^(\w+\|0\|0x0p\+0|\w+\|1\|0x1p\+0|\w+\|1009\|0x1\.f88p\+9|\w+\|1000000\|0x1\.e848p\+19)\|true\|number$' \
        kernel n result verified unit
done
run "$bench" -n 1009 --oversubscribe "${options[@]}"
claim 'started alone: exit code 0' exits 0
claim 'started alone: threads hand over, ranks do not' measured "$dir/out" 1
run "$bench" -n 1009 -k pointer -p 1x2 --cores=1 "${options[@]}"
claim 'two threads on one core: exit code 0' exits 0
claim 'two threads on one core: the numbers arrive' \
    all_rows "$dir/out" '^true$' verified

finish_without() { # WORDS
    skip "$1"
    finish
}
several || finish_without 'a build without MPI has one process'

run "$mpiexec" -np 2 "$build/tests/test_share_ways"
claim 'between ranks the receiver has the bytes of the sender' exits 0
ranks 2 "$bench" -n 1009 -k pipe,serialised,file,window -p 2x1 --cores=1 "${options[@]}"
claim 'two ranks on one core: exit code 0' exits 0
claim 'two ranks on one core: the numbers arrive' all_rows "$dir/out" '^true$' verified

# ---- what cannot be ----

# Claims that one way at one size is left out, and everything else is measured.
left_out() { # WAY SIZE WORDS...
    claim "$1 of $2: exit code 3" exits 3
    claim "$1 of $2: one line says why" says_once "$1 of $2 on 2x1 is left out" "${@:3}"
    claim "$1 of $2: all else is measured" equal \
        "$(cells "$dir/out" kernel ranks verified | grep -v '|true$')" "$1|2|"
}

# Open MPI's own files are smaller than this limit (Open MPI 5 needs 16 MB and more).
# shellcheck disable=SC2016
run bash -c 'ulimit -f 40000; "$@"' - "$mpiexec" -np 2 "$bench" -n 8M -k file,pipe "${options[@]}"
left_out file 8M 'cannot be written' 'File too large' 'TMPDIR'
ranks 2 env TMPDIR="$dir/nowhere" "$bench" -n 1k -k file,pipe "${options[@]}"
left_out file 1k "cannot create a file in $dir/nowhere" 'No such file' 'TMPDIR'

# Full file systems are mounted where only the commands below see them.
mkdir "$dir/disk"
for alone in 'unshare -m' 'unshare -rm' ''; do
    # shellcheck disable=SC2086
    [ -z "$alone" ] || $alone mount -t tmpfs none "$dir/disk" 2>/dev/null && break
done
cat >"$dir/mounted" <<'END'
mount -t tmpfs -o size="$1" none "$2" || exit 1
"${@:3}"
code=$?
[ "$2" = /dev/shm ] || [ -z "$(ls -A "$2")" ] || echo 'something is left' >&2
exit $code
END
if [ -n "$alone" ]; then
    # shellcheck disable=SC2086
    run $alone bash "$dir/mounted" 64k "$dir/disk" "$mpiexec" -np 2 env TMPDIR="$dir/disk" \
        "$bench" -n 1M -k file,pipe "${options[@]}"
    left_out file 1M 'cannot be written' 'No space left' 'TMPDIR'
    claim 'a full disk: nothing is left on it' equal "$(grep -c 'is left$' "$dir/err")" 0
    # shellcheck disable=SC2086
    run $alone bash "$dir/mounted" 24m /dev/shm "$mpiexec" -np 2 "$bench" -n 4M -k window,pipe \
        "${options[@]}"
    left_out window 4M '/dev/shm has' 'need 32 MB of shared memory'
else
    skip 'full file systems: none can be mounted here'
fi

# ---- what is left ----

as_users_do

ours="*$dir/killed.json*"

visited() {
    [ "$(wc -l 2>/dev/null <"$dir/killed.json.journal")" -gt 10 ] 2>/dev/null
}

# Waits until a study of these ways runs, then kills the program's ranks, or their launcher.
killed() { # WAYS VICTIM COUNT
    local victims
    rm -f "$dir"/killed.json*
    mkdir -p "$dir/tmp"
    named "$mpiexec" -np 2 "$bench" -k "$1"
    TMPDIR=$dir/tmp "$mpiexec" -np 2 "$bench" -k "$1" -n 100k --rounds=1000:1000 -q \
        -o "$dir/killed.json" >"$dir/out" 2>"$dir/err" &
    disown
    wait_until "$limit" visited
    mapfile -t victims < <(running "$ours" "$2")
    claim "$1: both ranks are at work" equal "$(running "$ours" "$bench" | wc -l)" 2
    kill -KILL "${victims[@]:0:$3}" 2>/dev/null
}
no_rest() { # WAYS
    claim "$1 was killed: no process is left" gone "$ours"
    claim "$1 was killed: no file is left" equal \
        "$(find "$dir/tmp" -type f ! -path '*/ompi.*' ! -path '*/prterun.*' ! -path '*/pmix*')" ''
    claim "$1 was killed: no shared memory is left" nothing_shared_is_left "$dir/shm"
}
shared_memory >"$dir/shm"
killed file,window "$bench" 2
no_rest file,window
killed pipe,serialised "$bench" 1
no_rest pipe,serialised
if open_mpi; then
    killed file,window,message,pipe "$mpiexec" 1
    no_rest 'the launcher of file,window,message,pipe'
fi

finish
