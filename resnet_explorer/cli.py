"""The command line: `python -m resnet_explorer`, installed as `resnet-explorer`."""

from __future__ import annotations

import argparse
import dataclasses
import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from resnet_explorer.analysis import analyse
from resnet_explorer.errors import ExplorerError
from resnet_explorer.experiments import TASKS
from resnet_explorer.options import options_of
from resnet_explorer.records import GradientsConfig, TrainConfig
from resnet_explorer.spec import PRESETS, NetSpec, from_query, named, to_query
from resnet_explorer.spec.query import DEFAULT_FAMILY, fields
from resnet_explorer.terminal import progress, table, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from resnet_explorer.records import Gradients, Step, Training

IMAGENET_IMAGE = 64
"""Pixels to which digits are scaled for nets with an ImageNet stem, unless asked otherwise."""


class Answer(NamedTuple):
    """What a command found: for programs, and for people."""

    data: Any
    text: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 2 with one line on stderr."""
    os.environ["OMP_NUM_THREADS"] = "1"  # before torch loads: the same sums on every machine
    chosen = _parser().parse_args(arguments)
    try:
        answer = chosen.command(chosen)
        print(to_json(answer.data) if chosen.json else answer.text)  # noqa: T201
    except ExplorerError as error:
        print(f"resnet-explorer: error: {error}", file=sys.stderr)  # noqa: T201
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever reads has seen enough
    return 0


# Commands -------------------------------------------------------------------------------------------------------------


def _list(_chosen: argparse.Namespace) -> Answer:
    reports = [(preset, analyse(preset.spec)) for preset in PRESETS]
    data = [
        {"name": p.name, "title": p.title, "group": p.group, "params": r.params, "macs": r.macs} for p, r in reports
    ]
    rows = [(p.name, p.title, p.group, f"{r.params:,}", f"{r.macs:,}") for p, r in reports]
    return Answer(data, table(("name", "title", "group", "parameters", "MACs"), rows, left=3))


def _summary(chosen: argparse.Namespace) -> Answer:
    spec, name = _net(chosen.net, chosen), _name(chosen.net)
    report = analyse(spec)
    data = {
        "name": name,
        "query": to_query(spec),
        "params": report.params,
        "macs": report.macs,
        "stages": [
            {"name": s.name, "output_shape": s.output_shape, "params": s.params, "macs": s.macs} for s in report.stages
        ],
        "layers": [
            {"path": x.path, "op": x.op, "output_shape": x.output_shape, "params": x.params, "macs": x.macs}
            for x in report.layers
        ],
    }
    rows = [(s.name, " x ".join(map(str, s.output_shape)), f"{s.params:,}", f"{s.macs:,}") for s in report.stages]
    total = ("total", "", f"{report.params:,}", f"{report.macs:,}")
    head = f"{name}: {report.depth} weighted layers, {spec.image} x {spec.image} pixels, {spec.classes} classes"
    note = "MACs are multiply-adds of convolutions and fully connected layers for one image; --json has every layer."
    shown = table(("stage", "output", "parameters", "MACs"), [*rows, total], left=2)
    return Answer(data, f"{head}\n\n{shown}\n\n{note}")


def _gradients(chosen: argparse.Namespace) -> Answer:
    data, texts = [], []
    for net in chosen.nets:
        config = GradientsConfig(net=_net(net, chosen, digits=True), **_settings(chosen, GradientsConfig))
        found: Gradients = TASKS["gradients"].run(config, lambda _: None, lambda: False)
        layers = list(zip(found.paths, found.norms, strict=True))
        data.append(
            {
                "name": _name(net),
                "loss": found.loss,
                "layers": [{"path": path, "weight_grad_norm": norm} for path, norm in layers],
                "first_last_ratio": found.ratio,
            }
        )
        head = f"{_name(net)}: loss {found.loss:.4g}, first / last {found.ratio:.3g}"
        shown = table(("layer", "gradient norm"), [(path, f"{norm:.4g}") for path, norm in layers])
        texts.append(f"{head}\n\n{shown}")
    return Answer(data, "\n\n".join(texts))


def _train(chosen: argparse.Namespace) -> Answer:
    data, rows = [], []
    configs = [TrainConfig(net=_net(net, chosen, digits=True), **_settings(chosen, TrainConfig)) for net in chosen.nets]
    with _interruptible() as stopped:
        for name, config in zip(map(_name, chosen.nets), configs, strict=True):
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


# What commands share --------------------------------------------------------------------------------------------------


def _net(query: str, chosen: argparse.Namespace, *, digits: bool = False) -> NetSpec:
    """The network of a NET argument, as the other arguments change it; `digits`: at the size they are shown to it."""
    spec = from_query(query)
    norm = getattr(chosen, "batch_norm", None)
    if norm is not None:
        spec = spec.having(norm="batch" if norm else "none")
    if digits and "image=" not in query and spec.options.stem == "imagenet":
        spec = dataclasses.replace(spec, image=IMAGENET_IMAGE)
    sizes = {name: value for name in ("image", "classes") if (value := getattr(chosen, name)) is not None}
    return dataclasses.replace(spec, **sizes)


def _name(query: str) -> str:
    """The preset's name if NET is one, else the title of the network."""
    spec = from_query(query)
    preset = named(spec)
    return preset.name if preset else spec.title


