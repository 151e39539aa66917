#!/usr/bin/env bash
# rooms.sh - is every line in its room? The room of a restricted word is the list of files that may
# use it (comments and strings do not count). Each room includes only headers of lower rooms.
#
#   tests/rooms.sh [--root FOLDER] [BUILD]
#
# BUILD is a build folder whose objects are searched, too: for variables that can change, and for
# symbols of higher rooms. Without BUILD only the sources are checked. Prints each line that is in a
# wrong room; the exit code is 1 if there was one.
set -u

root=$(cd "$(dirname "$0")/.." && pwd)
if [ "${1:-}" = --root ]; then
    root=$2
    shift 2
fi
build=${1:+$(cd "$1" && pwd)}
cd "$root" || exit 2

# Prints the code of all C files as FILE:LINE:TEXT, without comments and with empty strings.
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

# WORD is a Perl pattern. ROOMS is a pattern for the beginning of the paths where WORD may stand.
room() { # WHAT WORD ROOMS
    report "$1 outside ${3:-any file}:" \
        "$(grep -P "^[^:]*:[0-9]*:.*(?:$2)" <<<"$text" | grep -vP "^(?:${3:-$^}):")"
}

lesson='drivers/lesson/\w+/\w+\.[ch]'
text=$(code)
if [ "$(wc -l <<<"$text")" -lt 100 ]; then
    echo "rooms.sh: no sources under $root"
    exit 2
fi

# ---- foreign words ----

# Files of kernels and tasks that include <rxt/mpi.h>.
through=$(grep -lE '^[[:space:]]*#[[:space:]]*include[[:space:]]*<rxt/mpi\.h>' \
    kernels/*.c drivers/lesson/*/*.c 2>/dev/null | sed 's/\./\\./g' | paste -sd'|')
room 'MPI' '\bP?MPI_[A-Z]' "drivers/comm/mpi\w*\.[ch]|include/rxt/mpi\.h${through:+|$through}"
room 'hwloc' '\bhwloc_' 'drivers/machine/place\w*\.[ch]'
room 'JSON' '\bjson_\w+\s*\(|\bJSON_[A-Z]' \
    'drivers/(base|host|settings)/json\.c|drivers/study/(head|head_nodes|levels_json)\.c|drivers/files/(\w+_json|journal\w*)\.c'
room 'argp' '\bargp_|\bARGP_|\bgetopt' 'drivers/settings/(command_line|settings)\.[ch]|drivers/app/verbs\.c'
room 'MessagePack' '\bmsgpack_|\bMSGPACK_' 'drivers/lesson/support/serialise\.c'
room 'a parallel region' '#\s*pragma\s+omp\s+(parallel|teams|target)|\bpthread_create' \
    "drivers/team/team\.c|drivers/app/end\.c|kernels/\w+_openmp\.c|$lesson"
clock='clock_gettime|gettimeofday|timespec_get|time|clock|ftime|times|getrusage'
counter='omp_get_wtime|_?_?rdtscp?|__builtin_ia32_rdtscp?'
room 'a clock' "\\b(($clock)\\s*\\(|($counter)\\b)" 'drivers/base/clock\.c'
print='v?f?printf|v?dprintf|f?puts|putchar|f?putc|fwrite|perror|psignal|warnx?|errx?'
room 'printing' "\\b($print)\\s*\\(" \
    'drivers/report/\w+\.c|drivers/tour/(page\w*|section)\.c|drivers/files/record\w*\.c|drivers/app/(main|verbs|output|verb_\w+)\.c'
room 'text from a list of arguments' '\bvsn?printf\s*\(' 'drivers/base/text\.c'
take='malloc|calloc|realloc|reallocarray|aligned_alloc|posix_memalign|alloca|mmap'
take="$take|strn?dup|v?asprintf"
room 'memory' "\\b($take)\\s*\\(" \
    "drivers/(comm|plan|study|team)/\w+\.c|drivers/base/(json|subprocess|status)\.c|drivers/data/arena\.c|drivers/measure/blas\.c|drivers/splits/splits\.c|drivers/machine/place\.c|drivers/host/host\.c|drivers/results/row\.c|drivers/stats/(sample|best\w*|groups|chance)\.c|drivers/analysis/(answer\w*|cost|break_even)\.c|drivers/files/(study_reader|journal)\w*\.c|drivers/report/plot_(sizes|take)\.c|$lesson"
