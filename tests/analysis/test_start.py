"""What two nets have in common before the first step, held against the real modules."""

from typing import Any

import pytest
import torch

import resnet_explorer as rx
from resnet_explorer.analysis.start import apart, listed
from resnet_explorer.spec import NetSpec, ResNetOptions

NET = NetSpec(options=ResNetOptions(blocks=(2, 2), width=32, stem="cifar", shortcut="A"), image=8, classes=10)


@pytest.mark.parametrize(
    ("change", "added", "otherwise"),
    [
        ({}, 0, 0),
        ({"shortcut": "B"}, 3, 0),
        ({"shortcut": "C"}, 12, 0),
        ({"shortcut": "D"}, 3, 0),
        ({"zero_gamma": True}, 0, 4),
        ({"zero_gamma": True, "shortcut": "B"}, 3, 4),
        ({"block": "highway"}, 8, 0),
        ({"norm": "none"}, 0, 0),
        ({"norm": "none", "shortcut": "B"}, 2, 0),
        ({"attention": "se"}, 0, 0),
    ],
)
@pytest.mark.parametrize("init", ["he", "pytorch"])
def test_which_tensors_differ_is_what_the_modules_say(
    change: dict[str, Any], added: int, otherwise: int, init: str
) -> None:
    net = NET.having(**change)
    found = apart(net.plain, net)
    plain, whole = (dict(rx.build(each, seed=3, init=init).named_parameters()) for each in (net.plain, net))
    assert set(found.added) == set(whole) - set(plain)
    assert set(found.otherwise) == {name for name in plain if not torch.equal(plain[name], whole[name])}
    assert (len(found.added), len(found.otherwise)) == (added, otherwise)


def test_tensors_are_named_or_the_first_and_the_last_of_many() -> None:
    assert listed(("a", "b")) == "`a` and `b`"
    assert listed(("a", "b", "c")) == "`a` to `c`"


@pytest.mark.parametrize("blocks", [(1,), (2, 2)])
@pytest.mark.parametrize("block", ["basic", "bottleneck", "highway"])
def test_what_goes_by_the_number_of_branches_is_told(blocks: tuple[int, ...], block: str) -> None:
    net = NET.having(blocks=blocks, block=block)
    plain, whole = (dict(rx.build(each, seed=3, init="fixup_like").named_parameters()) for each in (net.plain, net))
    found = apart(net.plain, net, by_branch=True)
    assert set(found.otherwise) == {name for name in plain if not torch.equal(plain[name], whole[name])}
    assert bool(found.otherwise) is (block != "highway")
