"""One net, every convention: what each tool and paper counts, as terms that add up to its number to the last unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis import counters
from resnet_explorer.analysis.counters import SQUEEZES, Term, of_terms
from resnet_explorer.analysis.printed import PRINTED, Printed
from resnet_explorer.analysis.published import PAPER
from resnet_explorer.analysis.report import Report, analyse
from resnet_explorer.registry import Registry
from resnet_explorer.spec import named
from resnet_explorer.spec.imports import ImportedNet
from resnet_explorer.spec.ops import Imported, Linear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


DEFAULT = "default"

UNCOUNTED = frozenset({"add", "flatten", "mix", "mul", "pad", "reshape", "slice"})
"""Operations of imported nets that no tool counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """A way to count: `who` counts like this; `of(report)` gives the terms, empty where it says nothing of the net.

    `apart` says whether additions and multiplications are counted apart, which doubles the number. `mode` says how a
    tool is run to count so, where that is not as it is.
    """

    name: str
    title: str
    who: str
    unit: str
    of: Callable[[Report], tuple[Term, ...]] = field(compare=False)
    apart: bool = False
    mode: str = DEFAULT


class LedgerRow(NamedTuple):
    """One convention's number for a net, with its terms; `note` is said beside it."""

    convention: Convention
    terms: tuple[Term, ...]
    note: str

    @property
    def total(self) -> int:
        """The convention's number."""
        return sum(term.number for term in self.terms)


def ledger(report: Report) -> tuple[LedgerRow, ...]:
    """Every convention that says something of this net: of one with operations that tools may miss, the exact two."""
    told = CONVENTIONS if _tools_known(report) else (CONVENTIONS["macs"], CONVENTIONS["flops"])
    printed = printed_of(report)
    return tuple(line._replace(note=_note(line, printed)) for line in under(report, told))


def under(report: Report, conventions: Iterable[Convention]) -> tuple[LedgerRow, ...]:
    """The net under each of these conventions that says something of it."""
    lines = (LedgerRow(each, _kept(each.of(report)), "") for each in conventions)
    return tuple(line for line in lines if line.terms)


def _tools_known(report: Report) -> bool:
    """Whether the net has only operations of which it is known what each tool counts: those of descriptions."""
    if not isinstance(report.spec, ImportedNet):
        return True
    strange = (layer for layer in report.layers if isinstance(layer.node.op, Imported) and layer.op not in UNCOUNTED)
    return report.spec.modular and not any(strange)


def of_line(line: LedgerRow) -> str:
    """A convention's number with its terms, where there are several."""
    return of_terms(line.terms) + (f" = {line.total:,}" if line.terms[1:] else "")


def printed_of(report: Report) -> Printed | None:
    """What a paper prints for this net, at its own image size and classes."""
    preset = named(report.spec)
    return PRINTED.get(preset.name) if preset and preset.spec == report.spec else None


def _kept(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The first term, which is the number itself, and those that are not nothing."""
    return terms[:1] + tuple(term for term in terms[1:] if term.number)


def _paper(report: Report) -> tuple[Term, ...]:
    """What the paper counted: the same net with its own choices."""
    printed = printed_of(report)
    if printed is None:
        return ()
    terms, now = [*counters.macs(report)], report
    for name, value in printed.options:
        before, now = now, analyse(now.spec.having(**{name: value}))
        terms.append(Term(f"{name} {getattr(before.spec.options, name)} → {value}", now.macs - before.macs))
    if printed.without_fc:
        fc = sum(layer.macs for layer in now.layers if isinstance(layer.node.op, Linear))
        terms.append(Term("without fully connected layers", -fc))
    return tuple(terms)


def _fvcore_eval(report: Report) -> tuple[Term, ...]:
    return counters.fvcore(report, train=False)


def _fvcore_train(report: Report) -> tuple[Term, ...]:
    return counters.fvcore(report, train=True)


def _note(line: LedgerRow, printed: Printed | None) -> str:
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
            who="this app; torchvision's “GFLOPS”; the MACs of calflops and DeepSpeed; half of torch's FlopCounterMode",
            unit="multiply-adds",
            of=counters.macs,
        ),
        Convention(
            name="paper",
            title="paper's “FLOPs”",
            who=f"He et al. 2015, {PAPER}, of VGG's nets too",
            unit="multiply-adds",
            of=_paper,
        ),
        Convention(
            name="ptflops",
            title="ptflops, aten",
            who="ptflops, where its backend is set to aten",
            unit="multiply-adds and biases",
            of=counters.ptflops_aten,
            mode='backend="aten"',
        ),
        Convention(
            name="torchinfo",
            title="torchinfo",
            who="torchinfo's mult-adds",
            unit="multiply-adds and more",
            of=counters.torchinfo,
        ),
        Convention(
            name="fvcore_eval",
            title="fvcore, eval mode",
            who="fvcore; timm's gmacs",
            unit="fvcore's “flops”: multiply-adds and more",
            of=_fvcore_eval,
            mode="behind .eval()",
        ),
        Convention(
            name="ptflops_default",
            title="ptflops, default",
            who="ptflops as it is, with its backend pytorch",
            unit="multiply-adds and more",
            of=counters.ptflops,
        ),
        Convention(
            name="thop",
            title="thop",
            who="thop (pytorch-OpCounter)",
            unit="multiply-adds and more",
            of=counters.thop,
        ),
        Convention(
            name="fvcore_train",
            title="fvcore, train mode",
            who="fvcore, when .eval() was forgotten",
            unit="fvcore's “flops”: multiply-adds and more",
            of=_fvcore_train,
        ),
        Convention(
            name="flops",
            title="FLOPs = 2 × MACs",
            who="torch's FlopCounterMode",
            unit="floating point operations",
            of=counters.flops,
            apart=True,
        ),
        Convention(
            name="calflops",
            title="calflops' FLOPs",
            who="calflops; DeepSpeed's profiler, from which it comes",
            unit="floating point operations of more layers",
            of=counters.calflops,
            apart=True,
        ),
    ),
)
