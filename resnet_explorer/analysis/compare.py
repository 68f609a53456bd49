"""Net A against net B: what differs, and which choices the difference comes from.

Causes are found by turning A into B one choice after the other, always in the order of `STEPS`. What a step changes is
its cause's share, so that the shares add up to the difference exactly. Another order would share out what two choices
change only together (deeper *and* wider, say) in another way; the sum would be the same.

Nets of different families have no choices in common: there the causes are the kinds of layers that both are made of.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.analysis.arithmetic import named
from resnet_explorer.analysis.counts import Counts, total
from resnet_explorer.analysis.measures import BATCH, MEASURES
from resnet_explorer.analysis.report import Layer, Report, analyse
from resnet_explorer.errors import ExplorerError
from resnet_explorer.options import Choice, Option, options_of
from resnet_explorer.spec import NetSpec, title
from resnet_explorer.spec.ops import NORMALISING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resnet_explorer.spec.imports import Net


class Substitution(NamedTuple):
    """A cause and the options it stands for, which are changed together."""

    name: str
    title: str
    fields: tuple[str, ...]


FAMILY = Substitution("family", "family", ("family",))
STEPS = (
    Substitution("depth", "depth", ("blocks", "convs")),
    Substitution("width", "width", ("width",)),
    Substitution("block", "block", ("block", "groups", "group_width")),
    Substitution("resolution", "strides left out", ("output_stride", "last_stride")),
    Substitution("stride", "stride placement", ("stride",)),
    Substitution("stem", "stem", ("stem", "stem_width")),
    Substitution("downsample", "blurs", ("downsample",)),
    Substitution("head", "classes", ("classes",)),
    Substitution("input", "input channels", ("in_channels",)),
    Substitution("shortcut", "shortcut", ("residual", "shortcut", "cut")),
    Substitution("norm", "normalisation", ("norm",)),
    Substitution("activation", "activation", ("activation", "slope")),
    Substitution("branch_scale", "branch scale", ("branch_scale",)),
    Substitution("init", "initialisation", ("zero_gamma",)),
)
"""The order. Options of a family that stand nowhere here come next, each a cause of its own; the image comes last."""
INNER = {"width": ("width", "group_width"), "block": ("block",)}
"""Where block and groups stay, the channels between a bottleneck's two 1×1 are a change of width: Wide ResNets."""
IMAGE = Substitution("image", "image", ("image",))
KINDS = (
    Substitution("fc", "fully connected layers", ("fc",)),
    Substitution("norm", "normalisation", tuple(sorted(NORMALISING))),
    Substitution("shortcut", "layers on shortcuts", ()),
    Substitution("gate", "layers of gates", ()),
    Substitution("branch_scale", "scales of branches", ("scale",)),
    Substitution("body", "convolutions of the main path", ("conv",)),
    Substitution("other", "other operations", ()),
)
"""What a net of another family differs in: its layers by kind; `fields` are those of the operations."""


class _Cause(NamedTuple):
    name: str
    title: str
    change: str
    counts: tuple[int, ...]
    spec: Any
    working: str = ""


class Cause(Counts, _Cause):
    """One choice's share of the difference: `change` says what was turned into what, `spec` is the net after it.

    `working` names the layers that `change` counts, if it counts any.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two nets, and the causes of their difference in the order in which A was turned into B."""

    a: Report
    b: Report
    causes: tuple[Cause, ...]

    def __repr__(self) -> str:
        nets = " and ".join(title(report.spec) for report in (self.a, self.b))
        return f"<Comparison of {nets}: {self.difference('params'):+,} parameters, {self.difference('macs'):+,} MACs>"

    def _repr_html_(self) -> str:
        return str(import_module("resnet_explorer.notebook").of_comparison(self))

    def difference(self, measure: str, batch: int = BATCH) -> int:
        """B's number less A's."""
        of = MEASURES[measure].of
        return of(self.b, batch) - of(self.a, batch)


