"""The variance of the signal: behind the stem, and behind each block."""

from __future__ import annotations

from resnet_explorer.tasks.profile.probes.probe import Pass, Probe


def _read(seen: Pass) -> tuple[tuple[str, ...], tuple[float, ...]]:
    ends: dict[str, str] = {}
    for node in seen.graph:
        if node.block or node.stage == "stem":
            ends[node.block or "stem"] = node.path
    if not ends:  # a VGG net has neither a stem nor blocks
        return (), ()
    return tuple(ends), tuple(seen.values[path].detach().cpu().double().var().item() for path in ends.values())


SIGNAL = Probe(name="signal", title="variance of the signal", read=_read)
