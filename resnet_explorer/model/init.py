"""Initialisation: each parameter from a generator of its own, seeded by its path."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import nn

    from resnet_explorer.model.inits import Fill
    from resnet_explorer.spec import Graph


def initialise(module: nn.Module, graph: Graph, fill: Fill, seed: int | None) -> None:
    """Fill every parameter of a module on the CPU that was assembled from the graph.

    Those of which the description says what they start at start there, whatever the initialisation.
    """
    tensors = dict(module.named_parameters())
    with torch.no_grad():
        for node in graph:
            for name, _ in node.op.weights:
                path, start = f"{node.path}.{name}", node.op.start(name)
                if start is None:
                    fill(node, name, tensors[path], None if seed is None else generator(seed, path))
                else:
                    tensors[path].fill_(start)


def generator(seed: int, path: str) -> torch.Generator:
    """A CPU generator that depends on the seed and on the path alone."""
    digest = hashlib.blake2b(f"{seed}:{path}".encode(), digest_size=8).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest, "big"))
