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
from resnet_explorer import preset
from resnet_explorer.jobs.visitor import stranger
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui.view.visitor import NAME
from tasks import nginx
from tests.serving import ROOT, Server, serving

SHIPPED = ROOT / "deploy" / "nginx.conf"
PAGE = "gradients?steps=4&seed=77"
RUN = key(TrainConfig(net=preset("demo_resnet34"), steps=4, seed=77))

pytestmark = pytest.mark.timeout(900)


class Both(NamedTuple):
    """The address of the proxy, and the web processes behind it."""

    url: str
    servers: tuple[Server, Server]


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
            until(lambda: answers(f"{url}/livez"))
            yield Both(url, (one, two))
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


def whole(url: str) -> bool:
    """Whether the run is told there as finished, with its four steps."""
    told = answers(f"{url}/runs/live?key={RUN}")
    return '"ended":true' in told and "event: end" in told and "id: 4\n" in told


async def pressed(url: str, cookie: str) -> None:
    """A visitor opens the page at this address, as a browser names it, and presses Run."""
    async with await opened(url, Cookie=cookie, Origin=url) as connection:
        button = (await ask(connection, PAGE)).buttons["Run"]
        await ask(connection, PAGE, button=button)


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
    asyncio.run(pressed(both.url, visitors[0]))
    until(lambda: whole(both.url))
    assert all(whole(each.url) for each in both.servers)
    worked = both.servers[places[0].index(3)]
    other = both.servers[places[0].index(0)]
    worked.process.kill()
    worked.process.wait()
    assert whole(other.url)
    assert whole(both.url)
    asyncio.run(pressed(both.url, visitors[0]))  # who was there goes on, with the other
