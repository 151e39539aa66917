"""parent_death.py - a child ends when its parent ends, for any reason: Linux sends it a signal."""
import ctypes
import os
import signal

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None, use_errno=True)
me = os.getpid


def end_with(parent):
    """A child calls this first; `parent` is the id of the process that forked it."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # the parent ended before prctl
        os._exit(1)
