"""From names and shapes to a description: sizes are read, everything else is tried.

A size stands in a shape: how wide, how many blocks. Every other option of a family is set to each of its values, and
the one stays whose net has the most of the tensors. Options that several values leave with the same tensors cannot be
seen in them. So an option that is added is tried, and told of, without a word here.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.checkpoints.tensors import STATISTICS, Tensors, kept
from resnet_explorer.errors import ExplorerError
from resnet_explorer.options import Choice, Flag, Real, options_of
from resnet_explorer.spec import FAMILIES, NetSpec, ResNetOptions, VGGOptions
from resnet_explorer.spec.blocks import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resnet_explorer.options import Kind, Option
    from resnet_explorer.spec import Graph

ROUNDS = 3
"""How often all options are tried, as long as one changes."""
SHORT = 2
"""Stages, and blocks of each, that options are tried on: all further ones are as the second."""
UNEXPLAINED = 6
"""What a tensor that a net has not counts, against one that the file lacks: a BatchNorm that was left out, of five
tensors, does not make its convolution another one.
"""
NORM = "bn"

Shape = tuple[int, ...]


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


class _Family(NamedTuple):
    """How a family's sizes are read: `long` ones, which repeat what is there already, and those of its options."""

    sizes: Callable[[Tensors, Any], dict[str, Any]]
    long: Callable[[Tensors], dict[str, tuple[int, ...]]]
    mark: str


def expected(graph: Graph) -> dict[str, Shape]:
    """The tensors of a net's state_dict: learned ones, and the statistics of BatchNorm."""
    found: dict[str, Shape] = {}
    for node in graph:
        for name, shape in node.op.weights:
            found[f"{node.path}.{name}"] = shape
        if node.op.kind == NORM:
            channels = node.op.weights[0][1]
            shapes = (channels, channels, ())
            found |= {f"{node.path}.{name}": shape for name, shape in zip(STATISTICS, shapes, strict=True)}
    return found


def reading(own: Tensors) -> Reading | None:
    """The description of these tensors, None where they are no net of the families."""
    for name, family in _FAMILIES.items():
        if any(each.startswith(family.mark) and each.endswith(".weight") for each in own):
            start = FAMILIES[name].options()
            try:
                return _Tries(own, name, family).read(start)
            except (ExplorerError, IndexError):
                return None
    return None


class _Tries:
    """The tries of one file, on the first blocks of each stage; the tensors of a net are made once."""

    def __init__(self, own: Tensors, name: str, family: _Family) -> None:
        self.name = name
        self.family = family
        self.long = family.long(own)
        self.short = {field: tuple(min(count, SHORT) for count in each[:SHORT]) for field, each in self.long.items()}
        self.own = {name: tensor for name, tensor in own.items() if not (self.long and _far(name))}
        self.shapes = {name: tensor.shape for name, tensor in self.own.items()}
        self.made: dict[Any, dict[str, Shape]] = {}
        self.turned: dict[tuple[Any, str, Any], Any] = {}
        self.distances: dict[Any, int] = {}

    def read(self, start: Any) -> Reading:
        """The best description, beginning with a family's default."""
        best = self._sized(start)
        for _ in range(ROUNDS):
            before = best
            for each in options_of(type(best)):
                best = self._settled(best, each)
            if best == before:
                break
        unseen = tuple(self._unseen(best))
        return Reading(self._spec(dataclasses.replace(best, **self.long)), unseen)

    def _sized(self, options: Any) -> Any:
        """The options with the sizes that stand in the shapes."""
        sizes = self.short | self.family.sizes(self.own, options)
        other = {field: value for field, value in sizes.items() if getattr(options, field) != value}
        return dataclasses.replace(options, **other) if other else options

    def _settled(self, best: Any, each: Option) -> Any:
        """The options with that value of one that has the most of the tensors; of equal ones the first."""
        tried = [made for value in _values(each) if (made := self._with(best, each.field, value)) is not None]
        return min(tried, key=self._apart) if tried else best

    def _with(self, options: Any, field: str, value: Any) -> Any:
        """The options with another value, and the sizes that go with it; None where there is no such net."""
        if getattr(options, field) == value:
            return options
        key = options, field, value
        if key not in self.turned:
            try:
                self.turned[key] = self._sized(dataclasses.replace(options, **{field: value}))
            except ExplorerError:
                self.turned[key] = None
        return self.turned[key]

    def _apart(self, options: Any) -> int:
        """How far a net is from the file, by the tensors that only one of them has, or both in different shapes."""
        if options not in self.distances:
            self.distances[options] = self._distance(options)
        return self.distances[options]

    def _distance(self, options: Any) -> int:
        mine, theirs = self._tensors(options), self.shapes
        explained = sum(mine.get(name) == shape for name, shape in theirs.items())
        return UNEXPLAINED * (len(theirs) - explained) + len(mine.keys() - theirs.keys())

    def _tensors(self, options: Any) -> dict[str, Shape]:
        if options not in self.made:
            self.made[options] = expected(self._spec(options).graph)
        return self.made[options]

    def _unseen(self, best: Any) -> Iterator[Unseen]:
        idle = self._spec(best).idle
        for each in options_of(type(best)):
            if each.field in idle:
                continue
            same = [value for value in _values(each) if self._same(best, self._with(best, each.field, value))]
            if len(same) > 1:
                of_choice = () if isinstance(each.kind, Real) else tuple(same)
                yield Unseen(each.field, each.help, _told(each.kind, same), of_choice)

    def _same(self, best: Any, other: Any) -> bool:
        return other is not None and self._tensors(best) == self._tensors(other)

    def _spec(self, options: Any) -> NetSpec:
        """The net of these options, with the sizes that are no family's."""
        return NetSpec(family=self.name, options=options, **self.whole)

    @functools.cached_property
    def whole(self) -> dict[str, Any]:
        """The sizes of the net as a whole; one that the description has no word for is left to the departures."""
        known = {each.field: each for each in options_of(NetSpec)}
        sizes = {"classes": _size(self.own, _HEADS, 0), "in_channels": _size(self.own, _FIRST, 1)}
        return {field: n for field, n in sizes.items() if n and field in known and known[field].kind.holds(n)}


