"""Where one answer ends and another begins: a number on the bound itself, and those beside it."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from resnet_explorer.experiments import (
    against,
    agreement,
    degradation,
    depth_sweep,
    grid,
    jacobian,
    landscape,
    lengths,
    lesion,
    own,
    paths,
    shattered,
    variance,
    words,
)
from resnet_explorer.experiments.words import Spread
from resnet_explorer.figures.plot import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

UP, DOWN = math.inf, -math.inf


def beside(value: float, towards: float) -> float:
    return math.nextafter(value, towards)


@pytest.mark.parametrize(
    ("answer", "bounds"),
    [
        (words.regime, [(0.1, "vanishing", "even", "even"), (10.0, "even", "even", "growing")]),
        (words.regime, [(100.0, "growing", "growing", "exploding"), (0.0, None, "vanished: exactly 0", "vanishing")]),
        (depth_sweep._answer, [(1.0, 0, 1, 1), (100.0, 1, 1, 2), (1e4, 2, 2, 3), (1e6, 3, 3, 4)]),
        (lambda deep: degradation._order(1.0, deep), [(1.2, 1, 1, 2)]),
        (lambda shallow: degradation._order(shallow, 1.0), [(1.2, 1, 1, 0)]),
        (lambda plain: against.higher(plain, 1.0), [(1.5, None, None, 0)]),
        (lambda residual: against.higher(1.0, residual), [(1.5, None, None, 1)]),
        (lambda mean: paths._right(paths_of(mean)), [(0.85, {0}, {1}, {1}), (1.15, {1}, {1}, {2})]),
        (lambda last: variance._judge([grown(last)]).right, [(1.3, 0, 1, 1), (5.0, 1, 2, 2)]),
        (
            lambda mean: agreement._judge([run("plain-56", mean=mean, cosines=(mean,))]).right,
            [(0.05, 0, 0, 1), (0.2, 1, 1, 2), (0.7, 2, 2, 3)],
        ),
        (
            lambda first: shattered._judge([run(shattered.DEEP, correlation=(first,), nets=2, places=(0.0,))]).right,
            [(0.05, 0, 0, 1), (0.5, 1, 1, 2)],
        ),
        (lambda second: jacobian.kept((1.0, second)), [(0.01, 1, 1, 2)]),
        (lambda high: grid.apart(spread(0.1, high), spread(1.0, 2.0)), [(0.8, True, False, False)]),
        (lambda intact: bool(lesion._unlearned([run("it", intact=intact)])), [(lesion.LEARNED, True, False, False)]),
        (lambda intact: bool(lesion._untaught([run("it", intact=intact)])), [(lesion.UNTAUGHT, True, False, False)]),
        (lambda best: own._first([ends(1.2), ends(best)]), [(1.0, 1, len(own.PLACES), len(own.PLACES))]),
    ],
)
def test_what_lies_on_a_bound_and_what_lies_beside_it(
    answer: Callable[[float], Any], bounds: Sequence[tuple[float, Any, Any, Any]]
) -> None:
    for bound, below, on, above in bounds:
        assert answer(beside(bound, UP)) == above
        assert answer(bound) == on
        assert below is None or answer(beside(bound, DOWN)) == below


def test_two_seeds_are_told_by_their_mean_and_their_ends() -> None:
    assert str(words.told(spread(1.0, 2.0))) == "1.5 (1 to 2, 2 seeds)"
    assert str(words.told(spread(1.0, 1.0, seeds=1))) == "1"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((1.0, 3.0), "3"),
        ((1.0, math.inf), "1 (at 1 of 2 places it is not a finite number)"),
        ((math.nan, math.inf), "not a finite number (at 2 of 2 places it is not a finite number)"),
    ],
)
def test_the_highest_of_a_plane_is_told_though_no_place_is_finite(
    monkeypatch: pytest.MonkeyPatch, values: tuple[float, ...], said: str
) -> None:
    monkeypatch.setattr(landscape, "_values", lambda *_: values)
    assert str(landscape._highest(run("it"), "running")) == said


def test_the_deepest_of_own_nets_is_drawn_by_the_thickest_line() -> None:
    assert [own._weight(layers, (10, 40)) for layers in (10, 40)] == [0.25, 1.0]


@pytest.mark.parametrize(
    ("values", "ends"), [((0.0, 10.0), (-0.5, 10.5)), ((2.0, 2.0), (1.0, 3.0)), ((), (-0.05, 1.05))]
)
def test_an_axis_leaves_room_above_and_below_its_values(
    monkeypatch: pytest.MonkeyPatch, values: tuple[float, ...], ends: tuple[float, float]
) -> None:
    monkeypatch.setattr(lengths, "_lines", lambda *_: ())
    line = Line(name="a", x=values, y=values, residual=True)
    assert lengths._plot([], "t", (line,)).y.ends == pytest.approx(ends)


def run(name: str, **result: Any) -> Any:
    return SimpleNamespace(job=SimpleNamespace(name=name, seed=0, residual=False), result=SimpleNamespace(**result))


def paths_of(mean: float) -> Any:
    return SimpleNamespace(blocks=2, mean=mean, mean_by_size=mean)


def spread(low: float, high: float, seeds: int = 2) -> Spread:
    return Spread((low + high) / 2, low, high, (low, high)[:seeds])


def grown(last: float) -> Any:
    return run(variance.BATCH, of=lambda _: SimpleNamespace(values=(1.0, 1.0, last)))


def ends(loss: float) -> Any:
    return SimpleNamespace(steps=[SimpleNamespace(loss=loss)])
