"""Where words stand in charts: apart from each other, and clear of lines."""

import numpy as np
import pytest

from resnet_explorer.figures import beside, ends, labels


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
