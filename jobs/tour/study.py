"""study.py - the plan: rows, visited in shuffled rounds until the budget ends, and the file."""
import argparse
import contextlib
import datetime
import json
import os
import platform
import random
import signal
import sys
import time

# The lesson compares threads of Python, so BLAS must use one thread. BLAS reads these
# variables when it is loaded; an OpenBLAS that was built for OpenMP reads only OMP_NUM_THREADS.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import creating
import host
import locking
import sharing
import runner
import waiting
from row import Row, record

ROUNDS_MIN, ROUNDS_MAX = 10, 1000
PATIENCE = 10.0  # seconds for one visit
HEAP = 64_000_000
THREADS, PROCESSES = (1, 2), (2, 1)


def say(words):
    print(f"cpython.py: {words}", file=sys.stderr, flush=True)


# ---- rows ----

def rows_of(kernel, unit, n, visit, *splits):
    return [Row(kernel, unit, n, ranks, threads, visit) for ranks, threads in ((1, 1), *splits)]


def plan(cpus, numpy):
    """Blocks: lists of rows that are visited together in each round."""
    both = [THREADS, PROCESSES] if cpus > 1 else []
    rows = [
        *rows_of("thread", "worker", 1, creating.thread),
        *rows_of("fork", "worker", 1, creating.process("fork")),
        *rows_of("fork@64M", "worker", 1, creating.with_heap(HEAP, creating.process("fork"))),
        *rows_of("spawn", "worker", 1, creating.process("spawn"))]
    for n in 1_000, 1_000_000:
        rows += rows_of("pointer", "number", n, sharing.pointer, *both[:1])
        rows += rows_of("serialised", "number", n, sharing.serialised, *both[1:])
    rows += rows_of("interpreted", "step", 500_000, locking.interpreted, *both)
    if numpy:
        rows += rows_of("native_released", "step", 16_000_000, locking.native_released, *both)
    rows += rows_of("request", "request", 16, waiting.request, (1, 4), (1, 16), (4, 1))
    blocks = {}
    for row in rows:
        blocks.setdefault((row.unit, row.n), []).append(row)
    return list(blocks.values())


# ---- rounds ----

class Ended(Exception):
    """The budget's end, or a signal's."""


def visit(block, round_, dice, deadline):
    """Visits a block, without the rows that could not be measured in an earlier visit."""
    block = [row for row in block if not row.notes]
    order = dice.sample(range(len(block)), len(block))
    patience = max(0, min(PATIENCE, deadline - time.monotonic()))
    for at, answer in runner.visit_all(block, order, patience):
        row = block[at]
        if not isinstance(answer, str):
            row.take(round_, *answer)
        elif time.monotonic() >= deadline:
            raise Ended
        else:
            row.notes.append(answer)
            say(f"{row}: {answer}")


def rounds(blocks, seed, deadline):
    """Visits rounds until the deadline, which may cut a round: the order of visits is random."""
    dice = random.Random(seed)
    for round_ in range(ROUNDS_MAX):
        for block in dice.sample(blocks, len(blocks)):
            if time.monotonic() >= deadline:
                raise Ended
            visit(block, round_, dice, deadline)


# ---- the file ----

def settings(rows, options):
    """The settings, with the names of the drivers' options as keys."""
    def each(values):
        return list(dict.fromkeys(values))

    sizes = each(row.n for row in rows)
    nothing = dict.fromkeys(("ranks", "threads", "nodes", "ranks_per_node", "cpus", "cores", "x",
                             "y"))
    return nothing | {
        "kernel": each(row.kernel for row in rows), "size": list(map(str, sizes)), "n": sizes,
        "break_even": False, "splits": each(f"{row.ranks}x{row.threads}" for row in rows),
        "baseline": "1x1", "scaling": "strong", "type": "f64", "team": ["forkjoin"],
        "combine": ["-"], "sync": "call", "bind": ["none"], "smt": False, "oversubscribe": False,
        "seed": options.seed, "precision": 1.0, "rounds_min": ROUNDS_MIN,
        "rounds_max": ROUNDS_MAX, "budget": options.budget, "budget_given": True,
        "service_time": waiting.SERVICE_TIME, "switch_interval": sys.getswitchinterval()}


