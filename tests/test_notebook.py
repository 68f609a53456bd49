"""What stands in a notebook: one line each, pictures that leak no style, tables that add up; and the names of `rx`."""

import base64
import copy
import json
import pickle
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from torch import nn

import resnet_explorer as rx
from resnet_explorer.errors import InvalidOption, Missing
from resnet_explorer.exports import EXPORTS, notebook
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui.parts import taking

TINY = "blocks=1,1&width=8&stem=cifar&image=8&classes=10"


def test_each_is_one_short_line() -> None:
    spec = rx.from_query("net=cifar_resnet1202&image=64")
    shown = {
        repr(spec): "from_query('net=cifar_resnet1202&image=64')",
        repr(rx.analyse("resnet50")): "<Report of ResNet-50: 50 layers, 25,557,032 parameters, 4,089,184,256 MACs>",
        repr(rx.analyse("resnet50").stages[0]): "<Stage stem: 3 operations, 9,536 parameters, 118,013,952 MACs>",
        repr(rx.draw("resnet50")): "<Drawing ResNet-50 on the layer axis, 1132 × 560 px>",
        repr(rx.compare("plain18", "resnet18")): "<Comparison of plain-18 and ResNet-18: "
        "+173,824 parameters, +19,267,584 MACs>",
        repr(rx.ledger("resnet50")): f"<Ledger of ResNet-50: {len(rx.ledger('resnet50').lines)} conventions>",
        repr(rx.memory("resnet18", 1)): "<Memory of ResNet-18 with 1 image: 162 MB in training, 53.2 MB in use>",
    }
    assert [*shown] == [*shown.values()]
    assert eval(repr(spec), {"from_query": rx.from_query}) == spec  # noqa: S307 - our own words


def pictures(html: str) -> list[ET.Element]:
    found = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    return [ET.fromstring(base64.b64decode(each)) for each in found]  # noqa: S314 - our own


@pytest.mark.parametrize(
    ("shown", "images"),
    [
        (rx.from_query("net=resnet18&image=64"), 1),
        (rx.analyse("resnet18"), 1),
        (rx.compare("plain18", "resnet18"), 2),
        (rx.ledger("resnet18"), 0),
        (rx.memory("resnet18"), 0),
    ],
    ids=lambda value: type(value).__name__,
)
def test_pictures_are_images_of_their_own_beside_a_table(shown: Any, images: int) -> None:
    html = shown._repr_html_()
    assert len(pictures(html)) == images
    assert html.count("<table>") == 1
    assert "<style" not in re.sub(r'src="[^"]*"', "", html)


def test_what_has_nothing_to_draw_shows_its_table_and_a_sentence() -> None:
    net = rx.from_module(nn.ReLU(), (3, 8, 8), "mine")
    for shown in (net._repr_html_(), rx.compare(net, TINY)._repr_html_()):
        assert "mine has no convolution and no fully connected layer to draw" in shown
        assert "<table>" in shown


def test_a_drawing_is_svg() -> None:
    assert ET.fromstring(rx.draw("resnet18")._repr_svg_()).tag.endswith("svg")  # noqa: S314 - our own


def test_the_frame_has_shapes_as_tuples_and_adds_up() -> None:
    report = rx.analyse("net=seresnet50&image=65")
    frame = report.to_frame().set_index("path")
    first = frame.loc["conv1"]
    assert (first.input_shape, first.output_shape) == ((3, 65, 65), (64, 33, 33))
    assert (first.in_channels, first.out_channels, bool(first.bias)) == (3, 64, False)
    assert bool(frame.loc["fc"].bias)
    assert [path for path in frame.index[frame.gate] if "layer1.0" in path] == [
        f"layer1.0.se.{name}" for name in ("squeeze", "fc1", "act", "fc2", "gate")
    ]
    assert frame.saved_bytes.sum() == report.training_memory(1).saved
    assert frame.params_percent.sum() == pytest.approx(100)
    assert frame.macs_percent["conv1"] == pytest.approx(100 * frame.macs["conv1"] / report.macs)


