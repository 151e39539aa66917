#!/usr/bin/env bash
# operands_input_test.sh BUILD - an error in a file of operands gives one clear message, once for
# all ranks, and no file is written.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/dotbench
python=/usr/bin/python3 # the one that Debian's python3-numpy belongs to
tests=$(cd "$(dirname "$0")/.." && pwd)
cd "$dir" || exit 2 # so that messages name files without folders
one=(-r 1 -t 1 --rounds=1:1)

echo 'an older study' >old.csv

untouched() { # the file that -o names is as before, and no other is next to it
    [ "$(cat old.csv)" = 'an older study' ] && equal "$(echo old*)" old.csv
}

# Claims that this command line is refused before anything is measured: without a launcher or, if
# RANKS is set, on RANKS ranks with one message for all of them.
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
"$python" "$tests/vectors.py" || exit 2


refused 2 'has 2 dimensions (30, 40); rxt reads one: save x.ravel()' --x=matrix.npy
refused 2 'has 2 dimensions (30, 40); rxt reads one: save x.ravel()' --x=fortran.npy
refused 2 'has 0 dimensions ()' --x=scalar.npy
refused 2 "holds integers (<i8); rxt reads f8 and f4" --x=integers.npy
refused 2 'holds complex numbers (<c16); rxt reads f8 and f4 of known byte order: save x.real or' --x=complex.npy
refused 2 'holds truth values (|b1)' --x=bools.npy
refused 2 'holds Python objects (|O)' --x=objects.npy
refused 2 'holds structured elements' --x=structured.npy
refused 2 'holds strings (<U2)' --x=strings.npy
refused 2 'each of its elements is an array; rxt reads f8 and f4' --x=arrays.npy
refused 2 'holds floats (<f2)' --x=half.npy
refused 2 'holds floats (<f16)' --x=long.npy
refused 2 'is an archive (.npz)' --x=archive.npz
refused 2 'is cut off: its 100001 elements take' --x=cut.npy
refused 2 'is cut off inside its header' --x=cut_header.npy
refused 2 "version 9.0 of the .npy format; rxt reads 1.0, 2.0 and 3.0" --x=version_9.npy
refused 2 '--x=ones.npy has 100001 elements, --y=short.npy has 999' --x=ones.npy --y=short.npy
refused 2 '--x=nan.npy: element 777 is not a number' --x=nan.npy --y=tiny.npy
refused 2 '--y=infinite.npy: element 5 is infinite' --x=tiny.npy --y=infinite.npy
refused 2 '--x, --y: partial sums of r = sum x[i] y[i] overflow' --x=huge.npy --y=huge.npy
refused 2 '--y=huge.npy: element 0 is 1e+200, out of the range of f32' --x=tiny.npy --y=huge.npy --type=f32
refused 2 '--size: does not go with --x' --x=one.npy -n 1
refused 2 '--scaling=weak: does not go with --y' --y=one.npy --scaling=weak
cp one.npy data.json
ln -s one.npy link.csv
for output in data.json link.csv; do
    run "$bench" --x=$output --y=one.npy "${one[@]}" -o $output
    claim "an operand as -o $output: exit code 2" exits 2
    claim "an operand as -o $output: one message" says_once 'is the file of --x'
    claim "an operand as -o $output: it is as it was" cmp -s one.npy $output
done
cp one.npy x.svg
run "$bench" --x=x.svg --y=one.npy "${one[@]}" --plot=x.svg
claim 'an operand as --plot: exit code 2' exits 2
claim 'an operand as --plot: it is as it was' cmp -s one.npy x.svg
RANKS=3 refused 2 'is cut off: its 100001 elements take' --x=ones.npy --y=cut.npy
RANKS=3 refused 2 'has 999' --x=ones.npy --y=short.npy
RANKS=3 refused 2 '--y=nan.npy: element 777 is not a number' --x=tiny.npy --y=nan.npy
RANKS=3 refused 2 'overflow' --x=huge.npy --y=huge.npy

# ---- nodes that do not have the same file, here ranks that start in another folder ----

several || { skip 'files that differ or fail on some ranks: a build without MPI'; finish; }
mkdir rank0 rank1
cp a_little_f8.npy rank0/z.npy

