"""The server: `streamlit run app.py`."""

import streamlit as st
from starlette.middleware import Middleware

from resnet_explorer.ui.app.guard import Guard
from resnet_explorer.ui.app.server import MAIN, lifespan, routes
from resnet_explorer.ui.app.sheet import Sheet

app = st.App(MAIN, lifespan=lifespan, routes=routes(), middleware=[Middleware(Guard), Middleware(Sheet)])
