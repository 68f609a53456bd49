"""Net A against net B: what differs, and which choices the difference comes from.

Causes are found by turning A into B one choice after the other, always in the order of `STEPS`. What a step changes is
its cause's share, so that the shares add up to the difference exactly. Another order would share out what two choices
change only together (deeper *and* wider, say) in another way; the sum would be the same.

Nets of different families have no choices in common: there the causes are the kinds of layers that both are made of.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis.counts import Counts, total
from resnet_explorer.analysis.measures import BATCH, MEASURES
from resnet_explorer.analysis.report import Layer, Report, analyse
from resnet_explorer.errors import ExplorerError
from resnet_explorer.options import Option, options_of
from resnet_explorer.spec import title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resnet_explorer.spec import NetSpec


class Step(NamedTuple):
    """A cause and the options it stands for, which are changed together."""

    name: str
    title: str
    fields: tuple[str, ...]


FAMILY = Step("family", "family", ("family",))
STEPS = (
    Step("depth", "depth", ("blocks", "convs")),
    Step("width", "width", ("width",)),
    Step("block", "block", ("block", "groups", "group_width")),
    Step("stride", "stride placement", ("stride",)),
    Step("stem", "stem", ("stem", "stem_width")),
    Step("head", "classes", ("classes",)),
    Step("shortcut", "shortcut", ("residual", "shortcut")),
    Step("norm", "normalisation", ("norm",)),
    Step("init", "initialisation", ("zero_gamma",)),
)
"""The order. Options of a family that stand nowhere here come next, each a cause of its own; the image comes last."""
IMAGE = Step("image", "image", ("image",))
KINDS = (
    Step("fc", "fully connected layers", ("fc",)),
    Step("norm", "normalisation", ("bn", "gn")),
    Step("shortcut", "layers on shortcuts", ()),
    Step("body", "convolutions of the main path", ()),
)
"""What a net of another family differs in: its layers by kind; `fields` are those of the operations."""


class _Cause(NamedTuple):
    name: str
    title: str
    change: str
    counts: tuple[int, ...]
    spec: NetSpec


class Cause(Counts, _Cause):
    """One choice's share of the difference: `change` says what was turned into what, `spec` is the net after it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two nets, and the causes of their difference in the order in which A was turned into B."""

    a: Report
    b: Report
    causes: tuple[Cause, ...]

    def difference(self, measure: str, batch: int = BATCH) -> int:
        """B's number less A's."""
        of = MEASURES[measure].of
        return of(self.b, batch) - of(self.a, batch)


def compare(a: NetSpec, b: NetSpec, report: Callable[[NetSpec], Report] = analyse) -> Comparison:
    """Compare two nets; `report` may be a reading that is kept."""
    before = report(a)
    found: list[Cause] = []
    for step, change, spec in _walk(a, b):
        after = report(spec)
        if "family" in step.fields:
            found += _by_kind(before, after)
        else:
            found.append(Cause(step.name, step.title, change, _less(after.counts, before.counts), spec))
        before = after
    return Comparison(a=report(a), b=report(b), causes=tuple(found))


def _less(more: tuple[int, ...], less: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(y - x for x, y in zip(less, more, strict=True))


def _by_kind(before: Report, after: Report) -> Iterator[Cause]:
    """The difference of two nets of different families, by kinds of layers."""
    for kind in KINDS:
        old, new = (
            tuple(layer for layer in each.layers if _kind(layer) is kind and any(layer.counts))
            for each in (before, after)
        )
        if not old and not new:
            continue
        zero = (0,) * len(before.counts)
        counts = _less(total(new) if new else zero, total(old) if old else zero)
        words = f"{len(old)} in {title(before.spec)} → {len(new)} in {title(after.spec)}"
        yield Cause(kind.name, kind.title, words, counts, after.spec)


def _kind(layer: Layer) -> Step:
    if layer.node.shortcut:
        return KINDS[2]
    return next((kind for kind in KINDS if layer.op in kind.fields), KINDS[3])


def _walk(a: NetSpec, b: NetSpec) -> Iterator[tuple[Step, str, NetSpec]]:
    """The nets on the way from A to B. A choice that makes no net by itself is made together with the next one."""
    now, waiting = a, Step("", "", ())
    for step in _steps(a, b):
        changed = tuple(field for field in step.fields if _value(now, field) != _value(b, field))
        if not changed:
            continue
        joined = Step(_joined(waiting.name, step.name), _joined(waiting.title, step.title), waiting.fields + changed)
        try:
            after = _taking(now, b, joined.fields)
        except ExplorerError:
            waiting = joined
            continue
        yield joined, _words(now, after, joined.fields), after
        now, waiting = after, Step("", "", ())


def _steps(a: NetSpec, b: NetSpec) -> tuple[Step, ...]:
    if a.family != b.family:
        return FAMILY, *(step for step in STEPS if step.fields == ("classes",)), IMAGE
    known = {field for step in STEPS for field in step.fields}
    own = tuple(
        Step(each.field, each.field.replace("_", " "), (each.field,))
        for each in options_of(type(a.options))
        if each.field not in known
    )
    return (*STEPS, *own, IMAGE)


def _value(spec: NetSpec, field: str) -> object:
    return getattr(spec.options, field, None) if field not in _SIZES else getattr(spec, field)


_SIZES = frozenset({"family", "classes", "image"})


def _taking(now: NetSpec, b: NetSpec, fields: tuple[str, ...]) -> NetSpec:
    """The present net with these choices of B; a family comes with all its options."""
    sizes = {field: getattr(b, field) for field in fields if field in _SIZES}
    if "family" in fields:
        return dataclasses.replace(now, options=b.options, **sizes)
    options = {field: getattr(b.options, field) for field in fields if field not in _SIZES}
    return dataclasses.replace(now, options=dataclasses.replace(now.options, **options), **sizes)


def _joined(first: str, second: str) -> str:
    return f"{first}+{second}" if first else second


def _words(before: NetSpec, after: NetSpec, fields: tuple[str, ...]) -> str:
    """What was turned into what, in the words of a link."""
    if "family" in fields:
        return f"{before.family} → {after.family}"
    known: dict[str, Option] = {
        each.field: each for config in (type(before.options), type(before)) for each in options_of(config)
    }
    parts = []
    for field in fields:
        each = known[field]
        old, new = (each.kind.text(_value(spec, field)) for spec in (before, after))
        parts.append(f"{each.query} {old or '–'} → {new or '–'}")
    return ", ".join(parts)
