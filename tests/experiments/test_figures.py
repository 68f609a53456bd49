"""Charts of experiments: every line has its name beside it, none over another, and axes show what there is."""

import itertools
import math
from typing import Any

import pytest

from resnet_explorer.experiments import training
from resnet_explorer.figures import ends, scale
from resnet_explorer.figures.dots import Dot, Dots
from resnet_explorer.figures.numbers import number
from resnet_explorer.figures.plot import FAINT, LONG, Line, Plot, Rule
from resnet_explorer.figures.scale import Axis
from resnet_explorer.figures.surface import Surface

ROOM = 268
BUTTONS = 27
"""How high plotly's own buttons are, with what is above them, in px."""


def test_names_at_one_height_are_moved_apart_and_stay_in_the_chart() -> None:
    found = ends.labels([ends.End(1.0, 0.5, f"net {i}", "#000000") for i in range(6)], ROOM)
    places = sorted(each["y"] * ROOM for each in found)
    assert all(b - a >= ends.LINE_PX for a, b in itertools.pairwise(places))
    assert places[0] >= 0
    assert places[-1] <= ROOM
    assert sum(places) / 6 == pytest.approx(ROOM / 2, abs=60)


def touches(note: dict[str, Any], end: ends.End, shapes: list[dict[str, Any]]) -> bool:
    """Whether a name begins right of its line and at its height, or a line in its colour leads to it from there."""
    near = abs(note["y"] - end.up) * ROOM < ends.LINE_PX * len(note["text"].split("<br>")) / 2
    led = [each for each in shapes if (each["y0"], each["y1"]) == (end.up, note["y"])]
    return note["x"] - end.across < 0.01 and (
        (near and not led) or [each["line"]["color"] for each in led] == [end.colour]
    )


@pytest.mark.parametrize("heights", [(0.5,), (0.5, 0.5), (0.0, 0.01, 0.3), (0.0, 0.0, 0.0, 1.0), (0.4, 0.45, 0.5, 1.0)])
def test_a_name_touches_its_line_or_is_led_to_it(heights: tuple[float, ...]) -> None:
    found = [ends.End(0.95, up, f"net {i} of two lines", f"#{i:06}") for i, up in enumerate(heights)]
    shapes = ends.leads(found, ROOM)
    for note in ends.labels(found, ROOM):
        assert touches(note, next(end for end in found if end.colour == note["font"]["color"]), shapes)


def test_names_of_lines_that_end_together_stand_around_their_end() -> None:
    one, other = (each["y"] for each in ends.labels([ends.End(1.0, 0.6, name, "#000000") for name in "ab"], ROOM))
    assert (one + other) / 2 == pytest.approx(0.6)
    assert abs(one - other) * ROOM == pytest.approx(ends.LINE_PX + ends.GAP_PX)


@pytest.mark.parametrize(("finish", "side"), [(2.0, "top"), (0.0, "bottom"), (1.2, "bottom")])
def test_a_rule_is_named_along_itself_on_the_side_where_no_line_passes(finish: float, side: str) -> None:
    line = Line(name="a", x=(0.0, 50.0, 100.0), y=(1.0, 1.2, finish), residual=True)
    figure = Plot(lines=(line,), x=Axis("x"), y=Axis("y", ends=(0.0, 10.0)), rules=(Rule(1.2, "chance"),)).figure()
    note = next(each for each in figure.layout.annotations if each.text == "chance")
    assert (note.xanchor, note.yanchor) == ("right", side)
    assert 0.9 < note.x <= 1.0
    assert note.y == pytest.approx(0.12)
    assert figure.layout.margin.r == ends.margin(["a"])


def test_the_name_of_a_rule_is_clear_of_a_line_that_runs_along_it() -> None:
    line = Line(name="a", x=(0.0, 100.0), y=(2.0, 2.0), residual=True)
    figure = Plot(lines=(line,), x=Axis("x"), y=Axis("y", ends=(0.0, 10.0)), rules=(Rule(1.2, "chance"),)).figure()
    note = next(each for each in figure.layout.annotations if each.text == "chance")
    assert note.yanchor == "top"  # under the rule: over it the stroke would touch the letters


