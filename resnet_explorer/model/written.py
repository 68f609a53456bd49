"""Modules whose forward pass is written from a graph: each is of a class of its own name, with readable source."""

from __future__ import annotations

import functools
import linecache
from typing import Any, ClassVar

import torch
from torch import nn


class Written(nn.Module):
    """A module whose `forward` was written; `code` is its source, which `inspect` and `torch.jit.script` find too."""

    code: ClassVar[str]

    def __reduce__(self) -> tuple[Any, ...]:
        """Copied and saved by name and source, since its class stands in no file."""
        return _blank, (type(self).__name__, self.code), self.__dict__


def _blank(name: str, code: str) -> Written:
    made = written(name, code)
    return made.__new__(made)


@functools.lru_cache(maxsize=1024)
def written(name: str, code: str) -> type[Written]:
    """The class of that name with this forward pass; the same class for the same."""
    file = f"<{name} of resnet_explorer, {hash(code):x}>"
    space: dict[str, Any] = {"__name__": __name__, "torch": torch}
    exec(compile(code, file, "exec"), space)  # noqa: S102 - what `spec.forward` wrote
    linecache.cache[file] = len(code), None, code.splitlines(keepends=True), file
    return type(name, (Written,), {"__module__": __name__, "code": code, "forward": space["forward"]})
