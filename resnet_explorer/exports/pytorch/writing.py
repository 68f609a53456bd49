"""Classes as text: what their constructors make, and their forward passes."""

from __future__ import annotations

from itertools import groupby
from textwrap import fill, indent
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.exports.pytorch.constructors import CONSTRUCTORS, Texts, called
from resnet_explorer.exports.pytorch.scope import DEFAULTS, Scope
from resnet_explorer.spec.forward import EXPRESSIONS, Group, forward
from resnet_explorer.spec.ops import AdaptiveAvgPool2d, Conv2d, Linear, MaxPool2d

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.exports.pytorch.classes import Class
    from resnet_explorer.spec.forward import Item

LONGEST, TAB = 100, "    "
TAB_OF_ROW = 24
"""What stands before a row in its line, about."""
BEGINS = Conv2d, Linear, MaxPool2d, AdaptiveAvgPool2d
"""Operations that begin a line where many layers stand in a row."""
IDENTITY = "nn.Identity()"


class Occurrences(NamedTuple):
    """Where something is written: a class, and which of its instances have it."""

    scope: Scope
    places: tuple[int, ...]
    groups: tuple[Group, ...]
    out: tuple[int, ...] = ()


class Writer:
    """Writes the classes of a net, one after the other."""

    def __init__(self, classes: Sequence[Class]) -> None:
        self._of = {group.path: (each, index) for each in classes for index, group in enumerate(each.groups)}

    def constructor(self, full: Group, site: Occurrences) -> list[str]:
        """The lines that make a module's own modules, each once, in order; what some instances lack is asked for."""
        names = [full.named(each) for each in full.items if isinstance(each, Group) or each.op.kind not in EXPRESSIONS]
        lines: list[str] = []
        for condition, made in groupby(
            ((name, *self._optional(name, site)) for name in names), key=lambda each: each[2]
        ):
            modules = [(f"self.{name} = ", text) for name, text, _ in made]
            if condition:
                lines += [*(f"{own}{IDENTITY}" for own, _ in modules), f"if {condition}:"]
            lines += [indent(folded(own + text), TAB if condition else "") for own, text in modules]
        return lines

    def class_of(self, each: Class) -> str:
        """The class of a block, or of what is in one."""
        site = Occurrences(each.scope, tuple(range(len(each.groups))), each.groups, each.out)
        lines = self.constructor(each.full, site)
        given = [f"{name}={DEFAULTS[name]}" if name in DEFAULTS else name for name in each.scope.parameters]
        return defined(each.name, given, lines, each.full)

    def _optional(self, name: str, site: Occurrences) -> tuple[str, str]:
        """How a module's own module of that name is made, and on what condition; empty where it always is."""
        own = [{group.named(item): item for item in group.items}.get(name) for group in site.groups]
        there = [item is not None for item in own]
        items = [item for item in own if item is not None]
        present = site._replace(
            places=tuple(place for place, is_there in zip(site.places, there, strict=True) if is_there),
            groups=tuple(group for group, is_there in zip(site.groups, there, strict=True) if is_there),
        )
        text = self._made(items, present)
        return text, "" if all(there) else site.scope.condition(there, site.places, site.out, asked=f"has_{name}")

    def _made(self, items: Sequence[Item], site: Occurrences) -> str:
        """How a module is made that stands at the same place in several instances."""
        enters = all(item.inputs == group.inputs for item, group in zip(items, site.groups, strict=True))
        groups = tuple(item for item in items if isinstance(item, Group))
        if not groups:
            ops = [item.op for item in items if not isinstance(item, Group)]
            return CONSTRUCTORS[type(ops[0])](Texts(site.scope, ops, site.places, enters))
        if groups[0].chain:
            return self._row(site._replace(groups=groups))
        return self._call(groups, site, enters=enters)

    def _call(self, groups: Sequence[Group], site: Occurrences, *, enters: bool) -> str:
        """A module of a class that is written, with what it is told."""
        made = self._of[groups[0].path][0]
        indices = [self._of[group.path][1] for group in groups]
        positional, named = [], {}
        for name, values in made.scope.parameters.items():
            text = site.scope.text(name, [values[index] for index in indices], site.places, enters=enters)
            if name not in DEFAULTS:
                positional.append(text)
            elif text != DEFAULTS[name]:
                named[name] = text
        return called(made.name, *positional, **named)

    def _row(self, site: Occurrences) -> str:
        """Modules in a row."""
        full = max(site.groups, key=lambda group: len(group.items))
        texts: list[tuple[str, str, bool]] = []
        for item in full.items:
            text, condition = self._optional(full.named(item), site)
            begins = isinstance(item, Group) or isinstance(item.op, BEGINS)
            texts.append((full.named(item), f"{text} if {condition} else {IDENTITY}" if condition else text, begins))
        if all(name.isdecimal() for name, _, _ in texts):
            return sequential(_filled(texts))
        named = "".join(f"{TAB}{name}={text},\n" for name, text, _ in texts)
        return f"nn.Sequential(OrderedDict(\n{named}))"


def folded(line: str) -> str:
    """A line; a call that is too long for one, with its arguments in lines of their own."""
    made, _, arguments = line.partition("(")
    if len(line) <= LONGEST or "\n" in line or not arguments.endswith(")"):
        return line
    return f"{made}(\n{indent(fill(arguments[:-1], LONGEST), TAB)},\n)"


def _filled(texts: Sequence[tuple[str, str, bool]]) -> list[tuple[str, bool]]:
    """The modules by number; where a number is left out, an identity keeps the others'."""
    by_number = {int(name): (text, begins) for name, text, begins in texts}
    return [by_number.get(number, (IDENTITY, False)) for number in range(max(by_number) + 1)]


def sequential(modules: Sequence[tuple[str, bool]]) -> str:
    """A row of modules: equal ones behind one another once, those that go together in one line."""
    runs: list[tuple[str, int, bool]] = []
    for text, begins in modules:
        if runs and runs[-1][0] == text:
            runs[-1] = text, runs[-1][1] + 1, begins
        else:
            runs.append((text, 1, begins))
    lines: list[str] = []
    for text, times, begins in runs:
        shown = text if times == 1 else f"*({text} for _ in range({times}))"
        if begins or not lines or len(lines[-1]) + len(shown) > LONGEST:
            lines.append(shown)
        else:
            lines[-1] += f", {shown}"
    if len(lines) == 1 and len(lines[0]) < LONGEST - TAB_OF_ROW:
        return f"nn.Sequential({lines[0]})"
    return "nn.Sequential(\n" + "".join(f"{TAB}{line},\n" for line in lines) + ")"


def defined(name: str, given: Sequence[str], lines: Sequence[str], full: Group) -> str:
    """A class with its constructor and its forward pass."""
    body = "\n".join(["super().__init__()", *lines])
    return "\n".join(
        [
            f"class {name}(nn.Module):",
            f"{TAB}def __init__({', '.join(['self', *given])}):",
            indent(body, TAB * 2),
            "",
            indent(forward(full).rstrip(), TAB),
        ]
    )
