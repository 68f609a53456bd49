"""Runs told by server-sent events: what is sent, from where on, when it ends, and what is refused."""

import asyncio
import base64
import dataclasses
import hashlib
import json
import threading
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import StreamingResponse

import resnet_explorer as rx
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.time_block import BlockConfig
from resnet_explorer.tasks.train import Step, TrainConfig
from resnet_explorer.ui import canvas
from resnet_explorer.ui.canvas import stream
from resnet_explorer.ui.canvas.frames import BROKEN, DECADE
from resnet_explorer.ui.view import visitor
from tests.ui.silent import Silent

NET = rx.preset("demo_resnet18")
LAYERS = len(rx.analyse(NET).weighted)


@pytest.fixture(autouse=True)
def nothing_told() -> None:
    stream._JUST.clear()


def steps(count: int) -> tuple[Step, ...]:
    return tuple(
        Step(step=i, loss=2.0 - i / 10, norms=tuple(float(1 + i + j) for j in range(LAYERS)), ratio=1.5 + i)
        for i in range(count)
    )


def running(engine: Silent, seed: int, records: tuple[Step, ...], state: str = "running") -> str:
    config = TrainConfig(net=NET, seed=seed, steps=9)
    engine.jobs[key(config)] = Snapshot(key=key(config), config=config, state=state, records=records)
    return key(config)


def ask(keys: list[str], told: str = "", more: str = "") -> Any:
    query = "&".join(f"key={each}" for each in keys) + more
    headers = [(b"last-event-id", told.encode())] if told else []
    scope = {"type": "http", "method": "GET", "path": f"/{stream.PATH}", "query_string": query.encode()}
    return asyncio.run(stream.live(Request(scope | {"headers": headers})))


def events(answer: StreamingResponse) -> list[dict[str, str]]:
    async def read(body: AsyncIterator[Any]) -> str:
        return "".join([part async for part in body])

    text = asyncio.run(read(answer.body_iterator))
    return [_fields(part) for part in text.split("\n\n") if part]


def _fields(event: str) -> dict[str, str]:
    return {name: value.strip() for name, _, value in (line.partition(":") for line in event.split("\n"))}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "TICK_SECONDS", 0.001)
    monkeypatch.setattr(stream, "LIFE_SECONDS", 0.05)


def test_a_finished_run_is_told_whole_and_ends(engine: Silent) -> None:
    names = [running(engine, 0, steps(3), "done"), running(engine, 1, steps(2), "stopped")]
    retry, message, end = events(ask(names))
    assert retry["retry"] == str(stream.RETRY_MS)
    assert end["event"] == "end"
    assert message["id"] == "3.2"
    first, second = json.loads(message["data"])
    assert first["from"] == second["from"] == 0
    assert first["steps"] == [0, 1, 2]
    assert first["loss"] == [2.0, 1.9, 1.8]
    assert second["ratio"] == [1.5, 2.5]
    assert first["ended"] is second["ended"] is True


def test_norms_are_those_of_the_columns(engine: Silent) -> None:
    places = canvas.columns(rx.analyse(NET))
    assert 0 < len(places) <= LAYERS
    _, message, _ = events(ask([running(engine, 0, steps(2), "done")]))
    raw = np.frombuffer(base64.b64decode(json.loads(message["data"])[0]["norms"]), dtype="<i2")
    expected = [[1 + i + j for j in places] for i in range(2)]
    np.testing.assert_allclose(10 ** (raw.reshape(2, -1) / DECADE), expected, rtol=2e-3)


def test_another_number_of_each_layer_is_told_where_it_is_asked_for(engine: Silent) -> None:
    places = canvas.columns(rx.analyse(NET))
    moved, last = steps(2)
    moved = moved._replace(weights=(2.0,) * LAYERS, updates=tuple(0.01 * (1 + j) for j in range(LAYERS)))
    name = running(engine, 0, (moved, last), "diverged")
    _, message, _ = events(ask([name], more="&track=update"))
    raw = np.frombuffer(base64.b64decode(json.loads(message["data"])[0]["norms"]), dtype="<i2").reshape(2, -1)
    np.testing.assert_allclose(10 ** (raw[0] / DECADE), [0.005 * (1 + j) for j in places], rtol=2e-3)
    assert set(raw[1]) == {BROKEN}
    assert stream.address([name], "update").endswith("&track=update")
    assert "track" not in stream.address([name])
    _, both, _ = events(ask([name], more="&track=weight_gradient&track=update"))
    rows = np.frombuffer(base64.b64decode(json.loads(both["data"])[0]["norms"]), dtype="<i2").reshape(2, 2, -1)
    np.testing.assert_allclose(10 ** (rows[0, 0] / DECADE), [moved.norms[j] for j in places], rtol=2e-3)
    assert (rows[:, 1] == raw).all()
    assert stream.address([name], "weight", "update").endswith("&track=weight&track=update")
    refused = ask([name], more="&track=nonsense")
    assert refused.status_code == 400
    assert b"weight_gradient, update" in refused.body


