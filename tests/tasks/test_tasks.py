"""Contracts of every task: light to name, heeds its config, answers in plain records that travel."""

import dataclasses
import json
import math
import pickle
import pkgutil
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
import torch

from resnet_explorer.errors import ExplorerError, InvalidOption
from resnet_explorer.options import Whole, option
from resnet_explorer.spec import NetSpec, ResNetOptions
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.agreement import AgreementConfig
from resnet_explorer.tasks.confirm import ConfirmConfig
from resnet_explorer.tasks.dense import DenseConfig
from resnet_explorer.tasks.describe import DescribeConfig
from resnet_explorer.tasks.devices import DevicesConfig
from resnet_explorer.tasks.gradients import GradientsConfig
from resnet_explorer.tasks.jacobian import JacobianConfig
from resnet_explorer.tasks.landscape import LandscapeConfig
from resnet_explorer.tasks.lesion import LesionConfig
from resnet_explorer.tasks.plain import from_plain, to_plain, types
from resnet_explorer.tasks.profile import ProfileConfig
from resnet_explorer.tasks.profile_module import ModuleConfig
from resnet_explorer.tasks.shattered import ShatteredConfig
from resnet_explorer.tasks.task import Config, key
from resnet_explorer.tasks.time_block import BlockConfig
from resnet_explorer.tasks.time_nets import NetsConfig
from resnet_explorer.tasks.train import TrainConfig

TINY = NetSpec(options=ResNetOptions(blocks=(1, 1), width=4, stem="cifar"), image=8, classes=10)

CONFIGS: dict[str, Config] = {
    "train": TrainConfig(net=TINY, steps=3, batch=8, data="shapes", augment=True, test=True),
    "gradients": GradientsConfig(net=TINY, batch=8),
    "confirm": ConfirmConfig(net=TINY),
    "time_block": BlockConfig(channels=8, reduction=2, pixels=4, batch=1),
    "time_nets": NetsConfig(net=TINY, other=TINY.plain, batch=2),
    "devices": DevicesConfig(),
    "profile": ProfileConfig(net=TINY, batch=8),
    "agreement": AgreementConfig(net=TINY, batch=8, batches=3),
    "jacobian": JacobianConfig(net=TINY, batch=8),
    "dense": DenseConfig(layers=3, width=16, batch=8),
    "shattered": ShatteredConfig(layers=3, width=16, points=32, draws=2),
    "lesion": LesionConfig(net=TINY, steps=3, batch=8),
    "landscape": LandscapeConfig(net=TINY, steps=3, batch=8, points=3, images=16),
    "describe": DescribeConfig(constructor="torch.nn:ReLU", shape="3,8,8"),
    "profile_module": ModuleConfig(constructor="tests.tasks.mine:tiny", shape="3,8,8", batch=4),
}

KEYS = {
    "devices": "5b6a8d720f604074",
    "confirm": "267e7a4df4c6c768",
    "gradients": "b0a7eb983538b8a6",
    "train": "6db5aff21297da66",
    "time_block": "a32afa1c5788b29b",
    "time_nets": "6b53c5fd637430cf",
    "profile": "34ece881a673bcec",
    "agreement": "51f8aae87d0ebc81",
    "jacobian": "2389c969ffa72cd5",
    "dense": "1b5159d98e7402de",
    "shattered": "ff2db79799388675",
    "lesion": "c771479e82e99e35",
    "landscape": "768192c987527bef",
    "describe": "6bf12defd4179eac",
    "profile_module": "c59a3a754dfff0c7",
}
"""The keys of each task's default config as of version 0.1.0; those with nets have two of the default one."""


def run(config: Config, stop_after: int | None = None) -> tuple[Any, list[Any]]:
    records: list[Any] = []
    stopped = lambda: stop_after is not None and len(records) >= stop_after  # noqa: E731
    return TASKS[config.task].carry_out(config, records.append, stopped), records


def test_each_task_is_tried_here() -> None:
    assert set(CONFIGS) == set(TASKS.names)


@pytest.mark.parametrize("name", TASKS.names)
def test_a_task_takes_the_config_of_its_name(name: str) -> None:
    assert TASKS[name].config is type(CONFIGS[name])
    assert TASKS[name].config.task == name


@pytest.mark.parametrize("name", TASKS.names)
def test_what_a_task_runs_is_found_by_its_name(name: str) -> None:
    assert callable(pkgutil.resolve_name(TASKS[name].run))
    assert TASKS[name].run.startswith(f"resnet_explorer.tasks.{name}.run:")


@pytest.mark.parametrize("name", TASKS.names)
def test_keys_live_on(name: str) -> None:
    nets = {each.name: NetSpec() for each in dataclasses.fields(TASKS[name].config) if each.name in {"net", "other"}}
    assert key(TASKS[name].config(**nets)) == KEYS[name]


def test_an_option_that_was_added_enters_a_key_only_where_it_is_used() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Before(Config):
        task: ClassVar[str] = "x"
        first: int = option(1, Whole(0, 9), query="first", help="first")

    @dataclass(frozen=True, slots=True, kw_only=True)
    class After(Before):
        more: int = option(1, Whole(0, 9), query="more", help="more", added=True)

    assert key(After(first=2)) == key(Before(first=2)) != key(Before())
    assert key(After(more=2)) != key(After())


def test_whatever_tasks_report_and_return_can_be_kept_in_a_file() -> None:
    for config in CONFIGS.values():
        result, records = run(config)
        for each in (result, tuple(records)):
            assert from_plain(json.loads(json.dumps(to_plain(each)))) == each


