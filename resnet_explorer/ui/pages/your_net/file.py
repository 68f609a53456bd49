"""Which net a file of weights is: what the browser sends of it, and the answer."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from resnet_explorer.analysis import arithmetic
from resnet_explorer.analysis.conventions import plural
from resnet_explorer.checkpoints import Against, Identity, identify_header, pickled
from resnet_explorer.checkpoints.safetensors import header_length
from resnet_explorer.errors import ExplorerError, Unreadable, shown
from resnet_explorer.spec import PRESETS
from resnet_explorer.ui.canvas import file
from resnet_explorer.ui.parts import present
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import link

if TYPE_CHECKING:
    from resnet_explorer.checkpoints.departures import Departure
    from resnet_explorer.ui.canvas.file import FileHeader

TITLE = "Which net is yours?"
KEY, ANSWER = "your_net.file", "your_net.answer"
MOST_ROWS = 40
"""Departures that a table shows; the last row holds the others."""


class Identification(NamedTuple):
    """What is said of a file: which net it is, or why it is none."""

    name: str
    found: Identity | None = None
    refused: str = ""


def panel(*, main: bool) -> None:
    """The place for a file, the `main` figure of the page or not, and what is known of the one that was chosen."""
    with present.figure(TITLE) if main else nullcontext():
        file.place(KEY, _take)
        answer: Identification | None = st.session_state.get(ANSWER)
        if answer is not None:
            with st.container(key="your_answer") if present.on() else nullcontext():
                _answer(answer)


def _answer(answer: Identification) -> None:
    if answer.found is None:
        st.error(f"{parts.literal(answer.name)}: {parts.literal(answer.refused)}", icon=":material/error:")
    else:
        _told(answer.name, answer.found)


def _take() -> None:
    sent = file.sent(KEY)
    if sent is not None:
        st.session_state[ANSWER] = answered(sent)


def answered(sent: FileHeader) -> Identification:
    """Which net the file is of which a browser has sent the header, or a sentence."""
    try:
        if sent.first.startswith((pickled.ARCHIVE, *pickled.PICKLE_PROTOCOLS)) and not sent.header:
            way = "python -m resnet_explorer identify FILE looks through it and says which net it is"
            raise Unreadable(f"this is what torch.save wrote, a program that this page does not open; {way}")
        if not sent.header:
            header_length(sent.first, sent.size)
        return Identification(shown(sent.name, 60)[1:-1], identify_header(sent.header, sent.size))
    except ExplorerError as error:
        return Identification(shown(sent.name, 60)[1:-1], refused=str(error))


def _told(name: str, found: Identity) -> None:
    """The answer: the net, its departures, what cannot be known, and the way to it."""
    parts.section(f"{parts.literal(name)} is {found.title}", _headline(found))
    st.page_link(
        **link.afresh("explore", found.query), label=f"Open {found.title} in Explore", icon=":material/open_in_new:"
    )
    for each in found.fitted:
        parts.meaning(parts.literal(parts.sentence(each)))
    _against("the nearest named net", found.nearest, found.params)
    if found.paper.name != found.nearest.name:
        seen = found.nearest if found.paper.departures == found.nearest.departures else None
        _against("the nearest net of the paper", found.paper, found.params, seen)
    if not found.exact:
        parts.source("The link opens the net without those departures that no option of a net says.")
    parts.section("What cannot be seen in weights", "Names and shapes are the same for each of these.", of="table")
    rows = [{"what": each.option, "may be": " or ".join(each.values), "it is": each.help} for each in found.unseen]
    parts.table([{key: parts.literal(value, in_table=True) for key, value in row.items()} for row in rows])


def _headline(found: Identity) -> str:
    """How many parameters, and which named nets have these tensors."""
    same = ", ".join(PRESETS[name].title for name in found.same)
    has = f"It has {plural(found.params, 'parameter')} in {plural(found.tensors, 'tensor')}."
    if not found.same:
        return f"{has} No named net has the tensors of such a net."
    but = ", but for what stands below" if found.nearest.departures else ""
    return f"{has} They are the tensors of {same}{but}."


def _against(what: str, against: Against, params: int, seen: Against | None = None) -> None:
    """The departures from one named net, and their sum; by name alone where they are those from a net `seen` before."""
    parts.section(f"Against {against.title}, {what}")
    if seen or not against.departures:
        parts.meaning(f"The departures are those from {seen.title}." if seen else "No departure can be seen.")
        return
    rows, before = [], against.params
    for each in against.departures[:MOST_ROWS]:
        rows.append(_row(each, before))
        before += each.params
    if len(against.departures) > MOST_ROWS:
        rest = f"{len(against.departures) - MOST_ROWS:,} more departures"
        rows.append({"departure": rest, "from it to the file": "", "parameters": _change(before, params)})
    total = _change(against.params, params)
    rows.append(
        {"departure": "**all**", "from it to the file": "", "parameters": Derived(f"**{total}**", total.formula)}
    )
    parts.table(rows)
    parts.source(
        "The named net is turned into the file one departure after the other; what each changes is its cost, so that "
        "they add up to the difference exactly. All numbers with a fraction that are no statistic of BatchNorm are "
        "taken for learned."
    )


def _row(each: Departure, before: int) -> dict[str, str]:
    words = parts.literal(each.change, in_table=True)
    return {
        "departure": each.title,
        "from it to the file": words,
        "parameters": _change(before, before + each.params),
    }


def _change(before: int, after: int) -> Derived:
    return Derived.of(arithmetic.difference(before, after))
