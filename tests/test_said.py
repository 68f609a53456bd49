"""What fixed sentences say of nets and of experiments is so: docs/claims.md names these tests beside the sentences."""

import itertools
import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis import Layer, Report, bottleneck
from resnet_explorer.analysis.progression import STATIONS
from resnet_explorer.analysis.published import VARIANTS
from resnet_explorer.analysis.report import count_layers
from resnet_explorer.datasets.digits import DIGITS
from resnet_explorer.experiments import EXPERIMENTS
from resnet_explorer.experiments.recorded import recorded
from resnet_explorer.experiments.words import finals
from resnet_explorer.spec.single import single_block

STATION = {name: rx.analyse(STATIONS[name].spec) for name in STATIONS.names}


def strided(report: Report) -> list[Layer]:
    return [layer for layer in report.layers if layer.op == "conv" and layer.node.main and layer.node.op.window[1] == 2]


def kinds(report: Report) -> Counter[str]:
    return Counter(layer.op for layer in report.layers if not layer.node.shortcut)


def test_vgg_19_is_as_its_station_says() -> None:
    report = STATION["vgg19"]
    assert (kinds(report)["conv"], kinds(report)["maxpool"], kinds(report)["fc"]) == (16, 5, 3)
    first = next(layer for layer in report.layers if layer.op == "fc")
    assert first.params > report.params / 2


def test_a_station_may_change_several_things_and_none_is_said_to_change_one() -> None:
    """From VGG-19 to plain-34 every layer is new: pooling, strides, filters and depth."""
    old, new = (STATIONS[name].spec for name in ("vgg19", "plain34"))
    assert old.family != new.family
    root = Path(__file__).parents[1]
    for place in (
        "README.md",
        "pages/progression.py",
        "resnet_explorer/ui/view/navigation.py",
        "resnet_explorer/ui/pages/start/doors.py",
    ):
        assert "one change" not in " ".join((root / place).read_text(encoding="utf-8").split()), place


def test_plain_34_is_as_its_station_says() -> None:
    old, new = STATION["vgg19"], STATION["plain34"]
    assert kinds(new)["maxpool"] == 1
    assert len(strided(new)) == 1 + 3
    assert new.depth - old.depth == 15
    assert kinds(new)["bn"] == kinds(new)["conv"]
    assert kinds(new)["fc"] == 1
    assert 0.18 < new.macs / old.macs < 0.19


def test_shortcuts_are_as_their_stations_say() -> None:
    plain, padded, projected = (STATION[name] for name in ("plain34", "shortcuts", "projections"))
    assert (padded.depth, padded.params) == (plain.depth, plain.params)
    assert kinds(padded)["add"] == len(padded.blocks) == 16
    assert sum(layer.node.shortcut and layer.op == "conv" for layer in projected.layers) == 3


def test_the_bottleneck_is_as_its_station_says() -> None:
    pairs, triples = STATION["projections"], STATION["bottleneck"]
    assert len(pairs.blocks) == len(triples.blocks) == 16
    for old, new in zip(pairs.stages[1:-1], triples.stages[1:-1], strict=True):
        assert new.output_shape[0] == 4 * old.output_shape[0]
        assert 0.9 < new.macs / old.macs < 1.15


def test_the_stride_moves_where_a_stage_halves_the_map() -> None:
    before, after = STATION["bottleneck"], STATION["stride"]
    assert before.params == after.params
    assert before.macs < after.macs
    for report, name in ((before, "conv1"), (after, "conv2")):
        assert [layer.path for layer in strided(report)[1:]] == [f"layer{n}.0.{name}" for n in (2, 3, 4)]


def test_groups_and_pre_activation_are_as_their_stations_say() -> None:
    before, grouped, reordered = (STATION[name] for name in ("stride", "groups", "preactivation"))
    old, new = (
        next(layer for layer in report.layers if layer.path == "layer1.0.conv2") for report in (before, grouped)
    )
    assert (new.node.op.groups, new.output_shape[0]) == (32, 2 * old.output_shape[0])
    assert 0.95 < grouped.params / before.params < 1.05
    assert 0.95 < grouped.macs / before.macs < 1.05
    for path in reordered.blocks:
        assert [layer.op for layer in reordered.block(path)][-1] == "add"


def test_every_layer_costs_the_same_but_for_the_first_block_of_a_stage() -> None:
    report = rx.analyse(rx.preset("resnet34"))
    costs = {
        layer.macs
        for stage in report.stages
        for path in stage.blocks[1:]
        for layer in stage.block(path)
        if layer.op == "conv"
    }
    assert len(costs) == 1


