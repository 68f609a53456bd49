"""What the public functions refuse: a wrong type gives one sentence that says what, got, allowed."""

from __future__ import annotations

from typing import Any

import pytest

import resnet_explorer as rx
from resnet_explorer.errors import ExplorerError

WHOLE = "a whole number, or None"
STAGES = "a list of stages, of stem, conv2_x, conv3_x, conv4_x, conv5_x, head"
FILE = "the path of a file"
WRONG: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("build", {"seed": "a"}, f"seed is 'a'; allowed: {WHOLE}"),
    ("build", {"seed": 1.5}, f"seed is 1.5; allowed: {WHOLE}"),
    ("build", {"seed": True}, f"seed is True; allowed: {WHOLE}"),
    ("build", {"init": "near_identity", "eps": "a"}, "eps is 'a'; allowed: a number from 0 to 1"),
    ("build", {"eps": float("nan")}, "eps is nan; allowed: a number from 0 to 1"),
    ("build", {"eps": True}, "eps is True; allowed: a number from 0 to 1"),
    ("build", {"device": None}, "device 'None' is not available on this machine; available: "),
    ("draw", {"folded": "conv2_x"}, f"folded is 'conv2_x'; allowed: {STAGES}"),
    ("draw", {"folded": ["layer1"]}, f"folded is ['layer1']; allowed: {STAGES}"),
    ("draw", {"folded": 1}, f"folded is 1; allowed: {STAGES}"),
    ("memory", {"batch": 1.5}, "batch is 1.5; allowed: a whole number from 1 to 65,536"),
    ("cost", {"batch": True}, "batch is True; allowed: a whole number from 1 to 65,536"),
    ("export", {"form": "csv", "path": 1}, f"path is 1; allowed: {FILE}"),
)


@pytest.mark.parametrize(("name", "given", "said"), WRONG, ids=str)
def test_what_is_wrong_is_said_in_a_sentence(name: str, given: dict[str, Any], said: str) -> None:
    with pytest.raises(ExplorerError) as refused:
        getattr(rx, name)("resnet18", **given)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("words", [None, 1.5, True, ["a"], -5])
def test_a_search_is_for_words_or_a_number(words: Any) -> None:
    with pytest.raises(ExplorerError, match=r"words is .*; allowed: text, or a number of parameters"):
        rx.search(words)


def test_a_query_and_a_name_are_text() -> None:
    with pytest.raises(ExplorerError, match="query is 1; allowed: a preset's name or a query, as text"):
        rx.from_query(1)  # type: ignore[arg-type]
    with pytest.raises(ExplorerError, match=r"unknown net \['resnet18'\]"):
        rx.preset(["resnet18"])  # type: ignore[arg-type]


def test_weights_are_loaded_from_a_file() -> None:
    with pytest.raises(ExplorerError, match="path is None; allowed: the path of a file"):
        rx.load(rx.build("cifar_resnet20", init=None), None)  # type: ignore[arg-type]


def test_numbers_of_numpy_are_numbers() -> None:
    np = pytest.importorskip("numpy")
    one, other = (rx.build("cifar_resnet20", seed=seed, eps=np.float64(0.1)) for seed in (np.int64(3), 3))
    assert all((a == b).all() for a, b in zip(one.parameters(), other.parameters(), strict=True))
    assert rx.draw("resnet152", folded=("conv4_x",)).svg != rx.draw("resnet152", folded=()).svg
