"""Gradients: a plain and a residual net trained side by side, watched layer by layer."""

import streamlit as st

from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui.pages.gradients import nets, picture
from resnet_explorer.ui.pages.gradients import run as race
from resnet_explorer.ui.parts import ask_class, controls, cuts, editor, picker, present, recent, taking
from resnet_explorer.ui.parts import text as parts

pair = race.pair()
configs = picture.configs(pair.jobs)

with present.figure():
    race.figure(pair)

with st.container(horizontal=True, gap="medium", vertical_alignment="top"):
    picker.show(
        editor.named_net("g_", "Nets"), editor.pick("norm", "g_"), controls.pick(TrainConfig, "init"), key="nets"
    )
    editor.some(("blocks",), "g_")
    cuts.presses("g_")
more = st.expander("More choices", key="more", on_change="rerun")
if more.open:
    with more, st.container(horizontal=True, gap="medium"):
        controls.widgets(TrainConfig, *race.fields())
        race.freezes()
        editor.some(("block", "width", "stem", "shortcut", "zero_gamma", "image"), "g_")
parts.passage(
    look=race.row(),
    means="Watch the left end of the rows: that is where the gradient arrives last. "
    f"{nets.alike(configs)} {nets.which(configs)}",
)
race.told(pair)
parts.source(nets.source(configs))
ask_class.offer(configs[-1])
recent.show("gradients")
taking.away(configs[-1].net, taking.trained(configs))
