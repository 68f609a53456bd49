"""What may be chosen of a net besides the paper's own choices: numbers, links, causes, refusals.

Parameters and MACs were taken from torchvision 0.29 and timm 1.0, by `numel` and half of torch's FlopCounterMode.
"""

import dataclasses

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis import compare, shapes
from resnet_explorer.diagrams import window
from resnet_explorer.errors import InvalidOption
from resnet_explorer.spec import from_texts
from resnet_explorer.spec.attentions.eca import length
from tests.diagrams.test_encoding import elements

COUNTED = (
    ("net=resnet18&in_channels=1", 11_683_240, 1_735_397_376),
    ("net=resnet50&image=512x1024", 25_557_032, 42_708_451_328),
    ("net=resnet50&output_stride=16", 25_557_032, 6_208_618_496),
    ("net=resnet50&output_stride=8", 25_557_032, 19_079_364_608),
    ("net=resnet50&last_stride=1&image=256x128", 25_557_032, 4_055_318_528),
    ("net=resnetblur50", 25_557_032, 5_133_020_672),
    ("net=resnet18&downsample=blur", 11_689_512, 2_337_684_992),
    ("net=ecaresnet50d", 25_576_350, 4_328_912_640),
    ("net=resnet18&attention=eca", 11_689_548, 1_814_082_688),
)


@pytest.mark.parametrize(("query", "params", "macs"), COUNTED)
def test_the_net_weighs_what_the_libraries_do(query: str, params: int, macs: int) -> None:
    report = rx.analyse(rx.from_query(query))
    assert (report.params, report.macs) == (params, macs)


@pytest.mark.parametrize("query", [query for query, *_ in COUNTED])
def test_the_link_gives_the_net_again_and_holds_nothing_more(query: str) -> None:
    spec = rx.from_query(query)
    assert rx.from_query(rx.to_query(spec)) == spec
    names = {"in_channels", "image", "output_stride", "last_stride", "downsample", "attention"}
    assert {pair for pair in rx.to_query(spec).split("&") if pair.split("=")[0] in names} == set(query.split("&")[1:])


@pytest.mark.parametrize("query", [query for query, *_ in COUNTED])
def test_causes_add_up_to_what_the_options_change(query: str) -> None:
    spec = rx.from_query(query)
    found = compare.compare(rx.preset("resnet18"), spec)
    assert tuple(map(sum, zip(*(cause.counts for cause in found.causes), strict=True))) == tuple(
        after - before for after, before in zip(found.b.counts, found.a.counts, strict=True)
    )
    assert compare.compare(spec, spec).causes == ()


def test_equal_sides_are_one_number_and_others_a_pair() -> None:
    net = rx.preset("resnet18")
    assert rx.from_query("net=resnet18&image=224x224") == net
    assert dataclasses.replace(net, image=(64, 64)).image == 64
    tall = dataclasses.replace(net, image=(256, 128))
    assert (tall.image, tall.input_shape) == ((256, 128), (3, 256, 128))
    assert rx.to_query(tall) == "net=resnet18&image=256x128"
    assert rx.analyse(tall).stages[4].output_shape == (512, 8, 4)


@pytest.mark.parametrize("text", ["0x5", "5x", "x5", "5x5x5", "5000x5", "5X6", "5 x6"])
def test_what_is_no_height_and_width_is_refused(text: str) -> None:
    with pytest.raises(InvalidOption, match=r"image is .*; allowed: a whole number from 1 to 4,096, or height x width"):
        rx.from_query(f"net=resnet18&image={text}")


@pytest.mark.parametrize(
    ("image", "within"), [(224, 64), ((512, 1024), (32, 64)), ((1024, 512), (64, 32)), ((30, 64), (30, 64)), (8, 8)]
)
def test_a_net_within_so_many_pixels_keeps_its_proportion(image: object, within: object) -> None:
    assert dataclasses.replace(rx.preset("resnet18"), image=image).within(64).image == within  # type: ignore[arg-type]


def test_the_working_of_a_map_names_both_sides_where_they_differ() -> None:
    stem = rx.analyse(rx.from_query("net=resnet18&image=32x65")).layers[0]
    assert shapes.of_shape(stem) == (
        "64 filters; side (32 + 2 · 3 − 7) ÷ 2, rounded down, + 1 = 16 and (65 + 2 · 3 − 7) ÷ 2 + 1 = 33"
    )


def test_the_image_is_drawn_as_high_and_as_wide_as_it_is() -> None:
    drawn = {each["class"]: each for each in elements(window("it", (100, 300), 20, 200).svg, "rect")}
    assert [float(drawn["field input"][side]) for side in ("width", "height")] == [220.0, 73.3]


def windows(query: str) -> dict[str, tuple[int, int]]:
    """Dilation and stride of the 3x3 convolutions of the last two stages' first and second blocks."""
    nodes = {node.path: node.op for node in rx.from_query(query).graph if getattr(node.op, "kernel", 1) == 3}
    return {
        path: (op.dilation, op.stride)  # type: ignore[attr-defined]
        for path, op in nodes.items()
        if path.startswith(("layer3.0.", "layer3.1.", "layer4.0.", "layer4.1."))
    }


