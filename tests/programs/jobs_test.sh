#!/usr/bin/env bash
# jobs_test.sh BUILD - the batch scripts, in simulated jobs: the program accepts their command line,
# on a node of 64 cores it fits the budget, and an unfinished study is resumed.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

several || { skip 'batch scripts: this build has no MPI'; exit 77; }
jobs=$(cd "$(dirname "$0")/../../jobs" && pwd)
launcher=$(command -v "$mpiexec") # before PATH has one of that name
mkdir "$dir/bin"
cd "$dir" || exit 2 # where the jobs leave their studies

# Replaces the launcher. With `plan` the command only plans, for 64 cores; otherwise it runs on two
# ranks. If an option is given twice, the last one counts.
cat >bin/mpirun <<END
#!/bin/bash
[ "\$1" = -np ] || exit 99
[ "\${plan:-}" = "" ] || exec "\${@:3}" --dry-run \\
    --topology='pack:2 l3:4(size=32000000) l2:8(size=1000000) l1:1(size=32KB) core:1 pu:1' --ranks-started=64
exec "$launcher" -np 2 "\${@:3}"
END
chmod +x bin/mpirun
export PATH=$dir/bin:$PATH RXT_BUILD=$build
seq 64 >nodefile
study=dot-${HOSTNAME%%.*}.json

job() { # SCRIPT NUMBER OPTIONS: runs a job with that number
    case $1 in
    *.sbatch)
        # shellcheck disable=SC2086  # several words
        run env SLURM_SUBMIT_DIR="$dir" SLURM_JOB_ID="$2" bash -u "$jobs/slurm/$1" $3
        ;;
    *.pbs)
        run env PBS_O_WORKDIR="$dir" PBS_NODEFILE="$dir/nodefile" PBS_JOBID="$2.server" \
            RXT_OPTIONS="$3" bash -u "$jobs/pbs/$1"
        ;;
    esac
}

# A visit lasts at least 5 ms, and there are ten visits for every split, size and kernel.
fits() { # MINUTES
    local splits kernels=3 sizes=4
    splits=$(sed -n 's/^\([0-9]*\) splits, bind .*/\1/p' "$dir/out")
    [ "${splits:-0}" -gt 5 ] && [ $((splits * kernels * sizes * 10 * 5 / 1000)) -lt $(($1 * 60)) ]
}

for script in node-study.sbatch node-study.pbs; do
    plan=yes job $script 1 ''
    claim "$script: the program takes its command line" exits 0
    claim "$script: three kernels" grep -q '^kernels  *dot, dot_blas, dot_openmp$' "$dir/out"
    claim "$script: its visits fit the budget" fits 10
done
script=node-study.sbatch
by_budget "$study" job $script 2 '-k dot -n 1k -p 1x1 --rounds=100000 -q --budget=SOON'
claim "$script: a job whose budget ends: exit code 4" exits 4
goes_on() {
    [ "$(said | grep -c 'the study continues after')" = 1 ]
}
grown_until goes_on job $script 3 '-k dot -n 1k -p 1x1 --rounds=100000 --budget=SOON'
claim "$script: the next job goes on with its study" goes_on
rm -f "$study"*
script=node-study.pbs
job $script 4 '-k dot -n 1k -p 1x1 --rounds=1:1 -q'
claim "$script: a job that ends: exit code 0" exits 0
job $script 5 '-k dot -n 1k -p 1x1 --rounds=1:1'
claim "$script: nothing is left to the next" equal "$(said | grep -c "$study is complete")" 1
job $script 6 "-k dot '--x=no such.npy' -q"
claim "$script: a blank in a path: exit code 2" exits 2
claim "$script: a blank in a path is no end of it" holds "$dir/err" '--x=no such.npy: cannot be opened'

# Several runs of one study.
runs_in() { # FILE
    grep -o '"began"' "$1" | wc -l
}
script=runs.sbatch
for number in 7 8; do
    job $script $number '-k dot -n 1k -p 1x1 --rounds=2:2 -q'
    claim "$script: exit code 0" exits 0
done
claim "$script: each job adds a run" equal "$(runs_in "runs-${HOSTNAME%%.*}.json")" 2
study_sh() { # ARGUMENT...
    run "$jobs/study.sh" "$@"
}
study_sh --runs=3 --every=1s -- "$build/dotbench" -n 1k -t 1 --rounds=2:2 -q -o runs.json
claim 'study.sh: exit code 0' exits 0
claim 'study.sh: three runs' equal "$(runs_in runs.json)" 3
study_sh --runs=2 -- "$build/dotbench" -n 1k -t 1 --rounds=0 -q -o runs.json
claim 'study.sh: a run that fails ends it' exits 2
claim 'study.sh: with the message of the program' holds "$dir/err" '--rounds=0'
study_sh --runs=0 -- "$build/dotbench"
claim 'study.sh --runs=0: exit code 2' exits 2
study_sh --every=soon -- "$build/dotbench"
claim 'study.sh --every=soon: exit code 2' exits 2
claim 'study.sh --every=soon: the remedy' holds "$dir/err" 'write a time such as 90s'
study_sh
claim 'study.sh: no command: exit code 2' exits 2

# If a budget cannot be enough, a message before the first measurement says so, and names a budget
# that would be enough.
guess='will take about'
fits_after() {
    grep -qE -- "--budget=[0-9]+[sm] or --rounds=[0-9]+ is enough" "$dir/err"
}
is_tried() {
    holds "$dir/err" 'one round takes' && fits_after
}
grown_until is_tried run "$build/dotbench" -n 1k -p 1x1 --rounds=100000 --budget=SOON
claim 'too small a budget: exit code 4' exits 4
claim 'too small a budget: told once' equal "$(said | grep -c -- "--budget=[0-9.]*s: .* $guess")" 1
claim 'too small a budget: what fits' fits_after
claim 'too small a budget: told before the trials' \
    [ "$(said | grep -n "$guess" | cut -d: -f1)" -lt "$(said | grep -n 'one round takes' | cut -d: -f1)" ]
run "$build/dotbench" -n 1k -p 1x1 --rounds=2 --budget=60s
claim 'a budget that is enough: exit code 0' exits 0
claim 'a budget that is enough: no guess' equal "$(said | grep -c "$guess")" 0
claim 'a budget that is enough: no remedy' equal "$(said | grep -c 'more than is left')" 0

finish
