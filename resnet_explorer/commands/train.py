"""`train`: networks trained on the digits, their losses and their first/last ratios."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from resnet_explorer.commands import nets
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.experiments import TASKS
from resnet_explorer.records import TrainConfig
from resnet_explorer.terminal import progress, table

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from resnet_explorer.records import Step, Training


def _arguments(parser: argparse.ArgumentParser) -> None:
    nets.add_digits(parser, TrainConfig)


def _run(chosen: argparse.Namespace) -> Answer:
    data, rows = [], []
    configs = [
        TrainConfig(net=nets.network(net, chosen, digits=True), **nets.settings(chosen, TrainConfig))
        for net in chosen.nets
    ]
    with _interruptible() as stopped:
        for name, config in zip(map(nets.name, chosen.nets), configs, strict=True):
            steps: list[Step] = []
            found: Training = TASKS["train"].run(config, progress(name, config.steps, steps), stopped)
            if found.message:
                print(f"{name}: {found.message}", file=sys.stderr)  # noqa: T201
            ratios = [step.ratio for step in steps]
            data.append(
                {
                    "name": name,
                    "seed": config.seed,
                    "loss": [step.loss for step in steps],
                    "final_loss": found.final_loss,
                    "first_last_ratio": ratios,
                    "status": found.status,
                }
            )
            ends = (f"{ratios[0]:.3g}", f"{ratios[-1]:.3g}")
            rows.append((name, found.status, str(len(steps)), f"{found.final_loss:.4g}", *ends, f"{found.seconds:.1f}"))
            if stopped():
                break
    heads = ("net", "status", "steps", "final loss", "first/last at the start", "at the end", "seconds")
    return Answer(data, table(heads, rows, left=2))


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed: the first press ends the run after its step, and what was measured is printed."""
    pressed: list[int] = []

    def press(number: int, _frame: object) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


TRAIN = Command(
    name="train",
    help="train on the digits by SGD with momentum 0.9 and weight decay 1e-4",
    arguments=_arguments,
    run=_run,
)
