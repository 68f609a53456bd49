"""The plot of a class: what is in its means, and where its runs lead."""

import base64
import math
import re

from resnet_explorer.figures.room import Mean, RunCurve, drawing, means
from resnet_explorer.figures.scale import Axis

X, Y = Axis("step", ends=(1, 3), ticks=(1, 2, 3)), Axis("loss (nats, log)", log=True, ends=(0.1, 2.3))


def track(y: tuple[float, ...], *, residual: bool = True, counted: bool = True, name: str = "run") -> RunCurve:
    x = tuple(float(1 + at) for at in range(len(y)))
    return RunCurve(residual=residual, x=x, y=y, href="gradients?run=1&x=<2>", name=name, counted=counted)


def test_the_mean_is_of_runs_of_its_kind_that_came_to_their_end() -> None:
    tracks = [track((1.0, 2.0)), track((3.0, 6.0)), track((9.0, 9.0), counted=False), track((7.0,), residual=False)]
    assert means(tracks, residual=True) == [Mean(1, 2, 2.0, 1.0, 3.0), Mean(2, 2, 4.0, 2.0, 6.0)]
    assert means(tracks, residual=False) == [Mean(1, 1, 7.0, 7.0, 7.0)]


def svg(html: str) -> str:
    found = re.search(r"base64,([^\"]+)", html)
    assert found
    return base64.b64decode(found[1]).decode()


def test_each_run_is_a_line_and_a_point_that_leads_to_it() -> None:
    html = drawing([track((1.0, 0.5, 0.2)), track((2.0, 2.0, 2.0), residual=False)], X, Y, "words", dark=False)
    assert svg(html).count("<path") == 6  # two runs, two means, two bands
    assert html.count('href="gradients?run=1&amp;x=&lt;2&gt;"') == 2
    assert 'alt="words"' in html
    assert [each for each in ("step", "loss (nats, log)") if f">{each}</b>" in html] == ["step", "loss (nats, log)"]


def test_a_run_that_diverged_ends_where_its_loss_was_finite_last() -> None:
    html = drawing([track((1.0, 2.0, math.nan), counted=False)], X, Y, "", dark=True)
    (line,) = re.findall(r' d="M([^"]*)"', svg(html))
    assert line.count("l") == 1
    assert 'class="residual off"' in html
    assert drawing([track((math.inf,), counted=False)], X, Y, "", dark=True).count("<a ") == 0


def test_what_a_run_is_called_is_text() -> None:
    html = drawing([track((1.0,), name='"><script>')], X, Y, '"><script>', dark=False)
    assert "<script" not in html


def test_plain_is_dashed_and_residual_is_not() -> None:
    drawn = {r: svg(drawing([track((1.0, 0.5), residual=r)], X, Y, "", dark=False)) for r in (True, False)}
    assert ["stroke-dasharray" in drawn[residual] for residual in (True, False)] == [False, True]
    assert "#0072B2" in drawn[True]
    assert "#D55E00" in drawn[False]
