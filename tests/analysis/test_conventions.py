"""How numbers are written, where one way ends and another begins, and that what is counted is called by its number."""

from __future__ import annotations

import pytest

from resnet_explorer.analysis import conventions


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (7, "7"),
        (-7, "-7"),
        (0.12345, "0.123"),
        (999, "999"),
        (999.4, "999"),
        (999.5, "1.00 k"),
        (1000, "1.00 k"),
        (-1000, "-1.00 k"),
        (9_994, "9.99 k"),
        (9_995, "10.0 k"),
        (9_996, "10.0 k"),
        (99_940, "99.9 k"),
        (99_950, "100 k"),
        (999_400, "999 k"),
        (999_500, "1.00 M"),
        (11_689_512, "11.7 M"),
        (999_500_000, "1.00 G"),
        (999_400_000, "999 M"),
        (2e12, "2.00 T"),
        (5e15, "5000 T"),
    ],
)
def test_three_figures_and_a_letter(number: float, text: str) -> None:
    assert conventions.short(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.00 kB"), (102_228_128, "102 MB"), (4_000_000_000, "4.00 GB")],
)
def test_bytes_go_by_thousands(number: int, text: str) -> None:
    assert conventions.size(number) == text


@pytest.mark.parametrize(
    ("parts", "shares"),
    [
        ([], []),
        ([0, 0], [0.0, 0.0]),
        ([1], [100.0]),
        ([1, 1, 1], [33.4, 33.3, 33.3]),
        ([1, 2, 3], [16.7, 33.3, 50.0]),
        ([2, 2, 2, 1], [28.6, 28.6, 28.5, 14.3]),
        ([1, 999_999], [0.0, 100.0]),
        ([1, 1999], [0.1, 99.9]),
    ],
)
def test_shares_add_up_to_a_hundred(parts: list[int], shares: list[float]) -> None:
    assert conventions.shares(parts) == shares


@pytest.mark.parametrize(
    ("shape", "pixels", "side"),
    [
        ((3, 224, 224), "224 × 224 px", "224"),
        ((1, 28, 28), "28 × 28 px, 1 channel", "28"),
        ((2, 64, 128), "64 × 128 px, 2 channels", "64 × 128"),
        ((4096, 8, 1), "8 × 1 px, 4,096 channels", "8 × 1"),
    ],
)
def test_shapes_are_written_by_their_sides(shape: tuple[int, int, int], pixels: str, side: str) -> None:
    assert (conventions.pixels(shape), conventions.side(shape)) == (pixels, side)
    assert conventions.sizes(shape) == " × ".join(f"{each:,}" for each in shape)


@pytest.mark.parametrize(
    ("count", "noun", "words"),
    [(1, "block", "1 block"), (0, "block", "0 blocks"), (1, "class", "1 class"), (1000, "class", "1,000 classes")],
)
def test_one_is_called_otherwise_than_several(count: int, noun: str, words: str) -> None:
    assert conventions.plural(count, noun) == words


def test_the_last_of_several_is_joined_by_and() -> None:
    assert [conventions.listed("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_channels_are_said_where_they_are_not_those_of_colours() -> None:
    assert [conventions.pixels((n, 32, 32)) for n in (1, 3, 4)] == [
        "32 × 32 px, 1 channel",
        "32 × 32 px",
        "32 × 32 px, 4 channels",
    ]
