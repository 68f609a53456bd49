"""The view as texts of a link: one dictionary in the session.

Whatever a visitor chooses is kept as the texts a link would hold, so that the page, the link, undo and reset are
readings of one thing. The address bar beside it is `bar`.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl

import streamlit as st

from resnet_explorer.errors import ExplorerError, InvalidOption, shown
from resnet_explorer.experiments import EXPERIMENTS
from resnet_explorer.options import LONGEST_TEXT, options_of, read
from resnet_explorer.spec import FAMILIES, NetSpec, from_query, from_texts, reference, title, to_query, to_texts
from resnet_explorer.spec.query import NET, fields
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui.view import cached, glance, hide
from resnet_explorer.ui.view.views import UNFOLDED, VIEWS, ExploreView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resnet_explorer.spec.imports import Net

Made = TypeVar("Made")

NETS = {"": "resnet34", "b_": "resnet50", "g_": "demo_resnet34"}
"""Prefixes of the nets in a link, each with its preset: Explore's, the one beside it, that of the gradient run."""

CONFIGS: tuple[type, ...] = (*VIEWS, TrainConfig, *dict.fromkeys(each.choices for each in EXPERIMENTS))
PRESENT, TALK, BEAT, NOTES, PRINT, ROOM = "present", "talk", "beat", "notes", "print", "room"
FRAME = frozenset({"embed", "embed_options", PRESENT, TALK, BEAT, NOTES, PRINT, ROOM})
"""Names that say how a view is shown, and are no part of it; most belong to Streamlit."""

MEANT = {"at": ""}
"""What is at its default stands in no address that was written here: a page's link to itself names some such thing."""

EXPERIMENT, FIRST, ANSWERED = "experiment", "at_start", frozenset({"guess", "lab_run"})
"""A link to a run or a guess in the laboratory that names no experiment means this one, which once needed no name."""

MOST_UNDO, MOST_NOTICES = 50, 4


