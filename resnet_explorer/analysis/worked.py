"""A number that carries its working, so that the two are made together and cannot drift apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NoReturn

from resnet_explorer.analysis.conventions import times


@dataclass(frozen=True, slots=True)
class Worked:
    """A number: its value, how it is said, and how it is made, in live values."""

    value: float
    text: str
    working: str

    def __str__(self) -> str:
        """The number as it is said."""
        return self.text

    def __format__(self, form: str) -> NoReturn:
        raise TypeError("an f-string would lose the working: say the number as a part of a text, or its `text` alone")

    def said(self, form: str) -> Worked:
        """The same number in other words: `{:.1f} %`, or a text without braces."""
        return replace(self, text=form.format(self.value).replace("-", "−"))

    def percent(self, form: str = "{}", digits: int = 0, sign: str = "") -> Worked:
        """A share in per cent: what is less than all is not said to be 100, nor what is more than nothing 0.

        A change has a `sign`, `+`, but at these ends: there its sentence says which way it goes.
        """
        size, step = abs(self.value), 10**-digits
        ends = {
            f"{100:.{digits}f}": f"more than {100 - step:.{digits}f} %",
            f"{0:.{digits}f}": f"less than {step:.{digits}f} %",
        }
        about = ends.get(f"{size:.{digits}f}") if 0 < size < 100 else None
        return self.said(form.format(about or f"{self.value:{sign},.{digits}f} %"))

    def times(self, form: str) -> Worked:
        """The same number as so many times another: `{:.2f}`."""
        return self.said(times(form.format(self.value)))

    def of(self, what: str) -> Worked:
        """The same number, whose working ends with what its terms are."""
        return replace(self, working=f"{self.working}, {what}")
