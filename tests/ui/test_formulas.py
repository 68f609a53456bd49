"""Numbers that say how they are made: in running text, and in data frames once a cell is clicked."""

import dataclasses
import html
import json
import math
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import resnet_explorer as rx
from resnet_explorer.analysis import arithmetic, catalogue, formula, roofline
from resnet_explorer.analysis.memory import FLOAT
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.worked import Worked
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.registry import Registry
from resnet_explorer.tasks.confirm import Confirmation, ConfirmConfig, Count
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.time_block import BlockConfig, BlockTime, Times
from resnet_explorer.tasks.time_nets import NetsConfig, Timing
from resnet_explorer.tasks.train import Step, TrainConfig, Training
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.cells import HINT
from resnet_explorer.ui.parts.derived import APART, MARK, STOP, Derived
from tests.ui.components import picked, sent, used
from tests.ui.silent import Silent
from tests.ui.test_pages import opened, texts


@pytest.fixture(autouse=True)
def _no_engine(engine: Silent) -> None:
    assert engine is not None


def derived(app: AppTest) -> dict[str, set[str]]:
    """The numbers of a page, each with the formulas that it carries."""
    found: dict[str, set[str]] = {}
    for words, number in re.findall(r'<span class="derived"[^>]* data-f="([^"]*)">(.*?)</span>', texts(app)):
        found.setdefault(number.replace("*", ""), set()).add(html.unescape(words))
    return found


def unfolded(app: AppTest, key: str) -> AppTest:
    """The page with that table open."""
    app.session_state[key] = True
    return app.run()


def clicked(app: AppTest, key: str, row: int, column: str) -> list[str]:
    """What the page says of a cell."""
    ids = [each.proto.id.split("-", 2)[2] for each in app.dataframe if each.proto.id]
    [whole] = [each for each in ids if each.startswith(f"{key} ")]
    app.session_state[whole] = {"selection": {"rows": [], "columns": [], "cells": [(row, column)]}}
    assert not app.run().exception
    return said(app)


def said(app: AppTest) -> list[str]:
    found = (each.value for each in app.markdown if 'role="status"' in each.value)
    return [words for words in found if words != '<span role="status"></span>']


TEXT = {
    ("explore", "resnet50", ""): {
        "8.0 %": "2,049,000 ÷ 25,557,032 = 8.02 %",
        "59 %": "14,964,736 ÷ 25,557,032 = 58.55 %",
        "85.9 MB": "4 · 21,075,968 values + 8 · 200,704 places of maxima = 85,909,504 B",
    },
    ("explore", "vgg16", ""): {"89.4 %": "123,642,856 ÷ 138,357,544 = 89.36 %"},
    ("block", "resnet18", ""): {"73,984": "2 × (9 · 64 · 64 = 36,864) + 2 × (2 · 64 = 128) = 73,984"},
    ("bottleneck", "resnet50", ""): {
        "16.94 times": "1,179,648 ÷ 69,632 = 16.9412",
        "1.06": "73,728 ÷ 69,632 = 1.0588",
        "64": "256 ÷ 4, rounded down = 64",
    },
    ("compare", "plain34", "resnet50"): {
        "+18.2 %": "(25,557,032 − 21,623,848) ÷ 21,623,848 = +18.19 %",
        "+2.78 M": "25,557,032 − 22,780,456 = +2,776,576",
    },
    ("ledger", "resnet50", ""): {
        "7.0 %": "(4,144,854,528 − 3,857,973,248) ÷ 4,089,184,256 = 7.02 %",
        "4.09 G": "4,089,184,256 convolutions and fully connected layers",
    },
    ("cost", "resnet50", ""): {
        "11": "1 + 6 (stem) + 4 (conv2_x) = 11 px; a window of k at a spacing of j adds (k − 1) · j",
        "54": "conv 53 + fc 1 = 54",
    },
    ("progression", "", ""): {"18.6 %": "3,644,493,824 ÷ 19,632,062,464 = 18.56 %"},
    ("catalogue", "", ""): {
        "16.4 G": "stem 118,013,952",
        "56 %": "4,230,479,872 ÷ 7,609,090,048 = 55.60 %",
        "8.6 percentage points": "77.618 − 69.02 = +8.598 points",
    },
}


