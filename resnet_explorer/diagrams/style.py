"""How drawings look: one stylesheet, with every colour chosen for paper and again for night."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resnet_explorer.diagrams.drawing import Drawing

LIGHT = {
    "paper": "#FCFBF8",
    "ink": "#1B1D21",
    "muted": "#5F6470",
    "faint": "#DAD6CB",
    "bar": "#7C818C",
    "extra": "#C3C5CA",
    "residual": "#0072B2",
    "plain": "#D55E00",
    "plain-text": "#AE4C00",
    "k1": "#BAD2E5",
    "k3": "#6394BD",
    "k7": "#2B5C8A",
    "on-k1": "#1B1D21",
    "on-k3": "#0E1419",
    "on-k7": "#FFFFFF",
    "fc": "#8E6BAF",
    "norm": "#E3E0D8",
    "act": "#CBE3D0",
    "on-op": "#33373E",
    "sum": "#F2C869",
    "on-sum": "#1B1D21",
}
DARK = {
    "paper": "#15181D",
    "ink": "#E6E4DF",
    "muted": "#A3A8B1",
    "faint": "#363C46",
    "bar": "#8B919C",
    "extra": "#4E5560",
    "residual": "#56B4E9",
    "plain": "#E8803A",
    "plain-text": "#E8803A",
    "k1": "#A9C6DD",
    "k3": "#5F92BF",
    "k7": "#3B6DA1",
    "on-k1": "#10151A",
    "on-k3": "#0E1419",
    "on-k7": "#FFFFFF",
    "fc": "#9A7CBD",
    "norm": "#3A404A",
    "act": "#2F4F40",
    "on-op": "#DDDCD7",
    "sum": "#D9A93F",
    "on-sum": "#15181D",
}
FONT = '"Source Sans", "Source Sans 3", "Segoe UI", system-ui, sans-serif'

RULES = """
.rx{font:12px var(--rx-font);font-variant-numeric:tabular-nums;fill:var(--rx-ink);display:block}
.rx path,.rx line,.rx rect{vector-effect:non-scaling-stroke}
.rx .name{font-weight:600;font-size:13px}
.rx .m{fill:var(--rx-muted)}
.rx .s{font-size:11px}
.rx .mid{text-anchor:middle}
.rx .end{text-anchor:end}
.rx .halo{paint-order:stroke;stroke:var(--rx-paper);stroke-width:3px;stroke-linejoin:round}
.rx .over{display:none;paint-order:stroke;stroke:var(--rx-paper);stroke-width:3px;stroke-linejoin:round}
.rx .rule{stroke:var(--rx-faint);fill:none;stroke-width:1px}
.rx .brace{stroke:var(--rx-muted);fill:none;stroke-width:1px}
.rx .k1{fill:var(--rx-k1)}.rx .k3{fill:var(--rx-k3)}.rx .k7{fill:var(--rx-k7)}.rx .fc{fill:var(--rx-fc)}
.rx .bar{fill:var(--rx-bar)}.rx .extra{fill:var(--rx-extra)}
.rx .k1{stroke:var(--rx-k3);stroke-width:1px}.rx .extra{stroke:var(--rx-bar);stroke-width:1px}
.rx .norm,.rx .act,.rx .other,.rx .sum{stroke:var(--rx-bar);stroke-width:1px}
.rx .area{fill:var(--rx-bar);fill-opacity:.16}
.rx .line{fill:none;stroke:var(--rx-bar);stroke-width:1.6px}
.rx .whole{fill:none;stroke:var(--rx-muted);stroke-width:1px;stroke-dasharray:1 3}
.rx .arc{fill:none;stroke:var(--rx-residual);stroke-width:1.8px}
.rx .lines{stroke:none}.rx .arc.fine{stroke-width:.9px}
.rx .projection{stroke-dasharray:5 3}
.rx .padding{stroke-dasharray:.1 4;stroke-linecap:round;stroke-width:2.4px}
.rx .gate{stroke-width:1.6px;stroke-dasharray:2 2}
.rx .dot{fill:none;stroke:var(--rx-residual);stroke-width:5px;stroke-linecap:round}
.rx .bold{stroke-width:2.6px}
.rx .tip{fill:var(--rx-residual)}
.rx .way{fill:var(--rx-residual);font-weight:600}
.rx .flow{fill:none;stroke:var(--rx-muted);stroke-width:1.2px}
.rx .head{fill:var(--rx-muted)}
.rx .norm{fill:var(--rx-norm)}.rx .act{fill:var(--rx-act)}.rx .other{fill:var(--rx-norm)}
.rx .sum{fill:var(--rx-sum)}.rx .on-sum{fill:var(--rx-on-sum);font-size:17px;font-weight:600}
.rx .on-k1{fill:var(--rx-on-k1)}.rx .on-k3{fill:var(--rx-on-k3)}.rx .on-k7{fill:var(--rx-on-k7)}
.rx .on-fc{fill:#fff}.rx .on-op{fill:var(--rx-on-op)}
.rx .b{font-weight:600}
.rx .sub{font-size:9px}
.rx .field{stroke-width:1.6px;fill:none}
.rx .field.long{stroke:var(--rx-residual);fill:var(--rx-residual);fill-opacity:.1}
.rx .field.input{stroke:var(--rx-ink);fill:var(--rx-paper)}
.rx .field.short{stroke:var(--rx-residual);fill:var(--rx-residual)}
"""


def _variables(colours: dict[str, str]) -> str:
    return ";".join(f"--rx-{name}:{value}" for name, value in colours.items())


SHEET = (
    f".rx-root{{{_variables(LIGHT)};--rx-font:var(--st-font, {FONT})}}\n"
    f"@media screen{{.rx-night,.rx-night .rx-root{{{_variables(DARK)}}}}}\n{RULES}"
)
"""The stylesheet of drawings on a page; an ancestor with the class `rx-night` turns it dark, but not on paper."""


def standalone(drawing: Drawing, *, dark: bool = False) -> str:
    """The drawing as a file of its own: style inside, colours resolved, on its own paper."""
    colours = {**(DARK if dark else LIGHT), "font": FONT}
    rules = re.sub(r"var\(--rx-([\w-]+)\)", lambda match: colours[match[1]], RULES)
    style = f"<style>{rules.strip()}</style>"
    paper = f'<rect width="100%" height="100%" fill="{colours["paper"]}"/>'
    head, found, rest = drawing.svg.partition("</desc>")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{found}{style}{paper}{rest}\n'
