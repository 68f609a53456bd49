"""What the numbers of a class are called: its parameters, found as what varies from one instance to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIZES = frozenset({"in_channels", "out_channels", "channels", "in_features", "out_features", "planes"})
"""Attributes that a person writes as a multiple of a parameter."""
INNER = "inner_channels"
"""What channels are called that go with no parameter."""
SPREAD, BEFORE = ("padding", "dilation"), "previous_dilation"
"""Attributes that go together in a 3x3 convolution, and what they are called where they are not the block's own."""
DEFAULTS = {"stride": "1", "dilation": "1", BEFORE: "1", "first": "False"}
"""Parameters with a default; those come last."""


class Scope:
    """The parameters of a class, each with its value in every instance; only those that are used are written.

    `sizes` are what every instance may be told: the channels that it takes, its width, its stride. A number that is the
    same everywhere is written as it is, one that goes with a parameter by that, and any other becomes a parameter.
    """

    def __init__(self, sizes: Mapping[str, Sequence[int]], first: Sequence[bool] = ()) -> None:
        varying = {name for name, values in sizes.items() if name in SIZES or len({*values}) > 1}
        self._known: dict[str, tuple[int, ...]] = {name: tuple(sizes[name]) for name in sizes if name in varying}
        self._first = tuple(first)
        self._count = max(map(len, sizes.values()), default=1)
        self._used: dict[str, tuple[Any, ...]] = {}

    @property
    def parameters(self) -> dict[str, tuple[Any, ...]]:
        """Those that are used, with their values, in the order in which they are declared."""
        known = {**self._known, "first": self._first}
        order = sorted(self._used, key=lambda name: (name in DEFAULTS, [*known].index(name)))
        return {name: self._used[name] for name in order}

    def text(self, attribute: str, values: Sequence[Any], places: Sequence[int], *, enters: bool = False) -> str:
        """An attribute's values in the instances at these places; `enters` where it is of what reads the input."""
        varies = len({*values}) > 1
        names = self._order(attribute, enters=enters, varies=varies)
        own = {name: [self._known[name][place] for place in places] for name in names}
        found = next((name for name in names if own[name] == [*values]), "")
        if found:
            return self._use(found, found)
        if attribute in SIZES:
            texts = ((name, multiple(name, own[name], values)) for name in names)
            name, text = next((each for each in texts if each[1]), ("", ""))
            if text:
                return self._use(name, text)
        if not varies:
            return repr(values[0])
        name = INNER if attribute in SIZES else BEFORE if attribute in SPREAD else attribute
        known = dict(zip(places, values, strict=True))
        self._known[name] = tuple(known.get(place, values[0]) for place in range(self._count))
        return self._use(name, name)

    def _order(self, attribute: str, *, enters: bool, varies: bool) -> list[str]:
        """The parameters that an attribute may go with, the likeliest first."""
        if attribute not in SIZES:
            kin = ("dilation", BEFORE) if attribute in SPREAD and varies else ()
            return [name for name in self._known if name == attribute or name in kin]
        sizes = [name for name in self._known if name not in DEFAULTS]
        return sorted(sizes, key=lambda name: (name == "in_channels") != (enters and attribute != "out_channels"))

    def condition(self, present: Sequence[bool], places: Sequence[int], out: Sequence[int], *, asked: str) -> str:
        """What decides whether a module is there, in an instance that gives `out` channels; else that it is `asked`."""
        strides = [self._known["stride"][place] != 1 if "stride" in self._known else False for place in places]
        widens = [self._known.get("in_channels", out)[place] != out[place] for place in places]
        later = [not self._first[place] for place in places] if self._first else []
        channels = f"in_channels != {multiple('planes', self._known.get('planes', ()), out)}"
        tried = {
            f"stride != 1 or {channels}": [a or b for a, b in zip(strides, widens, strict=True)],
            channels: widens,
            "stride != 1": strides,
            "not first": later,
            f"{channels} and not first": [a and b for a, b in zip(widens, later, strict=True)] if later else [],
        }
        found = next((words for words, values in tried.items() if values == [*present]), "")
        if not found:  # none of these: the class is told
            self._known[asked] = tuple(
                dict(zip(places, present, strict=True)).get(n, False) for n in range(self._count)
            )
            return self._use(asked, asked)
        if "stride" not in self._known:
            found = found.removeprefix("stride != 1 or ")
        for name in ("stride", "in_channels", "planes", "first"):
            if name in found:
                self._use(name, name)
        return found

    def _use(self, name: str, text: str) -> str:
        self._used[name] = self._first if name == "first" else self._known[name]
        return text


def multiple(name: str, own: Sequence[int], values: Sequence[int]) -> str:
    """The values as a parameter, its multiple or a part of it; empty where they are none."""
    pairs = [*zip(own, values, strict=True)]
    if all(a == b for a, b in pairs):
        return name
    times, parts = ({(b // a, b % a) for a, b in pairs}, {(a // b, a % b) for a, b in pairs})
    for found, sign in ((times, f"{{}} * {name}"), (parts, f"{name} // {{}}")):
        if len(found) == 1 and not (only := next(iter(found)))[1]:
            return sign.format(only[0])
    return ""
