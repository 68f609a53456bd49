"""The pictures of a net as pages show them."""

from __future__ import annotations

import streamlit as st

from resnet_explorer.spec import NetSpec


def axis(spec: NetSpec) -> None:
    """The layer axis of a net; a click on a block opens it."""
    st.write("axis")


def opened_block(spec: NetSpec, block: str) -> None:
    """The block that a click on the axis opened, if any."""
