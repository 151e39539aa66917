"""creating.py - what it costs to create a worker, let it live and join it.

All workers are started before the first is joined. Each leaves a sign that it ran: as many workers
must have run as were created and joined.
"""
import contextlib
import multiprocessing
import sys
import threading

LIVED = 42  # an exit code that no interpreter gives by itself


def live():
    sys.exit(LIVED)


def start_all(workers):
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


@contextlib.contextmanager
def thread(n, ranks, threads):
    def call():
        lived = []
        start_all([threading.Thread(target=lived.append, args=(1,)) for _ in range(n)])
        return len(lived)

    yield call


def process(method):
    """fork copies this process; spawn starts Python anew, which imports what it needs."""
    context = multiprocessing.get_context(method)

    @contextlib.contextmanager
    def visit(n, ranks, threads):
        def call():
            workers = [context.Process(target=live) for _ in range(n)]
            start_all(workers)
            return sum(worker.exitcode == LIVED for worker in workers)

        yield call

    return visit


def with_heap(size, visit_without):
    """The same in a process that has `size` bytes of memory and has written to all pages of it."""
    @contextlib.contextmanager
    def visit(n, ranks, threads):
        heap = bytearray(size)
        heap[::4096] = bytes(len(range(0, size, 4096)))
        with visit_without(n, ranks, threads) as call:
            yield call

    return visit
