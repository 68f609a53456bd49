"""A service that takes jobs and never carries them out, so that pages can be tested without workers."""

import dataclasses
from collections.abc import Sequence

from resnet_explorer import jobs as service
from resnet_explorer.jobs.admission import Limits
from resnet_explorer.jobs.job import UNBEGUN
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.jobs.state import READY
from resnet_explorer.jobs.store import Store
from resnet_explorer.jobs.visitor import Visitor
from resnet_explorer.tasks.made import Made
from resnet_explorer.tasks.speed import Calibration
from resnet_explorer.tasks.task import Config, key
from resnet_explorer.tasks.train import Step


class Silent:
    state = READY

    def __init__(self) -> None:
        self.jobs: dict[str, Snapshot] = {}
        self.real = service.Engine()

    @property
    def makers(self) -> frozenset[Made]:
        return self.real.makers

    @property
    def store(self) -> Store:
        return self.real.store

    @property
    def limits(self) -> Limits:
        return self.real.limits

    @property
    def speed(self) -> Calibration:
        return self.real.speed

    def admit(self, config: Config) -> object:
        return self.real.admit(config)

    def submit(self, config: Config) -> str:
        self.admit(config)
        self.jobs.setdefault(key(config), Snapshot(key=key(config), config=config, state="waiting"))
        return key(config)

    def press(self, configs: Sequence[Config], _who: Visitor) -> list[str]:
        for config in configs:
            self.admit(config)
        return list(map(self.submit, configs))

    def snapshot(self, name: str, since: int = 0, visitor: str = "") -> Snapshot | None:  # noqa: ARG002
        found = self.jobs.get(name)
        return dataclasses.replace(found, records=found.records[since:]) if found else None

    def snapshots(self, names: Sequence[str], visitor: str = "") -> list[Snapshot]:
        found = (self.snapshot(name, visitor=visitor) for name in names)
        return [each for each in found if each]

    def stop(self, name: str, _who: Visitor) -> None:
        message = UNBEGUN if self.jobs[name].state == "waiting" else ""
        self.jobs[name] = dataclasses.replace(self.jobs[name], state="stopped", message=message)

    def devices(self) -> tuple[str, ...]:
        return ("cpu",)

    def finish(self, config: Config, result: object, records: tuple[Step, ...] = (), made: Made | None = None) -> None:
        done = Snapshot(key=key(config), config=config, state="done", records=records, result=result, made=made)
        self.jobs[done.key] = done
