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
import threading
import time
from collections import Counter, OrderedDict
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

from resnet_explorer import jobs as service
from resnet_explorer.experiments.tracks import TRACKS, along
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui import canvas
from resnet_explorer.ui.view import cached, visitor

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
MOST_EACH, MOST_UNNAMED = 12, 64
"""Streams of one visitor, and of all those together whose browsers keep no name."""

LIFE_SECONDS = 3.5
"""A stream is ended and taken up again by the browser that often: a server that is stopped need not wait for it."""
RETRY_MS = 50
_SILENCE_SECONDS = 3.0
ENDING = threading.Event()
"""Set when the server is to end: no stream is to be waited for."""

_JUST: OrderedDict[tuple[object, ...], tuple[float, str]] = OrderedDict()
_MOST_TEXT = 20_000_000
_OPEN: Counter[str] = Counter()
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Runs(NamedTuple):
    """The runs of one stream: their keys, and who watches them.

    Besides, which of the layers are columns of the drawing, and what is told of each.
    """

    keys: tuple[str, ...]
    visitor: str
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
    return _OPEN.total()


async def live(request: Request) -> Response:
    """Tell how the runs go on.

    Answers 404 where a run is not known or is not a training, 400 where there is no such track or a run is named twice,
    429 where this visitor, and 503 where too many, listen already.
    """
    keys = tuple(request.query_params.getlist("key"))
    tracks = tuple(request.query_params.getlist("track")) or (FIRST,)
    who = visitor.known(request.cookies).name
    if refusal := _refusal(keys, tracks, who):
        why, status = refusal
        return PlainTextResponse(f"{why}\n", status_code=status)
    now = [service.engine().snapshot(key, visitor=who) for key in keys]
    nets = [each.config.net for each in now if each is not None and isinstance(each.config, TrainConfig)]
    if len(nets) < len(keys):
        return PlainTextResponse("A run of that key is not known here.\n", status_code=404)
    runs = Runs(keys, who, tuple(canvas.columns(cached.report(net), len(tracks)) for net in nets), tracks)
    news = _news(runs, since(request.headers.get("last-event-id", ""), len(keys)))
    return StreamingResponse(news, media_type="text/event-stream", headers=_HEADERS)


def _refusal(keys: tuple[str, ...], tracks: tuple[str, ...], who: str) -> tuple[str, int] | None:
    """Why no stream is opened, before any run is looked up."""
    if not 1 <= len(keys) <= MOST_RUNS:
        return f"key: got {len(keys)} of them, 1 to {MOST_RUNS} are allowed.", 400
    if len(set(keys)) < len(keys):
        return "key: each run is told once.", 400
    if len(tracks) > len(TRACKS.names) or not all(track in TRACKS for track in tracks):
        return f"track: allowed: {', '.join(TRACKS.names)}.", 400
    if _OPEN[who] >= (MOST_EACH if who else MOST_UNNAMED):
        return "You have as many streams open as a visitor can have.", 429
    if opened() >= MOST_STREAMS:
        return f"{MOST_STREAMS} streams are open, the most there can be.", 503
    return None


def since(told: str, count: int) -> tuple[int, ...]:
    """How many steps of each run the browser says it has: none, where it says nothing that can be read."""
    parts = told.split(".")
    if len(parts) != count or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return (0,) * count
    return tuple(map(int, parts))


async def _news(runs: Runs, known: tuple[int, ...]) -> AsyncIterator[str]:
    """The messages, from the first one at once until all runs have ended or the stream is old."""
    _OPEN[runs.visitor] += 1
    try:
        began = last = time.monotonic()
        yield f"retry: {RETRY_MS}\n\n"
        first = True
        while True:
            now = [
                service.engine().snapshot(key, have, runs.visitor) for key, have in zip(runs.keys, known, strict=True)
            ]
            fresh = tuple(have + (len(each.records) if each else 0) for each, have in zip(now, known, strict=True))
            if first or fresh != known:
                yield _message(runs, known, fresh, now)
                known, first, last = fresh, False, time.monotonic()
            if all(each is None or each.finished for each in now):
                yield "event: end\ndata:\n\n"
                return
            if ENDING.is_set() or time.monotonic() - began > LIFE_SECONDS:
                return
            if time.monotonic() - last > _SILENCE_SECONDS:
                yield ":\n\n"
                last = time.monotonic()
            await asyncio.sleep(TICK_SECONDS)
    finally:
        _OPEN[runs.visitor] -= 1
        if not _OPEN[runs.visitor]:
            del _OPEN[runs.visitor]


def _message(runs: Runs, known: tuple[int, ...], fresh: tuple[int, ...], now: Sequence[Snapshot | None]) -> str:
    nets = (
        _told(runs.tracks, key, first, each, columns)
        for key, first, each, columns in zip(runs.keys, known, now, runs.columns, strict=True)
    )
    return f"id: {'.'.join(map(str, fresh))}\ndata: [{','.join(nets)}]\n\n"


def _told(tracks: tuple[str, ...], key: str, first: int, now: Snapshot | None, columns: tuple[int, ...]) -> str:
    """What is new of one run. A class watches the same runs: what was just told to one is not made anew for others."""
    records = now.records if now else ()
    ended = now is None or now.finished
    asked, moment = (tracks, key, first, first + len(records), ended), time.monotonic()
    made, text = _JUST.get(asked, (0.0, ""))
    if not made or moment - made > LIFE_SECONDS:
        data = {"from": first, "ended": ended, **canvas.numbers(along(tracks, records), columns)}
        text = json.dumps(data, separators=(",", ":"), allow_nan=False)
        _JUST[asked] = (moment, text)
        while len(_JUST) > MOST_STREAMS or sum(len(each) for _, each in _JUST.values()) > _MOST_TEXT:
            _JUST.popitem(last=False)
    return text
