"""The tensors of a net among those of a file: what wraps them, what stands before their names, what they are called."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.conventions import plural
from resnet_explorer.checkpoints.spelling import renamed
from resnet_explorer.checkpoints.tensors import Shape, Tensor, Tensors, kept, lines, shapes, wanted
from resnet_explorer.errors import Unreadable, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from resnet_explorer.spec import NetSpec

DEEPEST = 4
"""Dictionaries within dictionaries that are looked into."""
WRAPPERS = re.compile(r"(?:^|(?<=\.))(?:(?:module|_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module)\.)+")
"""What data parallelism, torch.compile and the like put into names."""
SECOND = re.compile(r"(?:^|[._])(?:ema|teacher|momentum|key|k|target)(?:[._]|$)")
"""What a second set of weights is called, which follows the first."""

_ANCHORS = {
    ".0.conv1.weight": re.compile(r"^(.*?)(?:layer1|(?<!\w)(?:4|res2))\.0\.conv1\.weight$"),
    "features.0.weight": re.compile(r"^(.*?)features\.0\.weight$"),
    ".0.layer.0.convolution.weight": re.compile(
        r"^(.*?)(?:resnet\.)?(?<!regnet\.)encoder\.stages\.0\.layers\.0\.layer\.0\.convolution\.weight$"
    ),
    ".0.residual_function.0.weight": re.compile(r"^(.*?)conv2_x\.0\.residual_function\.0\.weight$"),
}
"""By these a net is found, and what stands before its names; each under how such names end."""


@dataclass(frozen=True)
class RenamedTensors:
    """A net's tensors under torchvision's names, the others of the file, and sentences of what was changed.

    `lines` are the net's names, each in a line, for patterns; `called` gives a tensor's name in the file.
    """

    own: Tensors
    lines: str
    rest: Tensors
    fitted: tuple[str, ...]
    called: dict[str, str]
    prefix: str = ""

    @functools.cached_property
    def shapes(self) -> dict[str, Shape]:
        """The shapes of the net's tensors."""
        return shapes(self.own)

    @functools.cached_property
    def whole(self) -> list[str]:
        """Those of the net's tensors that are whole numbers and no statistics."""
        return [name for name, tensor in self.own.items() if not (tensor.floating or kept(name))]

    @functools.cached_property
    def _compared(self) -> dict[NetSpec, bool]:
        return {}

    def has(self, spec: NetSpec) -> bool:
        """Whether the tensors are those of this net; thousands are compared once, however often that is asked."""
        if spec not in self._compared:
            self._compared[spec] = wanted(spec) == self.shapes
        return self._compared[spec]

    def only(self, spec: NetSpec) -> bool:
        """Whether the file has the tensors of this net, and nothing else."""
        return self.has(spec) and not (self.rest or self.whole)


