"""Which modules of a net are written as one class: those that are alike but for numbers, and for what some lack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.exports.pytorch.scope import Scope
from resnet_explorer.spec.forward import EXPRESSIONS, Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from resnet_explorer.spec.graph import Node
    from resnet_explorer.spec.ops import Op, Shape


class Operation(NamedTuple):
    """An operation of a module: its path there, what it is, what it reads there ("" where that is from outside)."""

    path: str
    kind: type[Op]
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Class:
    """Modules that are written as one class; `full` has all that any of them has, `out` are the channels they give."""

    name: str
    full: Group
    groups: tuple[Group, ...]
    scope: Scope
    out: tuple[int, ...]


def nodes(group: Group) -> Iterator[Node]:
    """All operations below a module."""
    for item in group.items:
        if isinstance(item, Group):
            yield from nodes(item)
        else:
            yield item


def written(group: Group) -> Iterator[Group]:
    """The modules below one that are neither layers nor rows of modules, the innermost first."""
    for item in group.items:
        if isinstance(item, Group):
            yield from written(item)
            if not item.chain:
                yield item


def classes(net: Group, names: Mapping[str, str], shapes: Mapping[str, Shape], expansion: int) -> list[Class]:
    """The classes of a net's modules; `expansion` is what a block's width is multiplied by in its output."""
    roles: dict[str, list[Group]] = {}
    for group in written(net):
        own = group.path.rpartition(".")[2]
        roles.setdefault(names.get("block" if group.block else own, own.title()), []).append(group)
    made: list[Class] = []
    for role, all_of_it in roles.items():
        for name, alike in _divided(role, all_of_it):
            out = tuple(shapes[group.output][0] for group in alike)
            sizes = _sizes(alike, [shapes[group.inputs[0]][0] for group in alike], [n // expansion for n in out])
            first = [group is all_of_it[0] for group in alike]
            made.append(Class(name, max(alike, key=_length), tuple(alike), Scope(sizes, first), out))
    return made


def _divided(name: str, groups: Sequence[Group]) -> Iterator[tuple[str, list[Group]]]:
    """As few classes as can be written without asking in the forward pass, by name."""
    found: list[list[Group]] = []
    for group in sorted(groups, key=_length, reverse=True):
        same = next((each for each in found if _without(_parts(each[0]), _parts(group))), None)
        if same is None:
            found.append([group])
        else:
            same.append(group)
    for number, alike in enumerate(sorted(found, key=len, reverse=True)):
        projects = any(node.shortcut for node in nodes(alike[0]))
        title = name if not number else f"Projecting{name}" if projects and number == 1 else f"{name}{number + 1}"
        yield title, [group for group in groups if group in alike]


def _length(group: Group) -> int:
    return len([*nodes(group)])


def _parts(group: Group) -> tuple[Operation, ...]:
    """What a module does, by paths within it."""
    own = {node.path: node.path[len(group.path) + 1 :] for node in nodes(group)}
    return tuple(
        Operation(own[node.path], type(node.op), tuple(own.get(path, "") for path in node.inputs))
        for node in nodes(group)
    )


def _without(whole: Sequence[Operation], part: Sequence[Operation]) -> bool:
    """Whether the part is the whole with an identity in the place of what it lacks."""
    left = {each.path: each for each in part}
    stands_for = {"": ""}
    for each in whole:
        reads = tuple(stands_for[path] for path in each.reads)
        if each.path not in left:
            if each.kind.kind in EXPRESSIONS:
                return False  # it stands in the forward pass, which asks nothing
            stands_for[each.path] = reads[0]
        elif left.pop(each.path) == each._replace(reads=reads):
            stands_for[each.path] = each.path
        else:
            return False
    return not left and stands_for[whole[-1].path] == part[-1].path


def _sizes(groups: Sequence[Group], channels: list[int], planes: list[int]) -> dict[str, list[int]]:
    """What each of the modules may be told."""
    if not groups[0].block:
        return {"channels": channels}
    ops = [[node.op for node in nodes(group)] for group in groups]
    told = {name: [max(getattr(op, name, 1) for op in each) for each in ops] for name in ("stride", "dilation")}
    return {"in_channels": channels, "planes": planes, **told}