def test_a_rule_that_lines_cover_is_named_in_the_margin() -> None:
    x = tuple(float(i) for i in range(40))
    jagged = Line(name="a", x=x, y=tuple(float(i % 2) for i in range(40)), residual=True)
    figure = Plot(lines=(jagged,), x=Axis("x"), y=Axis("y"), rules=(Rule(0.5, "chance"),)).figure()
    note = next(each for each in figure.layout.annotations if each.text == "chance")
    assert (note.xanchor, note.x) == ("left", pytest.approx(0.963, abs=1e-3))
    assert figure.layout.shapes[0].x1 == note.x  # and the rule ends there: it would go through its name


def test_a_line_that_ends_early_is_named_where_it_ends() -> None:
    found = ends.labels(
        [ends.End(x, 0.5, name, "#000000") for x, name in ((0.95, "late"), (0.94, "too"), (0.2, "early"))], ROOM
    )
    assert {each["text"]: each["x"] for each in found} == {"late": 0.95, "too": 0.95, "early": 0.2}


@pytest.mark.parametrize(("height", "aside"), [(0.0, False), (60.0, True)])
def test_a_name_that_a_line_would_cross_stands_in_the_margin(height: float, *, aside: bool) -> None:
    short = Line(name="a short line", x=(0, 40), y=(90.0, 60.0), residual=False)
    falling = Line(name="b", x=(0, 50, 100), y=(100.0, height, 0.0), residual=True)
    figure = Plot(lines=(short, falling), x=Axis("x"), y=Axis("y")).figure()
    place = {each.text: each.x for each in figure.layout.annotations}
    assert (place["a short line"] == place["b"]) is aside


@pytest.mark.parametrize(("late", "place"), [(0.0, "inside"), (60.0, "margin")])
def test_a_name_that_has_no_room_at_its_end_stands_beside_its_line_where_that_is_apart(late: float, place: str) -> None:
    """Four lines end at one height; the first is named at its hump, unless another line goes over it too."""
    x = (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)
    hump = Line(name="hump", x=x, y=(0.0, 60.0, 60.0, 0.0, 0.0, 0.0), residual=True)
    flat = [Line(name=f"flat {i}", x=x, y=(0.0, late, late, 0.0, 0.0, 0.0), residual=False) for i in range(3)]
    figure = Plot(lines=(hump, *flat), x=Axis("x"), y=Axis("y", ends=(0.0, 100.0))).figure()
    name = next(each for each in figure.layout.annotations if each.text == "hump")
    assert (name.x < 0.6) is (place == "inside")
    assert (name.x > 0.9) is (place == "margin")


def test_a_line_that_ends_among_others_is_led_to_its_name_over_them() -> None:
    long = [Line(name="b", x=(0.0, 100.0), y=(y, y), residual=True, faint=True) for y in (45.0, 50.0, 55.0)]
    short = Line(name="a", x=(0.0, 50.0), y=(50.0, 50.0), residual=False)
    figure = Plot(lines=(*long, short), x=Axis("x"), y=Axis("y", ends=(0.0, 100.0))).figure()
    note = next(each for each in figure.layout.annotations if each.text == "a")
    (lead,) = figure.layout.shapes
    assert (lead.x0, lead.x1, lead.yanchor) == (note.x, note.x, note.y)
    assert note.x == pytest.approx(0.5, abs=0.02)
    assert 0 < lead.y0 < lead.y1 <= note.yshift
    assert lead.line.color == note.font.color


def test_no_line_leads_to_a_name_from_where_its_line_does_not_end() -> None:
    found = [ends.End(1.0, 0.5, "a", "#000000"), ends.End(1.0, 0.5, "b", "#000001", away=True)]
    assert [each["line"]["color"] for each in ends.leads(found, ROOM)] == ["#000000"]


def test_of_a_faint_noisy_line_its_course_alone_is_seen() -> None:
    steps = tuple(float(i) for i in range(100, 200))
    noisy = tuple(1000.0 if i % 10 == 5 else 1.0 for i in range(100))
    lines = tuple(
        Line(name=name, x=steps, y=noisy, residual=False, smooth=True, faint=name == "b") for name in ("a", "b")
    )
    named, faint = (Plot(lines=(line,), x=Axis("step"), y=Axis("y", log=True)).figure() for line in lines)
    assert [trace.opacity for trace in named.data] == [FAINT, 1.0]
    assert [trace.opacity for trace in faint.data] == [0.0, FAINT]
    assert named.layout.yaxis.range[1] > 3
    assert faint.layout.yaxis.range[1] < 1
    assert list(faint.data[0].y) == list(noisy)  # the hover tells each step


