"""The real server, asked from outside: what a visitor costs the others."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.serving import Server, serving
from tests.ui.watchful import LOOKED

WATCHFUL = (str(Path(__file__).with_name("watchful.py")),)
NO_WORKERS = {"RESNET_EXPLORER_SCHEDULER": "tcp://127.0.0.1:1"}  # nothing answers there: nothing else goes on


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server"), WATCHFUL, NO_WORKERS) as running:
        yield running


def visited(server: Server, session: str = "") -> str:
    """Open the first page and leave it; the session's id. `session` is that of one who comes back."""
    names = ["streamlit", *(["none", session] if session else [])]
    address = f"{server.url.replace('http', 'ws')}/_stcore/stream"
    with connect(address, subprotocols=[Subprotocol(name) for name in names], max_size=None) as connection:
        message = BackMsg()
        message.rerun_script.query_string = ""
        connection.send(message.SerializeToString())
        told = ""
        while True:
            answer = ForwardMsg.FromString(bytes(connection.recv(30, decode=False)))
            if answer.WhichOneof("type") == "new_session":
                told = answer.new_session.initialize.session_id
            if answer.WhichOneof("type") == "script_finished":
                return told


def test_a_visitor_has_no_module_looked_up(server: Server) -> None:
    session = visited(server)
    assert visited(server, session) == session  # comes back, as after a lost connection
    visited(server)
    assert LOOKED not in server.log
