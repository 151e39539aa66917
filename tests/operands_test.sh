#!/usr/bin/env bash
# operands_test.sh BUILD - vectors of the user's own: the same as NumPy's result within both bounds,
# proved on every split; what is wrong with a file is one clear line, and nothing is written.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/lib.sh"

bench=$build/dotbench
python=/usr/bin/python3 # the one that Debian's python3-numpy belongs to
cd "$dir" || exit 2     # so that messages name files without folders
splits=(-r "$(up_to 3)" -t '1,2' --oversubscribe)
quick=("${splits[@]}" --rounds=1:1 -q --format=csv)
all=$(($(most 3) * 2)) # of them
one=(-r 1 -t 1 --rounds=1:1)

# ---- bad input ----

echo 'an older study' >old.csv

untouched() { # the file that -o names, and nothing beside it
    [ "$(cat old.csv)" = 'an older study' ] && equal "$(echo old*)" old.csv
}

# Refused before anything is measured, alone and, where RANKS is set, once for all ranks.
refused() { # CODE WORDS ARGUMENT...
    local code=$1 words=$2
    shift 2
    if [ -n "${RANKS:-}" ]; then
        ranks "$RANKS" "$bench" "$@" "${one[@]}" -o old.csv
    else
        run "$bench" "$@" "${one[@]}" -o old.csv
    fi
    claim "$*: exit code $code" exits "$code"
    claim "$*: one message" says_once "$words"
    claim "$*: nothing on stdout" empty out
    claim "$*: nothing is written" untouched
}

: >empty.npy
echo 'x = [1, 2, 3]' >text.npy
mkfifo fifo.npy
mkdir folder.npy
refused 2 '--x=missing.npy: cannot be opened (No such file or directory)' --x=missing.npy
refused 2 '--x=empty.npy: is empty' --x=empty.npy
refused 2 '--x=text.npy: is not a .npy file; write it with numpy.save' --x=text.npy
refused 2 '--x=fifo.npy: is a FIFO' --x=fifo.npy
refused 2 '--x=folder.npy: is a directory' --x=folder.npy
refused 2 '--y=/dev/zero: is a device' --y=/dev/zero
RANKS=3 refused 2 '--x=fifo.npy: is a FIFO' --x=fifo.npy
RANKS=3 refused 2 '--x=missing.npy: cannot be opened' --x=missing.npy

"$python" -c 'import numpy' 2>/dev/null || {
    skip 'files that NumPy wrote: no python3-numpy'
    finish
}

cat >make.py <<'END'
import io
import numpy as np

def save(name, array, version=None):
    with open(name + '.npy', 'wb') as file:
        np.lib.format.write_array(file, array, version=version)

r = np.random.default_rng(20261124)
save('x', r.standard_normal(10_000_000))
save('y', r.standard_normal(10_000_000))

prime = r.standard_normal((2, 100_003)).astype('<f4')  # exact in f4 and in f8
for kind in '<f8', '>f8', '<f4', '>f4':
    for name, values in zip('ab', prime):
        save(name + {'<': '_little_', '>': '_big_'}[kind[0]] + kind[1:], values.astype(kind))
a = prime[0].astype('<f8')
save('a_v2', a, (2, 0))
save('a_v3', a, (3, 0))
a[[7, 70_000]] = a[[70_000, 7]]
save('a_turned', a)

save('whole', r.integers(-1000, 1000, 100_003).astype('<f8'))
save('none', np.zeros(0))
save('one', np.array([3.5]))
# 1 + e summed with both signs: the sum is 100 times smaller than one rounding of its parts.
ill = np.concatenate([r.standard_normal(50_000), [2.0**-60]])
save('ill', np.concatenate([ill, -ill[:-1]]))
save('ones', np.ones(100_001))
save('tiny', np.full(1000, 1e-200))
save('huge', np.full(1000, 1e200))

