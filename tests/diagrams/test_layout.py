"""The scales of the layer axis: how wide gaps are, and how tall and how full bars are."""

import pytest

from resnet_explorer.diagrams import strip
from resnet_explorer.diagrams.layout import PLOT, SMALLEST, TALLEST, Bars, Grid, grid


@pytest.mark.parametrize(("slots", "gap"), [(1, 3.0), (53, 3.0), (54, 0.16 * 1000 / 54), (100, 1.6), (1000, 0.16)])
def test_a_gap_is_three_pixels_or_a_sixth_of_its_room(slots: int, gap: float) -> None:
    even = Grid(tuple((i * PLOT / slots, PLOT / slots) for i in range(slots)), slots)
    assert even.gap == pytest.approx(gap)
    assert even.even
    assert even.middle(0, slots - 1) == pytest.approx(PLOT / 2)
    assert even.centre(0) == pytest.approx(PLOT / slots / 2)
    assert not even._replace(slots=slots + 1).even


def test_lines_stand_behind_their_column_and_take_no_more_room_than_all_columns() -> None:
    few = grid({"stem": (0,), "stage": (0, 3)})
    assert few.slots == pytest.approx(5)
    assert (few.left(2), few.right(2), few.end(2)) == pytest.approx((400, 600, 1000))
    assert (few.centre(2), few.middle(1, 2)) == pytest.approx((500, 600))
    many = grid({"stem": (0,), "stage": (0, 600)})
    assert many.slots == pytest.approx(6)
    assert many.end(2) - many.right(2) == pytest.approx(PLOT / 2)
    beside = grid({"stem": (0,), "stage": (0, 600)}, {"stem": (0,), "stage": (0,) * 9})
    assert beside.slots == pytest.approx(13)  # a deep net is longer than one that is not folded
    assert beside.end(2) - beside.right(2) == pytest.approx(PLOT * 10 / 13)


@pytest.mark.parametrize(
    ("largest", "pixels", "height"),
    [
        (64, 64, TALLEST),
        (64, 8, (SMALLEST + TALLEST) / 2),
        (64, 1, SMALLEST),
        (64, 0, SMALLEST),
        (1, 1, SMALLEST),
        (2, 2, TALLEST),
        (1, 2, TALLEST),
    ],
)
def test_a_bar_is_as_tall_as_its_map_by_powers_of_two(largest: int, pixels: int, height: float) -> None:
    bars = Bars(largest, 1, 1)
    assert bars.height(pixels) == pytest.approx(height)
    assert bars.part(pixels) == round(height / TALLEST, 3)


@pytest.mark.parametrize(
    ("fewest", "most", "channels", "share"),
    [
        (16, 64, 16, 0.34),
        (16, 64, 32, 0.59),
        (16, 64, 64, 0.84),
        (16, 64, 8, 0.34),
        (16, 64, 999, 0.84),
        (64, 64, 64, 0.6),
        (64, 65, 65, 0.84),
    ],
)
def test_a_bar_fills_its_column_by_its_channels(fewest: int, most: int, channels: int, share: float) -> None:
    assert Bars(1, fewest, most).share(channels) == pytest.approx(share)


def test_labels_touch_where_they_are_nearer_than_half_of_both() -> None:
    def label(centre: float) -> tuple[strip.StageSpan, float, float, bool]:
        return strip.StageSpan(0, 0, ("a",), "", folds=False, folded=False), centre, 20, True

    assert strip._touch(label(100), label(119))
    assert strip._touch(label(119), label(100))
    assert not strip._touch(label(100), label(120))