@functools.lru_cache(maxsize=16)
def wanted(spec: NetSpec) -> dict[str, Shape]:
    """The tensors of a net; not to be written to."""
    return expected(spec.graph)


def same_tensors(a: NetSpec, b: NetSpec) -> bool:
    """Whether two nets have the same tensors, by name and shape."""
    return wanted(a) == wanted(b)


_HEADS = ("fc.weight", "classifier.6.weight")
_FIRST = ("conv1.weight", "conv1.0.weight", "features.0.weight")


def _size(own: Tensors, names: tuple[str, ...], axis: int) -> int:
    """That side of the first of these tensors that is there; 0 where none is."""
    there = (own[name].shape for name in names if name in own)
    return next((shape[axis] for shape in there if len(shape) > axis), 0)


def _values(each: Option) -> tuple[Any, ...]:
    """The values of an option that are tried, its default first; none of a size, which is read."""
    kinds: dict[type, tuple[Any, ...]] = {
        Choice: getattr(each.kind, "names", ()),
        Flag: (True, False),
        Real: (getattr(each.kind, "low", 0), getattr(each.kind, "high", 0)),
    }
    values = kinds.get(type(each.kind), ())
    return tuple(dict.fromkeys((each.default, *values))) if values else ()


def _told(kind: Kind, values: list[Any]) -> tuple[str, ...]:
    """The values in words."""
    if isinstance(kind, Choice):
        return tuple(map(kind.title, values))
    return ("yes", "no") if isinstance(kind, Flag) else (kind.allowed,)


def _resnet_sizes(own: Tensors, options: ResNetOptions) -> dict[str, Any]:
    """Widths, read off the first blocks of a net that is made of such."""
    block = BLOCKS[options.block]
    ways = tuple(f"layer1.{number}" for number in range(SHORT))

    def side(name: str, axis: int) -> int:
        return _size(own, tuple(f"{way}.{name}.weight" for way in ways), axis)

    out = side(f"conv{block.convs}", 0)
    width = max(1, out // block.expansion)
    sizes: dict[str, Any] = {"width": width, "groups": 1, "group_width": 0}
    stem = side("conv1", 1)
    sizes["stem_width"] = 0 if stem == width else stem
    if block.grouped:
        inner, each = side("conv2", 0), side("conv2", 1)
        sizes["groups"] = inner // each if each and inner % each == 0 else 1
        sizes["group_width"] = 0 if inner == width else inner // max(1, sizes["groups"])
    return sizes


_BLOCK = re.compile(r"layer([1-6])\.([0-9]{1,4})\.")


def _far(name: str) -> bool:
    """Whether a tensor is of a block that options are not tried on."""
    match = _BLOCK.match(name)
    return match is not None and (int(match[1]) > SHORT or int(match[2]) >= SHORT)


def _blocks(own: Tensors) -> dict[str, tuple[int, ...]]:
    """The blocks of each stage, up to the first stage that has none."""
    most = dict.fromkeys(range(1, 8), -1)
    for name in own:
        match = _BLOCK.match(name)
        if match:
            most[int(match[1])] = max(most[int(match[1])], int(match[2]))
    stages = list(most.values())
    return {"blocks": tuple(last + 1 for last in stages[: stages.index(-1)])}


_FEATURE = re.compile(r"features\.([0-9]{1,4})\.weight")


def _vgg_sizes(own: Tensors, _options: VGGOptions) -> dict[str, Any]:
    """Convolutions, found by how far they stand from each other: a maximum in between begins a stage."""
    at = [int(match[1]) for name in own if (match := _FEATURE.fullmatch(name)) and len(own[name].shape) == 4]
    step = 3 if "features.1.weight" in own else 2
    convs = [1]
    for before, after in zip(sorted(at), sorted(at)[1:], strict=False):
        if after - before == step:
            convs[-1] += 1
        else:
            convs.append(1)
    sizes: dict[str, Any] = {"convs": tuple(convs), "width": _size(own, ("features.0.weight",), 0)}
    features = _size(own, ("classifier.0.weight",), 0)
    return sizes | ({"features": features} if features else {})


def _nothing(_own: Tensors) -> dict[str, tuple[int, ...]]:
    return {}


_FAMILIES = {"resnet": _Family(_resnet_sizes, _blocks, "layer1."), "vgg": _Family(_vgg_sizes, _nothing, "features.")}


def missing_statistics(own: Tensors) -> bool:
    """Whether there are no statistics of any normalisation."""
    return not any(map(kept, own))