@pytest.mark.parametrize("case", TEXT, ids=lambda case: "-".join(filter(None, case)))
def test_numbers_in_running_text_carry_their_formulas(case: tuple[str, str, str]) -> None:
    page, net, other = case
    links = {name: text for name, text in (("net", net), ("b_net", other)) if text}
    found = derived(opened(page, **links))
    for number, words in TEXT[case].items():
        assert any(each.startswith(words) for each in found[number]), found[number]


def test_differences_from_the_pinned_net_and_the_last_station_carry_theirs() -> None:
    app = opened(net="resnet34", pin="net=resnet18")
    assert derived(app)["+10.1 M"] == {"21,797,672 − 11,689,512 = +10,108,160"}
    [params] = [each for each in derived(app)["21.8 M"] if each.startswith("Learned numbers")]
    assert params.endswith("= 21,797,672")
    counts = json.dumps(sent(opened("progression")))
    assert "the step: 34 \\u2212 19 = +15" in counts


def test_a_click_on_a_number_of_a_layer_shows_its_formula() -> None:
    app = opened(net="resnet50")
    assert not app.dataframe
    assert HINT in texts(unfolded(app, "layers"))
    assert said(app) == []
    report = rx.analyse(rx.preset("resnet50"))
    row = next(n for n, layer in enumerate(report.layers) if layer.path == "layer1.0.conv2")
    for column, words in {
        "params": "parameters: 9 · 64 · 64 = 36,864",
        "macs": "MACs: 36,864 · 56 · 56 = 115,605,504",
        "activations": "activations: 64 · 56 · 56 = 200,704",
        "field_px": "receptive field: 11 + (3 − 1) · 4 = 19 px",
    }.items():
        assert clicked(app, "layers", row, column) == [f'<span role="status">**layer1.0.conv2**, {words}</span>']
    assert clicked(app, "layers", row, "path") == []
    assert clicked(app, "layers", 1, "macs") == [
        '<span role="status">**bn1**, MACs: 0; nothing is counted of bn</span>'
    ]


def test_the_cell_of_another_net_says_nothing_of_the_next_one() -> None:
    app = unfolded(opened(net="resnet152"), "layers")
    assert clicked(app, "layers", 5, "params")
    picked(app, "net", "resnet18")
    assert not app.exception
    assert said(app) == []


@pytest.mark.parametrize("name", ["resnet50", "vgg16", "cifar_preresnet110", "cifar_highway20"])
def test_the_receptive_field_of_every_layer_is_what_its_formula_says(name: str) -> None:
    report = rx.analyse(rx.preset(name))
    for layer in report.layers:
        words = formula.of_layer(report, layer, "field_px")
        if words.startswith("stays that of the last map, "):
            assert f"{layer.field_px:,} px" in words
            continue
        before, _, px = words.replace(",", "").rpartition("= " if " = " in words else ": ")
        assert px == f"{layer.field_px} px"
        if " = " in words:
            field, kernel, spacing = map(int, re.findall(r"(\d+) \+ \((\d+) − 1\) · (\d+)", before)[0])
            assert field + (kernel - 1) * spacing == layer.field_px


def test_a_click_on_a_number_of_a_net_shows_its_formula_and_where_an_accuracy_stands() -> None:
    app = used(opened("catalogue", find="se-resnext-50"), "", "drawn", "later")
    [row] = clicked(app, "nets", 0, "params")
    assert "stem" in row
    app = used(opened("catalogue"), "", "drawn", "later")
    names = [entry.preset.name for entry in catalogue.catalogue()]
    at = names.index("resnet50")
    [words] = clicked(app, "nets", at, "params")
    assert words.endswith("= 25,557,032</span>")
    [words] = clicked(app, "nets", at, "layers")
    assert "49 conv + 1 fc = 50" in words
    [words] = clicked(app, "nets", at, "field_px")
    assert "= 427 px" in words
    [words] = clicked(app, "nets", at, "tv_v1")
    assert "76.13 %, published: ImageNet validation, one crop of 224 px" in words
    assert "torchvision 0.29.2" in words
    assert clicked(app, "nets", names.index("plain34"), "tv_v1") == []  # nobody published one
    assert clicked(app, "nets", at, "year") == []


