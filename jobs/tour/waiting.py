"""waiting.py - requests to a small server on this machine, each of which takes a fixed time.

All workers that send requests run on one core, whatever their number is: they wait nearly all of
the time. The server simulates another machine, and has the other cores if there are any. It takes
a number of 8 bytes, and sends back the number's complement a service time later; any number of
requests can be under way at once.
"""
import contextlib
import heapq
import multiprocessing
import os
import selectors
import socket
import struct
import time

import worker_pool
import parent_death

SERVICE_TIME = 0.01
PATIENCE = 5.0  # seconds to wait for an answer
NUMBER = struct.Struct("<Q")
ALL_BITS = 2**64 - 1


def answer_until(now, due):
    """Sends the answers that are due by `now`; returns the time until the next answer is due."""
    while due and due[0][0] <= now:
        _, _, to, number = heapq.heappop(due)
        with contextlib.suppress(OSError):  # the asking worker has ended
            to.send(NUMBER.pack(number ^ ALL_BITS))
    return due[0][0] - now if due else None


def read(selector, connection, due, order):
    with contextlib.suppress(OSError):
        asked = connection.recv(NUMBER.size, socket.MSG_WAITALL)
        if len(asked) == NUMBER.size:
            number, = NUMBER.unpack(asked)
            heapq.heappush(due, (time.monotonic() + SERVICE_TIME, order, connection, number))
            return
    selector.unregister(connection)
    connection.close()


def serve(parent, listener, cpus):
    parent_death.end_with(parent)
    os.sched_setaffinity(0, cpus)
    selector, due, orders = selectors.DefaultSelector(), [], 0
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select(answer_until(time.monotonic(), due)):
            orders += 1
            if key.fileobj is listener:
                connection, _ = listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                selector.register(connection, selectors.EVENT_READ)
            else:
                read(selector, key.fileobj, due, orders)


def asking(address, n):
    """Returns `make`, which gives each worker a connection and sends its requests one by one."""
    def make(worker, workers):
        connection = socket.create_connection(address, PATIENCE)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        size, first = worker_pool.share(n, worker, workers), worker << 32

        def work():
            right = 0
            for number in range(first, first + size):
                connection.sendall(NUMBER.pack(number))
                right += connection.recv(NUMBER.size) == NUMBER.pack(number ^ ALL_BITS)
            return right

        return work

    return make


@contextlib.contextmanager
def request(n, ranks, threads):
    allowed = os.sched_getaffinity(0)
    core = {min(allowed)}
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        fork = multiprocessing.get_context("fork")
        server = fork.Process(
            target=serve, args=(parent_death.me(), listener, allowed - core or allowed))
        server.start()
        try:
            os.sched_setaffinity(0, core)
            with worker_pool.of(ranks, threads, asking(listener.getsockname(), n)) as call:
                yield call
        finally:
            os.sched_setaffinity(0, allowed)
            server.kill()
            server.join()
