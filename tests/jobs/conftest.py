"""An engine with two workers for the module, and how to wait: on conditions, with a deadline."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from resnet_explorer import preset
from resnet_explorer.jobs import Engine, Limits
from resnet_explorer.tasks.train import TrainConfig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resnet_explorer.jobs.snapshot import Snapshot

sys.path.insert(0, str(Path(__file__).parent))  # worker processes take it over, and find `standins`


@pytest.fixture(scope="session")
def until() -> Callable[..., None]:
    def wait(holds: Callable[[], object], seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, f"not within {seconds} s"
            time.sleep(0.01)

    return wait


@pytest.fixture(scope="module")
def engine(until: Callable[..., None]) -> Iterator[Engine]:
    """Two workers of its own, or those of a cluster as people start one: `tests/faults`."""
    address, limits = os.environ.get("OUTSIDE_CLUSTER"), Limits(waiting=4, wall=6, grace=0.5)
    it = Engine(address=address, processes=2, limits=limits, tasks="standins:TASKS")
    it.start()
    until(lambda: it.state.name != "starting", 60)
    until(lambda: len(it.devices()) == 2)
    yield it
    it.close()


@pytest.fixture
def finished(engine: Engine, until: Callable[..., None]) -> Callable[[str], Snapshot]:
    def wait(key: str) -> Snapshot:
        until(lambda: seen(engine, key).finished)
        return seen(engine, key)

    return wait


def seen(engine: Engine, key: str) -> Snapshot:
    snapshot = engine.snapshot(key)
    assert snapshot is not None
    return snapshot


@pytest.fixture(scope="session")
def training() -> Callable[..., TrainConfig]:
    def config(seed: int, **changes: Any) -> TrainConfig:
        return TrainConfig(net=preset("demo_resnet18"), seed=seed, **changes)

    return config
