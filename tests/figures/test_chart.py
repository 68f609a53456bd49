"""What travels of a chart is as exact as what is shown."""

import math

import pytest

from resnet_explorer.figures.chart import array


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, 2, 240], "int16"),
        ([1, 2, 32_768], "int32"),
        ([[1, 2], [3, 4]], "int16"),
        ([0.1, 2.0], "float32"),
        ([2.0**31, 1.5], "float32"),
        ([math.inf, 1.0], "float32"),
        ([1e60, 1.0], "float64"),
        ([1e-60, 1.0], "float64"),  # 32 bits would make it 0
        ([123_456_789.5, 123_456_790.5], "float32"),
    ],
)
def test_numbers_travel_in_as_few_bits_as_hold_them(values: list[float], kind: str) -> None:
    made = array(values)
    assert made.dtype == kind
    assert made.tolist() == pytest.approx(values, rel=1e-6, abs=0) if made.ndim == 1 else made.tolist() == values
