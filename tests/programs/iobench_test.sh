#!/usr/bin/env bash
# iobench_test.sh BUILD - iobench as users run it: every way to wait is verified with threads and
# with ranks, also on one core; a task that is not possible gets one message, and the others are
# measured; no server is left behind when iobench ends.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"
as_users_do

bench=$build/iobench
file=$dir/io.csv
short=(-n 16 --service-time=1ms --rounds=1:1 --format=csv -q -o "$file")

# Kernel, split, unit and verdict of each row.
measured() {
    cells "$dir/out" kernel ranks threads unit verified | sed 's/|/x/2'
}

each_of() { # SPLIT...
    local split
    for split in "$@"; do echo "mixed|$split|request|true"; done
    for split in "$@"; do echo "read|$split|block|true"; done
    for split in "$@"; do echo "request|$split|request|true"; done
}

# The processes of this test, the youngest last; a server has the same command line as its driver.
ours=("* $file*" "$bench")
until_there() { # COUNT
    wait_until "$limit" at_work "$1" "${ours[@]}"
}

# ---- every way, by threads and by ranks ----

splits=(1x1 1x4)
several && splits+=(2x1 2x4)
ranks 2 "$bench" -k all -p "$(printf '%s\n' "${splits[@]}" | paste -sd,)" --oversubscribe "${short[@]}"
claim 'threads and ranks: exit code 0' exits 0
claim 'threads and ranks: every way is verified at every split' \
    equal "$(measured | sort)" "$(each_of "${splits[@]}" | sort)"
claim 'threads and ranks: every row has its p99' all_rows "$dir/out" '^[0-9]' p99
claim 'threads and ranks: nobody is left' none_left

run "$bench" -k request -p 1x16 --oversubscribe --cores=1 "${short[@]}"
claim 'one core: exit code 0' exits 0
claim 'one core, 16 threads: verified' equal "$(measured)" \
    "$(printf 'request|%s|request|true\n' 1x1 1x16)"
claim 'one core: all threads are on it' \
    equal "$(cells "$dir/out" placement | tr , '\n' | sort -u | wc -l)" 1
claim 'no request took less than the service time' \
    equal "$(cells "$dir/out" p99 | awk '$1 < 0.97e-3')" ''

run "$bench" -n 64 "${short[@]:2}"
claim 'by default: exit code 0' exits 0
claim 'by default: up to 64 threads, by powers of two' \
    equal "$(cells "$dir/out" threads | paste -sd' ')" '1 2 4 8 16 32 64'

run "$bench" --list
claim '--list: what it has' equal "$(awk '{ print $1 }' "$dir/out" | grep -cxE 'mixed|read|request')" 3

# ---- service time and compute share ----

run "$bench" "${short[@]}" -k request,mixed -p 1x1,1x4 --oversubscribe --service-time=0
claim 'a service time of 0: exit code 0' exits 0
claim 'a service time of 0: verified' all_rows "$dir/out" '^true$' verified
for share in 0 1; do
    run "$bench" "${short[@]}" -k mixed -p 1x1,1x4 --oversubscribe --compute-share=$share
    claim "a compute share of $share: exit code 0" exits 0
    claim "a compute share of $share: verified" all_rows "$dir/out" '^true$' verified
done
run "$bench" --service-time=soon
claim 'a service time that is none: exit code 2' exits 2
claim 'a service time that is none: one message' says_once '--service-time=soon: '
run "$bench" --compute-share=1.5
claim 'a compute share that is none: exit code 2' exits 2
claim 'a compute share that is none: one message' says_once '--compute-share=1.5: '

# ---- where files are memory ----

memory=$(mktemp -d /dev/shm/rxt-test-XXXXXX 2>/dev/null)
if [ -n "$memory" ] && [ "$(stat -f -c %T "$memory")" = tmpfs ]; then
    run env TMPDIR="$memory" "$bench" "${short[@]/--service-time=1ms/-q}" -k read -p 1x2 --oversubscribe
    claim 'files in memory: exit code 0' exits 0
    claim 'files in memory: verified, and noted' \
        all_rows "$dir/out" '^true\|.*TMPDIR or /tmp is in memory' verified note
    # Open MPI 5 keeps its own folder there.
    claim 'files in memory: none is left' equal "$(ls -A -I 'ompi.*' "$memory")" ''
else
    skip 'files in memory: /dev/shm is no tmpfs that can be written to'
