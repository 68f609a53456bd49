"""The stages of a net that was seen: by the modules that hold its blocks, and by the size of their maps."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.spec.imports.blocks import common
from resnet_explorer.spec.ops import WEIGHTED

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from resnet_explorer.spec.imports.structure import Seen

STEM, HEAD, UNUSED, LOOSE = "stem", "head", "not called", "layers"
"""What comes before the first block, after the last one, the parameters that no operation of the sample used, and
layers that no module holds, with others behind them.
"""


MOST = 0.6
"""The share of a module's blocks that leave a map as large as its last one does, where they are a stage."""


class _Unit(NamedTuple):
    """A block, or a layer of a net without blocks, with what follows it: the module it is in, its map's side.

    `heavy` tells blocks from the layers between them; in a net without blocks, all are.
    """

    holder: str
    paths: tuple[str, ...]
    side: str
    heavy: bool


def stages(seen: Sequence[Seen], within: Mapping[str, str], gates: Container[str]) -> dict[str, str]:
    """The stage of each operation.

    A stage is the module that holds some blocks (in a net without blocks: layers) that leave maps of one size; where
    no module does, it is those that leave one size.
    """
    found = {each.path: UNUSED for each in seen if each.op.kind == "unused"}
    run = [each for each in seen if each.path not in found]
    first, last = 0, len(run)
    if within:
        places = [place for place, each in enumerate(run) if each.path in within]
        first, last = places[0], places[-1] + 1
    found |= {each.path: STEM for each in run[:first]} | {each.path: HEAD for each in run[last:]}
    units = _units(run[first:last], within, gates)
    for name, part in _split(units, common(unit.holder for unit in units)):
        found.update(dict.fromkeys((path for unit in part for path in unit.paths), name))
    return found


def _units(run: Sequence[Seen], within: Mapping[str, str], gates: Container[str]) -> list[_Unit]:
    """The blocks in order, and between them the layers, each with what follows it in the same module."""
    units: list[_Unit] = []
    known: dict[str, int] = {}
    for each in run:
        name = within.get(each.path)
        if name:
            place = known.setdefault(name, len(units))
        else:
            joined = units and (not each.home or units[-1].holder == each.home) and each.op.kind not in WEIGHTED
            place = len(units) - 1 if joined else len(units)
        if place == len(units):
            units.append(
                _Unit(each.home if name in {None, each.path} else name or "", (), "", not within or bool(name))
            )
        side = "" if each.path in gates else _side(each)
        units[place] = units[place]._replace(paths=(*units[place].paths, each.path), side=side or units[place].side)
    return _sided(units)


def _side(each: Seen) -> str:
    """The side of the map that a weighted layer gives, in words; empty of anything else."""
    if each.op.kind not in WEIGHTED or len(each.shape) < 2:
        return ""
    if each.op.kind == "fc":
        return f"length {each.shape[0]}"
    return {2: "length {}", 3: "{} px"}.get(len(each.shape), "side {}").format(each.shape[-1])


def _sided(units: Sequence[_Unit]) -> list[_Unit]:
    """The units; one that says no side has that of the one before."""
    side, found = "", []
    for unit in units:
        side = unit.side or side
        found.append(unit._replace(side=side))
    return found


def _split(units: Sequence[_Unit], name: str) -> list[tuple[str, Sequence[_Unit]]]:
    """The stages among units that one module holds: it is one where nearly all leave maps of one size."""
    sides = Counter(unit.side for unit in units)
    if (
        len(sides) == 1
        or not any(unit.heavy for unit in units)
        or (name and sides[units[-1].side] >= MOST * len(units))
    ):
        return [(name or LOOSE, units)]
    prefix = common(unit.holder for unit in units)
    depth = prefix.count(".") + 1 if prefix else 0
    parts: dict[str, list[_Unit]] = {}
    held = [".".join(unit.holder.split(".")[: depth + 1]) for unit in units]
    loose = LOOSE if "" in held and any(held[held.index("") :]) else HEAD
    for place, unit in enumerate(units):
        parts.setdefault(held[place] or loose, []).append(unit)
    if len(parts) > 1 and (len(sides) == len(parts) or any(sum(u.heavy for u in part) > 1 for part in parts.values())):
        return [each for part in parts for each in _split(parts[part], part)]
    return [
        (
            f"{prefix}, {side}".removeprefix(", ") if side else prefix or LOOSE,
            [u for u in units if u.side == side],
        )
        for side in sides
    ]