room 'a part of a file' '\bp(read|write)(v2?|64)?\s*\(' \
    "drivers/(data/npy|files/journal)\.c|$lesson"
room 'a process' '\b(v?fork|posix_spawnp?|clone)\s*\(' "drivers/base/subprocess\.c|$lesson"
room 'a socket' '\b(socket|socketpair|accept4?|connect|listen)\s*\(' "$lesson"
room 'a library that is loaded' '\bdlm?(open|sym|vsym|close)\s*\(' 'drivers/measure/blas\.c'
room 'a shell' '\b(system|popen|wordexp)\s*\(' ''
room 'a new program' '\bf?exec(l|lp|le|v|vp|vpe|ve|veat)\s*\(' 'drivers/machine/cpus\.c'
room 'an exit' '\b(exit|_Exit|quick_exit|at_quick_exit|atexit|abort|errx?)\s*\(' \
    'drivers/app/main\.c'
room 'the end of a process' '\b_exit\s*\(' "drivers/app/(end|start)\.c|$lesson" # a child that was forked
room 'a preprocessor switch on MPI' '#\s*(if|ifdef|ifndef|elif)\b.*MPI(?!_H\b)' ''
room 'a file that is not a header, included' '#\s*include\b.*\.c\b' ''
room 'a switch or loop in a driver' '\b(if|for|while|switch|do)\b\s*[({]' \
    'drivers/\w+/.*|kernels/.*|include/.*'
room 'a struct that the author of a kernel never sees' \
    '\bstruct\s+rxt_(?!(kernel|comm|task|task_slab)\b)\w+\b(?!\s*\{)' '(?!include/rxt/kernel\.h)[^:]*'

# ---- who may include whom ----

# Each line: a room, and the rooms whose headers it may include; its own headers and those of
# include/rxt are always allowed. The rooms are listed from the lowest on, and a line names only
# rooms of earlier lines, so there is no circle. support is kernels/support.
rooms='
base
stats    base
machine  base
splits   base
support  base
comm     base support machine
data     base support comm
team     base support machine data
measure  base support machine comm data team
settings base support machine splits comm data team
host     base support machine comm data team
plan     base support machine splits data team settings
results  base support stats machine splits comm team
analysis base support stats machine splits results
files    base support stats splits results analysis host settings plan
study    base support stats machine splits comm data team measure settings host plan results analysis files
report   base support stats machine splits comm team results analysis host settings plan
tour     base support stats splits results analysis files report
app      base support stats machine splits comm data team measure settings host plan results analysis files study report tour
lesson   base support machine comm data team
driver   app'

