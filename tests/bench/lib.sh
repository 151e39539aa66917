# shellcheck shell=bash disable=SC2034
# lib.sh - used by all benchmarks: settings, and functions that print figures with verdicts.
#
# Sourced by tests/bench/*.sh. A figure is one line, which all.sh finds by its first two characters:
#
#   = NAME: VALUE [LOW HIGH], BAR: VERDICT
#
# The interval decides the verdict: "reached" if the whole interval satisfies the bar, "missed" if
# no part of it does, otherwise (or without an interval) "cannot tell". A BAR is LEAST, LEAST:MOST
# or :MOST; - means no bar.
set -u
export LC_ALL=C
unset OMP_NUM_THREADS OMP_THREAD_LIMIT OMP_PLACES OMP_PROC_BIND OMP_WAIT_POLICY
unset GOMP_CPU_AFFINITY GOMP_SPINCOUNT
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE # with them OpenBLAS runs another processor's kernels

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=jobs/packages.sh
. "$root/jobs/packages.sh"
# shellcheck source=jobs/build.sh
. "$root/jobs/build.sh"
rxt_packages_settings
bars=0 reached=0 missed=0

fail() { # WORDS
    echo "${0##*/}: $*" >&2
    exit 2
}

# Sets build and mpirun; mpirun is empty if the build has no MPI.
take_build() { # BUILD PROGRAM...
    local program

    for program in "${@:2}"; do
        [ -x "$1/$program" ] || fail "${1:-no build folder}: $program is not there; build it first"
    done
    build=$(cd "$1" && pwd)
    mpirun=$(rxt_launcher "$build")
}

whole_numbers() { # NUMBER...
    local number

    for number in "$@"; do
        [[ $number =~ ^[1-9][0-9]*$ ]] || fail "$number: write a whole number above 0"
    done
}

bar_text() { # BAR
    case $1 in
    :*) echo "at most ${1#:}" ;;
    *:*) echo "${1%:*} to ${1#*:}" ;;
    *) echo "at least $1" ;;
    esac
}

verdict() { # LOW HIGH BAR
    awk -v low="$1" -v high="$2" -v bar="$3" 'BEGIN {
        count = split(bar, part, ":")
        least = part[1] == "" ? -1e300 : part[1] + 0
        most = count > 1 ? part[2] + 0 : 1e300
        if (low !~ /[0-9]/ || high !~ /[0-9]/) print "cannot tell"
        else if (low + 0 >= least && high + 0 <= most) print "reached"
        else if (high + 0 < least || low + 0 > most) print "missed"
        else print "cannot tell"
    }'
}

# Reports a verdict that does not follow from the interval of one figure.
judged() { # WORDS VERDICT
    echo "= $1: $2"
    bars=$((bars + 1))
    case $2 in
    reached) reached=$((reached + 1)) ;;
    missed) missed=$((missed + 1)) ;;
    esac
}

figure() { # NAME VALUE LOW HIGH BAR
    local words="$1: $2 [no interval]"

    [[ $3 != *[0-9]* || $4 != *[0-9]* ]] || words="$1: $2 [$3 $4]"
    if [ "$5" = - ]; then
        echo "= $words"
    else
        judged "$words, $(bar_text "$5")" "$(verdict "$3" "$4" "$5")"
    fi
}

# Prints "MEDIAN LOW HIGH" of B / A for pairs "A B" on stdin. The interval is one of CLAIMS
# intervals that hold simultaneously.
ratio() { # CLAIMS
    "$build/tests/bench_peers" --format=tsv --pairs="pairs,B / A,1,1,A,0,$1" | cut -f 8-10
}

# Prints the ratio of pairs on stdin as a figure. Do not call this function at the end of a pipe:
# the counts of bars would be lost.
figure_of() { # NAME BAR
    local value low high

    read -r value low high < <(ratio 1)
    [ -n "${high:-}" ] || fail "$1: no pairs were measured"
    figure "$1" "$value" "$low" "$high" "$2"
}

absent() { # NAME WHY
    echo "= $1: not measured: $2"
}

# Prints the figure (time of ROW) / (time of OTHER_ROW): the median over the rounds of a study that
# have both. A row is KERNEL,N,RxT, as study.py reads it; a pair has the means of TOGETHER rounds
# (default 1).
compare() { # NAME BAR STUDY ROW OTHER_ROW [TOGETHER]
    if [ -z "$(command -v python3)" ]; then
        absent "$1" "python3 is not installed; it reads the study's file"
    elif [ ! -s "$3" ]; then
        absent "$1" "there is no study $(basename "$3")"
    elif ! python3 "$root/tests/bench/study.py" "$3" "$5" "$4" "${6:-1}" >"$folder/rows" ||
        [ ! -s "$folder/rows" ]; then
        absent "$1" "no round has both $4 and $5"
    else
        figure_of "$1" "$2" <"$folder/rows"
    fi
}

# Prints the last line of a benchmark; returns 1 if a bar was missed.
outcome() {
    [ "$bars" -eq 0 ] || echo "Of $bars bars $reached are reached, $missed missed;" \
        "of $((bars - reached - missed)) the intervals cannot tell."
    [ "$missed" -eq 0 ]
}
