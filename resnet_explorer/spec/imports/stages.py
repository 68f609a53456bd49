"""The stages of a net that was seen: by the modules that hold its blocks, and by the size of their maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.spec.imports.blocks import common
from resnet_explorer.spec.ops import WEIGHTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resnet_explorer.spec.imports.structure import Seen

STEM, HEAD, UNUSED = "stem", "head", "not called"
"""What comes before the first block, after the last one, and the parameters that no operation of the sample used."""


class _Unit(NamedTuple):
    """A block, or a layer of a net without blocks, with what follows it: the module it is in, its map's side."""

    holder: str
    paths: tuple[str, ...]
    side: int


def stages(seen: Sequence[Seen], within: Mapping[str, str]) -> dict[str, str]:
    """The stage of each operation.

    A stage is the module that holds some blocks (in a net without blocks: layers) that leave maps of one size; where
    no module does, it is those that follow each other and leave one size.
    """
    found = {each.path: UNUSED for each in seen if each.op.kind == "unused"}
    run = [each for each in seen if each.path not in found]
    units, before, after = _units(run, within)
    found |= dict.fromkeys(before, STEM) | dict.fromkeys(after, HEAD)
    for name, part in _split(units, common(unit.holder for unit in units)):
        found.update(dict.fromkeys((path for unit in part for path in unit.paths), name))
    return found


def _units(run: Sequence[Seen], within: Mapping[str, str]) -> tuple[list[_Unit], list[str], list[str]]:
    """The units in order, and what comes before the first and, in a net that has blocks, after the last."""
    names = [within.get(each.path) if within else each.path * (each.op.kind in WEIGHTED) for each in run]
    ends = [place for place, name in enumerate(names) if name] or [len(run) - 1]
    last = ends[-1] + 1 if within else len(run)
    units: list[_Unit] = []
    known: dict[str, int] = {}
    for each, name in zip(run[ends[0] : last], names[ends[0] : last], strict=True):
        place = known.get(name, len(units)) if name else len(units) - 1
        if name and place == len(units):
            known[name] = place
            units.append(_Unit(name if name != each.path else each.home, (), 0))
        unit = units[place] if units else _Unit(each.home, (), 0)
        units[place : place + 1] = [unit._replace(paths=(*unit.paths, each.path), side=_side(each) or unit.side)]
    return units, [each.path for each in run[: ends[0]]], [each.path for each in run[last:]]


def _side(each: Seen) -> int:
    """The side of the map that a weighted layer gives, 0 of anything else."""
    if each.op.kind not in WEIGHTED or len(each.shape) < 2:
        return 0
    return each.shape[0 if each.op.kind == "fc" else -1]


def _split(units: Sequence[_Unit], name: str) -> list[tuple[str, Sequence[_Unit]]]:
    """The stages among units that one module holds."""
    if len({unit.side for unit in units}) < 2:
        return [(name or "layers", units)]
    prefix = common(unit.holder for unit in units)
    depth = prefix.count(".") + 1 if prefix else 0
    parts: dict[str, list[_Unit]] = {}
    for unit in units:
        parts.setdefault(".".join(unit.holder.split(".")[: depth + 1]), []).append(unit)
    if len(parts) > 1 and any(len(part) > 1 for part in parts.values()):
        return [each for part in parts for each in _split(parts[part], part)]
    sized: dict[int, list[_Unit]] = {}
    for unit in units:
        sized.setdefault(unit.side, []).append(unit)
    return [(f"{prefix}, {side} px".removeprefix(", "), part) for side, part in sized.items()]
