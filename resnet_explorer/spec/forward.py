"""A graph as the modules that its paths name, and the forward pass of each as the Python that a person would write."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count
from keyword import iskeyword
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, Union

from resnet_explorer.spec.graph import Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from resnet_explorer.spec.graph import Graph

EXPRESSIONS = {
    "add": "{} + {}",
    "mul": "{} * {}",
    "mix": "torch.lerp({1}, {0}, {2})",
    "row": "{}.flatten(1).unsqueeze(1)",
    "map": "{}.flatten(1)[:, :, None, None]",
}
"""The kinds of operations that are no modules, each as an expression of its inputs."""
BEGINS = frozenset({"conv", "fc"})
"""The kinds of operations that a statement begins with; normalisation and activation are put around them."""
LETTERS = "xyzuvw"

Item: TypeAlias = Union[Node, "Group"]


@dataclass(frozen=True, slots=True)
class Group:
    """What lies below one path, as one module: `inputs` are what it reads, in order, and `path` is empty for the net.

    `block` says whether it is a block, whose forward pass is written out even where it is a chain.
    """

    path: str
    items: tuple[Item, ...]
    inputs: tuple[str, ...]
    block: bool

    @property
    def output(self) -> str:
        """The path of the node whose value it gives."""
        return given(self.items[-1])

    @property
    def chain(self) -> bool:
        """Whether it is modules in a row, each fed by the one before: an `nn.Sequential`."""
        if self.block or not self.path or len(self.inputs) != 1:
            return False
        before = (self.inputs[0], *map(given, self.items))
        return all(
            item.inputs == (x,) and "." not in self.named(item) for x, item in zip(before, self.items, strict=False)
        )

    def named(self, item: Item) -> str:
        """What an item is called below this module."""
        return item.path[len(self.path) + 1 :] if self.path else item.path


def given(item: Item) -> str:
    """The path of the node whose value an item gives."""
    return item.output if isinstance(item, Group) else item.path


def grouped(graph: Graph) -> Group:
    """The graph as nested modules.

    What lies below one path is a module of its own where it is computed in a row and gives one value; else its nodes
    are called by the module around it.
    """
    nodes = graph.nodes
    last_read = {path: place for place, node in enumerate(nodes) for path in node.inputs}
    places: dict[str, list[int]] = {}
    for place, node in enumerate(nodes):
        for above in _above(node.path):
            places.setdefault(above, []).append(place)
    closed = {
        path
        for path, held in places.items()
        if held[-1] - held[0] + 1 == len(held) and all(last_read[nodes[i].path] <= held[-1] for i in held[:-1])
    }
    return _group("", nodes, closed, frozenset(node.block for node in nodes if node.block))


def _above(path: str) -> Iterator[str]:
    parts = path.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts)))


def _group(path: str, nodes: Sequence[Node], closed: set[str], blocks: frozenset[str]) -> Group:
    items: list[Item] = []
    depth = path.count(".") + 2 if path else 1
    place = 0
    while place < len(nodes):
        below = next(
            (each for each in _above(nodes[place].path) if each in closed and each.count(".") + 1 >= depth), ""
        )
        end = place + 1
        while below and end < len(nodes) and nodes[end].path.startswith(f"{below}."):
            end += 1
        items.append(_group(below, nodes[place:end], closed, blocks) if below else nodes[place])
        place = end
    own = {node.path for node in nodes}
    read = dict.fromkeys(each for node in nodes for each in node.inputs if each not in own)
    return Group(path, tuple(items), tuple(read), path in blocks)


class Statement(NamedTuple):
    """A value and the variable that it is given to."""

    variable: str
    value: str


def statements(group: Group) -> list[Statement]:
    """The forward pass; the last one's value is what it returns.

    A variable that nobody reads any more is used again, so that a value goes on under one name.
    """
    left = Counter(path for item in group.items for path in item.inputs)
    left[group.output] += 1
    held = dict(zip(group.inputs, _letters(()), strict=False))
    lines: list[Statement] = []
    before = ""
    for item in group.items:
        goes_on = item.inputs == (before,) and left[before] == 1 and not _begins(item)
        inputs = [lines[-1].value] if goes_on else [held[path] for path in item.inputs]
        left.subtract(item.inputs)
        free = [held.pop(path) for path in dict.fromkeys(item.inputs) if not left[path]]
        variable = free[0] if free else next(_letters(held.values()))
        if goes_on:
            lines.pop()
        lines.append(Statement(variable, _expression(group, item, inputs)))
        before = given(item)
        held[before] = variable
    return lines


def forward(group: Group) -> str:
    """The forward pass as the source of a method."""
    *lines, last = statements(group)
    parameters = [letter for letter, _ in zip(_letters(()), group.inputs, strict=False)]
    body = [*(f"{line.variable} = {line.value}" for line in lines), f"return {last.value}"]
    return "\n".join([f"def forward({', '.join(['self', *parameters])}):", *(f"    {line}" for line in body), ""])


def _letters(taken: Iterable[str]) -> Iterator[str]:
    """Names of variables that are not taken."""
    held = {*taken}
    yield from (letter for letter in LETTERS if letter not in held)
    yield from (name for number in count() if (name := f"x{number}") not in held)


def _begins(item: Item) -> bool:
    return isinstance(item, Group) or item.op.kind in BEGINS


def _expression(group: Group, item: Item, inputs: Sequence[str]) -> str:
    if not isinstance(item, Group) and item.op.kind in EXPRESSIONS:
        return EXPRESSIONS[item.op.kind].format(*inputs)
    called = "self"
    for part in group.named(item).split("."):
        word = part.isidentifier() and not iskeyword(part)
        called = f"{called}.{part}" if word else f"getattr({called}, {part!r})"
    return f"{called}({', '.join(inputs)})"
