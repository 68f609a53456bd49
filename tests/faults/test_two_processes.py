"""Two web processes behind nginx, with the configuration that is shipped. Run by `python3 tasks.py faults`."""

import asyncio
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from benchmarks._server import ask, opened
from resnet_explorer.jobs.database import Database
from resnet_explorer.jobs.visitor import stranger
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui.view.visitor import NAME
from tasks import nginx
from tests.serving import ROOT, Server, serving

SHIPPED = ROOT / "deploy" / "nginx.conf"
PAGE = "laboratory?experiment=degradation&guess=1&lab_steps=10&seed=77"

pytestmark = pytest.mark.timeout(1800)


class Both(NamedTuple):
    """The address of the proxy, the web processes behind it, and where they keep runs."""

    url: str
    servers: tuple[Server, Server]
    store: Path


def configuration(port: int, servers: tuple[Server, Server], folder: Path) -> str:
    """The file as it is shipped, with the ports of this test."""
    text = SHIPPED.read_text(encoding="utf-8")
    ours = {f"app{number}:8501": each.url.removeprefix("http://") for number, each in enumerate(servers, 1)}
    for there, here in {"listen 8080": f"listen 127.0.0.1:{port}", "/tmp/nginx": f"{folder}/nginx", **ours}.items():  # noqa: S108
        assert there in text
        text = text.replace(there, here)
    return text


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    program = nginx()
    assert program, "This test needs nginx: install it (Debian, Ubuntu: apt install nginx-light) and run again."
    environment = {"RESNET_EXPLORER_STORE": str(tmp_path / "runs"), "RESNET_EXPLORER_WORKERS": "1"}
    with ExitStack() as stack:
        folders = [tmp_path / name for name in ("one", "two")]
        for folder in folders:
            folder.mkdir()
        one, two = (stack.enter_context(serving(folder, environment=environment)) for folder in folders)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        file = tmp_path / "nginx.conf"
        file.write_text(configuration(port, (one, two), tmp_path), encoding="utf-8")
        proxy = subprocess.Popen([program, "-c", file, "-g", "daemon off;"])
        try:
            url = f"http://127.0.0.1:{port}"
            until(lambda: answers(f"{url}/livez") or proxy.poll() is not None)
            assert proxy.poll() is None, "nginx did not start: its words are above"
            yield Both(url, (one, two), tmp_path / "runs")
        finally:
            proxy.terminate()
            proxy.wait(10)


def until(holds: Callable[[], object], seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.1)


def answers(url: str) -> str:
    """What is answered, to its end; empty where nothing is."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def done(place: Path) -> list[str]:
    """The keys of the trainings that are kept."""
    store = Database(place)
    found = [each.key for each in store.recent() if each.state == "done" and isinstance(each.config, TrainConfig)]
    store.close()
    return found


def told(url: str, keys: list[str]) -> bool:
    """Whether these runs are told there as finished, with their ten steps each."""
    said = answers(f"{url}/runs/live?{'&'.join(f'key={each}' for each in keys)}")
    ended = "event: end" in said and said.count('"ended":true') == len(keys)
    return ended and f"id: {'.'.join(['10'] * len(keys))}\n" in said


async def page(url: str, cookie: str, press: str = "") -> dict[str, str]:
    """A visitor opens the page at this address, as a browser names it, and presses a button; the buttons there are."""
    async with await opened(url, Cookie=cookie, Origin=url) as connection:
        buttons = (await ask(connection, PAGE)).buttons
        return (await ask(connection, PAGE, button=buttons[press])).buttons if press else buttons


def listening(server: Server) -> int:
    """How many connections the process holds."""
    held = psutil.Process(server.process.pid).net_connections()
    return sum(each.status == psutil.CONN_ESTABLISHED and each.laddr.port == _port(server.url) for each in held)


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])


async def where(both: Both, cookie: str) -> tuple[int, int]:
    """How many of three connections of a visitor came to each process."""
    before = [listening(each) for each in both.servers]
    found = [await opened(both.url, Cookie=cookie, Origin=both.url) for _ in range(3)]
    one, two = (listening(each) - was for each, was in zip(both.servers, before, strict=True))
    for each in found:
        await each.close()
    await asyncio.sleep(0.3)
    return one, two


def test_any_of_two_processes_shows_any_run_and_one_that_is_killed_loses_nothing(both: Both) -> None:
    visitors = [f"{NAME}={stranger()}" for _ in range(10)]
    places = [asyncio.run(where(both, each)) for each in visitors]
    assert set(places) == {(3, 0), (0, 3)}  # who came to one stays with it, and both have visitors
    asyncio.run(page(both.url, visitors[0], "Run"))
    until(lambda: len(done(both.store)) == 4, 1200)  # plain and residual, shallow and deep
    keys = done(both.store)
    assert all(told(each, keys) for each in (both.url, *(server.url for server in both.servers)))
    worked, other = (both.servers[places[0].index(connections)] for connections in (3, 0))
    worked.process.kill()
    worked.process.wait()
    assert told(other.url, keys)
    assert told(both.url, keys)
    assert asyncio.run(page(both.url, visitors[0]))  # who was there goes on, with the other
