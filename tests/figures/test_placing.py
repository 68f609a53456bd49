"""Where words stand in charts: apart from each other, and clear of lines."""

import numpy as np
import pytest

from resnet_explorer.analysis.roofline import ForwardPass, RooflinePoint
from resnet_explorer.figures import beside, ends, labels, roofline


def test_names_that_would_overlap_are_moved_apart_as_little_as_is_needed() -> None:
    assert ends._apart([100, 100, 100], [20, 20, 20], 300) == pytest.approx([80, 100, 120])
    assert ends._apart([100, 110, 200], [20, 20, 20], 300) == pytest.approx([95, 115, 200])
    assert ends._apart([50, 60, 70, 80], [20] * 4, 300) == pytest.approx([35, 55, 75, 95])


@pytest.mark.parametrize(
    ("box", "crossed"),
    [
        (beside.Box(0.45, 0.55, 0.45, 0.55), True),
        (beside.Box(0.45, 0.55, 0.7, 0.8), False),
        (beside.Box(0.25, 0.35, 0.75, 0.85), True),
        (beside.Box(0.1, 0.15, 0.0, 1.0), False),
    ],
)
def test_a_name_is_on_a_line_that_passes_through_it_between_its_points(box: beside.Box, *, crossed: bool) -> None:
    assert beside._on(box, ((0.2, 0.9), (0.8, 0.1))) == crossed


def test_a_label_costs_what_it_covers_and_nothing_where_it_covers_nothing() -> None:
    boxes = np.array([[10.0, 30, 10, 20], [40.0, 60, 10, 20]])
    taken = np.array([[20.0, 35, 0, 15]])
    assert labels._cost(boxes, taken, np.array([2.0]), 1000).tolist() == [2.0 * 10 * 5, 0.0]


def point(path: str, intensity: float) -> RooflinePoint:
    """A layer that reaches as much as any other."""
    return RooflinePoint(path, "", 1000, int(1000 / intensity), 1.0, 1.0, 500, 1, 1, ForwardPass(1, 4, 1e12, 1e9))


@pytest.mark.parametrize(("decades", "lower"), [(0.5, roofline.LINE_PX), (1.8, 0)])
def test_names_under_two_circles_stand_on_two_lines_where_a_telephone_has_no_room_for_both(
    decades: float, lower: int
) -> None:
    shown = [point("layer1.0.conv1", 0.01), point("layer4.0.conv1", 0.01 * 10**decades)]
    first, _ = roofline._names(shown, 0.005, (2.0, 2.0))
    assert first["yshift"] == -roofline.UNDER_PX - lower