def test_who_comes_back_is_sent_the_rest(engine: Silent) -> None:
    name = running(engine, 0, steps(5), "done")
    _, message, _ = events(ask([name], "3"))
    (net,) = json.loads(message["data"])
    assert net["from"] == 3
    assert net["steps"] == [3, 4]
    assert message["id"] == "5"


def test_a_stream_of_a_run_that_goes_on_says_what_is_new_and_is_ended_when_old(engine: Silent) -> None:
    name = running(engine, 0, steps(1))
    answer = ask([name])
    seen = []

    async def read() -> None:
        async for part in answer.body_iterator:
            seen.append(part)
            if len(seen) == 2:
                engine.jobs[name] = dataclasses.replace(engine.jobs[name], records=steps(4))

    asyncio.run(read())
    messages = [json.loads(part.split("data: ")[1]) for part in seen if "data: " in part]
    assert [net["steps"] for (net,) in messages] == [[0], [1, 2, 3]]
    assert not any("event: end" in part for part in seen)
    assert not any(net["ended"] for (net,) in messages)


def test_a_diverged_step_is_no_number(engine: Silent) -> None:
    broken = steps(1)[0]._replace(loss=float("inf"), ratio=float("nan"))
    _, message, _ = events(ask([running(engine, 0, (broken,), "diverged")]))
    (net,) = json.loads(message["data"])
    assert net["loss"] == net["ratio"] == [None]


def test_what_is_not_known_or_no_training_is_not_found(engine: Silent) -> None:
    block = BlockConfig()
    engine.jobs[key(block)] = Snapshot(key=key(block), config=block, state="running")
    good = running(engine, 0, ())
    for keys in (["0" * 16], [good, "nonsense"], [key(block)]):
        answer = ask(keys)
        assert answer.status_code == 404
        assert b"not known" in answer.body


@pytest.mark.parametrize("count", [0, stream.MOST_RUNS + 1])
def test_the_number_of_runs_is_bounded(engine: Silent, count: int) -> None:
    answer = ask([running(engine, 0, ())] * count)
    assert answer.status_code == 400
    assert f"got {count}".encode() in answer.body


def test_the_number_of_streams_is_bounded_and_given_back(engine: Silent, monkeypatch: pytest.MonkeyPatch) -> None:
    name = running(engine, 0, ())
    before = stream.opened()
    answer = ask([name])
    events(answer)
    assert stream.opened() == before
    monkeypatch.setattr(stream, "MOST_STREAMS", before)
    assert ask([name]).status_code == 503


@given(st.text(max_size=40), st.integers(1, 4))
def test_any_id_is_taken_without_harm(told: str, count: int) -> None:
    known = stream.since(told, count)
    assert len(known) == count
    assert all(0 <= each < 10**9 for each in known)


@pytest.mark.parametrize(("base", "path"), [("", "/runs/live"), ("/x/y/", "/x/y/runs/live"), ("x", "/x/runs/live")])
def test_the_routes_stand_beside_the_pages(base: str, path: str) -> None:
    live, script = stream.routes(base)
    assert live.path == path
    assert script.path == path.replace(stream.PATH, canvas.PATH)
    assert path.endswith(stream.address(["k"]).partition("?")[0])


def test_a_browser_may_keep_the_script_of_the_drawings_for_ever_since_its_address_is_its_own() -> None:
    answer = asyncio.run(canvas.script(Request({"type": "http"})))
    assert answer.media_type == "text/javascript"
    assert "immutable" in answer.headers["cache-control"]
    assert b"class Figure" in answer.body
    assert hashlib.blake2b(answer.body, digest_size=8).hexdigest() in canvas.PATH


