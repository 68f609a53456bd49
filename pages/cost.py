"""Cost: memory, receptive field and time of one net, and what MACs leave out."""

import streamlit as st

from resnet_explorer.spec import title
from resnet_explorer.tasks.time_nets import NetsConfig
from resnet_explorer.ui.pages.cost import counted as costing
from resnet_explorer.ui.pages.cost import field, latency
from resnet_explorer.ui.parts import controls, editor, picker, taking
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import hide, link
from resnet_explorer.ui.view.views import CostView, ExploreView

spec, other = link.net(), link.net("b_")
view = link.choices(CostView)
batch = link.choices(ExploreView).memory_batch

parts.opening(
    f"What {title(spec)} costs",
    "Look at the amber part of the bars: the maps, which no count of parameters or MACs tells of.",
)
costing.memory_choices()
costing.memory(spec, view, batch)

parts.section("How far it sees", "Filled is what the shortest path sees, pale what the longest sees, both to scale.")
field.window(spec)

parts.section(
    "Computing or moving",
    "Each circle is a layer under the roof of a device. On the flat part it computes as fast as the device can; on the "
    "slope it waits for memory.",
)
costing.roof(spec, view, batch)

if not hide.hides("measure"):
    parts.section(
        "Measured: the time it takes",
        "Two nets run for real, in turns. Compare how their MACs relate with how their times do.",
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        picker.show(editor.named_net("b_", "Against"), key="against")
        controls.widgets(CostView, "timed")
    latency.latency_panel(NetsConfig(net=spec, other=other, batch=view.timed))
taking.away(spec, taking.cost())
