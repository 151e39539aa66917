#!/usr/bin/env bash
# environment_test.sh BUILD - the environment of a site or a user changes nothing that a script
# decides: one thread, a limit of threads, a decimal comma, OpenMP places. Blanks in a path and
# variables that are not set change nothing, either.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

here=$(cd "$(dirname "$0")/../.." && pwd)
tree="$dir/a tree"
mkdir -p "$tree/build" "$dir/bin"
cp -r "$here/jobs" "$tree"
cd "$dir" || exit 2 # where batch scripts leave their studies

# ---- a machine of 64 cores, whose programs only tell how they were called ----

stub() { # FILE: makes a program of the lines on stdin
    { echo '#!/bin/bash' && cat; } >"$1" && chmod +x "$1"
}
stub "$dir/bin/nproc" <<'END'
echo "${OMP_NUM_THREADS:-${OMP_THREAD_LIMIT:-64}}"
END
stub "$dir/bin/lscpu" <<'END'
for ((core = 0; core < 64; core++)); do echo "$core,0"; done
END
stub "$dir/bin/awk" <<END
# as under a locale whose numbers have a comma
[ "\${LC_ALL:-}" = C ] && exec $(command -v awk) "\$@"
$(command -v awk) "\$@" | tr . ,
END
stub "$dir/bin/cmake" <<'END'
exit 0
END
stub "$dir/bin/mpirun" <<END
echo "mpirun \$*" >>"$dir/called"
while [ \$# -gt 0 ] && [ "\$1" != -o ]; do shift; done
[ \$# -lt 2 ] || echo '{}' >"\$2"
END
for program in dotbench spawnbench sharebench lockbench iobench rxt; do
    stub "$tree/build/$program" <<END
echo "$program \$*\${OMP_THREAD_LIMIT:+, with few threads}" >>"$dir/called"
while [ \$# -gt 0 ] && [ "\$1" != -o ]; do shift; done
[ \$# -lt 2 ] || echo '{}' >"\$2"
END
done
echo "MPIEXEC_EXECUTABLE:FILEPATH=$dir/bin/mpirun" >"$tree/build/CMakeCache.txt"
export PATH=$dir/bin:$PATH

# Runs a command with these variables set, and prints the calls of programs that it made, without
# their folders.
calls() { # VARIABLE=VALUE... -- COMMAND ARGUMENT...
    local variables=()
    while [ "$1" != -- ]; do
        variables+=("$1")
        shift
    done
    rm -f "$dir/called"
    run env "${variables[@]}" "${@:2}"
    sed "s,$dir/,,g; s,rxt-tour[^/]*/,,g" "$dir/called" 2>/dev/null
}

each() { # NAME PATTERN COMMAND ARGUMENT...: calls match, whatever is exported
    local exported called
    for exported in NOTHING=1 OMP_NUM_THREADS=1 OMP_THREAD_LIMIT=1 LC_ALL= \
        'OMP_PROC_BIND=true OMP_PLACES=cores GOMP_CPU_AFFINITY=0'; do
        # shellcheck disable=SC2086  # several words
        called=$(calls $exported -- "${@:3}")
        claim "$1, with $exported: is called as wanted" grep -qE -- "$2" <<<"$called"
        [ "$exported" != NOTHING=1 ] || first=$called
        claim "$1, with $exported: as without" equal "$called" "$first"
    done
}

each local.sh '^mpirun -np 64 a tree/build/dotbench -n 1k$' bash -u "$tree/jobs/local.sh" -n 1k
each node-study.sbatch '^mpirun -np 64 a tree/build/dotbench ' \
    env SLURM_SUBMIT_DIR="$tree" SLURM_JOB_ID=7 bash -u "$tree/jobs/slurm/node-study.sbatch"
seq 64 >"$dir/nodefile"
each node-study.pbs '^mpirun -np 64 a tree/build/dotbench ' \
    env PBS_O_WORKDIR="$tree" PBS_NODEFILE="$dir/nodefile" PBS_JOBID=7.a bash -u \
    "$tree/jobs/pbs/node-study.pbs"
stub "$dir/bin/python3" <<'END'
exit 0 # it has NumPy, and measures nothing
END
each tour.sh '^spawnbench .*--budget=2\.3s ' bash -u "$tree/jobs/tour.sh" \
    --build="$tree/build" --budget=20.5s --keep="$dir/kept" -o "$dir/page.html"
claim 'tour.sh: who says nothing is told with its exit code' \
    holds "$dir/kept/cpython.why" 'python3 ended with exit code 0 and did not say why'
claim 'tour.sh: on two ranks what wants two cores' \
    grep -qE '^mpirun -np 2 .*a tree/build/lockbench .*--budget=2\.7s ' "$dir/called"

# ---- a benchmark that builds and links anew ----

# Like the programs, the compiler only records its call; quotes are those that make would give to
# the shell.
mkdir -p "$tree/tests" "$tree/build/tests" "$tree/build/CMakeFiles/"{rxt,dotbench}.dir "$tree/tmp"
cp -r "$here"/{drivers,kernels,include} "$tree" && cp -r "$here/tests/bench" "$tree/tests"
stub "$tree/build/dotbench" <<'END'
printf '%s\n' kernel,time_median dot,1e-6 dot,1e-6
END
cp "$tree/build/dotbench" "$tree/build/tests/bench_constants"
stub "$tree/build/tests/bench_peers" <<'END'
seq -s $'\t' 10 # the last three are a ratio and its interval
END
stub "$dir/bin/compiler" <<END
printf '<%s>' "\$@" >>"$dir/called"
while [ \$# -gt 0 ] && [ "\$1" != -o ]; do shift; done
cp "$tree/build/dotbench" "\$2"
END
echo "C_INCLUDES = -I\"$tree/include\" -I/usr/include" >"$tree/build/CMakeFiles/rxt.dir/flags.make"
echo "compiler a.o -o dotbench \"$tree/build/librxt.a\"" >"$tree/build/CMakeFiles/dotbench.dir/link.txt"
calls CC=compiler TMPDIR="$tree/tmp" -- bash -u "$tree/tests/bench/constants.sh" "$tree/build" 6 TRIES \
    >"$dir/told"
claim 'constants.sh: goes on to its end' holds "$dir/out" 'load after:'
claim 'constants.sh: a folder of headers stays one word' grep -qF '<-Ia tree/include><-I/usr/include>' "$dir/told"
claim 'constants.sh: a program in a folder with a blank is linked' \
    grep -qE '<a\.o><a tree/tmp/[^>]*\.dotbench\.o><-o><a tree/tmp/[^>]*\.dotbench><a tree/build/librxt\.a>' "$dir/told"

# ---- units ----

# This ctest runs in a folder of its own: the ctest that runs this test now writes a log in its
# folder.
if [ -x "$build/tests/test_team" ]; then
    mkdir "$dir/units"
    echo "include(\"$build/CTestTestfile.cmake\")" >"$dir/units/CTestTestfile.cmake"
    run env OMP_THREAD_LIMIT=1 OMP_DYNAMIC=true OMP_NUM_THREADS=1 \
        ctest --test-dir "$dir/units" -R '^test_team$' --no-tests=error
    claim 'units: what a site exports does not reach them' exits 0
else
    skip 'units: this build has none'
fi

# ---- CPython ----

# NumPy may load an OpenMP runtime, which binds the process that loads it. A stand-in for NumPy
# writes down the variables that such a runtime would see.
python=$(command -v /usr/bin/python3) || { skip 'CPython: no python3'; finish; }
mkdir "$dir/modules"
cat >"$dir/modules/numpy.py" <<END
import os
names = [n for n in os.environ if n.startswith(("OMP_P", "GOMP_", "KMP_"))]
with open("$dir/seen", "a") as file:
    print("places:", *names, file=file)
raise ImportError("a stand-in")
END
run env PYTHONPATH="$dir/modules" OMP_PROC_BIND=true OMP_PLACES=cores GOMP_CPU_AFFINITY=0 \
    KMP_AFFINITY=compact "$python" -B "$here/jobs/tour/cpython.py" --budget=1 -o "$dir/cpython.json"
claim 'CPython: NumPy is asked for' [ -s "$dir/seen" ]
claim 'CPython: no places are left for a runtime that NumPy loads' \
    equal "$(sort -u "$dir/seen")" 'places:'

finish
