#!/usr/bin/env bash
# output_test.sh BUILD - the output of a study: CSV and text on stdout as documented, a file that is
# complete or the old one, and as many messages on stderr as asked for.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/dotbench
file=$dir/study.csv
ranks 2 "$bench" --dry-run
splits=$(grep -c '^ *[0-9]* × [0-9]* ' "$dir/out") # splits of 2 ranks
claim 'a dry run tells the splits of two ranks' [ "$splits" -ge $((cores < 2 ? 1 : $(most 3) > 1 ? 3 : 2)) ]
quick=(-n '1k,100k' --rounds=2:2)
header='kernel type scaling team combine sync bind n bytes level nodes ranks threads workers rounds calls
    time_median time_low time_high time_min time_q1 time_q3 time_max baseline speedup speedup_low
    speedup_high efficiency gbytes_per_s gflops_per_s roof result error verified placement note'

# ---- CSV ----

ranks 2 "$bench" "${quick[@]}" --format=csv -o "$file"
claim 'CSV: exit code 0' exits 0
claim 'CSV: the header, word for word' \
    equal "$(head -n 1 "$dir/out")" "$(tr -s ' \n' ',' <<<"$header" | sed 's/,$//')"
claim 'CSV: the file has what stdout got' cmp "$file" "$dir/out"
claim 'CSV: no NaN, no infinity' equal "$(grep -ciE '(^|,)-?(nan|inf)' "$dir/out")" 0
claim 'CSV: no interval below 6 rounds' all_rows "$dir/out" '^\|\|$' time_low time_high speedup_low
claim 'CSV: the baseline is a plain call' equal \
    "$(cells "$dir/out" ranks threads team combine speedup | grep '^1|1|' | sort -u)" '1|1|-|-|1'
claim 'CSV: results are hexadecimal floats' all_rows "$dir/out" '^-?0x[0-9a-f.]+p[+-][0-9]+$' result
ranks 2 "$bench" -n 1k --rounds=6:6 --format=csv
claim 'CSV: an interval from 6 rounds on' \
    all_rows "$dir/out" '^6\|[0-9.e-]+\|[0-9.e-]+$' rounds time_low time_high

# ---- text ----

narrow() { # FILE: at most 100 characters a line
    local line
    while IFS= read -r line; do
        [ "${#line}" -le 100 ] || {
            printf '  %d characters: %s\n' "${#line}" "$line"
            return 1
        }
    done <"$1"
}

answers() { # N: there is a sentence about this size, under the tables
    grep -qE "^n = $1   [A-Z0-9]" "$dir/out"
}

ranks 2 "$bench" "${quick[@]}" -q -o "$file"
claim 'text: exit code 0' exits 0
claim 'text: at most 100 columns' narrow "$dir/out"
claim 'text: names kernel, type, scaling' grep -qE '^kernel +dot; f64, strong' "$dir/out"
claim 'text: names the baseline' grep -qE '^baseline +1×1' "$dir/out"
claim 'text: a table for each size' equal "$(grep -c 'ranks × threads  *time' "$dir/out")" 2
claim 'text: the baseline in each' \
    equal "$(grep -cE '^ +1 × 1 +[0-9.]+ (ns|µs|ms) ' "$dir/out")" 2
if [ "$cores" -ge 2 ]; then
    claim 'text: a curve for each size' equal "$(grep -c '  workers$' "$dir/out")" 2
    several && curve='t threads (1×t)   r ranks (r×1)' || curve='t threads (1×t)'
    claim 'text: what was split is in the curve' holds "$dir/out" "$curve"
fi
claim 'text: an answer for 1k' answers 1k
claim 'text: an answer for 100k' answers 100k
claim '-q: silent' silent
claim '-q: the file is written all the same' rows_of "$file" $((2 * splits))

ranks 2 "$bench" -k dot,dot_blas "${quick[@]}" --show-binding
claim 'two kernels: exit code 0' exits 0
claim 'two kernels: at most 100 columns' narrow "$dir/out"
claim 'two kernels: each is answered' equal "$(grep -cE '^n = 1k, dot(_blas)? ' "$dir/out")" 2
claim 'two kernels: a table for each' equal "$(grep -cE '^dot(_blas)?   n = 1k ' "$dir/out")" 2
claim '--show-binding: the worker of 1×1 of each kernel and size' \
    equal "$(grep -c ' 1×1: CPUs [0-9][0-9]*$' "$dir/out")" 4
claim 'two kernels: the library is named' \
    grep -q 'OpenBLAS [0-9]' <(tr -s '\n ' ' ' <"$dir/out") # a long name moves the line's end

# ---- stderr ----

run "$bench" -n 1k -t 1 --rounds=300:300 --progress=yes
claim '--progress=yes: on stderr' grep -q '^round [0-9]* of at most 300' "$dir/err"
claim '--progress=yes: not on stdout' equal "$(grep -c '^round [0-9]* of' "$dir/out")" 0
run "$bench" -n 1k -t 1 --rounds=300:300
claim '--progress=auto: exit code 0' exits 0
claim '--progress=auto: nothing where stderr is no terminal' \
    equal "$(grep -c '^round [0-9]' "$dir/err")" 0

# ---- the seed ----

results() { # SEED
    run "$bench" -n 1009 -t 1 --rounds=1:1 --format=csv -q ${1:+--seed=$1}
    cells "$dir/out" result
}

claim 'the same seed, the same operands' equal "$(results 7)" "$(results 7)"
claim 'the seed is 1 unless given' equal "$(results '')" "$(results 1)"
claim 'another seed, other operands' [ "$(results 7)" != "$(results 8)" ]

