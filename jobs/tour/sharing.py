"""sharing.py - what it costs to hand a list of n numbers to another worker, and to get their sum.

A thread of the same process gets only one reference, whatever n is. For another process,
multiprocessing pickles the numbers, sends the bytes through a pipe, and makes a list of them there.
At 1 x 1 nothing is handed over: the caller adds up the numbers by itself.

One number changes from call to call, so that whoever adds up a list of before is found out.
"""
import contextlib
import itertools
import multiprocessing
import queue
import random
import threading

import parent_death


def handing(n, ask):
    """Returns a call that hands over n numbers by `ask`, which returns the sum of the worker."""
    digits = random.Random(n).randbytes(n)
    numbers, rest, calls = list(map(float, digits)), sum(digits[1:]), itertools.count(1)

    def call():
        numbers[0] = float(next(calls))
        return n if ask(numbers) == numbers[0] + rest else 0

    return call


@contextlib.contextmanager
def pointer(n, ranks, threads):
    if threads == 1:
        yield handing(n, sum)
        return
    there, back = queue.SimpleQueue(), queue.SimpleQueue()

    def receive():
        while (numbers := there.get()) is not None:
            back.put(sum(numbers))

    def ask(numbers):
        there.put(numbers)
        return back.get()

    receiver = threading.Thread(target=receive)
    receiver.start()
    try:
        yield handing(n, ask)
    finally:
        there.put(None)
        receiver.join()


def receive_pickled(parent, end):
    parent_death.end_with(parent)
    with contextlib.suppress(EOFError, BrokenPipeError):  # the asking process has ended
        while True:
            end.send(sum(end.recv()))


@contextlib.contextmanager
def serialised(n, ranks, threads):
    if ranks == 1:
        yield handing(n, sum)
        return
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe()
    receiver = fork.Process(target=receive_pickled, args=(parent_death.me(), theirs))
    receiver.start()
    theirs.close()

    def ask(numbers):
        ours.send(numbers)
        return ours.recv()

    try:
        yield handing(n, ask)
    finally:
        receiver.kill()
        receiver.join()
        ours.close()
