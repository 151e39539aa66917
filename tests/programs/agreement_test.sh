#!/usr/bin/env bash
# agreement_test.sh BUILD - all ranks measure one plan. If the nodes' caches differ, the smallest
# counts. Ranks that were started with different options get one message, and none waits for ever.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

several || { skip 'a build without MPI has one rank'; exit 77; }

# The first rank runs the first COUNT words, the second rank the rest. A script does that, because
# mpirun of Open MPI 5.0.7 (PRRTE 3.0.8) crashes wherever `:` separates two commands.
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

# A rank that runs something else never joins: the others give up after a minute. The job is started
# here and checked at the end of this test. The first rank begins only after the other has ended:
# the launcher would end the job if a process without MPI ended later.
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

# Runs two ranks. The second-level cache in the topology of each rank has its own number of BYTES.
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
# If the times of loads on this machine contradict a reported size, both ranks use the measured
# size.
two_caches 3145728 6291456 -n L2 "${short[@]}" -o "$dir/study.json"
measured '-n L2 of 3 MiB and 6 MiB'
counts=$(cache_of "$dir/study.json" caches_measured L2)
[ "$counts" != null ] || counts=3145728
claim '-n L2: half of the smaller one, or of what counts' all_rows "$dir/out" "^$((counts / 2))\$" bytes
two_caches 1048576 4194304 -n L2,dram "${short[@]}" --dry-run
claim 'a dry run: exit code 0' exits 0

# ---- options that differ ----

