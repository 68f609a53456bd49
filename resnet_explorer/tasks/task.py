"""A task: what a worker, or the command line, can be asked to do; its config, and the closed form of what it takes."""

from __future__ import annotations

import dataclasses
import hashlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from resnet_explorer.options import Choice, check, option
from resnet_explorer.spec import NetSpec, to_query

if TYPE_CHECKING:
    from resnet_explorer.tasks.speed import Calibration

Report: TypeAlias = Callable[[Any], object]
"""Takes each record as it comes."""

Stopped: TypeAlias = Callable[[], bool]
"""Whether somebody asked the task to stop; asked at every step."""

FIRST = "0.1.0"
"""The version whose keys these still are."""

DEVICES = ("cpu", "cuda", "mps")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All that is to be done. `task` names the entry of `TASKS` that does it; `device` is where its tensors live."""

    task: ClassVar[str]
    device: str = option("cpu", Choice(DEVICES), query="device", help="where the tensors live")

    def __post_init__(self) -> None:
        check(self)


def key(config: Config) -> str:
    """A job's permanent name: equal configs have equal keys. 16 hexadecimal digits.

    By what it was made stands beside a result (`made.Made`), and is no part of its name: links outlive code.
    """
    values = (
        f"{name}={to_query(value) if isinstance(value, NetSpec) else value!r}"
        for name, value in settled(config).items()
    )
    return hashlib.blake2b("&".join([FIRST, config.task, *values]).encode(), digest_size=8).hexdigest()


def settled(config: Config) -> dict[str, Any]:
    """Its fields by name, but for options that were added later and are at their defaults."""
    fields = [(field, getattr(config, field.name)) for field in dataclasses.fields(config)]
    return {
        field.name: value for field, value in fields if not (field.metadata.get("added") and value == field.default)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a job will take, from a closed form: seconds on one core, and bytes at its peak."""

    seconds: float
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task. Naming it imports no torch; carrying it out does.

    `run` names the function that carries a config out and returns its result: `package.module:function`, called with
    the config, a report and a way to ask whether to stop. `estimate` tells what a config takes on a worker of that
    speed, before anything is allocated; `eased_by` are the settings that lower it, the first to try first. `records`
    are the types of what it reports and returns, those within them included: a file names them.
    """

    name: str
    title: str
    config: type[Config]
    run: str
    estimate: Callable[[Any, Calibration], Estimate]
    eased_by: tuple[str, ...] = ()
    records: tuple[type, ...] = ()

    def carry_out(self, config: Config, report: Report, stopped: Stopped) -> Any:
        """Carry a config out in this process."""
        return pkgutil.resolve_name(self.run)(config, report, stopped)
