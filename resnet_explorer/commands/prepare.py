"""`prepare`: what a class will see is measured before it comes, and kept, so that it opens at once."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.commands.interrupt import interruptible
from resnet_explorer.commands.runs import kept
from resnet_explorer.errors import ExplorerError
from resnet_explorer.experiments import RECORDED

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from resnet_explorer.jobs import Engine
    from resnet_explorer.tasks.task import Config

BETWEEN_LOOKS = 0.5
WIDTH = 30
FOR_EVER = 1e9


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "names",
        metavar="NAME",
        nargs="*",
        help=f"what will be shown: {', '.join(RECORDED.names)}; all of it if none is named",
    )


def wanted(names: Sequence[str]) -> dict[str, tuple[Config, ...]]:
    """The jobs behind each name: what an experiment, or a pair of nets, shows in its default setting.

    Raises:
        UnknownName: there is nothing of that name.
    """
    return {
        each.name: tuple(job.config for job in each.standard())
        for each in ([RECORDED[name] for name in names] or RECORDED)
    }


def _run(chosen: argparse.Namespace) -> Answer:
    from resnet_explorer.jobs import Engine, Limits  # noqa: PLC0415 - help and lists need none of it
    from resnet_explorer.jobs.machine import memory_bytes  # noqa: PLC0415

    talk = wanted(chosen.names)
    limits = Limits(seconds=FOR_EVER, bytes=memory_bytes() // 2, wall=FOR_EVER, waiting=len(talk) + 1)
    engine = Engine(store=kept(), limits=limits)
    try:
        with interruptible() as stopped:
            states = measured(engine, talk, stopped)
    finally:
        engine.close()
    if engine.store.trouble:
        raise ExplorerError(engine.store.trouble)
    data = [{"name": name, "jobs": len(found), "ready": ready(found)} for name, found in states.items()]
    return Answer(data, "\n".join(f"{each['name']}: {each['ready']} of {each['jobs']} ready" for each in data))


def ready(states: Sequence[str]) -> int:
    """How many have a result to show."""
    return sum(state in {"done", "diverged"} for state in states)


def measured(engine: Engine, talk: dict[str, tuple[Config, ...]], stopped: Callable[[], bool]) -> dict[str, list[str]]:
    """Have everything measured that is not there already; how each job ended."""
    keys = {name: engine.press(configs) for name, configs in talk.items()}
    while True:
        states = {name: [_state(engine, key) for key in each] for name, each in keys.items()}
        flat = [state for each in states.values() for state in each]
        open_ = [state for state in flat if state in {"waiting", "running"}]
        _bar(len(flat) - len(open_), len(flat))
        if not open_ or stopped() or engine.state.name == "unreachable":
            return states
        time.sleep(BETWEEN_LOOKS)


def _state(engine: Engine, key: str) -> str:
    found = engine.snapshot(key)
    return found.state if found else "unknown"


def _bar(done: int, of: int) -> None:
    """How far it is, where somebody looks."""
    if sys.stderr.isatty():
        filled = WIDTH * done // max(1, of)
        print(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {done} of {of}", end="", file=sys.stderr)  # noqa: T201
        if done == of:
            print(file=sys.stderr)  # noqa: T201


PREPARE = Command(name="prepare", help="measure what a class will see, and keep it", arguments=_arguments, run=_run)
