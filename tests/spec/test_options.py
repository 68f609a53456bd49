"""What may be chosen of a net besides the paper's own choices: numbers, links, causes, refusals.

Parameters and MACs were taken from torchvision 0.29 and timm 1.0, by `numel` and half of torch's FlopCounterMode.
"""

import dataclasses

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis import compare, shapes
from resnet_explorer.diagrams import window
from resnet_explorer.errors import InvalidOption
from tests.diagrams.test_encoding import elements

COUNTED = (
    ("net=resnet18&in_channels=1", 11_683_240, 1_735_397_376),
    ("net=resnet50&image=512x1024", 25_557_032, 42_708_451_328),
)


@pytest.mark.parametrize(("query", "params", "macs"), COUNTED)
def test_the_net_weighs_what_the_libraries_do(query: str, params: int, macs: int) -> None:
    report = rx.analyse(rx.from_query(query))
    assert (report.params, report.macs) == (params, macs)


@pytest.mark.parametrize("query", [query for query, *_ in COUNTED])
def test_the_link_gives_the_net_again_and_holds_nothing_more(query: str) -> None:
    spec = rx.from_query(query)
    assert rx.to_query(spec) == query
    assert rx.from_query(rx.to_query(spec)) == spec


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
