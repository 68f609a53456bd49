"""A budget: what a net uses of it, and what a change does."""

import dataclasses

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis.budget import Budget, price
from resnet_explorer.analysis.measures import MEASURES

SMALL, MIDDLE, LARGE = (rx.analyse(rx.preset(f"resnet{depth}")) for depth in (18, 34, 50))
AS_MIDDLE = Budget(params=MIDDLE.params, macs=MIDDLE.macs)


def test_a_net_is_within_its_own_budget_with_nothing_left() -> None:
    assert [use.over for use in AS_MIDDLE.uses(MIDDLE)] == [0, 0]
    assert [use.words for use in AS_MIDDLE.uses(MIDDLE)] == ["within, nothing left"] * 2
    assert [use.words for use in AS_MIDDLE.uses(SMALL)] == ["within, 10.1 M left", "within, 1.85 G left"]


def test_one_unit_more_is_over() -> None:
    tight = Budget(params=MIDDLE.params - 1, macs=MIDDLE.macs)
    assert [use.over for use in tight.uses(MIDDLE)] == [1, 0]
    assert [use.words for use in AS_MIDDLE.uses(LARGE)] == ["over by 3.76 M (17.2 %)", "over by 425 M (11.6 %)"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (SMALL, MIDDLE, "It stays **within the budget**."),
        (MIDDLE, LARGE, "It is now **over the budget** of parameters and MACs."),
        (LARGE, SMALL, "That brought it **back within the budget**."),
        (LARGE, LARGE, "It stays **over the budget** of parameters and MACs."),
    ],
)
def test_the_side_of_the_budget(old: rx.Report, new: rx.Report, words: str) -> None:
    assert AS_MIDDLE.side(old, new) == words


def test_a_change_of_one_limit_alone() -> None:
    budget = Budget(params=LARGE.params, macs=MIDDLE.macs)
    assert budget.side(MIDDLE, LARGE) == "It is now **over the budget** of MACs."
    tight = Budget(params=SMALL.params, macs=MIDDLE.macs)
    assert tight.side(LARGE, MIDDLE) == "It is now **over the budget** of parameters alone."


def test_the_price_has_the_signs_of_its_differences() -> None:
    assert price(SMALL, MIDDLE) == ("cost", (("params", "10.1 M"), ("macs", "1.85 G")))
    assert price(MIDDLE, SMALL) == ("saved", (("params", "10.1 M"), ("macs", "1.85 G")))
    usual, more = (rx.analyse(rx.from_query(f"net=resnet18{change}")) for change in ("", "&block=relu_before_add"))
    assert MEASURES["training_memory"].of(more, 1) > MEASURES["training_memory"].of(usual, 1)
    assert price(usual, more) == ("cost no parameters and no MACs", ()), "it costs memory"
    assert price(SMALL, SMALL) == ("cost no parameters and no MACs", ())
    smaller = rx.analyse(dataclasses.replace(SMALL.spec, image=64))
    assert [metric for metric, _ in price(SMALL, smaller).terms] == ["macs"]
    vgg = rx.analyse(rx.preset("vgg11"))
    wide = rx.analyse(rx.preset("resnet152"))
    assert price(vgg, wide).verb == "changed"
