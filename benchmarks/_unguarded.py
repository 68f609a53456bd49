"""The app with Streamlit's own defaults and without its guard: what the protections are worth is seen beside it."""

import streamlit as st
from starlette.middleware import Middleware

from resnet_explorer.ui.app.onward import Onward
from resnet_explorer.ui.app.server import MAIN, lifespan, routes
from resnet_explorer.ui.app.styled import Styled

DEFAULTS = {"STREAMLIT_SERVER_FILE_WATCHER_TYPE": "auto", "STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"}
app = st.App(MAIN, lifespan=lifespan, routes=routes(), middleware=[Middleware(Onward), Middleware(Styled)])
