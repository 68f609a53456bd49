"""A room on the page: how a teacher opens one, and what teacher and class see in it."""

from __future__ import annotations

import base64
from collections import Counter
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer import jobs as service
from resnet_explorer.analysis.conventions import plural
from resnet_explorer.errors import Refused, shown
from resnet_explorer.experiments.against import ALIKE
from resnet_explorer.jobs.room import DEPTH, DEPTHS, RATE, RATES, SEED, code_of
from resnet_explorer.jobs.room import keys as keys_of
from resnet_explorer.spec import title
from resnet_explorer.ui.parts import class_plot, guide, live, recent
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import glance, link, visitor
from resnet_explorer.ui.view.address import front
from resnet_explorer.ui.view.qr import qr_svg

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.jobs.gathered import Gathered, SeatRuns
    from resnet_explorer.jobs.room import Member, Room

TEACHER_SECONDS, STUDENT_SECONDS = 2.0, 6.0
"""Between two looks at the room. Fifty students who look share two cores with what they train."""
TITLES = {SEED: "another seed", DEPTH: "another depth", RATE: "another learning rate"}
EACH = {
    SEED: "another seed",
    DEPTH: f"one of {len(DEPTHS)} depths; those of one depth have different seeds",
    RATE: f"one of {len(RATES)} learning rates; those of one rate have different seeds",
}
ANSWERS = ("The plain net", "The net with shortcuts", f"They end alike (within a factor of {ALIKE:g})", "I cannot say")


def entered() -> bool:
    """Whether the address names a room; then it is shown in place of the page."""
    text = st.query_params.get(link.ROOM)
    if text is None:
        return False
    code = code_of(text)
    now = service.gathering().of(code) if code else None
    if now is None:
        _nowhere(text)
    elif now.room.led_by(visitor.here()):
        _teacher(now.room)
    else:
        _student(now.room)
    return True


def _nowhere(text: str) -> None:
    st.title("This room is not open", anchor=False)
    parts.meaning(
        f"There is no room {parts.literal(shown(text, 20))} now: a room has four letters, and ends with the day or when"
        " its teacher closes it. The runs that were made in it open by their links as before."
    )


def _question(room: Room) -> None:
    plain, residual = room.question.pair(0)
    nets = f"**{title(residual.net)}** and **{title(plain.net)}**, the same main path without shortcuts"
    if room.question.varies == DEPTH:
        nets = "A net with shortcuts and the same main path without them"
    st.title("Which net ends with the higher training loss?", anchor=False)
    parts.meaning(
        f"{nets}, are trained for {plural(residual.steps, 'step')} of {residual.batch} handwritten digits. "
        f"Everybody here has {EACH[room.question.varies]}."
    )


def _teacher(room: Room) -> None:
    """The screen that the class sees in front: how to come in, and what it has measured."""
    _question(room)
    door, plot = st.columns((2, 5), gap="large")
    with door:
        _door(room)
    with plot:
        _watched(room, lambda now: _class(now, revealed=now.room.revealed), TEACHER_SECONDS)


def _door(room: Room) -> None:
    """The code in large type, and what the teacher alone may do."""
    address, rooms, who = f"{front()}?{link.ROOM}={room.code}", service.rooms(), visitor.here()
    code = base64.b64encode(qr_svg(address).encode()).decode()
    st.html(
        f'<div class="room_door"><img alt="QR code of {escape(address)}" src="data:image/svg+xml;base64,{code}">'
        f"<b>{escape(address.partition('://')[2])}</b>Room<strong>{room.code}</strong></div>"
    )
    with st.container(horizontal=True, gap="small"):
        args = (room.code, who)
        st.button("Reveal the guesses", on_click=rooms.reveal, args=args, disabled=room.revealed, key="reveal")
        with st.popover("Close the room", icon=":material/logout:"):
            st.caption("The guesses go with it; the runs stay, by their links.")
            st.button("Close it now", on_click=rooms.close, args=args)


def _student(room: Room) -> None:
    """A calm page: the question, a guess, Run; and then what the class has measured."""
    try:
        service.rooms().enter(room.code, visitor.here())
    except Refused as error:
        st.warning(parts.sentence(str(error)))
        return
    _question(room)
    _watched(room, _seat, STUDENT_SECONDS)


