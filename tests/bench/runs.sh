#!/usr/bin/env bash
# runs.sh - do intervals hold for the next run, and what differs between runs? Runs dotbench many
# times on two ranks, in turns, in several ways, each of which fixes or draws one more thing.
#
#   tests/bench/runs.sh BUILD [--runs=N] [--budget=TIME] [--size=LIST] [--before=BUILD] [--keep=FOLDER]
#
# BUILD    a build folder with dotbench
# N        runs of each way, default 14
# TIME     budget of a run, default 25s; all ways together take about 9 N TIME
# LIST     sizes, default 50k,100k,1M,10M,dram
# --before another build of dotbench that is measured as well, such as one of an older version
# --keep   folder for the study files (default: they are not kept)
#
# Prints, for each way, size and split: smallest and largest speedup of the runs, their standard
# deviation, the usual half-width of a run's interval, and how often the next run lies inside; the
# same for three runs together; then the standard deviation between runs of each way, and the part of
# it that the two halves of a run show ("the minute"). Run it on a quiet machine.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

runs=14 budget=25s sizes=50k,100k,1M,10M,dram before='' keep=''
take_build "${1:-}" dotbench
shift
for option in "$@"; do
    case $option in
    --runs=*) runs=${option#*=} ;;
    --budget=*) budget=${option#*=} ;;
    --size=*) sizes=${option#*=} ;;
    --before=*) before=$(cd "${option#*=}" && pwd) || fail "$option: no such folder" ;;
    --keep=*) keep=${option#*=} ;;
    *) fail "$option: unknown option" ;;
    esac
done
whole_numbers "$runs"
[ -n "$mpirun" ] || fail 'this build has no MPI'
python=$(rxt_python)
[ -n "$python" ] || fail 'no python3'
if [ -z "$keep" ]; then
    keep=$(mktemp -d)
    trap 'rm -rf "$keep"' EXIT
fi
trap 'exit 130' INT TERM
mkdir -p "$keep" || fail "$keep: cannot be made"

# A way is a name, and the words before and behind the program.
names=() fronts=() programs=() backs=()
way() { # NAME FRONT PROGRAM BACK
    names+=("$1") fronts+=("$2") programs+=("$3") backs+=("$4")
}
bench=$build/dotbench
[ -z "$before" ] || way before '' "$before/dotbench" ''
way default '' "$bench" ''
way one-draw '' "$bench" '--epochs=1'
way small-pages '' "$bench" '--epochs=1 --pages=small'
way huge-pages '' "$bench" '--epochs=1 --pages=huge'
if setarch -R true 2>/dev/null; then
    way no-aslr 'setarch -R' "$bench" '--epochs=1'
fi
way spread '' "$bench" '--epochs=1 --bind=spread'
way resident '' "$bench" '--epochs=1 --team=resident'
way window '' "$bench" '--epochs=1 --combine=window'

for ((run = 0; run < runs; run++)); do
    for w in "${!names[@]}"; do
        # shellcheck disable=SC2086  # several words
        ${fronts[w]} "$mpirun" -np 2 "${programs[w]}" -n "$sizes" --budget="$budget" ${backs[w]} -q \
            -o "$keep/${names[w]}.$run.json" >"$keep/out" 2>&1 </dev/null ||
            [ -e "$keep/${names[w]}.$run.json" ] || fail "${names[w]}: $(head -n 1 "$keep/out")"
    done
done
"$python" "$root/tests/bench/runs.py" "$keep" "${names[@]}"
