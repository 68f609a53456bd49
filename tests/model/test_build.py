"""The real module: initialisation, seeds, copies, and what it must share with its relatives."""

import copy
import dataclasses
import gc
import pickle

import pytest
import torch
from torch import nn

import resnet_explorer as rx
from resnet_explorer.analysis import analyse
from resnet_explorer.errors import ExplorerError, UnknownName
from resnet_explorer.model.build import FUNCTIONS, MODULES
from resnet_explorer.model.device import resolve
from resnet_explorer.model.inits import INITS
from resnet_explorer.spec import PRESETS, NetSpec, ResNetOptions, ops
from resnet_explorer.tasks import initialisation

TINY = NetSpec(options=ResNetOptions(blocks=(1, 1), width=4, stem="cifar"), image=8, classes=3)


def same(one: nn.Module, other: nn.Module) -> bool:
    a, b = one.state_dict(), other.state_dict()
    return list(a) == list(b) and all(torch.equal(a[key], b[key]) for key in a)


def test_every_operation_has_a_torch_form() -> None:
    ours = {each for each in vars(ops).values() if isinstance(each, type) and issubclass(each, ops.Op)}
    described = {each for each in ours if hasattr(each, "kind") and not issubclass(each, ops.Imported)}
    assert described == {*MODULES, *FUNCTIONS}


def test_the_initialisations_are_those_that_configs_name() -> None:
    assert INITS.names == initialisation.INITS


@pytest.mark.parametrize("name", PRESETS.names)
def test_weights_are_those_of_the_description(name: str) -> None:
    spec = PRESETS[name].spec
    module = rx.build(spec, device="meta", init=None)
    expected = {f"{n.path}.{name}": shape for n in spec.graph for name, shape in n.op.weights}
    assert {path: tuple(p.shape) for path, p in module.named_parameters()} == expected
    assert sum(p.numel() for p in module.parameters()) == analyse(spec).params


@pytest.mark.parametrize("name", PRESETS.names)
def test_every_intermediate_shape_is_the_described_one(name: str) -> None:
    spec = dataclasses.replace(PRESETS[name].spec, image=37)
    module = rx.build(spec, init=None).eval()  # on no device: there each BatchNorm takes milliseconds
    expected = {layer.path: layer.output_shape for layer in analyse(spec).layers}
    seen: dict[str, tuple[int, ...]] = {}
    for path, child in module.named_modules():
        if path in expected:
            child.register_forward_hook(lambda _m, _x, y, path=path: seen.update({path: tuple(y.shape[1:])}))
    with torch.no_grad():
        assert module(torch.zeros(2, *spec.input_shape)).shape == (2, spec.classes)
    functions = {node.path for node in spec.graph if type(node.op) in FUNCTIONS}
    assert seen == {path: shape for path, shape in expected.items() if path not in functions}


@pytest.mark.parametrize("init", INITS.names)
def test_a_seed_gives_the_same_weights_and_another_others(init: str) -> None:
    assert same(rx.build(TINY, seed=3, init=init), rx.build(TINY, seed=3, init=init))
    assert not same(rx.build(TINY, seed=3, init=init), rx.build(TINY, seed=4, init=init))


def test_without_a_seed_torchs_own_generator_draws() -> None:
    torch.manual_seed(1)
    first, second = rx.build(TINY), rx.build(TINY)
    torch.manual_seed(1)
    assert same(first, rx.build(TINY))
    assert not same(first, second)


def test_with_a_seed_torchs_own_generator_is_left_alone() -> None:
    before = torch.get_rng_state()
    rx.build(TINY, seed=0)
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize("change", [{"residual": False}, {"shortcut": "A"}, {"shortcut": "C"}, {"blocks": (2, 1)}])
@pytest.mark.parametrize(
    "init", sorted({*INITS.names} - {"fixup_like"})
)  # which depends on how many branches there are
def test_relatives_share_the_weights_of_the_layers_they_share(change: dict[str, object], init: str) -> None:
    one = rx.build(TINY, seed=0, init=init).state_dict()
    other = rx.build(TINY.having(**change), seed=0, init=init).state_dict()
    shared = one.keys() & other.keys()
    alike = [key for key in shared if one[key].shape == other[key].shape]
    assert {"conv1.weight", "layer1.0.conv1.weight", "layer2.0.conv2.weight", "fc.weight"} <= set(alike)
    assert all(torch.equal(one[key], other[key]) for key in alike)


def test_he_has_the_variance_of_the_paper_by_fan_out() -> None:
    module = rx.build(TINY.having(width=64), seed=0)
    weight = module.get_parameter("layer2.0.conv2.weight")
    assert weight.std().item() == pytest.approx((2 / (128 * 9)) ** 0.5, rel=0.02)
    assert module.get_parameter("layer1.0.bn1.weight").eq(1).all()
    assert module.get_parameter("layer1.0.bn1.bias").eq(0).all()


