"""The description and its form in a link."""

import dataclasses
import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resnet_explorer as rx
from resnet_explorer import spec as specs
from resnet_explorer.errors import ExplorerError, InvalidOption, UnknownName
from resnet_explorer.options import options_of
from resnet_explorer.registry import Registry
from resnet_explorer.spec.activations import ACTIVATIONS
from resnet_explorer.spec.attentions import ATTENTIONS
from resnet_explorer.spec.blocks import BLOCKS
from resnet_explorer.spec.families import FAMILIES
from resnet_explorer.spec.norms import NORMS
from resnet_explorer.spec.shortcuts import SHORTCUTS
from resnet_explorer.spec.stems import STEMS
from tests.legal import nets


@given(nets())
def test_a_link_holds_the_whole_description(spec: rx.NetSpec) -> None:
    assert rx.from_query(rx.to_query(spec)) == spec


@given(nets())
def test_every_description_has_a_sound_graph(spec: rx.NetSpec) -> None:
    known = {specs.IMAGE}
    for node in spec.graph:
        assert node.path not in known
        assert set(node.inputs) <= known
        known.add(node.path)
    shapes = specs.shapes(spec.graph, spec.input_shape)
    assert shapes[spec.graph.nodes[-1].path] == (spec.classes,)
    for node in spec.graph:
        if len(node.inputs) > 1 and node.op.kind != "mul":
            assert len({shapes[path] for path in node.inputs}) == 1, "only equal shapes can be added"


@given(nets())
def test_plain_twice_is_plain_once_and_has_no_shortcut(spec: rx.NetSpec) -> None:
    once = specs.plain(spec.graph)
    assert specs.plain(once) == once == spec.plain.graph
    assert all(node.op.branch is None and not node.shortcut for node in once)


@given(nets())
def test_descriptions_are_values(spec: rx.NetSpec) -> None:
    assert pickle.loads(pickle.dumps(spec)) == spec  # noqa: S301
    assert hash(dataclasses.replace(spec)) == hash(spec)
    assert dataclasses.replace(spec, image=300).image == 300


def test_a_net_without_shortcuts_is_its_own_counterpart() -> None:
    vgg = rx.preset("vgg16")
    assert vgg.plain == vgg.residual == vgg
    assert specs.plain(vgg.graph) == vgg.graph
    assert rx.preset("resnet50").plain == rx.preset("plain50")
    assert rx.preset("plain50").residual == rx.preset("resnet50").residual == rx.preset("resnet50")


def test_an_image_too_small_for_the_pools_is_refused_with_what_they_need() -> None:
    with pytest.raises(InvalidOption, match=r"image is 31; allowed: 32 pixels or more, .* in VGG-16"):
        dataclasses.replace(rx.preset("vgg16"), image=31)
    spec, problems = specs.from_texts({"net": "vgg16", "image": "8"})
    assert (spec, len(problems)) == (rx.preset("vgg16"), 1)


@pytest.mark.parametrize("name", rx.presets())
def test_presets_go_by_their_names(name: str) -> None:
    assert rx.to_query(rx.preset(name)) == f"net={name}"
    assert rx.from_query(name) == rx.from_query(f"?net={name}") == rx.preset(name)
    resized = dataclasses.replace(rx.preset(name), image=77, classes=5)
    assert rx.from_query(rx.to_query(resized)) == resized


@pytest.mark.parametrize("name", ["resnet50", "ResNet50", "resnet_50", "ResNet-50", "net=ResNet50", "?net=resnet-50"])
def test_a_name_is_the_same_however_people_write_it(name: str) -> None:
    assert rx.from_query(name) == rx.preset("resnet50")
    assert rx.to_query(name) == "net=resnet50"
    assert rx.analyse(name) == rx.analyse(rx.preset("resnet50"))


@pytest.mark.parametrize("preset", specs.PRESETS, ids=lambda preset: preset.name)
def test_a_title_names_its_net(preset: specs.Preset) -> None:
    assert rx.preset(preset.title) == rx.preset(preset.name.upper().replace("_", "-")) == preset.spec


