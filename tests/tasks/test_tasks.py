"""Contracts of every task: light to name, heeds its config, answers in plain records that travel."""

import dataclasses
import pickle
import subprocess
import sys
from typing import Any

import pytest
import torch

from resnet_explorer.errors import ExplorerError, InvalidOption
from resnet_explorer.spec import NetSpec, ResNetOptions
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.records import (
    AgreementConfig,
    BlockConfig,
    Config,
    ConfirmConfig,
    DenseConfig,
    DevicesConfig,
    GradientsConfig,
    JacobianConfig,
    LandscapeConfig,
    LesionConfig,
    NetsConfig,
    OwnConfig,
    ProfileConfig,
    ShatteredConfig,
    TrainConfig,
)

TINY = NetSpec(options=ResNetOptions(blocks=(1, 1), width=4, stem="cifar"), image=8, classes=10)

CONFIGS: dict[str, Config] = {
    "train": TrainConfig(net=TINY, steps=3, batch=8),
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
    "own": OwnConfig(net=TINY, steps=3, batch=8, data="shapes", augment=True),
    "lesion": LesionConfig(net=TINY, steps=3, batch=8),
    "landscape": LandscapeConfig(net=TINY, steps=3, batch=8, points=3, images=16),
}


def run(config: Config, stop_after: int | None = None) -> tuple[Any, list[Any]]:
    records: list[Any] = []
    stopped = lambda: stop_after is not None and len(records) >= stop_after  # noqa: E731
    return TASKS[config.task].run(config, records.append, stopped), records


def test_each_task_is_tried_here() -> None:
    assert set(CONFIGS) == set(TASKS.names)


@pytest.mark.parametrize("name", TASKS.names)
def test_a_task_takes_the_config_of_its_name(name: str) -> None:
    assert TASKS[name].config is type(CONFIGS[name])
    assert TASKS[name].config.task == name


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


def test_saved_activations_of_the_blocks_are_the_known_ones() -> None:
    times, _ = run(BlockConfig(channels=256, reduction=4, pixels=8, batch=2, norm=True), stop_after=1)
    assert times[1].saved_bytes / times[0].saved_bytes == pytest.approx(1.25, rel=0.01)


def test_batchnorm_over_a_single_value_is_explained() -> None:
    with pytest.raises(ExplorerError, match="BatchNorm has nothing to normalise over: one image whose map is 1×1"):
        run(BlockConfig(channels=8, reduction=2, pixels=1, batch=1, norm=True))


def test_a_batch_larger_than_the_data_is_refused() -> None:
    from resnet_explorer.tasks.data import batches  # noqa: PLC0415

    with pytest.raises(InvalidOption, match="batch is 1501; allowed: at most the 1,500 images of the data set digits"):
        batches(8, 1501, 0, torch.device("cpu"))


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