bad = np.ones(1000)
bad[777] = np.nan
save('nan', bad)
bad[777], bad[5] = 1, -np.inf
save('infinite', bad)
save('matrix', np.ones((30, 40)))
save('fortran', np.asfortranarray(np.ones((30, 40))))
save('scalar', np.array(1.0))
save('integers', np.arange(1000))
save('complex', np.ones(1000, dtype=complex))
save('bools', np.ones(1000, dtype=bool))
save('objects', np.array(['a', 1], dtype=object))
save('structured', np.zeros(1000, dtype=[('a', '<f8'), ('b', '<f4')]))
save('strings', np.array(['a', 'bc']))
save('half', np.ones(1000, dtype='f2'))
save('long', np.ones(1000, dtype=np.longdouble))
save('short', np.ones(999))
np.savez('archive.npz', a=np.ones(1000))
whole = open('ones.npy', 'rb').read()
open('cut.npy', 'wb').write(whole[:-1])
open('cut_header.npy', 'wb').write(whole[:100])
open('version_9.npy', 'wb').write(whole[:6] + b'\x09' + whole[7:])
open('order.npy', 'wb').write(whole.replace(b'False', b'True '))
END
"$python" make.py || exit 2

refused 2 'has 2 dimensions (30, 40); rxt reads one: save x.ravel()' --x=matrix.npy
refused 2 "is in Fortran's order" --x=fortran.npy
refused 2 "is in Fortran's order" --x=order.npy
refused 2 'has 0 dimensions ()' --x=scalar.npy
refused 2 "holds integers (<i8); rxt reads f8 and f4" --x=integers.npy
refused 2 'holds complex numbers (<c16)' --x=complex.npy
refused 2 'holds truth values (|b1)' --x=bools.npy
refused 2 'holds Python objects (|O)' --x=objects.npy
refused 2 'holds structured elements' --x=structured.npy
refused 2 'holds strings (<U2)' --x=strings.npy
refused 2 'holds floats (<f2)' --x=half.npy
refused 2 'holds floats (<f16)' --x=long.npy
refused 2 'is an archive (.npz)' --x=archive.npz
refused 2 'is cut off: its 100001 elements take' --x=cut.npy
refused 2 'is cut off inside its header' --x=cut_header.npy
refused 2 "version 9.0; rxt reads 1.0, 2.0 and 3.0" --x=version_9.npy
refused 2 '--x=ones.npy has 100001 elements, --y=short.npy has 999' --x=ones.npy --y=short.npy
refused 2 '--x=nan.npy: element 777 is not a number' --x=nan.npy --y=tiny.npy
refused 2 '--y=infinite.npy: element 5 is infinite' --x=tiny.npy --y=infinite.npy
refused 2 '--x, --y: partial sums of r = sum x[i] y[i] overflow' --x=huge.npy --y=huge.npy
refused 2 '--size: does not go with --x' --x=one.npy -n 1
refused 2 '--scaling=weak: does not go with --y' --y=one.npy --scaling=weak
RANKS=3 refused 2 'is cut off: its 100001 elements take' --x=ones.npy --y=cut.npy
RANKS=3 refused 2 'has 999' --x=ones.npy --y=short.npy
RANKS=3 refused 2 '--y=nan.npy: element 777 is not a number' --x=tiny.npy --y=nan.npy
RANKS=3 refused 2 'overflow' --x=huge.npy --y=huge.npy

# ---- right ----

cat >check.py <<'END'
"""check.py X Y CSV: every row's result is within its bound of the exact one, and no further from
numpy.dot than both bounds together."""
import csv
import math
import sys
import numpy as np

def split(a):  # Veltkamp
    c = a * 134217729.0
    high = c - (c - a)
    return high, a - high

def exact(x, y):  # Dekker's products: high and low parts, added without rounding
    p = x * y
    (a, b), (c, d) = split(x), split(y)
    return math.fsum(np.concatenate([p, ((a * c - p) + a * d + b * c) + b * d]))

x, y = (np.load(name).astype('f8') for name in sys.argv[1:3])
numpy, magnitude = float(np.dot(x, y)), float(np.abs(x * y).sum()) * (1 + 1e-6)
theirs = len(x) * 2.0**-53 * magnitude
right = exact(x, y)
rows = list(csv.DictReader(open(sys.argv[3])))
wrong = 0
for row in rows:
    result = float.fromhex(row['result'])
    bound = float(row['note'].split('error bound ')[1].split(';')[0]) * 1.05  # two digits
    ok = abs(result - right) <= bound and abs(result - numpy) <= bound + theirs
    ok = ok and bound <= 1.06 * (theirs + 2.0**-53 * abs(right)) + 1e-300
    if not ok:
        print(f"  {row['kernel']} {row['ranks']}x{row['threads']}: {result!r} ± {bound:g}; "
              f"exact {right!r}, numpy {numpy!r} ± {theirs:g}")
    wrong += not ok
