"""Choices over what a page shows: what a browser tells of them counts if it is offered, and nothing is lost else."""

import pytest

from tests.ui.components import picked, picks, told_again, used
from tests.ui.silent import Silent
from tests.ui.test_pages import opened


def test_a_picked_net_is_the_net_of_the_view(engine: Silent) -> None:
    assert engine
    app = opened("block")
    assert picks(app)["net"]["chosen"] == "resnet34"
    assert ["resnet18", "ResNet-18"] in picks(app)["net"]["titles"]
    picked(app, "net", "resnet18")
    assert picks(app)["net"]["chosen"] == "resnet18"
    assert app.query_params["net"] == "resnet18"
    used(app, "undo")
    assert picks(app)["net"]["chosen"] == "resnet34"


@pytest.mark.parametrize("chosen", ["nothing", "", "layer9.9", "resnet18 at"])
def test_what_is_not_offered_changes_nothing(engine: Silent, chosen: str) -> None:
    assert engine
    app = opened("block")
    before = dict(app.query_params)
    for name in ("net", "at"):
        picked(app, name, chosen)
    assert dict(app.query_params) == before
    assert not app.exception
    assert not app.warning


def test_a_built_net_stands_above_the_named_ones(engine: Silent) -> None:
    assert engine
    app = opened("explore", blocks="1,1,1,1")
    first, *others = picks(app)["net"]["titles"]
    assert first[0] == picks(app)["net"]["chosen"] == "built"
    assert first[1].startswith("built: ")
    picked(app, "net", "built")
    assert app.query_params["blocks"] == "1,1,1,1"
    picked(app, "net", others[0][0])
    assert [*picks(app)["net"]["titles"]] == others


def test_a_choice_that_the_net_cannot_have_is_told_and_taken_back(engine: Silent) -> None:
    assert engine
    app = opened("gradients")
    assert picks(app)["g_norm"]["chosen"] == "batch"
    picked(app, "g_norm", "group")
    assert picks(app)["g_norm"]["chosen"] == "batch"
    [told] = app.warning
    assert "Nothing was changed." in told.value


def test_picks_that_come_together_all_count_and_none_twice(engine: Silent) -> None:
    assert engine
    app = opened("compare")
    before = picks(app)["b_net"]["chosen"]
    told = ["1 net resnet50", "2 b_net resnet101"]
    told_again(app, "net", *told)
    assert [picks(app)[name]["chosen"] for name in ("net", "b_net")] == ["resnet50", "resnet101"]
    used(app, "undo")
    told_again(app, "net", *told, "3 net resnet18")
    assert [picks(app)[name]["chosen"] for name in ("net", "b_net")] == ["resnet18", before]


@pytest.mark.parametrize("told", ["", "net resnet18", "1 net", "-1 net resnet18", "9999999999 net resnet18"])
def test_what_no_list_tells_changes_nothing(engine: Silent, told: str) -> None:
    assert engine
    app = opened("block")
    told_again(app, "net", told)
    assert picks(app)["net"]["chosen"] == "resnet34"
    assert not app.exception
