"""runner.py - measures a block of a round, all rows of a size, in a process of its own.

This process is a copy of a small process without threads or numbers. So the memory that one block
leaves does not make the fork of another block slower, and a process that hangs can be given up. The
process ends with its parent, and its own children end with it.
"""
import multiprocessing
import os
import signal
import time

import parent_death

SHORT = 0.005  # seconds: shorter calls are repeated until a visit takes this long


def measure(row):
    """Returns (seconds per call, calls, units that were right in the worst call)."""
    now = time.perf_counter
    with row.visit(row.n, row.ranks, row.threads) as call:
        began = now()
        right = call()
        once, calls = now() - began, 1
        if once < SHORT:
            began = now()
            right = min(right, call())
            calls = max(1, round(SHORT / max(now() - began, 1e-7)))
        began = now()
        for _ in range(calls):
            right = min(right, call())
        return (now() - began) / calls, calls, right


def perform(parent, rows, order, end):
    parent_death.end_with(parent)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # only the parent decides; it ends this process
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # errors go to the parent as answers
    for at in order:
        try:
            end.send((at, measure(rows[at])))
        except Exception as problem:  # any refusal by the system: the other rows continue
            end.send((at, str(problem) or type(problem).__name__))
    end.send(None)


def visit_all(rows, order, patience):
    """Yields (index, result, or words that say why there is none) for rows, in that order."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    process = fork.Process(target=perform, args=(parent_death.me(), rows, order, theirs))
    process.start()
    theirs.close()
    try:
        waiting = list(order)
        while True:
            if not ours.poll(patience):
                yield waiting[0], f"gave no answer for {patience:g} s"
                return
            answer = ours.recv()
            if answer is None:
                return
            waiting.remove(answer[0])
            yield answer
    except EOFError:
        yield waiting[0], "its process ended before the answer"
    finally:
        process.kill()
        process.join()
        ours.close()