def test_configs_and_answers_travel_to_a_process_without_torch() -> None:
    answers = pickle.dumps([(config, run(config)) for config in CONFIGS.values()])
    code = "import pickle, sys; pickle.load(sys.stdin.buffer); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, input=answers).returncode == 0


def test_naming_tasks_and_data_imports_no_torch() -> None:
    code = (
        "import sys, resnet_explorer.tasks, resnet_explorer.datasets, resnet_explorer.cli;"
        "sys.exit(any(name in sys.modules for name in ('torch', 'fvcore', 'streamlit')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", [name for name in TASKS.names if name != "devices"])
@pytest.mark.skipif(torch.cuda.is_available(), reason="there is such a device")
def test_a_device_that_is_not_there_is_told(name: str) -> None:
    config = dataclasses.replace(CONFIGS[name], device="cuda")
    with pytest.raises(ExplorerError, match="device 'cuda' is not available on this machine; available: cpu"):
        run(config)


def test_devices_begin_with_the_processor() -> None:
    assert run(DevicesConfig())[0][0] == "cpu"


@pytest.mark.parametrize("change", [{}, {"norm": "none"}, {"block": "bottleneck"}, {"shortcut": "A"}])
def test_confirmation_agrees(change: dict[str, Any]) -> None:
    seen, records = run(ConfirmConfig(net=TINY.having(**change)))
    assert seen.output_shape == (1, 10)
    assert all(count.agrees for count in seen.counts)
    assert tuple(records) == seen.counts
    assert [count.tool for count in seen.counts] == ["torch numel", "fvcore", "fvcore", "torch.utils.flop_counter"]
    assert seen.memory_bytes > 0


@pytest.mark.parametrize("norm", [True, False])
def test_blocks_are_timed_in_turns(norm: bool) -> None:  # noqa: FBT001
    times, records = run(BlockConfig(channels=16, reduction=4, pixels=4, batch=2, norm=norm), stop_after=3)
    assert [each.weights for each in times] == [2 * 16 * 4 + 9 * 16, 2 * 9 * 16**2, 2 * 9 * 4**2]
    taken = [kept for each in times for kept in (each.forward, each.both)]
    assert all(kept.repeats == 3 and min(kept.seconds) > 0 for kept in taken)
    for kept in taken:
        low, high = kept.quartiles
        assert min(kept.seconds) <= low <= kept.median <= high <= max(kept.seconds)
    assert len(records) == 3
    assert records[-1] == times


def test_a_bottleneck_has_one_inner_channel_at_least() -> None:
    for reduction in (8, 16):
        times, _ = run(BlockConfig(channels=8, reduction=reduction, pixels=4, batch=1), stop_after=1)
        assert times[0].name == "bottleneck 8–1–1–8"


def test_saved_activations_of_the_blocks_are_the_known_ones() -> None:
    times, _ = run(BlockConfig(channels=256, reduction=4, pixels=8, batch=2, norm=True), stop_after=1)
    assert times[1].saved_bytes / times[0].saved_bytes == pytest.approx(1.25, rel=0.01)


def test_batchnorm_over_a_single_value_is_explained() -> None:
    with pytest.raises(ExplorerError, match="BatchNorm has nothing to normalise over: one image whose map is 1×1"):
        run(BlockConfig(channels=8, reduction=2, pixels=1, batch=1, norm=True))


def test_a_batch_larger_than_the_data_is_refused() -> None:
    from resnet_explorer.tasks.data import batches  # noqa: PLC0415

    with pytest.raises(InvalidOption, match="batch is 1501; allowed: at most the 1,500 images of the data set digits"):
        batches((3, 8, 8), 1501, 0, torch.device("cpu"))


ODD: dict[str, tuple[object, ...]] = {
    "image": (2.5, "3", "", None, True, 0, -1, 10**30, math.nan),
    "classes": (2.5, "3", None, True, 0, -1, 10**30, math.inf),
    "steps": (2.5, "3", None, True, 0, -5, 10**9),
    "batch": (2.5, "3", None, True, 0, -1, 10**9),
    "seed": (2.5, "abc", None, True, -1, 2**70, math.nan),
    "lr": ("0.1", None, True, 0, -1, 1e999, math.nan),
    "device": ("toaster", "", None, 0),
}


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in ODD.items() for value in values])
def test_a_value_that_means_nothing_is_refused_by_its_name(field: str, value: object) -> None:
    config = TrainConfig(net=NetSpec())
    made = config.net if field in {"image", "classes"} else config
    with pytest.raises(InvalidOption, match=rf"^{field} is {re.escape(repr(value))}; allowed: "):
        dataclasses.replace(made, **{field: value})  # type: ignore[arg-type]


def test_fewer_classes_than_labels_are_refused() -> None:
    net = NetSpec(options=TINY.options, image=8, classes=9)
    with pytest.raises(InvalidOption, match="classes is 9; allowed: at least 10"):
        run(TrainConfig(net=net))


def test_want_of_memory_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    from resnet_explorer.tasks.train import run as training  # noqa: PLC0415

    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")

    monkeypatch.setattr(training, "setting", full)
    with pytest.raises(ExplorerError, match=r"too little memory for this; take a smaller batch.*or the CPU"):
        run(CONFIGS["train"])


def test_two_records_of_one_name_are_refused() -> None:
    twin = dataclasses.make_dataclass("Step", [("loss", float)])
    train = TASKS["train"]
    assert types([train, train])["Step"] in train.records
    with pytest.raises(ValueError, match="two records are called Step"):
        types([train, dataclasses.replace(train, records=(twin,))])
