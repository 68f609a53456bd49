"""A Streamlit server of this machine, and a visitor that speaks to it over the websocket, as a browser would."""

import asyncio
import json
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake
from websockets.typing import Subprotocol

_KEPT: WeakKeyDictionary[ClientConnection, dict[str, ForwardMsg]] = WeakKeyDictionary()
"""What a browser keeps of large elements and tells the server, which then sends their names alone."""
_PLACES: WeakKeyDictionary[ClientConnection, dict[str, str]] = WeakKeyDictionary()
"""By what a browser calls pages that it has been at: by their names it asks for them once."""

ROOT = Path(__file__).resolve().parents[1]
FORGETFUL = {"RESNET_EXPLORER_STORE": "off"}
"""A server that keeps no runs: what an earlier measurement left would be there already."""
START_SECONDS, IDLE_SECONDS, REST_SECONDS = 60, 60, 4


@dataclass(frozen=True)
class Server:
    """A server's process, its port, and when it was started."""

    process: asyncio.subprocess.Process
    port: int
    started: float

    @property
    def url(self) -> str:
        """Where its first page is."""
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """CPU time of the process so far, user and system, all threads, without its children."""
        # The kernel's own clock of another process (clock_getcpuclockid), in nanoseconds where /proc counts in 10 ms.
        return time.clock_gettime((~self.process.pid << 3) | 2)

    async def idle(self) -> None:
        """Wait until the server has come to rest: its workers are up, its caches are written."""
        deadline = time.monotonic() + IDLE_SECONDS
        while time.monotonic() < deadline:
            before = self.cpu_seconds()
            await asyncio.sleep(1)
            if self.cpu_seconds() - before < 0.03:
                return

    async def resting(self) -> float:
        """What share of a core it takes while no visitor asks for anything: of workers it hears all the time."""
        await asyncio.sleep(1)
        before = self.cpu_seconds()
        await asyncio.sleep(REST_SECONDS)
        return (self.cpu_seconds() - before) / REST_SECONDS


class Answer(NamedTuple):
    """What came of a rerun: by label the buttons as pressed, the fragment to ask for, bytes, seconds, the session."""

    buttons: dict[str, WidgetState]
    fragment: str
    size: int
    seconds: float
    session: str


@asynccontextmanager
async def running(script: Path, environment: Mapping[str, str] | None = None) -> AsyncIterator[Server]:
    """Start a script as `streamlit run` does, with the project's configuration; stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {"port": port, "address": "127.0.0.1", "headless": "true"}
    flags = [f"--server.{name}={value}" for name, value in options.items()]
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "streamlit", "run", str(script), *flags),
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield Server(process, port, started)
    finally:
        process.terminate()
        await process.wait()


async def opened(url: str, session: str = "", **headers: str) -> ClientConnection:
    """Connect to a server; `session` is that of a visitor who comes back."""
    names = ("streamlit", *(("none", session) if session else ()))
    return await connect(
        f"{url.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=list(map(Subprotocol, names)),
        additional_headers=headers,
        max_size=None,
    )


async def connected(server: Server, session: str = "") -> ClientConnection:
    """The same, where the server may still be starting."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return await opened(server.url, session)
        except (OSError, InvalidHandshake):
            if time.monotonic() > deadline or server.process.returncode is not None:
                raise
            await asyncio.sleep(0.01)


async def ask(
    connection: ClientConnection, page: str, *, button: WidgetState | None = None, fragment: str = ""
) -> Answer:
    """Run a page, or a fragment of it, until the server says that it has finished; `button` is one that is pressed.

    Raises:
        RuntimeError: the page shows an exception.
    """
    message, name, places = _message(connection, page, button, fragment), page.partition("?")[0], _PLACES[connection]
    buttons, asked, session, size, started = {}, "", "", 0, time.perf_counter()
    await connection.send(message.SerializeToString())
    while True:
        raw = bytes(await connection.recv(decode=False))
        size += len(raw)
        answer = _whole(ForwardMsg.FromString(raw), connection)
        kind = answer.WhichOneof("type")
        shown = answer.delta.new_element.WhichOneof("type") if kind == "delta" else None
        if shown == "exception":
            raise RuntimeError(f"page /{page} failed: {answer.delta.new_element.exception.message}")
        if shown == "button":
            made = answer.delta.new_element.button
            buttons[made.label] = WidgetState(id=made.id, trigger_value=True)
        elif shown == "bidi_component":
            buttons |= _pressed(answer.delta.new_element.bidi_component)
        elif kind == "navigation":
            places[name] = answer.navigation.page_script_hash
        elif kind == "auto_rerun":
            asked = answer.auto_rerun.fragment_id
        elif kind == "new_session":
            session = answer.new_session.initialize.session_id
        elif kind == "script_finished":
            return Answer(buttons, asked, size, time.perf_counter() - started, session)


def _message(connection: ClientConnection, page: str, button: WidgetState | None, fragment: str) -> BackMsg:
    """What a browser sends to have a page run."""
    message = BackMsg()
    message.rerun_script.cached_message_hashes.extend(_KEPT.setdefault(connection, {}))
    name, _, message.rerun_script.query_string = page.partition("?")
    places = _PLACES.setdefault(connection, {})
    if name in places:  # a page that has been told its place is not asked for by its name again
        message.rerun_script.page_script_hash = places[name]
    else:
        message.rerun_script.page_name = name
    message.rerun_script.context_info.timezone = "UTC"
    message.rerun_script.context_info.locale = "en-GB"
    if button:
        message.rerun_script.widget_states.widgets.append(button)
    if fragment:
        message.rerun_script.fragment_id = fragment
        message.rerun_script.is_auto_rerun = True
    return message


def _whole(answer: ForwardMsg, connection: ClientConnection) -> ForwardMsg:
    """An answer with what the visitor has kept in place of its name."""
    if answer.metadata.cacheable:
        _KEPT[connection][answer.hash] = answer
    return _KEPT[connection][answer.ref_hash] if answer.ref_hash else answer


def _pressed(picture: BidiComponent) -> dict[str, WidgetState]:
    """The buttons that a picture has itself, such as a race's, as pressed."""
    press = json.loads(picture.bytes or b"{}").get("press")
    if not press:
        return {}
    events = f"$$STREAMLIT_INTERNAL_KEY_{picture.id}__events"
    labels = {press["label"]: "run", "Stop": "stop"}
    return {
        label: WidgetState(id=events, json_trigger_value=json.dumps([{"event": event, "value": 1}]))
        for label, event in labels.items()
    }


def load() -> str:
    """How busy the machine is: a figure that other work has made worse can be told from one that is bad."""
    return f"load {psutil.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
