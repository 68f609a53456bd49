"""The stage table with the working of each number."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from resnet_explorer.analysis import arithmetic, formula, shapes
from resnet_explorer.analysis.table import stage_rows
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached

if TYPE_CHECKING:
    from resnet_explorer.spec.imports import Net

EVENED = "rounded so that the column adds up to 100"


@functools.lru_cache(maxsize=64)
def table(spec: Net) -> str:
    """A row for each stage, and one for all of them."""
    report = cached.report(spec)
    made: list[dict[str, str]] = [
        {
            "stage": row.name,
            "output": Derived(row.output, shapes.of_stage(stage)),
            "made of": row.makeup,
            "parameters": Derived.of(formula.of_layers(stage.layers, "params")),
            "share, %": _share(row.params_share, row.params, report.params),
            "MACs": Derived.of(formula.of_layers(stage.layers, "macs")),
            "share, % ": _share(row.macs_share, row.macs, report.macs),
        }
        for row, stage in zip(stage_rows(report), report.stages, strict=True)
    ]
    made.append(
        {
            "stage": "**all**",
            "output": "",
            "made of": "",
            "parameters": Derived.of(formula.of_stages(report, "params").said("**{:,}**")),
            "share, %": Derived.of(arithmetic.share(report.params, report.params).said("100.0")),
            "MACs": Derived.of(formula.of_stages(report, "macs").said("**{:,}**")),
            "share, % ": Derived.of(arithmetic.share(report.macs, report.macs).said("100.0")),
        }
    )
    return parts.written(made)


def _share(shown: float, part: int, whole: int) -> Derived:
    """A share as the column shows it, whose shares add up to 100."""
    found = arithmetic.share(part, whole).said(f"{shown:.1f}")
    evened = whole and f"{found.value:.1f}" != found.text
    return Derived.of(found.of(EVENED) if evened else found)
