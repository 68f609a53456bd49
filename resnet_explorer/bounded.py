"""A cache bounded by the size of what it keeps, not by how many: a link can ask for a net of 20,000 operations."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Value = TypeVar("Value")


def bounded(most: int, size: Callable[[Any], int]) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Keep what a function returns, what was asked for last, up to sizes of `most` in all; the last in any case."""

    def decorate(make: Callable[..., Value]) -> Callable[..., Value]:
        kept: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        lock, total = threading.Lock(), [0]

        @functools.wraps(make)
        def cached(*arguments: Hashable) -> Value:
            with lock:
                if found := kept.get(arguments):
                    kept.move_to_end(arguments)
                    return found[0]
            value = make(*arguments)
            with lock:
                if arguments not in kept:
                    kept[arguments] = (value, size(value))
                    total[0] += kept[arguments][1]
                    while total[0] > most and len(kept) > 1:
                        total[0] -= kept.popitem(last=False)[1][1]
            return value

        cached.kept = kept  # type: ignore[attr-defined] # for tests
        return cached

    return decorate