def _watched(room: Room, draw: Callable[[Gathered], None], seconds: float) -> None:
    """Draw the room now and again; when it is closed, or the teacher calls, the page runs once more."""

    @st.fragment(run_every=seconds)
    def part() -> None:
        now = service.gathering().of(room.code)
        if now is None or (guide.calls(room) and not now.room.led_by(visitor.here())):
            st.rerun()
        else:
            draw(now)

    part()


def _seat(now: Gathered) -> None:
    room, who = now.room, visitor.here()
    member = room.member(who)
    if member is None:  # entered a moment ago
        return
    for notice in st.session_state.notices:
        st.warning(parts.sentence(notice))
    st.session_state.notices = []
    guessed = ANSWERS[member.guess] if 0 <= member.guess < len(ANSWERS) else None
    if member.ran or room.revealed:
        st.markdown(f"Your guess: **{guessed or 'none'}**")
    else:
        st.session_state["room_guess"] = guessed
        st.radio("Your guess", ANSWERS, index=None, key="room_guess", on_change=_guess, args=(room.code,))
    entry = next((each for each in now.entries if each.seat == member.seat), None)
    _own(room, member, entry)
    if member.ran or room.revealed:
        _class(now, revealed=room.revealed)


def _own(room: Room, member: Member, entry: SeatRuns | None) -> None:
    """The button of one's own run, or how that is."""
    told = class_plot.choice(room.question, member.seat).words
    broken = entry is not None and any(ran.state in class_plot.BROKEN for ran in entry.pair)
    if entry is None or broken:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.button(
                live.AGAIN if broken else "Run",
                type="primary",
                icon=":material/play_arrow:",
                on_click=_run,
                args=(room.code,),
                disabled=member.guess < 0 and not room.revealed,
            )
            st.caption(f"Yours: {told}." if member.guess >= 0 else f"Guess first, then run. Yours: {told}.")
    if entry is not None:
        _how(room, entry, told)


def _how(room: Room, entry: SeatRuns, told: str) -> None:
    plain, residual = room.question.pair(entry.seat)
    states = [
        f"{title(config.net)}: {class_plot.state(ran)}"
        + (f" ({ran.message})" if ran.message and ran.state != "done" else "")
        for config, ran in zip((plain, residual), entry.pair, strict=True)
    ]
    parts.meaning(f"**Your run** ({told}). {parts.literal('; '.join(states))}.")
    st.page_link(
        glance.pages()["gradients"],
        label="See it layer by layer",
        icon=":material/monitoring:",
        query_params=class_plot.opened((plain, residual)),
    )


def _guess(code: str) -> None:
    answer = st.session_state["room_guess"]
    if answer in ANSWERS:
        service.rooms().guess(code, visitor.here(), ANSWERS.index(answer))


def _run(code: str) -> None:
    room, who = service.rooms().find(code), visitor.here()
    member = room.member(who) if room else None
    if room and member and live.submitted(*room.question.pair(member.seat)):
        service.rooms().ran(code, who)
        _note(room, member)


def _note(room: Room, member: Member) -> None:
    pair, texts = room.question.pair(member.seat), class_plot.opened(room.question.pair(member.seat))
    called = f"{title(pair[0].net)} against {title(pair[1].net)}, {class_plot.choice(room.question, member.seat).words}"
    recent.note("gradients", texts["run"], keys_of(room.question, member.seat), called, texts)


def _class(now: Gathered, *, revealed: bool) -> None:
    """What the class has done, and what it has measured."""
    members = now.room.members.values()
    guessed, ran = sum(each.guess >= 0 for each in members), sum(each.ran for each in members)
    st.markdown(f"**{len(members)}** in the room, **{guessed}** have guessed, **{ran}** have run.")
    if revealed:
        _guesses(Counter(each.guess for each in members if each.guess >= 0), guessed)
    class_plot.show(now)


def _guesses(counts: Counter[int], total: int) -> None:
    """What was guessed, as bars."""
    bars = "".join(
        f'<dt>{escape(answer)}</dt><dd><i style="width:{100 * counts[at] / max(1, total):.0f}%"></i>{counts[at]}</dd>'
        for at, answer in enumerate(ANSWERS)
    )
    st.html(f'<dl class="guesses" aria-label="What {plural(total, "browser")} guessed">{bars}</dl>')