sys.exit(not rows or wrong > 0)
END

as_numpy() { # X Y
    "$python" check.py "$1" "$2" out
}

bound_of() { # KERNEL: on one worker
    cells out kernel workers note | sed -n "s/^$1|1|error bound \([0-9.e+-]*\).*/\1/p"
}

tenth() { # A B: A is at most a tenth of B
    awk -v a="$1" -v b="$2" 'BEGIN { exit !(a > 0 && 10 * a <= b) }'
}

proved() { # ROWS
    claim 'exit code 0' exits 0
    claim "a row for every split: $1" rows_of out "$1"
    claim 'every split is verified' \
        all_rows out '^true\|[0-9.e-]+\|.*error bound' verified error note
}

ranks 3 "$bench" --x=x.npy --y=y.npy "${quick[@]}"
proved "$all"
claim '10 million elements: as NumPy within both bounds' as_numpy x.npy y.npy

ranks 3 "$bench" --x=a_little_f8.npy --y=b_little_f8.npy -k all "${quick[@]}"
proved $((3 * all))
claim 'a prime length, all kernels: as NumPy' as_numpy a_little_f8.npy b_little_f8.npy
claim 'sums side by side make the bound smaller' tenth "$(bound_of dot)" "$(bound_of dot_openmp)"
cells out kernel ranks threads result >bits

for kind in little_f4 big_f8 big_f4; do
    ranks 3 "$bench" --x=a_$kind.npy --y=b_$kind.npy -k all "${quick[@]}"
    proved $((3 * all))
    claim "$kind: as NumPy" as_numpy a_$kind.npy b_$kind.npy
    claim "$kind: the bits of the same values in little_f8" \
        equal "$(cells out kernel ranks threads result | grep '^dot|')" "$(grep '^dot|' bits)"
done

ranks 3 "$bench" --x=whole.npy --y=whole.npy -k all "${quick[@]}"
proved $((3 * all))
claim 'integers: equal, and so on every split' equal "$(cells out error result | sort -u | wc -l)" 1
claim 'integers: a bound of 0' all_rows out '^0\|error bound 0(;|$)' error note
claim 'integers: as NumPy' as_numpy whole.npy whole.npy

fault=$build/tests/faultbench
if [ -x "$fault" ] && several; then
    ranks 2 "$fault" -k dot_loses_one --x=a_little_f8.npy --y=b_little_f8.npy -r 2 -t 1 \
        --oversubscribe --rounds=1:1 -q --format=csv
    claim 'a lost element: exit code 5' exits 5
    claim 'a lost element: the row is marked' equal "$(cells out ranks verified)" $'1|true\n2|false'
fi

for n in none one; do
    ranks 3 "$bench" --x=$n.npy --y=$n.npy -k all "${quick[@]}"
    proved $((3 * all))
    claim "$n: as NumPy" as_numpy $n.npy $n.npy
done

# ---- what is said ----

cp a_big_f4.npy a.npy
ranks 3 "$bench" --x=a.npy --y=b_little_f8.npy "${splits[@]}" --rounds=2:2
claim 'text: exit code 0' exits 0
claim 'text: the operands' \
    grep -qxF 'operands   x from a.npy (f4), y from b_little_f8.npy (f8), 100003 elements' out
claim 'text: the result with its bound, and how many splits agree' \
    grep -qE "^  result: dot = -?[0-9.]+ ± [0-9.e-]+ \(bound\), proved on all $all splits$" out
claim 'text: at most 100 columns' equal "$(grep -cE '.{101}' out)" 0
claim 'text: both given, nothing is said of it' equal "$(grep -c 'made up' err)" 0

ranks 2 "$bench" --x=whole.npy --y=whole.npy "${one[@]}" -q
claim 'text: integers are proved exactly' \
    grep -qE '^  result: dot = [0-9]+ exactly, proved on the 1 split$' out

