#!/usr/bin/env bash
# study_test.sh BUILD - every study file is valid by docs/study.schema.json, for every end of a
# study; CSV and JSON of one study agree value by value; a file is complete or not there.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/dotbench
faulty=$build/tests/faultbench
here=$(cd "$(dirname "$0")/.." && pwd)
schema=$here/../docs/study.schema.json
file=$dir/study.json

if ! /usr/bin/python3 -c 'import jsonschema; jsonschema.Draft202012Validator' 2>/dev/null; then
    skip 'no python3-jsonschema here: study files are not read'
    exit 77
fi

check() { # WORD FILE...
    /usr/bin/python3 "$here/study.py" "$schema" "$@"
}

# ---- however a study goes ----

# The study's file follows the schema and says how it ended; stdout is the same.
study() { # CODE STATUS
    claim "$ran: exit code $1" exits "$1"
    claim "$ran: as the schema says, $2, with figures that follow" check study "$file" "$2"
    claim "$ran: stdout has the same" cmp "$file" "$dir/out"
    claim "$ran: nothing beside the file" equal "$(find "$dir" -name '.rxt*')" ''
}

measure() { # RANKS OPTION...: writes JSON to $file and to stdout
    rm -f "$file"
    if [ "$1" = alone ]; then
        run "$bench" "${@:2}" --format=json -o "$file"
    else
        ranks "$1" "$bench" "${@:2}" --format=json -o "$file"
    fi
}

measure alone -n 1k -t 1 --rounds=7:7 -q
study 0 complete
claim 'the schema refuses what is broken' check broken "$file"
sed 's/"time_min": [0-9.e-]*/"time_min": NaN/' "$file" >"$dir/nan.json"
claim 'NaN is refused' equal "$(check valid "$dir/nan.json" 2>&1 | grep -c 'NaN is no JSON')" 1
head -c 1000 "$file" >"$dir/half.json"
check valid "$dir/half.json" >"$dir/py" 2>&1
claim 'half a file is refused' holds "$dir/py" JSONDecodeError

measure 3 -n 0,1009 --rounds=2:2 -q --oversubscribe
study 0 complete
sizes=1k,L1 # L1 only if the system names that cache
[ "$(cache_of "$file" caches L1)" != null ] || sizes=1k
measure 2 -k dot,dot_blas,dot_openmp -n $sizes --bind=close,spread --rounds=6:6 -q
study 0 complete
measure 2 -n 1k --bind=none --rounds=2:2 -q
study 0 complete
measure 2 -n 1k --scaling=weak --rounds=2:2 -q
study 0 complete
by_budget "$file" measure 1 -n 1k,100k --budget=SOON --rounds=200000 -q
study 4 stopped

# A kernel that is wrong is measured once, and reported.
rm -f "$file"
ranks 2 "$faulty" -k dot,dot_doubles_one,dot_wrong_later -n 1009 -t 1,2 --oversubscribe \
    --rounds=4:4 -q --format=json -o "$file"
study 5 complete
claim 'wrong rows have no samples' grep -q '"verified": false.*"samples": \[\], "epochs": \[\]}' "$file"

# Stopped by a signal, before its last round.
rm -f "$file"
begin env --default-signal=TERM timeout --foreground -k 5 "$limit" "$bench" -n 100k -t 1 \
    --rounds=1000000 --progress=yes --format=json -o "$file"
wait_until "$limit" under_way
kill "$job"
ended
study 4 stopped

# Stopped before anything was measured: stdout has a study without times, the old file stays.
echo old >"$file"
run "$bench" -n 1k -t 1 --budget=1ms --format=json -o "$file"
claim 'nothing measured: exit code 4' exits 4
claim 'nothing measured: the old file stays' equal "$(cat "$file")" old
claim 'nothing measured: as the schema says, stopped' check study "$dir/out" stopped

# ---- CSV and JSON ----

# Writes one format to the file and the other one to stdout (where the launcher of Open MPI 5 may
# put a message into a line). RANKS 0: without a launcher.
pair() { # RANKS OPTION...
    local start=(ranks "$1")
    [ "$1" -gt 0 ] || start=(run)
    rm -f "$dir/a.json" "$dir/b.csv"
    by_budget "$dir/a.json" "${start[@]}" "$bench" "${@:2}" -q --format=csv -o "$dir/a.json"
    cp "$dir/out" "$dir/a.csv"
    claim "$ran: agree" check agree "$dir/a.csv" "$dir/a.json"
    by_budget "$dir/b.csv" "${start[@]}" "$bench" "${@:2}" -q --format=json -o "$dir/b.csv"
    cp "$dir/out" "$dir/b.json"
    claim "$ran: agree" check agree "$dir/b.csv" "$dir/b.json"
}

pair 3 -k dot,dot_openmp -n 0,1k --bind=hybrid,close --rounds=6:6
pair 1 -n 1k --rounds=2:2
pair 0 -n 100k -t 1,2 --oversubscribe --budget=SOON --rounds=200000
ranks 2 "$faulty" -k dot,dot_doubles_one -n 7 -t 1,2 --oversubscribe --rounds=2:2 -q --format=csv \
    -o "$dir/a.json"
