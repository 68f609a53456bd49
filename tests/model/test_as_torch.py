"""The built module is what torch people mean by one: stages, blocks and layers to call, index, hook, trace and copy."""

import copy
import inspect
import io
import math

import pytest
import torch
from torch import Tensor, fx, nn

import resnet_explorer as rx
from resnet_explorer.model.build import FUNCTIONS
from resnet_explorer.model.layers import PadChannels, Scale
from resnet_explorer.spec import ops
from resnet_explorer.spec.forward import EXPRESSIONS

NETS = {
    "resnet18": "net=resnet18&width=8&image=32&classes=7",
    "bottleneck": "net=resnet26d&width=8&image=32&classes=7",
    "plain": "net=plain18&width=8&image=32&classes=7",
    "vgg": "net=vgg11_bn&width=4&features=8&image=32&classes=7",
    "cifar": "cifar_resnet20",
    "preact": "block=preact_bottleneck&blocks=2,1&width=8&image=32&classes=7&branch_scale=depth",
    "se": "net=seresnet18&width=8&image=32&classes=7",
    "highway": "net=cifar_highway20&blocks=2,1",
}


def built(name: str) -> tuple[nn.Module, Tensor]:
    spec = rx.from_query(NETS[name])
    images = torch.randn(2, *spec.input_shape, generator=torch.Generator().manual_seed(0))
    return rx.build(spec, seed=0).eval(), images


def test_functions_are_written_as_they_are_run() -> None:
    assert {op.kind for op in FUNCTIONS} == EXPRESSIONS.keys()
    numbers = [torch.full((1, 1, 1, 1), each) for each in (2.0, 3.0, 0.25)]
    takes = {ops.Mix: 3, ops.AsRow: 1, ops.AsMap: 1}
    for op, function in FUNCTIONS.items():
        inputs = numbers[: takes.get(op, 2)]
        written = EXPRESSIONS[op.kind].format(*(f"n[{i}]" for i in range(len(inputs))))
        assert torch.equal(eval(written, {"torch": torch, "n": inputs}), function(*inputs))  # noqa: S307 - our own


@pytest.mark.parametrize("name", NETS)
def test_every_module_is_called_and_hooks_on_it_fire_once(name: str) -> None:
    module, images = built(name)
    fired: list[str] = []
    for path, each in module.named_modules():
        each.register_forward_hook(lambda _m, _x, _y, path=path: fired.append(path))
    module(x=images)
    assert sorted(fired) == sorted(path for path, _ in module.named_modules())


@pytest.mark.parametrize("name", NETS)
def test_copies_traces_scripts_and_exports_give_the_same(name: str) -> None:
    module, images = built(name)
    expected = module(images)
    file = io.BytesIO()
    torch.save(module, file)
    file.seek(0)
    others = {
        "in a row": nn.Sequential(*module.children()),
        "traced": fx.symbolic_trace(module),
        "copied": copy.deepcopy(module),
        "saved": torch.load(file, weights_only=False),
        "scripted": torch.jit.script(module),
    }
    for how, other in others.items():
        assert torch.equal(other(images), expected), how


def test_export_gives_the_same() -> None:
    module, images = built("bottleneck")
    program = torch.export.export(module, (images,))
    torch.testing.assert_close(program.module()(images), module(images))


@pytest.mark.parametrize("name", NETS)
def test_leaves_are_torchs_own_but_for_what_torch_lacks(name: str) -> None:
    module, _ = built(name)
    kinds = {type(each) for each in module.modules() if not [*each.children()]}
    assert {kind for kind in kinds - {PadChannels, Scale} if kind is not getattr(nn, kind.__name__, None)} == set()


def test_stages_and_blocks_are_named_counted_and_indexed() -> None:
    module = rx.build(rx.preset("resnet50"), device="meta", init=None)
    assert type(module).__name__ == "ResNet"
    assert [len(module.get_submodule(f"layer{stage}")) for stage in (1, 2, 3, 4)] == [3, 4, 6, 3]
    stage = module.get_submodule("layer4")
    assert type(stage) is nn.Sequential
    assert {type(block).__name__ for block in stage} == {"Bottleneck"}
    assert type(stage[0].get_submodule("downsample")) is nn.Sequential
    assert stage(torch.empty(1, 1024, 14, 14, device="meta")).shape == (1, 2048, 7, 7)
    assert stage[-1](torch.empty(1, 2048, 7, 7, device="meta")).shape == (1, 2048, 7, 7)


@pytest.mark.parametrize(
    ("name", "path", "kind"),
    [
        ("resnet18", "layer1.0", "BasicBlock"),
        ("plain", "layer2.0", "BasicBlock"),
        ("preact", "layer1.0", "PreActBottleneck"),
        ("highway", "layer1.0", "HighwayBlock"),
        ("se", "layer1.0.se", "SqueezeExcitation"),
        ("vgg", "", "VGG"),
        ("vgg", "features", "Sequential"),
        ("vgg", "classifier", "Sequential"),
    ],
)
def test_modules_are_of_the_class_that_people_expect(name: str, path: str, kind: str) -> None:
    assert type(built(name)[0].get_submodule(path)).__name__ == kind


def test_the_forward_pass_reads_as_if_a_person_had_written_it() -> None:
    block = built("bottleneck")[0].get_submodule("layer2.0")
    lines = [
        "def forward(self, x):",
        "    y = self.relu1(self.bn1(self.conv1(x)))",
        "    y = self.relu2(self.bn2(self.conv2(y)))",
        "    y = self.bn3(self.conv3(y))",
        "    x = self.downsample(x)",
        "    return self.relu(y + x)",
        "",
    ]
    assert block.code == "\n".join(lines)
    assert inspect.getsource(type(block).forward) == block.code


def test_a_class_activation_map_is_the_last_blocks_maps_weighed_by_their_gradients() -> None:
    module, images = built("resnet18")
    kept: list[Tensor] = []

    def keep(_module: nn.Module, _inputs: object, maps: Tensor) -> None:
        maps.retain_grad()
        kept.append(maps)

    module.get_submodule("layer4")[-1].register_forward_hook(keep)  # type: ignore[index]
    module(images)[:, 3].sum().backward()
    (maps,) = kept
    assert maps.grad is not None
    weights = module.get_parameter("fc.weight")[3] / math.prod(maps.shape[2:])
    assert torch.allclose(maps.grad.mean((2, 3)), weights.expand(2, -1))


def test_layers_initialise_themselves_anew_when_asked() -> None:
    module, _ = built("resnet18")
    before = {path: tensor.clone() for path, tensor in module.named_parameters()}
    module.apply(lambda each: each.reset_parameters() if hasattr(each, "reset_parameters") else None)
    changed = {path for path, tensor in module.named_parameters() if not torch.equal(tensor, before[path])}
    assert changed == {path for path in before if before[path].dim() > 1 or path == "fc.bias"}
