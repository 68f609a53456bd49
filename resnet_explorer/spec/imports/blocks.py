"""The blocks of a net that was seen: around each shortcut, the smallest module that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.ops import WEIGHTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from resnet_explorer.spec.imports.dominators import Fork
    from resnet_explorer.spec.imports.structure import Seen


def blocks(seen: Sequence[Seen], forks: Mapping[str, Fork]) -> dict[str, str]:
    """The block of each operation that belongs to one.

    `forks` says where the ways into each addition part. A block is the module that holds all between and the addition,
    or nothing but what lies between; else that is a block by itself, named as its addition. Of blocks within a block
    the outer one counts, unless several lie in it: then it is a skip over all of these.
    """
    homes = {each.path: each.home for each in seen}
    loose = {each.path for each in seen if each.op.kind in WEIGHTED and not each.home}
    regions: dict[str, set[str]] = {}
    for join, fork in forks.items():
        name = _module(join, fork, homes, loose)
        regions.setdefault(name, set()).update(fork.region, {join})
    members = {name: _members(name, region, homes) for name, region in regions.items()}
    within: dict[str, str] = {}
    for name in sorted(_chosen(members), key=lambda name: -len(members[name])):
        within.update(dict.fromkeys(members[name], name))
    return within


def _module(join: str, fork: Fork, homes: Mapping[str, str], loose: AbstractSet[str]) -> str:
    """The smallest module that holds what lies between, and the addition, if it stands in one; else the addition."""
    around = [home for path in fork.region if (home := homes[path])]
    beside = common(around)
    alone = beside and _members(beside, set(), homes) <= fork.region and not loose & fork.region
    return common((*around, homes[join])) or (beside if alone else join)


def common(paths: Iterable[str]) -> str:
    """The path that all of these begin with."""
    first, *others = [path.split(".") for path in paths] or [[]]
    for other in others:
        while first != other[: len(first)]:
            first.pop()
    return ".".join(first)


def _members(name: str, region: set[str], homes: Mapping[str, str]) -> set[str]:
    return region | {path for path, home in homes.items() if home == name or home.startswith(f"{name}.")}


def _chosen(members: Mapping[str, set[str]]) -> set[str]:
    """The blocks that count; each has its members."""
    chosen = set(members)
    for name in sorted(members, key=lambda name: len(members[name])):
        inner = {other for other in chosen if other != name and members[other] < members[name]}
        if len(inner) > 1:
            chosen.discard(name)
        else:
            chosen -= inner
    return chosen