def test_a_query_stands_for_the_net_that_it_describes() -> None:
    assert rx.analyse("net=resnet50&image=64").spec == dataclasses.replace(rx.preset("resnet50"), image=64)
    assert specs.from_texts({"net": "ResNet18", "image": "64"})[0].image == 64
    with pytest.raises(UnknownName, match=r"unknown net 'resnet51'; expected one of \d+ names, such as: resnet"):
        rx.analyse("resnet51")
    with pytest.raises(TypeError, match="a network is a NetSpec, a name or a query, not int"):
        rx.analyse(50)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "query",
    [
        "blocks=0", "blocks=-1,2", "blocks=", "blocks=1,2,3,4,5,6,7", "blocks=1001", "blocks=1000,1000,1",
        "width=0", "width=-1", "width=1e9", "width=٣", "width=1_0", "width=" + "9" * 300,
        "block=bottleneck&groups=3", "groups=2", "block=bottleneck&groups=0", "image=0", "image=99999", "image=2.5",
        "image=None", "classes=0", "classes=abc", "residual=yes", "norm=layer", "net=resnet35", "net=", "depth=34",
        "image=64&image=65", "shortcut=Z", "stride=v2", "family=vgg&convs=0", "family=vgg&dropout=1",
        "family=vgg&block=basic", "block=preact_basic&zero_gamma=1", "net=vgg16&image=31",
        "block=<script>", "image=\u202e64", "image=6\x004",
    ],
)  # fmt: skip
def test_what_no_net_has_is_refused_in_a_sentence(query: str) -> None:
    with pytest.raises(ExplorerError) as refused:
        rx.from_query(query)
    message = str(refused.value)
    assert "expected one of" in message or "allowed:" in message
    assert message.isprintable()


@given(
    st.dictionaries(
        st.sampled_from([o.query for o in options_of(specs.ResNetOptions)] + ["net", "image", "zzz"]), st.text()
    )
)
def test_a_bad_link_becomes_defaults_and_notices_never_an_error(texts: dict[str, str]) -> None:
    spec, problems = specs.from_texts(texts)
    assert specs.from_texts(specs.to_texts(spec)) == (spec, [])
    assert all(str(problem).isprintable() for problem in problems)


def test_groups_must_divide_and_the_message_lists_the_divisors() -> None:
    with pytest.raises(InvalidOption, match="a divisor of the width 64: 1, 2, 4, 8, 16, 32, 64"):
        rx.from_query("block=bottleneck&groups=3")


@pytest.mark.parametrize(
    ("query", "channels"),
    [("blocks=1&width=16&norm=group", 16), ("width=48&norm=group", 48), ("width=32&stem=deep&norm=group", 16),
     ("block=bottleneck&groups=4&group_width=4&norm=group", 16), ("family=vgg&width=8&norm=group", 8)],
)  # fmt: skip
def test_groupnorm_wants_channels_that_32_divides(query: str, channels: int) -> None:
    with pytest.raises(InvalidOption, match=f"norm is 'group'; allowed: .* 32 divides .*, .* not with {channels}$"):
        rx.from_query(query)


