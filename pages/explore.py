"""Explore: one net, drawn layer by layer and counted to the last parameter."""

from resnet_explorer.analysis import measures, origins
from resnet_explorer.ui.pages.explore import confirm, reading, stages
from resnet_explorer.ui.pages.explore import layers as layerwise
from resnet_explorer.ui.pages.explore.headline import headline, memory
from resnet_explorer.ui.parts import pictures, present, taking
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import cached, link
from resnet_explorer.ui.view.views import ExploreView

spec = link.net()
view = link.choices(ExploreView)
report = cached.report(spec)

parts.opening(
    pictures.name(spec),
    pictures.look(spec),
)
headline(spec, link.pinned(view.pin), view.memory_batch)
with present.figure(pictures.name(spec)):
    pictures.axis(spec, link.pinned(view.pin))
parts.meaning(reading.costs(report))
pictures.opened_block(spec, view.block)

look = "The form of the paper's Table 1. The shares of a column add up to 100."
with parts.together():
    parts.section("Stage by stage", look, stages.table(spec))
    parts.meaning(reading.strides(report))

layerwise.table(spec)

memory(spec, view.memory_batch)

confirm.panel(spec)

papers = "; ".join(paper.cited for paper in origins.papers(spec))
parts.source(f"How it counts. {measures.COUNTING} Architecture: {papers}.")
taking.away(spec)
