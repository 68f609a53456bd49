"""How the package is installed: where its app stands, and which extra brings a library that is missing.

Counting and drawing need nothing but Python. What needs more asks for it here, so that whoever lacks it reads how to
get it.
"""

from __future__ import annotations

import importlib.util
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from resnet_explorer.errors import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "resnet-explorer"
_HERE = Path(__file__).parent
_IN_WHEEL = _HERE / "app"

APP_FOLDER = _IN_WHEEL if _IN_WHEEL.is_dir() else _HERE.parent
"""The folder of `app.py`, `pages` and `.streamlit`: in the package if it came as a wheel, else the checkout's top."""


@contextmanager
def explained() -> Iterator[None]:
    """Within this, a library that is not installed is told in a sentence.

    Raises:
        Missing: it names the library, and the extra that brings it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library in {"", __package__}:
            raise
        raise Missing(library, _extra(library)) from error


def require(*extras: str) -> None:
    """Look whether all libraries of these extras are installed, without importing them.

    Raises:
        Missing: one is not.
    """
    for library, extra in _brought():
        if extra in extras and importlib.util.find_spec(library) is None:
            raise Missing(library, extra)


def _extra(library: str) -> str:
    """The smallest extra that brings a library; all of them where none is known to."""
    brought = _brought()
    extras = [extra for name, extra in brought if name == library]
    sizes = [extra for _, extra in brought]
    return min(extras, key=sizes.count, default="all")


def _brought() -> list[tuple[str, str]]:
    """Each library with an extra that brings it, as the installed package says; none if it is not installed.

    Distributions are called as what they are imported as, but for an end `-py`: that holds for all of ours.
    """
    from importlib import metadata  # noqa: PLC0415 - slow to import, and seldom asked

    try:
        told = metadata.requires(NAME) or []
    except metadata.PackageNotFoundError:
        return []
    found = (re.match(r"""([\w.-]+).*;.*extra == ['"](\w+)['"]""", each) for each in told)
    return [(imported(each[1]), each[2]) for each in found if each and each[1] != NAME]


def imported(library: str) -> str:
    """What a distribution is imported as."""
    return library.replace("-", "_").removesuffix("_py")
