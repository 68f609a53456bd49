"""How the server ends when it is asked to: at once for its streams and its workers, and in any case within seconds.

A web server waits for open streams, and Dask for workers that are still starting. Nothing of that is worth waiting for:
what is done was kept when it was done.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

from resnet_explorer.jobs import process
from resnet_explorer.ui.canvas import stream

if TYPE_CHECKING:
    from types import FrameType

    from resnet_explorer.jobs import Engine

MOST_SECONDS = 3.0
ASKED = (signal.SIGTERM, signal.SIGINT)


def prepare(engine: Engine) -> None:
    """From now on, end like this when the system, or somebody at the terminal, asks for it."""
    if threading.current_thread() is not threading.main_thread():
        return  # within another server, which ends by itself

    for number in ASKED:
        before = signal.getsignal(number)

        def leave(number: int, frame: FrameType | None, before: Any = before) -> None:
            if not stream.ENDING.is_set():
                stream.ENDING.set()
                threading.Thread(target=engine.close, name="leaving", daemon=True).start()
                threading.Thread(target=_end, name="end", daemon=True).start()
            server: Any = getattr(before, "__self__", None)
            if hasattr(server, "should_exit"):
                server.should_exit = True  # not by its own handler, which ends the process by the signal in the end
            elif callable(before):
                before(number, frame)

        signal.signal(number, leave)


def _end() -> None:
    """End what has not ended by itself."""
    time.sleep(MOST_SECONDS)
    process.end_children()
    os._exit(0)
