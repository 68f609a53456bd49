"""How the graphs of two nets differ: operations added, removed and changed, found by their paths."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from resnet_explorer.analysis.report import Layer, Report
    from resnet_explorer.spec.graph import Node
    from resnet_explorer.spec.ops import Op

KINDS = ("removed", "changed", "added")


class Change(NamedTuple):
    """An operation that only one of the nets has at its path, or that is another one there. `words` say what it is."""

    kind: str
    before: Layer | None
    after: Layer | None
    words: str

    @property
    def layer(self) -> Layer:
        """Where it stands: in B, or in A if B has it no more."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of them is always there
        return found

    @property
    def params(self) -> int:
        """What it changes of the parameters."""
        return (self.after.params if self.after else 0) - (self.before.params if self.before else 0)

    @property
    def macs(self) -> int:
        """What it changes of the MACs."""
        return (self.after.macs if self.after else 0) - (self.before.macs if self.before else 0)


class Fold(NamedTuple):
    """Equal changes of one stage, in several blocks: `name` is the operation's within its block."""

    kind: str
    stage: str
    name: str
    words: str
    changes: tuple[Change, ...]

    @property
    def params(self) -> int:
        """What they change of the parameters together."""
        return sum(change.params for change in self.changes)

    @property
    def macs(self) -> int:
        """What they change of the MACs together."""
        return sum(change.macs for change in self.changes)


def changes(a: Report, b: Report) -> tuple[Change, ...]:
    """Every operation that differs, stage by stage: removed, changed, added.

    An operation is changed if it is another one, or reads something else; a map of another size alone is no change.
    """
    before, after = ({layer.path: layer for layer in report.layers} for report in (a, b))
    found = [Change("removed", layer, None, _op(layer.node.op)) for path, layer in before.items() if path not in after]
    for path, layer in after.items():
        old = before.get(path)
        if old is None:
            found.append(Change("added", None, layer, _op(layer.node.op)))
        elif words := _difference(old.node, layer.node):
            found.append(Change("changed", old, layer, words))
    stages = dict.fromkeys(stage.name for report in (a, b) for stage in report.stages)
    order = {name: place for place, name in enumerate(stages)}
    return tuple(sorted(found, key=lambda change: (order[change.layer.node.stage], KINDS.index(change.kind))))


def folded(found: Iterable[Change]) -> tuple[Fold, ...]:
    """The changes with equal ones of a stage in one row."""
    groups: dict[tuple[str, str, str, str], list[Change]] = {}
    for change in found:
        node = change.layer.node
        name = node.path.removeprefix(f"{node.block}.") if node.block else node.path
        groups.setdefault((change.kind, node.stage, name, change.words), []).append(change)
    return tuple(Fold(*key, tuple(group)) for key, group in groups.items())


def frame(folds: Sequence[Fold]) -> pd.DataFrame:
    """A row for each fold."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only tables need it

    return pd.DataFrame(
        {
            "stage": [fold.stage for fold in folds],
            "change": [fold.kind for fold in folds],
            "operation": [fold.name for fold in folds],
            "what": [fold.words for fold in folds],
            "times": [len(fold.changes) for fold in folds],
            "params": [fold.params for fold in folds],
            "macs": [fold.macs for fold in folds],
            "first": [fold.changes[0].layer.path for fold in folds],
        }
    )


def _op(op: Op) -> str:
    """An operation with its sizes: conv, in channels 64, out channels 64, kernel 3."""
    pairs = ((field.name.replace("_", " "), getattr(op, field.name), field.default) for field in dataclasses.fields(op))
    return ", ".join([op.kind, *(f"{name} {value}" for name, value, default in pairs if value != default)])


def _difference(old: Node, new: Node) -> str:
    """What is another in the second, empty if nothing is. Inputs are named within their block."""
    if type(old.op) is not type(new.op):
        return f"{_op(old.op)} → {_op(new.op)}"
    parts = [
        f"{field.name.replace('_', ' ')} {getattr(old.op, field.name)} → {getattr(new.op, field.name)}"
        for field in dataclasses.fields(old.op)
        if getattr(old.op, field.name) != getattr(new.op, field.name)
    ]
    before, after = (_inputs(node) for node in (old, new))
    if before != after and not _follows(old, new):
        parts.append(f"reads {before} → {after}")
    return ", ".join(parts)


def _inputs(node: Node) -> str:
    return " and ".join(path.removeprefix(f"{node.block}.") for path in node.inputs)


def _follows(old: Node, new: Node) -> bool:
    """Whether each reads what stands before its block: another last block of the stage before it is no change here."""
    return bool(old.block) and [_outside(old, path) for path in old.inputs] == [_outside(new, p) for p in new.inputs]


def _outside(node: Node, path: str) -> str:
    return path if path.startswith(f"{node.block}.") else ""
