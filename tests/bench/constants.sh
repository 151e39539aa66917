#!/usr/bin/env bash
# constants.sh - do the tuned constants matter? Builds the parts that use a constant with half and
# with twice its value, and compares them with the usual build, in turns within one process.
#
#   tests/bench/constants.sh BUILD [ROUNDS] [CONSTANT ...]
#
# ROUNDS    rounds of each comparison (default 15, at least 6)
# CONSTANT  names of the table below (default: all)
#
# A figure is (time with the other value) / (time with the usual value). A constant does not matter
# if the whole interval lies within 0.95 to 1.05. The script takes about fifteen minutes on a quiet
# machine. Exit code: 0, 1 if a constant matters, 2 if something could not be run.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

# Name, file, value, and the measurements that would show an effect: KERNEL:N:THREADS of
# bench_constants, visit:N of dotbench, or `window`. THREADS 0 is an auto team.
table='
RXT_AHEAD       include/rxt/reduce.h          1024    dot:30000000:1 dot:30000000:2 sum:30000000:1
RXT_MAP_UNROLL  include/rxt/map.h             4       triad:1000:1 triad:10000:1 copy:1000:1
RXT_MAP_AHEAD   include/rxt/map.h             1024    triad:20000000:1 copy:20000000:2
BLOCK           kernels/iamax.c               256     iamax:300:1 iamax:1000:1 iamax:3000:1 iamax:100000:1
POLLS           drivers/team/lines.c          1000    dot:3000:2 dot:100000:2 dot:10000:4
YIELDS          drivers/base/wait.c           1000    dot:3000:2 dot:1000000:2 dot:10000:4
patience        drivers/base/wait.c           1e-3    dot:3000:2 dot:1000000:2 window
NAP             drivers/base/wait.c           50000   dot:3000:2 dot:10000000:2
margin          drivers/team/choice.c         1.25    dot:1000:0 dot:3000:0 dot:10000:0 sum:6000:0
LOOKS           drivers/team/choice.c         8       dot:1000:0 dot:10000:0
looking         drivers/team/choice.c         100e-6  dot:1000:0 dot:1000000:0
LINKS           drivers/team/hand_off.c       128     hand_off:1:2
BATCH           drivers/team/hand_off.c       8       hand_off:1:2
BATCHES         drivers/team/hand_off.c       31      hand_off:1:2
measuring       drivers/team/hand_off.c       1e-3    hand_off:1:2
visit_length    drivers/measure/measure.c     5e-3    visit:1k visit:1M
RESOLUTIONS     drivers/measure/measure.c     2000    visit:1k
PROBES          drivers/measure/measure.c     16      visit:1k visit:1M
WARM            drivers/measure/measure.c     4       visit:1k visit:1M
TRIES           drivers/measure/measure.c     3       visit:1k'

