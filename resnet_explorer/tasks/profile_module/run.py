"""Every probe at initialisation on somebody's own module, with its own weights; a copy of it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch.nn import functional as F
from torch.utils.flop_counter import FlopCounterMode

from resnet_explorer.errors import ExplorerError
from resnet_explorer.model.device import resolve
from resnet_explorer.model.imports import from_module
from resnet_explorer.model.imports.copying import with_data
from resnet_explorer.model.imports.describe import Run, seen_of
from resnet_explorer.model.imports.locate import constructed
from resnet_explorer.model.imports.tracer import Tracer, tensors
from resnet_explorer.spec.graph import plain as without
from resnet_explorer.spec.imports import structured
from resnet_explorer.spec.ops import NORMALISING, WEIGHTED
from resnet_explorer.tasks.data import Batch, batches
from resnet_explorer.tasks.norms import Watched, ratio
from resnet_explorer.tasks.profile import Profile
from resnet_explorer.tasks.profile.probes import PROBES, Pass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from torch import Tensor, nn

    from resnet_explorer.spec import Graph, Node
    from resnet_explorer.spec.ops import Shape
    from resnet_explorer.tasks.profile_module import ModuleConfig
    from resnet_explorer.tasks.task import Report, Stopped

    Ways = Mapping[tuple[int, str], int]
LABELS = 10
LAYERS = frozenset({"conv1d", "conv2d", "conv3d", "linear"})


def measure(config: ModuleConfig, report: Report, stopped: Stopped) -> Profile:  # noqa: ARG001 - one step
    """Make the module, its weights drawn by the seed, and read every probe; that is the only record.

    Raises:
        ExplorerError: the device is not there, there is no such constructor, or its module cannot be measured.
    """
    resolve(config.device)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.seed)
        module = constructed(config.constructor, inside=True)
    found = profile_module(module, config.input_shape, batch=config.batch, seed=config.seed, plain=config.plain)
    report(found)
    return found


def profile_module(
    module: nn.Module,
    input_shape: Sequence[int] = (3, 32, 32),
    *,
    batch: int = 32,
    seed: int = 0,
    plain: bool = False,
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
        plain: measure its plain counterpart, which has the same weights: each addition of a shortcut hands on its
            branch alone. A normalisation whose scale starts at zero starts at one there, since nothing goes round it.

    Raises:
        ExplorerError: it cannot be described or run so, gives no such scores, or has no convolution.
    """
    shape = from_module(module, input_shape).input_shape
    try:
        passed = _passed(module, shape, batch, seed)
        return _measured(_without_shortcuts(module, shape, batch, seed, passed) if plain else passed)
    except ExplorerError:
        raise
    except Exception as error:
        said = str(error).strip().partition("\n")[0] or type(error).__name__
        raise ExplorerError(f"it cannot be trained on {batch} inputs at once; it says: {said}") from error


