"""Every probe at initialisation on somebody's own module, with its own weights; a copy of it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional as F
from torch.utils.flop_counter import FlopCounterMode

from resnet_explorer.errors import ExplorerError
from resnet_explorer.model.imports import from_module
from resnet_explorer.model.imports.copying import with_data
from resnet_explorer.model.imports.describe import Run, seen_of
from resnet_explorer.model.imports.tracer import Tracer, tensors
from resnet_explorer.spec.imports import structured
from resnet_explorer.spec.ops import WEIGHTED
from resnet_explorer.tasks.data import Batch, batches
from resnet_explorer.tasks.norms import Watched, ratio
from resnet_explorer.tasks.profile import Profile
from resnet_explorer.tasks.profile.probes import PROBES, Pass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from torch import Tensor, nn

    from resnet_explorer.spec import Graph

LABELS = 10
LAYERS = frozenset({"conv1d", "conv2d", "conv3d", "linear"})


def profile_module(
    module: nn.Module, input_shape: Sequence[int] = (3, 32, 32), *, batch: int = 32, seed: int = 0
) -> Profile:
    """Read every probe on a copy of a module in train mode; the module itself is left alone.

    A module of square pictures in three colours is shown the first mini-batch of the digits, another one values drawn
    from the standard normal distribution; the loss is cross-entropy with the digits' labels. Read are the layers whose
    weights are their own, not made at each call.

    Args:
        module: any module that takes one tensor and gives scores of ten classes or more.
        input_shape: the input's shape without the batch.
        batch: how many inputs.
        seed: of the data's order, of what is drawn, and of dropout.

    Raises:
        ExplorerError: it cannot be described, gives no such scores, or has no convolution.
    """
    shape = from_module(module, input_shape).input_shape
    copied = with_data(module).train()
    copied.zero_grad()
    watcher = _Watcher(copied)
    with torch.random.fork_rng(devices=[]), torch.enable_grad():
        torch.manual_seed(seed)
        data = _shown(shape, batch, seed)
        watcher.starts(data.images)
        with watcher.counter, watcher:
            output = copied(data.images)
        scores = _scores(output)
        loss = F.cross_entropy(scores, data.labels)
        loss.backward()  # type: ignore[no-untyped-call]
    return _read(watcher, scores, loss.item())


class _Watcher(Tracer):
    """A tracer that keeps what each call gave, whatever is done to it in place afterwards."""

    def __init__(self, module: nn.Module) -> None:
        self.counter = FlopCounterMode(display=False)
        super().__init__(module, self.counter)
        self.module = module
        self.values: dict[int, Tensor] = {}

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        """Call the function, and keep what it gave; of a layer with its gradient, so that a copy of it is handed on."""
        before = len(self.calls)
        output = super().__torch_function__(func, types, args, kwargs)
        for place in range(before, len(self.calls)):
            call = self.calls[place]
            if call.name in LAYERS and call.output.requires_grad:
                call.output.retain_grad()
                self.values[place] = call.output
                output = call.output.clone()
                self.takes(output, place)
            else:
                self.values[place] = call.output.detach().clone()
        return output


def _shown(shape: tuple[int, ...], batch: int, seed: int) -> Batch:
    if len(shape) == 3 and shape[0] == 3 and shape[1] == shape[2]:
        return next(batches(shape, batch, seed, torch.device("cpu")))
    return Batch(torch.randn(batch, *shape), torch.arange(batch) % LABELS)


def _scores(output: object) -> Tensor:
    for each in tensors(output):
        if each.dim() == 2 and each.shape[1] >= LABELS:
            return each
    raise ExplorerError(f"it gives no scores of {LABELS} classes or more, which the loss needs")


def _read(watcher: _Watcher, scores: Tensor, loss: float) -> Profile:
    """What the probes read of a pass that is over."""
    end = watcher.source(scores)
    run = Run(watcher.module, watcher, () if end is None else (end,), real=True)
    seen, _, paths = seen_of(run)
    graph = structured(seen)
    values = {path: watcher.values[place] for place, path in paths.items() if place is not None}
    watch = _watched(watcher, graph, paths)
    series = tuple(probe.series(Pass(graph, watch, values)) for probe in PROBES)
    main = tuple(node.path for node in graph.convolutions if node.path in watch.paths)
    return Profile(series=series, main=main, loss=loss, ratio=ratio(series[0].values, watch))


def _watched(watcher: _Watcher, graph: Graph, paths: Mapping[int | None, str]) -> Watched:
    """The layers that have a weight of their own, each weight where it was first used."""
    own = dict(watcher.module.named_parameters())
    weights: dict[str, Tensor] = {}
    for place, call in enumerate(watcher.calls):
        made = [own[name] for name in call.owns if name.rpartition(".")[2] == "weight"]
        if call.name in LAYERS and made and any(each is made[0] for each in tensors((call.args, dict(call.kwargs)))):
            weights[paths[place]] = made[0]
    known = [node for node in graph if node.path in weights and node.op.kind in WEIGHTED]
    convs = [node.path for node in known if node.main and node.op.kind == "conv"]
    if not convs:
        raise ExplorerError("it has no convolution with a weight of its own on its main path")
    names = tuple(node.path for node in known)
    return Watched(names, tuple(weights[path] for path in names), names.index(convs[0]), names.index(convs[-1]))