take_build "${1:-}" tests/bench_constants tests/bench_peers dotbench
rounds=${2:-15}
whole_numbers "$rounds"
chosen=("${@:3}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
compiler=${CC:-cc}
command -v "$compiler" >/dev/null || fail "no compiler $compiler; CC names one"
kernels=(dot sum iamax triad copy)
parts=(drivers/team/{team,lines,choice,hand_off}.c drivers/base/{wait,clock,status}.c drivers/data/arena.c
    kernels/support/{cover,merge_extremes,merge_sum,reference,slab,type}.c
    kernels/support/proof_{dot,sum,extremes,map}.c)

has() { # FLAG of the processor...
    local flag

    for flag in "$@"; do
        grep -qw "$flag" /proc/cpuinfo || return 1
    done
}

# Prints the options of CMakeLists.txt for the best level that this processor supports.
level() {
    if has avx512f avx512bw avx512cd avx512dq avx512vl; then
        echo -march=x86-64-v4 -mprefer-vector-width=512
    elif has avx2 fma bmi1 bmi2; then
        echo -march=x86-64-v3
    fi
}

# Compiles SOURCE. If TREE has this file (with the changed constant), compiles the file of TREE
# instead.
compile() { # TREE SOURCE OBJECT OPTION...
    local source=$root/$2

    [ ! -e "$1/$2" ] || source=$1/$2
    "$compiler" -std=c17 -O3 -DNDEBUG -D_GNU_SOURCE -ffp-contract=off -fopenmp -fPIC "${@:4}" \
        -I"$1/include" -I"$root/include" -I"$build/include" -I"$root/drivers" \
        -I"$root/kernels" \
        -c "$source" -o "$3" 2>"$folder/said" || fail "$2: $(head -n 1 "$folder/said")"
}

# Compiles the parts that TREE changes; for the usual build, all parts.
objects() { # TREE NAME
    local source options

    mkdir -p "$folder/$2"
    read -ra options < <(level)
    for source in "${parts[@]}"; do
        if [ "$2" = usual ] || [ -e "$1/$source" ]; then
            compile "$1" "$source" "$folder/$2/$(basename "$source" .c).o" &
        fi
    done
    for source in "${kernels[@]/%/.c}"; do
        if [ "$2" = usual ] || [ -e "$1/kernels/$source" ] || [ -e "$1/include" ]; then
            compile "$1" "kernels/$source" "$folder/$2/${source%.c}.o" "${options[@]}" &
        fi
    done
    wait
}

# Links the kit into one library. If NAME has no object of a part, takes the usual object of this
# part.
kit() { # TREE NAME
    local object all=()

    objects "$1" "$2"
    for object in "$folder"/usual/*.o; do
        [ -e "$folder/$2/${object##*/}" ] && object=$folder/$2/${object##*/}
        all+=("$object")
    done
    "$compiler" -shared -fopenmp -Wl,-Bsymbolic -o "$folder/$2.so" "${all[@]}" -lm
}

# Links a program of the build again with one of its files replaced. The options in make's files are
# quoted for a shell, so a shell must evaluate them.
program() { # TREE SOURCE PROGRAM NAME
    local name=${3##*/} link options line instead

    link=$build/CMakeFiles/$name.dir/link.txt
    [ -e "$link" ] || return 1
    eval "options=($(sed -n 's/^C_INCLUDES = //p' "$build/CMakeFiles/rxt.dir/flags.make"))"
    compile "$1" "$2" "$folder/$4.o" "${options[@]}"
    line=$(<"$link")
    printf -v instead ' %q -o %q ' "$folder/$4.o" "$folder/$4"
    (cd "$build" && eval "${line/ -o $3 /"$instead"}")
}

# Writes FILE into TREE, with the value of the constant multiplied by FACTOR. Three names (looking,
# measuring, visit_length) do not occur in the sources: for these, only the value is searched and
# replaced. A whole number stays whole.
change() { # TREE FILE NAME VALUE FACTOR
    local value

    value=$(awk -v value="$4" -v factor="$5" 'BEGIN {
        printf value ~ /[.e]/ ? "%.17g" : "%d", value * factor }')
    mkdir -p "$1/$(dirname "$2")"
    case $3 in
    looking | measuring | visit_length) sed -E "s/= $4([,;])/= $value\\1/" "$root/$2" >"$1/$2" ;;
    *) sed -E -e "s/\\b($3 = )$4\\b/\\1$value/" -e "/\\b$3 =\$/{n;s/\\b$4\\b/$value/}" \
        "$root/$2" >"$1/$2" ;;
    esac
    ! cmp -s "$1/$2" "$root/$2" || fail "$2: no $3 = $4 there"
}

tell() { # NAME WHAT VALUE LOW HIGH
    figure "$1, $2" "$3" "$4" "$5" 0.95:1.05
}

in_kit() { # NAME VALUE PLACE...
    local place what n threads names=(half twice) i value low high

    for place in "${@:3}"; do
        IFS=: read -r what n threads <<<"$place"
        i=0
        while read -r value low high; do
            tell "$1 = $2, ${names[i]}" "$what of $n, $threads thread(s)" "$value" "$low" "$high"
            i=$((i + 1))
        done < <("$build/tests/bench_constants" "$rounds" "$what" "$n" "$threads" \
            "$folder"/{usual,half,twice}.so || echo failed)
        [ "$i" -eq 2 ] || fail "$1: bench_constants ended"
    done
}

