"""Admits jobs, queues them, has Dask workers carry them out, and keeps what they found."""

from __future__ import annotations

import atexit
import functools

from resnet_explorer.jobs.admission import Limits, admit, estimate
from resnet_explorer.jobs.database import Database
from resnet_explorer.jobs.engine import Engine
from resnet_explorer.jobs.gathered import Gathering
from resnet_explorer.jobs.place import folder
from resnet_explorer.jobs.pressed import Pressed
from resnet_explorer.jobs.rooms import InMemory, Rooms, Transacts
from resnet_explorer.jobs.state import State
from resnet_explorer.jobs.store import MemoryStore, Store

__all__ = [
    "Engine",
    "Limits",
    "MemoryStore",
    "State",
    "Store",
    "admit",
    "engine",
    "estimate",
    "gathering",
    "pressed",
    "rooms",
]


@functools.cache
def engine() -> Engine:
    """The engine of this process, whatever becomes of a page's caches. It starts with `start` or the first job."""
    place = folder()
    only = Engine(store=Database(place) if place else None)
    atexit.register(only.close)
    return only


@functools.cache
def _tables() -> Transacts:
    store = engine().store
    return store if isinstance(store, Database) else InMemory()


@functools.cache
def rooms() -> Rooms:
    """The rooms of this process, where its runs are kept."""
    return Rooms(_tables())


@functools.cache
def pressed() -> Pressed:
    """What visitors have pressed Run for."""
    return Pressed(_tables())


@functools.cache
def gathering() -> Gathering:
    """What their classes have run."""
    return Gathering(rooms(), engine())
