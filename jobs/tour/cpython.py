#!/usr/bin/env python3
"""cpython.py - threads against processes in CPython: the questions of spawnbench, sharebench,
lockbench and iobench, asked of the real thing.

    python3 jobs/tour/cpython.py [--budget=SECONDS] [--seed=N] -o cpython.json

Writes a study file as the drivers do (docs/study.schema.json), with the same rows, where they ask
the same. NumPy is used where it is there. Exit codes are those of the drivers: 0 measured, 2 the
command line, 3 the environment, 4 stopped early, 5 a wrong result.
"""
import os
import sys

if __name__ == "__main__":  # spawn reads this file in the child, too, which needs none of it
    # A runtime of OpenMP that NumPy loads would bind this process, and all its workers, to one place.
    for name in ("OMP_PROC_BIND", "OMP_PLACES", "GOMP_CPU_AFFINITY", "KMP_AFFINITY"):
        os.environ.pop(name, None)
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"  # nor do those that it starts
    try:
        import study
    except ImportError as problem:
        print(f"cpython.py: {problem}; install python3 as a whole", file=sys.stderr)
        sys.exit(3)
    sys.exit(study.main(sys.argv))
