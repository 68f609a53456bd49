"""One net, every convention: what each tool counts, as terms that add up to its number to the last unit.

The tools' conventions were read in their sources and checked by running them: fvcore 0.1.5 (in the tests of this
package, on the real module), thop 0.1.1, torchinfo 1.8.0 and ptflops 0.7.5 (its aten backend).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis.printed import PRINTED, Printed
from resnet_explorer.analysis.report import Report, analyse
from resnet_explorer.registry import Registry
from resnet_explorer.spec import named
from resnet_explorer.spec.ops import Conv2d, Linear

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.analysis.report import Layer

NORMS = {"bn": (2, 5), "gn": (5, 5)}
"""What fvcore counts for each value of a normalisation, in eval and in train mode."""
POOLS = frozenset({"avgpool", "adaptive"})
"""Average pooling that fvcore and thop count; thop counts that of fixed windows (`mean`) as well."""
SQUEEZES = "the squeezes' averages"
"""The term that timm's own nets lack: there a squeeze is a mean, which neither tool counts."""


class Term(NamedTuple):
    """A part of a tool's number: what it is, and how much."""

    what: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """A way to count: `who` counts like this; `of(report)` gives the terms, empty where it says nothing of the net."""

    name: str
    title: str
    who: str
    unit: str
    of: Callable[[Report], tuple[Term, ...]]


class Line(NamedTuple):
    """One convention's number for a net, with its terms; `note` is said beside it."""

    convention: Convention
    terms: tuple[Term, ...]
    note: str

    @property
    def total(self) -> int:
        """The convention's number."""
        return sum(term.number for term in self.terms)


def ledger(report: Report) -> tuple[Line, ...]:
    """Every convention that says something of this net."""
    lines = (Line(each, _kept(each.of(report)), "") for each in CONVENTIONS)
    printed = printed_of(report)
    return tuple(line._replace(note=_note(line, printed)) for line in lines if line.terms)


def printed_of(report: Report) -> Printed | None:
    """What a paper prints for this net, at its own image size and classes."""
    preset = named(report.spec)
    return PRINTED.get(preset.name) if preset and preset.spec == report.spec else None


