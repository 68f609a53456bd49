"""From names and shapes to a description: sizes are read, everything else is tried.

A size stands in a shape: how wide, how many blocks. Every other option of a family is set to each of its values, and
the one stays whose net has the most of the tensors. Options that several values leave with the same tensors cannot be
seen in them. So an option that is added is tried, and told of, without a word here.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.checkpoints import sizes
from resnet_explorer.checkpoints.tensors import Shape, Tensors, kept, shapes, wanted
from resnet_explorer.errors import ExplorerError
from resnet_explorer.options import Choice, Flag, Real, options_of
from resnet_explorer.spec import FAMILIES, NetSpec, cuts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resnet_explorer.checkpoints.names import RenamedTensors
    from resnet_explorer.options import Kind, Option

ROUNDS = 3
"""How often all options are tried, as long as one changes."""
UNEXPLAINED = 6
"""What a tensor that a net has not counts, against one that the file lacks: a BatchNorm that was left out, of five
tensors, does not make its convolution another one.
"""


class Unseen(NamedTuple):
    """An option that has no trace in names and shapes, and its values that leave the same tensors, in words.

    `same` are these values as the option has them; none where all numbers of a range do.
    """

    option: str
    help: str
    values: tuple[str, ...]
    same: tuple[Any, ...] = ()

    def hides(self, field: str, value: Any) -> bool:
        """Whether that value of that option leaves the same tensors."""
        return field == self.option and (not self.same or value in self.same)


class Reading(NamedTuple):
    """The description that has the most of the tensors, and the options that they do not tell."""

    spec: NetSpec
    unseen: tuple[Unseen, ...]


BEYOND = {
    "image": Unseen("image", "how large its images were", ("any size",)),
    "output_stride": Unseen("dilation", "whether strides were replaced by dilation", ("with", "without")),
    "pooling": Unseen("pooling", "pooling", ("with", "without")),
}
"""What no tensor says of any net; what an option of the net says is told by that option."""
NORM_TRACES = {
    "group": ("GroupNorm", "BatchNorm whose statistics are not in the file"),
    "none": ("nothing", "what has no weights, as InstanceNorm may"),
}
"""What leaves no other tensors than a normalisation."""


def reading(found: RenamedTensors) -> Reading | None:
    """The description of these tensors, None where they are no net of the families."""
    for name, family in sizes.SIZE_TABLES.items():
        if any(each.startswith(family.mark) and each.endswith(".weight") for each in found.own):
            start = FAMILIES[name].options()
            try:
                return _Tries(found, name, family).read(start)
            except (ExplorerError, IndexError):
                return None
    return None


def differ(read: Reading, named: Any) -> Iterator[str]:
    """The options that can be seen, and are others in a named net of the family."""
    for field, value in _telling(read.spec):
        other = getattr(named, field)
        if other != value and not any(each.hides(field, other) for each in read.unseen):
            yield field


def beyond(read: Reading, own: Tensors) -> Iterator[Unseen]:
    """What names and shapes tell of no net, or not of this one."""
    told = {each.option for each in read.unseen}
    yield from (each for option, each in BEYOND.items() if option not in told)
    norm = getattr(read.spec.options, "norm", "")
    values = NORM_TRACES.get(norm, ()) if norm == "none" or not any(map(kept, own)) else ()
    if values:
        yield Unseen("norm", "what normalises", values)


@functools.lru_cache(maxsize=4)
def _telling(spec: NetSpec) -> tuple[tuple[str, Any], ...]:
    """The options of a net that change something in it, with what they are."""
    fields = (each.field for each in options_of(type(spec.options)))
    return tuple((field, getattr(spec.options, field)) for field in fields if field not in spec.idle)


@functools.lru_cache(maxsize=1024)
def _turned(options: Any, changes: tuple[tuple[str, Any], ...]) -> Any:
    """The options with other values; None where there is no such net."""
    try:
        return dataclasses.replace(options, **dict(changes))
    except ExplorerError:
        return None


class _Tries:
    """The tries of one file, on the first blocks of each stage."""

    def __init__(self, found: RenamedTensors, name: str, family: sizes.SizeTable) -> None:
        self.name = name
        self.family = family
        self.long = family.long(found)
        self.staged = sizes.shortened(self.long)
        cut = "cut" in self.long  # then a stage may lack what the next one has
        self.short = self.staged if cut else sizes.shortened(self.long, sizes.SHORT)
        self.own = sizes.near(found, staged=cut) if self.long else found.own
        self.shapes = shapes(self.own)
        self.tried = [(each, _values(each)) for each in options_of(FAMILIES[name].options)]
        self.sized: dict[Any, Any] = {}
        self.made: dict[Any, dict[str, Shape]] = {}
        self.distances: dict[Any, int] = {}

    def read(self, start: Any) -> Reading | None:
        """The best description, beginning with a family's default; None where there is none of these sizes."""
        best = self._sized(start)
        if best is None:
            return None
        for _ in range(ROUNDS):
            before = best
            for each, values in self.tried:
                best = self._settled(best, each, values)
            if best == before:
                break
        unseen = tuple(self._unseen(best))
        return Reading(self._spec(dataclasses.replace(best, **self.long)), unseen)

    def _sized(self, options: Any) -> Any:
        """The options with the sizes that stand in the shapes."""
        if options not in self.sized:
            read = self.short | self.family.sizes(self.own, options)
            other = tuple((field, value) for field, value in read.items() if getattr(options, field) != value)
            self.sized[options] = _turned(options, other) if other else options
        return self.sized[options]

    def _settled(self, best: Any, each: Option, values: tuple[Any, ...]) -> Any:
        """The options with that value of one that has the most of the tensors; of equal ones the first."""
        tried = [made for value in values if (made := self._with(best, each.field, value)) is not None]
        return min(tried, key=self._apart) if tried else best

    def _with(self, options: Any, field: str, value: Any) -> Any:
        """The options with another value, and the sizes that go with it; None where there is no such net."""
        if getattr(options, field) == value:
            return options
        made = _turned(options, ((field, value),))
        return None if made is None else self._sized(made)

    def _apart(self, options: Any) -> int:
        """How far a net is from the file, by the tensors that only one of them has, or both in different shapes."""
        if options not in self.distances:
            self.distances[options] = self._distance(options)
        return self.distances[options]

    def _distance(self, options: Any) -> int:
        mine, theirs = self._tensors(options), self.shapes
        explained = len(mine.items() & theirs.items())
        return UNEXPLAINED * (len(theirs) - explained) + len(mine.keys() - theirs.keys())

    def _tensors(self, options: Any) -> dict[str, Shape]:
        if options not in self.made:
            self.made[options] = wanted(self._spec(options))
        return self.made[options]

    def _unseen(self, best: Any) -> Iterator[Unseen]:
        idle = self._spec(dataclasses.replace(best, **self.long)).idle
        all_cut = "residual" in self.long and not best.residual  # of the blocks that options are tried on
        for each, values in self.tried:
            if each.field == "cut" and each.field not in idle and self._cuts_hide(best):
                cut = self.long.get("cut", "")
                more = f"{'more' if cut else 'some'} whose shortcut has no weights"
                yield Unseen(each.field, each.help, (cut or "none", more), (cut,))
            if each.field in {*idle, *self.long} or (each.field == "shortcut" and all_cut):
                continue
            same = [value for value in values if self._same(best, each.field, value)]
            if len(same) > 1:
                of_choice = () if isinstance(each.kind, Real) else tuple(same)
                yield Unseen(each.field, each.help, _told(each.kind, same), of_choice)

    def _same(self, best: Any, field: str, value: Any) -> bool:
        """Whether another value leaves the same tensors; one that makes no short net is tried on all stages."""
        other = self._with(best, field, value)
        if other is not None:
            return self._tensors(best) == self._tensors(other)
        staged = dataclasses.replace(best, **self.staged)
        turned = _turned(staged, ((field, value),))
        return turned is not None and self._tensors(staged) == self._tensors(turned)

    def _cuts_hide(self, best: Any) -> bool:
        """Whether one more shortcut can be cut without a trace."""
        base = best if best.residual else _turned(best, (("residual", True),))
        more = (cuts.places(best.cut) | {place} for place in cuts.everywhere(best.blocks) - cuts.places(best.cut))
        others = (_turned(base, (("cut", cuts.canonical(each)),)) for each in more)
        return any(each is not None and self._tensors(each) == self._tensors(best) for each in others)

    def _spec(self, options: Any) -> NetSpec:
        """The net of these options, with the sizes that are no family's."""
        return NetSpec(family=self.name, options=options, **self.whole)

    @functools.cached_property
    def whole(self) -> dict[str, Any]:
        """The sizes of the net as a whole; one that the description has no word for is left to the departures."""
        known = {each.field: each for each in options_of(NetSpec)}
        read = {"classes": sizes.size(self.own, sizes.HEADS, 0), "in_channels": sizes.size(self.own, sizes.FIRST, 1)}
        return {field: n for field, n in read.items() if n and field in known and known[field].kind.holds(n)}


def _values(each: Option) -> tuple[Any, ...]:
    """The values of an option that are tried, its default first; none of a size, which is read."""
    kind = each.kind
    listed = getattr(kind, "names", ()) or getattr(kind, "values", ())
    if isinstance(kind, Flag):
        listed = True, False
    if isinstance(kind, Real):
        listed = kind.low, kind.high
    return tuple(dict.fromkeys((each.default, *listed))) if listed else ()


def _told(kind: Kind, values: list[Any]) -> tuple[str, ...]:
    """The values in words."""
    if isinstance(kind, Real):
        return (kind.allowed,)
    if isinstance(kind, Flag):
        return tuple("yes" if value else "no" for value in values)
    return tuple(kind.title(value) if isinstance(kind, Choice) else kind.text(value) for value in values)
