"""The link: what it accepts, and that it holds the whole view."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resnet_explorer as rx
from resnet_explorer.options import options_of
from resnet_explorer.spec.query import fields
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui.view import link


def test_no_two_choices_share_a_name_in_the_link_unless_they_mean_the_same() -> None:
    kinds: dict[str, object] = dict.fromkeys((p + name for p in link.NETS for name in fields("resnet")), "net")
    for config in link.CONFIGS:
        for each in options_of(config):
            assert kinds.setdefault(each.query, each.kind) == each.kind, each.query


def test_an_empty_link_is_the_default_view_without_notice() -> None:
    assert link.accept({}) == ({}, [])


@pytest.mark.parametrize(
    "texts",
    [
        {"net": "resnet50"}, {"net": "resnet50", "image": "97"}, {"g_net": "cifar_resnet56"},
        {"seed": "7", "lr": "0.1"},
        {"block": "bottleneck", "blocks": "1,2,3", "pin": "net=plain34", "at": "layer2.0", "memory_batch": "8"},
        {"channels": "512", "with_bn": "1", "init": "pytorch", "run": "0123456789abcdef"},
        {"step": "5", "lab_step": "12"},
    ],
)  # fmt: skip
def test_a_good_link_is_taken_as_it_is(texts: dict[str, str]) -> None:
    assert link.accept(texts) == (texts, [])


@pytest.mark.parametrize(
    "texts",
    [
        {"depth": "abc"}, {"net": "<script>alert(1)</script>"}, {"image": ""}, {"seed": "-1"}, {"seed": "9" * 400},
        {"lr": "nan"}, {"lr": "1e999"}, {"steps": "1e9"}, {"batch": "٣"}, {"channels": "257"}, {"pin": "<b>"},
        {"at": "../../x"}, {"run": "'; drop table runs"}, {"blocks": "1_0"}, {"width": "\u202e64"}, {"x" * 5000: "1"},
        {"pin": "net=foo"}, {"at": "layer9.9"},
    ],
)  # fmt: skip
def test_a_bad_value_becomes_its_default_and_is_told(texts: dict[str, str]) -> None:
    accepted, notices = link.accept(texts)
    assert accepted == {}
    assert len(notices) == 1
    assert notices[0].isprintable()


def test_many_bad_values_give_a_short_notice() -> None:
    accepted, notices = link.accept({f"name{n}": "1" for n in range(5000)})
    assert accepted == {}
    assert len(notices) == link.MOST_NOTICES + 1
    assert notices[-1] == f"and {5000 - link.MOST_NOTICES} more"


names = [p + n for p in link.NETS for n in fields("resnet")] + [o.query for c in link.CONFIGS for o in options_of(c)]


@given(st.dictionaries(st.sampled_from(names), st.text(max_size=30) | st.integers().map(str), max_size=8))
def test_what_is_accepted_is_accepted_again(texts: dict[str, str]) -> None:
    accepted, _ = link.accept(texts)
    assert link.accept(accepted) == (accepted, [])


def test_a_training_is_read_from_the_link() -> None:
    accepted, _ = link.accept({"seed": "7", "lr": "0.5", "init": "pytorch"})
    assert accepted == {"seed": "7", "lr": "0.5", "init": "pytorch"}
    assert TrainConfig(net=rx.preset("demo_resnet34")).lr == 0.02
