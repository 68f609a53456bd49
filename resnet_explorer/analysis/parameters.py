"""Conventions for the number of parameters: what is counted as one, and what a net elsewhere has more."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from resnet_explorer.analysis.counters import Term
from resnet_explorer.analysis.ledger import Convention
from resnet_explorer.registry import Registry
from resnet_explorer.spec.ops import BatchNorm2d, Conv2d, Linear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from resnet_explorer.analysis.report import Report


def learned(report: Report) -> Term:
    """Learned numbers."""
    return Term("learned numbers", report.params)


def statistics(report: Report) -> Term:
    """A running mean and a running variance for each channel of a BatchNorm."""
    channels = (each.node.op.channels for each in report.layers if isinstance(each.node.op, BatchNorm2d))
    return Term("running means and variances of BatchNorm", 2 * sum(channels))


def biases(report: Report) -> Term:
    """A bias for each filter that has none."""
    convs = (each.node.op for each in report.layers if isinstance(each.node.op, Conv2d))
    return Term(
        "a bias for each filter of a convolution that has none", sum(op.out_channels for op in convs if not op.bias)
    )


def classifier(report: Report) -> Term:
    """The last fully connected layer, left out."""
    last = report.layers[-1]
    return Term("without the classifier", -last.params if isinstance(last.node.op, Linear) else 0)


def _sum(*counts: Callable[[Report], Term]) -> Callable[[Report], tuple[Term, ...]]:
    return functools.partial(_terms, counts)


def _terms(counts: Iterable[Callable[[Report], Term]], report: Report) -> tuple[Term, ...]:
    return tuple(count(report) for count in counts)


PARAMETERS = Registry(
    "convention of parameters",
    (
        Convention(
            name="learned",
            title="learned",
            who="this app; torchvision, timm and the papers; sum of numel() over parameters()",
            unit="parameters",
            of=_sum(learned),
        ),
        Convention(
            name="stored",
            title="learned, with running statistics",
            who="the floating-point numbers of a state_dict",
            unit="numbers",
            of=_sum(learned, statistics),
        ),
        Convention(
            name="keras_trainable",
            title="Keras, trainable",
            who="Keras, whose convolutions have biases unless that is turned off",
            unit="parameters",
            of=_sum(learned, biases),
        ),
        Convention(
            name="keras",
            title="Keras, total",
            who="Keras's “Total params”, which hold the running statistics as non-trainable",
            unit="parameters",
            of=_sum(learned, statistics, biases),
        ),
        Convention(
            name="backbone",
            title="learned, without the classifier",
            who="who takes a net as a backbone",
            unit="parameters",
            of=_sum(learned, classifier),
        ),
    ),
)
