"""Options: fields of a frozen dataclass that know what they allow and how they stand in a link.

A config is a frozen dataclass whose fields are made by `option`. One declaration serves every door: construction
checks it, a link and the command line parse it, a page makes its widget and its help from it.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from resnet_explorer.errors import InvalidOption

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

LONGEST_TEXT = 200


class Kind(Protocol):
    """What values an option takes, and their text in a link."""

    @property
    def allowed(self) -> str:
        """The allowed values in words, for messages and help."""
        ...

    def holds(self, value: Any) -> bool:
        """Whether the value is allowed; strict about types."""
        ...

    def parse(self, text: str) -> Any:
        """The value of a text of at most `LONGEST_TEXT` ASCII characters, or None where it has none."""
        ...

    def text(self, value: Any) -> str:
        """The value's text; `parse` undoes it."""
        ...


@dataclass(frozen=True, slots=True)
class Whole:
    """Whole numbers from `low` to `high`, in steps of `step` from `low`."""

    low: int
    high: int
    step: int = 1

    @property
    def allowed(self) -> str:
        steps = f" in steps of {self.step:,}" if self.step > 1 else ""
        return f"a whole number from {self.low:,} to {self.high:,}{steps}"

    def holds(self, value: Any) -> bool:
        return type(value) is int and self.low <= value <= self.high and (value - self.low) % self.step == 0

    def parse(self, text: str) -> int | None:
        return int(text) if re.fullmatch(r"-?[0-9]{1,20}", text) else None

    def text(self, value: int) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Wholes:
    """A few whole numbers, joined by commas in a link."""

    low: int
    high: int
    longest: int

    @property
    def allowed(self) -> str:
        return f"1 to {self.longest} whole numbers from {self.low:,} to {self.high:,}, joined by commas"

    def holds(self, value: Any) -> bool:
        each = Whole(self.low, self.high)
        return isinstance(value, tuple) and 1 <= len(value) <= self.longest and all(map(each.holds, value))

    def parse(self, text: str) -> tuple[int, ...] | None:
        return tuple(map(int, text.split(","))) if re.fullmatch(r"[0-9]{1,9}(,[0-9]{1,9})*", text) else None

    def text(self, value: tuple[int, ...]) -> str:
        return ",".join(map(str, value))


@dataclass(frozen=True, slots=True)
class Real:
    """Finite numbers from `low` to `high`."""

    low: float
    high: float

    @property
    def allowed(self) -> str:
        return f"a number from {self.low:g} to {self.high:g}"

    def holds(self, value: Any) -> bool:
        return type(value) in (int, float) and math.isfinite(value) and self.low <= value <= self.high

    def parse(self, text: str) -> float | None:
        return float(text) if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,20})?(e-?[0-9]{1,3})?", text) else None

    def text(self, value: float) -> str:
        return repr(value)


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no: 1 or 0 in a link."""

    @property
    def allowed(self) -> str:
        return "1 or 0"

    def holds(self, value: Any) -> bool:
        return type(value) is bool

    def parse(self, text: str) -> bool | None:
        return {"1": True, "0": False}.get(text)

    def text(self, value: bool) -> str:  # noqa: FBT001 - the protocol's one argument
        return str(int(value))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some permanent names; `titles` are what people read in their place."""

    names: tuple[str, ...]
    titles: tuple[str, ...] = ()

    def title(self, name: str) -> str:
        """What people read for a name."""
        return dict(zip(self.names, self.titles or self.names, strict=True)).get(name, name)

    @property
    def allowed(self) -> str:
        return f"one of {', '.join(filter(None, self.names))}"

    def holds(self, value: Any) -> bool:
        return type(value) is str and value in self.names

    def parse(self, text: str) -> str | None:
        return text if text in self.names else None

    def text(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class Text:
    """Short ASCII text that matches a pattern as a whole."""

    pattern: str
    allowed: str

    def holds(self, value: Any) -> bool:
        return type(value) is str and re.fullmatch(self.pattern, value, re.ASCII) is not None

    def parse(self, text: str) -> str | None:
        return text if self.holds(text) else None

    def text(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a config: the field's name, its short permanent name in links, and what it allows."""

    field: str
    query: str
    kind: Kind
    help: str
    default: Any


def option(default: Any, kind: Kind, *, query: str, help: str, added: bool = False) -> Any:  # noqa: A002 - the word of argparse and Streamlit
    """A dataclass field that is an option; `added` to a config that has been in links before."""
    return dataclasses.field(default=default, metadata={"kind": kind, "query": query, "help": help, "added": added})


def options_of(config: type) -> tuple[Option, ...]:
    """The options of a config class, in the order of its fields."""
    return _options_of(cast("Hashable", config))


@functools.cache
def _options_of(config: Any) -> tuple[Option, ...]:
    return tuple(
        Option(f.name, f.metadata["query"], f.metadata["kind"], f.metadata["help"], f.default)
        for f in dataclasses.fields(config)
        if "kind" in f.metadata
    )


def check(config: object) -> None:
    """Check every option of a config instance.

    Raises:
        InvalidOption: the first that is not allowed.
    """
    for each in options_of(type(config)):
        value = getattr(config, each.field)
        if not each.kind.holds(value):
            raise InvalidOption(each.query, value, each.kind.allowed)


def read(config: type, texts: Mapping[str, str]) -> tuple[dict[str, Any], list[InvalidOption]]:
    """The values that the texts of a link give, by field; what cannot be read is left out and told.

    Keys that are no option of this config are passed over: a link holds several configs.
    """
    values: dict[str, Any] = {}
    problems: list[InvalidOption] = []
    for each in options_of(config):
        if each.query not in texts:
            continue
        text = texts[each.query]
        value = each.kind.parse(text) if len(text) <= LONGEST_TEXT and text.isascii() else None
        if value is None or not each.kind.holds(value):
            problems.append(InvalidOption(each.query, text, each.kind.allowed))
        else:
            values[each.field] = value
    return values, problems


def write(config: object) -> dict[str, str]:
    """The texts of the options that differ from their defaults; `read` undoes it."""
    pairs = ((each, getattr(config, each.field)) for each in options_of(type(config)))
    return {each.query: each.kind.text(value) for each, value in pairs if value != each.default}