fi
[ -n "$memory" ] && rm -rf "$memory"

# ---- what cannot be had ----

# More connections than the limit of descriptors allows; MPI needs some descriptors itself.
run bash -c 'ulimit -n 60; exec "$@"' limited "$bench" "${short[@]}" -k request -p 1x1,1x64 \
    --oversubscribe
claim 'too few descriptors: exit code 3' exits 3
claim 'too few descriptors: one message' says_once ' of 16 on 1x64 is left out: ' 'see ulimit -n'
claim 'too few descriptors: 1x1 is measured' equal "$(measured)" \
    "$(printf 'request|%s\n' '1x1|request|true' '1x64|request|')"

if [ "$(id -u)" = 0 ] && have prlimit setpriv && chmod a+rwx "$dir" &&
    [ "${RXT_BUILD_TYPE:-Release}" = Release ] &&
    setpriv --reuid="$somebody" --regid="$somebody" --clear-groups test -x "$bench"; then
    rm -f "$file"
    run setpriv --reuid="$somebody" --regid="$somebody" --clear-groups prlimit --nproc=40 \
        "$bench" "${short[@]}" -k request -p 1x4,1x10000 --oversubscribe
    claim 'more threads than ulimit -u: exit code 3' exits 3
    claim 'more threads than ulimit -u: one message' says_once ' on 1x10000 is left out: ' \
        'ulimit -u'
    claim 'more threads than ulimit -u: the rest is measured' equal "$(measured)" \
        "$(printf 'request|%s\n' '1x1|request|true' '1x4|request|true' '1x10000|request|')"
    claim 'more threads than ulimit -u: nobody is left' none_left
    rm -f "$file"
else
    skip 'more threads than ulimit -u: only as root, in a release build that others can read'
fi

# A server that can neither accept nor refuse a client must say so. It must not poll its listener
# for ever while the client waits until its timeout.
cat >"$dir/shut.c" <<'END'
#include <errno.h>
#include <stdlib.h>
int accept4(int door, void *address, void *size, int flags)
{
    (void)door, (void)address, (void)size, (void)flags;
    errno = atoi(getenv("SHIM_ACCEPT"));
    return -1;
}
int dup(int fd)
{
    (void)fd;
    errno = EMFILE;
    return -1;
}
END
if cc -O1 -shared -fPIC -o "$dir/shut.so" "$dir/shut.c"; then
    for error in 12 24; do # ENOMEM, EMFILE
        run env "LD_PRELOAD=$dir/shut.so" "SHIM_ACCEPT=$error" \
            "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0" \
            "$bench" -k request -n 4 -p 1x1 --rounds=1:1 -q
        claim "a server without clients (error $error): exit code 3" exits 3
        claim "a server without clients (error $error): the client is told" \
            says_once 'could connect to the server' 'Connection reset by peer'
    done
else
    skip 'a server without clients: cc makes no shared library here'
fi

# ---- ends ----

# Requests take so long that each end comes while a request is pending.
long=(-k request -n 4 -p 1x2 --oversubscribe --service-time=300ms --rounds=2:2 -q --format=csv -o "$file")

begin "$bench" "${long[@]}"
claim 'a study: the server is there' until_there 2
kill -KILL "$job"
wait "$job" 2>/dev/null
claim 'a driver that is killed: its server is gone' none_left

begin "$bench" "${long[@]}"
until_there 2
kill -TERM "$job"
ended
claim 'a driver that is stopped: exit code 4' exits 4
claim 'a driver that is stopped: its server is gone' none_left

begin "$bench" "${long[@]}"
until_there 2
kill -KILL "$(running "${ours[@]}" | grep -vx "$job" | tail -n 1)"
ended
claim 'a server that is killed: exit code 3' exits 3
claim 'a server that is killed: one message' says_once ' is left out: ' 'the server at 127.0.0.1:'
claim 'a server that is killed: the other split is measured' \
    equal "$(cells "$dir/out" verified | sort | paste -sd,)" ',true'
claim 'a server that is killed: nobody is left' none_left

if several; then
    begin "$mpiexec" -np 2 "$bench" "${long[@]}" -p 2x1 --rounds=1000:1000
    claim 'a job: ranks and server are there' until_there 3
    kill -KILL "$job"
    wait "$job" 2>/dev/null
    claim 'a launcher that is killed: ranks and server are gone' gone "*bench*$dir*"
fi

finish
