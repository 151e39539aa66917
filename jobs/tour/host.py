"""host.py - facts about the host, as in a study file, for readers who doubt or repeat the numbers.

Facts that are not determined here are null: the other studies of the tour, on the same machine,
have them.
"""
import contextlib
import multiprocessing
import os
import platform
import subprocess
import sys
import sysconfig

BYTES_OF_A_PAGE = os.sysconf("SC_PAGE_SIZE")


def read(path):
    with contextlib.suppress(OSError), open(path, encoding="utf-8", errors="replace") as file:
        return file.read()
    return ""


def cpus():
    """How many CPUs this process may use: the allowed CPUs, or fewer if a quota is smaller."""
    allowed = len(os.sched_getaffinity(0))
    return max(1, min(allowed, int(quota() or allowed)))


def quota():
    most, _, period = read("/sys/fs/cgroup/cpu.max").partition(" ")
    with contextlib.suppress(ValueError):
        return int(most) / int(period)
    return None


def numpy_version():
    """The version of NumPy; None if NumPy is missing or does not work with this Python. Another
    process imports NumPy, so that this process stays small for its forks."""
    look = [sys.executable, "-B", "-c", "import numpy; print(numpy.__version__)"]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        found = subprocess.run(look, capture_output=True, text=True, timeout=20, check=True)
        return found.stdout.strip() or None
    return None


def lock():
    """Is only one thread at a time allowed to run Python? Not in some free-threaded builds."""
    return "on" if getattr(sys, "_is_gil_enabled", lambda: True)() else "off"


def processor():
    for line in read("/proc/cpuinfo").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == "model name" and value.strip():
            return value.strip()
    return None


def node():
    memory = os.sysconf("SC_PHYS_PAGES") * BYTES_OF_A_PAGE
    caches = dict.fromkeys(("L1", "L2", "L3", "last_level_all"))
    known = {
        "names": [platform.node() or "localhost"], "ranks": 1, "cpu": processor(), "level": "",
        "cores": os.cpu_count(), "caches": caches, "caches_measured": caches,
        "allowed_cpus": ",".join(map(str, sorted(os.sched_getaffinity(0)))), "quota": quota(),
        "kernel": f"{platform.system()} {platform.release()} {platform.machine()}",
        "memory": memory, "memory_allowed": memory}
    return dict.fromkeys(("sockets", "numa_nodes", "hardware_threads", "hypervisor", "governor",
                          "turbo", "huge_pages")) | known


def record(numpy):
    return {
        "nodes": [node()], "ladder": None, "ranks": 1, "launcher": None, "mpi": "none", "openmp": "none",
        "blas": None, "compiler": platform.python_compiler(),
        "flags": sysconfig.get_config_var("PY_CFLAGS") or "", "commit": "none", "batch": None,
        "environment": {name: value for name, value in os.environ.items()
                        if name.startswith(("OPENBLAS_", "OMP_", "MKL_"))},
        "python": platform.python_version(), "lock": lock(),
        "start_method": multiprocessing.get_start_method(), "numpy": numpy}
