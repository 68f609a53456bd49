"""What is sent of a run to the browser."""

from __future__ import annotations

import base64
import json
import math

import numpy as np
import pytest

import resnet_explorer as rx
from resnet_explorer.tasks.train import Step
from resnet_explorer.ui.canvas import RunFrames, norms_drawings
from resnet_explorer.ui.canvas.frames import BROKEN, DECADE, MOST_VALUES, ZERO, encoded, packed


def series(name: str, count: int) -> RunFrames:
    report = rx.analyse(rx.preset(name))
    each = [10.0 ** (-i / 10) for i in range(len(report.weighted))]
    each[0], each[1], each[2] = 0.0, math.nan, math.inf
    steps = [Step(n, math.nan if n == 1 else 2.0, tuple(each), 3.0) for n in range(count)]
    return RunFrames(title=name, report=report, steps=steps)


def decoded(net: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(net["norms"]), dtype="<i2").reshape(-1, net["columns"])


def test_norms_come_back() -> None:
    run = series("demo_resnet34", 3)
    (net,) = json.loads(encoded([run]))
    values = decoded(net)
    assert values.shape == (3, run.report.depth)
    assert list(values[0, :3]) == [ZERO, BROKEN, BROKEN]
    assert list(values[0, 3:6]) == [-0.3 * DECADE, -0.4 * DECADE, -0.5 * DECADE]
    assert net["loss"] == [2.0, None, 2.0]


@pytest.mark.parametrize("size", [1.5e-45, 2.55e-25, 1e-3, 1.0, 3e38, 1e45])
def test_norms_of_any_size_come_back_to_three_digits(size: float) -> None:
    (value,) = np.frombuffer(base64.b64decode(packed([[size]], [0])), dtype="<i2")
    assert 10 ** (value / DECADE) == pytest.approx(size, rel=2e-3)


def test_projections_are_no_columns() -> None:
    (net,) = json.loads(encoded([series("resnet34", 1)]))
    assert net["columns"] == 34


def test_a_long_run_is_thinned_but_ends_where_it_ends() -> None:
    (net,) = json.loads(encoded([series("cifar_resnet110", 1500)]))
    assert net["columns"] * len(net["steps"]) <= MOST_VALUES + net["columns"]
    assert (net["steps"][0], net["steps"][-1]) == (0, 1499)


def test_equal_layers_share_an_axis_and_others_do_not() -> None:
    pair = [series("demo_plain34", 0), series("demo_resnet34", 0)]
    ((drawing, nets),) = norms_drawings(pair)
    assert nets == [0, 1]
    assert "data-block" in drawing.svg
    assert [nets for _, nets in norms_drawings([pair[0], series("demo_resnet18", 0)])] == [[0], [1]]
    assert json.loads(encoded(pair))[0]["norms"] == ""
