"""The further parts of the Ledger page: a step of training, parameters by convention, and the net of a number."""

from __future__ import annotations

import functools
from contextlib import nullcontext
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.analysis import arithmetic, counters, ledger
from resnet_explorer.analysis.frozen import FROZEN_NORMS, NOTHING
from resnet_explorer.analysis.lookup import lookup, told
from resnet_explorer.analysis.parameters import PARAMETERS
from resnet_explorer.analysis.step import steps
from resnet_explorer.spec import title
from resnet_explorer.ui.parts import controls, live
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached, hide, link
from resnet_explorer.ui.view.views import LedgerView

if TYPE_CHECKING:
    from resnet_explorer.spec.imports import Net


def step(spec: Net) -> None:
    """The FLOPs of a step, whatever is frozen; of stages all up to that one."""
    if hide.hides("table"):
        return
    look = "FLOPs forward and backward with one image, and what freezing layers saves."
    parts.section("A step of training", look, _steps(spec))
    parts.source(
        "FLOPs = 2 × MACs. A gradient of weights costs what the layer does, and so does one of its input, which is not "
        "needed where nothing trains before, as at the image. Normalisations, activations and the optimiser are left "
        "out, as torch's FlopCounterMode leaves them out."
    )


@functools.lru_cache(maxsize=64)
def _steps(spec: Net) -> str:
    rows, whole = [], 0
    for freeze, name, terms in steps(cached.report(spec)):
        total = sum(term.number for term in terms)
        whole = whole or total
        if freeze == FROZEN_NORMS and total == whole:
            continue
        rows.append(
            {
                "frozen": f"**{name}**" if freeze == NOTHING else name,
                **{term.what: f"{term.number:,}" for term in terms},
                "together": Derived(f"**{total:,}**", arithmetic.added_up((t.what, t.number) for t in terms)),
                "of all": Derived.of(arithmetic.share(total, whole).percent(digits=1)),
            }
        )
    return parts.written(rows)


def parameters(spec: Net) -> None:
    """The parameters under each convention."""
    parts.section("Parameters", "What is counted as one, and what the same net has more elsewhere.", _parameters(spec))


@functools.lru_cache(maxsize=64)
def _parameters(spec: Net) -> str:
    return parts.written(
        [
            {
                "convention": f"**{line.convention.title}**",
                "number": Derived(f"**{line.total:,}**", ledger.of_line(line)),
                "how it comes about": counters.of_terms(line.terms),
                "counted so by": line.convention.who,
            }
            for line in ledger.under(cached.report(spec), PARAMETERS)
        ]
    )


def search() -> None:
    """The net of a number of parameters."""
    number = link.choices(LedgerView).number
    with nullcontext() if number else st.container(key=f"{live.UNMEASURED}-number"):
        parts.section("Which net has this number?", "A number of parameters names its net, or the nearest ones.")
    controls.widgets(LedgerView, "number")
    if not number:
        return
    found = lookup(number)
    exact = found[0].more == 0
    names = " or ".join(dict.fromkeys(f"**{told(each)}**" for each in found))
    parts.meaning(f"{number:,}: {names}." if exact else f"No net that is known here has {number:,}; the nearest:")
    parts.table(
        [
            {
                "net": told(each),
                "parameters": f"{each.total:,}",
                "difference": Derived.of(arithmetic.difference(number, each.total)),
                "counted": PARAMETERS[each.convention].title,
                "otherwise titled": title(each.spec),
            }
            for each in found
        ]
    )
    parts.source(
        "Looked for: every named net, with its own or 1, 2, 10, 100 or 1000 classes, 1, 3 or 4 channels of the image, "
        "and each stem, under each convention above. Nets of equal numbers cannot be told apart by them."
    )
