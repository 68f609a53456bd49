"""The packaged data: what it is, and where it comes from."""

import runpy
from pathlib import Path

import numpy as np
import pytest
import torch

from resnet_explorer import datasets
from resnet_explorer.datasets import DATASETS
from resnet_explorer.tasks.data import scaled

ROOT = Path(__file__).parents[2]


def test_names_in_order() -> None:
    assert DATASETS.names == ("digits", "shapes", "cifar10", "fashion_mnist", "mnist")


@pytest.mark.parametrize("name", ["digits", "shapes"])
def test_both_parts_are_standardised_labelled_and_attributed(name: str) -> None:
    data = DATASETS[name]
    train, test = data.train(), data.test()
    for part in (train, test):
        assert part.images.dtype in (np.float32, np.uint8)
        assert part.labels.dtype == np.int64
        assert part.images.ndim == 4
        assert len(part.images) == len(part.labels)
        assert set(part.labels) == set(range(data.facts().classes))
    facts = data.facts()
    assert train.images.shape == (facts.train, facts.channels, facts.side, facts.side)
    assert test.images.shape == (facts.test, facts.channels, facts.side, facts.side)
    shown = (train.images - train.centre) / train.scale
    assert shown.mean() == pytest.approx(0, abs=1e-4)
    assert shown.std() == pytest.approx(1, abs=1e-3)
    assert data.source


def test_the_digits_are_scikit_learns() -> None:
    expected = runpy.run_path(str(ROOT / "scripts" / "make_digits.py"))["digits"]()
    with np.load(Path(datasets.__file__).with_name("digits.npz")) as packaged:
        assert set(packaged) == set(expected)
        for key, values in expected.items():
            assert packaged[key].dtype == np.uint8
            assert np.array_equal(packaged[key], values), key


def test_the_digits_are_split_into_1500_and_297() -> None:
    train, test = DATASETS["digits"].train(), DATASETS["digits"].test()
    assert train.images.shape == (1500, 1, 8, 8)
    assert test.images.shape == (297, 1, 8, 8)
    assert min(np.bincount(train.labels)) > 130


def test_the_licence_stands_beside_the_data() -> None:
    notice = Path(datasets.__file__).with_name("DIGITS.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in notice
    assert "Alpaydin" in notice


def test_pictures_get_the_size_and_the_channels_that_are_asked_for() -> None:
    gray = torch.tensor([[[[0.0, 2.0], [4.0, 6.0]]]])
    colours = torch.stack([torch.full((2, 2), each) for each in (0.0, 3.0, 9.0)])[None]
    assert scaled(gray, (1, 2, 4)).tolist() == [[[[0, 0, 2, 2], [4, 4, 6, 6]]]]
    assert scaled(gray, (3, 1, 1)).tolist() == [[[[3]]] * 3]
    assert scaled(gray, (1, 4, 1)).tolist() == [[[[1], [1], [5], [5]]]]
    assert scaled(colours, (1, 2, 2)).tolist() == [[[[4, 4], [4, 4]]]]
    assert scaled(colours, (3, 2, 2)).tolist() == colours.tolist()