def table(source: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The weights in what was saved, and sentences of where they lay: {"epoch": 3, "state_dict": {...}}.

    Raises:
        Unreadable: there are none.
    """
    if not hasattr(source, "items"):
        allowed = "a state_dict, a module, or the path of a file"
        message = f"this is of the type {type(source).__name__} and holds no weights by name; allowed: {allowed}"
        raise Unreadable(message)
    tables = list(_tables(source))
    if not tables:
        message = f"no tensors are in this: it holds {shown([*map(str, list(source)[:4])], 80)}"
        raise Unreadable(message)
    path, most = max(tables, key=lambda each: (SECOND.search(".".join(each[0])) is None, len(each[1])))
    fitted = [f"the weights lie in {shown('.'.join(path))}"] if path else []
    others = [f"{_lying(other, held)} ({plural(len(held), 'tensor')})" for other, held in tables if other != path]
    fitted += [f"beside them lies {', '.join(others[:3])}, which is not looked at"] if others else []
    return most, tuple(fitted)


def _lying(path: tuple[str, ...], held: Mapping[str, Any]) -> str:
    """A table by its path; the outermost one, which has none, by its first tensor."""
    return shown(".".join(path)) if path else f"{shown(next(iter(held)))}{' and others' if len(held) > 1 else ''}"


def _tables(source: Mapping[Any, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The tables of weights, each once and by its shortest path: one that holds itself has more than anybody can go."""
    waiting: deque[tuple[tuple[str, ...], Any]] = deque([((), source)])
    met = {id(source)}
    while waiting:
        path, table = waiting.popleft()
        named = [(key, value) for key, value in _items(table) if isinstance(key, str)]
        held = {key: value for key, value in named if not hasattr(value, "items") and _shaped(key, value)}
        if held:
            yield path, held
        for key, value in named if len(path) < DEEPEST else ():
            if hasattr(value, "items") and id(value) not in met:
                met.add(id(value))
                waiting.append(((*path, key), value))


def _items(source: Mapping[Any, Any]) -> Iterable[tuple[Any, Any]]:
    """What it holds; a file may say what the attributes of its dictionaries are, `items` too."""
    return dict.items(source) if isinstance(source, dict) else source.items()


def _shaped(name: str, value: Any) -> bool:
    """Whether it is a tensor, of whatever library: it has a shape, of whole numbers."""
    try:
        shape = getattr(value, "shape", None)
    except RuntimeError as error:
        message = f"{shown(name)} is lazy and has no shape yet; run the module once, so that it has"
        raise Unreadable(message) from error
    return isinstance(shape, Iterable) and all(hasattr(side, "__index__") for side in shape)


def tensors(held: Mapping[str, Any]) -> Tensors:
    """What is known of each of the tensors of a state_dict, whatever library they are of."""
    return {name: Tensor(tuple(map(int, each.shape)), _floating(each)) for name, each in held.items()}


def _floating(tensor: Any) -> bool:
    return any(word in str(getattr(tensor, "dtype", "float")) for word in ("float", "complex"))


def torchvision_names(named: Tensors) -> RenamedTensors:
    """The tensors of the net in a file, under torchvision's names."""
    together = lines(named)
    lean, wrapped = _unwrapped(named, together)
    prefix, fitted = _prefix(lean, lines(lean) if wrapped else together), []
    if wrapped:
        fitted.append(f"{shown(wrapped)} is taken out of the names")
    if prefix:
        fitted.append(f"{shown(prefix)} is taken from the front of the names")
    inside = {name[len(prefix) :]: lean[name] for name in lean if name.startswith(prefix)} if prefix else lean
    other, words = renamed(inside, together)
    if not (wrapped or prefix or other):
        return RenamedTensors(named, together, {}, tuple(words), lean)
    called = {other.get(name, name): original for name, original in inside.items()}
    own = {name: named[original] for name, original in called.items()}
    rest = {name: named[original] for name, original in lean.items() if not name.startswith(prefix)}
    return RenamedTensors(own, lines(own), rest, tuple(fitted + words), called, prefix)


def _unwrapped(named: Tensors, together: str) -> tuple[dict[str, str], str]:
    """The names without what wrappers add, each with the name in the file; and what was taken out."""
    wrapped = "module." in together or "_orig_mod." in together
    lean = {WRAPPERS.sub("", name): name for name in named} if wrapped else {}
    if len(lean) < len(named):
        return dict(zip(named, named, strict=True)), ""
    first = next((match for match in map(WRAPPERS.search, named) if match), None)
    return lean, first[0].strip(".") + "." if first else ""


def _prefix(names: dict[str, str], together: str) -> str:
    """What stands before the names of the net; of several the first set of weights, then the larger."""
    for end, anchor in _ANCHORS.items():
        before = f"{together}\n".split(f"{end}\n")[:-1]  # few of thousands of lines
        ending = (part[part.rfind("\n") + 1 :] + end for part in before)
        fronts = [match[1] for name in ending if (match := anchor.match(name))]
        if len(set(fronts)) == 1:
            return fronts[0]
        if fronts:
            ordered = sorted(names)
            size = {front: _beginning(ordered, front) for front in dict.fromkeys(fronts)}
            return max(size, key=lambda front: (SECOND.search(front) is None, size[front], -len(front)))
    return ""


def _beginning(ordered: list[str], front: str) -> int:
    """How many of these names begin so; a hostile file has as many fronts as names."""
    kept = front.rstrip("\U0010ffff")  # after the last letter there is none
    end = bisect_left(ordered, kept[:-1] + chr(ord(kept[-1]) + 1)) if kept else len(ordered)
    return end - bisect_left(ordered, front)
