"""What each task takes by its closed form, and what it gives of a tiny net, as it was looked at."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
from typing import TYPE_CHECKING, Any

import pytest

from resnet_explorer.errors import ExplorerError
from resnet_explorer.experiments import EXPERIMENTS
from resnet_explorer.options import Choice, Flag, Real, Whole, options_of
from resnet_explorer.spec import from_query
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.gradients import GradientsConfig
from resnet_explorer.tasks.profile import ProfileConfig
from resnet_explorer.tasks.speed import Calibration
from resnet_explorer.tasks.time_block import run as block_run
from resnet_explorer.tasks.time_nets import run as nets_run
from resnet_explorer.ui.view.views import VIEWS
from tests.kept import flat
from tests.tasks.test_tasks import CONFIGS, TINY, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resnet_explorer.tasks.task import Config

SPEED = Calibration(layer_seconds=0.001, macs_per_second=2e9)
TIMED = ("time_block", "time_nets")
OF_HERE = ("seconds", "torch", "device", "threads", "memory_bytes")


def changed(config: Config) -> Iterator[tuple[str, Config]]:
    """The config with one option changed."""
    for each in options_of(type(config)):
        value, kind = getattr(config, each.field), each.kind
        if isinstance(kind, Whole | Real):
            others: tuple[Any, ...] = (2 * value, 40 * value)
        elif isinstance(kind, Flag):
            others = (not value,)
        else:
            others = kind.names if isinstance(kind, Choice) else ()
        for other in others:
            if kind.holds(other) and other != value:
                with contextlib.suppress(ExplorerError):
                    yield f"{each.field}={other}", dataclasses.replace(config, **{each.field: other})


@pytest.mark.parametrize("name", TASKS.names)
def test_what_a_task_takes(name: str, kept: Callable[..., None]) -> None:
    task, config = TASKS[name], CONFIGS[name]
    lines = [f"{task.title}, {task.eased_by}, {[each.__name__ for each in task.records]}"]
    for words, each in (("as it is", config), *changed(config)):
        found = task.estimate(each, SPEED)
        lines.append(f"{words}: {found.seconds:.6g} s, {found.bytes} B")
    kept(f"tasks/{name}_takes.txt", "\n".join(lines) + "\n")


def given(found: Any) -> list[str]:
    return [line for line in flat(found) if not line.partition(" = ")[0].endswith(OF_HERE)]


@pytest.mark.parametrize("name", [name for name in TASKS.names if name not in (*TIMED, "devices")])
def test_what_a_task_gives(name: str, kept: Callable[..., None]) -> None:
    result, records = run(CONFIGS[name])
    lines = [f"{len(records)} records", *given(records[:1]), *given(records[-1:]), *given(result)]
    kept(f"tasks/{name}_gives.txt", "\n".join(lines) + "\n", rel=0.02)


OTHERS = {
    "plain": TINY.plain,
    "vgg": from_query("net=vgg11&features=8&width=4&image=32&classes=10"),
    "highway": from_query("net=cifar_highway20&width=4&image=8"),
    "gates": TINY.having(block="bottleneck", attention="se", norm="none", branch_scale="zero"),
    "groups": TINY.having(norm="group", width=32, zero_gamma=True, shortcut="A", activation="leaky"),
}


@pytest.mark.parametrize("net", OTHERS)
@pytest.mark.parametrize("config", [ProfileConfig, GradientsConfig], ids=lambda each: each.task)
def test_what_it_gives_of_other_nets(config: type[Config], net: str, kept: Callable[..., None]) -> None:
    result, _ = run(config(net=OTHERS[net], batch=8))  # type: ignore[call-arg]  # each has a net
    kept(f"tasks/{config.task}_{net}.txt", "\n".join(given(result)) + "\n", rel=0.02)


@pytest.mark.parametrize("name", TIMED)
def test_what_is_timed_by_a_clock_that_beats(
    name: str, kept: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look at the clock is a quarter of a second after the last; the second pass of everything is a late one."""
    beats = itertools.count()

    class Clock:
        @staticmethod
        def perf_counter() -> float:
            return next(beats) ** 1.5 / 400

    for module in (block_run, nets_run):
        monkeypatch.setattr(module, "time", Clock)
    monkeypatch.setattr(nets_run, "SIDE", 8)
    monkeypatch.setattr(nets_run, "COPIED", 100)
    result, records = run(CONFIGS[name])
    times = [line for line in flat(result) if "device" not in line]
    kept(f"tasks/{name}_gives.txt", "\n".join([f"{len(records)} records", *times]) + "\n")


def test_what_may_be_chosen(kept: Callable[..., None]) -> None:
    """Of tasks, experiments and pages: the names in links, what is allowed, what is chosen at first."""
    chosen = (*(task.config for task in TASKS), *(each.choices for each in EXPERIMENTS), *VIEWS)
    lines = []
    for config in dict.fromkeys(chosen):
        lines.append(f"## {config.__name__}")
        lines += [f"{o.query} ({o.field}): {o.default!r}; {o.kind.allowed}; {o.help}"[:300] for o in options_of(config)]
    kept("tasks/options.txt", "\n".join(lines) + "\n")
