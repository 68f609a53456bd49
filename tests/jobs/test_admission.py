"""What a job costs, and the sentences of a refusal."""

from __future__ import annotations

import dataclasses
import functools

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from resnet_explorer import analyse, preset
from resnet_explorer.errors import Refused
from resnet_explorer.jobs import Limits, admission, admit, estimate
from resnet_explorer.model import assemble, measured
from resnet_explorer.spec import PRESETS
from resnet_explorer.spec.single import single_block
from resnet_explorer.tasks import TASKS, speed, time_nets
from resnet_explorer.tasks.agreement import AgreementConfig
from resnet_explorer.tasks.confirm import ConfirmConfig
from resnet_explorer.tasks.gradients import GradientsConfig
from resnet_explorer.tasks.landscape import LandscapeConfig
from resnet_explorer.tasks.lesion import LesionConfig
from resnet_explorer.tasks.profile import ProfileConfig
from resnet_explorer.tasks.time_block import BlockConfig
from resnet_explorer.tasks.time_nets import NetsConfig
from resnet_explorer.tasks.time_nets import run as latency
from resnet_explorer.tasks.train import TrainConfig
from tests.jobs.held import Held

LIMITS = Limits(seconds=300, bytes=4_000_000_000, wall=600)
DEMO = preset("demo_resnet34")


def test_gradients_take_a_pass_there_and_two_back() -> None:
    forward = analyse(DEMO).macs * 64
    for kind in (GradientsConfig, ProfileConfig, functools.partial(TrainConfig, steps=1)):
        one, two = (estimate(kind(net=DEMO, batch=batch)).seconds for batch in (64, 128))
        assert two - one == pytest.approx(3 * forward / speed.Calibration().macs_per_second)


def test_the_demo_is_estimated_as_it_was_measured() -> None:
    assert 0.7 < estimate(TrainConfig(net=DEMO)).seconds < 4  # 0.7 to 1.6 s of CPU time were seen for 80 steps


@pytest.mark.parametrize("name", PRESETS.names)
def test_every_named_net_may_be_confirmed(name: str) -> None:
    admit(ConfirmConfig(net=preset(name)), LIMITS)


def test_a_huge_image_is_refused_with_one_that_fits() -> None:
    net = dataclasses.replace(preset("resnet152"), image=4096)
    with pytest.raises(Refused, match=r"the limit is .* With image at [\d,]+ it fits\.") as refused:
        admit(ConfirmConfig(net=net), LIMITS)
    image = int(str(refused.value).split("image at ")[1].split()[0].replace(",", ""))
    admit(ConfirmConfig(net=dataclasses.replace(net, image=image)), LIMITS)
    with pytest.raises(Refused):
        admit(ConfirmConfig(net=dataclasses.replace(net, image=image + 1)), LIMITS)


def test_too_many_steps_are_refused_with_how_many_fit() -> None:
    config = TrainConfig(net=preset("cifar_resnet110"), steps=2000)
    with pytest.raises(Refused, match=r"about \d+ hours on one core; the limit is 5 minutes. With steps at \d+"):
        admit(config, LIMITS)


def test_too_large_a_batch_is_refused_with_one_that_fits() -> None:
    config = GradientsConfig(net=preset("resnet50"), batch=1024)
    tight = dataclasses.replace(LIMITS, seconds=1e9)
    with pytest.raises(Refused, match=r"about [\d,.]+ GB of memory; the limit is 4.0 GB. With batch at \d+ it fits."):
        admit(config, tight)


def test_where_nothing_near_fits_a_smaller_network_is_asked_for() -> None:
    net = preset("resnet34").having(width=4096)
    with pytest.raises(Refused, match="Choose a smaller network"):
        admit(TrainConfig(net=net), LIMITS)


@given(
    channels=st.sampled_from((4, 256, 4096)), reduction=st.sampled_from((1, 64)),
    pixels=st.sampled_from((1, 56, 512)), batch=st.sampled_from((1, 256)),
)  # fmt: skip
def test_any_block_is_admitted_or_refused(channels: int, reduction: int, pixels: int, batch: int) -> None:
    config = BlockConfig(channels=channels, reduction=reduction, pixels=pixels, batch=batch)
    needs = estimate(config)
    if needs.seconds <= LIMITS.seconds and needs.bytes <= LIMITS.bytes:
        assert admit(config, LIMITS) == needs
    else:
        with pytest.raises(Refused, match=r"the limit is .* (With \w+ at [\d,]+ it fits|Choose smaller)"):
            admit(config, LIMITS)


def test_without_settings_a_job_may_take_five_minutes_and_is_ended_after_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (admission.SECONDS, admission.WALL):
        monkeypatch.delenv(name, raising=False)
    assert (Limits().seconds, Limits().wall) == (300, 600)


def test_the_environment_sets_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESNET_EXPLORER_MAX_SECONDS", "10")
    monkeypatch.setenv("RESNET_EXPLORER_MAX_BYTES", "1e9")
    assert (Limits().seconds, Limits().bytes, Limits().wall) == (10, 1_000_000_000, 20)
    monkeypatch.setenv("RESNET_EXPLORER_MAX_SECONDS", "soon")
    with pytest.raises(ValueError, match="RESNET_EXPLORER_MAX_SECONDS is 'soon'; allowed: a number above 0"):
        Limits()


