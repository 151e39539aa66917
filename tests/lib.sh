# shellcheck shell=bash disable=SC2034
# lib.sh - what the tests of programs share: runs with a limit, claims, and the cells of a CSV file.
#
# Sourced by tests/*_test.sh, whose first argument is the build folder. A test goes on after a claim
# that failed, and `finish` gives the exit code.

set -u
build=$(cd "${1:?the build folder is missing}" && pwd) || exit 2
mpiexec=${RXT_MPIEXEC-mpirun} # empty: a build without MPI
export LC_ALL=C.UTF-8 # lines are counted in characters
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
unset OMP_NUM_THREADS OMP_PLACES OMP_PROC_BIND OMP_THREAD_LIMIT GOMP_CPU_AFFINITY KMP_AFFINITY
limit=60
if [ "${RXT_BUILD_TYPE:-}" = Asan ]; then
    limit=200
fi
cores=$(nproc)
bench=$build/dotbench # whose arguments `refuse` tries
dir=$(mktemp -d) || exit 2
export TMPDIR=$dir # MPI's own files, too, go with the test
trap 'rm -rf "$dir"' EXIT
claims=0 failed=0 status=0

# Tells a command as $ran, without folders that say nothing.
named() { # COMMAND ARGUMENT...
    ran="$*"
    ran=${ran//$build\//}
    ran=${ran//$dir\//}
}

# Runs a command for at most `limit` seconds: $status, and what it wrote in $dir/out and $dir/err.
run() { # COMMAND ARGUMENT...
    named "$@"
    status=0
    timeout -k 5 "$limit" "$@" >"$dir/out" 2>"$dir/err" || status=$?
}

# Can there be several ranks? Not in a build without MPI.
several() {
    [ -n "$mpiexec" ]
}

# The most ranks of COUNT that there can be, and the list of all up to them.
most() { # COUNT
    several && echo "$1" || echo 1
}
up_to() { # COUNT
    seq "$(most "$1")" | paste -sd,
}

# Is the launcher Open MPI's? Others know neither its options nor its OMPI_* variables.
open_mpi() {
    several && "$mpiexec" --version 2>/dev/null | grep -q 'Open MPI\|OpenRTE'
}

# The same under the launcher; alone, whatever the count, in a build without MPI.
ranks() { # COUNT COMMAND ARGUMENT...
    if several; then
        run "$mpiexec" -np "$@"
    else
        run "${@:2}"
    fi
}

# A claim holds when the command is true; else says so, with what the last run wrote.
claim() { # WORDS COMMAND ARGUMENT...
    claims=$((claims + 1))
    "${@:2}" && return
    failed=$((failed + 1))
    printf 'FAILED: %s\n  after: %s\n  exit code %s\n' "$1" "$ran" "$status"
    sed 's/^/  out: /' "$dir/out" | head -n 60
    sed 's/^/  err: /' "$dir/err" | head -n 40
}

skip() { # WORDS
    printf 'skipped: %s\n' "$1"
}

finish() {
    printf '%s: %d of %d claims hold\n' "$(basename "$0")" $((claims - failed)) "$claims"
    exit $((failed > 0))
}

# ---- what can be claimed ----

equal() { # A B
    [ "$1" = "$2" ] && return
    printf '  "%s" is not "%s"\n' "$1" "$2"
    return 1
}

exits() { # CODE
    equal "$status" "$1"
}

empty() { # FILE
    [ ! -s "$1" ]
}

holds() { # FILE WORDS
    grep -qF -- "$2" "$1"
}

# The lines that the program itself put on stderr; the launcher's banner is not its own.
said() {
    grep -E '^([a-z]*bench|rxt): ' "$dir/err"
}

# One message on stderr, once, with these words.
says_once() { # WORDS...
    local words
    equal "$(said | wc -l)" 1 || return
    for words in "$@"; do
        said | grep -qF -- "$words" || {
            printf '  nothing says "%s"\n' "$words"
            return 1
        }
    done
}

silent() {
    ! said
}

# The last run was refused for its command line: one message, with the WORDS, and nothing else.
refused() { # WORDS... from the message
    claim "$ran: exit code 2" exits 2
    claim "$ran: one message" says_once "$@"
    claim "$ran: nothing on stdout" empty "$dir/out"
}

# ARGUMENTS of $bench are at fault, alone and under the launcher, and the message has the WORDS.
refuse() { # ARGUMENT... -- WORDS...
    local arguments=()
    while [ "$1" != -- ]; do
        arguments+=("$1")
        shift
    done
    run "$bench" "${arguments[@]}"
    refused "${@:2}"
    claim "$ran: not a line more" equal "$(wc -l <"$dir/err")" 1
    several || return
    ranks 4 "$bench" "${arguments[@]}"
    refused "${@:2}"
}

# True when no program of this test is left, given three seconds to go.
none_left() {
    local tries process line left
    for ((tries = 0; tries < 30; tries++)); do
        left=
        for process in /proc/[0-9]*; do
            line=$(tr '\0' ' ' 2>/dev/null <"$process/cmdline") || continue
            case $line in *bench*"$dir"*) left+="  $line"$'\n' ;; esac
        done
        [ -z "$left" ] && return
        sleep 0.1
    done
    printf 'still there:\n%s' "$left"
    return 1
}

# ---- CSV ----

# The cells of the columns named, a row a line, | between two; without the header.
cells() { # FILE COLUMN...
    awk -v wanted="${*:2}" '
        function parse(line,    i, c, quoted, n) {
            n = 1; cell[1] = ""; quoted = 0
            for (i = 1; i <= length(line); i++) {
                c = substr(line, i, 1)
                if (c == "\"") quoted = !quoted
                else if (c == "," && !quoted) cell[++n] = ""
                else cell[n] = cell[n] c
            }
            return n
        }
        NR == 1 {
            count = parse($0)
            for (i = 1; i <= count; i++) at[cell[i]] = i
            columns = split(wanted, name, " ")
            for (i = 1; i <= columns; i++) if (!(name[i] in at)) { print "no column " name[i]; exit }
            next
        }
        {
            if (parse($0) != count) { print "a row of another length: " $0; next }
            for (i = 1; i <= columns; i++)
                printf "%s%s", cell[at[name[i]]], i < columns ? "|" : "\n"
        }' "$1"
}

# Every row of the columns matches the pattern, and there is one.
all_rows() { # FILE PATTERN COLUMN...
    local rows
    rows=$(cells "$1" "${@:3}")
    [ -n "$rows" ] && ! grep -vE -- "$2" <<<"$rows"
}

rows_of() { # FILE
    equal "$(($(wc -l <"$1") - 1))" "$2"
}
