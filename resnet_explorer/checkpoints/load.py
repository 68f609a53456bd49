"""Weights of a file into a net: what fits is loaded, and a sentence says what was done and what was left."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from resnet_explorer.analysis.conventions import plural
from resnet_explorer.checkpoints import files, names
from resnet_explorer.checkpoints.tensors import told
from resnet_explorer.errors import InvalidOption, UnknownNet, Unreadable, shown

MOST_TOLD = 4
"""Names that a sentence lists; then it says how many more there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was loaded.

    Attributes:
        loaded: the net's tensors that have the file's numbers now.
        other: those that have another shape in the file, each with both shapes, or whole numbers, as quantised weights
            do, or complex ones where the net has real ones; they stay as they were.
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
        parts = [f"{plural(len(self.loaded), 'tensor')} loaded", *self.fitted]
        parts += [f"of another shape or type, and left as they were: {_listed(self.other)}"] if self.other else []
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
        Unreadable: the file is broken, of another kind, or asks for code to be run; or the net is no module that
            numbers can be loaded into.
        UnknownNet: no tensor of the file fits the net.
        InvalidOption: `path` is none.
        Missing: torch is not installed.
    """
    places = _places(net)
    if not isinstance(path, str | os.PathLike):
        raise InvalidOption("path", path, "the path of a file")
    held, fitted = names.table(files.values(path))
    theirs = names.torchvision_names(names.tensors(held))
    mine = names.torchvision_names(names.tensors(places))
    both = ((name, theirs.called[name], mine.called[name]) for name in mine.own if name in theirs.own)
    why = {name: _differs(held[file], places[net]) for name, file, net in both}
    fits = {name for name, differs in why.items() if not differs}
    if not fits:
        message = f"the file has {plural(len(held), 'tensor')}, and none fits the net by name and shape"
        raise UnknownNet(message)
    net.load_state_dict({mine.called[name]: held[theirs.called[name]] for name in fits}, strict=False)
    return Loaded(
        loaded=tuple(mine.called[name] for name in mine.own if name in fits),
        other=tuple(f"{mine.called[name]} ({differs})" for name, differs in why.items() if differs),
        missing=tuple(mine.called[name] for name in mine.own if name not in theirs.own),
        unused=(*(theirs.called[name] for name in theirs.own if name not in mine.own), *theirs.rest),
        fitted=(*fitted, *theirs.fitted),
    )


def _differs(theirs: Any, mine: Any) -> str:
    """Why a tensor of the file is none for that of the net; empty where it is one."""
    read = names.tensors({"file": theirs, "net": mine})
    file, net = read["file"], read["net"]
    if file.shape != net.shape:
        return f"{_sizes(file.shape)} in the file, {_sizes(net.shape)} in the net"
    if net.floating and not file.floating:
        return "whole numbers in the file"
    imaginary = ["complex" in str(getattr(each, "dtype", "")) for each in (theirs, mine)]
    return "complex numbers in the file" if imaginary == [True, False] else ""


def _places(net: Any) -> dict[str, Any]:
    """The tensors of a module, which have shapes and hold numbers."""
    if not callable(getattr(net, "load_state_dict", None)):
        message = f"{shown(net)} is no torch.nn.Module; give the module itself, as `build` makes it"
        raise Unreadable(message)
    held, _ = names.table(net.state_dict())
    if any(getattr(each, "is_meta", False) for each in held.values()):
        message = "the net is on the device meta, where a tensor has a shape alone; build it on cpu"
        raise Unreadable(message)
    return held


def _sizes(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape)) or "one number"


def _listed(every: tuple[str, ...]) -> str:
    more = f" and {len(every) - MOST_TOLD:,} more" if len(every) > MOST_TOLD else ""
    return ", ".join(every[:MOST_TOLD]) + more
