#!/usr/bin/env bash
# combine_test.sh BUILD - partial results of any number of ranks are reduced to one, by every way,
# also with more ranks than cores.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

several || { skip 'a build without MPI has nothing to combine'; exit 77; }

# MPI_Allreduce is combined by as well. Where its ranks outnumber the cores and do not yield, which
# MPICH's cannot, each call takes milliseconds.
export OMPI_MCA_mpi_yield_when_idle=1
counts=(1 2 3 5 17)
open_mpi || { counts=(1 2 3 5); export RXT_TEST_CALLS=20; }

# Every split of so many ranks, one to all: groups of four that are full, begun, and left out.
for np in "${counts[@]}"; do
    # Beside a load the many ranks of few cores take 10 ms a call as well.
    [ "$np" -lt 5 ] || export RXT_TEST_CALLS=20
    ranks "$np" "$build/tests/test_combine"
    claim "$np ranks combine" exits 0
done

finish
