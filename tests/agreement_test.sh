#!/usr/bin/env bash
# agreement_test.sh BUILD - all ranks measure one plan: on nodes whose caches differ the poorest
# counts, and ranks that were started with different options are told so in one line, and none waits
# for ever.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/lib.sh"

several || { skip 'a build without MPI has one rank'; exit 77; }

# The first rank runs the first COUNT words, the second the rest. By a script of ours: mpirun of Open
# MPI 5.0.7 (PRRTE 3.0.8) ends with a segmentation fault wherever `:` parts two commands.
cat >"$dir/each" <<'END'
#!/usr/bin/env bash
count=$1
shift
if [ "${OMPI_COMM_WORLD_RANK:-${PMI_RANK:-}}" = 0 ]; then
    exec "${@:1:count}"
fi
exec "${@:count + 1}"
END
chmod +x "$dir/each"

# A rank that is asked for something else never comes: the others give up after a minute. Started
# here, looked at in the end. The first begins when the launcher has seen the other's end: one that
# ends later, without MPI, would be the launcher's reason to end the job.
cat >"$dir/present" <<'END'
#!/bin/sh
until [ -s "$0.other" ]; do sleep 0.1; done
while kill -0 "$(cat "$0.other")" 2>/dev/null; do sleep 0.1; done
exec "$@"
END
chmod +x "$dir/present"
absent() {
    # shellcheck disable=SC2016  # for the inner shell
    cd "$dir" && exec timeout -k 5 $((2 * limit)) "$mpiexec" \
        -np 2 "$dir/each" 6 "$dir/present" "$bench" -n 1k --rounds=2:2 -q \
        sh -c 'echo $$ >"$0.new" && mv "$0.new" "$0.other" && exec "$1" --version' \
        "$dir/present" "$bench"
}
absent >"$dir/absent.out" 2>"$dir/absent.err" &
waits=$!

# ---- caches that differ from rank to rank ----