# Runs two ranks, one with each command.
pair() { # PROGRAM ARGUMENT... -- PROGRAM ARGUMENT...
    local first=()
    while [ "$1" != -- ]; do
        first+=("$1")
        shift
    done
    ranks 2 "$dir/each" ${#first[@]} "${first[@]}" "${@:2}"
}
# Claims that the pair is refused with one message that has the WORDS.
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
differ 'plan, splits' "$bench" "${same[@]}" -- "$bench" "${same[@]}" -p 2x1
differ 'plan, kernel' "$bench" "${same[@]}" -- "$bench" "${same[@]}" -k dot_openmp
differ 'program, plan, kernel' "$bench" "${same[@]}" -- "$red" "${same[@]}"
differ 'rounds_min, rounds_max' "$bench" "${same[@]}" -- "$bench" "${same[@]}" --rounds=3:3
differ 'budget, budget_given' "$bench" "${same[@]}" -- "$bench" "${same[@]}" --budget=3s
differ output "$bench" "${same[@]}" -- "$bench" "${same[@]}" -o "$dir/nobody.json"
claim 'an output of the second rank alone: no file' [ ! -e "$dir/nobody.json" ]
differ 'plot, show_binding, format' "$bench" "${same[@]}" -- \
    "$bench" "${same[@]}" --plot="$dir/nobody.svg" --show-binding --format=csv

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

# ---- nodes that differ in what they have ----

# Runs two ranks as if each had its own node: one line must say which rank has what.
apart() { # CODE WORDS... -- PROGRAM ARGUMENT... -- PROGRAM ARGUMENT...
    local code=$1 words=()
    shift
    while [ "$1" != -- ]; do
        words+=("$1")
        shift
    done
    pair "${@:2}"
    claim "$ran: exit code $code" exits "$code"
    claim "$ran: one message" says_once "${words[@]}"
    claim "$ran: nothing on stdout" empty "$dir/out"
}

# Two libraries of the same name, in folders that the ranks search.
mkdir "$dir/a" "$dir/b" "$dir/c"
for n in a b; do
    echo "double cblas_ddot(int n, const double *x, int dx, const double *y, int dy)
    { double r = 0; for (int i = 0; i < n; i++) r += x[i * dx] * y[i * dy]; return r; }
    int only_$n(void) { return 0; }" >"$dir/$n/dot.c"
    cc -O1 -shared -fPIC -Wl,-soname,dot.so -o "$dir/$n/dot.so" "$dir/$n/dot.c"
done
if [ -e "$dir/b/dot.so" ]; then
    cp "$dir/a/dot.so" "$dir/c/dot.so"
    library=(--blas=dot.so -k dot_blas "${same[@]}")
    apart 3 'rank 0 calls dot.so (' 'a/dot.so' 'rank 1 dot.so (' 'b/dot.so' -- \
        env LD_LIBRARY_PATH="$dir/a" "$bench" "${library[@]}" -- \
        env LD_LIBRARY_PATH="$dir/b" "$bench" "${library[@]}"
    apart 2 'rank 0 calls dot.so (' 'rank 1 dot.so (' '--blas' -- \
        "$bench" --blas="$dir/a/dot.so" "${library[@]:1}" -- \
        "$bench" --blas="$dir/b/dot.so" "${library[@]:1}"
    pair env LD_LIBRARY_PATH="$dir/a" "$bench" "${library[@]}" -- \
        env LD_LIBRARY_PATH="$dir/c" "$bench" "${library[@]}"
    claim 'the same library in another folder: exit code 0' exits 0
    differ 'plan, kernel' "$bench" --blas="$dir/a/dot.so" "${library[@]:1}" -- \
        "$bench" -k dot "${same[@]}"
    # With -k all, kernels whose functions the library lacks are left out, but not if a rank names
    # them.
    apart 2 'rank 0 calls ' 'rank 1 dot.so (' '--blas' -- "$bench" "${same[@]}" -k all -- \
        "$bench" "${same[@]}" -k all --blas="$dir/b/dot.so"
    names=$("$red" --list | sed -nE 's/^([a-z_0-9]+) .*f64.*/\1/p' | paste -sd,)
    apart 3 'dot.so' 'has no cblas_' '--blas' -- "$red" "${same[@]}" -k all --blas="$dir/a/dot.so" -- \
        "$red" "${same[@]}" -k "$names" --blas="$dir/a/dot.so"
else
    skip 'libraries made for this test: cc makes no shared library here'
fi
apart 3 '--blas=none.so: cannot be loaded' -- "$bench" "${same[@]}" -k all -- \
    "$bench" "${same[@]}" -k all --blas=none.so
blas=("$bench" "${same[@]}" -k dot_blas)
core() { # NAME
    OPENBLAS_CORETYPE=$1 run "$bench" -n 1k --rounds=1:1 -k dot_blas -t 1
    tr -s '\n ' ' ' <"$dir/out" | sed -nE 's/.*OpenBLAS [^ ]+ on ([A-Za-z0-9_]+).*/\1/p'
}
fewer=$(core Nehalem) more=$(core Haswell)
if [ -n "$fewer" ] && [ -n "$more" ] && [ "$fewer" != "$more" ]; then
    apart 3 " on $fewer (" " on $more (" OPENBLAS_CORETYPE -- \
        env OPENBLAS_CORETYPE=Nehalem "${blas[@]}" -- env OPENBLAS_CORETYPE=Haswell "${blas[@]}"
    pair env OPENBLAS_CORETYPE=Nehalem "$bench" "${same[@]:0:3}" -k all -t 1 -r 1 -- \
        env OPENBLAS_CORETYPE=Haswell "$bench" "${same[@]:0:3}" -k all -t 1 -r 1
    claim 'other cores of OpenBLAS, all kernels: exit code 0' exits 0
    claim 'other cores of OpenBLAS, all kernels: what calls it is left out' \
        equal "$(said | grep -c "left out: .*dot_blas.*: rank 0 calls OpenBLAS .* on $fewer")" 1
else
    skip 'cores of OpenBLAS that differ: here it runs one alone'
fi

# Two ranks of one node, which has two cores. For each rank, another one of the cores is the faster
# one. If each rank followed its own plan, both ranks would be on the core of the first rank.
sets() { # CPUS: the attributes of a hwloc object with these CPUs
    echo "cpuset='$1' complete_cpuset='$1' nodeset='0x1' complete_nodeset='0x1'"
}
faster() { # CPU
    local bits=(0x1 0x2) cpu
    {
        echo "<?xml version='1.0' encoding='UTF-8'?>
            <!DOCTYPE topology SYSTEM 'hwloc2.dtd'>
            <topology version='2.0'>
            <object type='Machine' os_index='0' $(sets 0x3) allowed_cpuset='0x3'
                allowed_nodeset='0x1' gp_index='1'>
            <object type='NUMANode' os_index='0' $(sets 0x3) gp_index='2' local_memory='1073741824'/>"
        for cpu in 0 1; do
            echo "<object type='Core' os_index='$cpu' $(sets "${bits[cpu]}") gp_index='$((10 + cpu))'>
                <object type='PU' os_index='$cpu' $(sets "${bits[cpu]}") gp_index='$((20 + cpu))'/>
                </object>"
        done
        echo '</object>'
        for cpu in 0 1; do
            echo "<cpukind cpuset='${bits[cpu]}' forced_efficiency='$(($1 == cpu))'/>"
        done
        echo '</topology>'
    } >"$dir/faster$1.xml"
}
if [ "$cores" -ge 2 ]; then
    faster 0 && faster 1
    with=(env 'HWLOC_COMPONENTS=xml,-gl')
    one=("${with[@]}" HWLOC_XMLFILE="$dir/faster0.xml" "$bench" -k dot "${same[@]}")
    two=("${with[@]}" HWLOC_XMLFILE="$dir/faster1.xml" "$bench" -k dot "${same[@]}")
    apart 3 'ranks 0 and 1' '(0,1 and 1,0)' HWLOC_XMLFILE -- "${one[@]}" -- "${two[@]}"
    run "${two[@]}" -t 1 --format=csv
    claim 'a topology by a file: a thread is bound all the same' all_rows "$dir/out" '^1$' placement
    ranks 2 "${two[@]}" -r 2 -t 1 --format=csv
    claim 'the same file for both ranks: exit code 0' exits 0
else
    skip 'CPUs that ranks number differently: there is one'
fi

# Ranks that may write no file, or only small files: MPI waits for ever if it cannot write.
# shellcheck disable=SC2016  # for the inner shell
fileless=(bash -c 'ulimit -f 0 && exec "$@"' -)
mixes() { false; } # their messages must go through the launcher here
if open_mpi; then
    pair "$bench" "${same[@]}" -- "${fileless[@]}" "$bench" "${same[@]}"
    claim 'ulimit -f 0 for the second rank: exit code 3' exits 3
    claim 'ulimit -f 0 for the second rank: one message' says_once 'ulimit -f'
    pair "${fileless[@]}" "$bench" "${same[@]}" -- "$bench" "${same[@]}"
    claim 'ulimit -f 0 for the first rank: exit code 3' exits 3
    claim 'ulimit -f 0 for the first rank: one message' says_once 'ulimit -f'
    # shellcheck disable=SC2016  # for the inner shell
    run bash -c 'ulimit -f 1000 && exec "$@"' - "$mpiexec" -np 2 "$bench" "${same[@]}"
    claim 'ulimit -f 1000 for both ranks: exit code 3' exits 3
    claim 'ulimit -f 1000 for both ranks: one message' says_once 'ulimit -f'
else
    skip 'ulimit -f 0 for one rank: this MPI ends on it inside MPI_Init'
fi

# Ranks with little address space: Open MPI waited for ever in its first message.
# shellcheck disable=SC2016  # for the inner shell
spaceless=(bash -c 'ulimit -v 100000 && exec "$@"' -)
if open_mpi && [ "${RXT_BUILD_TYPE:-}" != Asan ]; then
    pair "$bench" "${same[@]}" -- "${spaceless[@]}" "$bench" "${same[@]}"
    claim 'ulimit -v for the second rank: exit code 3' exits 3
    claim 'ulimit -v for the second rank: one message' says_once 'ulimit -v'
    pair "${spaceless[@]}" "$bench" "${same[@]}" -- "${spaceless[@]}" "$bench" "${same[@]}"
    claim 'ulimit -v for both ranks: exit code 3' exits 3
    claim 'ulimit -v for both ranks: one message' says_once 'ulimit -v'
else
    skip 'ulimit -v for a rank: for Open MPI, and without the sanitizers, which need more of it'
fi

# ---- what the first rank alone decides ----

short=(-n 1k --rounds=1000:1000 --budget=SOON -q)
by_budget "$dir/kept.json" pair "$bench" "${short[@]}" -o "$dir/kept.json" -- \
    "$bench" "${short[@]}" --resume -o "$dir/other.json"
claim 'another rank resumes: exit code 4' exits 4
by_budget "$dir/kept.json" pair "$bench" "${short[@]}" -o "$dir/kept.json" --resume -- \
    "$bench" "${short[@]}" -o "$dir/other.json"
claim 'the first rank resumes: exit code 4' exits 4
claim 'files that other ranks name are not written' [ ! -e "$dir/other.json" ]
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
