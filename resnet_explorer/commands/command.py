"""The record of a command, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


class Answer(NamedTuple):
    """What a command found: for programs, and for people."""

    data: Any
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command: `arguments(parser)` adds what it takes, `run(chosen)` carries it out.

    `run` raises `ExplorerError` where something is refused. Every command that `answers` has `--json` besides.
    """

    name: str
    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], Answer]
    answers: bool = True
