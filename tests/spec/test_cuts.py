"""Shortcuts that are cut: their text, and the nets that are left."""

import dataclasses

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import resnet_explorer as rx
from resnet_explorer import diagrams
from resnet_explorer.analysis.compare import compare
from resnet_explorer.errors import ExplorerError
from resnet_explorer.spec import from_texts, title
from resnet_explorer.spec.blocks import BLOCKS
from resnet_explorer.spec.cuts import canonical, everywhere, places

BLOCKS_OF_34 = (3, 4, 6, 3)


@given(st.frozensets(st.sampled_from(sorted(everywhere((7, 3, 12))))))
def test_a_set_of_blocks_has_one_text_and_the_text_has_that_set(cut: frozenset[tuple[int, int]]) -> None:
    assert places(canonical(cut)) == cut
    assert canonical(places(canonical(cut))) == canonical(cut)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("layer2.3,layer1.0,layer2.1,layer2.2", "layer1.0,layer2.1-3"),
        ("layer1.0-1", "layer1.0-1"),
        ("layer1.0,layer1.2", "layer1.0,layer1.2"),
        ("layer3.1,layer3.3,layer3.5", "layer3.1-5-2"),
        ("layer3.0-4-2,layer3.5", "layer3.0,layer3.2,layer3.4-5"),
        ("layer3.0-4,layer3.2-5", "layer3.0-5"),
    ],
)
def test_ranges_are_in_order_and_as_long_as_they_can_be(text: str, short: str) -> None:
    spec = rx.from_query(f"net=resnet34&cut={text}")
    assert spec.options.cut == short
    assert spec == rx.from_query(f"cut={short}")


def test_all_of_them_is_the_plain_net_and_none_is_absent() -> None:
    everything = canonical(everywhere(BLOCKS_OF_34))
    assert rx.from_query(f"net=resnet34&cut={everything}") == rx.preset("plain34")
    assert rx.to_query(rx.from_query("net=resnet34&cut=")) == "net=resnet34"
    cut = rx.from_query("net=resnet34&cut=layer1.0")
    assert (cut.plain, cut.residual) == (rx.preset("plain34"), cut)
    assert cut.plain.residual == rx.preset("resnet34")


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("net=resnet34&cut=layer1.3", "blocks of this net, layer1.0-2,layer2.0-3,layer3.0-5,layer4.0-2"),
        ("net=plain34&cut=layer1.0", "none with residual=0"),
        ("net=resnet34&cut=layer1.2-1", "ranges from the first block to the last"),
        ("net=resnet34&cut=layer1.0,layer3.5-1-2", "ranges from the first block to the last"),
        ("net=resnet34&cut=layer1", "blocks such as layer1.0,layer2.3-5"),
        ("net=resnet34&cut=layer1.0;x", "blocks such as layer1.0,layer2.3-5"),
        ("net=cifar_resnet1202&cut=" + ",".join(f"layer1.{n}" for n in range(0, 60, 3)), "at most 120 characters"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(query: str, allowed: str) -> None:
    with pytest.raises(ExplorerError, match=r"cut is .*allowed: ") as refused:
        rx.from_query(query)
    assert allowed in str(refused.value)
    spec, problems = from_texts(dict(part.split("=", 1) for part in query.split("&")))
    assert (spec.options.cut, len(problems)) == ("", 1)


@pytest.mark.parametrize("block", BLOCKS.names)
@pytest.mark.parametrize("shortcut", ["A", "B", "C"])
def test_a_cut_block_gives_its_branch_and_has_nothing_else(block: str, shortcut: str) -> None:
    """Each block is read from its own convolutions and normalisations, one by one, by what it says of itself."""
    whole = rx.from_query(f"block={block}&blocks=2,2&width=4&stem=cifar&shortcut={shortcut}&image=8&classes=3")
    net = rx.build(whole.having(cut="layer2.0"), seed=0).eval()
    inside = net.get_submodule("layer2.0")
    kind = BLOCKS[block]
    seen: dict[str, torch.Tensor] = {}
    for name, place in (("into", "layer2.0"), ("on", "layer2.1")):
        first = "bn1" if kind.preactivated else "conv1"
        net.get_submodule(f"{place}.{first}").register_forward_pre_hook(
            lambda _module, given, name=name: seen.update({name: given[0]})
        )
    net(torch.randn(2, 3, 8, 8))
    y = seen["into"]
    for n in range(1, kind.convs + 1):
        conv, bn = (
            inside.get_submodule(f"conv{n}"),
            inside.get_submodule(f"bn{n}" if hasattr(inside, f"bn{n}") else "bn"),
        )
        y = conv(torch.relu(bn(y))) if kind.preactivated else bn(conv(y))
        y = y if kind.preactivated or (kind.scaled and n == kind.convs) else torch.relu(y)
    last = dict(inside.named_children()).get("relu", torch.nn.Identity())
    torch.testing.assert_close(seen["on"], last(y))
    assert not [name for name, _ in inside.named_parameters() if "downsample" in name or "gate" in name]
    counted = rx.analyse(whole.having(cut="layer2.0"))
    assert counted.params == sum(each.numel() for each in net.parameters())


def test_what_is_cut_costs_what_its_projection_did() -> None:
    whole, cut = rx.preset("resnet34"), rx.from_query("net=resnet34&cut=layer2.0")
    projection = 64 * 128 + 2 * 128
    assert rx.analyse(whole).params - rx.analyse(cut).params == projection
    assert rx.analyse(whole).macs - rx.analyse(cut).macs == 64 * 128 * 28 * 28
    [cause] = compare(whole, cut).causes
    assert (cause.name, cause.change, cause.params) == ("shortcut", "cut – → layer2.0", -projection)
    assert title(cut) == "ResNet-34, cut layer2.0"


def test_the_drawing_has_an_arc_for_each_shortcut_that_is_left() -> None:
    drawing = diagrams.axis(rx.analyse(rx.from_query("net=resnet34&cut=layer1.0,layer3.1-3")))
    cuts = drawing.data["cuts"]
    assert isinstance(cuts, list)
    assert [each["blocks"] for each in cuts if not each["on"]] == ["layer1.0", "layer3.1", "layer3.2", "layer3.3"]
    assert drawing.svg.count("data-block=") == len(cuts) - 4 == 12
    assert "9 identities, 3 projections and none over 4." in drawing.alt


def test_a_dead_branch_comes_to_life_where_its_shortcut_is_cut() -> None:
    spec = rx.from_query("net=demo_resnet18&zero_gamma=1&cut=layer1.0")
    gammas = {node.path: node.op.zero_gamma for node in spec.graph if node.path.endswith("bn2")}  # type: ignore[attr-defined]
    assert [path for path, zero in gammas.items() if not zero] == ["layer1.0.bn2"]


def test_options_that_only_a_cut_block_had_are_still_options() -> None:
    spec = rx.from_query("net=resnet34&cut=layer2.0,layer3.0,layer4.0&shortcut=A")
    assert title(spec) == title(dataclasses.replace(spec).having(shortcut="B"))
    assert rx.analyse(spec).params == rx.analyse(spec.having(shortcut="B")).params