ranks 2 "$bench" --x=ill.npy --y=ones.npy -r 1 -t 1,2 --oversubscribe --rounds=1:1 -q
claim 'ill-conditioned: exit code 0' exits 0
claim 'ill-conditioned: said' grep -q 'ill-conditioned: the error bound exceeds the result' out
run "$bench" --x=tiny.npy --y=tiny.npy "${one[@]}" --format=csv
claim 'products that underflow: a lost element could hide, and it is said' \
    all_rows out '^true\|.*a lost element could hide below the error bound$' verified note

says_made_up() { # WORDS
    equal "$(said | grep -c 'is made up')" 1 && holds err "$1"
}

run "$bench" --x=one.npy "${one[@]}" --format=csv
claim 'x alone: exit code 0' exits 0
claim 'x alone: the other is made up, and it is said' says_made_up '--y is not given: the second'
run "$bench" --y=one.npy "${one[@]}" --format=csv
claim 'y alone: the other is made up, and it is said' says_made_up '--x is not given: the first'

run "$bench" --x=x.npy --y=y.npy --dry-run
claim 'a dry run: exit code 0' exits 0
claim 'a dry run: plans the length' grep -qE '^sizes +10M elements' out
claim 'a dry run: names the files' grep -qE '^operands +x x.npy, y y.npy$' out
run "$bench" --x=x.npy --y=short.npy --dry-run --topology='core:4 pu:1'
claim 'a dry run of what does not fit together: exit code 2' exits 2
claim 'a dry run of what does not fit together: one message' says_once 'has 10000000 elements'

# ---- the digest: of values and their order, however they are stored and split ----

digest() { # RANKS FILE
    ranks "$1" "$bench" --x="$2" -r "$(most "$1")" -t 1 --oversubscribe --rounds=1:1 -q \
        --format=json
    "$python" -c 'import json; print(json.load(open("out"))["settings"]["x"]["digest"])'
}

right=$(digest 1 a_little_f8.npy)
claim 'the digest has 64 bits' equal "$(grep -cxE '[0-9a-f]{16}' <<<"$right")" 1
claim 'the digest is the same on 3 ranks' equal "$(digest 3 a_little_f8.npy)" "$right"
for file in a_big_f8 a_big_f4 a_little_f4 a_v2 a_v3; do
    claim "the digest of $file is the same" equal "$(digest 2 $file.npy)" "$right"
done
claim 'the digest tells two elements exchanged' [ "$(digest 1 a_turned.npy)" != "$right" ]

cp a_little_f8.npy again.npy
run "$bench" --x=again.npy -r 1 -t 1 -q --rounds=100000 --budget=0.5s -o again.csv
claim 'a budget that ends: exit code 4' exits 4
cp a_turned.npy again.npy
run "$bench" --x=again.npy -r 1 -t 1 -q --rounds=100000 --budget=0.5s -o again.csv --resume
claim 'going on with other operands: exit code 2' exits 2
claim 'going on with other operands: one message' says_once 'x.digest'

# ---- nodes that do not have the same file, here ranks that start in another folder ----

several || { skip 'files that differ or fail on some ranks: a build without MPI'; finish; }
mkdir rank0 rank1
cp a_little_f8.npy rank0/z.npy

# shellcheck disable=SC2016  # the ranks' variables
elsewhere() {
    ranks 2 sh -c 'cd "rank${OMPI_COMM_WORLD_RANK:-$PMI_RANK}" && exec "$0" "$@"' "$bench" \
        --x=z.npy "${one[@]}"
    claim "$1: exit code 2" exits 2
    claim "$1: one message" says_once "$2"
}

elsewhere 'not there on one' '--x=z.npy: cannot be opened (No such file or directory)'
cp a_little_f4.npy rank1/z.npy
elsewhere 'of another type on one' '--x=z.npy: is of another type on some nodes'
cp one.npy rank1/z.npy
elsewhere 'of another length on one' '--x=z.npy: is of another length on some nodes'

# ---- files that change, and file systems at fault ----

command -v "${CC:-cc}" >/dev/null || { skip 'no C compiler'; finish; }
cat >shim.c <<'END'
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* The number in a variable, -1 without it. */
static long number(const char *name)
{
    const char *text = getenv(name);

    return text ? atol(text) : -1;
}

