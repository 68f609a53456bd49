"""Widgets made from options: what an option allows, its help and its place in the link are stated once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer.analysis.conventions import capital
from resnet_explorer.analysis.frozen import FREEZES, TITLES
from resnet_explorer.errors import ExplorerError
from resnet_explorer.options import Choice, Flag, Option, Real, Whole, Wholes, options_of, read
from resnet_explorer.spec.kinds import Extent, Numbers
from resnet_explorer.ui.parts import text
from resnet_explorer.ui.parts.picker import Pick
from resnet_explorer.ui.view import glance, hide, link
from resnet_explorer.ui.view.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def widget(
    each: Option, value: Any, label: str, change: Callable[[str, Any], None], *, key: str, slider: bool = False
) -> None:
    """The widget of one option, showing a value; a change by the visitor is handed on, if it is allowed."""
    st.session_state[key] = each.kind.text(value) if isinstance(each.kind, Wholes | Extent) else value
    common: dict[str, Any] = {
        "key": key,
        "help": _sentence(each),
        "on_change": _take,
        "args": (each, label, key, change),
    }
    kind = each.kind
    if isinstance(kind, Choice):
        st.selectbox(label, kind.names, format_func=kind.title, **common)
    elif isinstance(kind, Numbers):
        st.selectbox(label, kind.values, **common)
    elif isinstance(kind, Flag):
        st.toggle(label, **common)
    elif isinstance(kind, Whole) and slider:
        st.slider(label, kind.low, kind.high, step=kind.step, **common)
    elif isinstance(kind, Whole):
        st.number_input(label, kind.low, kind.high, step=kind.step, **common)
    elif isinstance(kind, Real):
        st.number_input(label, float(kind.low), float(kind.high), step=None, format="%g", **common)
    else:
        st.text_input(label, max_chars=60, **common)
    if wrong := st.session_state.pop(_wrong(key), ""):
        st.warning(text.literal(wrong), icon=":material/info:")


def widgets(config: type, *fields: str, slider: bool = False) -> None:
    """Widgets for some options of a config that the link holds, by field."""
    current = read(config, glance.texts())[0]
    options = {each.field: each for each in options_of(config)}
    for field in (each for each in fields if not hide.hides(options[each].query)):
        widget(
            options[field],
            current.get(field, options[field].default),
            LABELS[options[field].query],
            lambda name, value: link.choose(config, **{name: value}),
            key=f"choice.{options[field].query}",
            slider=slider,
        )


def pick(config: type, field: str, titles: Mapping[str, str] | None = None) -> Pick | None:
    """A choice among names for `picker.show`, which may have titles of their own; None where it is taken away."""
    each = next(option for option in options_of(config) if option.field == field)
    chosen = read(config, glance.texts())[0].get(field, each.default)
    return pick_of(each, chosen, lambda name: link.choose(config, **{field: name}), titles=titles)


def pick_of(
    each: Option, chosen: str, take: Callable[[str], None], prefix: str = "", titles: Mapping[str, str] | None = None
) -> Pick | None:
    """The same of an option of what may be one of several."""
    if hide.hides(prefix + each.query):
        return None
    kind = each.kind
    own = {name: kind.title(name) for name in kind.names} if isinstance(kind, Choice) else {}
    return Pick(prefix + each.query, LABELS[each.query], chosen, titles or own, take, f"{capital(each.help)}.")


def named_choice(config: type, field: str, titles: Mapping[str, str]) -> None:
    """The widget of a choice whose names have titles, where it stands among others."""
    each = next(option for option in options_of(config) if option.field == field)
    if hide.hides(each.query):
        return
    key = f"choice.{each.query}"
    st.session_state[key] = read(config, glance.texts())[0].get(field, each.default)
    st.selectbox(
        LABELS[each.query],
        list(titles),
        format_func=titles.__getitem__,
        key=key,
        help=_sentence(each),
        on_change=lambda: link.choose(config, **{field: st.session_state[key]}),
    )


def freeze(config: type, possible: Iterable[str]) -> None:
    """Which layers get no update, of those that all nets have; what a link names besides counts for nothing."""
    names, current = dict(zip(FREEZES, TITLES, strict=True)), link.value(config, "freeze")
    titles = {name: names[name] for name in possible}
    other = {} if current in titles else {current: f"nothing: not every net has {current}"}
    named_choice(config, "freeze", titles | other)


def radio(config: type, field: str, titles: Mapping[str, str], value: str, *, named: bool = False) -> None:
    """The same, with all that can be chosen in sight, under its label where it is to be `named`."""
    each = next(option for option in options_of(config) if option.field == field)
    if hide.hides(each.query):
        return
    key = f"choice.{each.query}"
    st.session_state[key] = value
    st.radio(
        LABELS[each.query],
        list(titles),
        format_func=titles.__getitem__,
        key=key,
        horizontal=True,
        label_visibility="visible" if named else "collapsed",
        on_change=lambda: link.choose(config, **{field: st.session_state[key]}),
    )


def _wrong(key: str) -> str:
    """Where it is kept, until the widget is shown again, that what it held is not allowed."""
    return f"{key}.wrong"


def _take(each: Option, label: str, key: str, change: Callable[[str, Any], None]) -> None:
    """What a widget holds becomes the choice; what is not allowed is told below it, and nothing is lost."""
    value = st.session_state[key]
    if isinstance(each.kind, Wholes):
        value = each.kind.parse("".join(value.split()).replace("-", ","))
    elif isinstance(each.kind, Extent):
        value = each.kind.parse("".join(value.split()).replace("×", "x"))
    elif isinstance(value, str):
        value = each.kind.parse("".join(value.split()))
    if value is None or not each.kind.holds(value):
        st.session_state[_wrong(key)] = f"{label} stays as it was; allowed: {each.kind.allowed}"
        return
    try:
        change(each.field, value)
    except ExplorerError as error:
        st.session_state[_wrong(key)] = f"{error}. Nothing was changed."


def _sentence(each: Option) -> str:
    return f"{capital(each.help)}. Allowed: {each.kind.allowed}."
