"""Building a net under a budget: gauges, what the last change cost, and the link that holds the limits."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import resnet_explorer as rx
from resnet_explorer.ui.parts import budget
from resnet_explorer.ui.view.views import BUDGETS
from tests.ui.components import picked, sent, used
from tests.ui.test_pages import MAIN, large, query, texts

LIMIT = {"most": 25_557_032, "text": "25.6 M"}


@pytest.fixture(autouse=True)
def _no_engine(engine: object) -> None:
    assert engine is not None


def opened(**given: str) -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    for name, text in given.items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return app


def gauges(app: AppTest) -> dict[str, dict[str, Any]]:
    """What the numbers over the builder are told, by name; empty where there are none."""
    for data in sent(app):
        if data.get("counts"):
            return {each["key"]: each for each in data["counts"]}
    return {}


def said(app: AppTest) -> str:
    return next((each for each in texts(app).split("\n") if each.startswith("Your last change")), "")


def test_a_named_net_that_is_looked_at_has_no_gauges() -> None:
    assert gauges(opened(net="resnet50")) == {}


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ("net=resnet50&image=64", "224 → 64"),
        ("net=resnet50&zero_gamma=1", "off → on"),
        ("net=resnet50&residual=0", "on → off"),
        ("net=resnet50&width=32&classes=10", ", width of the first stage 64 → 32, classes 1000 → 10"),
        ("net=resnet50&cut=layer1.1", "– → layer1.1"),
        ("net=resnet50&width=32&classes=10&image=64", "ResNet-50 → "),
        ("net=vgg16", "ResNet-50 → VGG-16"),
    ],
)
def test_a_change_is_told_in_words(after: str, words: str) -> None:
    assert words in f", {budget._words(rx.preset('resnet50'), rx.from_query(after))}"


@pytest.mark.parametrize("name", BUDGETS)
def test_a_budget_of_a_named_net_is_its_counts(name: str) -> None:
    app = opened(net=name, budget=name)
    report = rx.analyse(rx.preset(name))
    assert {key: each["limit"]["most"] for key, each in gauges(app).items()} == {
        "params": report.params,
        "macs": report.macs,
    }
    assert {each["note"] for each in gauges(app).values()} == {"within, nothing left"}


def test_gauges_are_the_headline_numbers() -> None:
    app = opened(net="resnet101", budget="resnet50")
    metrics = dict(large(app))
    shown = gauges(app)
    assert {each["label"]: each["text"] for each in shown.values()} == {
        name: metrics[name] for name in ("Parameters", "MACs")
    }
    assert shown["params"]["limit"] == LIMIT
    assert shown["params"]["note"] == "over by 19.0 M (74.3 %)"
    assert "= 44,549,160" in shown["params"]["formula"]
    assert "25,557,032 − 44,549,160 = −18,992,128" in shown["params"]["formula"]
    assert shown["params"]["formula"].endswith("over by 18,992,128 ÷ 25,557,032 = 74.31 %")


def test_a_budget_of_ones_own_stands_in_the_link() -> None:
    app = opened(net="resnet50", budget="own", most_params="20", most_macs="4.5")
    shown = gauges(app)
    assert shown["params"]["limit"] == {"most": 20_000_000, "text": "20.0 M"}
    assert shown["macs"]["limit"] == {"most": 4_500_000_000, "text": "4.50 G"}
    assert query(app, "most_params") == "20.0"


def test_the_last_change_is_priced_and_undone() -> None:
    app = opened(net="resnet50", budget="resnet50")
    assert said(app) == ""
    picked(app, "net", "resnet101")
    assert said(app).startswith("Your last change (blocks per stage 3,4,6,3 → 3,4,23,3) cost ")
    assert ">**19.0 M**</span> parameters and" in said(app)
    assert "It is now **over the budget** of parameters and MACs." in said(app)
    used(app, "undo")
    assert said(app) == ""


def test_a_change_of_something_else_does_not_hide_the_last_change() -> None:
    app = opened(net="resnet50", budget="resnet50")
    picked(app, "net", "resnet18")
    app.number_input(key="choice.memory_batch").set_value(32).run()
    assert "ResNet-50 → ResNet-18" in said(app) or "block bottleneck → basic" in said(app)
    assert ") saved <" in said(app)
    assert "It stays **within the budget**." in said(app)


@pytest.mark.parametrize("net", ["resnet50", "vgg16", "vgg19_bn", "cifar_preresnet110"])
def test_the_builder_opens_with_limits_of_ones_own(net: str) -> None:
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    app.session_state["build"] = True
    app.query_params["net"] = net
    app.run()
    app.selectbox(key="budget.budget").select("own").run()
    assert not app.exception
    app.number_input(key="budget.most_macs").set_value(0.5).run()
    assert gauges(app)["macs"]["limit"]["most"] == 500_000_000


def test_a_change_that_costs_nothing_says_so() -> None:
    app = opened(net="resnet50", budget="resnet50")
    picked(app, "net", "resnet50_v1")
    picked(app, "net", "resnet50")
    assert "(stride placement v1 → v1.5) cost <" in said(app)
    assert "parameters and" not in said(app)


def test_a_bad_budget_is_told() -> None:
    app = opened(budget="resnet9", most_params="-1")
    assert len(app.warning) == 1
    assert "Budget is" in app.warning[0].value


@pytest.mark.parametrize(
    ("fold", "columns"), [("", 152), ("conv4_x", 50), ("conv2_x,conv3_x,conv4_x,conv5_x", 26), ("none", 152)]
)
def test_the_link_folds_stages(fold: str, columns: int) -> None:
    app = opened(net="resnet152", **({"fold": fold} if fold else {}))
    data = sent(app)
    axis = next(each for each in data if each.get("figures"))["figures"][0]
    assert len(axis["items"]) == columns


def test_stages_are_folded_by_their_pills() -> None:
    app = opened(net="cifar_resnet1202")
    pills = app.get("button_group")[0]
    assert pills.value == ["conv2_x", "conv3_x", "conv4_x"]
    pills.set_value(["conv2_x", "conv3_x"]).run()
    assert query(app, "fold") == "conv2_x,conv3_x"
    app.get("button_group")[0].set_value(["conv2_x", "conv3_x", "conv4_x"]).run()
    assert "fold" not in app.query_params


def test_a_fold_of_no_stage_is_told_and_one_of_another_net_is_dropped() -> None:
    app = opened(net="cifar_resnet1202", fold="conv99_x")
    assert "Equal blocks as lines" in app.warning[0].value
    assert "fold" not in app.query_params
    app = opened(net="resnet50", fold="none")
    picked(app, "net", "cifar_resnet1202")
    assert "fold" not in app.query_params


def test_options_that_a_block_does_not_have_are_not_offered() -> None:
    offered = {}
    for net in ("plain34", "resnet34", "resnet50", "cifar_preresnet110"):
        app = AppTest.from_file(str(MAIN), default_timeout=30)
        app.session_state["build"] = True
        app.query_params["net"] = net
        app.run()
        offered[net] = {each.key for each in (*app.number_input, *app.selectbox, *app.toggle)}
    own = {"net.groups", "net.group_width", "net.stride"}
    assert not own & offered["resnet34"]
    assert own <= offered["resnet50"]
    assert "net.zero_gamma" in offered["resnet34"]
    assert "net.zero_gamma" not in offered["cifar_preresnet110"]
    assert "net.shortcut" in offered["resnet34"]
    assert "net.shortcut" not in offered["plain34"]
    assert "net.branch_scale" in offered["cifar_preresnet110"]
    assert not {"net.branch_scale", "net.zero_gamma"} & offered["plain34"]
    assert all("net.slope" not in each and "net.activation" in each for each in offered.values())


def building(**texts: str) -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    app.session_state["build"] = True
    for name, text in texts.items():
        app.query_params[name] = text
    return app.run()


def test_what_a_choice_leaves_without_a_meaning_goes_back_to_its_default() -> None:
    app = building(activation="leaky", slope="0.5")
    assert app.number_input(key="net.slope").value == 0.5
    app.selectbox(key="net.activation").select("relu").run()
    assert not {"slope", "activation"} & set(app.query_params)
    assert not app.warning
    app = building(zero_gamma="1", residual="0")
    app.selectbox(key="net.norm").select("none").run()
    assert (query(app, "norm"), "zero_gamma" in app.query_params) == ("none", False)
    assert not app.warning


def test_a_choice_that_means_something_is_not_given_up_for_another() -> None:
    app = building(net="resnet50_gn")
    app.number_input(key="net.width").set_value(16).run()
    assert "norm is 'group'" in app.warning[0].value
    assert query(app, "net") == "resnet50_gn"


def test_strides_and_channels_are_offered_on_demand_and_a_bad_choice_loses_nothing() -> None:
    further = {"net.output_stride", "net.last_stride", "net.downsample", "net.in_channels"}
    app = building(net="resnet34")
    assert not further & {each.key for each in (*app.number_input, *app.selectbox)}
    app.toggle(key="further").set_value(True).run()
    assert further <= {each.key for each in (*app.number_input, *app.selectbox)}
    app.selectbox(key="net.output_stride").select(8).run()
    app.selectbox(key="net.last_stride").select(1).run()
    assert "last_stride is 1; allowed: 2 with an output stride" in app.warning[0].value.replace("\\", "")
    assert (query(app, "output_stride"), "last_stride" in app.query_params) == ("8", False)
    assert app.toggle(key="further").value
    app.text_input(key="net.image").set_value("96x192").run()
    app.text_input(key="net.image").set_value("96 by 192").run()
    (told,) = app.sidebar.warning  # below its control, by its label, and gone with the next change
    assert told.value.replace("\\", "").startswith("Image, pixels (height x width) stays as it was; allowed: ")
    assert query(app, "image") == "96x192"
    app = building(net="cifar_resnet20", in_channels="1")
    assert app.number_input(key="net.in_channels").value == 1
    assert "net.output_stride" not in {each.key for each in app.selectbox}


def test_the_opening_says_what_is_folded_and_what_a_click_does() -> None:
    assert "each other one is a line" in texts(opened(net="resnet152", fold="conv4_x"))
    whole = texts(opened(net="resnet152"))
    assert "is a line" not in whole
    assert "Click a block to open it" in whole
    assert "Click a block" not in texts(opened(net="vgg16"))


def test_the_open_block_is_marked_on_the_axis() -> None:
    app = opened(net="resnet50", at="layer2.0")
    data = sent(app)
    assert next(each for each in data if each.get("figures"))["opened"] == "layer2.0"
    assert not any(each.get("reveal") for each in data)


def test_a_change_of_a_width_of_zero_says_the_number_it_stands_for() -> None:
    nets = ("net=resnet50", "net=resnet50&groups=32&group_width=4", "net=resnet18", "net=resnet18&stem_width=32")
    one, other, small, narrow = map(rx.from_query, nets)
    assert "width per group 64 → 4" in budget._last_change(one, other, None)
    assert "width of the stem 64 → 32" in budget._last_change(small, narrow, None)