def test_a_dot_has_its_name_over_its_row_and_its_number_beside_its_bar() -> None:
    dots = (
        Dot("one", 2.0, 1.0, 4.0, residual=True),
        Dot("gone: diverged", math.nan, math.nan, math.nan, residual=True),
    )
    figure = Dots(dots=dots, x=Axis("loss", log=True), rules=(Rule(8.0, "chance"),)).figure()
    notes = {each.text: each for each in figure.layout.annotations}
    assert set(notes) == {"one", "gone: diverged", "2", "chance"}
    assert (notes["one"].y, notes["2"].y, notes["gone: diverged"].y) == (1, 1, 0)
    assert notes["2"].x == pytest.approx(math.log10(4))
    assert [(each.x0, each.x1, each.yanchor) for each in figure.layout.shapes] == [(8, 8, 1), (8, 8, 0)]
    assert not figure.layout.xaxis.showgrid
    over = notes["one"].yshift
    assert all(abs(each.y0) < over and abs(each.y1) < over for each in figure.layout.shapes)  # clear of the names
    low, high = figure.layout.xaxis.range
    assert low < 0 < math.log10(8) < high


@pytest.mark.parametrize(("at", "anchor"), [(2.0, "left"), (900.0, "right")])
def test_the_name_of_a_rule_stands_on_the_side_that_has_more_room(at: float, anchor: str) -> None:
    dots = tuple(Dot(name, value, value, value, residual=True) for name, value in (("a", 1.0), ("b", 1000.0)))
    figure = Dots(dots=dots, x=Axis("loss", log=True), rules=(Rule(at, "chance"),)).figure()
    assert next(each.xanchor for each in figure.layout.annotations if each.text == "chance") == anchor


@pytest.mark.parametrize(
    ("ends", "marks", "anchor"),
    [
        ((30.0, 40.0), (50.0,), "right"),
        ((30.0, 40.0), (90.0,), "left"),
        ((30.0, 40.0), (35.0,), "left"),
        ((30.0, 40.0), (25.0, 50.0), "left"),
        ((5.0, 40.0), (50.0,), "left"),
    ],
)
def test_a_number_stands_where_no_mark_goes_through_it(
    ends: tuple[float, float], marks: tuple[float, ...], anchor: str
) -> None:
    dots = (Dot("a", 37.25, *ends, residual=True), Dot("b", 100.0, 0.0, 100.0, residual=True))
    rules = tuple(Rule(at, "as it is") for at in marks)
    figure = Dots(dots=dots, x=Axis("loss", ends=(0.0, 100.0)), rules=rules).figure()
    note = next(each for each in figure.layout.annotations if each.text == "37.2")
    assert (note.xanchor, note.x) == (anchor, ends[anchor == "left"])
    assert note.xshift * (1 if anchor == "left" else -1) > 0


def test_what_is_drawn_upwards_lies_above_the_axis() -> None:
    line = Line(name="a", x=(0, 1), y=(1.0, 2.0), residual=False)
    figure = Plot(lines=(line,), x=Axis("x"), y=Axis("loss, nats")).figure()
    title = next(each for each in figure.layout.annotations if each.text == "loss, nats")
    assert (title.x, title.y, title.yanchor) == (0, 1, "bottom")
    assert not figure.layout.yaxis.title.text


def test_a_chart_is_as_high_as_its_names_need() -> None:
    lines = tuple(
        Line(name=f"a long name of line {i} in two", x=(0, 1), y=(1.0, 2.0), residual=False) for i in range(14)
    )
    figure = Plot(lines=lines, x=Axis("x"), y=Axis("y")).figure()
    assert figure.layout.height > 14 * 2 * ends.LINE_PX
    assert not figure.layout.showlegend


