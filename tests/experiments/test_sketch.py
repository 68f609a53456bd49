"""Axes before an answer: they are those of the answer, take what somebody draws, and say how far off it was."""

import math

import pytest

from resnet_explorer.experiments import EXPERIMENTS, blanks
from resnet_explorer.experiments.experiment import Experiment
from resnet_explorer.experiments.recorded import recorded
from resnet_explorer.experiments.sketch import DETAIL, Guess, Sketch, compared
from resnet_explorer.figures.dots import Dots
from resnet_explorer.figures.plot import Line, Plot, Rule
from resnet_explorer.figures.scale import Axis
from resnet_explorer.ui.canvas.sketching import data

ASKED = [each for each in EXPERIMENTS if each.sketch]
LOG = Sketch(x=Axis("x", ends=(0.0, 4.0)), y=Axis("y (log)", log=True, ends=(0.01, 100.0)), line="a", stops=(0, 2, 4))
LINEAR = Sketch(x=Axis("x", ends=(0.0, 4.0)), y=Axis("y", ends=(0.0, 10.0)), line="a", stops=(0, 2, 4))


def of(y: tuple[float, ...], x: tuple[float, ...] = (0.0, 2.0, 4.0)) -> Plot:
    return Plot(lines=(Line(name="a", x=x, y=y, residual=True),), x=Axis("x"), y=Axis("y"))


def blank(experiment: Experiment) -> Sketch:
    assert experiment.sketch is not None
    return experiment.sketch(experiment.standard())


@pytest.mark.parametrize("experiment", ASKED, ids=lambda each: each.name)
def test_the_recorded_answer_stands_on_the_axes_that_were_there_before(experiment: Experiment) -> None:
    found, sketch = recorded(experiment), blank(experiment)
    assert found is not None
    empty, answer = sketch.blank(), experiment.charts[0].draw(found.runs)
    if isinstance(empty, Dots):
        assert isinstance(answer, Dots)
        assert [dot.name.partition(": ")[0] for dot in answer.dots] == [dot.name for dot in empty.dots]
        return
    assert isinstance(answer, Plot)
    one, other = (plot.figure().layout for plot in (empty, sketch.framed(answer)))
    for axis in ("xaxis", "yaxis"):
        before, after = (layout[axis] for layout in (one, other))
        assert before.range == pytest.approx(after.range)
        assert (before.title.text, before.type) == (after.title.text, after.type)
    assert (one.height, one.margin) == (other.height, other.margin)
    drawn = [line.residual for line in answer.lines if line.name.startswith(sketch.line)]
    assert not sketch.line or set(drawn) == {sketch.residual}


def test_titles_of_the_axes_are_those_of_the_chart_itself() -> None:
    for experiment in ASKED:
        found, sketch = recorded(experiment), blank(experiment)
        answer = experiment.charts[0].draw(found.runs) if found else None
        if isinstance(answer, Plot):
            assert (answer.x.title, answer.y.title) == (sketch.x.title, sketch.y.title), experiment.name
            assert answer.rules == sketch.rules, experiment.name


@pytest.mark.parametrize(
    ("told", "guess"),
    [
        ("0,500,1000", ((0, 0.0), (2, 5.0), (4, 10.0))),
        (",500,", ((2, 5.0),)),
        (",,", ()),
        ("1001,,", ()),
        ("1,2", ()),
        ("-1,,", ()),
        ("١,,", ()),
        ("1e3,,", ()),
        ("1,1,1,1", ()),
        ("00500,00500,000500", ((0, 5.0), (2, 5.0), (4, 5.0))),
        ("00500,00500,0000500", ()),
        ("0" * 99 + ",,", ()),
    ],
)
def test_what_a_browser_says_of_a_line_is_read_or_refused(told: str, guess: Guess) -> None:
    assert LINEAR.read(told) == guess


def test_a_line_comes_back_to_where_it_was_drawn() -> None:
    for sketch in (LOG, LINEAR, blank(EXPERIMENTS["degradation"]), blank(EXPERIMENTS["jacobian"])):
        heights = [(131 * i) % (DETAIL + 1) for i in range(len(sketch.places))]
        assert sketch.heights(sketch.read(",".join(map(str, heights)))) == heights


def test_a_guess_of_other_places_is_not_moved_to_these() -> None:
    assert LINEAR.heights(((1.0, 5.0), (2.0, 20.0))) == [None, DETAIL, None]


@pytest.mark.parametrize(
    ("sketch", "guess", "plot", "said"),
    [
        (
            LOG,
            ((0, 1.0), (4, 1.0)),
            of((10.0, 1.0, 0.1)),
            "by a factor of 10 in the mean of 2 places, too high at 1",
        ),
        (LINEAR, ((0, 1.0), (4, 1.0)), of((2.0, 1.0, 4.0)), "off by 2 in the mean of 2 places, too high at 0 of them."),
        (LOG, ((2, 1.0),), of((1.0, 100.0), (0.0, 4.0)), "off by a factor of 10 at one place."),
        (LOG, ((1, 1.0),), of((16.0, 1.0), (0.0, 4.0)), "off by a factor of 8 at one place."),
        (LOG, ((3, 1.0),), of((1.0, 16.0), (0.0, 4.0)), "off by a factor of 8 at one place."),
        (LINEAR, ((1, 1.0),), of((8.0, 4.0), (0.0, 4.0)), "at 1, you drew 1; measured is 7."),
        (LINEAR, ((2, 1.0),), of((0.0, 10.0), (0.0, 4.0)), "at 2, you drew 1; measured is 5."),
        (LOG, ((0, 1.0), (4, 1.0)), of((1.0, math.nan, math.inf)), "; at 1 more there is no measurement"),
        (LOG, ((2, 1.0),), of((1.0, 0.0, 1.0)), "Nothing was measured of a where you drew it."),
        (LINEAR, ((2, 1.0),), of((math.nan,) * 3), "Nothing was measured of a where you drew it."),
        (LINEAR, ((0, 0.0),), of((0.0, 1.0, 1.0)), "off by 0 at one place."),
    ],
)
def test_a_guess_is_compared_with_what_was_measured(sketch: Sketch, guess: Guess, plot: Plot, said: str) -> None:
    assert said in compared(guess, plot, sketch)


def test_without_a_guess_or_its_line_nothing_is_said() -> None:
    assert compared((), of((1.0, 1.0, 1.0)), LINEAR) == ""
    assert compared(((0, 1.0),), Plot(lines=(), x=Axis("x"), y=Axis("y")), LINEAR) == ""


def test_the_browser_has_the_ticks_and_rules_of_the_answer() -> None:
    sketch = Sketch(x=LINEAR.x, y=LOG.y, line="a", stops=(0, 4), rules=(Rule(1.0, "even"),))
    sent = data(sketch, ((4, 1.0),))
    assert [label for _, label in sent["y"]["ticks"]] == ["10⁻²", "10⁻¹", "1", "10", "10²"]  # as plotly has them
    assert sent["rules"] == [[pytest.approx(0.5), "even"]]
    assert [at for at, _ in sent["places"]] == [0.0, 1.0]
    assert sent["heights"] == [None, DETAIL // 2]


@pytest.mark.parametrize(
    ("last", "ticks"),
    [(6, (1, 2, 3, 4, 5, 6)), (7, (1, 2, 4, 6)), (30, (1, 5, 10, 15, 20, 25, 30)), (240, (1, 50, 100, 150, 200))],
)
def test_an_axis_of_steps_begins_at_1_and_has_six_steps_at_most(last: float, ticks: tuple[float, ...]) -> None:
    assert blanks.rounded(last) == ticks