# Two ranks, whose topologies have second-level caches of so many bytes.
two_caches() { # BYTES BYTES ARGUMENT...
    local each=() bytes count
    for bytes in "$1" "$2"; do
        each+=(env HWLOC_THISSYSTEM=1 "HWLOC_COMPONENTS=synthetic,-gl"
            HWLOC_SYNTHETIC="pack:1 l3:1(size=4194304) l2:2(size=$bytes) l1d:1(size=32768) core:1 pu:1"
            "$bench" "${@:3}")
    done
    count=$((${#each[@]} / 2))
    ranks 2 "$dir/each" "$count" "${each[@]}"
}
measured() { # WORDS
    claim "$1: exit code 0" exits 0
    claim "$1: every row is verified" all_rows "$dir/out" '^true$' verified
}
short=(--rounds=2:2 --format=csv -q -r '1,2' -t 1 --oversubscribe)
two_caches 1048576 524288 -k dot,copy,triad -n 1k,60k,100k "${short[@]}"
measured 'second-level caches of 1 MiB and 512 KiB'
two_caches 524288 1048576 -k dot,copy,triad -n 1k,60k,100k "${short[@]}"
measured 'the same the other way round'
# What loads show on this machine counts in the place of a size that they contradict: for both ranks.
two_caches 3145728 6291456 -n L2 "${short[@]}" -o "$dir/study.json"
measured '-n L2 of 3 MiB and 6 MiB'
counts=$(cache_of "$dir/study.json" caches_measured L2)
[ "$counts" != null ] || counts=3145728
claim '-n L2: half of the smaller one, or of what counts' all_rows "$dir/out" "^$((counts / 2))\$" bytes
two_caches 1048576 4194304 -n L2,dram "${short[@]}" --dry-run
claim 'a dry run: exit code 0' exits 0

# ---- options that differ ----

# One rank each of two commands.
pair() { # PROGRAM ARGUMENT... -- PROGRAM ARGUMENT...
    local first=()
    while [ "$1" != -- ]; do
        first+=("$1")
        shift
    done
    ranks 2 "$dir/each" ${#first[@]} "${first[@]}" "${@:2}"
}
# They are refused with the words, once.
refused_pair() { # WORDS PROGRAM ARGUMENT... -- PROGRAM ARGUMENT...
    pair "${@:2}"
    claim "$ran: exit code 2" exits 2
    claim "$ran: one message" says_once "$1"
    claim "$ran: nothing on stdout" empty "$dir/out"
}
differ() { # WHAT PROGRAM ARGUMENT... -- PROGRAM ARGUMENT...
    refused_pair "different things ($1); give all of them the same program and options" "${@:2}"
}
red=$build/redbench
same=(-n 1k --rounds=2:2 -q)
differ 'plan, size, n' "$bench" "${same[@]}" -- "$bench" -n 5k "${same[@]:2}"
differ 'seed' "$bench" "${same[@]}" -- "$bench" "${same[@]}" --seed=7
differ 'plan, points' "$bench" "${same[@]}" -- "$bench" "${same[@]}" -p 2x1
differ 'plan, kernel' "$bench" "${same[@]}" -- "$bench" "${same[@]}" -k dot_openmp
differ 'program, plan, kernel' "$bench" "${same[@]}" -- "$red" "${same[@]}"
differ 'rounds_min, rounds_max' "$bench" "${same[@]}" -- "$bench" "${same[@]}" --rounds=3:3
differ 'budget, budget_given' "$bench" "${same[@]}" -- "$bench" "${same[@]}" --budget=3s

# ---- a command line that is at fault on one rank ----

wrong() { # WORDS ARGUMENTS-OF-THE-FIRST -- ARGUMENTS-OF-THE-SECOND
    refused_pair "$1" "$bench" "${same[@]}" "${@:2}"
}
other=(-- "$bench" "${same[@]}")
wrong 'unknown option --nonsense' "${other[@]}" --nonsense
wrong 'unknown option --nonsense' --nonsense "${other[@]}"
wrong 'unknown option --nonsense' --nonsense "${other[@]}" --nonsense
wrong '--size: does not go with --x' "${other[@]}" --x=no.npy

# ---- builds that differ ----

commit=$("$bench" --version | sed -n 's/^commit \([^,]*\),.*/\1/p')
LC_ALL=C sed "s/$commit/${commit//?/x}/g" "$bench" >"$dir/other"
cp "$bench" "$dir/longer" && printf x >>"$dir/longer"
chmod +x "$dir/other" "$dir/longer"
differ build "$bench" "${same[@]}" -- "$dir/other" "${same[@]}"
differ program "$bench" "${same[@]}" -- "$dir/longer" "${same[@]}"

# ---- what the first rank alone decides ----

short=(-n 1k --rounds=1000:1000 --budget=SOON -q)
by_budget "$dir/kept.json" pair "$bench" "${short[@]}" -o "$dir/kept.json" -- \
    "$bench" "${short[@]}" --resume -o "$dir/other.json"
claim 'another rank resumes: exit code 4' exits 4
by_budget "$dir/kept.json" pair "$bench" "${short[@]}" -o "$dir/kept.json" --resume -- \
    "$bench" "${short[@]}"
claim 'the first rank resumes: exit code 4' exits 4
claim 'the first rank resumes: it goes on' holds "$dir/kept.json" '"stopped"'

# ---- a rank that never comes ----

status=0
wait "$waits" || status=$?
ran='mpiexec -np 1 dotbench : -np 1 dotbench --version'
mv "$dir/absent.out" "$dir/out" && mv "$dir/absent.err" "$dir/err"
if open_mpi; then
    claim 'a rank that never comes: exit code 3' exits 3
    claim 'a rank that never comes: one message' says_once 'other ranks have not started MPI'
else
    claim 'a rank that never comes: the others do not wait for ever' test "$status" != 124
fi

finish
