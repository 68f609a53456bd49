"""What is counted is called by its number."""

from __future__ import annotations

import pytest

from resnet_explorer.analysis.conventions import listed, pixels, plural


@pytest.mark.parametrize(
    ("count", "noun", "words"),
    [(1, "block", "1 block"), (0, "block", "0 blocks"), (1, "class", "1 class"), (1000, "class", "1,000 classes")],
)
def test_one_is_called_otherwise_than_several(count: int, noun: str, words: str) -> None:
    assert plural(count, noun) == words


def test_the_last_of_several_is_joined_by_and() -> None:
    assert [listed("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_channels_are_said_where_they_are_not_those_of_colours() -> None:
    assert [pixels((n, 32, 32)) for n in (1, 3, 4)] == ["32 × 32 px, 1 channel", "32 × 32 px", "32 × 32 px, 4 channels"]
