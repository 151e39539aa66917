"""worker_pool.py - workers that already exist and are called to work: threads or processes.

Workers are opened for a visit. Each of them makes what it works on by itself, `make(worker,
workers)`, and gets back a function that does its share and returns how many units of it were done
and right. Calling them tells all of them to work, and adds up their answers: what it costs to
create a worker is not in it. One alone is the caller itself, as 1 x 1 is in the other studies.
"""
import contextlib
import multiprocessing
import queue
import threading

import parent_death


class Failed(Exception):
    """A worker could not do its work; the words say why."""


def share(n, worker, workers):
    """How many of n units are this worker's."""
    return n * (worker + 1) // workers - n * worker // workers


def serve(make, worker, workers, take, give):
    """What a worker does: reports that it is ready, then works whenever it is called."""
    try:
        work = make(worker, workers)
        give(0)
        while take():
            give(work())
    except Exception as problem:  # the caller waits, so it must get any error
        give(Failed(str(problem) or type(problem).__name__))


def total(answers):
    """Takes all answers before it raises a failure, so that none is left for the next call."""
    answers = list(answers)
    for answer in answers:
        if isinstance(answer, Failed):
            raise answer
    return sum(answers)


@contextlib.contextmanager
def of_threads(count, make):
    answers, orders = queue.SimpleQueue(), [queue.SimpleQueue() for _ in range(count)]
    threads = [
        threading.Thread(target=serve, args=(make, worker, count, orders[worker].get, answers.put))
        for worker in range(count)]

    def call():
        for order in orders:
            order.put(True)
        return total(answers.get() for _ in orders)

    for thread in threads:
        thread.start()
    try:
        total(answers.get() for _ in threads)
        yield call
    finally:
        for order in orders:
            order.put(False)
        for thread in threads:
            thread.join()


def process(parent, make, worker, workers, end):
    parent_death.end_with(parent)
    with contextlib.suppress(EOFError, BrokenPipeError):  # the asking process has ended
        serve(make, worker, workers, end.recv, end.send)


@contextlib.contextmanager
def of_processes(count, make):
    fork = multiprocessing.get_context("fork")
    ends, processes = [], []

    def call():
        for end in ends:
            end.send(True)
        return total(end.recv() for end in ends)

    try:
        for worker in range(count):
            ours, theirs = fork.Pipe()
            ends.append(ours)
            processes.append(fork.Process(
                target=process, args=(parent_death.me(), make, worker, count, theirs)))
            processes[-1].start()
            theirs.close()
        total(end.recv() for end in ends)
        yield call
    finally:
        for process_ in processes:
            process_.kill()
            process_.join()
        for end in ends:
            end.close()


@contextlib.contextmanager
def of(ranks, threads, make):
    """The workers of a split: threads of this process, or processes of one thread."""
    if ranks == threads == 1:
        yield make(0, 1)
        return
    with of_processes(ranks, make) if ranks > 1 else of_threads(threads, make) as call:
        yield call
