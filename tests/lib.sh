# shellcheck shell=bash disable=SC2034
# lib.sh - functions that the tests of programs share: runs with a time limit, claims, and the cells
# of a CSV file.
#
# Sourced by tests/programs/*_test.sh, whose first argument is the build folder. A test continues
# after a failed claim, and `finish` gives the exit code; a test without any claim counts as skipped
# (77). With RXT_CLAIMS=FILE every claim is appended to FILE by its name (tests/claims.sh). With
# RXT_FIRST a test ends at its first failed claim (tests/mutants.sh).

set -u
build=$(cd "${1:?the build folder is missing}" && pwd) || exit 2
mpiexec=${RXT_MPIEXEC-mpirun} # empty: a build without MPI
export LC_ALL=C.UTF-8 # lines are counted in characters
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
# Allows more ranks than cores: Open MPI 4 reads the first variable, Open MPI 5 the second.
export OMPI_MCA_rmaps_base_oversubscribe=1 PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe
unset OMP_NUM_THREADS OMP_PLACES OMP_PROC_BIND OMP_THREAD_LIMIT GOMP_CPU_AFFINITY KMP_AFFINITY
# Most tests check messages and results, not speed. For them, waiting threads leave the cores to
# others (2x2 workers on 2 cores: 0.4 s instead of 2.4 s), and Open MPI ends a job at once after an
# exit code other than 0 (instead of 1 to 2 s later). Tests about waiting or ending call
# `as_users_do`.
export OMP_WAIT_POLICY=passive OMPI_MCA_odls_base_sigkill_timeout=0
as_users_do() {
    unset OMP_WAIT_POLICY OMPI_MCA_odls_base_sigkill_timeout
}
limit=300 # only a hang takes so long, even on a loaded machine
# Number of cores that may be used. Hardware threads do not count: some hosts give a virtual machine
# two threads of one core as two CPUs.
cores_here() {
    local ends cpu last folder siblings ranges=() found=()
    IFS=, read -ra ranges < <(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status)
    for ends in "${ranges[@]}"; do
        last=${ends#*-}
        for ((cpu = ${ends%-*}; cpu <= last; cpu++)); do
            folder=/sys/devices/system/cpu/cpu$cpu/topology
            siblings=$cpu
            { read -r siblings <"$folder/thread_siblings_list"; } 2>/dev/null
            found+=("$siblings")
        done
    done
    printf '%s\n' "${found[@]}" | sort -u | wc -l
}
cores=$(cores_here)
bench=$build/dotbench # the program that `refuse` runs
dir=$(mktemp -d) || exit 2
export TMPDIR=$dir # MPI's own files are removed with the test's
trap 'rm -rf "$dir"' EXIT
test=$(basename "$0" .sh)
claims=0 failed=0 status=0 ran=nothing
: >"$dir/out" && : >"$dir/err"

# Sets $ran to the command, without the folders of the build and of the test.
named() { # COMMAND ARGUMENT...
    ran="$*"
    ran=${ran//$build\//}
    ran=${ran//$dir\//}
}

# Runs a command for at most `limit` seconds: sets $status; its output is in $dir/out and $dir/err.
run() { # COMMAND ARGUMENT...
    named "$@"
    status=0
    timeout -k 5 "$limit" "$@" >"$dir/out" 2>"$dir/err" || status=$?
}

# Waits until the command is true. Gives up after SECONDS, but only if it has looked at least ten
# times for each second: on a loaded machine a look takes longer, and what the test waits for takes
# longer, too.
wait_until() { # SECONDS COMMAND ARGUMENT...
    local end=$((SECONDS + $1)) looks=$((10 * $1))
    until "${@:2}"; do
        [ $SECONDS -lt $end ] || [ $looks -gt 0 ] || return
        looks=$((looks - 1))
        sleep 0.05
    done
}

# Prints COUNT, or a smaller number with an MPI other than Open MPI: MPICH's ranks cannot yield, so
# with more ranks than cores each call takes milliseconds, or more on a loaded machine.
crowd_of() { # COUNT
    if open_mpi; then echo "$1"; else most 2; fi
}

# Runs a study that its budget must end, with each of $budgets in turn in place of SOON, until the
# condition holds. On a loaded machine the trials of a study alone may take half a second.
grown_until() { # CONDITION STARTER [ARGUMENT]...
    local condition=$1 budget
    shift
    for budget in ${budgets:-0.5s 2s 8s 30s}; do
        "${@/%--budget=SOON/--budget=$budget}"
        ! $condition || return 0
    done
}

# Like grown_until, until FILE has content, which means that something was measured.
by_budget() { # FILE STARTER [ARGUMENT]...
    wanted=$1
    grown_until is_wanted_there "${@:2}"
}
is_wanted_there() {
    [ -s "$wanted" ]
}

# Did the last run, which was ended by its budget, finish a round?
ended_after_rounds() {
    grep -q 'ended the study after [1-9]' "$dir/err"
}

# Makes the next call of the dot product in stall.c last for ever; returns when that call has begun.
stall() {
    touch "$dir/stall"
    wait_until "$limit" [ -e "$dir/stall.in" ]
}

# Starts a command in the background: sets $job. Empties the output files first: the shell in the
# background opens them only when it gets a core, and until then `under_way` would read the output
# of the last run.
begin() { # COMMAND ARGUMENT...
    named "$@"
    : >"$dir/out" && : >"$dir/err"
    "$@" >"$dir/out" 2>"$dir/err" &
    job=$!
}

# Has the study in the background, started with --progress=yes, finished a round?
under_way() {
    grep -q '^round [1-9]' "$dir/err"
}

# Waits for the end of $job: sets $status.
ended() {
    status=0
    wait "$job" || status=$?
}

# Can several ranks be started? Not in a build without MPI.
several() {
    [ -n "$mpiexec" ]
}

# Prints COUNT, or 1 if there cannot be several ranks; up_to prints all numbers from 1 to that
# number.
most() { # COUNT
    several && echo "$1" || echo 1
}
up_to() { # COUNT
    seq "$(most "$1")" | paste -sd,
}

# Is it Open MPI's launcher? Other launchers know neither its options nor its OMPI_* variables.
open_mpi() {
    several && "$mpiexec" --version 2>/dev/null | grep -q 'Open MPI\|OpenRTE'
}

# Did the launcher itself die of SIGPIPE, with nothing printed? MPICH's mpiexec (Hydra) does so now
# and then on a loaded machine, if its ranks end at once and never start MPI: 1 of 160 tries of
# `dotbench --version` on 3 ranks, with 4 tries at the same time.
lost_launcher() {
    [ "$status" = 141 ] && ! open_mpi && empty "$dir/out" && empty "$dir/err"
}

# Like `run`, but under the launcher with COUNT ranks; in a build without MPI the command runs
# alone.
ranks() { # COUNT COMMAND ARGUMENT...
    if ! several; then
        run "${@:2}"
    elif ! mixes; then
        run "$mpiexec" -np "$@"
        if lost_launcher; then run "$mpiexec" -np "$@"; fi
    else
        : >"$dir/ranks.out" && : >"$dir/ranks.err"
        # shellcheck disable=SC2016  # for the inner shell
        run "$mpiexec" -np "$1" sh -c '"$@" >>"$0.out" 2>>"$0.err"; exit $?' "$dir/ranks" \
            "${@:2}"
        cat "$dir/ranks.out" >>"$dir/out" && cat "$dir/ranks.err" >>"$dir/err"
        named "$mpiexec" -np "$@"
    fi
}

# May the launcher mix the lines of the ranks? That of Open MPI 5 may put a line of stderr into a
# line of stdout, of any program. So there the ranks write to files. The shells of the ranks keep
# the launcher's pipes open until they end: the launcher has waited for ever for ranks that had
# closed these pipes.
mixes() {
    several && "$mpiexec" --version 2>/dev/null | grep -q 'Open MPI) [5-9]'
}

# A claim holds if the command is true; otherwise `claim` prints WORDS and the output of the last
# run.
claim() { # WORDS COMMAND ARGUMENT...
    claims=$((claims + 1))
    [ -z "${RXT_CLAIMS:-}" ] || printf '%s: %s\n' "$test" "${1//$'\n'/ }" >>"$RXT_CLAIMS"
    "${@:2}" && return
    failed=$((failed + 1))
    printf 'FAILED: %s\n  after: %s\n  exit code %s\n' "$1" "$ran" "$status"
    sed 's/^/  out: /' "$dir/out" | head -n 60
    sed 's/^/  err: /' "$dir/err" | head -n 40
    [ -z "${RXT_FIRST:-}" ] || finish
}

skip() { # WORDS
    printf 'skipped: %s\n' "$1"
}

# Are all these commands there? (`command -v a b` is true when one of them is.)
have() { # COMMAND...
    local command
    for command in "$@"; do
        command -v "$command" >/dev/null || return
    done
}

finish() {
    printf '%s: %d of %d claims hold\n' "$test" $((claims - failed)) "$claims"
    [ "$claims" -gt 0 ] || exit 77
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

# The lines that the program itself wrote to stderr, without the banner of the launcher (Open MPI 5
# ends this banner with a zero byte).
said() {
    tr -d '\0' <"$dir/err" | grep -E '^([a-z]*bench|rxt|rxtcc): '
}

# Is there exactly one message on stderr, and does it have these words?
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

# Claims that the last run was refused because of its command line: exit code 2, and only one
# message, with the WORDS.
refused() { # WORDS... from the message
    claim "$ran: exit code 2" exits 2
    claim "$ran: one message" says_once "$@"
    claim "$ran: nothing on stdout" empty "$dir/out"
}

# Claims that $bench refuses ARGUMENTS, alone and under the launcher, with the WORDS.
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
    ranks "$(crowd_of 4)" "$bench" "${arguments[@]}"
    refused "${@:2}"
}

# Ids of the processes whose command line matches the pattern, in order; if PROGRAM is given, only
# processes of this program. The launcher of Open MPI 5 executes prterun, which counts as the
# launcher.
running() { # PATTERN [PROGRAM]
    local process argv name
    for process in /proc/[0-9]*; do
        { mapfile -d '' -t argv <"$process/cmdline"; } 2>/dev/null || continue
        name=${argv[0]:-}
        [ "${name##*/}" != prterun ] || name=$mpiexec
        # shellcheck disable=SC2053  # a pattern
        [[ ${argv[*]} = $1 && $name = "${2:-$name}" ]] && echo "${process#/proc/}"
    done | sort -n
}
at_work() { # COUNT PATTERN [PROGRAM]: at least COUNT of them
    [ "$(running "${@:2}" | wc -l)" -ge "$1" ]
}

# True if the command lists no process.
lists_nobody() { # COMMAND ARGUMENT...
    [ -z "$("$@")" ]
}
# Waits until the command lists no process. Usually processes end at once; on a loaded machine a
# rank may notice only after seconds that its launcher was killed.
nobody_left() { # COMMAND ARGUMENT...
    wait_until 60 lists_nobody "$@" && return
    printf 'still there:\n'
    ps -o pid=,args= -p "$("$@" | paste -sd,)"
    return 1
}
gone() { # PATTERN
    nobody_left running "$1"
}

# Ids of the processes of a session (setsid) that have not ended, in order.
session() { # ID
    cat /proc/[0-9]*/stat 2>/dev/null |
        sed -nE 's/^([0-9]+) \(.*\) (.) [0-9]+ [0-9]+ ([0-9]+) .*/\1 \2 \3/p' |
        awk -v id="$1" '$3 == id && $2 != "Z" { print $1 }' | sort -n
}
session_is_gone() { # ID
    nobody_left session "$1"
}

# Id of an ordinary user that no other test uses: limits count all processes of a user, and tests
# run at the same time.
somebody=$((60000 + $$ % 5000))

# True when no program of this test is left.
none_left() {
    gone "*bench*$dir*"
}

# Names of shared memory. Names that MPI and libomp leave when they are killed are left out, and so
# is a folder that iobench_test has there for a moment. Each component of Open MPI that makes files
# there has a name of its own (`strings mca_*.so | grep '%s/'`): btl vader and sm, osc sm and rdma
# (these remove their file as soon as all ranks have a window, so a kill must come before) and shmem.
shared_memory() {
    find /dev/shm -mindepth 1 -maxdepth 1 ! -name 'vader_segment*' ! -name 'sm_segment*' \
        ! -name 'osc_sm.*' ! -name 'osc_rdma.*' ! -name 'open_mpi_shmem_mmap.*' \
        ! -name 'mpich_shar_tmp*' ! -name '__KMP_REGISTERED_LIB*' ! -name 'rxt-test-*' | sort
}

# Does /dev/shm have only names that are in FILE? Names that other programs use now are gone, or
# replaced, after a while.
nothing_shared_is_left() { # FILE, which is from shared_memory
    local tries left
    left=$(shared_memory | comm -13 "$1" -)
    for ((tries = 0; tries < 150; tries++)); do
        [ -z "$left" ] && return
        sleep 0.2
        left=$(shared_memory | comm -12 <(printf '%s\n' "$left") -)
    done
    printf '  still there: %s\n' "$left"
    return 1
}

# ---- files ----

# Bytes of a cache of the first node, or null. OBJECT is caches (the sizes that the system reports)
# or caches_measured (the measured sizes that replace them).
cache_of() { # FILE.json OBJECT LEVEL
    sed -nE "s/.*\"$2\": \{([^}]*)\}.*/\1/p" "$1" | sed -nE "s/.*\"$3\": ([0-9]+|null).*/\1/p" | head -n 1
}

# ---- CSV ----

# The cells of these columns, one line per row, separated by |, without the header.
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

# Does every row of these columns match the pattern, and is there at least one row?
all_rows() { # FILE PATTERN COLUMN...
    local rows
    rows=$(cells "$1" "${@:3}")
    [ -n "$rows" ] && ! grep -vE -- "$2" <<<"$rows"
}

rows_of() { # FILE
    equal "$(($(wc -l <"$1") - 1))" "$2"
}

# ---- builds ----

# Copies the source tree, without most kernels, to save time.
copy_tree() { # FOLDER
    local root
    root=$(cd "$(dirname "$0")/../.." && pwd)
    mkdir "$1" && cp -r "$root/CMakeLists.txt" "$root/LICENSE" "$root/README.md" "$root/include" \
        "$root/drivers" "$root/kernels" "$root/docs" "$root/tests" "$1" &&
        find "$1/kernels" -maxdepth 1 -name '*.c' ! -name 'dot*' -delete
}

# The value of a variable in the cache of the build.
cached() { # NAME
    sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"
}

# Configures with the compiler and the MPI of the build, or without MPI as the build.
configure() { # TREE FOLDER [CMAKE'S OPTION]...
    local mpi=()
    several && mpi=(-DMPI_C_COMPILER="$(cached MPI_C_COMPILER)" -DMPIEXEC_EXECUTABLE="$mpiexec")
    run cmake -S "$1" -B "$2" -DCMAKE_C_COMPILER="$(cached CMAKE_C_COMPILER)" \
        -DRXT_MPI="$(cached RXT_MPI)" "${mpi[@]}" "${@:3}"
}
