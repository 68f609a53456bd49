"""Sentences whose numbers carry their workings, to be shown as a page does it, or in plain text without them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from resnet_explorer.analysis.worked import Worked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words, and between them the numbers that have a working; made by `say`."""

    parts: tuple[str | Worked, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __str__(self) -> str:
        return self.shown(str)

    def __format__(self, form: str) -> NoReturn:
        raise TypeError("an f-string would lose the workings: say the text as a part of another, or its `str` alone")

    def shown(self, show: Callable[[Worked], str], plain: Callable[[str], str] = str) -> str:
        """The text with each number as `show` writes it, and what stands between them as `plain` does."""
        return "".join(plain(part) if isinstance(part, str) else show(part) for part in self.parts)


Part: TypeAlias = str | Worked | Sentence


def say(*parts: Part) -> Sentence:
    """These in a row, as one text; of a number without a working the words alone."""
    made: list[str | Worked] = []
    for part in itertools.chain.from_iterable(each.parts if isinstance(each, Sentence) else (each,) for each in parts):
        if isinstance(part, Worked) and part.working:
            made.append(part)
        elif made and isinstance(made[-1], str):
            made[-1] += str(part)
        else:
            made.append(str(part))
    return Sentence(tuple(filter(None, made)))


def joined(between: str, parts: Iterable[Part]) -> Sentence:
    """Those of them that are not empty, with the same between each two."""
    return say(*[each for part in parts if part for each in (between, part)][1:])


def listed(parts: Iterable[Part]) -> Sentence:
    """a, b and c."""
    *before, last = [*parts] or [""]
    return say(joined(", ", before), " and ", last) if before else say(last)
