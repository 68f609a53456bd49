"""What figures describe for plotly is drawn by the scripts whole: no word of it is left out."""

import itertools
import json
import math
from pathlib import Path
from typing import Any

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis.devices import ROOFLINE_DEVICES
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.published import PROTOCOLS
from resnet_explorer.experiments import TrialRun, pairs, training
from resnet_explorer.figures import palette
from resnet_explorer.tasks.train import Step
from resnet_explorer.ui import canvas
from resnet_explorer.ui.pages import catalogue as shelf
from resnet_explorer.ui.pages import ledger
from resnet_explorer.ui.pages.bottleneck import saving
from resnet_explorer.ui.pages.compare import causes
from resnet_explorer.ui.pages.cost import counted
from resnet_explorer.ui.pages.why import degradation
from resnet_explorer.ui.view.views import BottleneckView
from tests.canvas.test_scripts import SCRIPTS, node, run, typed

NETS = ("resnet34", "seresnet50", "vgg16_bn", "cifar_resnet20")
ONE = {
    *(f".data.{key}" for key in ("orientation", "mode", "hovertemplate")),
    *(f".layout.annotations.{key}" for key in ("showarrow", "align")),
    *(f".layout.shapes.{key}" for key in ("type", "y0", "y1", "yref")),
    *(f".layout.{axis}axis.{key}" for axis in "xy" for key in ("showline", "zeroline", "automargin", "rangemode")),
    *(f".layout.{axis}axis.title.standoff" for axis in "xy"),
}
"""What has one value, which the types of the scripts hold it to and which is always drawn."""
ALONE = (
    *(f".layout.{key}" for key in ("legend", "hoverlabel", "modebar", "template", "uirevision", "paper_bgcolor")),
    *(f".layout.{key}" for key in ("plot_bgcolor", "font.family", "font.color")),
    *(f".layout.{axis}axis.{key}" for axis in "xy" for key in ("gridcolor", "linecolor")),
)
"""What plotly alone has to be told: where its legend stands, its boxes and buttons; colours are those of the page."""


@pytest.fixture(scope="module")
def figures() -> dict[str, dict[str, Any]]:
    """The figures of all pages, for nets, protocols and settings that differ."""
    nets = [rx.preset(name) for name in NETS]
    made = {f"ledger {name}": ledger._differences(net) for name, net in zip(NETS, nets, strict=True)}
    kinds = itertools.product(zip(NETS, nets, strict=True), ("fp32", "mixed"), ("sgd", "adam"))
    made |= {f"cost {name} {of}": counted._bars(net, 8, of[0], of[1]) for (name, net), *of in kinds}
    shown = itertools.product(PROTOCOLS.names, METRICS.names)
    made |= {f"nets {' '.join(each)}": shelf._scatter(*each) for each in shown}
    made |= {f"waterfall {a} {b}": causes._waterfall(a, b, "macs") for a, b in itertools.product(nets, nets)}
    views = [BottleneckView(channels=64 * at, reduction=at) for at in (1, 5, 16)]
    made |= {f"bottleneck {view.channels}": saving._chart(view) for view in views}
    roofs = itertools.product(nets, ROOFLINE_DEVICES.names)
    made |= {f"roofline {net} {device}": counted._roofline(net, 1, "half", device) for net, device in roofs}
    made |= {"why": degradation._errors()} | {f"ratios {count}": _ratios(count) for count in (2, 5, 80)}
    return {name: json.loads(each.text) for name, each in made.items()}


def _ratios(count: int) -> canvas.Described:
    """Of a pair of nets whose second has no gradient in its first layer every fifth step, and is lost at last."""
    runs = []
    for lost, job in enumerate(pairs.jobs(rx.preset("demo_resnet18"))):
        norms = [(0.0 if lost and at % 5 == 2 else 1.0 + at, *(2.0,) * 20) for at in range(count)]
        norms[-1] = (math.inf, *norms[-1][1:]) if lost else norms[-1]
        steps = tuple(Step(at, 1.0, each, each[0] / each[1]) for at, each in enumerate(norms))
        runs.append(TrialRun(job=job, records=steps))
    plot = training.RATIOS.draw(runs)
    assert plot is not None
    return canvas.described(plot.figure())


def test_every_word_of_a_description_is_read(figures: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    (tmp_path / "figures.json").write_text(json.dumps([*figures.values()]))
    unread = json.loads(run("node", "read.js", SCRIPTS / "main.js", tmp_path / "figures.json"))
    assert len(unread) == len(figures) > 30
    left = {
        name: found
        for name, keys in zip(figures, unread, strict=True)
        if (found := [key for key in keys if key not in ONE and not key.startswith(ALONE)])
    }
    assert not left


def test_every_value_of_a_description_is_one_that_is_drawn(figures: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    typed(tmp_path, {"data.DescribedFigure[]": [*figures.values()]})


def test_a_word_that_is_not_drawn_is_an_error(figures: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    first = next(iter(figures.values()))
    with pytest.raises(AssertionError, match="barnorm"):
        typed(tmp_path, {"data.DescribedFigure": first | {"layout": first["layout"] | {"barnorm": "percent"}}})


def test_colours_that_mean_something_are_known_by_those_of_the_day() -> None:
    kinds = {palette.RESIDUAL.light: "residual", palette.PLAIN.light: "plain"}
    assert node("KINDS", KINDS="described") == kinds
    assert node("WORDS", WORDS="described") == {**kinds, palette.INK: "m"}  # ink is too pale for words
