"""Files as people have them: the tensors of a named net, changed in one way by a seed."""

import functools
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from resnet_explorer.checkpoints.tensors import Tensor, Tensors, expected
from resnet_explorer.spec import PRESETS, NetSpec
from resnet_explorer.spec.stems import STEMS

IMAGENET = ("resnet18", "resnet34", "resnet50", "resnext50_32x4d", "seresnet18", "resnet26")


@dataclass(frozen=True)
class Changed:
    """A file, the net that it was made from, and what must be told of it.

    `named` is the name of a departure, `words` stand in its change; `params` is what it costs.
    """

    tensors: Tensors
    of: str
    named: str
    words: str
    params: int


def tensors_of(spec: NetSpec) -> Tensors:
    return {name: Tensor(shape) for name, shape in expected(spec.graph).items()}


@functools.cache
def _sides() -> tuple[int, ...]:
    """Sides of a first kernel that no stem has."""
    stems = (tensors_of(PRESETS["resnet18"].spec.having(stem=stem)) for stem in STEMS.names)
    taken = {stem["conv1.weight"].shape[-1] for stem in stems if "conv1.weight" in stem}
    return tuple(side for side in (5, 9, 11) if side not in taken)


def _stem(pick: random.Random) -> Changed:
    name, side = pick.choice(IMAGENET), pick.choice(_sides())
    own = tensors_of(PRESETS[name].spec)
    own["conv1.weight"] = Tensor((64, 3, side, side))
    return Changed(own, name, "stem", f"64×3×{side}×{side}", 64 * 3 * (side**2 - 49))


def _stride(_pick: random.Random) -> Changed:
    return Changed(tensors_of(PRESETS["resnet50_v1"].spec), "resnet50", "", "", 0)


def _bias(pick: random.Random) -> Changed:
    name = pick.choice(IMAGENET[:4])
    own = tensors_of(PRESETS[name].spec)
    convs = {key.removesuffix(".weight"): tensor for key, tensor in own.items() if len(tensor.shape) == 4}
    own |= {f"{path}.bias": Tensor(tensor.shape[:1]) for path, tensor in convs.items()}
    return Changed(own, name, "bias", "added", sum(tensor.shape[0] for tensor in convs.values()))


def _channels(pick: random.Random) -> Changed:
    name, channels = pick.choice(IMAGENET), pick.choice((1, 2, 4, 12))
    own = tensors_of(PRESETS[name].spec)
    own["conv1.weight"] = Tensor((64, channels, 7, 7))
    return Changed(own, name, "input", f"→ {channels}", 64 * 49 * (channels - 3))


def _classes(pick: random.Random) -> Changed:
    name, classes = pick.choice(IMAGENET), pick.choice((1, 2, 10, 37, 21_841))
    own = tensors_of(PRESETS[name].spec)
    features = own["fc.weight"].shape[1]
    own |= {"fc.weight": Tensor((classes, features)), "fc.bias": Tensor((classes,))}
    return Changed(own, name, "head", f"1000 → {classes}", (classes - 1000) * (features + 1))


def _norm(pick: random.Random) -> Changed:
    name, stage = pick.choice(IMAGENET), pick.choice((2, 3, 4))
    own = tensors_of(PRESETS[name].spec)
    lost = [key for key in own if key.startswith(f"layer{stage}.0.downsample.1.")]
    cost = 2 * own[f"layer{stage}.0.downsample.1.weight"].shape[0]
    return Changed({key: own[key] for key in own if key not in lost}, name, "shortcut_norm", "missing", -cost)


def _option(pick: random.Random) -> Changed:
    """Choices in which no named net differs from this one alone."""
    base, changes, named, words = pick.choice(
        (
            ("resnet34", {"shortcut": "C"}, "shortcut", "B → C"),
            ("resnet101", {"attention": "se", "blocks": (3, 4, 22, 3)}, "depth", "3,4,22,3"),
            ("resnet18", {"stem": "cifar"}, "stem", "CIFAR"),
            ("resnet18", {"stem_width": 32}, "stem", "64 → 32"),
            ("resnet34", {"norm": "none"}, "norm", "batch → none"),
            ("resnet34", {"branch_scale": "zero"}, "branch_scale", "zero"),
        )
    )
    spec = PRESETS[base].spec.having(**changes)
    base = "seresnet101" if base == "resnet101" else base
    cost = sum(node.op.params for node in spec.graph) - sum(node.op.params for node in PRESETS[base].spec.graph)
    return Changed(tensors_of(spec), base, named, words, cost)


def _prefix(pick: random.Random) -> Changed:
    name = pick.choice(IMAGENET)
    prefix = pick.choice(("module.", "_orig_mod.", "backbone.", "module._orig_mod.", "model.encoder_q.", "ema."))
    own = {f"{prefix}{key}": tensor for key, tensor in tensors_of(PRESETS[name].spec).items()}
    return Changed(own, name, "", "", 0)


