"""The net in the sidebar: pick a named one, or change any option of it."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer.options import Option, options_of
from resnet_explorer.spec import PRESETS, NetSpec, named, title
from resnet_explorer.ui.parts.controls import pick_of, widget
from resnet_explorer.ui.parts.picker import Pick
from resnet_explorer.ui.view import hide, link
from resnet_explorer.ui.view.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable

OFFERED = (
    "block",
    "blocks",
    "convs",
    "width",
    "stem_width",
    "groups",
    "group_width",
    "features",
    "dropout",
    "stem",
    "shortcut",
    "stride",
    "residual",
    "cut",
    "norm",
    "activation",
    "slope",
    "attention",
    "zero_gamma",
    "branch_scale",
    "image",
    "classes",
)
"""The options of nets in the order in which they stand there."""
FURTHER = ("output_stride", "last_stride", "downsample", "in_channels")
"""What few nets have otherwise: offered on demand, and where it is otherwise."""
BUILT = "built"
_TITLES = {each.name: each.title for each in PRESETS}


def named_net(prefix: str = "", label: str = "Net") -> Pick | None:
    """The choice of a named net."""
    if hide.hides(f"{prefix}net", label):
        return None
    spec = link.net(prefix)
    preset = named(spec)
    built = {} if preset else {BUILT: f"built: {title(spec)}"}
    chosen = preset.name if preset else BUILT
    return Pick(f"{prefix}net", label, chosen, built | _TITLES, functools.partial(_pick, prefix))


def options(prefix: str = "") -> None:
    """Every option of the net, each with what it allows."""
    some(OFFERED, prefix)
    spec, key = link.net(prefix), f"{prefix}further"
    known = [each for each in _known(spec) if each.field in FURTHER]
    other = any(_value(spec, each) != each.default for each in known)
    st.session_state[key] = other or st.session_state.get(key, False)
    if st.toggle("More: strides, blurs, channels", key=key, help="What few nets have otherwise than usual."):
        some(FURTHER, prefix)


def some(fields: tuple[str, ...], prefix: str = "") -> None:
    """Some options of the net, by field; those that change nothing in it are not offered."""
    spec = link.net(prefix)
    known = {each.field: each for each in _known(spec)}
    offered = [known[field] for field in fields if field in known and field not in spec.idle]
    for each in (each for each in offered if not hide.hides(prefix + each.query)):
        widget(each, _value(spec, each), LABELS[each.query], _changer(each, prefix), key=f"{prefix}net.{each.query}")


def pick(field: str, prefix: str = "") -> Pick | None:
    """One option of the net that is a choice among names, for `picker.show`; None where it changes nothing in it."""
    spec = link.net(prefix)
    for each in _known(spec):
        if each.field == field and field not in spec.idle:
            return pick_of(each, _value(spec, each), functools.partial(_changer(each, prefix), field), prefix)
    return None


def _known(spec: NetSpec) -> tuple[Option, ...]:
    """The options of a net: those of its family, and its sizes."""
    return *options_of(type(spec.options)), *options_of(NetSpec)


def _value(spec: NetSpec, each: Option) -> Any:
    return getattr(spec.options if hasattr(spec.options, each.field) else spec, each.field)


def _changer(each: Option, prefix: str) -> Callable[[str, Any], None]:
    def change(field: str, value: Any) -> None:
        spec = link.net(prefix)
        if hasattr(spec.options, field):
            spec = spec.turned(**{field: value})
        else:
            spec = dataclasses.replace(spec, **{each.field: value})
        link.choose_net(spec, prefix)

    return change


def _pick(prefix: str, name: str) -> None:
    if name in PRESETS:
        link.choose_net(PRESETS[name].spec, prefix)
