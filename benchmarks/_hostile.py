"""What a visitor may do to the others: nets as large as a link can ask for, and frames that no page sends."""

import asyncio
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from benchmarks._server import Server, ask, opened

ANSWERED_SECONDS, LONGEST_SECONDS = 0.5, 60
"""Whoever else is there has to be answered within the first, meanwhile, on a machine that does nothing else; after the
second nobody waits any more.
"""


async def deep_links(server: Server, process: psutil.Process, count: int) -> float:
    """Each by a visitor of his own who leaves then; the most megabytes that the server held."""
    most = 0.0
    for number in range(1, count + 1):
        async with await opened(server.url) as connection:
            await ask(connection, f"explore?block=bottleneck&blocks=500,500,500,500&width={8 * (number % 64) + 8}")
        most = max(most, process.memory_info().rss / 1e6)
    return most


async def _cut(server: Server, *frames: bytes) -> bool:
    """Whether who sends these frames is cut off."""
    async with await opened(server.url) as connection:
        try:
            for frame in frames:
                await connection.send(frame)
            async with asyncio.timeout(10):
                while True:
                    await connection.recv()
        except ConnectionClosed:
            return True
        except TimeoutError:
            return False


def _message(*, empties: bool = False) -> bytes:
    """A rerun of the first page, or the request to empty all caches."""
    made = BackMsg()
    if empties:
        made.clear_cache = True
    else:
        made.rerun_script.query_string = ""
    return bytes(made.SerializeToString())


async def _foreign(server: Server) -> bool:
    try:
        await (await opened(server.url, Origin="http://evil.example")).close()
    except InvalidStatus as refused:
        return refused.response.status_code == 403
    return False


async def _uploads(server: Server) -> bool:
    address = f"{server.url}/_stcore/upload_file/a/b"
    request = urllib.request.Request(address, data=b"x" * 1_000_000, method="PUT")
    try:
        await asyncio.to_thread(urllib.request.urlopen, request)
    except urllib.error.HTTPError as refused:
        return refused.code == 404
    return False


class Fault(NamedTuple):
    """Something that is to be refused, while others are answered."""

    name: str
    refused: Callable[[Server], Awaitable[bool]]

    async def survived(self, server: Server) -> str:
        """Empty where it was refused and another visitor was answered meanwhile; else what went wrong."""
        try:
            async with asyncio.timeout(LONGEST_SECONDS), await opened(server.url) as other:
                await ask(other, "")
                under_way, began = asyncio.ensure_future(self.refused(server)), time.perf_counter()
                await asyncio.sleep(0.01)
                await ask(other, "")
                seconds = time.perf_counter() - began
                if not await under_way:
                    return "not refused"
        except (ConnectionClosed, OSError, TimeoutError):
            return "others were cut off"
        return "" if seconds <= ANSWERED_SECONDS else f"others waited {seconds:.1f} s"


FAULTS = (
    Fault("garbage", lambda server: _cut(server, b"\xff\x00garbage")),
    Fault("caches to be emptied", lambda server: _cut(server, _message(empties=True))),
    Fault("a frame of 26 MB", lambda server: _cut(server, b"\0" * 26_000_000)),
    Fault("2,000 frames at once", lambda server: _cut(server, *[_message()] * 2000)),
    Fault("a foreign page's websocket", _foreign),
    Fault("an upload", _uploads),
)
