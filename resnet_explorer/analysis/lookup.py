"""Which net has so many parameters: the named ones, with other classes, channels of the image or stems.

Nothing is built for a variation: of a named net the stem and the classifier are exchanged, which stand by themselves.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis.conventions import plural
from resnet_explorer.analysis.counts import total
from resnet_explorer.analysis.parameters import PARAMETERS
from resnet_explorer.analysis.report import analyse
from resnet_explorer.errors import ExplorerError
from resnet_explorer.spec import IMAGE, PRESETS, NetSpec
from resnet_explorer.spec.stems import STEMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resnet_explorer.analysis.report import Report

CLASSES = (1000, 10, 100, 1, 2)
CHANNELS = (3, 1, 4)
MOST = 6
"""So many nets are named."""


class SizeMatch(NamedTuple):
    """A net that has about so many parameters by a convention; `changes` say how it departs from the named one."""

    preset: str
    changes: tuple[str, ...]
    spec: NetSpec
    convention: str
    total: int
    more: int


class Number(NamedTuple):
    """A number that was said, and by how much it may be another one, as it was rounded: 25.6 M, by 50,000."""

    value: int
    within: int = 0


POWERS = {"k": 3, "thousand": 3, "m": 6, "million": 6, "b": 9, "g": 9, "billion": 9}
_ROUNDED = re.compile(rf"([0-9]{{1,12}})(?:[.,]([0-9]{{1,9}}))?({'|'.join(POWERS)})s?", re.IGNORECASE)
_POINTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")


def number_in(words: str) -> Number | None:
    """The number that is all that words say: 11,173,962 parameters, 11.173.962, 11.2 M or 11.2 million; else None."""
    said = re.sub(r"\s|param(?:eter)?s?$", "", words.strip(), flags=re.IGNORECASE)
    rounded = _ROUNDED.fullmatch(re.sub(r",(?=[0-9]{3}(?:[^0-9]|$))", "", said))
    if rounded:
        decimals, power = rounded[2] or "", POWERS[rounded[3].lower()]
        unit = 10 ** max(0, power - len(decimals))
        return Number(int(rounded[1] + decimals) * unit // 10 ** max(0, len(decimals) - power), unit // 2)
    digits = re.sub(r"[,_.]" if _POINTS.fullmatch(said) else r"[,_]", "", said)
    return Number(int(digits)) if re.fullmatch(r"[0-9]{1,40}", digits) else None


@functools.lru_cache(maxsize=256)
def lookup(number: int, most: int = MOST, within: int = 0) -> tuple[SizeMatch, ...]:
    """The nets with that number, those with the fewest changes first; where none has it, the nearest ones.

    A number that was rounded is had by all nets that differ from it by no more than `within`.
    """

    def usual(each: SizeMatch) -> int:
        return PARAMETERS.names.index(each.convention)

    ranked = sorted(_candidates(number), key=lambda each: (abs(each.more), len(each.changes), usual(each)))
    exact = sorted((each for each in ranked if abs(each.more) <= within), key=usual)
    if exact:
        least = min(len(each.changes) for each in exact)
        once = {(each.preset, each.changes): each for each in reversed(exact) if len(each.changes) == least}
        return tuple(reversed(once.values()))[:most]
    return tuple(ranked[:most])


def told(found: SizeMatch) -> str:
    """The net in words: ResNet-18, CIFAR stem, 10 classes."""
    return ", ".join((PRESETS[found.preset].title, *found.changes))


def _candidates(number: int) -> Iterator[SizeMatch]:
    for name, changes, spec, totals in _variations():
        for convention, count in totals:
            yield SizeMatch(name, changes, spec, convention, count, count - number)


@functools.cache
def _variations() -> tuple[tuple[str, tuple[str, ...], NetSpec, tuple[tuple[str, int], ...]], ...]:
    """Every named net with each of its variations, and its parameters by each convention."""
    return tuple(
        (preset.name, changes, spec, tuple(totals.items()))
        for preset in PRESETS
        for changes, spec, totals in _of(preset.spec)
    )


def _of(spec: NetSpec) -> Iterator[tuple[tuple[str, ...], NetSpec, dict[str, int]]]:
    whole = _counts(analyse(spec))
    own, head = _stem(spec), spec.graph.nodes[-1].op
    features = dict(head.weights)["weight"][1]
    for stem in _stems(spec):
        for channels in CHANNELS:
            try:
                made = dataclasses.replace(stem, in_channels=channels)
            except ExplorerError:
                continue
            less = {name: count - own[name] for name, count in _stem(made).items()}
            for classes in dict.fromkeys((spec.classes, *CLASSES)):
                more = (features + 1) * (classes - spec.classes)
                totals = {name: whole[name] + less[name] + (0 if name == "backbone" else more) for name in whole}
                yield _changes(spec, made, classes), dataclasses.replace(made, classes=classes), totals


def _stems(spec: NetSpec) -> Iterator[NetSpec]:
    """The net with each stem that it may have."""
    yield spec
    for stem in STEMS.names:
        if getattr(spec.options, "stem", stem) != stem:
            try:
                yield spec.having(stem=stem)
            except ExplorerError:
                continue


def _changes(spec: NetSpec, made: NetSpec, classes: int) -> tuple[str, ...]:
    stem = getattr(made.options, "stem", "")
    found = {
        f"{STEMS[stem].short} stem" if stem else "": getattr(spec.options, "stem", "") != stem,
        plural(made.in_channels, "channel"): made.in_channels != spec.in_channels,
        plural(classes, "class"): classes != spec.classes,
    }
    return tuple(words for words, so in found.items() if so)


@functools.cache
def _stem(spec: NetSpec) -> dict[str, int]:
    """The parameters of what stands before the first stage, or reads the image, by each convention."""
    small = spec.having(blocks=(1,)) if hasattr(spec.options, "blocks") else spec
    report = analyse(small)
    layers = tuple(x for x in report.layers if x.node.stage == "stem" or IMAGE in x.node.inputs)
    return _counts(dataclasses.replace(report, layers=layers, counts=total(layers)))


def _counts(report: Report) -> dict[str, int]:
    return {each.name: sum(term.number for term in each.of(report)) for each in PARAMETERS}