def _width(pick: random.Random) -> Changed:
    name, width = pick.choice(IMAGENET[:3]), pick.choice((8, 32, 96, 128))
    spec = PRESETS[name].spec.having(width=width)
    before = sum(node.op.params for node in PRESETS[name].spec.graph)
    cost = sum(node.op.params for node in spec.graph) - before
    return Changed(tensors_of(spec), name, "width", f"64 → {width}", cost)


def _extra(pick: random.Random) -> Changed:
    name = pick.choice(IMAGENET)
    key, shape = pick.choice((("projector.0.weight", (128, 512)), ("queue", (128, 65_536)), ("layer4.1.gamma", (7,))))
    own = tensors_of(PRESETS[name].spec) | {key: Tensor(shape)}
    cost = shape[0] * (shape[1] if len(shape) > 1 else 1)
    return Changed(own, name, "further", key.split(".")[0].rstrip("4"), cost)


def _lost(pick: random.Random) -> Changed:
    name = pick.choice(IMAGENET[:3])
    own = tensors_of(PRESETS[name].spec)
    lost = pick.choice(("layer2.1.conv2.weight", "layer4.0.conv1.weight", "layer3.1.bn1.weight", "fc.bias"))
    named = "norm" if "bn" in lost else "head" if "fc" in lost else "missing"
    return Changed({k: own[k] for k in own if k != lost}, name, named, "", -_size(own[lost].shape))


def _headless(pick: random.Random) -> Changed:
    name = pick.choice(IMAGENET)
    own = tensors_of(PRESETS[name].spec)
    cost = sum(_size(own[key].shape) for key in ("fc.weight", "fc.bias"))
    return Changed({k: own[k] for k in own if not k.startswith("fc.")}, name, "head", "no classifier", -cost)


def _size(shape: tuple[int, ...]) -> int:
    size = 1
    for side in shape:
        size *= side
    return size


KINDS: tuple[Callable[[random.Random], Changed], ...] = (
    *(_stem, _stride, _bias, _channels, _classes, _norm, _option, _prefix, _width, _extra, _lost, _headless),
)
MUTATIONS = 48


def changed(seed: int) -> Changed:
    """The file of a seed: the kinds take turns."""
    return KINDS[seed % len(KINDS)](random.Random(seed))  # noqa: S311 - a choice of examples


def _respelled(name: str, *spelt: tuple[str, str | Callable[[re.Match[str]], str]]) -> str:
    """The name, after each of these patterns was replaced in it."""
    for mine, theirs in spelt:
        name = re.sub(mine, theirs, name)
    return name


def in_transformers(name: str) -> str:
    """What Hugging Face's transformers calls a tensor of a ResNet."""
    return _respelled(
        name,
        (r"^fc\.", "classifier.1."),
        (r"^conv1\.", "resnet.embedder.embedder.convolution."),
        (r"^bn1\.", "resnet.embedder.embedder.normalization."),
        (r"\.downsample\.0\.", ".shortcut.convolution."),
        (r"\.downsample\.1\.", ".shortcut.normalization."),
        (r"\.conv(\d)\.", lambda found: f".layer.{int(found[1]) - 1}.convolution."),
        (r"\.bn(\d)\.", lambda found: f".layer.{int(found[1]) - 1}.normalization."),
        (r"^layer(\d)\.(\d+)\.", lambda found: f"resnet.encoder.stages.{int(found[1]) - 1}.layers.{found[2]}."),
    )


def in_detectron2(name: str) -> str:
    """What detectron2 calls it, in a detector."""
    called = _respelled(
        name,
        (r"^fc\.", "linear."),
        (r"^(conv|bn)1\.", r"stem.\g<0>"),
        (r"\.downsample\.0\.", ".shortcut."),
        (r"\.downsample\.1\.", ".shortcut.norm."),
        (r"\.bn(\d)\.", r".conv\1.norm."),
        (r"^layer(\d)\.", lambda found: f"res{int(found[1]) + 1}."),
    )
    return f"backbone.bottom_up.{called}"


def in_cifar100(name: str) -> str:
    """What a widely used collection of nets for CIFAR-100 calls it."""
    return _respelled(
        name,
        (r"^conv1\.", "conv1.0."),
        (r"^bn1\.", "conv1.1."),
        (r"\.downsample\.", ".shortcut."),
        (r"\.conv(\d)\.", lambda found: f".residual_function.{3 * int(found[1]) - 3}."),
        (r"\.bn(\d)\.", lambda found: f".residual_function.{3 * int(found[1]) - 2}."),
        (r"^layer(\d)\.", lambda found: f"conv{int(found[1]) + 1}_x."),
    )
