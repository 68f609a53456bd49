"""The server's log: a visitor's fault is told once a minute, however often it comes, and without the visitor."""

from __future__ import annotations

import logging
import threading
import time

EVERY_SECONDS = 60.0
MOST_KINDS = 256
LOUD = ("streamlit.error_util", "streamlit.web.server.starlette.starlette_websocket", "uvicorn.error")
"""Loggers of the server that write once a frame, or once a run of a page."""


class RepeatFilter(logging.Filter):
    """Lets a record through that was not told for a minute, with how many like it were not.

    Records are alike where text and place are: an error's place is the line that raised it, whatever its words.
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[tuple[object, ...], tuple[float, int]] = {}
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is told."""
        with self._lock:
            kind, now = _kind(record), time.monotonic()
            last, more = self._told.pop(kind, (float("-inf"), 0))
            tells = now - last >= EVERY_SECONDS
            self._told[kind] = (now, 0) if tells else (last, more + 1)
            if len(self._told) > MOST_KINDS:
                self._told.pop(next(iter(self._told)))
        if tells and more:
            record.msg = f"{record.msg} ({more:,} more like it since)"
        return tells


def _kind(record: logging.LogRecord) -> tuple[object, ...]:
    trace = record.exc_info[2] if record.exc_info else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else ()
    return (record.name, record.levelno, record.msg, place)


def hush() -> None:
    """Have the server's loggers tell each fault once a minute."""
    for name in LOUD:
        logger = logging.getLogger(name)
        if not any(isinstance(each, RepeatFilter) for each in logger.filters):
            logger.addFilter(RepeatFilter())
