"""What the tools that count a net's work count, as terms that add up to their numbers to the last unit.

They were read in their sources and checked by running them in their default mode, on every named net as plain torch
modules: fvcore 0.1.5 (in the tests of this package), thop 0.1.1, torchinfo 1.8.0, ptflops 0.7.5, calflops 0.3.2.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.spec.ops import Conv2d, Linear

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.analysis.report import Layer, Report

NORM_NODES = frozenset({"bn", "gn"})
AVERAGES = frozenset({"avgpool", "adaptive"})
"""Average pooling that tools count as such; of fixed windows (`mean`) fvcore counts nothing, thop 1 a value."""
POOLS = AVERAGES | {"mean", "maxpool"}
NAMES = {"relu": "ReLU", "leaky": "leaky ReLU"}
SQUEEZES = "the squeezes' averages"
"""The term that timm's own nets lack: there a squeeze is a mean, which no tool counts."""


class Term(NamedTuple):
    """A part of a tool's number: what it is, and how much."""

    what: str
    number: int


def macs(report: Report) -> tuple[Term, ...]:
    """Multiply-adds of convolutions and fully connected layers alone."""
    return (Term("convolutions and fully connected layers", report.macs),)


def flops(report: Report) -> tuple[Term, ...]:
    """The same, additions and multiplications counted apart."""
    return (*macs(report), Term("the additions, counted apart from the multiplications", report.macs))


def fvcore(report: Report, *, train: bool) -> tuple[Term, ...]:
    """What fvcore gives, in train or eval mode."""
    return (
        *macs(report),
        _each(report, "bn", 5 if train else 2),
        _each(report, "gn", 5),
        Term("values that average pooling reads", _read(report, AVERAGES, gate=False)),
        Term(f"{SQUEEZES}: values that they read", _read(report, AVERAGES, gate=True)),
    )


def thop(report: Report) -> tuple[Term, ...]:
    """An average takes its window's additions and a division for each value it gives; one on a shortcut counts as 1."""
    return (
        *macs(report),
        _unseen(report),
        _each(report, "bn", 4),
        Term("average pooling, with its divisions", _read(report, AVERAGES, gate=False, given=True)),
        Term(f"{SQUEEZES}, with their divisions", _read(report, AVERAGES, gate=True, given=True)),
        Term("values of the averages on shortcuts", _given(report, "mean")),
    )


def ptflops_aten(report: Report) -> tuple[Term, ...]:
    """What ptflops gives with `backend="aten"`."""
    return *macs(report), *_biases(report)


def ptflops(report: Report) -> tuple[Term, ...]:
    """What it gives by default: ReLU and pooling are met twice, as modules and as the functions that these call.

    Leaky ReLU, whose function it does not watch, is met once.
    """
    return (
        *ptflops_aten(report),
        _unseen(report),
        _each(report, "bn", 2),
        _each(report, "gn", 2),
        _each(report, "relu", 2),
        _each(report, "leaky", 1),
        Term("values that pooling reads, twice", 2 * _read(report, POOLS, gate=False)),
        Term(f"{SQUEEZES}: values that they read, twice", 2 * _read(report, POOLS, gate=True)),
    )


def torchinfo(report: Report) -> tuple[Term, ...]:
    """What torchinfo calls mult-adds."""
    norms, scales = (
        sum(layer.params for layer in report.layers if layer.op in kinds) for kinds in (NORM_NODES, {"scale"})
    )
    more = Term("γ and β of normalisations, once each", norms), Term("scales of branches, once each", scales)
    return *ptflops_aten(report), _unseen(report), *more


def calflops(report: Report) -> tuple[Term, ...]:
    """What calflops and the profiler of DeepSpeed, from which it comes, call FLOPs."""
    convs, _ = _biases(report)
    return (
        *flops(report),
        convs,
        _each(report, "bn", 2),
        _each(report, "gn", 5),
        _each(report, "relu", 1),
        _each(report, "leaky", 1),
        Term("values that pooling reads", _read(report, POOLS, gate=False)),
        Term(f"{SQUEEZES}: values that they read", _read(report, POOLS, gate=True)),
    )


def _unseen(report: Report) -> Term:
    """Blurs have no parameters, and are no module that these tools know."""
    return Term("blurs, which it does not see", -sum(layer.macs for layer in report.layers if layer.op == "blur"))


def _each(report: Report, kind: str, cost: int) -> Term:
    """So much for each value that a kind of operation gives."""
    values = _given(report, kind)
    return Term(f"{cost} × {values:,} values of {NAMES.get(kind, kind.upper())}", cost * values)


def _given(report: Report, kind: str) -> int:
    return sum(_values(layer) for layer in report.layers if layer.op == kind)


def _read(report: Report, kinds: frozenset[str], *, gate: bool, given: bool = False) -> int:
    """The values that pooling reads, and, if `given`, those that it gives: of squeezes, or of all others."""
    pools = [layer for layer in report.layers if layer.op in kinds and layer.node.gate == gate]
    return sum(math.prod(layer.node.op.padded(layer.input_shape)) + given * _values(layer) for layer in pools)


def _biases(report: Report) -> tuple[Term, Term]:
    """A bias is added once for each value that its layer gives."""
    fc = sum(layer.node.op.out_features for layer in report.layers if isinstance(layer.node.op, Linear))
    convs = (layer for layer in report.layers if isinstance(layer.node.op, Conv2d) and layer.node.op.bias)
    return (
        Term("biases of convolutions, at each place", sum(_values(layer) for layer in convs)),
        Term("biases of fully connected layers", fc),
    )


def _values(layer: Layer) -> int:
    return math.prod(layer.output_shape)


def of_terms(terms: Iterable[Term]) -> str:
    """The terms of a convention's number: 3,857,973,248 convolutions + 11,113,984 (values of BN)."""
    first, *others = terms
    listed = [f"{'+' if term.number > 0 else '−'} {abs(term.number):,} ({term.what})" for term in others]
    return " ".join([f"{first.number:,} {first.what}", *listed])