def accept(texts: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """What of a link's texts can be used, in canonical form, and a sentence for each that cannot."""
    if EXPERIMENT not in texts and ANSWERED & texts.keys():
        texts = {EXPERIMENT: FIRST, **texts}
    problems: list[ExplorerError] = []
    accepted: dict[str, str] = {}
    for prefix, default in NETS.items():
        spec, wrong = from_texts(_own(texts, prefix), default)
        problems += (_of(prefix, each) for each in wrong)
        accepted |= _texts(spec, prefix)
    for config in CONFIGS:
        values, unread = read(config, texts)
        problems += unread
        options = {each.field: each for each in options_of(config)}
        changed = {field: value for field, value in values.items() if value != options[field].default}
        accepted |= {options[field].query: options[field].kind.text(value) for field, value in changed.items()}
    problems += [ExplorerError(f"{shown(n)} is no name of a choice on these pages") for n in texts if n not in names()]
    problems += [*_unknown_places(accepted), *hide.checked(accepted, names())]
    sentences = list(dict.fromkeys(str(problem) for problem in problems))
    if len(sentences) > MOST_NOTICES:
        sentences[MOST_NOTICES:] = [f"and {len(sentences) - MOST_NOTICES} more"]
    return accepted, sentences


def _of(prefix: str, problem: ExplorerError) -> ExplorerError:
    """What is wrong with a net, by the name in links: which of the view's nets it is."""
    if not prefix:
        return problem
    return ExplorerError(f"{prefix}{problem}" if isinstance(problem, InvalidOption) else f"{prefix}net: {problem}")


def _unknown_places(accepted: dict[str, str]) -> list[ExplorerError]:
    """What names no net and no block; it is taken out."""
    problems: list[ExplorerError] = []
    view = ExploreView(**read(ExploreView, accepted)[0])
    spec = net_of(accepted).residual
    if view.block and not any(node.block == view.block for node in spec.graph):
        problems.append(InvalidOption("at", accepted.pop("at"), f"the path of a block of {title(spec)}"))
    nets = [spec, pinned(view.pin) or spec]
    stages = {node.stage for each in nets for node in each.graph}
    if view.fold not in {"", UNFOLDED} and not stages.issuperset(view.fold.split(",")):
        problems.append(InvalidOption("fold", accepted.pop("fold"), f"stages of {title(spec)}"))
    try:
        from_query(view.pin or NETS[""])
    except ExplorerError as error:
        problems.append(InvalidOption("pin", accepted.pop("pin"), f"a net ({error})"))
    return problems


def net(prefix: str = "") -> NetSpec:
    """The net of the view."""
    return net_of(glance.texts(), prefix)


def net_of(texts: Mapping[str, str], prefix: str = "") -> NetSpec:
    """The net of such a view."""
    return cached.net(frozenset(_own(texts, prefix).items()), NETS[prefix])


def previous_net(prefix: str = "") -> NetSpec | None:
    """The net before its last change in this session, if it was changed."""
    present = net(prefix)
    earlier = (net_of(texts, prefix) for texts in reversed(st.session_state.undo))
    return next((spec for spec in earlier if spec != present), None)


def choices(config: type[Made], **more: Any) -> Made:
    """The view's choices of a config, but for what is settled by `more`."""
    return config(**{**read(config, glance.texts())[0], **more})


def value(config: type, field: str) -> Any:
    """One choice of a config, whether or not it goes with the others."""
    default = next(each.default for each in options_of(config) if each.field == field)
    return read(config, glance.texts())[0].get(field, default)


def arrived(name: str) -> bool:
    """Whether the view has such a text that came by a link: no earlier view of this session had it."""
    text = glance.texts().get(name)
    return text is not None and all(texts.get(name) != text for texts in st.session_state.undo)


def pinned(text: str) -> NetSpec | None:
    """The net that is pinned, if it is one."""
    try:
        return from_query(text) if text else None
    except ExplorerError:
        return None


def choose_net(spec: NetSpec, prefix: str = "") -> None:
    """Make this the net of the view. For callbacks: before the page runs."""
    choose_nets({prefix: spec})


def choose_nets(specs: Mapping[str, NetSpec]) -> None:
    """Make these the nets of the view, by prefix; what was folded was of the net before. For callbacks."""
    texts = _having(specs)
    if "" in specs:
        texts.pop("fold", None)
    _set(texts)


def choose(config: type, **values: Any) -> None:
    """Change some of the view's choices of a config. For callbacks: before the page runs."""
    _set(_chosen(config, values))


def note(config: type, **values: Any) -> None:
    """The same for what is no decision, such as where a slider stands: undo passes it by. For callbacks."""
    st.session_state.texts = _chosen(config, values)


def _chosen(config: type, values: Mapping[str, Any]) -> dict[str, str]:
    texts = dict(glance.texts())
    for each in options_of(config):
        if each.field in values:
            texts.pop(each.query, None)
            if values[each.field] != each.default:
                texts[each.query] = each.kind.text(values[each.field])
    return texts


def undo() -> None:
    """Back to the view before the last change. For callbacks."""
    if st.session_state.undo:
        st.session_state.texts = st.session_state.undo.pop() | hide.kept()


def reset() -> None:
    """All choices back to their defaults, but not what is hidden. For callbacks; undo brings them back."""
    _set(hide.kept())


def file_name(spec: Net) -> str:
    """A net's query, or title, in the letters that every file system takes."""
    return re.sub(r"[^a-z0-9.]+", "-", reference(spec).removeprefix("net=").lower())


def onward(page: str, **texts: str) -> dict[str, Any]:
    """Arguments of `st.page_link` to a page with the present view, some of it changed."""
    return {"page": glance.pages()[page], "query_params": {**glance.texts(), **texts}}


def afresh(page: str, net: str = "", prefix: str = "", **texts: str) -> dict[str, Any]:
    """Arguments of `st.page_link` to a page with nothing but that net and those choices, whatever was chosen before.

    The net is always named: an address without names would mean the present view.
    """
    named = dict(parse_qsl(net)) if "=" in net else {NET: net or NETS[prefix]}
    own = {prefix + k: v for k, v in named.items()}
    return {"page": glance.pages()[page], "query_params": own | texts | hide.kept()}


def hrefs(page: str, specs: Mapping[str, NetSpec]) -> dict[str, Any]:
    """Arguments of `st.page_link` to a page with several nets, by prefix."""
    return {"page": glance.pages()[page], "query_params": _having(specs)}


def _having(specs: Mapping[str, NetSpec]) -> dict[str, str]:
    """The texts of the view with these nets."""
    texts = dict(glance.texts())
    for prefix, spec in specs.items():
        kept = {name: text for name, text in texts.items() if name not in names_of(prefix)}
        texts = {**kept, **_texts(spec, prefix)}
    return texts


def _set(texts: dict[str, str]) -> None:
    if texts != glance.texts():
        st.session_state.undo = remembered()
        st.session_state.texts = texts


def remembered() -> list[dict[str, str]]:
    """The views that undo leads back to, the present one with them."""
    return [*st.session_state.undo, glance.texts()][-MOST_UNDO:]


def _own(texts: Mapping[str, str], prefix: str) -> dict[str, str]:
    """The texts of one net, without its prefix."""
    return {name[len(prefix) :]: text[: LONGEST_TEXT + 1] for name, text in texts.items() if name in names_of(prefix)}


@functools.cache
def names_of(prefix: str) -> frozenset[str]:
    """The names of the choices of one net."""
    return frozenset(prefix + name for family in FAMILIES.names for name in fields(family))


@functools.cache
def names() -> frozenset[str]:
    """All names of choices."""
    own = {each.query for config in CONFIGS for each in options_of(config)}
    return frozenset(own.union(*map(names_of, NETS)))


def _texts(spec: NetSpec, prefix: str) -> dict[str, str]:
    texts = {} if to_query(spec) == f"net={NETS[prefix]}" else to_texts(spec)
    return {prefix + name: text for name, text in texts.items()}
