"""Taking a net away: folded, at the end of each page that has one, a button for each format that needs only Python."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.exports import EXPORTS, IPYNB, file_of, notebook
from resnet_explorer.options import options_of
from resnet_explorer.spec import NetSpec, to_query
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import cached, hide, link
from resnet_explorer.ui.view.views import CostView, ExploreView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis.progression import Station
    from resnet_explorer.exports import Export
    from resnet_explorer.spec.imports import Net

WORDS = (
    "The net as a file: code that needs PyTorch alone, tables, the drawing, a page to print, the papers to cite, or a "
    "notebook that makes this view. On the command line: `export`, which writes initialised weights too."
)
IMPORTED = (
    "The net as a file: tables, the drawing, a page to print, or a notebook that makes this view. Its code and its "
    "weights are yours already."
)
LEDGER = ("rx.ledger(net)",)


def away(net: Net, view: Sequence[str] = (), maker: str = "") -> None:
    """The formats of a net; a file is made when it is asked for.

    `view` are the calls of the Python API that a notebook makes of it, all that there are where none is named; `maker`
    is the code that makes an imported net.
    """
    if hide.hides("download"):
        return
    formats = [each for each in EXPORTS if not each.extra and (each.any_net or isinstance(net, NetSpec) or maker)]
    if not isinstance(net, NetSpec):
        formats = [each for each in formats if each.any_net or each is IPYNB]

    def show() -> None:
        parts.meaning(WORDS if isinstance(net, NetSpec) else IMPORTED)
        with st.container(horizontal=True, gap="small"):
            for each in formats:
                st.download_button(
                    each.title,
                    data=functools.partial(_made, net, each, tuple(view), maker),
                    file_name=f"{link.file_name(net)}{each.suffix}",
                    mime=each.mime,
                    on_click="ignore",
                    type="tertiary",
                    icon=":material/download:",
                    help=each.help,
                    key=f"take.{each.name}",
                )

    parts.opened("Take it away", show, key="take")


def _made(net: Net, form: Export, view: tuple[str, ...] = (), maker: str = "") -> str | bytes:
    if form is IPYNB:
        return notebook(net, view, maker)
    return file_of(form, cached.report(net))


def compared(other: NetSpec) -> tuple[str, ...]:
    """The calls that compare the net with another."""
    return (f'other = rx.from_query("{to_query(other)}")\nrx.compare(net, other)',)


def since(last: Station | None) -> tuple[str, ...]:
    """The calls that compare the net with the one before it, if there is one."""
    return (f'last = rx.from_query("{to_query(last.spec)}")\nrx.compare(last, net)',) if last else ()


def block(path: str) -> tuple[str, ...]:
    """The calls that draw a block with its shortcut, and without."""
    ways = (f'diagrams.block(rx.analyse(net.{way}).block("{path}"))' for way in ("residual", "plain"))
    return ("from resnet_explorer import diagrams", *ways)


def trained(configs: Sequence[TrainConfig]) -> tuple[str, ...]:
    """The calls that train the net and its counterpart as they are trained here, step by step."""
    code = ["from resnet_explorer.tasks import TASKS\nfrom resnet_explorer.tasks.train import TrainConfig"]
    for config in configs:
        pairs = ((each, getattr(config, each.field)) for each in options_of(TrainConfig))
        chosen = "".join(f", {each.field}={value!r}" for each, value in pairs if value != each.default)
        of = "net" if len(configs) == 1 or config.net == config.net.residual else "net.plain"
        run = f'TASKS["train"].carry_out(TrainConfig(net={of}{chosen}), steps.append, lambda: False)'
        code.append(f"steps = []\n{run}\n[(step.step, step.loss, step.ratio) for step in steps]")
    return tuple(code)


def cost() -> tuple[str, ...]:
    """The calls that make the numbers of the Cost page, as they are chosen there."""
    view, batch = link.choices(CostView), link.choices(ExploreView).memory_batch
    kind = f'precision="{view.precision}"'
    return (
        f'rx.memory(net, batch={batch}, {kind}, optimiser="{view.optimiser}")',
        f'rx.cost(net, batch={batch}, {kind}, device="{view.roofline}")',
    )