def test_without_norm_he_zeroes_the_biases() -> None:
    module = rx.build(TINY.having(norm="none"), seed=0)
    assert module.get_parameter("conv1.bias").eq(0).all()
    assert not module.get_parameter("fc.bias").eq(0).any()


@pytest.mark.parametrize(("layer", "kind"), [("conv1", nn.Conv2d), ("fc", nn.Linear)])
def test_pytorchs_default_is_the_one_of_its_layers(layer: str, kind: type[nn.Module]) -> None:
    built = rx.build(TINY.having(norm="none"), seed=0, init="pytorch").get_submodule(layer)
    sizes = (3, 64, 3) if kind is nn.Conv2d else (8, 3)
    torch.manual_seed(0)
    theirs = kind(*sizes)
    fan_in = theirs.weight[0].numel()
    for name in ("weight", "bias"):
        ours = built.get_parameter(name)
        assert ours.abs().max() <= fan_in**-0.5
        assert theirs.get_parameter(name).abs().max() <= fan_in**-0.5
        assert not ours.eq(0).any()


@pytest.mark.parametrize("init", INITS.names)
def test_zero_gamma_starts_the_last_scale_of_each_branch_at_zero(init: str) -> None:
    module = rx.build(rx.preset("resnet50").having(zero_gamma=True, blocks=(1, 1), width=4), seed=0, init=init)
    zero = {path for path, p in module.named_parameters() if path.endswith("weight") and p.dim() == 1 and not p.any()}
    assert zero == {"layer1.0.bn3.weight", "layer2.0.bn3.weight"}


@pytest.mark.parametrize("init", INITS.names)
def test_a_highways_gate_starts_nearly_closed(init: str) -> None:
    module = rx.build(rx.preset("cifar_highway20").having(blocks=(1,)), seed=0, init=init)
    assert module.get_parameter("layer1.0.gate.conv.bias").eq(-2).all()
    assert not module.get_parameter("layer1.0.conv1.bias").eq(-2).any()


def test_without_initialisation_batchnorm_is_ready_and_memory_is_there() -> None:
    module = rx.build(TINY, init=None)
    for path, buffer in module.named_buffers():
        assert torch.equal(buffer, torch.ones_like(buffer) if "running_var" in path else torch.zeros_like(buffer))
    module.load_state_dict(rx.build(TINY, seed=0).state_dict(), strict=True)
    assert same(module, rx.build(TINY, seed=0))


def test_it_pickles_copies_and_prints_its_code() -> None:
    module = rx.build(TINY.having(shortcut="A"), seed=0).eval()
    images = torch.randn(2, 3, 8, 8)
    for twin in (copy.deepcopy(module), pickle.loads(pickle.dumps(module))):  # noqa: S301 - our own bytes
        assert same(module, twin)
        assert torch.equal(module(images), twin(images))
    assert module.training is False
    assert module.train().training is True
    assert "x = self.layer1(x)" in module.code
    assert [name for name, _ in module.named_children()] == [
        "conv1", "bn1", "relu", "layer1", "layer2", "avgpool", "flatten", "fc",
    ]  # fmt: skip


@pytest.mark.parametrize("collecting", [True, False])
def test_the_garbage_collector_is_left_as_it_was(collecting: bool) -> None:  # noqa: FBT001
    before = gc.isenabled()
    try:
        (gc.enable if collecting else gc.disable)()
        rx.build(TINY, init=None)
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if before else gc.disable)()


def test_a_name_or_a_query_is_built_as_what_it_describes() -> None:
    query = "net=ResNet18&width=4&classes=3"
    assert same(rx.build(query, seed=0), rx.build(rx.from_query(query), seed=0))


def test_what_there_is_not_is_refused_in_a_sentence() -> None:
    with pytest.raises(UnknownName, match="unknown initialisation 'zen'; expected one of: he, pytorch, xavier"):
        rx.build(TINY, init="zen")
    for device in ("cuda:77", "no-such", "xla"):
        with pytest.raises(ExplorerError, match="not available on this machine; available: cpu"):
            rx.build(TINY, device=device)


def test_a_card_is_one_of_those_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert [str(resolve(name)) for name in ("cuda", "cuda:1")] == ["cuda", "cuda:1"]
    with pytest.raises(ExplorerError, match="'cuda:2' is not available"):
        resolve("cuda:2")


def test_option_a_subsamples_and_pads_with_zeros() -> None:
    pad = rx.build(TINY.having(shortcut="A"), seed=0).get_submodule("layer2.0.pad")
    x = torch.randn(2, 4, 5, 5)
    y = pad(x)
    assert torch.equal(y[:, :4], x[:, :, ::2, ::2])
    assert y.shape == (2, 8, 3, 3)
    assert not y[:, 4:].any()
