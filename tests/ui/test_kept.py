"""What stands on each page, element by element, as it was looked at: pages by their links, as a visitor opens them."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import itertools
import json
import re
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

import resnet_explorer as rx
from resnet_explorer.tasks.confirm import Confirmation, ConfirmConfig, Count
from resnet_explorer.tasks.describe import DescribeConfig
from resnet_explorer.tasks.made import Made
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.time_block import BlockConfig, BlockTime, Times
from resnet_explorer.tasks.time_nets import NetsConfig, Timing
from resnet_explorer.tasks.train import Step, TrainConfig, Training
from resnet_explorer.ui import canvas
from resnet_explorer.ui.canvas import training_curves
from resnet_explorer.ui.parts import cells
from resnet_explorer.ui.view.allowed import PACKAGES
from resnet_explorer.ui.view.navigation import PAGES
from resnet_explorer.ui.view.views import PARTS
from tests.kept import flat
from tests.ui.components import sent, used
from tests.ui.test_your_module import described

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from resnet_explorer.tasks.task import Config
    from tests.ui.silent import Silent

MAIN = Path(rx.__file__).parent / "ui" / "app" / "main.py"
VIEWS = {
    "start": "start",
    "why": "why",
    "explore": "explore net=resnet50 pin=net%3Dresnet18 memory_batch=8 at=layer2.0",
    "explore_own": "explore block=bottleneck blocks=1,2,30 stem=cifar image=33 budget=own most_params=1 most_macs=0.2",
    "explore_present": "explore present=1 hide=numbers",
    "explore_present_row": "explore net=vgg16 present=1 row=params",
    "block": "block net=seresnet50",
    "block_plain": "block net=plain34",
    "block_gated": "block net=cifar_highway20",
    "block_before": "block net=cifar_preresnet164",
    "block_options": "block net=resnet18 norm=none activation=leaky branch_scale=zero zero_gamma=0",
    "block_none": "block net=vgg16",
    "bottleneck": "bottleneck channels=128 reduction=3 pixels=7 with_bn=1 with_projection=1 area=macs",
    "progression": "progression station=bottleneck",
    "progression_first": "progression station=vgg19",
    "progression_last": "progression station=preactivation",
    "compare": "compare net=plain34 b_net=resnet50 split=macs",
    "compare_like": "compare net=resnet18 b_net=resnet18",
    "catalogue": "catalogue protocol=paper_10crop against=params find=2015",
    "ledger": "ledger net=resnet50 number=11173962",
    "cost": "cost net=resnet50 b_net=vgg16 precision=mixed memory_optimiser=adam roofline=h100 timed=4",
    "your_net": "your_net",
    "gradients": "gradients track=update step=5",
    "gradients_weight": "gradients track=weight step=5",
    "gradients_relative": "gradients track=relative_gradient step=5",
    "gradients_own": "gradients g_net=demo_resnet18 seed=3 steps=20",
    "gradients_cut": "gradients g_net=demo_resnet18 g_cut=layer1.1",
    "gradients_present": "gradients present=1",
    "cost_present": "cost present=1",
    "bottleneck_present": "bottleneck present=1",
    "compare_present": "compare present=1",
    "catalogue_present": "catalogue present=1",
    "talk": "bottleneck talk=17x beat=2 present=1",
    "explore_hidden": "explore hide=answer,build,download,handout,measure,share,table,undo net=resnet18",
    "laboratory_present": "laboratory experiment=degradation guess=1 present=1 lab_track=update",
    "laboratory_slope": "laboratory experiment=slope guess=1",
    "laboratory_landscape": "laboratory experiment=landscape guess=1 present=1",
    "laboratory_hidden": "laboratory experiment=slope hide=answer,guess,seed",
    "laboratory": "laboratory",
    "laboratory_asks": "laboratory experiment=at_start norm=0",
    "laboratory_lesion": "laboratory experiment=lesion guess=1",
    "laboratory_degradation": "laboratory experiment=degradation guess=2 lab_step=9",
    "laboratory_own": "laboratory experiment=own guess=1 seed=4",
}
LONG, PART = 2000, 800
"""Of longer paragraphs and tables a part is kept, and how long they are."""
FEW = 8
"""Of more options only the one that is chosen is kept."""
SOURCES = {"jsSourcePath", "jsContent", "cssSourcePath", "cssContent", "htmlContent", "pageScriptHash"}
DRAWN = {"data", "arrowData", "bdata", "layout", "template", "items", "facts", "svg", "options"}
UNTOLD = {"id", "formId", "url", *SOURCES, *DRAWN}
"""What Streamlit makes of itself, and what is kept where it is drawn."""
USUAL = ("SMALL", "VERTICAL", "JUSTIFY_START", "ALIGN_START", "useContent = True", "useStretch = True", "wrap = True")

NAMED = re.compile(r"\$\$ID-[0-9a-f]+-(?!None$)(.+)", re.DOTALL)
"""What Streamlit calls an element that has a key: the key says whose state it keeps, and rules of style find it."""
OF_HERE = re.compile(r"[Rr]ecorded|Measured here|PyTorch 2|[Aa]bout \d+ (s|m)")
"""What made a recorded run, and what a run would take: both depend on code and machine."""


def shown(node: Any, place: str = "") -> Iterator[str]:
    """The elements of a page in order, each by its kind and what it was sent."""
    kind = getattr(node, "type", "")
    proto = getattr(node, "proto", None)
    if proto is not None:
        for line in flat(told(MessageToDict(proto)), f"{place}{kind}"):
            if not line.endswith(USUAL):
                yield from cut(line.split("\n\n"))
    if kind in ("arrow_data_frame", "dataframe", "table"):
        yield from node.value.head(4).to_csv(index=False, float_format="%.6g").splitlines()
    for at in sorted(getattr(node, "children", {})):
        yield from shown(node.children[at], f"{place}  " if kind else "")


def cut(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not OF_HERE.search(line):
            yield line if len(line) < LONG else f"{line[:PART]} … {len(line)}"


def digest(drawing: str) -> str:
    """What tells a drawing from others; it is kept itself where it is made."""
    return hashlib.blake2b(drawing.encode(), digest_size=5).hexdigest()


def told(sent: Any) -> Any:
    """What means something of what an element was sent."""
    if isinstance(sent, dict):
        if "bytes" in sent:  # what a component is told
            sent = {**sent, "bytes": b64decode(sent["bytes"]).decode()}
        few = {"options": sent["options"]} if 0 < len(sent.get("options", ())) <= FEW else {}
        named = NAMED.fullmatch(str(sent.get("id", "")))
        keyed = {"key": told(named[1])} if named else {}
        drawn = {"drawn": digest(sent["svg"])} if isinstance(sent.get("svg"), str) else {}
        return keyed | {key: told(value) for key, value in sent.items() if key not in UNTOLD} | few | drawn
    if isinstance(sent, list | tuple):
        rows = len(sent) > FEW and not isinstance(sent[0], int | float | str | None)
        return [told(each) for each in ((len(sent), sent[0], sent[-2]) if rows else sent)]
    if isinstance(sent, str) and sent.startswith("{"):
        with contextlib.suppress(ValueError):
            return told(json.loads(sent))
    return re.sub(r"[0-9a-f]{16,}", "…", sent) if isinstance(sent, str) else sent


@pytest.fixture
def told_besides(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whatever can be opened stands open, and what a page has besides elements: its race, how cells are made."""
    for name in ("DATA", "SCHEDULER", "TEACHER", "PACKAGES"):
        monkeypatch.delenv(f"RESNET_EXPLORER_{name}", raising=False)
    said: list[str] = []
    race, frame, expander = canvas.race, cells.frame, st.expander

    def raced(shown: canvas.TrainingCurves, press: canvas.Press, place: canvas.Opening, *, key: str) -> None:
        training_curves.race(shown, press, place, key=key)
        race(shown, press, place, key=key)

    def framed(table: Callable[[], Any], row: Callable[[int], cells.RowWorkings], *, key: str, **look: Any) -> None:
        rows = table()
        for at in sorted({0, rows.num_rows // 2, rows.num_rows - 1} & set(range(rows.num_rows))):
            names = rows.column_names
            few = names if len(names) < 3 * FEW else (*names[:FEW], *names[-3:])
            said.extend(f"{key} {at} {column}: {row(at).said(column)}" for column in few)
        frame(table, row, key=key, **look)

    def mounted(data: dict[str, Any], key: str, on: dict[str, Any], *, height: int) -> None:
        said.extend([*flat(told(data), f"race {key}"), f"{sorted(on)} {height}"])

    monkeypatch.setattr(training_curves, "mount", mounted)
    monkeypatch.setattr(canvas, "race", raced)
    monkeypatch.setattr(cells, "frame", framed)
    monkeypatch.setattr(st, "expander", lambda label, *_, **more: expander(label, **{**more, "expanded": True}))
    return said


def opened(view: str) -> AppTest:
    page, *texts = view.split()
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    for text in texts:
        name, _, value = text.partition("=")
        app.query_params[name] = value.replace("%3D", "=")
    if page != PAGES.names[0]:
        app.switch_page(str(MAIN.parents[3] / "pages" / f"{page}.py"))
    app.run()
    if any(each.get("kind") == "later" for each in sent(app)):
        used(app, "", "drawn", "later")
    assert not app.exception
    return app


@pytest.mark.parametrize("name", VIEWS)
def test_a_page(name: str, engine: Silent, told_besides: list[str], kept: Callable[[str, str], None]) -> None:
    app = opened(VIEWS[name])
    assert not engine.jobs
    kept(f"ui/{name}.txt", "\n".join([*shown(app.sidebar), *shown(app.main), *cut(told_besides)]) + "\n")


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_an_imported_net(
    part: str,
    engine: Silent,
    told_besides: list[str],
    kept: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(PACKAGES, "torchvision.models")
    config = DescribeConfig(constructor="torchvision.models:resnet18", shape="3,8,8")
    net = described("flat")
    engine.finish(config, net)
    engine.jobs[key(config)] = dataclasses.replace(engine.jobs[key(config)], records=(net,))
    app = opened(f"your_net constructor={config.constructor} input=3,8,8 your_part={part}")
    kept(f"ui/your_net_{part}.txt", "\n".join([*shown(app.main), *cut(told_besides)]) + "\n")


def trained(config: TrainConfig, count: int) -> tuple[Step, ...]:
    """Steps of a loss that falls as fast as the net is residual, with norms that tell layers and steps apart."""
    layers = sum(node.op.kind in {"conv", "fc"} for node in config.net.graph)
    falls = 0.8 if config.net.plain == config.net else 0.5
    rows = [tuple(1 + at + layer / 8 for layer in range(layers)) for at in range(count)]
    return tuple(Step(at, 2.3 * falls**at, row, row[0] / row[-1], row, row) for at, row in enumerate(rows))


def answered(config: Config) -> tuple[Any, tuple[Step, ...]]:
    """What a worker might answer."""
    times = [Times((s, 2 * s, 5 * s)) for s in (0.01, 0.03, 0.05)]
    match config:
        case NetsConfig():
            return Timing(nets=(times[0], times[1]), flops=1e11, bandwidth=2e10, device="CPU (test)"), ()
        case BlockConfig():
            named = zip(("bottleneck", "two 3×3", "narrow"), times, (69_632, 1_179_648, 73_728), strict=True)
            return tuple(
                BlockTime(name=name, forward=each, both=each, saved_bytes=n, weights=n, device="CPU (test)")
                for name, each, n in named
            ), ()
        case ConfirmConfig():
            counts = tuple(Count(f"tool {n}", "parameters", 5 + n, 6, agrees=n == 1, note=f"{n}") for n in range(2))
            made = {"device": "CPU (test)", "torch": "2", "build_seconds": 0.5, "forward_seconds": 0.01}
            return Confirmation(counts=counts, output_shape=(1, 1000), memory_bytes=46_000_000, **made), ()
        case TrainConfig():
            steps = trained(config, 12)
            made = {"device": "cpu", "threads": 1, "torch": "2", "accuracy": 0.75, "tested": 297}
            paths = tuple(node.path for node in config.net.graph if node.op.kind in {"conv", "fc"})
            return Training(paths=paths, status="done", final_loss=steps[-1].loss, seconds=3.0, **made), steps
    raise AssertionError(config)


MADE = Made(version="0.0.9", code="0" * 12, torch="1.9", processor="a processor")
PRESSED = {
    "cost_timed": ("cost net=resnet50 b_net=vgg16 timed=2", "Measure on this machine"),
    "bottleneck_timed": ("bottleneck", "Measure on this machine"),
    "explore_confirmed": ("explore net=resnet18", "Build it and count again"),
    "gradients_run": ("gradients seed=7 steps=12", "Run"),
    "laboratory_run": ("laboratory experiment=own guess=1 seed=7", "Run"),
}


STATES = ("waiting", "running", "stopped", "failed", "done")


@pytest.mark.parametrize(
    ("name", "state"),
    [*itertools.product(PRESSED, STATES), *itertools.product(("gradients_run", "laboratory_run"), ("half",))],
)
def test_a_page_whose_job_was_started(
    name: str, state: str, engine: Silent, told_besides: list[str], kept: Callable[[str, str], None]
) -> None:
    view, button = PRESSED[name]
    app = opened(view)
    next(each for each in app.button if each.label == button).click().run()
    assert engine.jobs
    for at, config in enumerate([each.config for each in engine.jobs.values()]):
        result, steps = answered(config)
        engine.finish(config, result, steps, made=MADE)
        is_now = {"half": "running" if at else "done"}.get(state, state)
        if is_now != "done":
            count, message = (0, "") if is_now == "waiting" else (5, f"it {is_now}")
            now = dataclasses.replace(engine.jobs[key(config)], state=is_now, result=None, message=message)
            engine.jobs[key(config)] = dataclasses.replace(now, records=steps[:count])
    told_besides.clear()
    app.run()
    assert not app.exception
    kept(f"ui/{name}_{state}.txt", "\n".join([*shown(app.main), *cut(told_besides)]) + "\n")
