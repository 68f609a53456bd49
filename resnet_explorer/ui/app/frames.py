"""The frames of a browser's connection: known ones, of a bounded size, no more of them than a person makes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from streamlit.proto.BackMsg_pb2 import BackMsg

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Send

MOST_BYTES = 1_000_000
BURST, EACH_SECOND = 40, 10
KNOWN = frozenset({"rerun_script", "stop_script", "app_heartbeat", "backend_operation_request"})
OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
ASKED = frozenset({"load_git_info", "file_urls_request"})
"""What Streamlit's own page may send and no page of ours needs: passed over, and the connection goes on."""

POLICY = 1008


class Frames:
    """Stands between a connection and Streamlit, which gets what is known. Who sends anything else is cut off."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self.why = ""
        self._receive = receive
        self._send = send
        self._left = float(BURST)
        self._last = time.monotonic()

    async def receive(self) -> Message:
        """The next message for Streamlit: a frame that is taken, or that the connection has ended."""
        while not self.why:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            frame = message.get("bytes")
            self.why = self._refusal(frame)
            kind = "" if self.why else _kind(frame)
            if kind in KNOWN:
                return message
            if kind not in ASKED:
                self.why = self.why or "a frame that no page of this server sends"
                await self._send({"type": "websocket.close", "code": POLICY})
        return {"type": "websocket.disconnect", "code": POLICY}

    async def send(self, message: Message) -> None:
        """Pass an answer on; once the connection is cut, nobody is there to read it."""
        if not self.why:
            await self._send(message)

    def _refusal(self, frame: bytes | None) -> str:
        """Why a frame is not even looked into."""
        if not self._within_budget():
            return f"more than {BURST} frames at once and {EACH_SECOND} a second"
        if frame is None:
            return "a frame of text"
        return f"a frame of more than {MOST_BYTES:,} bytes" if len(frame) > MOST_BYTES else ""

    def _within_budget(self) -> bool:
        now = time.monotonic()
        self._left = min(float(BURST), self._left + (now - self._last) * EACH_SECOND) - 1
        self._last = now
        return self._left >= 0


def _kind(frame: Any) -> str | None:
    """What a frame asks for; None where it is none of Streamlit's, or asks for what is not offered."""
    message = BackMsg()
    try:
        message.ParseFromString(frame)
    except Exception:  # noqa: BLE001 - an error of protobuf's own, which is Streamlit's library
        return None
    kind: str | None = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return kind if set(_fields(message)) & OPERATIONS else None
    return kind


def _fields(message: BackMsg) -> list[str]:
    return [field.name for field, _ in message.backend_operation_request.ListFields()]