def test_the_first_block_of_a_dilated_stage_keeps_the_dilation_of_the_stage_before() -> None:
    assert windows("net=resnet50&output_stride=8") == {
        "layer3.0.conv2": (1, 1), "layer3.1.conv2": (2, 1), "layer4.0.conv2": (2, 1), "layer4.1.conv2": (4, 1),
    }  # fmt: skip
    assert windows("net=resnet18&output_stride=16") == {
        "layer3.0.conv1": (1, 2), "layer3.0.conv2": (1, 1), "layer3.1.conv1": (1, 1), "layer3.1.conv2": (1, 1),
        "layer4.0.conv1": (1, 1), "layer4.0.conv2": (2, 1), "layer4.1.conv1": (2, 1), "layer4.1.conv2": (2, 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("net=resnet50&output_stride=16", 14),
        ("net=plain34&output_stride=8", 28),
        ("net=resnet50&last_stride=1", 14),
        ("net=resnet50d&output_stride=8", 28),
        ("block=preact_bottleneck&output_stride=8&stride=v1", 28),
        ("block=highway&output_stride=16&norm=none", 14),
        ("stem=cifar&blocks=1,1,1,1,1&output_stride=8", 28),
    ],
)
def test_the_last_map_is_as_large_as_the_output_stride_says(query: str, size: int) -> None:
    assert rx.analyse(rx.from_query(query)).stages[-2].output_shape[1:] == (size, size)


def test_dilation_widens_the_field_by_as_much_as_strides_did() -> None:
    fields = [rx.analyse(rx.from_query(f"net=resnet50{more}")).field_px for more in ("", "&output_stride=8")]
    assert fields == [427, 427]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            "net=cifar_resnet20&output_stride=8",
            "output_stride is 8; allowed: 32, since this net divides the image by 4",
        ),
        (
            "stem=cifar&blocks=1,1,1,1&output_stride=8",
            "output_stride is 8; .* by 8 as it is, and no stage lies beyond 8",
        ),
        ("blocks=2,2&output_stride=16", "output_stride is 16; .* no stage lies beyond 16"),
        ("blocks=2&last_stride=1", "last_stride is 1; allowed: 2 in a net of one stage"),
        ("output_stride=16&last_stride=1", "last_stride is 1; allowed: 2 with an output stride"),
        ("block=highway&downsample=blur", "downsample is 'blur'; allowed: stride with a highway block"),
        ("output_stride=24", "output_stride is '24'; allowed: one of 32, 16, 8"),
    ],
)
def test_what_no_net_has_is_refused_by_a_sentence_and_the_rest_is_kept(query: str, sentence: str) -> None:
    with pytest.raises(InvalidOption, match=sentence):
        rx.from_query(query)
    spec, problems = from_texts(dict(pair.split("=") for pair in query.split("&")) | {"image": "100x90"})
    assert (spec.image, len(problems)) == ((100, 90), 1)


def test_turning_another_option_loses_no_stride_without_a_word() -> None:
    dilated = rx.from_query("net=resnet34&output_stride=16")
    with pytest.raises(InvalidOption, match="last_stride is 1"):
        dilated.turned(last_stride=1)
    assert dilated.turned(blocks=(3, 4)).options.output_stride == 32
    assert dilated.turned(block="bottleneck").options.output_stride == 16


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("net=resnetblur50", ["maxpool.1", "layer2.0.aa", "layer3.0.aa", "layer4.0.aa"]),
        ("net=resnet18&downsample=blur&stem=cifar", ["layer2.0.aa", "layer3.0.aa", "layer4.0.aa"]),
        ("net=resnet50&downsample=blur&last_stride=1", ["maxpool.1", "layer2.0.aa", "layer3.0.aa"]),
        ("net=resnet50&downsample=blur&output_stride=16", ["maxpool.1", "layer2.0.aa", "layer3.0.aa", "layer4.0.aa"]),
        ("net=plain18&downsample=blur", ["maxpool.1", "layer2.0.aa", "layer3.0.aa", "layer4.0.aa"]),
    ],
)
def test_a_blur_stands_where_a_branch_or_the_stems_pool_had_a_stride(query: str, places: list[str]) -> None:
    graph = rx.from_query(query).graph
    assert [node.path for node in graph if node.op.kind == "blur"] == places
    strides = {node.op.stride for node in graph.convolutions[1:]}  # type: ignore[attr-defined]
    assert strides == {1}


def test_a_blur_takes_two_pixels_at_least() -> None:
    assert rx.from_query("net=resnetblur50&image=17").image == 17
    with pytest.raises(
        InvalidOption, match="image is 16; allowed: 17 pixels or more, so that every blur has more than"
    ):
        rx.from_query("net=resnetblur50&image=16")


@pytest.mark.parametrize(("channels", "kernel"), [(16, 3), (64, 3), (128, 5), (256, 5), (512, 5), (1024, 5), (2048, 7)])
def test_the_kernel_along_channels_is_as_long_as_the_libraries(channels: int, kernel: int) -> None:
    assert length(channels) == kernel