def _kept(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The first term, which is the number itself, and those that are not nothing."""
    return terms[:1] + tuple(term for term in terms[1:] if term.number)


def _weighted(report: Report) -> tuple[Term, ...]:
    return (Term("convolutions and fully connected layers", report.macs),)


def _flops(report: Report) -> tuple[Term, ...]:
    return (*_weighted(report), Term("the additions, counted apart from the multiplications", report.macs))


def _values(layer: Layer) -> int:
    return math.prod(layer.output_shape)


def _norms(report: Report, *, train: bool) -> list[Term]:
    """A term for each kind of normalisation."""
    terms = []
    for kind, costs in NORMS.items():
        values = sum(_values(layer) for layer in report.layers if layer.op == kind)
        terms.append(Term(f"{costs[train]} × {values:,} values of {kind.upper()}", costs[train] * values))
    return terms


def _pools(report: Report, *, gate: bool, given: bool) -> int:
    """The values that average pooling reads, and, if `given`, those that it gives: of squeezes, or of all others."""
    pools = [layer for layer in report.layers if layer.op in POOLS and layer.node.gate == gate]
    return sum(math.prod(layer.input_shape) + given * _values(layer) for layer in pools)


def _fvcore(report: Report, *, train: bool) -> tuple[Term, ...]:
    return (
        *_weighted(report),
        *_norms(report, train=train),
        Term("values that average pooling reads", _pools(report, gate=False, given=False)),
        Term(f"{SQUEEZES}: values that they read", _pools(report, gate=True, given=False)),
    )


def _thop(report: Report) -> tuple[Term, ...]:
    """An average takes its window's additions and a division for each value it gives; one on a shortcut counts as 1."""
    batch_norm = sum(_values(layer) for layer in report.layers if layer.op == "bn")
    return (
        *_weighted(report),
        Term(f"4 × {batch_norm:,} values of BN", 4 * batch_norm),
        Term("average pooling, with its divisions", _pools(report, gate=False, given=True)),
        Term(f"{SQUEEZES}, with their divisions", _pools(report, gate=True, given=True)),
        Term(
            "values of the averages on shortcuts", sum(_values(layer) for layer in report.layers if layer.op == "mean")
        ),
    )


def _biases(report: Report) -> tuple[Term, Term]:
    """A bias is added once for each value that its layer gives."""
    fc = sum(layer.node.op.out_features for layer in report.layers if isinstance(layer.node.op, Linear))
    convs = (layer for layer in report.layers if isinstance(layer.node.op, Conv2d) and layer.node.op.bias)
    return (
        Term("biases of convolutions, at each place", sum(_values(layer) for layer in convs)),
        Term("biases of fully connected layers", fc),
    )


def _ptflops(report: Report) -> tuple[Term, ...]:
    return *_weighted(report), *_biases(report)


def _torchinfo(report: Report) -> tuple[Term, ...]:
    norms, scales = (sum(layer.params for layer in report.layers if layer.op in kinds) for kinds in (NORMS, {"scale"}))
    more = Term("γ and β of normalisations, once each", norms), Term("scales of branches, once each", scales)
    return *_ptflops(report), *more


def _paper(report: Report) -> tuple[Term, ...]:
    """What the paper counted: the same net with its own choices."""
    printed = printed_of(report)
    if printed is None:
        return ()
    terms, now = [*_weighted(report)], report
    for field, value in printed.options:
        before, now = now, analyse(now.spec.having(**{field: value}))
        terms.append(Term(f"{field} {getattr(before.spec.options, field)} → {value}", now.macs - before.macs))
    if printed.without_fc:
        fc = sum(layer.macs for layer in now.layers if isinstance(layer.node.op, Linear))
        terms.append(Term("without fully connected layers", -fc))
    return tuple(terms)


def _note(line: Line, printed: Printed | None) -> str:
    """What is said beside a line: what the paper prints, or what timm's own nets give."""
    squeezes = sum(term.number for term in line.terms if term.what.startswith(SQUEEZES))
    if squeezes:
        return f"timm's own nets take means for their squeezes, which are not counted: {line.total - squeezes:,} there"
    return _printed(printed, line.total) if printed and line.convention.name == "paper" else ""


def _printed(printed: Printed, total: int) -> str:
    exact = total / 1e9
    how = "rounded" if f"{exact:.1f}" == printed.text else "cut off, not rounded"
    return f"printed as {printed.text} × 10⁹ ({printed.source}): {exact:.3f}, {how}"


CONVENTIONS = Registry(
    "convention",
    (
        Convention(
            name="macs",
            title="MACs",
            who="this app; torchvision's “GFLOPS”; calflops' MACs; half of torch's FlopCounterMode",
            unit="multiply-adds",
            of=_weighted,
        ),
        Convention(name="paper", title="paper's “FLOPs”", who="the net's own paper", unit="multiply-adds", of=_paper),
        Convention(
            name="ptflops", title="ptflops", who="ptflops, aten backend", unit="multiply-adds and biases", of=_ptflops
        ),
        Convention(
            name="torchinfo",
            title="torchinfo",
            who="torchinfo's mult-adds",
            unit="multiply-adds and more",
            of=_torchinfo,
        ),
        Convention(
            name="fvcore_eval",
            title="fvcore, eval mode",
            who="fvcore; timm's gmacs",
            unit="fvcore's “flops”: multiply-adds and more",
            of=lambda report: _fvcore(report, train=False),
        ),
        Convention(name="thop", title="thop", who="thop (pytorch-OpCounter)", unit="multiply-adds and more", of=_thop),
        Convention(
            name="fvcore_train",
            title="fvcore, train mode",
            who="fvcore, when .eval() was forgotten",
            unit="fvcore's “flops”: multiply-adds and more",
            of=lambda report: _fvcore(report, train=True),
        ),
        Convention(
            name="flops",
            title="FLOPs = 2 × MACs",
            who="torch's FlopCounterMode; DeepSpeed",
            unit="floating point operations",
            of=_flops,
        ),
    ),
)