cp "$dir/out" "$dir/a.csv"
claim 'a wrong result: agree' check agree "$dir/a.csv" "$dir/a.json"
sed 's/^dot,f64/dot,f32/' "$dir/a.csv" >"$dir/c.csv"
check agree "$dir/c.csv" "$dir/a.json" >"$dir/py"
claim 'what differs is seen' holds "$dir/py" "type: 'f32' is not 'f64'"

# ---- what is known of host and command ----

of() { # EXPRESSION about the study in $file
    /usr/bin/python3 -c "import json; s = json.load(open('$file')); h = s['host']; print($1)"
}

export OMP_DISPLAY_ENV=false OPENBLAS_VERBOSE=0 SLURM_JOB_ID=4711
measure 2 -n 1k -t 1 --rounds=1:1 -q
unset OMP_DISPLAY_ENV OPENBLAS_VERBOSE SLURM_JOB_ID
claim 'the variables that a user set are told' equal \
    "$(of "[h['environment'].get(v) for v in ('OMP_DISPLAY_ENV', 'OPENBLAS_VERBOSE')]")" \
    "['false', '0']"
claim 'those of launchers and of the program itself are not' equal \
    "$(of "[v for v in h['environment'] if 'orte' in v or 'singleton' in v or 'RXT' in v]")" '[]'
claim 'the batch job is told' equal "$(of "h['batch']")" "{'system': 'slurm', 'job': '4711'}"
claim 'the node is told by its name' equal \
    "$(of "h['nodes'][0]['names']")" "['$(uname -n | cut -d. -f1)']"
claim 'the ranks started are told' equal "$(of "h['ranks']")" "$(most 2)"
claim 'the command is told word for word' equal "$(of "s['command'][1:]")" \
    "['-n', '1k', '-t', '1', '--rounds=1:1', '-q', '--format=json', '-o', '$file']"

# A command line that is not UTF-8, and has characters that JSON must escape.
odd=$dir/$'a "b" \\ \xff\x01.json'
run "$bench" -n 1k -t 1 --rounds=1:1 -q -o "$odd"
claim 'odd bytes in the command: exit code 0' exits 0
claim 'odd bytes in the command: as the schema says' check valid "$odd"

# ---- a host that stalls in all tries of the trial visit ----

# The first six calls take 50 ms each; a trial visit makes four calls.
cat >"$dir/late.c" <<'END'
#include <unistd.h>
double cblas_ddot(int n, const double *x, int dx, const double *y, int dy)
{
    static int calls;
    double sum = 0;
    if (calls++ < 6)
        usleep(50000);
    for (int i = 0; i < n; i++)
        sum += x[(long)i * dx] * y[(long)i * dy];
    return sum;
}
END
if cc -O1 -shared -fPIC -o "$dir/late.so" "$dir/late.c"; then
    run "$bench" -k dot_blas "--blas=$dir/late.so" -n 1k -t 1 --rounds=9:9 -q --format=csv
    claim 'stalls in the trial: exit code 0' exits 0
    claim 'stalls in the trial: later visits have as many calls as fit' all_rows "$dir/out" \
        '^[0-9]{2,}$' calls
else
    skip 'stalls in the trial: cc makes no shared library here'
fi

# ---- a file is whole or not there ----

# A library that changes the C library: it kills the process, or has no unnamed files, like old file
# systems.
cat >"$dir/shim.c" <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

int fsync(int fd)
{
    if (getenv("SHIM_KILL"))
        raise(SIGKILL);
    return fdatasync(fd);
}

int open(const char *path, int flags, ...)
{
    int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    va_list args;
    int mode;

    va_start(args, flags);
    mode = va_arg(args, int);
    va_end(args);
    if (getenv("SHIM_NAMED") && (flags & O_TMPFILE) == O_TMPFILE) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return next(path, flags, mode);
}
END
if cc -O1 -shared -fPIC -o "$dir/shim.so" "$dir/shim.c" -ldl; then
    shim=(env "LD_PRELOAD=$dir/shim.so" "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0")
    echo old >"$file"
    run "${shim[@]}" SHIM_KILL=1 "$bench" -n 1k -t 1 --rounds=1:1 -q -o "$file"
    claim 'killed while writing: killed' exits 137
    claim 'killed while writing: the old file stays' equal "$(cat "$file")" old
    unnamed="import os; os.open('$dir', os.O_TMPFILE | os.O_WRONLY)"
    if /usr/bin/python3 -c "$unnamed" 2>/dev/null; then
        claim 'killed while writing: nothing beside it' equal "$(find "$dir" -name '.rxt*')" ''
    else
        skip 'killed while writing: this file system has no unnamed files'
    fi
    run "${shim[@]}" SHIM_NAMED=1 "$bench" -n 1k -t 1 --rounds=1:1 -q --format=json -o "$file"
    ran+=', without unnamed files'
    study 0 complete
else
    skip 'a file whole or not there: cc makes no shared library here'
fi

finish
