"""How a file departs from a named net: by choices, as Compare has them, and by tensors that no choice explains.

Each departure has its cost in parameters; together they are the difference between the file and the named net, exactly.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.analysis.compare import substitutions
from resnet_explorer.checkpoints.tensors import Tensor, Tensors, kept, learned, same_tensors, told, wanted
from resnet_explorer.errors import ExplorerError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resnet_explorer.checkpoints.names import RenamedTensors
    from resnet_explorer.checkpoints.reading import Reading
    from resnet_explorer.spec import NetSpec, Node


class Departure(NamedTuple):
    """One thing in which a file is not the named net: what, from what to what, and its cost in parameters.

    `tensors` are the names of those that it is seen by, where no choice explains them.
    """

    name: str
    title: str
    change: str
    params: int
    tensors: tuple[str, ...] = ()


KNOWN = (
    (re.compile(r"\.se\.conv\."), "efficient channel attention"),
    (re.compile(r"^maxpool\."), "a convolution in the place of the stem's pooling"),
    (re.compile(r"\.(?:aa|filt)(?:\.|$)"), "blur pool"),
    (re.compile(r"^n_averaged$"), "the counter of averaged weights"),
    (re.compile(r"^aux"), "an auxiliary classifier"),
)
"""What further tensors are known to be, by their names."""

TOGETHER = ("residual", "shortcut")
"""Options of which two values together may leave the tensors of two others: plain, and shortcuts without weights."""
HEADS = {"fc", "classifier"}
_NUMBERS = re.compile(r"(?<=\.)\d+(?=\.)|(?<=^layer)\d+")


@functools.lru_cache(maxsize=64)
def params(spec: NetSpec) -> int:
    """The parameters of a net."""
    return sum(node.op.params for node in spec.graph)


def by_choice(start: NetSpec, end: NetSpec) -> Iterator[Departure]:
    """The choices that turn one net into another, each with its share of the parameters."""
    before = params(start)
    for step, change, spec in substitutions(start.bare, end.bare):
        after = params(spec)
        yield Departure(step.name, step.title, change, after - before)
        before = after


def like(reading: Reading, named: NetSpec) -> NetSpec:
    """The net of a reading, with what cannot be seen as the named net has it, and with its image."""
    spec = reading.spec
    fields = [*(each.option for each in reading.unseen), *TOGETHER] if spec.family == named.family else []
    for field in dict.fromkeys(fields):
        value = getattr(named.options, field, None)
        if getattr(spec.options, field, None) != value:
            hidden = any(each.hides(field, value) for each in reading.unseen)
            spec = _with(spec, field, value, proven=hidden)
    return dataclasses.replace(spec, image=named.image)


def _with(spec: NetSpec, field: str, value: Any, *, proven: bool) -> NetSpec:
    """The net with another value of an option, if it has the same tensors then."""
    if not proven and field not in TOGETHER:
        return spec
    try:
        other = spec.having(**{field: value})
    except ExplorerError:
        return spec
    return other if proven or same_tensors(other, spec) else spec


def by_tensor(spec: NetSpec, found: RenamedTensors) -> Iterator[Departure]:
    """What of the file is not as this net has it, equal things in one row."""
    own, mine = found.own, wanted(spec)
    if found.only(spec):
        return
    nodes = {node.path: node for node in spec.graph}
    rows: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for name, shape in mine.items():
        if name not in own:
            row = _missing(name, nodes[name.rpartition(".")[0]], own)
            rows.setdefault(row, []).append((name, -learned(name, Tensor(shape))))
        elif own[name].shape != shape:
            row = _changed(name, shape, own[name], spec)
            rows.setdefault(row, []).append((name, learned(name, own[name]) - learned(name, Tensor(shape))))
        elif not own[name].floating and not kept(name):
            row = ("type", "types of numbers", f"whole numbers, which are not learned, in {_pattern(name)}")
            rows.setdefault(row, []).append((name, -learned(name, Tensor(shape))))
    for name, tensor in own.items():
        if name not in mine:
            row = _further(name, nodes)
            rows.setdefault(row, []).append((found.called.get(name, name), learned(name, tensor)))
    for name, tensor in found.rest.items():
        row = ("beside", "beside the net", f"{told(name.partition('.')[0])}: not below {shown(found.prefix)}")
        rows.setdefault(row, []).append((name, learned(name, tensor)))
    for (kind, title, change), each in rows.items():
        yield Departure(kind, title, _counted(change, len(each)), sum(n for _, n in each), tuple(n for n, _ in each))


def _counted(change: str, tensors: int) -> str:
    return change if tensors == 1 else f"{change} ({tensors} tensors)"


def _missing(name: str, node: Node, own: Tensors) -> tuple[str, str, str]:
    """What a tensor is called that a net has and the file has not."""
    if name.partition(".")[0] in HEADS:
        whole = not any(other.partition(".")[0] in HEADS for other in own)
        return ("head", "head", "no classifier" if whole else f"without {_pattern(name)}")
    if kept(name):
        return "statistics", "statistics of BatchNorm", f"without {name.rpartition('.')[2]}"
    if node.op.kind in {"bn", "gn"} and node.shortcut:
        return "shortcut_norm", "normalisation on shortcuts", "missing"
    if node.op.kind in {"bn", "gn"}:
        return "norm", "normalisation", f"missing in {_pattern(node.path)}"
    if name.endswith(".bias"):
        return "bias", "biases of convolutions", f"missing in {_pattern(node.path)}"
    return "missing", "missing layers", f"without {_pattern(node.path)}"


def _changed(name: str, shape: tuple[int, ...], tensor: Tensor, spec: NetSpec) -> tuple[str, str, str]:
    """What a tensor of another shape is called."""
    first = spec.graph.nodes[0].path
    sizes = f"{_sizes(shape)} → {_sizes(tensor.shape)}"
    if name == f"{first}.weight" and tensor.shape[:1] + tensor.shape[2:] == shape[:1] + shape[2:]:
        return "input", "input channels", f"in_channels {shape[1]} → {tensor.shape[1]}"
    if name == f"{first}.weight":
        return "stem", "stem", f"{name} {sizes}"
    if name.partition(".")[0] in HEADS:
        return "head", "head", f"{name} {sizes}"
    return "shape", "shapes", f"{_pattern(name)} {sizes}"


def _further(name: str, nodes: dict[str, Node]) -> tuple[str, str, str]:
    """What a tensor is called that the net has not."""
    path, _, last = name.rpartition(".")
    if last == "bias" and path in nodes and nodes[path].op.kind == "conv":
        return "bias", "biases of convolutions", "added"
    words = next((words for pattern, words in KNOWN if pattern.search(name)), "")
    if name.partition(".")[0] in HEADS:
        return "head", "head", f"another one: {_pattern(path)}"
    if path in nodes and nodes[path].op.kind in {"bn", "gn"}:
        return "statistics", "statistics of BatchNorm", f"with {last}"
    where = _pattern(path or name)
    return "further", "further tensors", f"{where}: {words}" if words else where


def _pattern(name: str) -> str:
    """A name with a star for each number: equal layers of all blocks are one row."""
    return told(_NUMBERS.sub("*", name))


def _sizes(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape)) or "one number"


def total(departures: Iterable[Departure]) -> int:
    """What they cost together."""
    return sum(each.params for each in departures)
