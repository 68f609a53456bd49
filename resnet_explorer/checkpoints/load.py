"""Weights of a file into a net: what fits is loaded, and a sentence says what was done and what was left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resnet_explorer.checkpoints import files, names
from resnet_explorer.checkpoints.tensors import told
from resnet_explorer.errors import UnknownNet

if TYPE_CHECKING:
    import os

MOST_TOLD = 4
"""Names that a sentence lists; then it says how many more there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was loaded.

    Attributes:
        loaded: the net's tensors that have the file's numbers now.
        other: those that have another shape in the file, each with both shapes; they stay as they were.
        missing: those that the file has not; they stay as they were.
        unused: the file's tensors that the net has no place for.
        fitted: sentences of what was done to the names.
    """

    loaded: tuple[str, ...]
    other: tuple[str, ...]
    missing: tuple[str, ...]
    unused: tuple[str, ...]
    fitted: tuple[str, ...]

    def __str__(self) -> str:
        parts = [f"{len(self.loaded):,} tensors are loaded", *self.fitted]
        parts += [f"of another shape, and left as they were: {_listed(self.other)}"] if self.other else []
        parts += [f"not in the file, and left as they were: {_listed(self.missing)}"] if self.missing else []
        parts += (
            [f"in the file without a place in the net: {_listed(tuple(map(told, self.unused)))}"] if self.unused else []
        )
        return "; ".join(parts)


def load(net: Any, path: str | os.PathLike[str]) -> Loaded:
    """Load into a module what a file of weights has for it; `print` of the result says what that was.

    Wrappers and prefixes (`module.`, `backbone.`, {"state_dict": ...}) are seen through. A tensor of another shape,
    such as the classifier for other classes, stays as it is in the net.

    Args:
        net: a `torch.nn.Module`, as `build` makes it, or another one with torchvision's names.
        path: a `.safetensors` file, or one that `torch.save` wrote; code in it is not carried out.

    Raises:
        Unreadable: the file is broken, of another kind, or asks for code to be run.
        UnknownNet: no tensor of the file fits the net.
        Missing: torch is not installed.
    """
    held, fitted = names.table(files.values(path))
    theirs = names.found(names.tensors(held))
    mine = names.found(names.tensors(net.state_dict()))
    fits = {name for name, tensor in mine.own.items() if name in theirs.own and theirs.own[name].shape == tensor.shape}
    if not fits:
        message = f"none of the {len(held):,} tensors of the file fits the net, by name and shape"
        raise UnknownNet(message)
    net.load_state_dict({mine.called[name]: held[theirs.called[name]] for name in fits}, strict=False)
    return Loaded(
        loaded=tuple(mine.called[name] for name in mine.own if name in fits),
        other=tuple(
            f"{mine.called[name]} ({_sizes(theirs.own[name].shape)} in the file, {_sizes(tensor.shape)} in the net)"
            for name, tensor in mine.own.items()
            if name in theirs.own and name not in fits
        ),
        missing=tuple(mine.called[name] for name in mine.own if name not in theirs.own),
        unused=(*(theirs.called[name] for name in theirs.own if name not in mine.own), *theirs.rest),
        fitted=(*fitted, *theirs.fitted),
    )


def _sizes(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape)) or "one number"


def _listed(every: tuple[str, ...]) -> str:
    more = f" and {len(every) - MOST_TOLD:,} more" if len(every) > MOST_TOLD else ""
    return ", ".join(every[:MOST_TOLD]) + more
