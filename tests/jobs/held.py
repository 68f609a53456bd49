"""What a piece of work holds in tensors, counted where they are made."""

from __future__ import annotations

import weakref
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves


class Held(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """The bytes of all tensors that operations have made and that are still held, and the most of them at once."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.now = self.most = 0
        self._known: set[int] = set()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        made = func(*args, **(kwargs or {}))
        for each in tree_leaves(made):
            if isinstance(each, torch.Tensor):
                self._note(each.untyped_storage())
        return made

    def _note(self, storage: torch.UntypedStorage) -> None:
        place, count = storage._cdata, storage.nbytes()
        if place not in self._known:
            self._known.add(place)
            self.now += count
            self.most = max(self.most, self.now)
            weakref.finalize(storage, self._forget, place, count)

    def _forget(self, place: int, count: int) -> None:
        self._known.discard(place)
        self.now -= count
