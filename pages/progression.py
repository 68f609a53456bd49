"""Progression: from VGG to ResNet and its heirs, one change at a time."""

from resnet_explorer.analysis.progression import STATIONS
from resnet_explorer.ui import link, parts, way
from resnet_explorer.ui.views import ProgressionView

station = STATIONS[link.choices(ProgressionView).station]

parts.opening(f"{way.ORDER.index(station) + 1} of {len(way.ORDER)}: {station.title}", way.look(station))
way.steps(station)
way.drawn(station)
parts.meaning(f"{station.why} {way.reading(station)}")
parts.source(f"{station.source}.")
way.numbers(station)

parts.section(
    "The whole way",
    "Read down a column: each row is one change from the row above it, the last one from ResNet-50 (v1.5).",
)
way.whole(station)
