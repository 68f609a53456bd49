"""The server: `streamlit run app.py`."""

import streamlit as st

from resnet_explorer.ui.server import MAIN, lifespan, routes

app = st.App(MAIN, lifespan=lifespan, routes=routes())
