"""Progression: from VGG to ResNet and its heirs, step by step."""

from resnet_explorer.analysis.progression import STATIONS, before
from resnet_explorer.analysis.sentence import say
from resnet_explorer.ui.pages.progression import stations
from resnet_explorer.ui.parts import taking
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import link
from resnet_explorer.ui.view.views import ProgressionView

station = STATIONS[link.choices(ProgressionView).station]

parts.opening(f"{stations.ORDER.index(station) + 1} of {len(stations.ORDER)}: {station.title}", stations.look(station))
stations.steps(station)
stations.drawn(station)
with parts.together() as end:
    parts.meaning(say(f"{station.why} ", stations.reading(station)))
    parts.source(f"{station.source}.")
    stations.numbers(station)
    end()  # on paper the next table begins a page with its heading
    parts.section(
        "The whole way",
        "Read down a column: each row is the next step from the row above it, the last one from ResNet-50 (v1.5).",
    )
    stations.whole(station)
taking.away(station.spec, taking.since(before(station)))
