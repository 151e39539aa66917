"""parent_death.py - a child ends when its parent does, whatever ended that: Linux sends it a signal."""
import ctypes
import os
import signal

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None, use_errno=True)
me = os.getpid


def end_with(parent):
    """Called first thing in a child; `parent` is the id of whoever forked it."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # gone before that was set
        os._exit(1)
