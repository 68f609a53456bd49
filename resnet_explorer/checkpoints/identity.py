"""Which net some weights are: its description, its departures from the named nets, and what nobody can know of it."""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.conventions import plural
from resnet_explorer.checkpoints import departures, files, names, safetensors
from resnet_explorer.checkpoints.foreign import OTHER_BLOCKS, foreign
from resnet_explorer.checkpoints.reading import Reading, Unseen, beyond, differ, reading
from resnet_explorer.checkpoints.tensors import (
    Tensor,
    Tensors,
    expected,
    kept,
    learned,
    same_tensors,
    total,
    wanted,
)
from resnet_explorer.errors import UnknownNet, shown
from resnet_explorer.options import options_of
from resnet_explorer.spec import PRESETS, Graph, NetSpec, Preset, title, to_query

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.checkpoints.departures import Departure
    from resnet_explorer.checkpoints.names import RenamedTensors

_CIFAR = (20, 32, 44, 56, 110)
PAPER = (
    *("resnet18", "resnet34", "resnet50_v1", "resnet101_v1", "resnet152_v1", "plain18", "plain34"),
    *(f"cifar_resnet{depth}" for depth in (*_CIFAR, 1202)),
    *(f"cifar_plain{depth}" for depth in _CIFAR),
    *("vgg11", "vgg13", "vgg16", "vgg19"),
)
"""The nets of arXiv:1512.03385, and those of arXiv:1409.1556."""
LEAST = 0.5
"""Share of a net's tensors that must be there, under their names and in their shapes, for a file to be called that net.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """A file held against a named net: the departures add up to the difference of their parameters.

    Attributes:
        name: the named net's name, as `preset` takes it.
        params: its parameters.
        departures: what is otherwise in the file, each with its cost in parameters.
    """

    name: str
    params: int
    departures: tuple[Departure, ...]

    @property
    def title(self) -> str:
        """What the named net is called."""
        return PRESETS[self.name].title


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What some weights are.

    Attributes:
        spec: the net that has most of the tensors.
        same: the named nets that have exactly that net's tensors, but for the number of classes.
        params: the parameters of the file; all that is neither a statistic of BatchNorm nor whole numbers is learned.
        tensors: how many there are in the file.
        nearest: the file against the nearest named net.
        paper: the file against the nearest net of the paper: arXiv:1512.03385, for a VGG arXiv:1409.1556.
        unseen: what names and shapes do not tell.
        fitted: sentences of what was done to the names to find the net.
    """

    spec: NetSpec
    same: tuple[str, ...]
    params: int
    tensors: int
    nearest: Against
    paper: Against
    unseen: tuple[Unseen, ...]
    fitted: tuple[str, ...]

    @property
    def title(self) -> str:
        """What people call the net."""
        return title(self.spec)

    @property
    def query(self) -> str:
        """The net as a link holds it: `from_query` and the pages of the app open it."""
        return to_query(self.spec)

    @property
    def exact(self) -> bool:
        """Whether the file has the tensors of that net, all of them and no others."""
        return not any(departure.tensors for departure in self.nearest.departures)

    def __repr__(self) -> str:
        many = plural(self.params, "parameter"), plural(len(self.nearest.departures), "departure")
        return f"<Identity: {self.title}, {', '.join(many)}>"


def identify(source: Any) -> Identity:
    """Say which net some weights are, from the names and shapes of their tensors alone.

    Args:
        source: a state_dict, also one in a dictionary as trainings save it, a module, a described net, or a path:
            `.safetensors`, of which the header alone is read, without torch, or what `torch.save` wrote, which is
            looked through before torch opens it on the device "meta".

    Raises:
        Unreadable: a file that is broken, of another kind, or asks for code to be run.
        UnknownNet: weights of a net that none of the families describes.
        Missing: torch, which opens what it wrote, is not installed.
    """
    held = files.weights(source) if isinstance(source, str | os.PathLike) else _weights(source)
    if isinstance(held, safetensors.Header):
        return of_tensors(held.tensors)
    if isinstance(getattr(held, "graph", None), Graph):
        return of_tensors({name: Tensor(shape) for name, shape in expected(held.graph).items()})
    table, fitted = names.table(held)
    return of_tensors(names.tensors(table), fitted)


def _weights(source: Any) -> Any:
    """The state_dict of a module; anything else as it is."""
    return source.state_dict() if callable(getattr(source, "state_dict", None)) else source


def identify_header(raw: bytes, size: int) -> Identity:
    """The same for the header of a safetensors file of that size, which is all that a browser sends of it."""
    return of_tensors(safetensors.parsed(raw, size).tensors)


