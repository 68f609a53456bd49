"""The errors of the package: each message says what, got, allowed."""

from __future__ import annotations

from difflib import SequenceMatcher


class ExplorerError(Exception):
    """Anything the explorer refuses, in one sentence fit to show to a visitor."""


MOST_LISTED = 20
"""Of more names than that, the message tells the nearest ones alone."""

NEAREST, LONGEST = 6, 40
"""How many near names are told, and how much of what was given is looked at."""

ALIKE = (0.6, 0.4)
"""How alike two names must be to be called near, from 0 to 1; less will do where none is."""


class UnknownName(ExplorerError):
    """A name that no registry entry has; the message lists the names, of many the most like it, or the first."""

    def __init__(self, kind: str, got: object, names: tuple[str, ...]) -> None:
        near = nearest(got, names) if len(names) > MOST_LISTED else ()
        told = near or names[:NEAREST] if len(names) > MOST_LISTED else names
        allowed = "expected one of: " if told == names else f"expected one of {len(names)} names, such as: "
        super().__init__(f"unknown {kind} {shown(got)}; {allowed}{', '.join(told)}")
        self.kind = kind


class InvalidOption(ExplorerError):
    """A value outside what an option allows."""

    def __init__(self, name: str, got: object, allowed: str) -> None:
        super().__init__(f"{name} is {shown(got)}; allowed: {allowed}")
        self.name = name


class Missing(ExplorerError, ImportError):
    """A library that is not installed; the message says how to install the extra that brings it."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f'this needs {library}, which is not installed: pip install "resnet-explorer[{extra}]"')


class Refused(ExplorerError):
    """Valid, but more than this machine takes on; the message names the number and the limit."""


class TooMuch(Refused):
    """More than one job may take, but not with the setting `name` of its `task` at another value."""

    def __init__(self, what: str, task: str, name: str, fits: str) -> None:
        self.what, self.task, self.name, self.fits = what, task, name, fits
        super().__init__(self.told(name))

    def told(self, called: str) -> str:
        """The message, with the setting called so."""
        return f"{self.what}. With {called} at {self.fits} it fits."


class Unreadable(ExplorerError):
    """A file of weights that is not what it should be; the message says where it is not."""


class UnknownNet(ExplorerError):
    """Weights of a net that none of the families describes; the message names it where it is known by its keys."""


def shown(value: object, longest: int = 40) -> str:
    """The value as it may stand in a message: quoted if text, and never long.

    Control and other unprintable characters are escaped, so that a message cannot carry an override of the
    reading direction or a new line.
    """
    text = repr(value)
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def nearest(got: object, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the names that are most like what was given, the best first; case and punctuation do not count."""
    wanted = _letters(str(got)[:LONGEST])
    if not wanted:
        return ()
    likenesses = {name: _likeness(wanted, _letters(name)) for name in names}
    best = sorted(names, key=likenesses.__getitem__, reverse=True)
    near = ([name for name in best if likenesses[name][-1] >= enough or any(likenesses[name][:-1])] for enough in ALIKE)
    return tuple(next(filter(None, near), []))[:NEAREST]


def alike(got: object, names: tuple[str, ...]) -> str | None:
    """The one name that has the same letters and digits, whatever their case and what stands between them."""
    wanted = _letters(str(got)[:LONGEST])
    same = [name for name in names if wanted and _letters(name) == wanted]
    return same[0] if len(same) == 1 else None


def _likeness(wanted: str, own: str) -> tuple[bool, bool, bool, float]:
    """Whether two names are the same, whether one ends in the other, or holds it, and how alike they are."""
    alike = SequenceMatcher(None, wanted, own).ratio()
    return own == wanted, own.endswith(wanted), wanted in own or own in wanted, alike


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
