#!/usr/bin/env bash
# combine_test.sh BUILD - partial results of any number of ranks are reduced to one result, by every
# way to combine, also with more ranks than cores.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

several || { skip 'a build without MPI has nothing to combine'; exit 77; }

# MPI_Allreduce is tested, too. If ranks that do not yield outnumber the cores, each of its calls
# takes milliseconds; MPICH's ranks cannot yield.
export OMPI_MCA_mpi_yield_when_idle=1
counts=(1 2 3 5 17)
open_mpi || { counts=(1 2 3 5); export RXT_TEST_CALLS=20; }

# Each run tests all numbers of ranks from one to np, so groups of four are full, incomplete or
# absent.
for np in "${counts[@]}"; do
    # On a loaded machine with few cores, a call of many ranks takes 10 ms, too.
    [ "$np" -lt 5 ] || export RXT_TEST_CALLS=20
    ranks "$np" "$build/tests/test_combine"
    claim "$np ranks combine" exits 0
done

finish
