"""The real server, asked from outside: what a visitor costs the others, and whom it turns away."""

import asyncio
import http.client
import json
import math
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection as AsyncConnection
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks._server import ask, opened
from resnet_explorer.ui.app import early
from resnet_explorer.ui.app import server as answers
from tests.serving import STOP_SECONDS, Server, serving
from tests.ui.watchful import ASKED, LOOKED

WATCHFUL = (str(Path(__file__).with_name("watchful.py")),)
NO_WORKERS = {"RESNET_EXPLORER_SCHEDULER": "tcp://127.0.0.1:1"}  # nothing answers there: nothing else goes on


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server"), WATCHFUL, NO_WORKERS) as running:
        yield running


def visited(server: Server, session: str = "") -> str:
    """Open the first page and leave it; the session's id. `session` is that of one who comes back."""

    async def visit() -> str:
        async with await opened(server.url, session) as connection:
            return (await asyncio.wait_for(ask(connection, ""), 30)).session

    return asyncio.run(visit())


def test_a_visitor_has_no_module_looked_up(server: Server) -> None:
    session = visited(server)
    assert visited(server, session) == session  # comes back, as after a lost connection
    visited(server)
    assert LOOKED not in server.log


def asked(server: Server, method: str, path: str, **headers: str) -> int:
    """The status that the server answers; all headers are as they are given."""
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=30)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def shaken(server: Server, **headers: str) -> int:
    """The status of a websocket's handshake."""
    key = {"Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec_WebSocket_Version": "13"}
    whole = {"Connection": "Upgrade", "Upgrade": "websocket", **key, **headers}
    return asked(server, "GET", "/_stcore/stream", **whole)


def test_a_foreign_page_gets_no_websocket_and_no_other_machine_is_asked(server: Server) -> None:
    assert shaken(server, Origin="http://evil.example") == 403
    assert shaken(server, Origin="null") == 403
    assert ASKED not in server.log
    assert server.log.count("Origin is not Host") == 1  # told once a minute
    assert shaken(server, Origin=server.url) == 101
    assert shaken(server) == 101
    assert shaken(server, Origin="https://school.example", Host="school.example") == 101  # behind a proxy with TLS
    assert ASKED not in server.log
    assert "evil" not in server.log


def test_nothing_is_uploaded(server: Server) -> None:
    assert asked(server, "PUT", f"/_stcore/upload_file/{visited(server)}/file") == 404


def read_all(connection: ClientConnection) -> None:
    while True:
        connection.recv(30)


def test_a_stranger_to_the_protocol_is_cut_off_and_told_once(server: Server) -> None:
    address = f"{server.url.replace('http', 'ws')}/_stcore/stream"
    odd = BackMsg()
    odd.clear_cache = True
    for _ in range(3):
        with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as connection:
            connection.send(odd.SerializeToString())
            with pytest.raises(ConnectionClosed, match="1008"):
                read_all(connection)
    assert visited(server)
    assert server.log.count("A visitor was cut off") == 1
    assert "Traceback" not in server.log


def rerun(*states: WidgetState, page: str = "explore") -> bytes:
    made = BackMsg()
    made.rerun_script.page_name = page
    made.rerun_script.widget_states.widgets.extend(states)
    return bytes(made.SerializeToString())


async def messages(connection: AsyncConnection, frame: bytes) -> list[ForwardMsg]:
    """What is answered to a frame, until its run is over."""
    await connection.send(frame)
    told: list[ForwardMsg] = []
    while not told or told[-1].WhichOneof("type") != "script_finished":
        told.append(ForwardMsg.FromString(await connection.recv(decode=False)))
    return told


async def answered(connection: AsyncConnection, frame: bytes) -> tuple[set[str], list[str]]:
    """The ids of the widgets of the page that a frame asks for, and what it shows of exceptions."""
    elements = [each.delta.new_element for each in await messages(connection, frame)]
    shown = [(kind, getattr(each, kind)) for each in elements if (kind := each.WhichOneof("type"))]
    widgets = {getattr(each, "id", "") for _, each in shown}
    return widgets - {""}, [each.stack_trace for kind, each in shown if kind == "exception"]


def test_values_of_a_wrong_type_harm_the_session_that_sends_them_alone(server: Server) -> None:
    async def visit() -> None:
        async with await opened(server.url) as forger, await opened(server.url) as other:
            widgets, _ = await answered(forger, rerun())
            assert len(widgets) > 5
            for value in ({"double_value": math.inf}, {"string_value": "\0<b>"}, {"bytes_value": b"\xff"}):
                _, traces = await answered(forger, rerun(*(WidgetState(id=each, **value) for each in widgets)))
                assert not any(traces)
                assert (await answered(other, rerun()))[1] == []

    asyncio.run(visit())


@pytest.mark.parametrize("name", early.FIRST)
def test_the_document_of_a_page_asks_for_the_widgets_that_the_page_begins_with(server: Server, name: str) -> None:
    async def visit() -> set[str]:
        async with await opened(server.url) as connection:
            told = await messages(connection, rerun(page=name))
            kinds = [each.delta.new_element.WhichOneof("type") for each in told]
            return {each.replace("_", "") for each in kinds if each}

    scripts = {each.lower(): each for each in early.WIDGETS}
    assert {scripts[each] for each in asyncio.run(visit()) if each in scripts} == {*early.FIRST[name]}


def test_a_session_that_is_opened_twice_is_one_and_goes_on(server: Server) -> None:
    async def visit() -> None:
        async with await opened(server.url) as first:
            session = (await ask(first, "")).session
            async with await opened(server.url, session) as second:
                assert (await ask(second, "")).session == session
                await first.close()
                assert (await ask(second, "")).session == session

    asyncio.run(visit())


def test_a_page_carries_its_rules_and_a_name_for_the_visitor(server: Server) -> None:
    with urllib.request.urlopen(urllib.request.Request(server.url, headers={"Accept": "text/html"})) as page:
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        assert "HttpOnly" in page.headers["Set-Cookie"]


def test_an_address_in_a_folder_is_no_page_and_paths_of_its_own_are_left(server: Server) -> None:
    assert [asked(server, "GET", path) for path in ("/a/b/c", "/explore/x", "/a/livez")] == [404] * 3
    assert [asked(server, "GET", path) for path in ("/explore", "/nonsense", "/livez", "/_stcore/health")] == [200] * 4
    assert asked(server, "GET", "/runs/live") == 400  # of no run


def test_it_is_alive_but_not_ready_where_nobody_carries_out_jobs(server: Server) -> None:
    assert asked(server, "GET", "/livez") == 200
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(f"{server.url}/readyz")
    assert told.value.code == 503
    assert told.value.headers["Cache-Control"] == "no-store"
    parts = json.loads(told.value.read())["parts"]
    assert {name: part["ok"] for name, part in parts.items()} == {
        "engine": False, "workers": False, "queue": True, "store": True
    }  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_asked_to_end_ends_well_though_its_workers_are_starting(
    tmp_path: Path, number: signal.Signals
) -> None:
    with serving(tmp_path) as running:
        running.process.send_signal(number)
        assert running.process.wait(STOP_SECONDS) == 0
        assert "Traceback" not in running.log


@pytest.mark.parametrize(("query", "to"), [("net=resnet18", "/under/?net=resnet18"), ("", "/under/")])
def test_the_front_doors_name_leads_to_its_address_with_all_that_the_link_holds(query: str, to: str) -> None:
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": f"/under/{answers.START}",
        "query_string": query.encode(),
        "headers": [],
    }
    assert asyncio.run(answers._home(Request(scope))).headers["location"] == to