def test_names_have_the_colour_of_their_line_and_rules_are_named_too() -> None:
    line = Line(name="ResNet", x=(0, 1), y=(1.0, 10.0), residual=True)
    figure = Plot(lines=(line,), x=Axis("x"), y=Axis("y", log=True), rules=(Rule(1.0, "even"),)).figure()
    colours = {each.text: each.font.color for each in figure.layout.annotations}
    assert colours["ResNet"] == figure.data[0].line.color != colours["even"]


def test_a_faint_line_has_its_name_in_hover_alone() -> None:
    lines = tuple(
        Line(name=name, x=(0, 1), y=(1.0, 2.0), residual=False, faint=name == "b" * 18) for name in ("a", "b" * 18)
    )
    figure = Plot(lines=lines, x=Axis("x"), y=Axis("y")).figure()
    assert [each.text for each in figure.layout.annotations] == ["a", "y"]
    assert [trace.name for trace in figure.data] == ["a", "b" * 18]
    assert figure.layout.margin.r == ends.margin(["a"])


def test_the_buttons_of_a_chart_cover_no_name() -> None:
    line = Line(name="a name in two lines of words", x=(0, 1), y=(1.0, 2.0), residual=False)
    figure = Plot(lines=(line,), x=Axis("x"), y=Axis("y", ends=(1.0, 2.0))).figure()
    note, _ = figure.layout.annotations
    inside = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    top = figure.layout.margin.t + (1 - note.y) * inside - ends.LINE_PX * len(note.text.split("<br>")) / 2
    assert top >= BUTTONS


def test_zeros_have_a_place_below_all_others_within_the_axis() -> None:
    line = Line(name="a", x=(0, 1, 2), y=(1e-3, 0.0, 1.0), residual=False)
    figure = Plot(lines=(line,), x=Axis("x"), y=Axis("y", log=True)).figure()
    foot = figure.data[1].y[0]
    low, high = figure.layout.yaxis.range
    assert 10**low < foot < line.y[0]
    assert line.y[2] < 10**high


@pytest.mark.parametrize(("values", "log"), [([], True), ([2.0], True), ([0.0, 0.0], True), ([-1.0, 1.0], False)])
def test_an_axis_has_a_range_whatever_there_is(values: list[float], *, log: bool) -> None:
    low, high = scale.plotted(Axis("y", log=log), *scale.reach(values, Axis("y", log=log), foot=log))["range"]
    assert low < high


def test_powers_of_ten_alone_are_ticks_where_there_are_enough_of_them() -> None:
    axis = Axis("y", log=True)
    assert scale.plotted(axis, 0.02, 3e3)["ticktext"] == ["10⁻¹", "1", "10", "10²", "10³"]
    assert scale.plotted(axis, 1e-9, 1e6)["ticktext"] == ["10⁻⁹", "10⁻⁶", "10⁻³", "1", "10³", "10⁶"]
    assert scale.plotted(axis, 2.0, 3.0)["ticktext"][:3] == ["1", "2", "3"]
    assert "tickvals" not in scale.plotted(Axis("y"), 2.0, 3.0)


