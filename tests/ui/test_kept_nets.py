"""What pages say of nets of each kind, sentence by sentence, as it was looked at: what makes a sentence is varied."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import math
import re
from typing import TYPE_CHECKING

import pytest

from resnet_explorer.analysis.devices import ROOFLINE_DEVICES
from resnet_explorer.analysis.footprint import OPTIMISER_STATES, PRECISIONS
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.progression import STATIONS
from resnet_explorer.analysis.published import PROTOCOLS
from resnet_explorer.experiments import TrialRun, against, training
from resnet_explorer.experiments.experiment import Trial
from resnet_explorer.spec import PRESETS, title
from resnet_explorer.spec.query import from_query
from resnet_explorer.tasks.train import Step, TrainConfig, Training
from resnet_explorer.ui.pages import block, catalogue, counting, ledger
from resnet_explorer.ui.pages.bottleneck import saving
from resnet_explorer.ui.pages.compare import nets
from resnet_explorer.ui.pages.cost import counted, field
from resnet_explorer.ui.pages.explore import reading, stages
from resnet_explorer.ui.pages.gradients import reading as gradients
from resnet_explorer.ui.pages.progression import stations
from resnet_explorer.ui.parts import budget, taking
from resnet_explorer.ui.parts.derived import rendered
from resnet_explorer.ui.view import cached
from resnet_explorer.ui.view.views import BottleneckView
from tests.kept import marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resnet_explorer.analysis.sentence import Part

NETS = (
    *("resnet18", "resnet50", "resnet50_v1", "resnet200d", "plain34", "vgg16", "vgg11_bn", "seresnet50"),
    *("ecaresnet50d", "resnext50_32x4d", "resnetblur50", "resnet50_gn", "cifar_resnet20", "cifar_plain110"),
    *("cifar_preresnet164", "cifar_wrn28_10", "cifar_highway20", "demo_plain18", "blocks=3"),
    *("blocks=1,1&stem=cifar&image=8&classes=2", "blocks=2,2,2,2&output_stride=8", "blocks=1&width=512&classes=1"),
    *("blocks=2&norm=none&activation=leaky&slope=0.2", "blocks=1&in_channels=1", "blocks=4,4&cut=layer1.1"),
    *("blocks=2,2&block=bottleneck&zero_gamma=1&branch_scale=zero", "blocks=1&block=bottleneck&groups=2"),
)
BATCHES = (1, 256)
PAIRS = (
    *(("resnet18", "resnet34"), ("resnet34", "plain34"), ("resnet50", "resnet50_v1"), ("resnet50", "resnet50d")),
    *(("vgg16", "resnet34"), ("resnet50", "resnext50_32x4d"), ("cifar_resnet56", "cifar_resnet20")),
    *(
        ("resnet18", "resnet18"),
        ("seresnet101", "resnet50"),
        ("blocks=1,1&classes=10", "blocks=2,2&width=32&norm=none"),
    ),
    *(("resnet50", "resnetblur50"), ("blocks=2&activation=leaky&slope=0.1&zero_gamma=1", "blocks=2")),
)
BOTTLENECKS = (
    {},
    {"reduction": 1},
    {"channels": 64, "reduction": 16, "norm": True},
    {"channels": 2048, "pixels": 7, "projection": True, "norm": True},
    {"reduction": 2, "projection": True},
)


def of_nets() -> Iterator[Part]:
    for name in NETS:
        spec = from_query(name)
        report = cached.report(spec)
        yield f"# {name}"
        yield from (reading.costs(report), reading.strides(report), stages.table(spec))
        yield from (ledger.reading(spec), ledger.table(spec), counting._steps(spec), counting._parameters(spec))


def of_blocks() -> Iterator[Part]:
    for name in NETS:
        spec = from_query(name)
        for stage in cached.report(spec.residual).stages:
            if stage.blocks:
                with_shortcut, without = block.pair(spec, stage.blocks[0])
                yield f"# {name} {stage.blocks[0]}"
                yield from (block.look(spec), block.source(spec), block.reading(with_shortcut), block.reading(without))


def of_costs() -> Iterator[Part]:
    every = itertools.cycle(
        itertools.product(BATCHES, ROOFLINE_DEVICES.names, PRECISIONS.names, OPTIMISER_STATES.names)
    )
    for name in NETS:
        spec = from_query(name)
        for batch, device, precision, optimiser in itertools.islice(every, 0, 14, 7):
            yield f"# {name} {batch} {device} {precision} {optimiser}"
            yield from counted._told(spec, batch, precision, optimiser)
            yield counted._moving(spec, batch, precision, device)
        yield field._sees(spec)


def of_pairs() -> Iterator[Part]:
    for pair in PAIRS:
        one, other = map(from_query, pair)
        yield f"# {pair[0]} {pair[1]}"
        yield nets.reading(cached.compared(one, other))
        yield nets._numbers(one, other, "A", "B", 64)
        yield budget._last_change(one, other, None)


def of_bottlenecks() -> Iterator[Part]:
    for chosen in BOTTLENECKS:
        view = BottleneckView(**chosen)
        compared = saving.compared(view)
        yield f"# {chosen}"
        yield from (saving.counted(view), saving.both_right(compared, view), saving.times(compared))
        yield saving.working(compared)


def of_papers() -> Iterator[Part]:
    for station in STATIONS:
        yield f"# {station.name}"
        yield from (stations.look(station), stations.reading(station))
    for protocol, metric in itertools.product(PROTOCOLS.names, METRICS.names):
        yield f"# {protocol} {metric}"
        yield catalogue._reading(protocol, metric)


def run(name: str, *ratios: float, loss: float = 2.3, count: int = 0) -> TrialRun:
    """A run whose first norm is so many times the last, and whose loss goes to `loss`."""
    spec = PRESETS[name].spec
    job = Trial(name=title(spec), config=TrainConfig(net=spec, steps=40), residual=spec != spec.plain)
    paths = tuple(gradients._shapes(TrialRun(job=job)))
    rest = (1.0,) * (len(paths) - 3)
    steps = []
    for at, ratio in enumerate((*ratios, *ratios[-1:] * count)):
        norms = (0.5 * ratio, *rest, 0.5, 1.0) if math.isfinite(ratio) else (1.0, *rest, 0.0, 1.0)
        lost = 2.3 if at == 0 and len(ratios) > 1 else loss
        steps.append(Step(at, lost, norms, ratio, tuple(0.01 * each for each in norms), norms))
    how = {"status": "done", "final_loss": loss, "seconds": 1.0, "device": "cpu", "threads": 1, "torch": "2.13"}
    result = Training(paths=paths, **how)  # type: ignore[arg-type]
    return TrialRun(job=job, records=tuple(steps), result=result)


RUNS = (
    [run("demo_plain18", 1.0), run("demo_resnet18", 1.0)],
    [run("demo_plain18", 0.05, 0.1, loss=1.5), run("demo_resnet18", 12.0, 11.0, loss=0.2)],
    [run("demo_plain18", 500.0, 3.0, loss=0.3), run("demo_resnet18", 0.5, 2.0, loss=0.2)],
    [run("demo_plain18", 0.0, 1e-9, loss=0.1), run("demo_resnet18", 10.0, 2.0, loss=0.2)],
    [run("demo_plain18", math.inf, 1.0, loss=9.0), run("demo_resnet18", 0.1, 2.0, loss=1e-13)],
    [run("demo_plain18", 1.0, 1.0, loss=math.nan), run("demo_resnet18", 1e7, 1e-7, loss=0.2)],
    [run("demo_plain18", 1.0, count=30, loss=900.0), run("demo_resnet18", 1.0, count=30, loss=0.5)],
    [run("demo_plain18", 1.0, count=3, loss=0.5), run("demo_resnet18", 1.0, count=30, loss=0.5)],
    [run("demo_plain18", 2.0, 2.0, loss=0.5)],
)


def of_runs() -> Iterator[Part]:
    for at, runs in enumerate(RUNS):
        yield f"# {at}"
        yield marked(against.read([dataclasses.replace(each, result=None) for each in runs]))
        yield marked(against.read(runs))
        yield gradients.alt_losses(runs)
        drawn = training.RATIOS.draw(runs)
        yield drawn.words() if drawn else "no ratios"
        yield from map(marked, training.moves(runs, [each.job.name for each in runs]))
        yield gradients.frame_of(runs).iloc[:2, :4].to_csv(index=False)
        yield from (gradients._row(runs, 0).said(column) for column in ("loss", "first/last", "net"))


def of_calls() -> Iterator[str]:
    """What notebooks of pages call."""
    net = PRESETS["demo_resnet18"].spec
    changed = {"seed": 3, "lr": 0.1, "optimiser": "adam", "augment": True, "steps": 7}
    for configs in ((net,), (net.plain, net), (net.plain,)):
        yield from taking.trained([TrainConfig(net=each) for each in configs])
        yield from taking.trained([TrainConfig(net=each, **changed) for each in configs])
    yield from (*taking.compared(from_query("blocks=2&width=8")), *taking.block("layer1.0"))
    for station in (None, *list(STATIONS)[:2]):
        yield from taking.since(station)


FORMULA = re.compile(r' role="note" tabindex="-?[01]" aria-label="([^"]*)" data-f="[^"]*"')
"""Of a number, how it is made: twice in its element, for readers of screens and for the others."""
PART = 60


def short(found: re.Match[str]) -> str:
    """A formula, or its beginning with what tells it from others."""
    text = found[1]
    digest = hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
    return f" {text}" if len(text) < 2 * PART else f" {text[:PART]} … {len(text)} {digest}"


@pytest.mark.parametrize("said", [of_nets, of_blocks, of_costs, of_pairs, of_bottlenecks, of_papers, of_runs, of_calls])
def test_what_is_said(said: Callable[[], Iterator[Part]], kept: Callable[[str, str], None]) -> None:
    kept(f"ui/said_{said.__name__}.txt", FORMULA.sub(short, "\n".join(map(rendered, said()))) + "\n")
