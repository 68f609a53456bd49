"""A QR code holds its address, drawn to the standard."""

from __future__ import annotations

import re

import pytest

from resnet_explorer.ui.view.qr import qr_svg


def test_three_finders_stand_in_their_corners() -> None:
    drawn = qr_svg("http://192.168.1.2:8501/gradients?net=resnet34")
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', drawn)[1])  # type: ignore[index]
    assert (side - 8 - 17) % 4 == 0  # versions of a code are 4 k + 17 modules, and 4 quiet ones stand on each side
    assert 'd="M4 4.5h7' in drawn  # the top side of the first finder
    assert "http" not in drawn.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_what_no_code_can_hold_is_an_error_of_value() -> None:
    with pytest.raises(ValueError, match="too large"):
        qr_svg("x" * 3_000)
