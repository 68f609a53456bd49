"""The size of a map with its working."""

import re
from dataclasses import replace

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis.shapes import _along, of_shape, of_stage
from resnet_explorer.spec.ops import Conv2d


def side(working: str) -> int:
    """What a working of a map's side comes to."""
    form = r"(\(?\d[\d,]*(?: \+ 2 · \d+)? − \d+\)?(?: ÷ \d+)?(?:, rounded (?:up|down),)? \+ 1) = ([\d,]+)"
    made, result = re.findall(form, working)[-1]
    up = "rounded up" in made
    plain = re.sub(", rounded (up|down),", "", made).replace("·", "*").replace("−", "-").replace(",", "")
    before, _, after = plain.partition(" ÷ ")
    if after:
        found, step = eval(before), int(after.split()[0])  # noqa: S307 - digits and signs
        assert found % step == 0 or "rounded" in made
        value = (-(-found // step) if up else found // step) + 1
    else:
        value = eval(plain)  # noqa: S307 - likewise
    assert value == int(result.replace(",", ""))
    return value


@pytest.mark.parametrize("name", rx.presets())
@pytest.mark.parametrize("odd", [0, 1])
def test_every_layer_says_how_large_its_map_is(name: str, odd: int) -> None:
    spec = rx.preset(name)
    report = rx.analyse(replace(spec, image=spec.image + odd))
    for layer in report.layers:
        said = of_shape(layer)
        assert said
        if " + 1 = " in said:
            assert side(said) == layer.output_shape[-1]
        if "filters" in said:
            assert said.startswith(f"{layer.output_shape[0]:,} filters")
        if said.endswith(", as its input"):
            assert said.startswith(" × ".join(f"{n:,}" for n in layer.output_shape))
    for stage in report.stages:
        said = of_stage(stage)
        if " + 1 = " in said:
            assert side(said) == stage.output_shape[-1]
        else:
            assert "no stride" in said or "outputs" in said or "means" in said or "side set to" in said


def test_a_side_is_rounded_where_windows_end_before_the_border_alone() -> None:
    """Of a stride of 4, at which 11 pixels more or less are not the same."""
    conv = Conv2d(3, 8, 11, 4)
    assert _along(conv, 225, 57) == "(225 + 2 · 5 − 11) ÷ 4 + 1 = 57"
    assert _along(conv, 224, 56) == "(224 + 2 · 5 − 11) ÷ 4, rounded down, + 1 = 56"


def test_a_stage_names_its_filters_and_its_stride() -> None:
    report = rx.analyse(rx.preset("resnet50"))
    assert of_stage(report.stages[2]) == (
        "layer2.3.conv3: 512 filters; side, layer2.0.conv2: (56 + 2 · 1 − 3) ÷ 2, rounded down, + 1 = 28"
    )
    assert of_stage(report.stages[-1]) == "fc: 1,000 outputs"
    padded = rx.analyse(rx.preset("cifar_resnet20"))
    [pad] = [layer for layer in padded.layers if layer.path.startswith("layer2.0") and layer.op == "pad"]
    assert of_shape(pad).startswith("16 channels and 16 of zeros = 32; side (32 − 1) ÷ 2, rounded down, + 1 = 16")
