"""Streamlit's empty page in our frame: the bar with the same pages, a headline and nothing else."""

import streamlit as st

from resnet_explorer.ui.view.navigation import sections


def empty() -> None:
    """A headline."""
    st.title("Nothing")


st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
first = next(iter(sections().values()))[0].name
bar = {
    section: [st.Page(empty, title=each.title, url_path=each.name, default=each.name == first) for each in listed]
    for section, listed in sections().items()
}
st.navigation(bar, position="top").run()
