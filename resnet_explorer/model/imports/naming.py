"""What the operations of a run are called: as the module that holds nothing else, or after what they do in theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec import IMAGE
from resnet_explorer.spec.ops import WEIGHTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resnet_explorer.model.imports.tracer import Call
    from resnet_explorer.spec.ops import Op


class Paths:
    """Paths of operations, each given once."""

    def __init__(self, modules: Iterable[str], calls: Sequence[Call], made: Sequence[Op | None]) -> None:
        self._modules = set(modules)
        self._taken = {IMAGE}
        self._calls, self._made = calls, made
        self._heads = self._found_heads()

    def _found_heads(self) -> dict[str, int]:
        """The call by which each module without parts is named: that which has its weights, or the only one."""
        within: dict[str, list[int]] = {}
        for place, (call, op) in enumerate(zip(self._calls, self._made, strict=True)):
            if call.leaf and op is not None:
                within.setdefault(call.scope, []).append(place)
        heads = {}
        for scope, places in within.items():
            ops = {place: op for place in places if (op := self._made[place])}
            heavy = [place for place, op in ops.items() if op.params or op.kind in WEIGHTED]
            if heavy or len(places) == 1:
                heads[scope] = (heavy or places)[0]
        return heads

    def of(self, place: int) -> tuple[str, str]:
        """The path of an operation, and the module that holds it."""
        call, op = self._calls[place], self._made[place]
        if call.leaf and self._heads.get(call.scope) == place:
            return self.unique(call.scope), call.scope.rpartition(".")[0]
        name = op.kind.replace(" ", "_").replace(".", "_") if op else call.name
        path = f"{call.scope}.{name}" if call.scope else name
        return self.unique(f"{path}_f" if path in self._modules else path), call.scope

    def unique(self, path: str) -> str:
        """The path, or, where it is taken, with its number: relu, relu@2."""
        made, times = path, 1
        while made in self._taken:
            times += 1
            made = f"{path}@{times}"
        self._taken.add(made)
        return made