def test_a_click_on_a_number_of_a_change_shows_its_formula() -> None:
    app = unfolded(opened("compare", net="plain34", b_net="resnet34"), "changes")
    frame: Any = app.dataframe[0].value
    at = next(n for n, name in enumerate(frame["operation"]) if name == "downsample.0")
    [words] = clicked(app, "changes", at, "params")
    assert "(64 · 128 = 8,192) = +8,192" in words
    [words] = clicked(app, "changes", at, "times")
    assert "layer2.0.downsample.0: 1" in words
    app = unfolded(opened("compare", net="resnet34", b_net="plain34"), "changes")
    frame = app.dataframe[0].value
    at = next(n for n, name in enumerate(frame["operation"]) if name == "downsample.0")
    [words] = clicked(app, "changes", at, "params")
    assert "(0 − (64 · 128 = 8,192)) = −8,192" in words
    at = next(n for n, name in enumerate(frame["operation"]) if name == "add")
    assert clicked(app, "changes", at, "params")[0].endswith("parameters: 0; nothing is counted here</span>")


def test_measured_numbers_say_how_they_were_measured(engine: Silent) -> None:
    app = opened("cost", net="resnet50", b_net="vgg16")
    next(b for b in app.button if b.label == "Measure on this machine").click().run()
    times = (Times((0.09, 0.1, 0.11, 0.1)), Times((0.2, 0.24, 0.16)))
    timing = Timing(nets=times, flops=1e11, bandwidth=1e10, device="CPU (test)")
    engine.finish(NetsConfig(net=rx.preset("resnet50"), other=rx.preset("vgg16")), timing)
    found = derived(app.run())
    assert "200 ms ÷ 100 ms = 2, medians of 4 repeats each" in found["2.00 times"]
    assert found["200.0"] == {"3 repeats in order, 160.00 ms to 240.00 ms: no. 2 is 200.00 ms"}
    way = "0.5 of the way from no. 1, 160.00 ms, to no. 2, 200.00 ms, is 180.00 ms"
    assert any(f"{way}; " in each for each in found["180.0 – 220.0"])
    under = roofline.points(rx.analyse(rx.preset("vgg16")), 1, FLOAT, 1e11, 1e10)
    assert found[f"{1e3 * roofline.seconds(under):.1f}"] == {roofline.of_pass(under)}
    app = opened("bottleneck")
    next(b for b in app.button if b.label == "Measure on this machine").click().run()
    blocks = tuple(
        BlockTime(
            name=name, forward=Times((s,) * 9), both=Times((2 * s,)), saved_bytes=n, weights=n, device="CPU (test)"
        )
        for name, s, n in (("bottleneck", 0.001, 69_632), ("two 3×3", 0.004, 1_179_648), ("narrow", 0.001, 73_728))
    )
    engine.finish(BlockConfig(), blocks)
    assert "4 ms ÷ 1 ms = 4, medians of 9 repeats each" in derived(app.run())["4.0 times"]


def test_what_the_description_expects_of_a_tool_carries_its_formula(engine: Silent) -> None:
    net = rx.preset("resnet18")
    app = opened(net="resnet18")
    next(b for b in app.button if b.label == "Build it and count again").click().run()
    report = rx.analyse(net)
    count = Count("torch numel", "parameters", report.params, report.params, agrees=True, note="")
    seen = Confirmation(
        counts=(count,), output_shape=(1, 1000), device="CPU (test)", torch="2", build_seconds=0.5,
        forward_seconds=0.01, memory_bytes=46_000_000,
    )  # fmt: skip
    engine.finish(ConfirmConfig(net=net), seen)
    found = derived(app.run())
    assert formula.of_stages(report, "params").working in found["11,689,512"]
    assert found["0.50 s"] == {"0.5 s on the clock, built once"}


def test_the_storys_counts_carry_their_formulas() -> None:
    found = {text.replace("\u00a0", " "): said for text, said in derived(opened("why")).items()}
    assert "123,642,856 ÷ 138,357,544 = 89.36 %" in str(found["123,642,856 (89.4 %)"])
    assert formula.of_stages(rx.analyse(rx.preset("resnet50")), "macs").working in found["4.09 G"]


@pytest.mark.parametrize("page", ["explore", "compare", "progression", "why"])
def test_the_numbers_of_a_paragraph_or_table_are_one_stop_of_the_tab_key(page: str) -> None:
    told = [each.value for each in opened(page).main.markdown if MARK in each.value]
    assert told
    assert {text.count(STOP) for text in told} == {1}
    assert sum(text.count(APART) for text in told) > len(told)