def test_accuracies_rise_with_depth_by_shrinking_steps_and_more_by_the_recipe() -> None:
    for column in ([100 - each.paper_error for each in VARIANTS], [each.v1 for each in VARIANTS]):
        steps = [after - before for before, after in itertools.pairwise(column)]
        assert min(steps) > 0
        assert steps == sorted(steps, reverse=True)
    nets = {each.preset: each for each in VARIANTS}
    middle, deepest = nets["resnet50"], nets["resnet152"]
    assert middle.v2 is not None
    assert middle.v2 - middle.v1 > deepest.v1 - middle.v1 > 0


def test_the_exercise_on_the_reduction_has_one_answer() -> None:
    """Two times narrower it is 5.54 times smaller, three times 10.80."""
    ratios = [bottleneck.compare(256, reduction, 56).ratio for reduction in (2, 3, 4)]
    assert ratios[0] < 10 < ratios[1] < ratios[2]
    assert 10 not in ratios
    exercise = "From which reduction on is the bottleneck at least ten times smaller?"
    assert exercise in (Path(__file__).parents[1] / "docs/teaching.md").read_text(encoding="utf-8")


def test_a_projection_nearly_doubles_a_bottleneck() -> None:
    with_identity, projecting = (bottleneck.compare(256, 4, 56, projection=each).bottleneck for each in (False, True))
    assert 1.9 < projecting.params / with_identity.params < 2


def test_no_net_of_the_paper_has_two_wide_3x3_where_a_bottleneck_of_256_channels_stands() -> None:
    for name in ("resnet18", "resnet34", "resnet50", "resnet101", "resnet152"):
        report = rx.analyse(rx.preset(name))
        wide = [layer for layer in report.layers if layer.op == "conv" and layer.node.op.window[0] == 3]
        assert not any(layer.input_shape == layer.output_shape == (256, 56, 56) for layer in wide)


@pytest.mark.parametrize("channels", [16, 64, 256, 1024])
@pytest.mark.parametrize("reduction", [2, 4, 8])
def test_a_bottleneck_does_less_work_for_every_value_than_two_wide_3x3(channels: int, reduction: int) -> None:
    found = []
    for block, inner in (("bottleneck", channels // reduction), ("basic", channels)):
        layers = count_layers(single_block(block, channels, inner), (channels, 28, 28))
        convs = [layer for layer in layers if layer.op == "conv"]
        moved = sum(math.prod(layer.input_shape) + math.prod(layer.output_shape) for layer in convs)
        found.append(sum(layer.macs for layer in convs) / moved)
    assert found[0] < found[1]


def test_a_start_near_the_identity_takes_most_of_the_harm_away() -> None:
    record = recorded(EXPERIMENTS["cures"])
    assert record is not None
    ends = {name: spread.mean for name, spread in finals(record.runs).items()}
    assert ends["near the identity"] < ends["plain-56 as it is"] / 2


SETTINGS: dict[str, dict[str, Any]] = {
    "ablation": {"batch": 64, "lr": 0.02},
    "agreement": {"batches": 6, "batch": 128},
    "deep_plain": {"batch": 64, "lr": 0.002},
    "degradation": {"batch": 64, "init": "he", "norm": "batch"},
    "depth_sweep": {"batch": 32, "width": 16, "shortcut": "A", "image": 32},
    "jacobian": {"width": 4, "image": 8},
    "landscape": {"points": 11, "images": 128},
    "lesion": {"batch": 64, "init": "he", "norm": "batch"},
    "shattered": {"width": 200, "points": 256, "draws": 10},
    "slope": {"layers": 50, "width": 1000, "batch": 256},
    "vanishing": {"init": "pytorch", "norm": "none"},
    "explosion": {"init": "he", "norm": "none"},
    "variance": {"batch": 64, "width": 16},
    "without_norm": {"batch": 64, "lr": 0.02},
}


@pytest.mark.parametrize("name", SETTINGS)
def test_experiments_run_in_the_settings_that_their_texts_name(name: str) -> None:
    experiment = EXPERIMENTS[name]
    said = SETTINGS[name]
    for job in experiment.jobs(experiment.choices()):
        net = getattr(job.config, "net", None)
        places = (job.config, net, getattr(net, "options", None))
        found = {field: next(getattr(each, field) for each in places if hasattr(each, field)) for field in said}
        assert found == said, job.name


def test_the_digits_are_as_many_as_is_said() -> None:
    facts = DIGITS.facts()
    assert facts is not None
    assert (facts.train, facts.test, facts.side, facts.train + facts.test) == (1500, 297, 8, 1797)
