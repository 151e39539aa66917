"""locking.py - a dot product step by step in Python, under its lock, and in NumPy, which releases
the lock during the call.

Every worker has its own part of x and y, in its own memory where it is a process. The numbers are
small and whole, so that a sum of them is exact in any order, and has to be equal. NumPy goes over
them several times: once would be over before a second thread has been told to begin.
"""
import operator
import random

import worker_pool

PASSES = 16


def dot(x, y):
    total = 0.0
    for i in range(len(x)):
        total += x[i] * y[i]
    return total


def digits(worker, n):
    source = random.Random(worker)
    return source.randbytes(n), source.randbytes(n)


def interpreted(n, ranks, threads):
    def make(worker, workers):
        size = worker_pool.share(n, worker, workers)
        x, y = digits(worker, size)
        right = sum(map(operator.mul, x, y))
        x, y = list(map(float, x)), list(map(float, y))
        return lambda: size if dot(x, y) == right else 0

    return worker_pool.of(ranks, threads, make)


def native_released(n, ranks, threads):
    import numpy  # not at the top: a process that forks without it has less to copy

    def make(worker, workers):
        size = worker_pool.share(n // PASSES, worker, workers)
        x, y = (numpy.frombuffer(part, numpy.uint8) for part in digits(worker, size))
        right = int(numpy.dot(x.astype(numpy.int64), y.astype(numpy.int64)))
        x, y = x.astype(numpy.float64), y.astype(numpy.float64)
        return lambda: sum(size for _ in range(PASSES) if numpy.dot(x, y) == right)

    return worker_pool.of(ranks, threads, make)
