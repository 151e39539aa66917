#!/usr/bin/env bash
# rooms.sh - a line knows its room by its foreign word: each word below may stand only in the files
# named beside it. Comments and strings do not count.
#
#   tests/rooms.sh [--root FOLDER] [BUILD]
#
# BUILD is a build folder whose objects are searched for variables that can change; without it, only
# the sources are looked at. Prints each line that is in the wrong room; exit 1 if there was one.
set -u

root=$(cd "$(dirname "$0")/.." && pwd)
if [ "${1:-}" = --root ]; then
    root=$2
    shift 2
fi
build=${1:+$(cd "$1" && pwd)}
cd "$root" || exit 2

# The code of all C files as FILE:LINE:TEXT, comments gone and strings emptied.
# shellcheck disable=SC2016  # perl's variables
code() {
    find include drivers kernels -name '*.[ch]' | sort | xargs perl -0777 -ne '
        s{/\*.*?\*/ | //[^\n]* | ("(?:\\.|[^"\\])*"|\x27(?:\\.|[^\x27\\])*\x27)}
         {my $kept = $& =~ tr/\n//; ($1 ? "\"\"" : " ") . "\n" x $kept}gsex unless /\A\s*\z/;
        my $line = 0;
        print "$ARGV:", ++$line, ":$_\n" for split /\n/;'
}

wrong=0

report() { # WHY LINES
    [ -n "$2" ] || return
    wrong=$((wrong + $(wc -l <<<"$2")))
    printf '%s\n' "$1" "$2" | sed '2,$s/^/    /'
}

# A word (Perl's syntax) and the files (paths, a pattern from their beginning) where it may stand.
room() { # WHAT WORD ROOMS
    report "$1 outside ${3:-any file}:" \
        "$(grep -P "^[^:]*:[0-9]*:.*(?:$2)" <<<"$text" | grep -vP "^(?:${3:-$^}):")"
}

study=drivers/study
lesson='drivers/lesson/\w+/\w+\.[ch]'
text=$(code)
if [ "$(wc -l <<<"$text")" -lt 100 ]; then
    echo "rooms.sh: no sources under $root"
    exit 2
fi

room 'MPI' '\bP?MPI_[A-Z]' "$study/comm_mpi\w*\.[ch]"
room 'hwloc' '\bhwloc_' "$study/place\w*\.[ch]|include/rxt/place\.h"
room 'JSON' '\bjson_\w+\s*\(|\bJSON_[A-Z]' \
    "$study/(json|\w+_json|journal\w*)\.c"
room 'MessagePack' '\bmsgpack_|\bMSGPACK_' 'drivers/lesson/support/serialise\.c'
room 'a parallel region' '#\s*pragma\s+omp\s+(parallel|teams|target)|\bpthread_create' \
    "$study/team\.c|$study/main_end\.c|kernels/\w+_openmp\.c|$lesson"
clock='clock_gettime|gettimeofday|timespec_get|time|clock|ftime|times|getrusage'
counter='omp_get_wtime|_?_?rdtscp?|__builtin_ia32_rdtscp?'
room 'a clock' "\\b(($clock)\\s*\\(|($counter)\\b)" \
    "$study/clock\.c"
print='v?f?printf|v?dprintf|f?puts|putchar|f?putc|fwrite|perror|psignal|warnx?|errx?'
room 'printing' "\\b($print)\\s*\\(" \
    "$study/(report|record)\w*\.c|$study/main(_verbs|_say)?\.c"
take='malloc|calloc|realloc|reallocarray|aligned_alloc|posix_memalign|alloca|mmap'
take="$take|strn?dup|v?asprintf"
room 'memory' "\\b($take)\\s*\\(" \
    "$study/(arena|blas|launch|status|team\w*|comm_\w+|points|place|plan\w*|study\w*|row|sample|best\w*|answer\w*|cost|break_even|report_plot_(take|sizes)|host|json)\.c|$study/(journal|archive)\w*\.c|$lesson"
room 'a part of a file' '\bp(read|write)(v2?|64)?\s*\(' "$study/(npy|journal)\.c|$lesson"
room 'a process' '\b(v?fork|posix_spawnp?|clone)\s*\(' "$study/launch\.c|$lesson"
room 'a socket' '\b(socket|socketpair|accept4?|connect|listen)\s*\(' "$lesson"
room 'a library that is loaded' '\bdlm?(open|sym|vsym|close)\s*\(' "$study/blas\.c"
room 'a shell' '\b(system|popen|wordexp)\s*\(' ''
room 'a new program' '\bf?exec(l|lp|le|v|vp|vpe|ve|veat)\s*\(' "$study/cpus\.c"
room 'an exit' '\b(exit|_Exit|quick_exit|at_quick_exit|atexit|abort|errx?)\s*\(' \
    "$study/main\.c"
room 'the end of a process' '\b_exit\s*\(' "$study/main_end\.c|$lesson" # a child that was forked
room 'a preprocessor switch on MPI' '#\s*(if|ifdef|ifndef|elif)\b.*MPI(?!_H\b)' ''
room 'a file that is not a header, included' '#\s*include\b.*\.c\b' ''
room 'a switch or loop in a driver' '\b(if|for|while|switch|do)\b\s*[({]' \
    "$study/.*|$lesson|kernels/.*|include/.*"

# Includes stand in strings or angles: kernels see <rxt/...> and the system, never a neighbour.
report 'a kernel that includes a file beside it:' \
    "$(grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' kernels/*.c kernels/support/*.c)"
report 'a source that is included:' \
    "$(grep -rnE '^[[:space:]]*#[[:space:]]*include.*\.c[">]' include drivers kernels)"
report 'a clock in a test:' "$(grep -HnP \
    '\b(clock_gettime|gettimeofday|omp_get_wtime|MPI_Wtime)\s*\(' \
    tests/test_*.c tests/*/test_*.c 2>/dev/null)"

# What the compiler put where it can be written to. Constants with addresses in them (.data.rel.ro)
# are written by the loader alone; clang keeps the locks of OpenMP's reductions in common blocks.
if [ -n "$build" ]; then
    objects=$(cd "$build" && find CMakeFiles -name '*.c.o' ! -path '*/test_*' ! -path '*/bench_*' \
        ! -path '*/fuzz_*') # a sanitizer's objects have variables of its own
    if [ -z "$objects" ]; then
        echo "rooms.sh: no objects under $build"
        exit 2
    fi
    report 'a variable that can change, outside any function or static:' "$(
        while IFS= read -r object; do
            source=${object#*.dir/}
            source=${source%.o}
            [ -e "$source" ] || [ -e "$build/$source" ] || continue # it is gone, the object stayed
            printf '%s\0' "$object"
        done <<<"$objects" | (cd "$build" && xargs -0r nm -A -f sysv 2>/dev/null) |
            awk -F'|' '
                { gsub(/ /, "", $1); gsub(/ /, "", $7) }
                $7 ~ /^(\.l?data|\.l?bss|\.tdata|\.tbss|\*COM\*)/ && $7 !~ /^\.data\.rel\.ro/ &&
                $4 !~ /SECTION/ && $1 !~ /:\.gomp_critical/ { print $1 " in " $7 }')"
fi

if [ "$wrong" -gt 0 ]; then
    echo "rooms.sh: $wrong in the wrong room"
    exit 1
fi
echo "rooms.sh: every word in its room"