def compare(a: Net, b: Net, report: Callable[[Any], Report] = analyse) -> Comparison:
    """Compare two nets; `report` may be a reading that is kept. Options that change nothing in a net are no cause.

    An imported net has no options: there, too, the causes are the kinds of layers.
    """
    if not (isinstance(a, NetSpec) and isinstance(b, NetSpec)):
        before, after = report(a), report(b)
        return Comparison(a=before, b=after, causes=tuple(_by_kind(before, after)))
    before = report(a)
    found: list[Cause] = []
    for step, change, spec in substitutions(a.bare, b.bare):
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
        sides = ((title(before.spec), old), (title(after.spec), new))
        words = " → ".join(f"{len(layers)} in {name}" for name, layers in sides)
        working = "\n".join(f"{name}: {named(layer.path for layer in layers).working}" for name, layers in sides)
        yield Cause(kind.name, kind.title, words, counts, after.spec, working)


def _kind(layer: Layer) -> Substitution:
    place = "shortcut" if layer.node.shortcut else "gate" if layer.node.gate else ""
    return next((kind for kind in KINDS if kind.name == place or (not place and layer.op in kind.fields)), KINDS[-1])


def substitutions(a: NetSpec, b: NetSpec) -> Iterator[tuple[Substitution, str, NetSpec]]:
    """The nets on the way from A to B. A choice that makes no net by itself is made together with the next one.

    What a step leaves without a meaning goes with it: the scales of branches with the shortcuts.
    """
    now, waiting = a, Substitution("", "", ())
    for step in _steps(a, b):
        changed = tuple(field for field in step.fields if _value(now, field) != _value(b, field))
        if not changed:
            continue
        joined = Substitution(
            _joined(waiting.name, step.name), _joined(waiting.title, step.title), waiting.fields + changed
        )
        try:
            after = _taking(now, b, joined.fields).bare
        except ExplorerError:
            waiting = joined
            continue
        yield joined, _words(now, after, joined.fields), after
        now, waiting = after, Substitution("", "", ())


def _steps(a: NetSpec, b: NetSpec) -> tuple[Substitution, ...]:
    if a.family != b.family:
        return FAMILY, *(step for step in STEPS if _SIZES.issuperset(step.fields)), IMAGE
    known = {field for step in STEPS for field in step.fields}
    own = tuple(
        Substitution(each.field, each.field.replace("_", " "), (each.field,))
        for each in options_of(type(a.options))
        if each.field not in known
    )
    return (*_shared(a, b), *own, IMAGE)


def _shared(a: NetSpec, b: NetSpec) -> Iterator[Substitution]:
    """The steps of `STEPS` between two nets of a family; the width per group goes with what it changes."""
    stay = all(_value(a, field) == _value(b, field) for field in ("block", "groups"))
    for step in STEPS:
        yield step._replace(fields=INNER.get(step.name, step.fields)) if stay else step


def _value(spec: NetSpec, field: str) -> object:
    return getattr(spec.options, field, None) if field not in _SIZES else getattr(spec, field)


_SIZES = frozenset({"family", "classes", "image", "in_channels"})


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
    """What was turned into what."""
    if "family" in fields:
        return f"{before.family} → {after.family}"
    known: dict[str, Option] = {
        each.field: each for config in (type(before.options), type(before)) for each in options_of(config)
    }
    return ", ".join(_change(known[field], before, after) for field in fields)


def shown(spec: NetSpec, each: Option) -> str:
    """An option's value as text; the number that a width of 0 stands for."""
    if each.field == "stem_width":
        return str(spec.options.stem_width or spec.options.width)
    if each.field == "group_width":
        return str(spec.options.inner // spec.options.groups)
    return each.kind.text(_value(spec, each.field))


def _change(each: Option, before: NetSpec, after: NetSpec) -> str:
    """One option's two values: none where it means nothing."""
    name, nets = each.query.replace("_", " "), (before, after)
    old, new = (shown(spec, each) if each.field not in spec.idle - {"group_width"} else "" for spec in nets)
    if each.field == "group_width":
        grouped = any(spec.options.groups > 1 for spec in nets)
        name = "width per group" if grouped else "inner width of the first stage"
    elif isinstance(each.kind, Choice) and "_" in old + new:
        old, new = each.kind.title(old), each.kind.title(new)
    return f"{name} {old or '–'} → {new or '–'}"