def test_tables_become_frames_with_the_numbers_of_the_pages() -> None:
    books = rx.ledger("resnet50")
    numbers = books.to_frame().set_index("convention")["number"]
    assert numbers.index.is_unique
    assert numbers["thop"] == 4_133_742_592
    assert numbers["Keras, total"] == books.parameters[3].total == 25_636_712
    assert numbers["training step, freeze=none"] == books.training["none"] == 24_299_077_632
    held = rx.memory("resnet50", batch=32)
    assert (
        held.to_frame().query("when == 'training'")["bytes"].sum() == rx.analyse("resnet50").training_memory(32).total
    )
    (weights, *_, saved), (own, *_) = rx.memory("resnet50", 32, "half").training, held.inference
    assert (weights.bytes, own.bytes) == (2 * 25_557_032, 4 * 25_557_032)
    assert saved.bytes < held.training[-1].bytes
    with pytest.raises(InvalidOption, match="batch is 0; allowed: a whole number from 1 to 65,536"):
        rx.memory("resnet50", batch=0)


def test_cost_and_search_say_what_the_pages_say() -> None:
    cost = rx.cost("resnet50", batch=256)
    assert (cost.device, cost.field_px) == ("NVIDIA A100 SXM 80 GB", (11, 427))
    assert cost.seconds > rx.cost("resnet18", batch=256).seconds > 0
    assert rx.search("no such words") == ()


def test_a_number_of_parameters_names_its_net_or_the_nearest() -> None:
    found = rx.search("11,173,962 parameters")
    assert found[0] == "blocks=2,2,2,2&stem=cifar&classes=10"
    assert {rx.analyse(each).params for each in found} == {11_173_962}
    assert rx.search("25557032") == rx.search("25 557 033")
    assert rx.search("25557032")[0] == "resnet50"
    assert rx.search("2015") != rx.search("20150")  # a year is a word
    assert {rx.search(each) for each in (25557032, "25_557_032", " 25,557,032 Parameters ")} == {rx.search("25557032")}
    assert rx.search(50) == rx.search("50")


def test_what_is_given_can_be_sent_to_another_process() -> None:
    net = rx.preset("resnet18")
    given = (net, rx.analyse(net), rx.compare(net, net.plain), rx.ledger(net), rx.memory(net), rx.cost(net))
    for each in (*given, rx.draw(net), rx.identify(net)):
        assert pickle.loads(pickle.dumps(each)) == each  # noqa: S301
        assert copy.deepcopy(each) == each


def test_an_imported_net_is_not_built_and_no_query_in_a_sentence() -> None:
    net = rx.from_module(nn.ReLU(), (3, 8, 8), "mine")
    for make in (rx.build, rx.to_query):
        with pytest.raises(rx.ExplorerError, match="mine is an imported net: no description makes it anew"):
            make(net)  # type: ignore[operator]


def test_rx_lists_its_names_and_its_version_alone() -> None:
    assert dir(rx) == sorted([*rx.__all__, "__version__"])


def test_a_notebook_taken_away_runs_and_shows_its_net() -> None:
    notebook = json.loads(str(EXPORTS["ipynb"].write(rx.analyse("net=cifar_resnet20&width=4&image=8"))))
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    known: dict[str, Any] = {}
    for each in code:
        *lines, last = each.splitlines()
        exec("\n".join(lines), known)  # noqa: S102 - our own
        exec(f"shown = {last}", known)  # noqa: S102
        assert last.startswith("print") or len(repr(known["shown"])) < 20_000
    assert sum(p.numel() for p in known["module"].parameters()) == known["report"].params


@pytest.mark.parametrize(
    "view",
    [
        taking.LEDGER,
        taking.compared(rx.preset("cifar_resnet20")),
        taking.block("layer1.0"),
        taking.trained([TrainConfig(net=rx.from_query(TINY).plain, steps=2, batch=16, freeze="stem")]),
    ],
    ids=["ledger", "compare", "block", "gradients"],
)
def test_a_notebook_makes_the_view_of_its_page(view: tuple[str, ...]) -> None:
    cells = json.loads(notebook(rx.from_query(TINY), view))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    known: dict[str, Any] = {}
    for each in code:
        exec(each, known)  # noqa: S102 - our own
    assert [*view] == code[4:-1]
    assert len(known.get("steps", "ok")) == 2


def test_what_a_notebook_shows_needs_python_alone() -> None:
    code = (
        "import sys, resnet_explorer as rx; rx.preset('resnet18')._repr_html_(); rx.ledger('resnet18')._repr_html_();"
        "print({'torch', 'pandas', 'numpy', 'plotly', 'streamlit'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
    assert issubclass(Missing, ImportError)