# shellcheck disable=SC2016  # the ranks' variables
apart() { # each rank in its own folder
    ranks 2 sh -c 'cd "rank${OMPI_COMM_WORLD_RANK:-$PMI_RANK}" && exec "$0" "$@"' "$bench" \
        --x=z.npy "${one[@]}"
}

elsewhere() { # NAME WORDS
    apart
    claim "$1: exit code 2" exits 2
    claim "$1: one message" says_once "$2"
}

elsewhere 'not there on one' '--x=z.npy: cannot be opened (No such file or directory)'
cp a_little_f4.npy rank1/z.npy
elsewhere 'of another type on one' '--x=z.npy: has another type on some nodes'
cp one.npy rank1/z.npy
elsewhere 'of another length on one' '--x=z.npy: has another length on some nodes'
cp ones.npy rank0/z.npy
for at in 0 1 100000; do
    cp ones.npy rank1/z.npy
    printf '\0' | dd of=rank1/z.npy bs=1 seek=$((128 + 8 * at + 7)) conv=notrunc 2>/dev/null
    elsewhere "of another element $at on one" '--x=z.npy: has other contents on some nodes'
done
cp ones.npy rank1/z.npy
apart
claim 'two copies of one file: exit code 0' exits 0

# ---- files that change, and file systems at fault ----

have "${CC:-cc}" || { skip 'no C compiler'; finish; }
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

# Runs on 3 ranks under the shim, with a copy of a file that the shim may cut. The argument has the
# file's whole name, so that none_left finds the ranks.
strange() { # VARIABLE=VALUE... -- ARGUMENT...
    local variables=()
    while [ "$1" != -- ]; do
        variables+=("$1")
        shift
    done
    cp a_little_f8.npy cut_me.npy
    ranks 3 env "${variables[@]}" "LD_PRELOAD=$dir/shim.so" \
        "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0" \
        "$bench" --x=cut_me.npy --y=b_little_f8.npy -r 1,2,3 -t 1 --oversubscribe -q \
        -o "$dir/old.csv" "${@:2}"
}

fails() { # CODE NAME WORDS
    claim "$2: exit code $1" exits "$1"
    claim "$2: one message" says_once "$3"
    claim "$2: the older study stays" equal "$(cat old.csv)" 'an older study'
    claim "$2: nobody is left" none_left
    rm -f old.csv.* # the journal of what was measured before
}

# Rank 1 reads twice for the headers, then 64 + 9 blocks of each file to check it, then 9 + 9 for
# the facts, and then twice for each visit to another split. Number 188 comes after rounds have been
# measured.
for at in 1 5 70 153 169 188; do
    strange SHIM_RANK=1 SHIM_AT=$at SHIM_CUT=cut_me.npy -- --rounds=20:20
    # If the file is cut between opening and the first read, a rank that opens it later already
    # finds it too short.
    if [ $at = 1 ] && said | grep -q 'is cut off'; then
        fails 2 'cut before its header is read' '--x=cut_me.npy: is cut off: its 100003 elements'
    else
        fails 2 "cut at read $at" '--x=cut_me.npy: shrank while it was read'
    fi
done
strange SHIM_RANK=2 SHIM_AT=167 SHIM_TOUCH=cut_me.npy -- --rounds=20:20
fails 2 'written to' '--x=cut_me.npy: was written to while it was read'
strange SHIM_RANK=1 SHIM_AT=169 SHIM_ERROR=5 -- --rounds=20:20
fails 3 'a file system at fault' '.npy: cannot be read (Input/output error)'
ranks 3 "$bench" --x=a_little_f8.npy --y=b_little_f8.npy -r 1,2,3 -t 1 --oversubscribe -q \
    --rounds=1:1 --format=csv
bits=$(cells out ranks threads result)
strange SHIM_RANK=1 SHIM_AT=153 SHIM_ERROR=4 SHIM_SHORT=999 -- --rounds=1:1 --format=csv
claim 'interrupted and short reads: exit code 0' exits 0
claim 'interrupted and short reads: the same bits' equal "$(cells out ranks threads result)" "$bits"

finish
