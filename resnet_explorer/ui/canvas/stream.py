"""Runs as server-sent events: what is new of them goes straight to the drawing, past the page.

`GET runs/live?key=KEY&key=KEY` answers with `text/event-stream`. Each message is JSON: what is new of each run, as
`canvas.numbers` writes it, and whether the run has ended; with `&track=NAME` another number of each layer than its
gradient's norm, with several of them each in turn. Its id says how many steps of each run the browser has then, so
that a browser that comes back with it is sent the rest. After the last step there is an event `end`. Where a run is
not known the answer is 404.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

from resnet_explorer import jobs as service
from resnet_explorer.experiments.tracks import TRACKS, along
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui import canvas
from resnet_explorer.ui.view import cached

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from resnet_explorer.jobs.snapshot import Snapshot

PATH = "runs/live"
FIRST = TRACKS.names[0]
MOST_RUNS = 16
MOST_STREAMS = 256
TICK_SECONDS = 0.1
LIFE_SECONDS = 8.0
"""A stream is ended and taken up again by the browser that often: a server that is stopped need not wait for it."""
RETRY_MS = 50
_SILENCE_SECONDS = 3.0
_OPEN: set[object] = set()
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Runs(NamedTuple):
    """The runs of one stream: their keys, which of the layers are columns of the drawing, and what is told of each."""

    keys: tuple[str, ...]
    columns: tuple[tuple[int, ...], ...]
    tracks: tuple[str, ...]


def address(keys: Sequence[str], *tracks: str) -> str:
    """Where these runs are told, relative to a page, with these numbers of each layer."""
    chosen = [] if tracks in ((), (FIRST,)) else [("track", track) for track in tracks]
    return f"{PATH}?{urlencode([('key', key) for key in keys] + chosen)}"


def routes(base: str = "") -> list[Route]:
    """The routes of runs and of the drawings' script, for a server whose pages stand under the path `base`."""
    return [Route(under(base, path), answer) for path, answer in ((PATH, live), (canvas.PATH, canvas.script))]


def under(base: str, path: str) -> str:
    """A path of the server whose pages stand under the path `base`."""
    return "/".join(["", *filter(None, [base.strip("/"), path])])


def opened() -> int:
    """How many streams there are now."""
    return len(_OPEN)


async def live(request: Request) -> Response:
    """Tell how the runs go on.

    Answers 404 where a run is not known or is not a training, 400 where there is no such track, 503 where too many
    listen already.
    """
    keys = tuple(request.query_params.getlist("key"))
    if not 1 <= len(keys) <= MOST_RUNS:
        return PlainTextResponse(f"key: got {len(keys)} of them, 1 to {MOST_RUNS} are allowed.\n", status_code=400)
    tracks = tuple(request.query_params.getlist("track")) or (FIRST,)
    if len(tracks) > len(TRACKS.names) or not all(track in TRACKS for track in tracks):
        return PlainTextResponse(f"track: allowed: {', '.join(TRACKS.names)}.\n", status_code=400)
    now = [service.engine().snapshot(key) for key in keys]
    nets = [each.config.net for each in now if each is not None and isinstance(each.config, TrainConfig)]
    if len(nets) < len(keys):
        return PlainTextResponse("A run of that key is not known here.\n", status_code=404)
    if opened() >= MOST_STREAMS:
        return PlainTextResponse(f"{MOST_STREAMS} streams are open, the most there can be.\n", status_code=503)
    runs = Runs(keys, tuple(canvas.columns(cached.report(net), len(tracks)) for net in nets), tracks)
    news = _news(runs, since(request.headers.get("last-event-id", ""), len(keys)))
    return StreamingResponse(news, media_type="text/event-stream", headers=_HEADERS)


def since(told: str, count: int) -> tuple[int, ...]:
    """How many steps of each run the browser says it has: none, where it says nothing that can be read."""
    parts = told.split(".")
    if len(parts) != count or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return (0,) * count
    return tuple(map(int, parts))


async def _news(runs: Runs, known: tuple[int, ...]) -> AsyncIterator[str]:
    """The messages, from the first one at once until all runs have ended or the stream is old."""
    token = object()
    _OPEN.add(token)
    try:
        began = last = time.monotonic()
        yield f"retry: {RETRY_MS}\n\n"
        first = True
        while True:
            now = [service.engine().snapshot(key, have) for key, have in zip(runs.keys, known, strict=True)]
            fresh = tuple(have + (len(each.records) if each else 0) for each, have in zip(now, known, strict=True))
            if first or fresh != known:
                yield _message(runs, known, fresh, now)
                known, first, last = fresh, False, time.monotonic()
            if all(each is None or each.finished for each in now):
                yield "event: end\ndata:\n\n"
                return
            if time.monotonic() - began > LIFE_SECONDS:
                return
            if time.monotonic() - last > _SILENCE_SECONDS:
                yield ":\n\n"
                last = time.monotonic()
            await asyncio.sleep(TICK_SECONDS)
    finally:
        _OPEN.discard(token)


def _message(runs: Runs, known: tuple[int, ...], fresh: tuple[int, ...], now: Sequence[Snapshot | None]) -> str:
    nets = [
        {
            "from": first,
            "ended": each is None or each.finished,
            **canvas.numbers(along(runs.tracks, each.records if each else ()), columns),
        }
        for first, each, columns in zip(known, now, runs.columns, strict=True)
    ]
    text = json.dumps(nets, separators=(",", ":"), allow_nan=False)
    return f"id: {'.'.join(map(str, fresh))}\ndata: {text}\n\n"