@pytest.mark.parametrize(
    ("value", "text"), [(4.27e6, "4.27·10⁶"), (1e-13, "1·10⁻¹³"), (-0.0387, "−0.0387"), (5990.2, "5,990"), (0.0, "0")]
)
def test_numbers_are_written_as_people_write_them(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("solid", [True, False])
def test_a_loss_stands_where_it_was_measured(*, solid: bool) -> None:
    rows = ((1.0, 10.0, 100.0), (2.0, 20.0, 200.0), (3.0, math.inf, 1e9))
    surface = Surface(name="a", places=(-1, 0, 1), rows=rows, ends=(1.0, 1e9), solid=solid)
    (trace,) = surface.figure().data
    for one, x in enumerate((-1, 0, 1)):
        for other, y in enumerate((-1, 0, 1)):
            z = trace.z[trace.y.index(y)][trace.x.index(x)]
            assert z == (math.log10(rows[one][other]) if math.isfinite(rows[one][other]) else None)
    assert surface.words() == (
        "Loss around a: 20 at the middle, from 1 to 1·10⁹; at 1 places it is not a finite number, and nothing is drawn."
    )


def test_both_directions_of_a_plane_have_one_scale_in_a_chart_of_any_shape() -> None:
    layout = Surface(name="a", places=(-1, 0, 1), rows=((1.0, 2.0, 1.0),) * 3, ends=(1.0, 2.0)).figure().layout
    assert layout.yaxis.scaleanchor == "x"
    assert layout.xaxis.constrain == layout.yaxis.constrain == "domain"  # no paper around what was measured


def test_surfaces_of_one_scale_have_boxes_of_one_shape_and_few_ticks() -> None:
    ends = (0.002, 2e9)
    shown = [
        Surface(name="a", places=(-1, 0, 1), rows=((most,) * 3,) * 3, ends=ends, solid=True).figure().layout.scene
        for most in (1e9, 5.0)
    ]
    assert {scene.aspectmode for scene in shown} == {"cube"}
    assert shown[0].zaxis.range == shown[1].zaxis.range
    assert shown[0].zaxis.ticktext == ("0.01", "1", "100", "10⁴", "10⁶", "10⁸")


def test_a_band_on_a_linear_axis_goes_below_zero() -> None:
    line = Line(name="a", x=(0, 1), y=(0.0, 1.0), residual=True, low=(-1.0, 0.5), high=(1.0, 2.0))
    figure = Plot(lines=(line,), x=Axis("x"), y=Axis("y")).figure()
    assert list(figure.data[1].y) == [-1.0, 0.5]
    logs = Plot(lines=(line,), x=Axis("x"), y=Axis("y", log=True)).figure()
    assert list(logs.data[1].y) == [None, 0.5]


@pytest.mark.parametrize("solid", [True, False])
@pytest.mark.parametrize(
    ("ends", "ticks"),
    [
        ((2.1, 3.4), ["2.1", "3.4"]),
        ((0.9, 9.0), ["1", "2", "5"]),
        ((0.02, 30.0), ["0.1", "1", "10"]),
        ((2.12, 2.18), ["2.12", "2.18"]),
        ((1.0, math.inf), ["1", "2"]),
        ((2.0, 2.0), ["2"]),
        ((math.nan, 0.0), ["1"]),
    ],
)
def test_a_scale_of_losses_has_numbers_whatever_its_ends(
    ends: tuple[float, float], ticks: list[str], *, solid: bool
) -> None:
    low = ends[0] if math.isfinite(ends[0]) else math.nan
    high = 2.5 if ends == (1.0, math.inf) else low
    rows = ((low, high, low), (low, math.inf, low), (low, low, math.nan))
    figure = Surface(name="a", places=(-1, 0, 1), rows=rows, ends=ends, solid=solid).figure()
    axis = figure.layout.scene.zaxis if solid else figure.data[0].colorbar
    assert set(ticks) <= set(axis.ticktext)
    assert len(axis.ticktext) == len(axis.tickvals) >= (2 if ends[1] > low else 1)
    if solid:
        assert axis.range[0] < axis.range[1]
        assert all(axis.range[0] <= tick <= axis.range[1] for tick in axis.tickvals)
    assert (
        "not a finite number at the middle"
        in Surface(name="a", places=(-1, 0, 1), rows=((1, 1, 1), (1, math.inf, 1), (1, 1, 1)), ends=ends).words()
    )


@pytest.mark.parametrize("least", [2.55e-25, 1e-44, 1e-60])
def test_a_long_line_of_tiny_numbers_keeps_them(least: float) -> None:
    values = (1.0,) * LONG + (least,)
    line = Line(name="a", x=tuple(range(len(values))), y=values, residual=False, low=values, high=values)
    figure = Plot(lines=(line,), x=Axis("step"), y=Axis("ratio (log)", log=True)).figure()
    assert float(figure.data[-1].y[-1]) == pytest.approx(least, rel=1e-5, abs=0)
    assert float(figure.data[-1].customdata[-1][0]) == pytest.approx(least, rel=1e-5, abs=0)
    low, high = figure.layout.yaxis.range
    assert low < math.log10(least) < 0 < high


def test_the_axis_of_early_steps_goes_as_far_as_the_longest_line() -> None:
    lines = [Line(name="", x=(1.0, end), y=(1.0, 1.0), residual=True) for end in (5.0, 1001.0)]
    assert training.early(lines).ticks == (1, 10, 100, 1000, 10_000)
    assert training.early(lines[:1]).ticks == (1, 2, 5, 10, 20, 50)