# Prints "FILE LINE INCLUDED" for each header of ours that is included.
# shellcheck disable=SC2016  # awk's variables
includes() {
    find include drivers kernels -name '*.[ch]' | sort | xargs awk '
        FNR == 1 { line = 0 }
        match($0, /^[ \t]*#[ \t]*include[ \t]*["<][^">]+/) {
            name = substr($0, RSTART, RLENGTH)
            sub(/.*["<]/, "", name)
            print FILENAME, FNR, name
        }' | while read -r file line name; do
        for path in "include/$name" "drivers/$name" "kernels/$name" "${file%/*}/$name"; do
            [ -e "$path" ] || continue
            path=${path//\/.\//\/}
            while [[ $path =~ [^/]+/\.\./ ]]; do
                path=${path/"${BASH_REMATCH[0]}"/}
            done
            echo "$file $line $path"
            break
        done
    done
}
included=$(includes)

# Functions of awk. room() gives the room of a path; a file in no room is a driver, a kernel or a
# public header. may() is true if the room of a file may use the other file.
rules='
    function room(path,   part) {
        split(path, part, "/")
        if (path ~ /^drivers\/[a-z]+\//) return part[2]
        if (path ~ /^kernels\/(support|roof)\//) return "support"
        if (path ~ /^drivers\//) return "driver"
        return part[1] == "kernels" ? "kernel" : "public"
    }
    function may(file, other,   from, to) {
        from = room(file); to = room(other)
        if (to == "public" && other !~ /^\.\./ || from == to && from != "kernel") return 1
        return from in known && (from, to) in below
    }
    BEGIN {
        count = split(rooms, line, "\n")
        for (i = 1; i <= count; i++) {
            words = split(line[i], word, " +")
            if (words) known[word[1]]
            for (w = 1; w <= words; w++) {
                below[word[1], word[w]]
                if (!(word[w] in known))
                    above = above "tests/rooms.sh: " word[1] " above " word[w] "\n"
            }
        }
    }'
report 'a line of this table that names a later room:' \
    "$(awk -v rooms="$rooms" "$rules"'BEGIN { printf "%s", above }')"
report 'a header that its room may not include:' \
    "$(awk -v rooms="$rooms" "$rules"'!may($1, $3) { print $1 ":" $2 ": " $3 }' <<<"$included")"

# tsort names the includes that form a circle, because it cannot put them in order.
report 'headers that include each other in a circle:' \
    "$(awk '{ print $1, $3 }' <<<"$included" | tsort 2>&1 >/dev/null | grep -v 'contains a loop' |
        sed 's/^tsort: //')"

# Kernels may include only <rxt/...> and headers of the system.
report 'a kernel that includes a file beside it:' \
    "$(grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' kernels/*.c)"
report 'a source that is included:' \
    "$(grep -rnE '^[[:space:]]*#[[:space:]]*include.*\.c[">]' include drivers kernels)"
report 'a clock in a test:' "$(grep -HnP \
    '\b(clock_gettime|gettimeofday|omp_get_wtime|MPI_Wtime)\s*\(' \
    tests/*/test_*.c 2>/dev/null)"

# Variables that the compiler put into writable sections. Constants that contain addresses
# (.data.rel.ro) are written only by the loader; clang keeps the locks of OpenMP's reductions in
# common blocks.
if [ -n "$build" ]; then
    objects=$(cd "$build" && find CMakeFiles -name '*.c.o' ! -path '*/test_*' ! -path '*/bench_*' \
        ! -path '*/fuzz_*') # a sanitizer adds its own variables
    if [ -z "$objects" ]; then
        echo "rooms.sh: no objects under $build"
        exit 2
    fi
    symbols() { # OPTION of nm...: for the objects on stdin whose source still exists
        while IFS= read -r object; do
            source=${object#*.dir/}
            source=${source%.o}
            [ -e "$source" ] || [ -e "$build/$source" ] || continue
            printf '%s\0' "$object"
        done | (cd "$build" && xargs -0r nm -A "$@" 2>/dev/null)
    }
    report 'a variable that can change, outside any function or static:' "$(
        symbols -f sysv <<<"$objects" |
            awk -F'|' '
                { gsub(/ /, "", $1); gsub(/ /, "", $7) }
                $7 ~ /^(\.l?data|\.l?bss|\.tdata|\.tbss|\*COM\*)/ && $7 !~ /^\.data\.rel\.ro/ &&
                $4 !~ /SECTION/ && $1 !~ /:\.gomp_critical/ { print $1 " in " $7 }')"

    globals=$( (cd "$build" && find CMakeFiles -name '*.c.o') | symbols -P -g)

    # A symbol that no other object uses must be static, unless include/rxt publishes it.
    report 'a symbol that its own file alone uses:' "$(
        awk '
            $3 == "U" { asked[$2] }
            $3 ~ /^[TDRBC]$/ && $1 ~ /\.dir\/(drivers|kernels)\// { at[$2] = $1 }
            END { for (name in at) if (!(name in asked) && name != "main") print name, at[name] }' \
            <<<"$globals" |
            sort | join -v 1 - <(cat include/*/*.h 2>/dev/null | grep -oE '\w+' | sort -u) |
            awk '{ print $2, $1 }')"

    # Without any header, a room could use a function by its own prototype of it. All rooms may use
    # the names that include/rxt publishes.
    report 'a symbol that its room may not use:' "$(
        { cat include/*/*.h 2>/dev/null | grep -oE '\w+' | sort -u; cat <<<"$globals"; } |
            awk -v rooms="$rooms" "$rules"'
            NF == 1 { public[$1]; next }
            !sub(/^.*\.dir\//, "", $1) || !sub(/\.c\.o:$/, ".c", $1) || $1 !~ /^(drivers|kernels)\// { next }
            $3 == "U" { user[++uses] = $1; used[uses] = $2 }
            $3 ~ /^[TDRBC]$/ { at[$2] = $1 }
            END {
                for (u = 1; u <= uses; u++)
                    if (used[u] in at && !(used[u] in public) && !may(user[u], at[used[u]]))
                        print user[u], used[u], at[used[u]]
            }' | sort -u)"
fi

if [ "$wrong" -gt 0 ]; then
    echo "rooms.sh: $wrong in the wrong room"
    exit 1
fi
echo "rooms.sh: every word in its room"
