#!/usr/bin/env python3
"""cpython.py - threads compared with processes in CPython: measures there what spawnbench,
sharebench, lockbench and iobench measure in C.

    python3 jobs/tour/cpython.py [--budget=SECONDS] [--seed=N] -o cpython.json

Writes a study file as the drivers do (docs/study.schema.json), with the same rows if they
measure the same. NumPy is used if it is installed. Exit codes are those of the drivers:
0 measured, 2 the command line, 3 the environment, 4 stopped early, 5 a wrong result.
"""
import os
import sys

if __name__ == "__main__":  # false in a spawned child, which reads this file, too
    # An OpenMP runtime that NumPy loads would bind this process and all its workers to one place.
    for name in ("OMP_PROC_BIND", "OMP_PLACES", "GOMP_CPU_AFFINITY", "KMP_AFFINITY"):
        os.environ.pop(name, None)
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"  # for the processes that this one starts
    try:
        import study
    except ImportError as problem:
        print(f"cpython.py: {problem}; install python3 as a whole", file=sys.stderr)
        sys.exit(3)
    sys.exit(study.main(sys.argv))
