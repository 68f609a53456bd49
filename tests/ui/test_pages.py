"""Each page's logic, without a browser: what it shows, what its controls do, what a bad link becomes."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import resnet_explorer as rx
from resnet_explorer import talks
from resnet_explorer.analysis import arithmetic
from resnet_explorer.analysis.budget import Use
from resnet_explorer.analysis.devices import ROOFLINE_DEVICES
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.progression import STATIONS, before
from resnet_explorer.analysis.published import PROTOCOLS
from resnet_explorer.experiments import EXPERIMENTS, PAIRS
from resnet_explorer.experiments.recorded import recorded
from resnet_explorer.experiments.words import ENDS, final
from resnet_explorer.exports import EXPORTS, file_of
from resnet_explorer.figures.numbers import number
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.jobs.state import READY
from resnet_explorer.spec import PRESETS, to_texts
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.time_block import BlockTime, Times
from resnet_explorer.tasks.time_nets import NetsConfig, Timing
from resnet_explorer.tasks.train import Step, Training
from resnet_explorer.ui import canvas
from resnet_explorer.ui.pages import block
from resnet_explorer.ui.pages import ledger as books
from resnet_explorer.ui.pages.bottleneck import timing as of_blocks
from resnet_explorer.ui.pages.compare import nets as versus
from resnet_explorer.ui.pages.cost import counted, field, latency
from resnet_explorer.ui.pages.explore import reading
from resnet_explorer.ui.pages.gradients import run as race
from resnet_explorer.ui.parts import live, taking
from resnet_explorer.ui.view import opening
from resnet_explorer.ui.view.navigation import PAGES
from tests.model.odd_nets import Around
from tests.ui.components import picked, picks, rows, sections, sent, titles, used
from tests.ui.silent import Silent

CHARTS = dict.fromkeys(("why", "bottleneck", "compare", "catalogue", "ledger", "gradients"), 1) | {"cost": 2}
"""Charts of numbers, by their pages."""
MAIN = Path(rx.__file__).parent / "ui" / "app" / "main.py"
Open = Callable[..., AppTest]


def opened(page: str = "explore", **texts: str) -> AppTest:
    """A page by its link."""
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    for name, text in texts.items():
        app.query_params[name] = text
    if page != PAGES.names[0]:
        app.switch_page(str(MAIN.parents[3] / "pages" / f"{page}.py"))
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def visit(engine: Silent) -> Open:
    assert engine.state is READY
    return opened


RACES = [beat for name in talks.talks() for beat in talks.find(name).beats if beat.page == "gradients"]


@pytest.mark.parametrize(
    ("name", "link", "titled"),
    [
        ("block", {"net": "vgg16"}, ["A block of VGG-16"]),
        ("laboratory", {"experiment": "at_start", "guess": "1", "seed": "77"}, [EXPERIMENTS["at_start"].question.text]),
        ("laboratory", {"experiment": "slope", "guess": "1", "hide": "answer"}, [EXPERIMENTS["slope"].question.text]),
        ("start", {"room": "AAAA"}, ["This room is not open"]),
        ("block", {"net": "resnet18"}, []),
    ],
)
def test_a_page_that_presents_no_figure_is_shown_itself(
    visit: Open, name: str, link: dict[str, str], titled: list[str]
) -> None:
    assert titles(visit(name, present="1", **link)) == titled


def test_presented_a_race_that_cannot_be_run_says_why(visit: Open) -> None:
    why = visit("gradients", present="1", g_net="cifar_resnet110", steps="2000").caption[0].value
    assert re.search(r"the limit is .* With Steps at \d+ it fits\.", why)


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("gradients", {"g_net": "resnet152"}),
        ("laboratory", {"experiment": "own", "own_steps": "64000"}),
    ],
)
def test_a_value_that_fits_is_told_by_the_name_of_its_control(visit: Open, name: str, link: dict[str, str]) -> None:
    assert any(re.search("With (Steps|Image, pixels) at ", each.value) for each in visit(name, **link).warning)


def test_block_has_nothing_to_look_at_in_a_net_without_blocks(visit: Open) -> None:
    assert "Follow x" not in texts(visit("block", net="vgg16"))
    without = [each.spec for each in PRESETS if opening.blockless(each.spec)]
    assert without
    assert all(len(node.inputs) <= 1 for spec in without for node in spec.graph)  # its layers follow one another


@pytest.mark.parametrize("beat", RACES, ids=lambda beat: beat.says)
def test_a_beat_with_a_race_opens_with_a_recorded_one(visit: Open, beat: talks.Beat) -> None:
    status = visit(beat.page, present="1", **beat.texts).caption[0].value
    assert status.startswith("Recorded on ")


def test_the_notes_of_a_beat_name_what_was_measured_by_its_title(visit: Open) -> None:
    beat = talks.find("34layers").beats[-1]
    page = visit(beat.page, present="1", talk="34layers", beat="8", **beat.texts)
    [source] = [data["source"] for data in sent(page) if data.get("kind") == "beat"]
    assert source == "measured, experiment “What made it work”"


@pytest.mark.parametrize(("name", "nets"), [("explore", 1), ("compare", 2), ("progression", 1)])
def test_the_row_under_a_presented_net_is_the_one_that_the_link_names(visit: Open, name: str, nets: int) -> None:
    assert rows(visit(name, present="1"))[:nets] == [["macs"]] * nets
    assert rows(visit(name, present="1", row="params"))[:nets] == [["params"]] * nets
    assert max(map(len, rows(visit(name, row="params")))) > 1  # the page has its own


def test_a_net_is_taken_away_in_every_format_that_needs_python_alone(visit: Open) -> None:
    page = visit(net="cifar_resnet20", image="64")
    assert not any(each.proto.label == "PyTorch" for each in page.get("download_button")), "offered when asked for"
    page.session_state["take"] = True
    page.run()
    offered = {each.proto.label: each.proto for each in page.get("download_button")}
    formats = {each.title: each for each in EXPORTS if not each.extra}
    assert offered.keys() == formats.keys()
    spec = rx.from_query("net=cifar_resnet20&image=64")
    assert all(taking._made(spec, each) == file_of(each, rx.analyse(spec)) for each in formats.values())


def query(app: AppTest, name: str) -> str:
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def texts(app: AppTest) -> str:
    return "\n".join(each.value for each in (*app.title, *app.header, *app.markdown, *app.caption))


def large(app: AppTest) -> list[tuple[str, str]]:
    """The numbers that stand large in a row, and those below them, each after its name."""
    return re.findall("<dt>(.*?)</dt><dd><span[^>]*>(.*?)</span></dd>", texts(app))


def words(app: AppTest) -> str:
    """The texts without what numbers carry."""
    return re.sub(r"<[^>]*>", "", texts(app))


@pytest.mark.parametrize("page", PAGES.names)
def test_every_page_opens_with_a_title_and_a_sentence(visit: Open, page: str) -> None:
    app = visit(page)
    assert len(titles(app)) == 1
    assert titles(app)[0].startswith("Why can") == (page == PAGES.names[0])  # which is shown for an unknown page
    assert max(len(each.value) for each in app.main.markdown[:2]) > 40
    assert not app.warning


@pytest.mark.parametrize("page", [name for name in PAGES.names if name != "laboratory"])
def test_no_page_but_the_laboratory_has_a_browser_begin_with_plotly(visit: Open, page: str) -> None:
    app = visit(page)
    assert not app.get("plotly_chart")
    drawn = [each["figure"]["data"] for each in sent(app) if each.get("kind") == "chart"]
    assert len(drawn) == CHARTS.get(page, 0)


def test_every_page_has_its_script() -> None:
    assert {path.stem for path in (MAIN.parents[3] / "pages").glob("*.py")} == set(PAGES.names)
    for path in (MAIN.parents[3] / "pages").glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 80, f"{path} is no thin page any more"


def test_explore_shows_the_published_numbers(visit: Open) -> None:
    app = visit(net="resnet50")
    assert titles(app)[0] == "ResNet-50"
    shown = dict(large(app))
    assert shown["Parameters"] == "25.6 M"
    assert shown["MACs"] == "4.09 G"
    assert shown["Weighted layers"] == "50"
    assert "**25,557,032**" in texts(app).replace("\u00a0", " ")


@pytest.mark.parametrize("name", rx.presets())
def test_every_named_net_can_be_explored_and_opened(visit: Open, name: str) -> None:
    assert dict(large(visit(net=name)))["Parameters"]
    assert ("Follow x" in texts(visit("block", net=name))) == (not opening.blockless(PRESETS[name].spec))


@pytest.mark.parametrize(
    ("name", "said", "unsaid"),
    [
        ("resnet34", ("Both ways meet at the +.", "Figure 5 of He et al. 2015", "hold 49.8 % each"), "gate"),
        (
            "seresnet50",
            ("at the +, behind the ×", "Figure 5 of He et al. 2015", "Hu et al. 2017"),
            "scales the branch by",
        ),
        (
            "cifar_highway20",
            (
                "meet in the circle T",
                "Srivastava et al. 2015, [arXiv:1505.00387]",
                "`layer1.0.conv1` and `layer1.0.gate.conv` hold 50.0 % each",
            ),
            "He et al.",
        ),
    ],
)
def test_a_block_says_what_is_true_of_it(visit: Open, name: str, said: tuple[str, ...], unsaid: str) -> None:
    shown = words(visit("block", net=name)).replace("\u00a0", " ")
    assert all(each in shown for each in said)
    assert unsaid not in shown


@pytest.mark.parametrize(
    ("net", "said"),
    [
        ("blocks=2,2&stem=cifar&width=8&image=1", "`layer2.0.conv1`, on a map of one pixel."),
        ("blocks=2,2&stem=cifar&width=8&image=1x8", "`layer2.0.conv1`, which halves the map."),
        ("net=seresnet50", "normalisation comes right after each convolution outside the gate."),
        ("net=seresnet50", "makes a factor for each channel, from the means of all, and scales"),
        ("net=resnet50&attention=eca", "from the means of the 5 channels around it, and scales"),
        ("attention=eca&width=1", "from the means of all, and scales"),
        ("attention=eca&width=2", "from the means of the 3 channels around it, and scales"),
        ("block=preact_basic&norm=none&activation=leaky", " Leaky ReLU comes **before** each convolution."),
        ("net=resnet50", "normalisation comes right after each convolution."),
        ("net=preresnet200", "Normalisation and ReLU come **before** each convolution."),
        (
            "block=relu_before_add",
            "before** the addition, so that the branch can only add; normalisation comes right after each convolution.",
        ),
        ("block=relu_before_add&norm=none&activation=leaky", "The last leaky ReLU comes **before** the addition."),
        ("block=relu_before_add&norm=none&branch_scale=depth", "The last ReLU comes **before** the addition. One"),
    ],
)
def test_what_is_said_of_a_block_is_true_at_its_ends(net: str, said: str) -> None:
    spec = rx.from_query(net)
    (first,) = [each.blocks[0] for each in rx.analyse(spec).stages if each.blocks][1:2]
    assert said in str(block.reading(block.pair(spec, first)[0]))


@pytest.mark.parametrize(
    ("net", "said"),
    [
        ("block=relu_before_add&attention=se", "The last ReLU comes **before** the gate scales; normalisation"),
        (
            "block=highway&attention=eca&norm=none&activation=leaky",
            "The last leaky ReLU comes **before** the gate scales.",
        ),
    ],
)
def test_nothing_is_said_to_be_added_in_a_plain_block(net: str, said: str) -> None:
    found = str(block.reading(block.pair(rx.from_query(net), "layer1.0")[1]))
    assert said in found
    assert "addition" not in found


def test_a_block_of_a_dilated_stage_averages_as_much_as_one_that_strides() -> None:
    spec = rx.from_query("net=resnet50d&output_stride=8")
    assert "an **average of 2×2** and a" in str(block.reading(block.pair(spec, "layer3.0")[0]))


@pytest.mark.parametrize(
    ("part", "said"), [(1, "less than 1 %"), (996, "more than 99 %"), (1000, "100 %"), (0, "0 %"), (994, "99 %")]
)
def test_what_is_less_than_all_is_not_said_to_be_all(part: int, said: str) -> None:
    assert arithmetic.share(part, 1000).percent().text == said


@pytest.mark.parametrize(
    ("was", "now", "said", "made"),
    [
        (1_000_000, 1_000_036, "less than 0.1 %", "(1,000,036 − 1,000,000) ÷ 1,000,000 = +0.0036 %"),
        (1_000_000, 999_964, "less than 0.1 %", "(999,964 − 1,000,000) ÷ 1,000,000 = −0.0036 %"),
        (1_000_000, 12, "more than 99.9 %", "(12 − 1,000,000) ÷ 1,000,000 = −99.9988 %"),
        (8, 6, "−25.0 %", "(6 − 8) ÷ 8 = −25.00 %"),
        (8, 0, "−100.0 %", "(0 − 8) ÷ 8 = −100.00 %"),
        (1, 1001, "+100,000.0 %", "(1,001 − 1) ÷ 1 = +100,000.00 %"),
    ],
)
def test_a_change_is_not_said_to_be_none_or_all(was: int, now: int, said: str, made: str) -> None:
    found = arithmetic.growth(was, now).percent(digits=1, sign="+")
    assert (found.text, found.working) == (said, made)


@pytest.mark.parametrize(("net", "batch"), [("net=resnet152&image=512", 256), ("blocks=1&width=1&image=1", 1)])
def test_times_of_the_roofline_are_said_without_an_e(net: str, batch: int) -> None:
    assert not re.search(
        r"\de[+-]\d+ ms\b", re.sub(r"<[^>]*>", "", counted._moving(rx.from_query(net), batch, "fp32", "t4"))
    )


def test_small_differences_are_told_as_such() -> None:
    one, other = rx.from_query("net=resnet152"), rx.from_query("net=resnet152&branch_scale=zero")
    compared, counts = versus.reading(rx.compare(one, other)), books.reading(rx.from_query("width=1024&image=8"))
    assert "**50** more parameters (less than 0.1 %) and as many MACs" in str(compared)
    assert "apart span less than 0.1 % of" in re.sub(r"<[^>]*>", "", counts)
    assert Use("params", 11_000_001, 11_000_000).words == "over by 1 (less than 0.1 %)"


def test_a_block_whose_shortcut_is_cut_is_shown_as_it_is_and_as_it_would_be(visit: Open) -> None:
    kept, cut = (visit("block", net="resnet34", cut="layer1.0-1", at=path) for path in ("layer1.2", "layer1.1"))
    first = visit("block", net="resnet34", cut="layer1.0-1")
    assert picks(first)["at"]["chosen"] == "layer1.2", "the first one that is not cut"
    for app, words_of, names in (
        (kept, "The shortcut is the **identity**", ["with its shortcut", "plain"]),
        (cut, "This block is plain", ["plain, as it is here", "with a shortcut it would be"]),
    ):
        assert words_of in words(app)
        assert [each["title"] for sent_ in sent(app) for each in sent_.get("figures", [])] == names


@pytest.mark.parametrize(("side", "pooled"), [("1", False), ("3", True), ("224", True)])
def test_a_pool_halves_what_is_more_than_a_pixel(side: str, pooled: bool) -> None:  # noqa: FBT001
    said = reading.strides(rx.analyse(rx.from_query(f"net=resnet18&image={side}")))
    assert ("the max pool has done so before it" in said) is pooled


@pytest.mark.parametrize(
    ("net", "paper"), [("cifar_highway20", "Srivastava"), ("vgg16", "Simonyan"), ("resnext50_32x4d", "Xie et al.")]
)
def test_the_architecture_is_cited_by_its_own_papers(visit: Open, net: str, paper: str) -> None:
    (said,) = [each.value for each in visit(net=net).caption if "Architecture: " in each.value]
    assert paper in said.partition("Architecture: ")[2]


@pytest.mark.parametrize(
    ("net", "said", "unsaid"),
    [
        ("net=resnet18&image=7x9", "**435** pixels across", "same window"),
        ("net=resnet18&image=7x9", "The image has 7 × 9 px: past it there is padding.", "same window"),
        ("net=cifar_resnet20&image=100", "**81** pixels across", "padding"),
        (
            "net=vgg11",
            "On every path, one value of the last map sees the same window: **150** px. There is no way round a layer.",
            "padding",
        ),
    ],
)
def test_a_window_that_is_wider_than_the_image_is_told(net: str, said: str, unsaid: str) -> None:
    told = re.sub(r"<[^>]*>", "", field._sees(rx.from_query(net)))
    assert said in told
    assert unsaid not in told


def test_layers_under_the_roofline_are_counted_with_commas() -> None:
    said = re.sub(r"<[^>]*>", "", counted._moving(rx.preset("cifar_resnet1202"), 1, "fp32", ROOFLINE_DEVICES.names[0]))
    assert "of the **1,202** convolutions" in said


def test_shortcuts_round_what_widens_no_window_are_ways_all_the_same() -> None:
    said = field._sees(rx.from_module(Around(last=True), (3, 8, 8)))
    assert "Its shortcuts go round none that widens it." in said
    assert "no way round" not in said


@pytest.mark.parametrize(
    ("a", "b", "first", "lines"),
    [
        ("net=cifar_resnet1202", "net=cifar_resnet1202&classes=3", "same", {"same"}),
        ("net=cifar_resnet1202", "blocks=1,1,1&width=16&stem=cifar&shortcut=A&image=32&classes=10", "same", {"added"}),
        ("net=cifar_resnet1202", "net=cifar_resnet110", "same", {"same", "added"}),
        ("net=cifar_resnet1202", "net=cifar_resnet1202&width=8", "changed", {"changed"}),
    ],
)
def test_lines_of_a_folded_net_are_marked_by_the_blocks_that_they_are(
    a: str, b: str, first: str, lines: set[str]
) -> None:
    svg = versus.marked(rx.from_query(a), rx.from_query(b)).svg
    (found,) = re.findall(r'data-i="1" data-diff="(\w+)"', svg)
    assert found == first
    assert set(re.findall(r'data-line="[^"]+" data-diff="(\w+)"', svg)) == lines


@pytest.mark.parametrize(("wide", "said"), [(0.9, "saves no time"), (1.5, "is the smaller one"), (3.0, "no less than")])
def test_the_time_that_a_bottleneck_saves_is_that_which_was_measured(wide: float, said: str) -> None:
    def timed(seconds: float, weights: int) -> BlockTime:
        times = Times((seconds,))
        return BlockTime(name="it", forward=times, both=times, saved_bytes=1, weights=weights, device="cpu")

    assert said in of_blocks._why(timed(1.0, 1), timed(wide, 2))


def test_picking_a_net_changes_page_and_link(visit: Open) -> None:
    app = visit()
    picked(app, "net", "resnet152")
    assert titles(app)[0] == "ResNet-152"
    assert query(app, "net") == "resnet152"
    used(app, "undo")
    assert titles(app)[0] == "ResNet-34"
    assert "net" not in app.query_params


def test_reset_brings_the_defaults_back_and_undo_brings_back_what_was(visit: Open) -> None:
    app = visit(net="resnet50", image="64")
    used(app, "reset")
    assert titles(app)[0] == "ResNet-34"
    used(app, "undo")
    assert query(app, "net") == "resnet50"
    assert query(app, "image") == "64"


def test_pinning_shows_the_difference(visit: Open) -> None:
    app = visit(net="resnet34", pin="net=resnet18")
    shown = large(app)
    assert shown[shown.index(("Parameters", "21.8 M")) + 1] == ("difference", "+10.1 M")
    assert shown[shown.index(("Weighted layers", "34")) + 1] == ("difference", "+16")


def test_a_bad_link_becomes_defaults_with_one_notice(visit: Open) -> None:
    app = visit(net="resnet35", image="abc", seed="<script>", unknown="1")
    assert titles(app)[0] == "ResNet-34"
    assert len(app.warning) == 1
    assert "resnet35" in app.warning[0].value
    app.run()
    assert not app.warning


def test_a_net_of_ones_own(visit: Open) -> None:
    app = visit(block="bottleneck", blocks="1,2,3", width="32", groups="4", shortcut="C", stem="cifar", image="33")
    assert titles(app)[0] == "ResNeXt-20 4×8d, bottleneck blocks 1-2-3, width 32, CIFAR stem, option C"


def test_the_bottleneck_page_writes_the_famous_arithmetic_out(visit: Open) -> None:
    shown = texts(visit("bottleneck"))
    for figure in ("16,384 + 36,864 + 16,384 = **69,632**", "**1,179,648**", "16.94", "**73,728**", "1.06"):
        assert figure in shown


@pytest.mark.parametrize("channels", ["64", "320", "2048"])
@pytest.mark.parametrize("reduction", ["1", "3", "16"])
def test_the_bottleneck_page_at_its_ends(visit: Open, channels: str, reduction: str) -> None:
    app = visit("bottleneck", channels=channels, reduction=reduction, with_bn="1", with_projection="1")
    assert "÷" in texts(app)
    assert not app.error


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({}, "is **16.94** at each width."),
        ({"with_bn": "1", "reduction": "16"}, "goes from **92.48** to **111.64**."),
        ({"reduction": "13"}, "goes from **112.39** to **87.29**."),
    ],
)
def test_the_factor_is_told_from_the_narrowest_to_the_widest_block(
    visit: Open, choices: dict[str, str], said: str
) -> None:
    shown = words(visit("bottleneck", **choices))
    assert f"From 64 to 2,048 channels the factor of the chosen reduction {said}" in shown


@pytest.mark.parametrize("name", rx.presets())
def test_every_named_net_can_be_compared(visit: Open, name: str) -> None:
    app = visit("compare", net=name, b_net="resnet50")
    assert "What the difference comes from" in texts(app)
    assert not app.error


def test_comparing_puts_both_nets_and_the_causes_on_the_page(visit: Open) -> None:
    app = visit("compare", net="plain34", b_net="resnet152", split="macs")
    assert titles(app)[0] == "plain-34 against ResNet-152"
    shown = texts(app)
    assert "60,192,808" in shown
    assert "+38,568,960" in shown
    for cause in ("depth", "block", "shortcut", "3,4,6,3 → 3,8,36,3"):
        assert cause in shown.replace("\u00a0", " ")


def test_a_comparison_says_more_or_fewer_and_where_all_of_it_is_from(visit: Open) -> None:
    shown = words(visit("compare", net="vgg19", b_net="resnet50"))
    assert "**118 M** fewer parameters (−82.2 %) and " in shown
    largest = "In parameters, the largest change comes from the **fully connected layers**"
    assert f"**15.5 G** fewer MACs (−79.2 %). {largest}" in shown
    assert "In MACs, it comes from the **convolutions of the main path** (16 in VGG-19 → 49 in ResNet-50)" in shown
    assert "The largest cause is the **" in texts(visit("compare", net="plain34", b_net="resnet152"))
    smaller = words(visit("compare", net="resnet50", b_net="resnet50", b_stride="v1", b_image="128"))
    assert "**stride placement**" not in smaller
    assert re.search(r"The largest cause is the \*\*image\*\* \([^)]*\): \S+ \S+ MACs; one more cause", smaller)
    grouped = texts(visit("compare", net="resnet50", b_net="resnet50", b_norm="group", b_image="128"))
    assert "All of it comes from the **image** (image 224 → 128)." in grouped.replace("\u00a0", " ")
    assert "All of it comes from the **depth**" in texts(visit("compare", net="resnet50", b_net="resnet101"))
    assert "B has as many parameters and as many MACs." in texts(
        visit("compare", net="plain34", b_net="resnet34", b_shortcut="A")
    )


def test_all_nets_give_an_accuracy_the_same_way_everywhere(visit: Open) -> None:
    assert "goes from 69.76 to 79.31 %" in texts(visit("catalogue"))


def test_swapping_the_nets(visit: Open) -> None:
    app = visit("compare", net="resnet18", b_net="resnet101")
    next(b for b in app.button if b.label == "Swap").click().run()
    assert titles(app)[0] == "ResNet-101 against ResNet-18"
    assert (query(app, "net"), query(app, "b_net")) == ("resnet101", "resnet18")
    used(app, "undo")
    assert titles(app)[0] == "ResNet-18 against ResNet-101"


def test_a_net_against_itself(visit: Open) -> None:
    app = visit("compare", net="resnet50", b_net="resnet50")
    assert "are the same net" in texts(app)
    assert "Every operation that differs" not in [each.label for each in app.expander]


@pytest.mark.parametrize("name", rx.presets())
def test_every_named_net_has_its_ledger(visit: Open, name: str) -> None:
    assert "ways to count give" in words(visit("ledger", net=name))


def test_the_ledger_of_resnet_50(visit: Open) -> None:
    shown = texts(visit("ledger", net="resnet50")).replace("\u00a0", " ")
    for figure in (
        "3,857,973,248",
        "4,089,184,256",
        "4,111,512,576",
        "4,133,742,592",
        "4,144,854,528",
        "8,178,368,512",
    ):
        assert figure in shown
    assert "printed as 3.8 × 10⁹" in shown


@pytest.mark.parametrize(
    ("net", "said"),
    [
        ("net=resnet34", "nearly the same in every stage (the most costly 1.08 times the least), because the map"),
        ("net=resnet34", "parameters are not**: one of conv5_x has 59.1 times those of one of conv2_x. Of all parame"),
        ("net=resnet34", "Of all parameters, 60 % sit in conv5_x; the classifier holds 2.4 %."),
        ("net=resnet152&classes=2", "Of all parameters, 70 % sit in conv4_x; the classifier holds less than 0.1 %."),
        ("block=basic&blocks=4,1", "**Their parameters are not**: one of conv3_x has 3.1 times those of one of conv2_"),
        ("blocks=1,1&stem_width=320&stem=cifar&last_stride=1", "A block costs nearly the same in every stage (the"),
        ("blocks=1,1&stem_width=320&stem=cifar&image=1", "the least). Of the parameters, 40 % sit in conv2_x; the"),
        (
            "blocks=1,1&width=2&classes=1000000",
            "Of all parameters, more than 99 % sit in head; the classifier holds more than 99.9 %.",
        ),
        ("block=preact_bottleneck&blocks=1&width=64&stem=cifar&classes=1", "conv2_x; the classifier holds 0.3 %."),
        (
            "blocks=3&width=16&stem=cifar&classes=10",
            "This net has a single stage. Of the parameters, 96 % sit in conv2",
        ),
        ("blocks=2,2,2,2&output_stride=8", "A block of the most costly stage takes 16.0 times the work of one of the"),
        (
            "net=vgg16",
            "**Most of the work is in the convolutions**: the convolutions do 99 % of it, and the dearest stage is con",
        ),
        (
            "net=vgg16",
            "**Most of the parameters are in the fully connected layers**: the fully connected layers at the",
        ),
        ("net=vgg16", "the end hold 89.4 % of them."),
        ("family=vgg&convs=1&width=8", "the end hold more than 99.9 % of them."),
        ("block=basic&blocks=1,1&width=16", "Most of the work is in the stem** (53.4 %). **The work of the blocks is"),
        ("net=resnet34", "**The work of the blocks is spread evenly**: a block costs nearly"),
        (
            "family=vgg&convs=1,1&width=4&features=4096&image=32",
            "**Most of the work is in the fully connected layers**",
        ),
        ("family=vgg&convs=1,1&width=64&features=4&classes=2", "**Most of the parameters are in the convolutions**"),
    ],
)
def test_where_work_and_parameters_are_is_said_of_each_kind_of_net(net: str, said: str) -> None:
    assert said in str(reading.costs(rx.analyse(rx.from_query(net))))


def test_most_of_the_work_is_in_the_blocks_of_a_net_that_has_a_name() -> None:
    named = {name: rx.analyse(rx.from_query(f"net={name}")) for name in rx.presets()}
    assert not [
        name for name, report in named.items() if report.blocks and "Most of the work" in str(reading.costs(report))
    ]


@pytest.mark.parametrize("name", rx.presets())
def test_every_named_net_has_its_costs(visit: Open, name: str) -> None:
    app = visit("cost", net=name, precision="mixed", memory_optimiser="adam", roofline="h100")
    assert "With each operation a kernel of its own, a forward pass of 256 images takes at least" in words(app)
    assert not app.error


def test_the_costs_are_those_of_explore(visit: Open) -> None:
    shown = words(visit("cost", net="resnet50", memory_batch="32"))
    whole = rx.analyse(rx.preset("resnet50")).training_memory(32).total
    assert f"**{whole:,}**" in shown
    assert "**11** to **427** pixels" in shown


@pytest.mark.parametrize(
    ("took", "floor", "said"),
    [
        ((1.0, 1.2), (1.0, 1.0), "The quartiles of both overlap: this run does not tell them apart."),
        ((1.0, 3.9), (1.0, 1.0), "Here MACs predict the ratio to within 10 %; other pairs and batches differ."),
        ((1.0, 4.5), (1.0, 1.0), "MACs come nearest of the three, and are still off by 16 %."),
        ((1.0, 1.6), (1.0, 1.1), "**MACs are off by 136 %; activations come nearer**"),
        ((1.0, 2.5), (1.0, 2.4), "**MACs are off by 51 %; the roofline comes nearer**"),
    ],
)
def test_a_measured_ratio_is_set_against_what_comes_nearest(
    took: tuple[float, float], floor: tuple[float, float], said: str
) -> None:
    config = NetsConfig(net=rx.preset("resnet50"), other=rx.preset("vgg16"))
    spread = (0.8, 1.0, 1.2)
    nets = tuple(Times(tuple(median * part for part in spread)) for median in took)
    timing = Timing(nets=nets, flops=1.0, bandwidth=1.0, device="cpu")
    assert said in re.sub(r"<[^>]*>", "", latency._why(timing, config, floor))


@pytest.mark.parametrize(("least", "overlap"), [(1.25, True), (1.26, False)])
def test_quartiles_that_touch_overlap_whichever_net_takes_longer(least: float, *, overlap: bool) -> None:
    config = NetsConfig(net=rx.preset("resnet50"), other=rx.preset("vgg16"))
    both = Times((0.5, 1.0, 1.5)), Times((least,) * 3)
    for nets in (both, both[::-1]):
        timing = Timing(nets=nets, flops=1.0, bandwidth=1.0, device="cpu")
        assert ("The quartiles of both overlap" in latency._why(timing, config, (1.0, 1.0))) == overlap


@pytest.mark.parametrize(
    ("floor", "beaten"), [((0.9, 0.9), False), ((1.0, 1.0), False), ((1.1, 0.9), True), ((0.9, 1.1), True)]
)
def test_a_median_below_its_roofline_is_explained(floor: tuple[float, float], *, beaten: bool) -> None:
    timing = Timing(nets=(Times((1.0,)), Times((1.0,))), flops=1.0, bandwidth=1.0, device="cpu")
    assert ("below its roofline" in latency._beaten(timing, floor)) == beaten


def test_measured_times_are_set_against_macs(visit: Open, engine: Silent) -> None:
    app = visit("cost", net="resnet50", b_net="vgg16")
    next(b for b in app.button if b.label == "Measure on this machine").click().run()
    config = NetsConfig(net=rx.preset("resnet50"), other=rx.preset("vgg16"))
    assert key(config) in engine.jobs
    times = (Times((0.09, 0.1, 0.11)), Times((0.19, 0.2, 0.21)))
    engine.finish(config, Timing(nets=times, flops=1e11, bandwidth=1e10, device="CPU (test)"))
    shown = words(app.run())
    assert "**3.78 times** the MACs of ResNet-50 and took **2.00 times** as long" in shown
    assert "MACs are off by 89 %" in shown
    engine.finish(config, Timing(nets=(times[0], times[0]), flops=1e11, bandwidth=1e10, device="CPU (test)"))
    assert "does not tell them apart" in texts(app.run())


def test_derived_numbers_carry_their_formulas(visit: Open) -> None:
    shown = texts(visit(net="resnet50"))
    assert 'data-f="(49 · 3 · 64 = 9,408) + (2 · 64 = 128) = 9,536"' in shown
    assert 'data-f="25,557,032 − 21,797,672 = +3,759,360"' in texts(visit("compare", net="resnet34", b_net="resnet50"))
    assert 'data-f="Blocks of all stages. 3 + 4 + 6 + 3 = 16"' in texts(visit(net="resnet34"))


@pytest.mark.parametrize("name", STATIONS.names)
def test_every_station_of_the_progression(visit: Open, name: str) -> None:
    app = visit("progression", station=name)
    station = STATIONS[name]
    assert station.title in titles(app)[0]
    assert json.dumps(sent(app), ensure_ascii=False).count(f'"title": "{station.title}"') == 1
    shown = texts(app)
    assert station.why in shown
    last = before(station)
    assert last is None or re.search(rf"(From|Back at) {re.escape(last.title)}: ", shown)
    pale = 'data-diff=\\"same' in json.dumps(sent(app))
    assert pale == (name not in {"vgg19", "plain34"})  # nothing is before the first, nothing of it in the second
    assert "Published" in shown or "No error of it was published" in shown


def test_going_on_and_back(visit: Open) -> None:
    app = visit("progression", station="vgg19")
    button = {each.label: each for each in app.button}
    assert button["Back"].disabled
    button["Next"].click().run()
    assert titles(app)[0] == "2 of 8: plain-34"
    next(b for b in app.button if b.label == "Next").click().run()
    assert query(app, "station") == "shortcuts"
    shown = words(app)
    assert "Beside plain-34 it has as many parameters, and as many MACs." in shown
    assert "**−3.51 points**" in shown
    next(b for b in app.button if b.label == "Back").click().run()
    assert titles(app)[0] == "2 of 8: plain-34"
    app = visit("progression", station=STATIONS.names[-1])
    assert next(b for b in app.button if b.label == "Next").disabled


@pytest.mark.parametrize("protocol", PROTOCOLS.names)
@pytest.mark.parametrize("against", METRICS.names)
def test_all_nets_under_every_protocol(visit: Open, protocol: str, against: str) -> None:
    shown = texts(visit("catalogue", protocol=protocol, against=against))
    assert "on the frontier" in shown
    assert PROTOCOLS[protocol].source in shown


def test_all_nets_are_filtered(visit: Open) -> None:
    app = visit("catalogue", find="se-resnext-50")
    assert not app.dataframe
    used(app, "", "drawn", "later")
    assert len(app.dataframe[0].value) == 1
    assert not [each for each in sent(app) if each.get("kind") == "later"]
    app.text_input(key="choice.find").set_value("zzz").run()
    assert not app.dataframe
    assert "No net has all" in app.info[0].value
    assert query(app, "find") == "zzz"


def test_the_gradients_page_says_which_nets_run(visit: Open) -> None:
    shown = words(visit("gradients"))
    assert "**plain-34 (demo)** against **ResNet-34 (demo)**" in shown
    assert "332,242 parameters each" in shown
    assert "The net chosen on Explore, ResNet-34, is another one" in shown
    for one in ("demo_plain34", "demo_resnet34"):
        assert "is another one" not in words(visit("gradients", net=one))


def test_run_and_stop(visit: Open, engine: Silent) -> None:
    app = visit("gradients")
    button = {each.label: each for each in app.button}
    assert button["Stop"].disabled
    button["Run"].click().run()
    assert len(engine.jobs) == 2
    assert len(query(app, "run")) == 16
    button = {each.label: each for each in app.button}
    assert button["Run"].disabled
    button["Stop"].click().run()
    assert {job.state for job in engine.jobs.values()} == {"stopped"}


def test_a_finished_run_is_read_out_and_a_gone_one_is_told(visit: Open, engine: Silent) -> None:
    app = visit("gradients", seed="7")
    keys = []
    for plain in (True, False):
        net = rx.preset("demo_plain34" if plain else "demo_resnet34")
        config = race.TrainConfig(net=net, seed=7)
        steps = tuple(
            Step(n, 2.0 if plain else 0.1, (100.0,) * 32 + (1.0,) * 2, 100.0 if plain else 2.0) for n in range(3)
        )
        result = Training(
            paths=tuple(f"layer{n}" for n in range(34)), status="done", final_loss=1.0, seconds=1.0, device="cpu",
            threads=1, torch="2.13.0",
        )  # fmt: skip
        keys.append(key(config))
        engine.jobs[keys[-1]] = Snapshot(key=keys[-1], config=config, state="done", records=steps, result=result)
    assert "towards the input" not in texts(app.run())  # nobody pressed Run here
    next(each for each in app.button if each.label == "Run").click().run()
    shown = words(app)
    assert next(each for each in app.button if each.label == "Run").disabled
    assert "▶ plays it again" in shown
    assert "**grows** towards the input: 100 times as large" in shown
    assert "20.0 times the training loss" in shown
    carried = texts(app)
    assert f'data-f="100 ÷ 1 = 100: {ENDS}"' in carried
    assert 'data-f="2 ÷ 0.1 = 20.0: means of the last steps"' in carried
    assert "**Measured here**, on this machine" in shown
    assert "recorded" not in shown
    assert "= 332,242" in carried
    engine.jobs.clear()
    assert [each.value for each in app.run().info] == [live.GONE]


@pytest.mark.parametrize("net", ["", *(pair.standard()[-1].config.net for pair in PAIRS)])
def test_gradients_opens_with_the_recorded_run_of_its_pair(visit: Open, engine: Silent, net: Any) -> None:
    pair = next(each for each in PAIRS if each.standard()[-1].config.net == (net or rx.preset("demo_resnet34")))
    kept = recorded(pair)
    assert kept
    app = visit("gradients", **({f"g_{name}": text for name, text in to_texts(net).items()} if net else {}))
    shown = words(app)
    assert "**This is a recorded run**" in shown
    for made in (kept.date, kept.processor, "one thread", kept.torch, f"rerun {pair.name}`", "seed 0"):
        assert made in shown
    assert "Measured here" not in shown
    assert "on this installation" not in shown
    plain, residual = (final(run) for run in kept.runs)
    assert f"its loss {number(plain)} (mean of the last 20)" in shown
    assert f"its loss {number(residual)} (mean of the last 20)" in shown
    assert sections(app) == ["First against last layer"]
    state = {each.label: each.disabled for each in app.button}
    assert (state["Run"], state["Stop"]) == (False, True)
    assert not engine.jobs
    next(each for each in app.button if each.label == "Run").click().run()
    assert len(engine.jobs) == 2  # Run measures here
    assert "recorded" not in words(app)
    assert not sections(app)


@pytest.mark.parametrize(
    "texts", [{"seed": "1"}, {"steps": "79"}, {"init": "pytorch"}, {"g_norm": "none", "g_net": "demo_resnet34"}]
)
def test_a_recorded_run_of_other_choices_is_not_shown(visit: Open, texts: dict[str, str]) -> None:
    shown = words(visit("gradients", **texts))
    assert "recorded" not in shown
    assert "first / last" not in shown


def test_a_recorded_run_stands_where_its_link_says(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []
    monkeypatch.setattr(canvas, "race", lambda shown, press, place, **_: drawn.append((shown, press, place)))
    visit("gradients", step="5")
    shown, press, place = drawn[-1]
    kept = recorded(PAIRS["gradients"])
    assert kept
    for series, run in zip(shown.series, kept.runs, strict=True):
        assert [each.norms for each in series.steps] == [(*each.norms, *each.moves) for each in run.steps]
        assert [each.loss for each in series.steps] == [each.loss for each in run.steps]
    assert (place.at, shown.running, shown.source) == (5, False, "")
    assert (press.label, press.can_run, press.can_stop) == ("Run", True, False)
    assert shown.status.startswith(f"Recorded on {kept.date}: ▶ plays it. ")
    visit("gradients", g_net="demo_resnet18")
    assert drawn[-1][2].run != place.run  # so that a slider that was moved stays with its run


def test_a_gone_run_is_told_beside_the_recorded_one(visit: Open, engine: Silent) -> None:
    app = visit("gradients")
    next(each for each in app.button if each.label == "Run").click().run()
    engine.jobs.clear()
    assert [each.value for each in app.run().info] == [live.GONE]
    assert "**This is a recorded run**" in words(app)


def test_a_link_to_a_run_of_other_choices_is_told_once_and_a_run_of_ones_own_is_not(visit: Open) -> None:
    app = visit("gradients", run="0" * 16)
    assert [each.value for each in app.info] == [live.ELSE]
    next(each for each in app.button if each.label == "Run").click().run()
    assert live.ELSE not in [each.value for each in app.info]
    app = visit("gradients")
    next(each for each in app.button if each.label == "Run").click().run()
    picked(app, "init", list(dict(picks(app)["init"]["titles"]))[1])
    assert query(app, "init")
    assert query(app, "run")  # of the choices before: to go back to them is to see it again
    assert not app.info
    assert "Run is 'nonsense'" in visit(run="nonsense").warning[0].value
    assert not visit("gradients", run="nonsense").info


def test_the_opening_of_gradients_asks_for_nothing_that_cannot_be_done(visit: Open) -> None:
    app = visit("gradients")
    next(each for each in app.button if each.label == "Run").click().run()
    assert next(each for each in app.button if each.label == "Run").disabled
    shown = texts(app)
    assert "Watch the left end" in shown
    assert "Press" not in shown


def test_a_run_that_is_too_large_cannot_be_started(visit: Open, engine: Silent) -> None:
    app = visit("gradients", g_net="resnet152", steps="2000", batch="512")
    assert next(each for each in app.button if each.label == "Run").disabled
    assert "limit" in app.warning[0].value
    assert not engine.jobs


def test_the_story_tells_the_papers_numbers(visit: Open) -> None:
    shown = texts(visit("why")).replace("\u00a0", " ")
    for figure in ("27.94", "28.54", "27.88", "25.03", "89.4 %", "18.6 %", "69.8", "76.1", "77.4", "78.3", "7.84"):
        assert figure in shown