@pytest.mark.parametrize(("cores", "asked", "workers"), [(1, "", 2), (6, "", 6), (6, "3", 3), (6, "0.5", 1)])
def test_workers_are_as_many_as_cores_but_two_unless_asked_otherwise_and_share_half_the_memory(
    monkeypatch: pytest.MonkeyPatch, cores: int, asked: str, workers: int
) -> None:
    monkeypatch.setenv(admission.WORKERS, asked)
    monkeypatch.setattr(admission, "cores", lambda: cores)
    monkeypatch.setattr(admission, "memory_bytes", lambda: 6_000_000_000)
    assert admission.workers() == workers
    assert Limits().bytes == 3_000_000_000 // workers
    monkeypatch.setattr(admission, "memory_bytes", lambda: 10**12)
    assert Limits().bytes == 4_000_000_000


def test_what_takes_as_much_as_the_limits_is_admitted() -> None:
    config = TrainConfig(net=DEMO)
    needs = estimate(config)
    assert admit(config, dataclasses.replace(LIMITS, seconds=needs.seconds, bytes=needs.bytes)) == needs
    for less in ({"seconds": needs.seconds * 0.999}, {"bytes": needs.bytes - 1}):
        with pytest.raises(Refused, match="fits"):
            admit(config, dataclasses.replace(LIMITS, **less))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.001, "0.1 s"), (0.94, "0.9 s"), (1, "1 s"), (119, "119 s"), (120, "2 minutes"), (7199, "120 minutes"),
        (7200, "2 hours"), (7.2e6, "2,000 hours"),
    ],
)  # fmt: skip
def test_seconds_in_words(seconds: float, words: str) -> None:
    assert admission.duration(seconds) == words


@pytest.mark.parametrize(("count", "words"), [(9.9e7, "99 MB"), (1e8, "0.1 GB"), (2.5e12, "2,500.0 GB")])
def test_memory_in_words(count: float, words: str) -> None:
    assert admission._memory(int(count)) == words


def test_a_net_is_counted_once_for_all_its_estimates() -> None:
    net = preset("resnet152")
    estimate(TrainConfig(net=net, steps=1, batch=2))
    counted = speed.size.cache_info().misses
    for batch in range(2, 102):
        estimate(TrainConfig(net=net, steps=1, batch=batch))
    assert speed.size.cache_info().misses == counted


@pytest.mark.parametrize("norm", [False, True])
@pytest.mark.parametrize(("channels", "reduction"), [(64, 4), (64, 1), (256, 16)])
@pytest.mark.parametrize(("pixels", "batch"), [(4, 2), (28, 1), (14, 8)])
def test_blocks_are_estimated_above_what_they_hold_and_below_twice_that(
    *, norm: bool, channels: int, reduction: int, pixels: int, batch: int
) -> None:
    inner = channels // reduction
    config = BlockConfig(channels=channels, reduction=reduction, pixels=pixels, batch=batch, norm=norm)
    held, saved = 0, []
    for block, outer in (("bottleneck", channels), ("basic", channels), ("basic", inner)):
        module = assemble(single_block(block, outer, inner, norm="batch" if norm else "none"), torch.device("cpu"))
        x = torch.zeros(batch, outer, pixels, pixels, requires_grad=True)
        held += 2 * (measured.tensor_bytes(module) + x.nbytes)  # each with its gradient
        saved.append(measured.saved_bytes(module, x))
    assert held + max(saved) <= estimate(config).bytes < 2 * (held + max(saved))


WIDE = DEMO.having(width=32)
KEPT_BY_IMAGES = TrainConfig(net=DEMO, batch=64, steps=2)


@pytest.mark.parametrize(
    "config",
    [
        KEPT_BY_IMAGES,
        dataclasses.replace(KEPT_BY_IMAGES, optimiser="adam"),
        TrainConfig(net=WIDE, batch=2, steps=2),
        TrainConfig(net=WIDE, batch=2, steps=2, optimiser="adam"),
        GradientsConfig(net=WIDE, batch=2),
        ProfileConfig(net=WIDE, batch=2),
        AgreementConfig(net=WIDE, batch=2, batches=3),
        LesionConfig(net=WIDE, batch=2, steps=2),
        LandscapeConfig(net=WIDE, batch=2, steps=2, points=3, images=16),
    ],
    ids=lambda config: f"{config.task} {config.net.options.width} {getattr(config, 'optimiser', '')}",
)
def test_a_job_is_estimated_above_what_it_holds(config: TrainConfig) -> None:
    with Held() as held:
        TASKS[config.task].carry_out(config, lambda _: None, lambda: False)
    assert 0.99 * held.most < estimate(config).bytes < 3 * held.most  # running statistics and the like are left out


def test_what_is_known_of_the_timing_of_nets_is_what_it_does() -> None:
    assert time_nets.RATES_BYTES >= 8 * latency.COPIED + 8 * latency.SIDE**2


def test_timing_large_nets_in_large_batches_is_refused_with_a_batch_that_fits() -> None:
    config = NetsConfig(net=preset("resnet152"), other=preset("vgg19"), batch=256)
    with pytest.raises(Refused, match=r"With batch at \d+ it fits"):
        admit(config, LIMITS)
