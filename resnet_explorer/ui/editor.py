"""The net in the sidebar: pick a named one, or change any option of it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer.options import Option, options_of
from resnet_explorer.spec import PRESETS, NetSpec, named, title
from resnet_explorer.spec.blocks import BLOCKS
from resnet_explorer.spec.families.resnet import ResNetOptions
from resnet_explorer.ui import link
from resnet_explorer.ui.controls import widget

if TYPE_CHECKING:
    from collections.abc import Callable

LABELS = {
    "block": "Block",
    "blocks": "Blocks per stage",
    "convs": "Convolutions per stage",
    "width": "Width of the first stage",
    "stem_width": "Width of the stem (0: as the first stage)",
    "groups": "Groups",
    "group_width": "Width per group (0: width ÷ groups)",
    "features": "Width of the fc layers",
    "dropout": "Dropout",
    "stem": "Stem",
    "shortcut": "Shortcut option",
    "stride": "Stride placement",
    "residual": "Shortcuts (off: plain)",
    "norm": "Normalisation",
    "attention": "Attention",
    "zero_gamma": "Zero-γ",
    "image": "Image, pixels",
    "classes": "Classes",
}
BUILT = "built"
IN_BOTTLENECKS = frozenset({"groups", "group_width", "stride"})
"""Options of the 3×3 between two 1×1, which other blocks do not have."""


def named_net(prefix: str = "", label: str = "Net") -> None:
    """The choice of a named net."""
    spec = link.net(prefix)
    preset = named(spec)
    titles = {each.name: each.title for each in PRESETS}
    key = f"{prefix}named"
    names = list(PRESETS.names) if preset else [BUILT, *PRESETS.names]
    st.session_state[key] = preset.name if preset else BUILT
    st.selectbox(
        label,
        names,
        format_func=lambda name: titles.get(name) or f"built: {title(spec)}",
        key=key,
        on_change=_pick,
        args=(prefix, key),
    )


def options(prefix: str = "") -> None:
    """Every option of the net, each with what it allows."""
    some(tuple(LABELS), prefix)


def some(fields: tuple[str, ...], prefix: str = "") -> None:
    """Some options of the net, by field; those that mean nothing to its block are not offered."""
    spec = link.net(prefix)
    idle = _idle(spec)
    known = {each.field: each for each in (*options_of(type(spec.options)), *options_of(NetSpec))}
    for each in (known[field] for field in fields if field in known and field not in idle):
        value = getattr(spec.options if hasattr(spec.options, each.field) else spec, each.field)
        widget(each, value, LABELS[each.field], _changer(each, prefix), key=f"{prefix}net.{each.query}")


def _idle(spec: NetSpec) -> frozenset[str]:
    """The options that change nothing in such a net."""
    if not isinstance(spec.options, ResNetOptions):
        return frozenset()
    block = BLOCKS[spec.options.block]
    found = set() if block.grouped else set(IN_BOTTLENECKS)
    if not block.scaled:
        found.add("zero_gamma")
    if not spec.options.residual:
        found.add("shortcut")
    return frozenset(found)


def _changer(each: Option, prefix: str) -> Callable[[str, Any], None]:
    def change(field: str, value: Any) -> None:
        spec = link.net(prefix)
        if hasattr(spec.options, field):
            spec = spec.having(**{field: value})
        else:
            spec = dataclasses.replace(spec, **{each.field: value})
        link.choose_net(spec, prefix)

    return change


def _pick(prefix: str, key: str) -> None:
    name, present = st.session_state[key], named(link.net(prefix))
    if name in PRESETS and (present is None or present.name != name):
        link.choose_net(PRESETS[name].spec, prefix)