class _Watcher(Tracer):
    """A tracer that keeps what each call gave, whatever is done to it in place afterwards.

    `ways` are the calls, by place and name, that hand on one of the tensors that they read and do nothing.
    """

    def __init__(self, module: nn.Module, ways: Ways) -> None:
        self.counter = FlopCounterMode(display=False)
        super().__init__(module, self.counter)
        self.module = module
        self.ways = ways
        self.values: dict[int, Tensor] = {}

    def called(self, func: Callable[..., Any], name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """What the function gives, or the one of its tensors that goes on instead, in place where it works so."""
        read = [each for each in tensors((*args, *kwargs.values())) if id(each) in self._sources]
        way = self.ways.get((len(self.calls), name))
        if way is None or len(read) <= way:
            return super().called(func, name, args, kwargs)
        branch = read[way]
        if branch.shape != torch.broadcast_shapes(*(each.shape for each in read)):  # type: ignore[no-untyped-call]
            raise ExplorerError(f"its {name} widens its branch, so that this cannot go on alone")
        if not name.startswith("__i") and (name.startswith("__") or not name.endswith("_")):
            return branch.clone()
        return args[0] if branch is args[0] else args[0].copy_(branch)

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


class _Passed(NamedTuple):
    """A pass: who watched, the graph of what was seen with the paths of its calls, and the loss of the scores."""

    watcher: _Watcher
    graph: Graph
    paths: dict[int | None, str]
    loss: Tensor


def _passed(
    module: nn.Module, shape: Shape, batch: int, seed: int, ways: Ways | None = None,
    started: Sequence[str] = (),
) -> _Passed:  # fmt: skip
    """One pass of a copy in train mode; these of its parameters, by name, start at one."""
    copy = with_data(module)
    copied = copy.module.train()
    with torch.no_grad():
        for name in started:
            copied.get_parameter(name).fill_(1)
    watcher = _Watcher(copied, ways or {})
    with torch.random.fork_rng(devices=[]), torch.enable_grad():
        torch.manual_seed(seed)
        data = _shown(shape, batch, seed)
        watcher.starts(data.images)
        with watcher.counter, watcher, copy:
            output = copied(data.images)
        scores = _scores(output)
        loss = F.cross_entropy(scores, data.labels)
    end = watcher.source(scores)
    seen, _, paths = seen_of(Run(copied, watcher, () if end is None else (end,), real=True))
    graph = structured(seen)
    return _Passed(watcher, without(graph) if ways else graph, paths, loss)


def _without_shortcuts(module: nn.Module, shape: Shape, batch: int, seed: int, first: _Passed) -> _Passed:
    """The same pass of the plain counterpart, whose shortcuts are those that the first one showed."""
    found = _passed(module, shape, batch, seed, _ways(first), _zeros(first))
    if [call.name for call in first.watcher.calls] != [call.name for call in found.watcher.calls]:
        raise ExplorerError("without its shortcuts the module goes another way, so that nothing can be compared")
    return found


def _made(passed: _Passed) -> Iterator[tuple[int, Node]]:
    """The operations, each with the place of the call that made it."""
    nodes = {node.path: node for node in passed.graph}
    for place in range(len(passed.watcher.calls)):
        node = nodes.pop(passed.paths.get(place, ""), None)
        if node is not None:
            yield place, node


def _ways(passed: _Passed) -> dict[tuple[int, str], int]:
    """Which of the tensors that it reads goes on alone, of each call that is nothing in the plain counterpart."""
    found = {}
    for place, node in _made(passed):
        if node.op.plain is None:
            branch = node.inputs[node.op.branch or 0]
            call = passed.watcher.calls[place]
            read = [passed.paths[each] for each in call.inputs]
            found[place, call.name] = read.index(branch)
    if not found:
        raise ExplorerError("it adds nothing to a branch, so that it is its own plain counterpart")
    return found


def _zeros(passed: _Passed) -> list[str]:
    """The scales of normalisations that start at zero."""
    scales = (
        name
        for place, node in _made(passed)
        if node.op.kind in NORMALISING
        for name in passed.watcher.calls[place].owns
        if name.rpartition(".")[2] == "weight"
    )
    return [name for name in scales if not passed.watcher.module.get_parameter(name).any()]


def _shown(shape: tuple[int, ...], batch: int, seed: int) -> Batch:
    if len(shape) == 3 and shape[0] == 3 and shape[1] == shape[2]:
        return next(batches(shape, batch, seed, torch.device("cpu")))
    return Batch(torch.randn(batch, *shape), torch.arange(batch) % LABELS)


def _scores(output: object) -> Tensor:
    for each in tensors(output):
        if each.dim() == 2 and each.shape[1] >= LABELS:
            return each
    raise ExplorerError(f"it gives no scores of {LABELS} classes or more, which the loss needs")


def _measured(passed: _Passed) -> Profile:
    """What the probes read of a pass, once its gradients are there."""
    passed.loss.backward()  # type: ignore[no-untyped-call]
    watcher, graph = passed.watcher, passed.graph
    values = {path: watcher.values[place] for place, path in passed.paths.items() if place is not None}
    watch = _watched(watcher, graph, passed.paths)
    series = tuple(probe.series(Pass(graph, watch, values)) for probe in PROBES)
    main = tuple(node.path for node in graph.convolutions if node.path in watch.paths)
    return Profile(series=series, main=main, loss=passed.loss.item(), ratio=ratio(series[0].values, watch))


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