def test_a_bad_field_keeps_the_rest() -> None:
    spec, problems = specs.from_texts({"net": "resnet50", "image": "abc", "classes": "10"})
    assert (spec.image, spec.classes, len(problems)) == (224, 10, 1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ResNet50s", "resnet50"), ("my-resnet-50", "resnet50"), ("resnext50", "resnext50_32x4d"), ("VGG-161", "vgg16"),
        ("wrn-28-10", "cifar_wrn28_10"), ("WRN28-10", "cifar_wrn28_10"), ("resnet110", "cifar_resnet110"),
        ("resnet20", "cifar_resnet20"), ("preresnet164", "cifar_preresnet164"), ("preact", "preresnet200"),
        ("plain-34!x", "plain34"), ("wide_resnet50", "wide_resnet50_2"), ("se_resnet_50x", "seresnet50"),
        ("vgg16b", "vgg16_bn"), ("ResNet-50 v", "resnet50_v1"), ("resnet1202", "cifar_resnet1202"),
        ("resnet500", "resnet50"), ("resnet50 " + "x" * 9000, "resnet50"),
    ],
)  # fmt: skip
def test_an_unknown_net_tells_the_nearest_first(typed: str, meant: str) -> None:
    with pytest.raises(UnknownName, match=rf" expected one of \d+ names, such as: {meant}(,|$)") as refused:
        rx.from_query(typed)
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize("typed", ["foo", "", "???", "网络"])
def test_where_no_name_is_near_the_first_are_told(typed: str) -> None:
    with pytest.raises(UnknownName, match=rf"expected one of {len(rx.presets())} names, such as: resnet18, resnet34,"):
        rx.from_query(typed)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("block=bottleneck&stem=deep&shortcut=D&image=64&width=64&zero_gamma=1", "ResNet-50-D, zero-γ"),
        ("block=bottleneck&stem=deep&stem_width=128", "ResNet-50-C, stem width 128"),
        ("block=bottleneck&stem=deep&shortcut=A", "ResNet-50-C, option A"),
        ("block=bottleneck&stem=deep&residual=0", "plain-50, deep stem"),
        ("net=seresnet50&residual=0", "plain-50, SE"),
        ("net=wide_resnet50_2&residual=0", "plain-50, inner width 128"),
        ("net=seresnext50_32x4d&residual=0", "plain-50, 32×4d, SE"),
        ("net=preresnet200&residual=0", "plain-200, PreResNet blocks"),
        (
            "net=cifar_wrn28_10&residual=0",
            "plain-26, basic PreResNet blocks 4-4-4, width 160, CIFAR stem, stem width 16",
        ),
        ("shortcut=D", "ResNet-34, option D"),
        ("block=preact_basic&blocks=2,2,2&width=64&stem_width=16&stem=cifar", "WRN-16-4"),
    ],
)
def test_a_title_says_what_sets_a_net_apart_once(query: str, title: str) -> None:
    assert rx.from_query(query).title == title


def test_unknown_names_list_the_known() -> None:
    with pytest.raises(UnknownName, match="unknown block 'x'; expected one of: basic, bottleneck"):
        BLOCKS["x"]


def test_a_registry_refuses_a_name_twice() -> None:
    entry = next(iter(BLOCKS))
    with pytest.raises(ValueError, match="share a name"):
        Registry("block", (entry, entry))


@pytest.mark.parametrize(
    "registry", [ACTIVATIONS, ATTENTIONS, BLOCKS, STEMS, SHORTCUTS, NORMS, FAMILIES], ids=lambda r: r.kind
)
def test_every_module_of_a_folder_is_registered(registry: Registry) -> None:  # type: ignore[type-arg]
    folder = {"block": "blocks", "stem": "stems", "shortcut option": "shortcuts", "norm": "norms"}
    folder |= {"activation": "activations", "attention": "attentions", "family": "families"}
    package = Path(specs.__file__).parent / folder[registry.kind]
    imported = (package / "__init__.py").read_text(encoding="utf-8")
    for module in package.glob("[!_]*.py"):
        assert f".{module.stem} import" in imported, f"{module} is not registered"


def test_options_have_unique_names_in_links() -> None:
    for family in FAMILIES:
        names = [each.query for config in (family.options, rx.NetSpec) for each in options_of(config)]
        assert len(set(names)) == len(names)


def test_importing_is_light() -> None:
    code = (
        "import sys, resnet_explorer as rx; rx.analyse(rx.preset('resnet50'));"
        "heavy = {'torch', 'pandas', 'numpy', 'streamlit', 'plotly', 'distributed'} & set(sys.modules); print(heavy)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_plain_nets_of_one_title_are_one_net() -> None:
    graphs: dict[str, set[object]] = {}
    for plain in (rx.preset(name).plain for name in rx.presets()):
        graphs.setdefault(plain.title, set()).add((plain.family, plain.graph.nodes))
    assert all(len(each) == 1 for each in graphs.values())


def test_dir_lists_every_name_before_it_is_loaded() -> None:
    code = "import sys, resnet_explorer as rx; print({*rx.__all__} - {*dir(rx)}, 'torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set() False"


def test_every_name_of_all_is_there() -> None:
    assert all(getattr(rx, name) for name in rx.__all__)


def test_each_named_net_has_the_operations_that_were_looked_at(kept: Callable[..., None]) -> None:
    counts = {name: Counter(node.op.kind for node in rx.preset(name).graph) for name in specs.PRESETS.names}
    lines = [f"{name}: {', '.join(f'{kind} {counts[name][kind]}' for kind in sorted(counts[name]))}" for name in counts]
    kept("spec/operations.txt", "\n".join(lines) + "\n")
