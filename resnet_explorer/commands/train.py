"""`train`: networks trained on the digits, their losses and their first/last ratios."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.frozen import outer
from resnet_explorer.commands import limits, nets
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.commands.interrupt import interruptible
from resnet_explorer.errors import InvalidOption
from resnet_explorer.experiments.cases import CASES
from resnet_explorer.options import Wholes
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.terminal import progress, table

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from resnet_explorer.tasks.train import Step, Training

SEEDS = Wholes(0, 2**31 - 1, 20)
HEADS = ("net", "seed", "status", "steps", "final loss", "first/last at the start", "at the end", "seconds")


def _arguments(parser: argparse.ArgumentParser) -> None:
    nets.add_digits(parser, TrainConfig, nargs="*")
    names = ", ".join(CASES.names)
    parser.add_argument("--preset", metavar="X", help=f"the nets and settings of a race instead of NET: {names}")
    parser.add_argument("--seeds", metavar="N,N", help="several seeds instead of one, joined by commas")


def _run(chosen: argparse.Namespace) -> Answer:
    data, rows = [], []
    configs = _configs(chosen)
    limits.admit(configs)
    with interruptible() as stopped:
        for name, config in configs:
            each, row = _trained(name, config, stopped)
            data.append(each)
            rows.append(row)
            if stopped():
                break
    return Answer(data, table(HEADS, rows, left=3))


def _configs(chosen: argparse.Namespace) -> list[tuple[str, TrainConfig]]:
    """What is to be trained, seed after seed, each by its name.

    Raises:
        ExplorerError: a net, a preset or a setting that there is not.
    """
    if bool(chosen.nets) == bool(chosen.preset):
        raise InvalidOption("NET", chosen.nets, "networks, or none with --preset")
    settings = nets.settings(chosen, TrainConfig)
    if chosen.preset:
        case = CASES[chosen.preset]
        named = list(case.nets)
        settings, special = {**case.settings, **settings}, case.special
        if case.note:
            print(case.note, file=sys.stderr)  # noqa: T201
    else:
        special = {}
        named = [(nets.name(net), nets.network(net, chosen, digits=True)) for net in chosen.nets]
    seeds = _seeds(chosen.seeds) if chosen.seeds else (settings.get("seed", 0),)
    return [
        (name, TrainConfig(net=spec, **{**settings, **special.get(name, {}), "seed": seed}))
        for seed in seeds
        for name, spec in named
    ]


def _seeds(text: str) -> tuple[int, ...]:
    found = SEEDS.parse(text)
    if found is None or not SEEDS.holds(found):
        raise InvalidOption("seeds", text, SEEDS.allowed)
    return found


def _trained(name: str, config: TrainConfig, stopped: Callable[[], bool]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """One training: for programs, and as a row of the table."""
    steps: list[Step] = []
    found: Training = TASKS[config.task].carry_out(config, progress(name, config.steps, steps), stopped)
    if found.message:
        print(f"{name}: {found.message}", file=sys.stderr)  # noqa: T201
    ratios = [step.ratio for step in steps]
    data = {
        "name": name,
        "seed": config.seed,
        "loss": [step.loss for step in steps],
        "final_loss": found.final_loss,
        "first_last_ratio": ratios,
        **{
            f"{which}_update_ratio": [step.moves[place] for step in steps]
            for which, place in zip(("first", "last"), outer(config.net, config.freeze), strict=True)
        },
        "status": found.status,
    }
    if config.test:
        data["accuracy"] = found.accuracy
    ends = (f"{ratios[0]:.3g}", f"{ratios[-1]:.3g}")
    numbers = (str(steps[-1].step + 1), f"{found.final_loss:.4g}", *ends, f"{found.seconds:.1f}")
    return data, (name, str(config.seed), found.status, *numbers)


TRAIN = Command(
    name="train",
    help="train on the digits, or another data set, by SGD with momentum 0.9, or by Adam",
    arguments=_arguments,
    run=_run,
)
