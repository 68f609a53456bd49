"""The server: `streamlit run app.py`."""

import streamlit as st
from starlette.middleware import Middleware

from resnet_explorer.ui.app.guard import Guard
from resnet_explorer.ui.app.lost import Lost
from resnet_explorer.ui.app.onward import Onward
from resnet_explorer.ui.app.packed import Packed
from resnet_explorer.ui.app.server import MAIN, lifespan, routes
from resnet_explorer.ui.app.styled import Styled

middleware = [Middleware(Guard), Middleware(Packed), Middleware(Onward), Middleware(Lost), Middleware(Styled)]
app = st.App(MAIN, lifespan=lifespan, routes=routes(), middleware=middleware)
