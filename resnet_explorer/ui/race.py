"""The parts of the Gradients page: which nets run, the buttons, and the run as it is watched."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from resnet_explorer import service
from resnet_explorer.errors import ExplorerError
from resnet_explorer.figures.runs import Curve, losses, ratios
from resnet_explorer.records import TrainConfig, key
from resnet_explorer.spec import title
from resnet_explorer.ui import cached, link, live, outcome, parts, pictures
from resnet_explorer.ui.views import GradientsView

if TYPE_CHECKING:
    from resnet_explorer.records import Snapshot

SOURCE = (
    "Measured, not drawn: both nets are real torch modules, trained on this installation by SGD with momentum 0.9 and "
    "weight decay 1e-4 on the 1,797 handwritten digits of the UCI repository (8 × 8 pixels, scaled to the image size; "
    "Alpaydin & Kaynak 1998, CC BY 4.0). A norm is that of the gradient of the mini-batch loss (mean cross-entropy in "
    "nats) with respect to one layer's weights, before the step. A narrow net on small pictures: it shows what "
    "happens, it does not replicate the paper."
)


class Pair(NamedTuple):
    """The two runs: plain first."""

    plain: TrainConfig
    residual: TrainConfig

    @property
    def keys(self) -> tuple[str, str]:
        """Their jobs' keys."""
        return key(self.plain), key(self.residual)

    @property
    def run(self) -> str:
        """One name for both, for the link."""
        return hashlib.blake2b("".join(self.keys).encode(), digest_size=8).hexdigest()


def pair() -> Pair:
    """The two runs that the view asks for."""
    net = link.net("g_")
    return Pair(*(link.choices(TrainConfig, net=net.having(residual=residual)) for residual in (False, True)))


def labels() -> dict[str, str]:
    """The further choices about a run; the device where there is more than one."""
    device = {"device": "Device"} if len(service.engine().devices()) > 1 else {}
    near = {"eps": "ε"} if st.session_state.texts.get("init") == "near_identity" else {}
    return {"steps": "Steps", "batch": "Mini-batch", "lr": "Learning rate", "seed": "Seed", **near, **device}


def which(runs: Pair) -> str:
    """Which nets run, how large they are, and whether they are the net of Explore."""
    plain, residual = runs.plain.net, runs.residual.net
    sizes = {cached.report(each).params for each in (plain, residual)}
    equal = (
        f"{sizes.pop():,} parameters each"
        if len(sizes) == 1
        else f"{cached.report(plain).params:,} and {cached.report(residual).params:,} parameters (projections add some)"
    )
    chosen = link.net()
    same = chosen in (plain, residual)
    other = "" if same else f" These are small nets for a quick look, not {title(chosen)} of the Explore page."
    return (
        f"**{title(plain)}** against **{title(residual)}**: width {plain.options.width}, {plain.image} × {plain.image} "
        f"pixels, {equal}; {runs.plain.steps} steps of {runs.plain.batch} digits on `{runs.plain.device}`.{other}"
    )


def buttons(runs: Pair) -> None:
    """Run and stop, with what a run will take."""
    now = live.snapshots(runs.keys)
    running = any(not each.finished for each in now)
    try:
        seconds = max(service.engine().admit(config).seconds for config in runs)
        hint, refused = f"About {max(1, round(seconds))} s; each net on its own core.", False
    except ExplorerError as error:
        hint, refused = str(error), True
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        again = bool(now) and not running
        st.button(
            "Run again" if again and any(each.state != "done" for each in now) else "Run",
            type="primary",
            icon=":material/play_arrow:",
            on_click=_run,
            args=(runs,),
            disabled=running or refused or (again and all(each.state == "done" for each in now)),
        )
        st.button("Stop", icon=":material/stop:", on_click=live.stop, args=runs.keys, disabled=not running)
        if refused:
            st.warning(hint)
        elif not now:
            st.caption(hint)


def _run(runs: Pair) -> None:
    live.start(*runs)
    link.choose(GradientsView, run=runs.run)


def watch(runs: Pair) -> None:
    """The run, as far as it is."""
    known = live.snapshots(runs.keys)
    if len(known) == len(runs):
        live.watch(runs.keys, lambda now: _draw(runs, now))
        return
    if link.choices(GradientsView).run == runs.run:
        st.info(
            "This run is no longer kept on the server. Press Run to repeat it: the same seed gives the same numbers.",
            icon=":material/history:",
        )
    pictures.race([Curve(spec=config.net, steps=()) for config in runs])


def _draw(runs: Pair, now: list[Snapshot]) -> None:
    for config, snapshot in zip(runs, now, strict=True):
        live.status(snapshot, title(config.net))
    curves = [Curve(spec=config.net, steps=snapshot.records) for config, snapshot in zip(runs, now, strict=True)]
    pictures.race(curves, running=any(not each.finished for each in now))
    if not any(curve.steps for curve in curves):
        return
    parts.meaning(outcome.reading(curves, finished=all(each.finished for each in now)))
    dark, last = parts.dark(), runs.plain.steps - 1
    left, right = st.columns(2)
    with left:
        parts.section("Training loss", "Lower is better; the dotted line is pure chance.")
        chart = losses(curves, runs.plain.net.classes, last=last, dark=dark)
        parts.chart(chart, key="losses", alt=outcome.alt_losses(curves))
    with right:
        parts.section("First against last layer", "Above 1 the gradient leans to the input, below 1 away from it.")
        chart = ratios(curves, last=last, dark=dark)
        parts.chart(chart, key="ratios", alt=outcome.alt_ratios(curves))
    if all(each.finished for each in now):
        outcome.table(runs.plain, curves, [each.result.paths if each.result else () for each in now])
