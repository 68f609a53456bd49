"""A net of an installed package: chosen by its constructor's name, described in a worker."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.errors import ExplorerError, InvalidOption
from resnet_explorer.tasks.describe import CONSTRUCTOR, DescribeConfig
from resnet_explorer.ui.pages.your_net import shown
from resnet_explorer.ui.parts import controls, live, present
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import allowed, hide, link
from resnet_explorer.ui.view.labels import LABELS
from resnet_explorer.ui.view.views import YourNetView

if TYPE_CHECKING:
    from collections.abc import Sequence

# As code in a line: a block of code would bring a highlighter, which takes a browser longer than all the page.
OFF = f"""
No package is allowed here. Its operator says which ones may be used, as their code will run. Example:

`{allowed.PACKAGES}=torchvision.models,timm.models streamlit run app.py`

From Python and the command line any module can be described, without this setting:

`python -m resnet_explorer describe torchvision.models:resnet50`
"""


def chosen() -> bool:
    """Whether a net of an allowed package is chosen."""
    constructor = link.choices(YourNetView).constructor
    return bool(constructor) and not allowed.refused(constructor)


def panel() -> None:
    """The choice of a constructor, and its net once it is described."""
    packages = allowed.packages()
    if not packages:
        st.info(OFF, icon=":material/lock:")
        return
    view = link.choices(YourNetView)
    package, _, name = view.constructor.partition(":")
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        _choice(packages, package, name)
        controls.widgets(YourNetView, "shape")
    if not name:
        return
    if why := allowed.refused(view.constructor):
        st.warning(parts.sentence(why))
        return
    try:
        config = DescribeConfig(constructor=view.constructor, shape=view.shape)
    except ExplorerError as error:
        st.warning(parts.sentence(str(error)))
        return
    with present.figure(name) if present.on() else nullcontext():
        live.once(config, "Describe it", ":material/search:", f"Describing {name}", shown.net)


def _choice(packages: Sequence[str], package: str, name: str) -> None:
    if hide.hides("constructor"):
        return
    st.session_state["your_package"] = package if package in packages else packages[0]
    st.session_state["your_name"] = name
    st.selectbox("Package", packages, key="your_package", on_change=_take)
    st.text_input(
        LABELS["constructor"],
        key="your_name",
        on_change=_take,
        max_chars=80,
        placeholder="resnet50",
        help="A function or class of the package that makes a net without arguments. A name that there is not is "
        "answered with those most like it.",
    )


def _take() -> None:
    package, name = st.session_state["your_package"], st.session_state["your_name"].strip()
    constructor = f"{package}:{name}" if name else ""
    if CONSTRUCTOR.parse(constructor) is None:
        st.session_state.notices = [str(InvalidOption("constructor", constructor, CONSTRUCTOR.allowed))]
    else:
        link.choose(YourNetView, constructor=constructor)
