"""The front door: what this is, in one picture, and where everything stands."""

import streamlit as st

from resnet_explorer.ui.pages.start import doors, race
from resnet_explorer.ui.parts import present, talk, tools
from resnet_explorer.ui.parts import text as parts

run = race.run()

with st.container(key="front", gap="small"):
    parts.opening(race.question(), race.answer(run))
    with present.figure():
        race.show(run)
    with st.container(key="front_source", horizontal=True, gap="small", vertical_alignment="center"):
        parts.source(race.source(run))
        race.table(run)
        talk.offered()
        if not present.on():
            tools.show(tools.presenting(), prints=False)
    if not present.on():
        doors.show()