def _settings(chosen: argparse.Namespace, config: type) -> dict[str, Any]:
    return {each.field: getattr(chosen, each.field) for each in options_of(config)}


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


# Arguments ------------------------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """Ends its help with what NET may be, and tells an error in one line."""

    def __init__(self, **settings: Any) -> None:
        settings["formatter_class"] = argparse.RawDescriptionHelpFormatter
        super().__init__(epilog=_nets(), **settings)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"resnet-explorer: error: {' '.join(message.split())}\n")


def _nets() -> str:
    lines = [f"  {name}: {allowed}" for name, allowed in fields(DEFAULT_FAMILY).items()]
    example = '"block=bottleneck&blocks=3,4,6,3&image=64"'
    return "\n".join(
        ["NET is a preset's name (see: list) or a query string such as", f"{example}. Its fields:", *lines]
    )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="resnet-explorer", description="Residual networks: counted, measured, trained.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], Answer], words: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
        made.set_defaults(command=run)
        made.add_argument("--json", action="store_true", help="print JSON; numbers that are not finite are null")
        return made

    command("list", _list, "name the presets")
    summary = command("summary", _summary, "count a network, stage by stage")
    summary.add_argument("net", metavar="NET")
    _add_sizes(summary, "the network's own")
    gradients = command("gradients", _gradients, "gradient norms at initialisation, on the digits")
    train = command("train", _train, "train on the digits by SGD with momentum 0.9 and weight decay 1e-4")
    for each, config in ((gradients, GradientsConfig), (train, TrainConfig)):
        each.add_argument("nets", metavar="NET", nargs="+")
        _add_sizes(each, f"{IMAGENET_IMAGE} with an ImageNet stem, else the network's own")
        each.add_argument("--batch-norm", action=argparse.BooleanOptionalAction, help="with BatchNorm, or without")
        _add_settings(each, config)
    return parser


def _add_sizes(parser: argparse.ArgumentParser, image: str) -> None:
    parser.add_argument("--image", type=int, metavar="N", help=f"height and width in pixels (default: {image})")
    parser.add_argument("--classes", type=int, metavar="N", help="classes (default: the network's own)")


def _add_settings(parser: argparse.ArgumentParser, config: type) -> None:
    """An argument for each of a config's options, checked by the config itself."""
    for each in options_of(config):
        words = f"{each.help}; {each.kind.allowed} (default: {each.default})".replace("%", "%%")
        parser.add_argument(
            f"--{each.query}", dest=each.field, type=type(each.default), default=each.default, metavar="X", help=words
        )
