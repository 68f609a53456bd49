"""Finished jobs as text: plain data, nothing but numbers and names, so that a file can be read from anybody."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from resnet_explorer.errors import ExplorerError
from resnet_explorer.jobs.snapshot import FINAL, Snapshot
from resnet_explorer.tasks.made import Made
from resnet_explorer.tasks.plain import config_from_plain, config_to_plain, from_plain, to_plain
from resnet_explorer.tasks.task import key as key_of

if TYPE_CHECKING:
    from resnet_explorer.tasks.task import Config

UNREADABLE = (ExplorerError, KeyError, TypeError, ValueError, AttributeError, RecursionError, zlib.error)
"""What reading may raise where a text is none of ours."""

LEVEL = 3
MOST_BYTES = 512_000_000
"""Of one job, unpacked: what is larger is not read."""


def text_of(config: Config) -> str:
    """A config."""
    return json.dumps(config_to_plain(config), separators=(",", ":"))


def config_of(text: str) -> Config:
    """What `text_of` was given.

    Raises:
        UNREADABLE: the text is none of ours.
    """
    return config_from_plain(json.loads(text))


def plain(snapshot: Snapshot) -> str:
    """All of a finished job, as one line of JSON.

    Raises:
        TypeError: a record is none of ours.
    """
    data = {
        "config": config_to_plain(snapshot.config),
        "state": snapshot.state,
        "message": snapshot.message,
        "made": list(snapshot.made) if snapshot.made else None,
        "records": to_plain(snapshot.records),
        "result": to_plain(snapshot.result),
    }
    return json.dumps(data, separators=(",", ":"))


def read(line: str | bytes) -> Snapshot:
    """The job of a line; its key is that of its config, whatever anybody says.

    Raises:
        UNREADABLE: the line is none of ours.
    """
    data: dict[str, Any] = json.loads(line)
    if data["state"] not in FINAL or not isinstance(data["message"], str):
        raise ValueError(data["state"])
    config = config_from_plain(data["config"])
    return Snapshot(
        key=key_of(config),
        config=config,
        state=data["state"],
        message=data["message"],
        made=Made(*map(str, data["made"])) if data["made"] else None,
        records=from_plain(data["records"]),
        result=from_plain(data["result"]),
    )


def pack(snapshot: Snapshot) -> bytes:
    """The same, small.

    Raises:
        TypeError: a record is none of ours.
    """
    return zlib.compress(plain(snapshot).encode(), LEVEL)


def unpack(packed: bytes) -> Snapshot:
    """The job that was packed.

    Raises:
        UNREADABLE: the bytes are none of ours.
    """
    return read(zlib.decompressobj().decompress(packed, MOST_BYTES))