def test_a_run_is_told_once_in_a_stream(engine: Silent) -> None:
    name = engine.submit(TrainConfig(net=NET))
    assert asked(f"key={name}&key={name}").status_code == 400


def test_a_visitor_has_so_many_streams_and_takes_none_of_anothers(engine: Silent) -> None:
    name = engine.submit(TrainConfig(net=NET))
    stream._OPEN["A" * 22] = stream.MOST_EACH
    try:
        assert asked(f"key={name}", "A" * 22).status_code == 429
        assert asked(f"key={name}", "B" * 22).status_code == 200
    finally:
        del stream._OPEN["A" * 22]


def asked(query: str, who: str = "") -> Any:
    cookie = f"{visitor.NAME}={who}".encode()
    scope = {"type": "http", "query_string": query.encode(), "headers": [(b"cookie", cookie)]}
    return asyncio.run(stream.live(Request(scope)))


def test_what_a_class_watches_is_written_once(engine: Silent, monkeypatch: pytest.MonkeyPatch) -> None:
    config = TrainConfig(net=NET)
    engine.finish(config, None)
    made: list[Any] = []
    monkeypatch.setattr(stream.canvas, "numbers", lambda *each: made.append(each) or {})
    now = engine.snapshot(key(config))
    told = [stream._told((stream.FIRST,), key(config), 0, now, ()) for _ in range(30)]
    assert len(set(told)) == len(made) == 1


def test_a_server_that_ends_waits_for_no_stream(engine: Silent, monkeypatch: pytest.MonkeyPatch) -> None:
    name = engine.submit(TrainConfig(net=NET))
    monkeypatch.setattr(stream, "LIFE_SECONDS", 1e9)
    monkeypatch.setattr(stream, "ENDING", threading.Event())
    stream.ENDING.set()

    async def whole() -> list[str]:
        return [each async for each in stream._news(stream.Runs((name,), "", ((),), (stream.FIRST,)), (0,))]

    assert asyncio.run(whole())[0].startswith("retry")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Time passes as a stream sleeps."""
    now = [100.0]

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(stream, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(stream, "asyncio", SimpleNamespace(sleep=sleep))
    monkeypatch.setattr(stream, "TICK_SECONDS", 0.25)
    return now


@pytest.mark.parametrize(
    ("life", "parts", "ended"),
    [(3.0, 2, 103.25), (3.5, 3, 103.75), (6.0, 3, 106.25), (6.5, 4, 106.75)],  # a sign each time after 3 s of silence
)
def test_a_stream_with_no_news_gives_a_sign_and_is_ended_when_it_is_old(
    engine: Silent, clock: list[float], monkeypatch: pytest.MonkeyPatch, life: float, parts: int, ended: float
) -> None:
    name = running(engine, 0, steps(1))
    monkeypatch.setattr(stream, "LIFE_SECONDS", life)

    answer = ask([name])

    async def whole() -> list[str]:
        return [str(each) async for each in answer.body_iterator]

    told = asyncio.run(whole())
    assert told[0] == f"retry: {stream.RETRY_MS}\n\n"
    assert told[1].startswith("id: 1\n")
    assert told[2:] == [":\n\n"] * (parts - 2)
    assert clock == [ended]
    assert stream.opened() == 0


def test_what_was_just_told_is_kept_for_a_moment_and_within_bounds(
    engine: Silent, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = engine.snapshot(running(engine, 0, steps(1)))
    made: list[Any] = []
    monkeypatch.setattr(stream.canvas, "numbers", lambda *each: made.append(each) or {"text": "x" * 10})
    tell: Any = lambda name: stream._told((stream.FIRST,), name, 0, now, ())  # noqa: E731
    one = len(tell("a"))
    monkeypatch.setattr(stream, "_MOST_TEXT", 2 * one)
    for name, count in (("a", 1), ("b", 2), ("a", 2), ("b", 2), ("c", 3), ("b", 3), ("a", 4)):  # c drives a out
        tell(name)
        assert len(made) == count
    monkeypatch.setattr(stream, "_MOST_TEXT", 99 * one)
    monkeypatch.setattr(stream, "MOST_STREAMS", 3)
    for name, count in (("d", 5), ("a", 5), ("d", 5), ("e", 6), ("c", 7)):
        tell(name)
        assert len(made) == count
    clock[0] += stream.LIFE_SECONDS
    tell("e")
    assert len(made) == 7
    clock[0] += 0.01
    tell("e")
    assert len(made) == 8
