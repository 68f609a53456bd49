"""The states of the engine, each with its sentence."""

from __future__ import annotations

from typing import NamedTuple


class State(NamedTuple):
    """The engine's state: starting, ready, empty, unreachable or closed; and a sentence about it."""

    name: str
    message: str


STARTING = State("starting", "the workers are starting; jobs wait until they are warm")
READY = State("ready", "the workers are ready")
EMPTY = State("empty", "the scheduler has no worker yet; jobs wait until one joins it")
CLOSED = State("closed", "the server is shutting down; no more jobs are taken")


def unreachable(address: str | None, why: str) -> State:
    """Nobody is there to carry out jobs; it is tried again every few seconds."""
    what = f"the workers' scheduler at {address} cannot be reached" if address else "the workers cannot be started"
    return State("unreachable", f"{what} ({why}); trying again every few seconds")