static int rank(void)
{
    long known = number("OMPI_COMM_WORLD_RANK");

    if (known < 0)
        known = number("PMI_RANK");
    return known < 0 ? 0 : (int)known;
}

/* Rank SHIM_RANK's pread number SHIM_AT: the file is cut to half or written to, the read fails or
 * is interrupted; SHIM_SHORT: every read brings at most so many bytes. */
static ssize_t strange(int file, void *bytes, size_t size, off_t at)
{
    static ssize_t (*real)(int, void *, size_t, off_t);
    static long calls;
    long most = number("SHIM_SHORT");
    struct stat now;

    if (!real)
        real = (ssize_t(*)(int, void *, size_t, off_t))dlsym(RTLD_NEXT, "pread");
    if (rank() == number("SHIM_RANK") && __sync_add_and_fetch(&calls, 1) == number("SHIM_AT")) {
        if (getenv("SHIM_CUT") && !fstat(file, &now) &&
            truncate(getenv("SHIM_CUT"), now.st_size / 2))
            abort();
        if (getenv("SHIM_TOUCH") && utimensat(AT_FDCWD, getenv("SHIM_TOUCH"), NULL, 0))
            abort();
        if (getenv("SHIM_ERROR")) {
            errno = (int)number("SHIM_ERROR");
            return -1;
        }
    }
    return real(file, bytes, most > 0 && size > (size_t)most ? (size_t)most : size, at);
}

ssize_t pread(int file, void *bytes, size_t size, off_t at)
{
    return strange(file, bytes, size, at);
}

ssize_t pread64(int file, void *bytes, size_t size, off_t at)
{
    return strange(file, bytes, size, at);
}
END
"${CC:-cc}" -D_GNU_SOURCE -shared -fPIC -O1 -o shim.so shim.c -ldl ||
    { skip 'the C compiler cannot make a library'; finish; }

# Under the shim on 3 ranks, with a copy that may be cut.
strange() { # VARIABLE=VALUE... -- ARGUMENT...
    local variables=()
    while [ "$1" != -- ]; do
        variables+=("$1")
        shift
    done
    cp a_little_f8.npy cut_me.npy
    ranks 3 env "${variables[@]}" "LD_PRELOAD=$dir/shim.so" \
        "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0" \
        "$bench" --x=cut_me.npy --y=b_little_f8.npy -r 1,2,3 -t 1 --oversubscribe -q "${@:2}"
}

fails() { # CODE NAME WORDS
    claim "$2: exit code $1" exits "$1"
    claim "$2: one message" says_once "$3"
    claim "$2: the older study stays" equal "$(cat old.csv)" 'an older study'
    claim "$2: nobody is left" none_left
    rm -f old.csv.* # the journal of what was measured before
}

# Rank 1 reads twice for the headers, 9 + 9 blocks to check, as many for the facts, and then twice
# for each visit to another split: number 60 comes when rounds have been measured.
for at in 1 5 25 41 60; do
    strange SHIM_RANK=1 SHIM_AT=$at SHIM_CUT=cut_me.npy -- --rounds=20:20 -o old.csv
    if [ $at = 1 ]; then
        fails 2 'cut before its header is read' '--x=cut_me.npy: is cut off: its 100003 elements'
    else
        fails 2 "cut at read $at" '--x=cut_me.npy: shrank while it was read'
    fi
done
strange SHIM_RANK=2 SHIM_AT=39 SHIM_TOUCH=cut_me.npy -- --rounds=20:20 -o old.csv
fails 2 'written to' '--x=cut_me.npy: was written to while it was read'
strange SHIM_RANK=1 SHIM_AT=41 SHIM_ERROR=5 -- --rounds=20:20 -o old.csv
fails 3 'a file system at fault' '.npy: cannot be read (Input/output error)'
strange SHIM_RANK=1 SHIM_AT=25 SHIM_ERROR=4 SHIM_SHORT=999 -- --rounds=1:1 --format=csv
claim 'interrupted and short reads: exit code 0' exits 0
claim 'interrupted and short reads: the same bits' equal "$(cells out ranks threads result)" \
    "$(grep '^dot|[0-9]*|1|' bits | cut -d'|' -f2-)"

finish
