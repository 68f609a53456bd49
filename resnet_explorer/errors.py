"""The errors of the package: each message says what, got, allowed."""


class ExplorerError(Exception):
    """Anything the explorer refuses, in one sentence fit to show to a visitor."""


class UnknownName(ExplorerError):
    """A name that no registry entry has."""

    def __init__(self, kind: str, got: object, names: tuple[str, ...]) -> None:
        super().__init__(f"unknown {kind} {shown(got)}; expected one of: {', '.join(names)}")
        self.kind = kind


class InvalidOption(ExplorerError):
    """A value outside what an option allows."""

    def __init__(self, name: str, got: object, allowed: str) -> None:
        super().__init__(f"{name} is {shown(got)}; allowed: {allowed}")
        self.name = name


class Refused(ExplorerError):
    """Valid, but more than this machine takes on; the message names the number and the limit."""


def shown(value: object, longest: int = 40) -> str:
    """The value as it may stand in a message: quoted if text, and never long.

    Control and other unprintable characters are escaped, so that a message cannot carry an override of the
    reading direction or a new line.
    """
    text = repr(value)
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return text if len(text) <= longest else text[: longest - 1] + "…"
