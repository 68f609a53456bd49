"""Records as plain data, for a file: named tuples and dataclasses by their names, floats to the last bit."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from resnet_explorer.spec import NetSpec, from_query, to_query
from resnet_explorer.tasks import TASKS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.tasks.task import Config, Task

TYPE = "type"


def types(tasks: Iterable[Task]) -> dict[str, type]:
    """The records of tasks by the names that files give them.

    Raises:
        ValueError: two of them have the same name.
    """
    found: dict[str, type] = {}
    for each in (each for task in tasks for each in task.records):
        if found.setdefault(each.__name__, each) is not each:
            raise ValueError(f"two records are called {each.__name__}; files tell records apart by their names")
    return found


_TYPES = types(TASKS)


def to_plain(value: Any) -> Any:
    """A record, or a tuple of them, as dicts and lists.

    Raises:
        TypeError: it is neither a record nor plain.
    """
    if value is None or isinstance(value, str | int | float):  # first: a run has thousands of them
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {TYPE: _name(value)} | {name: to_plain(each) for name, each in fields.items()}
    if hasattr(value, "_asdict"):
        return {TYPE: _name(value)} | {name: to_plain(each) for name, each in value._asdict().items()}
    if isinstance(value, tuple):
        return [to_plain(each) for each in value]
    raise TypeError(f"a record, a tuple of them or a plain value is written to a file; got {type(value).__name__}")


def from_plain(data: Any) -> Any:
    """What `to_plain` was given.

    Raises:
        KeyError: a record of a name that there is not.
    """
    if isinstance(data, dict):
        return _TYPES[data[TYPE]](**{name: from_plain(each) for name, each in data.items() if name != TYPE})
    return tuple(map(from_plain, data)) if isinstance(data, list) else data


def config_to_plain(config: Config) -> dict[str, Any]:
    """A config as plain data: its task, and each field, a net as the query of a link."""
    fields = {field.name: getattr(config, field.name) for field in dataclasses.fields(config)}
    return {"task": config.task} | {
        name: to_query(value) if isinstance(value, NetSpec) else value for name, value in fields.items()
    }


def config_from_plain(data: dict[str, Any]) -> Config:
    """What `config_to_plain` was given; what it does not name has its default.

    Raises:
        ExplorerError: there is no such task, or a field is not allowed.
        TypeError: there is no such field.
    """
    made = TASKS[data["task"]].config
    nets = {field.name for field in dataclasses.fields(made) if "NetSpec" in str(field.type)}
    fields: dict[str, Any] = {name: each for name, each in data.items() if name != "task"}
    for name, each in fields.items():
        fields[name] = from_query(each) if name in nets else tuple(each) if isinstance(each, list) else each
    return made(**fields)


def _name(value: Any) -> str:
    name = type(value).__name__
    if name not in _TYPES:
        raise TypeError(f"a record of this package is written to a file; got {name}")
    return name