def of_tensors(tensors: Tensors, fitted: tuple[str, ...] = ()) -> Identity:
    """The same for tensors of which names and shapes are known."""
    found = names.torchvision_names(tensors)
    read = reading(found)
    _look(read, found, tensors)
    assert read is not None  # noqa: S101 - looked at just now
    read, same = _named(read, found.lines)
    nearest, paper = (_nearest(read, among) for among in (same or PRESETS.names, _paper(same)))
    against = {preset.name: _against(read, found, preset) for preset in (nearest, paper)}
    named = PRESETS[same[0]].spec if same else nearest.spec
    return Identity(
        spec=_with_sizes(named, read.spec) if same else departures.like(read, named),
        same=same,
        params=departures.params(read.spec) if found.only(read.spec) else total(tensors),
        tensors=len(tensors),
        nearest=against[nearest.name],
        paper=against[paper.name],
        unseen=(*read.unseen, *beyond(read, found.own)),
        fitted=(*fitted, *found.fitted),
    )


def _look(read: Reading | None, found: RenamedTensors, tensors: Tensors) -> None:
    """Refuse what is no net of the families, or only begins like one."""
    own = found.own
    if read is not None and found.has(read.spec):
        return
    if read is not None:
        mine = {name: shape for name, shape in wanted(read.spec).items() if not kept(name)}
        there = sum(name in own and own[name].shape == shape for name, shape in mine.items())
        most = 2 * there >= sum(learned(name, tensor) > 0 for name, tensor in own.items())
        called = foreign(own)
        if there >= LEAST * len(mine) and (not called or (most and called not in OTHER_BLOCKS)):
            return
    known = "known are ResNet, its heirs and VGG, under the names of torchvision, timm, transformers or detectron2"
    first = f"the first of {plural(len(tensors), 'tensor')}: {shown(next(iter(tensors), ''))}"
    raise UnknownNet(
        f"these are the weights of another net: {foreign(tensors) or 'of no known kind'}; {first}; {known}"
    )


def _named(read: Reading, lines: str) -> tuple[Reading, tuple[str, ...]]:
    """The named nets of the same tensors, and the reading with the number of classes that such a net has by itself."""
    spec = read.spec
    kin = (preset for preset in PRESETS if preset.spec.family == spec.family)
    near = [preset for preset in kin if all(f in departures.TOGETHER for f in differ(read, preset.spec.options))]
    same = tuple(p.name for p in near if same_tensors(_with_sizes(p.spec, spec), spec))
    if same and not any(f"\n{head}." in f"\n{lines}" for head in departures.HEADS):
        read = read._replace(spec=_with_sizes(spec, PRESETS[same[0]].spec))
    return read, same


def _with_sizes(spec: NetSpec, other: NetSpec) -> NetSpec:
    """A net with the sizes of another one, but for its image."""
    sizes = {each.field: getattr(other, each.field) for each in options_of(NetSpec) if each.field != "image"}
    return dataclasses.replace(spec, **sizes)


def _counts(spec: NetSpec) -> tuple[int, ...]:
    """How many blocks or convolutions its stages have."""
    counts: tuple[int, ...] = getattr(spec.options, "blocks", None) or spec.options.convs
    return counts


def _paper(same: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in same if name in PAPER) or PAPER


def _nearest(read: Reading, among: Iterable[str]) -> Preset:
    """The named net of the fewest departures; of several, the one whose departures cost least."""
    far = {name: _distance(read, PRESETS[name]) for name in among}
    least = min(far.values())
    near = [PRESETS[name] for name, distance in far.items() if distance == least]
    return min(near, key=lambda each: _cost(read, each)) if least[0] and len(near) > 1 else near[0]


def _cost(read: Reading, preset: Preset) -> int:
    """The parameters that the choices cost by which a net departs from a named one, more and fewer alike."""
    steps = departures.by_choice(preset.spec, departures.like(read, preset.spec))
    return sum(abs(each.params) for each in steps)


def _against(read: Reading, found: RenamedTensors, preset: Preset) -> Against:
    """The file held against a named net."""
    end = departures.like(read, preset.spec)
    every = (*departures.by_choice(preset.spec, end), *departures.by_tensor(end, found))
    return Against(name=preset.name, params=departures.params(preset.spec), departures=every)


def _distance(read: Reading, preset: Preset) -> tuple[int, int, float]:
    """How far a named net is: by its family, the options that can be seen, and how many blocks and filters it has."""
    spec, other = read.spec.options, preset.spec.options
    if preset.spec.family != read.spec.family:
        return 99, 0, 0
    blocks = zip_longest(_counts(read.spec), _counts(preset.spec), fillvalue=0)
    return (
        len([*differ(read, preset.spec.options)]),
        sum(abs(a - b) for a, b in blocks),
        abs(spec.width / other.width - 1),
    )