# ---- what cannot be written ----

refused() { # WORDS: exit code 3, one message
    claim "$1: exit code 3" exits 3
    claim "$1: one message" says_once "${@:2}"
}

run bash -c '"$@" >/dev/full' - "$bench" "${quick[@]}" -q
refused 'stdout is a full disk' 'standard output' 'No space left'
run bash -c '"$@" >&-' - "$bench" "${quick[@]}" -q
refused 'stdout is closed' 'standard output'
run bash -c '"$@" >/dev/full' - "$bench" --help
refused 'stdout is a full disk, --help' 'standard output'
rm -f "$file"
run bash -c '"$@" >/dev/full' - "$bench" "${quick[@]}" -q -o "$file"
refused 'stdout is a full disk, with -o' 'standard output'
claim 'stdout is a full disk: the file is written all the same' [ -s "$file" ]

# There is a limit on the size of files; the output goes into a pipe, which has no limit.
rm -f "$file"
# shellcheck disable=SC2016  # for the inner shell
run bash -c 'set -o pipefail; (ulimit -f 0; exec "$@" 2>&1) | cat' - "$bench" "${quick[@]}" -o "$file"
claim 'ulimit -f 0: exit code 3' exits 3
claim 'ulimit -f 0: the journal says why' \
    holds "$dir/out" "$file.journal: the journal cannot be written (File too large; see ulimit -f)"
claim 'ulimit -f 0: the file says why' holds "$dir/out" "--output=$file: cannot be written: File too large"
claim 'ulimit -f 0: the report is on stdout' grep -q 'ranks × threads' "$dir/out"
# shellcheck disable=SC2016
run bash -c 'set -o pipefail; (ulimit -f 8; exec "$@") | cat' - "$bench" -n 1k -t 1 --rounds=200:200 \
    -o "$file"
claim 'ulimit -f, met on the way: said once' \
    equal "$(said | grep -c 'journal: cannot be written (File too large')" 1
claim 'ulimit -f, met on the way: the report is on stdout' grep -q 'ranks × threads' "$dir/out"

# On a full disk the old file stays, and no other file is left. The disk is mounted where only the
# commands below see it.
mkdir "$dir/disk"
for alone in 'unshare -m' 'unshare -rm' ''; do
    # shellcheck disable=SC2086
    [ -z "$alone" ] || $alone mount -t tmpfs none "$dir/disk" 2>/dev/null && break
done
cat >"$dir/fill" <<'END'
disk=$1
mount -t tmpfs -o size=64k none "$disk" || exit 1
echo old >"$disk/study.csv"
cat /dev/zero >"$disk/filler" 2>/dev/null
"${@:2}" -o "$disk/study.csv"
code=$?
[ "$(cat "$disk/study.csv")" = old ] && echo 'the old file is intact' >&2
[ "$(ls -A "$disk" | wc -l)" = 2 ] && echo 'nothing is left beside it' >&2
exit $code
END
if [ -n "$alone" ]; then
    # shellcheck disable=SC2086
    run $alone bash "$dir/fill" "$dir/disk" "$bench" "${quick[@]}" -q
    refused '-o on a full disk' "--output=$dir/disk/study.csv" 'No space left'
    claim '-o on a full disk: the report is on stdout' grep -q 'ranks × threads' "$dir/out"
    claim '-o on a full disk: the old file is intact' holds "$dir/err" 'the old file is intact'
    claim '-o on a full disk: nothing beside it' holds "$dir/err" 'nothing is left beside it'

    # If a disk gets full during a study, the study loses its journal, but continues.
    cat >"$dir/fill" <<'END'
disk=$1
mount -t tmpfs -o size=64k none "$disk" || exit 1
head -c 40k /dev/zero >"$disk/filler" # the rest holds the file, and a journal of some 150 visits
"${@:2}" -n 1k -t 1 --rounds=300:300 -o "$disk/dot.csv"
code=$?
tail -n 1 "$disk/dot.csv.journal" >&2
exit $code
END
    # shellcheck disable=SC2086
    run $alone bash "$dir/fill" "$dir/disk" "$bench"
    claim 'a disk that is full on the way: said once' \
        equal "$(said | grep -c 'journal: cannot be written (No space left')" 1
    claim 'a disk that is full on the way: the table is printed' holds "$dir/out" '1 × 1'
else
    skip '-o on a full disk: no file system can be mounted here'
fi

# The same if the system reports the error only at the end: a library replaces functions of the C
# library. Also on a system without unnamed files, where rxt must remove a file with a name.
cat >"$dir/full.c" <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>

int fsync(int fd)
{
    (void)fd;
    errno = ENOSPC;
    return -1;
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
full() { # WORDS [VARIABLE=VALUE]
    echo old >"$file"
    run env "LD_PRELOAD=$dir/full.so" "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0" \
        "${@:2}" "$bench" "${quick[@]}" -q -o "$file"
    refused "$1" "--output=$file" 'No space left'
    claim "$1: the old file is intact" equal "$(cat "$file")" old
    claim "$1: nothing beside it" equal "$(find "$dir" -name '.rxt*')" ''
}
if cc -O1 -shared -fPIC -o "$dir/full.so" "$dir/full.c" -ldl; then
    full '-o on a disk that is full in the end'
    full '-o on a disk that is full in the end, without unnamed files' SHIM_NAMED=1
else
    skip '-o on a disk that is full in the end: cc makes no shared library here'
fi

finish