def whole(rows, options, created, numpy, stopped):
    baseline = {(row.kernel, row.n): row for row in rows if row.ranks == row.threads == 1}
    return {
        "schema": "rxt-study-1", "created": created, "program": "cpython",
        "version": platform.python_version(), "command": options.command,
        "settings": settings(rows, options), "host": host.record(numpy),
        "status": "stopped" if stopped else "complete",
        "rows": [record(row, baseline[row.kernel, row.n]) for row in rows],
        "answers": [], "fits": [], "warnings": []}


def write(study, path):
    """Writes a file next to `path` and renames it, so a reader never sees half of it."""
    beside = f"{path}.{os.getpid()}.tmp"
    try:
        with open(beside, "w", encoding="utf-8") as file:
            json.dump(study, file, indent=1)
        os.replace(beside, path)
    except OSError as problem:
        say(f"--output={path}: cannot be written ({problem.strerror})")
        return 3
    return 0


# ---- the command line ----

class Options(argparse.ArgumentParser):
    def error(self, message):
        self.exit(2, f"cpython.py: {message}; --help lists the options\n")


def seconds(text):
    """Reads a time as the drivers do: 90, 90s, 10m, 1h."""
    unit = {"s": 1, "m": 60, "h": 3600}.get(text[-1:], 0)
    value = float(text[:-1]) * unit if unit else float(text)
    if not 0 < value < 1e6:
        raise ValueError
    return value


def options_of(argv):
    parser = Options(prog="cpython.py", allow_abbrev=False,
                     description="threads against processes in CPython")
    parser.add_argument("-o", "--output", metavar="FILE", required=True,
                        help="where to write the study (JSON)")
    parser.add_argument("--budget", metavar="TIME", type=seconds, default=20.0,
                        help="wall time of the whole study (default: 20s)")
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="order of visits")
    options = parser.parse_args(argv[1:])
    options.command = argv
    return options


def until_signal(work):
    """Does the work until it is done or a signal comes. True if a signal came. Later signals are
    ignored, because the results are written then."""
    ended_by = []

    def end(signal_, frame):
        ended_by.append(signal_)
        if len(ended_by) == 1:  # a second signal may come while the first is handled
            raise Ended

    def heed(handler):
        for each in signal.SIGINT, signal.SIGTERM:
            signal.signal(each, handler)

    with contextlib.suppress(Ended):
        heed(end)
        work()
        heed(signal.SIG_IGN)
    heed(signal.SIG_IGN)
    return bool(ended_by)


def too_few(blocks):
    """Are there rows without notes that have fewer rounds than a result needs?"""
    done = (len(row.samples) for block in blocks for row in block if not row.notes)
    return min(done, default=0) < ROUNDS_MIN


def main(argv):
    options = options_of(argv)
    deadline = time.monotonic() + options.budget
    created = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    cpus, numpy, blocks = host.cpus(), None, []

    def work():
        nonlocal numpy, blocks
        numpy = host.numpy_version()
        if not numpy:
            say("python3-numpy is missing: native_released is left out")
        if cpus == 1:
            say("one CPU: rows with two computing workers are left out")
        blocks = plan(cpus, numpy)
        with contextlib.suppress(Ended):
            rounds(blocks, options.seed, deadline)

    stopped = until_signal(work)
    blocks = blocks or plan(cpus, numpy)
    stopped = stopped or too_few(blocks)
    rows = [row for block in blocks for row in block]
    for row in rows:
        if row.wrong:
            say(f"{row}: wrong result: {row.result} units of {row.n} are right")
        if stopped:
            row.notes.insert(0, "stopped")
    code = write(whole(rows, options, created, numpy, stopped), options.output)
    return code or (5 if any(row.wrong for row in rows) else 4 if stopped else 0)