# Prints the seconds per call of dotbench's rows 1x1 and 1x2, from three rounds.
rows() { # PROGRAM N
    "$1" -n "$2" -p 1x1,1x2 --team=resident --rounds=3:3 --format=csv -q 2>"$folder/said" |
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "time_median") at = i; next }
            { print $at }' | paste -sd' '
}

in_visits() { # NAME VALUE N
    local round which split

    : >"$folder/pairs"
    for ((round = 0; round < rounds; round++)); do
        for which in usual half twice; do
            rows "$folder/$which.dotbench" "$3" >"$folder/$which.rows"
        done
        paste -d' ' "$folder"/{usual,half,twice}.rows >>"$folder/pairs"
    done
    for split in 1 2; do
        figure_of "$1 = $2, half, visits to 1x$split of dot of $3" 0.95:1.05 \
            < <(cut -d' ' -f "$split,$((split + 2))" "$folder/pairs")
        figure_of "$1 = $2, twice, visits to 1x$split of dot of $3" 0.95:1.05 \
            < <(cut -d' ' -f "$split,$((split + 4))" "$folder/pairs")
    done
}

# Prints the seconds of the row `window`: the median of six rounds in one job.
seconds_of() { # PROGRAM
    timeout -k 5 60 "$mpirun" -q -np 2 "$1" --format=tsv --rounds=6 window | cut -f 5
}

in_jobs() { # NAME VALUE
    local round which

    : >"$folder/pairs"
    for ((round = 0; round < rounds; round++)); do
        for which in usual half twice; do
            seconds_of "$folder/$which.bench_peers" >"$folder/$which.rows"
        done
        paste -d' ' "$folder"/{usual,half,twice}.rows >>"$folder/pairs"
    done
    figure_of "$1 = $2, half, a double over two ranks, by jobs" - \
        < <(cut -d' ' -f 1,2 "$folder/pairs")
    figure_of "$1 = $2, twice, a double over two ranks, by jobs" - \
        < <(cut -d' ' -f 1,3 "$folder/pairs")
}

programs() { # FILE PROGRAM
    local which

    for which in usual half twice; do
        program "$folder/tree.$which" "$1" "$2" "$which.${2##*/}" || return 1
    done
}

one() { # NAME FILE VALUE PLACE...
    local place

    rm -rf "$folder"/tree.{half,twice} "$folder"/{half,twice}{,.so}
    change "$folder/tree.half" "$2" "$1" "$3" 0.5
    change "$folder/tree.twice" "$2" "$1" "$3" 2
    case $4 in
    visit:*)
        programs "$2" dotbench || { absent "$1" "the build is not of make" && return; }
        for place in "${@:4}"; do
            in_visits "$1" "$3" "${place#visit:}"
        done
        ;;
    window)
        [ -n "$mpirun" ] || { absent "$1" "this build has no MPI" && return; }
        programs "$2" tests/bench_peers || { absent "$1" "the build is not of make" && return; }
        in_jobs "$1" "$3"
        ;;
    *)
        kit "$folder/tree.half" half
        kit "$folder/tree.twice" twice
        in_kit "$1" "$3" "${@:4}"
        ;;
    esac
}

wanted() { # NAME
    local name

    [ ${#chosen[@]} -gt 0 ] || return 0
    for name in "${chosen[@]}"; do
        [ "$name" != "$1" ] || return 0
    done
    return 1
}

echo "load before: $(cut -d ' ' -f 1-3 /proc/loadavg)"
mkdir -p "$folder/tree.usual"
kit "$folder/tree.usual" usual
while read -r name file value places; do
    read -ra places <<<"$places"
    [ -z "$name" ] || ! wanted "$name" || one "$name" "$file" "$value" "${places[@]}" </dev/null
done <<<"$table"
echo "load after: $(cut -d ' ' -f 1-3 /proc/loadavg)"
outcome
