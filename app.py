"""The server: `streamlit run app.py`."""

import streamlit as st

from resnet_explorer.ui.server import lifespan, routes

app = st.App("resnet_explorer/ui/main.py", lifespan=lifespan, routes=routes())
