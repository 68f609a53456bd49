"""Which process has a job, and whether it still lives: so that a job whose process is gone is not waited for."""

from __future__ import annotations

import os
import socket
import uuid
from typing import NamedTuple

SILENT_SECONDS = 15.0


class Owner(NamedTuple):
    """A process of a machine; `born` tells it from another one that has its number later."""

    name: str
    host: str
    pid: int
    born: float

    def lives(self, silent: float) -> bool:
        """Whether it is still there: on this machine it is looked up, elsewhere it was heard of lately."""
        if self.host != socket.gethostname():
            return silent < SILENT_SECONDS
        return _born(self.pid) == self.born


def this() -> Owner:
    """This process."""
    return Owner(uuid.uuid4().hex, socket.gethostname(), os.getpid(), _born(os.getpid()))


def _born(pid: int) -> float:
    """What tells a process from one that has its number later, whatever the clock is set to; 0 if there is none."""
    import psutil  # noqa: PLC0415 - not installed with what only reads files

    try:
        return float(hash(psutil.Process(pid)) % 2**53)  # create_time() moves with the system's clock
    except psutil.Error:
        return 0.0