def test_ratios_far_from_one_keep_their_figures() -> None:
    assert arithmetic.ratio(3e-9, 1.5).working == "3e-09 ÷ 1.5 = 2e-09"
    assert arithmetic.off(1.0, 2.0).working == "1.0000 ÷ 2.0000 − 1 = −50.0 %"
    assert arithmetic.points(28.54, 25.03).working == "25.03 − 28.54 = −3.51 points"
    assert arithmetic.points(82.834, 83.246).working == "83.246 − 82.834 = +0.412 points"
    assert arithmetic.ratio(1234.56, 0.43798).working == "1,235 ÷ 0.438 = 2,819"
    assert arithmetic.share(3, 10**6).working == "3 ÷ 1,000,000 = 0.00030 %"
    assert arithmetic.share(22_488_040, 22_488_264).working == "22,488,040 ÷ 22,488,264 = 99.99900 %"
    assert arithmetic.share(7, 7).working == "7 ÷ 7 = 100.00 %"
    assert arithmetic.per_second(8, 0.0027, "2963.0 images/s") == "8 ÷ 2.7 ms = 2963.0 images/s"
    assert arithmetic.per_second(32, 0.0123456, "2592.0 images/s") == "32 ÷ 12.3456 ms = 2592.0 images/s"
    assert arithmetic.per_second(32, 12.3456, "2.6 images/s") == "32 ÷ 12,345.6 ms = 2.6 images/s"


def test_a_number_and_its_working_say_the_same_in_whatever_form() -> None:
    made = arithmetic.share(1, 8)
    assert (made.value, made.text, made.working) == (12.5, "12.50 %", "1 ÷ 8 = 12.50 %")
    assert str(made.said("{:.0f} %")) == "12 %"
    assert made.said("an eighth").of("slices") == Worked(12.5, "an eighth", "1 ÷ 8 = 12.50 %, slices")
    assert arithmetic.points(28.54, 25.03).said("{:+.1f} points").text == "−3.5 points"
    assert (arithmetic.growth(8, 6).value, arithmetic.growth(8, 6).text) == (-25.0, "−25.00 %")
    assert (arithmetic.difference(8, 6).value, arithmetic.difference(8, 6).text) == (-2, "−2")
    assert parts.inline(made) == parts.inline("12.50 %", "1 ÷ 8 = 12.50 %")
    assert (Derived.of(made), Derived.of(made).formula) == ("12.50 %", made.working)


@pytest.mark.parametrize("seconds", [(0.0123,), (12.3456, 12.3457, 99.0), (0.2, 1.234567), (0.12345,) * 50])
def test_a_median_is_written_as_it_is_shown(seconds: tuple[float, ...]) -> None:
    said = arithmetic.quantile(seconds).working
    *_, last = re.findall(r"([\d,.]+) ms", said)
    assert float(last.replace(",", "")) == pytest.approx(1e3 * Times(seconds).median, abs=0.005)
    assert "e+" not in said
    assert said.startswith("timed once" if len(seconds) == 1 else f"{len(seconds)} repeats in order")


def test_a_pass_that_takes_long_is_written_in_full() -> None:
    found = roofline.points(rx.analyse(rx.preset("vgg16")), 128, FLOAT, 1e11, 1e10)
    assert roofline.of_pass(found).endswith(f" = {1e3 * roofline.seconds(found):,.2f} ms")


def test_a_metric_without_a_working_shows_its_count(monkeypatch: pytest.MonkeyPatch) -> None:
    layer = rx.analyse(rx.preset("resnet18")).layers[0]
    assert formula.working(layer, "macs") == "9,408 · 112 · 112 = 118,013,952"
    bare = (dataclasses.replace(metric, working=None) for metric in METRICS)
    monkeypatch.setattr(formula, "METRICS", Registry("metric", tuple(bare)))
    assert formula.working(layer, "macs") == "118,013,952"


def test_a_field_names_what_is_not_counted() -> None:
    report = rx.analyse(rx.preset("vgg16"))
    said = {layer.path: formula.of_layer(report, layer, "field_px") for layer in report.layers}
    assert said["avgpool"] == "stays that of the last map, 212 px: what fits the map to 7 × 7 is not counted"
    assert said["classifier.3"].endswith("what takes it whole is not counted, nor what comes behind")


