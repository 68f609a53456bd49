"""The numbers that the code is set by, each under its name: limits, waits, sizes and defaults, as looked at once."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any

import pytest

import resnet_explorer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

PACKAGES = (
    *("analysis", "checkpoints", "datasets", "diagrams", "experiments", "exports", "figures", "jobs", "model", "spec"),
    *("tasks", "ui"),
)
SCRIPTS = ("resnet_explorer.ui.app.main",)
"""What runs where it is imported."""


def modules(package: str) -> Iterator[ModuleType]:
    name = f"{resnet_explorer.__name__}.{package}"
    yield (whole := importlib.import_module(name))
    for each in pkgutil.walk_packages(whole.__path__, f"{name}."):
        if each.name not in SCRIPTS:
            yield importlib.import_module(each.name)


def numeric(value: Any) -> bool:
    if isinstance(value, tuple):
        return 0 < len(value) < 20 and all(map(numeric, value))
    return type(value) in (int, float, bool)


def numbers(module: ModuleType) -> Iterator[str]:
    """Named constants of a module, the defaults of its functions and classes, and how its records are kept."""
    place, own = module.__name__.partition(".")[2], assigned(module)
    for name, value in vars(module).items():
        if name in own and numeric(value):
            yield f"{place}.{name} = {value}"
        elif name in own and isinstance(value, dict):
            yield from (f"{place}.{name}[{key}] = {each}" for key, each in value.items() if numeric(each))
        elif callable(value) and getattr(value, "__module__", "") == module.__name__:
            yield from (of_class if inspect.isclass(value) else defaults)(f"{place}.{name}", value)


def of_class(place: str, what: type) -> Iterator[str]:
    """Its fields are told with the function that makes it."""
    if params := getattr(what, "__dataclass_params__", None):
        yield f"{place}: frozen={params.frozen}, order={params.order}, slots={'__slots__' in vars(what)}"
    for inner in vars(what):
        method = getattr(what, inner)  # as it is called: a tuple's `__new__` is static
        if inspect.isfunction(method) and (inner in ("__init__", "__new__") or not inner.startswith("__")):
            yield from defaults(f"{place}.{inner}", method)


def assigned(module: ModuleType) -> set[str]:
    """What a module calls by a name of its own, and does not have from another one."""
    targets = (
        target
        for each in ast.parse(inspect.getsource(module)).body
        if isinstance(each, ast.Assign | ast.AnnAssign)
        for target in (each.targets if isinstance(each, ast.Assign) else [each.target])
    )
    return {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}


def defaults(place: str, what: Callable[..., Any]) -> Iterator[str]:
    for each in inspect.signature(what).parameters.values():
        if each.default is not each.empty and numeric(each.default):
            yield f"{place}({each.name}={each.default})"


@pytest.mark.parametrize("package", PACKAGES)
def test_what_the_code_is_set_by_was_looked_at(package: str, kept: Callable[[str, str], None]) -> None:
    lines = {line for module in modules(package) for line in numbers(module)}
    kept(f"numbers/{package}.txt", "\n".join(sorted(lines)) + "\n")
