"""Jobs on a page: start, watch, stop. The page answers at once; a fragment asks how far the job is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer import jobs as service
from resnet_explorer.errors import ExplorerError
from resnet_explorer.jobs.job import HELD
from resnet_explorer.tasks.task import key
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import glance, hide, visitor
from resnet_explorer.ui.view.labels import worded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from resnet_explorer.jobs.snapshot import Snapshot
    from resnet_explorer.tasks.task import Config

UNMEASURED = "unmeasured"
"""Where nothing stands but what is to be pressed: on paper its part is left out."""
POLL_SECONDS = 0.5
WORDS_SECONDS = 2.0
"""Between two looks at runs whose picture hears of their steps itself, and of their end."""
AGAIN = "Run again"
GONE = "This run is no longer kept on the server. Press Run to repeat it: the same seed gives the same numbers."
ELSE = (
    "The run that this link names does not belong to these choices, so it is not shown. Run measures what is chosen "
    "here."
)


def offer(label: str, configs: Sequence[Config], icon: str, key: str | None = None) -> None:
    """A button that starts jobs, with what they take; where it is too much, the sentence that says so."""
    if hide.hides("measure"):
        return
    try:
        seconds, refused = max(service.engine().admit(each).seconds for each in configs), ""
    except ExplorerError as error:
        seconds, refused = 0.0, worded(error)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=key):
        st.button(label, on_click=start, args=tuple(configs), icon=icon, disabled=bool(refused))
        if refused:
            st.warning(parts.sentence(refused))
        else:
            st.caption(f"About {max(1, round(seconds))} s.")


def once(config: Config, label: str, icon: str, doing: str, show: Callable[[Any], None]) -> None:
    """A button for one job; how far it is, as what it is `doing`; and its result, once there is one."""
    together({doing: config}, label, icon, lambda results: show(results[0]))


def together(configs: Mapping[str, Config], label: str, icon: str, show: Callable[[Sequence[Any]], None]) -> None:
    """The same for several jobs, by what each is doing; of one without a result, None is shown beside the others'."""
    jobs = [key(config) for config in configs.values()]
    known = snapshots(jobs)

    def draw(now: list[Snapshot]) -> None:
        for each, doing in zip(now, configs, strict=True):
            status(each, doing)
        if any(each.state == "done" for each in now):
            show([each.result for each in now])

    if len(known) < len(jobs) or any(each.state in {"failed", "stopped"} for each in known):
        offer(label, [*configs.values()], icon, None if known else f"{UNMEASURED}-{jobs[0]}")
    if known:
        watch(jobs, draw)


def run_and_stop(
    keys: Sequence[str], run: Callable[[], None], final: Collection[str], hint: str, *, refused: bool
) -> str:
    """The button that runs several jobs, or stops them; `final` are the states in which they are not to be run again.

    `hint` says what it will take, or why it is `refused`. Returns how the run is, as `how` tells it.
    """
    state = how(keys, final)
    if hide.hides("lab_run"):
        return state
    if state == "running":
        st.button("Stop", icon=":material/stop:", on_click=stop, args=tuple(keys))
    else:
        st.button(
            AGAIN if state == "partial" else "Run",
            type="primary",
            icon=":material/play_arrow:",
            on_click=run,
            disabled=refused or state == "complete",
        )
    if refused:
        st.warning(parts.sentence(hint))
    elif state == "new":
        st.caption(hint)
    return state


def how(keys: Sequence[str], final: Collection[str]) -> str:
    """How a run of several jobs is: new, running, partial, or complete where all have ended as one of `final`."""
    now = snapshots(keys)
    if any(not each.finished for each in now):
        return "running"
    complete = len(now) == len(keys) and all(each.state in final for each in now)
    return "new" if not now else "complete" if complete else "partial"


def start(*configs: Config) -> None:
    """Submit jobs, all or none. For callbacks."""
    submitted(*configs)


def submitted(*configs: Config) -> bool:
    """Submit jobs, all or none, and say whether they were taken; a refusal becomes a notice. For callbacks."""
    try:
        service.engine().press(configs, visitor.here())
    except ExplorerError as error:
        st.session_state.notices = [worded(error)]
        return False
    return True


def stop(*keys: str) -> None:
    """Say that this visitor no longer wants these jobs: they stop unless others watch them. For callbacks."""
    for each in keys:
        service.engine().stop(each, visitor.here())


def snapshots(keys: Sequence[str]) -> list[Snapshot]:
    """How far these jobs are, which this visitor watches thereby; those that the service does not know are left out.

    The same all through a run of a page, so that no two of its parts tell of different moments.
    """
    keys = tuple(keys)
    return glance.once(keys, lambda: service.engine().snapshots(keys, visitor.here().name))


def watch(keys: Sequence[str], draw: Callable[[list[Snapshot]], None], every: float = POLL_SECONDS) -> None:
    """Draw the jobs now, and again `every` so many seconds while they run; when all ended, the page runs once more.

    Jobs that have ended are a part of the page like any other: what is chosen in their picture is put into the link.
    """
    now = snapshots(keys)
    if all(each.finished for each in now):
        if len(now) == len(keys):
            draw(now)
        return

    @st.fragment(run_every=every)
    def part() -> None:
        now = snapshots(keys)
        if len(now) == len(keys):
            draw(now)
        if all(each.finished for each in now):
            st.rerun()

    part()


def status(snapshot: Snapshot, doing: str) -> None:
    """One line that says how a job is, where there is something to say."""
    engine = service.engine().state
    why = snapshot.message if engine.name == "ready" else engine.message
    if snapshot.state == "waiting" and why:
        st.info(f"{doing} waits: {why}.", icon=":material/hourglass_empty:")
    elif snapshot.state == "running" and why == HELD:
        st.info(f"{doing}: {why}.", icon=":material/pause_circle:")
    elif snapshot.state in {"waiting", "running"} and not snapshot.records:
        st.info(f"{doing} …", icon=":material/progress_activity:")
    elif snapshot.state in {"failed", "diverged"}:
        st.error(parts.sentence(f"{doing}: {snapshot.message}"), icon=":material/error:")
    elif snapshot.state == "stopped":
        st.info(parts.sentence(f"{doing}: stopped. {snapshot.message}".strip()), icon=":material/stop_circle:")