@pytest.mark.parametrize(
    ("page", "table", "column", "made"),
    [
        ("catalogue", "catalogue_points", "macs", "= 1,814,073,344"),
        ("catalogue", "catalogue_points", "accuracy or error, %", "69.76 %, published: "),
        ("cost", "roofline_table", "FLOPs", "2 · 118,013,952 MACs · 256 = 60,423,143,424"),
        ("cost", "roofline_table", "FLOPs per byte", "FLOPs per byte"),
        ("cost", "roofline_table", "computing, µs", "FLOPs ÷ "),
        ("cost", "roofline_table", "moving, µs", "B ÷ "),
        ("bottleneck", "ratio_by_width_table", "reduction 4", "73,728 ÷ 4,352 = 16.9412"),
        ("bottleneck", "ratio_by_width_table", "at the inner width", "= 1.0588"),
    ],
)
def test_the_table_behind_a_chart_says_how_its_numbers_are_made(page: str, table: str, column: str, made: str) -> None:
    app = unfolded(opened(page), table)
    [words] = clicked(app, table, 0, column)
    assert made in words
    shown = f"{app.dataframe[0].value[column].iloc[0]:,}"
    assert shown.rstrip("0").rstrip(".") in words.replace("16.9412", "16.941").replace("1.0588", "1.059")
    assert clicked(app, table, 0, "nothing") == []


def test_the_numbers_of_a_run_say_what_they_are_of(engine: Silent) -> None:
    app = opened("gradients")
    for kind in ("plain", "resnet"):
        net = rx.preset(f"demo_{kind}34")
        config, layers = TrainConfig(net=net), [each for each in net.graph if each.op.kind in {"conv", "fc"}]
        norms = (3.0, *(1.0 for _ in layers[2:]), 1.5)
        steps = tuple(Step(n, 2.0, norms, math.inf if n else 3.0) for n in range(2))
        result = Training(
            paths=tuple(each.path for each in layers), status="done", final_loss=2.0, seconds=1.0, device="cpu",
            threads=1, torch="2.13.0",
        )  # fmt: skip
        engine.jobs[key(config)] = Snapshot(key=key(config), config=config, state="done", records=steps, result=result)
    next(each for each in app.button if each.label == "Run").click().run()
    unfolded(app, "run_table")
    table = app.dataframe[0].value
    assert clicked(app, "run_table", 0, "loss")[0].startswith('<span role="status">**plain-34 (demo), step 1**, loss: ')
    assert "3 ÷ 1 = 3: norms" in clicked(app, "run_table", 0, "first/last")[0]
    assert clicked(app, "run_table", 1, "first/last") == []  # its ratio is no number
    assert math.isnan(table["first/last"].iloc[1])
    [words] = clicked(app, "run_table", 2, "conv1")
    assert f"**{table['net'].iloc[2]}, step {table['step'].iloc[2]}**, `conv1`" in words
    assert words.endswith("the gradients of its 216 weights</span>")
    assert clicked(app, "run_table", 2, "step") == []


def test_what_an_experiment_measured_says_how_it_is_made() -> None:
    app = opened("laboratory", experiment="degradation", guess="1")
    found = derived(app)
    [(times, [made])] = [
        (n, each) for n, each in found.items() if any(f.endswith(": losses at the end") for f in each)
    ][1:]
    assert re.fullmatch(rf"[\d.]+ ÷ [\d.]+ = {times}: losses at the end", made)
    assert sum(": the sum of 20 losses at steps 221 to 240" in each for made in found.values() for each in made) == 4
    app.session_state["lab.degradation.table"] = True
    assert HINT in texts(app.run())
    [words] = clicked(app, "lab.degradation.table", 0, "first_last_ratio")
    assert re.search(r"\*\*plain-20, seed 0, step 1\*\*, `first_last_ratio`: [\d.]+ ÷ [\d.]+ = [\d.]+: norms of", words)
    assert clicked(app, "lab.degradation.table", 0, "net") == []


def test_layers_that_a_cause_counts_are_named() -> None:
    found = {
        each.replace("\u00a0", " "): made
        for each, made in derived(opened("compare", net="vgg16", b_net="resnet34")).items()
    }
    assert found["3 in VGG-16 → 1 in ResNet-34"] == {
        "VGG-16: classifier.0, classifier.3, classifier.6: 3; ResNet-34: fc: 1"
    }
