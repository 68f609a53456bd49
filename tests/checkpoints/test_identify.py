"""Which net some weights are, from names and shapes."""

from collections.abc import Callable

import pytest
from hypothesis import given

import resnet_explorer as rx
from resnet_explorer.checkpoints import Identity
from resnet_explorer.checkpoints.identity import PAPER, of_tensors
from resnet_explorer.checkpoints.tensors import Tensor, same_tensors
from resnet_explorer.errors import UnknownNet
from resnet_explorer.spec import PRESETS, NetSpec
from tests.checkpoints.changed import MUTATIONS, changed, in_cifar100, in_detectron2, in_transformers, tensors_of
from tests.legal import nets


def _adds_up(found: Identity) -> None:
    for against in (found.nearest, found.paper):
        assert against.params == sum(node.op.params for node in PRESETS[against.name].spec.graph)
        assert against.params + sum(each.params for each in against.departures) == found.params


@pytest.mark.parametrize("name", PRESETS.names)
def test_every_named_net_is_known_by_its_tensors(name: str) -> None:
    spec = PRESETS[name].spec
    found = of_tensors(tensors_of(spec))
    assert name in found.same
    assert same_tensors(found.spec, spec)
    assert found.exact
    assert not found.nearest.departures
    assert {PRESETS[each].spec.options for each in found.same} >= {found.spec.options, spec.options}
    assert found.paper.name in PAPER
    _adds_up(found)
    assert rx.from_query(found.query) == found.spec


@given(nets())
def test_any_net_is_read_from_its_tensors(spec: NetSpec) -> None:
    found = of_tensors(tensors_of(spec))
    _adds_up(found)
    assert rx.from_query(found.query) == found.spec
    assert same_tensors(found.spec, spec) or getattr(spec.options, "cut", "")


def test_nets_that_shapes_cannot_tell_apart_are_told_together() -> None:
    names = ("resnet50", "resnet34", "cifar_plain20", "cifar_resnet20", "vgg16")
    unseen = {name: {each.option for each in of_tensors(tensors_of(PRESETS[name].spec)).unseen} for name in names}
    assert "stride" in unseen["resnet50"]
    assert "stride" not in unseen["resnet34"]
    assert "residual" in unseen["cifar_plain20"]
    assert "residual" in unseen["cifar_resnet20"]
    assert "residual" not in unseen["resnet34"]
    assert "dropout" in unseen["vgg16"]
    assert all("image" in options and options & {"dilation", "output_stride"} for options in unseen.values())


def test_two_names_of_one_layer_are_two_tensors() -> None:
    tensors = tensors_of(PRESETS["resnet18"].spec)
    del tensors["fc.weight"]
    found = of_tensors({**tensors, "linear.weight": Tensor((10, 512)), "last_linear.weight": Tensor((7, 512))})
    assert found.params == 11_689_512 - 1000 * 512 + 17 * 512
    _adds_up(found)


def test_statistics_are_such_whatever_stands_before_their_names() -> None:
    tensors = {f"foo_{name}": each for name, each in tensors_of(PRESETS["resnet18"].spec).items()}
    _adds_up(of_tensors({**tensors, "foo_running_mean": Tensor((77,))}))


@pytest.mark.parametrize("seed", range(MUTATIONS))
def test_what_was_changed_is_named_with_its_cost(seed: int) -> None:
    file = changed(seed)
    found = of_tensors(file.tensors)
    assert found.nearest.name == file.of
    _adds_up(found)
    told = [each for each in found.nearest.departures if each.name == file.named and file.words in each.change]
    assert sum(each.params for each in told) == file.params
    assert sum(each.params for each in found.nearest.departures) == file.params
    assert bool(told) == bool(file.named)


SPELLED = {
    in_transformers: ("resnet.encoder.stages.3.layers.0.layer.1.convolution.weight", "classifier.1.bias"),
    in_detectron2: ("backbone.bottom_up.res5.0.conv2.weight", "backbone.bottom_up.stem.conv1.norm.running_var"),
    in_cifar100: ("conv5_x.0.residual_function.3.weight", "conv1.1.num_batches_tracked"),
}


@pytest.mark.parametrize("front", ["", "module.", "model."])
@pytest.mark.parametrize("spelling", SPELLED)
@pytest.mark.parametrize("net", ["resnet18", "resnet50", "resnet18&stem=cifar&classes=100"])
def test_a_net_in_the_names_of_other_code_is_known(net: str, spelling: Callable[[str], str], front: str) -> None:
    tensors = tensors_of(rx.from_query(f"net={net}"))
    spelled = {f"{front}{spelling(name)}": each for name, each in tensors.items()}
    assert len(spelled) == len(tensors)
    assert {f"{front}{name}" for name in SPELLED[spelling]} <= set(spelled)
    found, plainly = of_tensors(spelled), of_tensors(tensors)
    assert found.spec == plainly.spec
    assert found.exact
    assert found.nearest == plainly.nearest
    assert any("renamed" in each for each in found.fitted)


def test_what_has_such_names_and_is_another_net_is_none() -> None:
    tensors = tensors_of(PRESETS["resnet50"].spec)
    spelled = {in_transformers(name).replace("resnet.", "regnet."): each for name, each in tensors.items()}
    with pytest.raises(UnknownNet, match="RegNet"):
        of_tensors(spelled)


@pytest.mark.parametrize("more", ["", "&groups=32&group_width=4", "&stem=cifar&classes=10", "&attention=se"])
def test_of_nets_as_near_by_choices_the_one_that_costs_least_is_named(more: str) -> None:
    found = of_tensors(tensors_of(rx.from_query(f"net=resnet50&block=preact_bottleneck{more}")))
    named = {"": "resnet50", "&stem=cifar&classes=10": "resnet50", "&attention=se": "seresnet50"}
    assert found.nearest.name == named.get(more, "resnext50_32x4d")
    assert found.paper.name == "resnet50_v1"
    (block,) = [each for each in found.nearest.departures if each.name == "block"]
    assert block.params == -7_680
    _adds_up(found)


def test_a_stride_alone_is_no_departure_but_told_as_unseen() -> None:
    found = of_tensors(tensors_of(PRESETS["resnet50_v1"].spec))
    assert {"resnet50", "resnet50_v1"} <= set(found.same)
    assert not found.nearest.departures
    assert not found.paper.departures
    (stride,) = [each for each in found.unseen if each.option == "stride"]
    assert len(stride.values) == 2


def test_a_relu_that_stands_elsewhere_is_told_as_unseen() -> None:
    moved = rx.from_query("net=resnet18&block=relu_before_add")
    for spec in (moved, PRESETS["resnet18"].spec):
        found = of_tensors(tensors_of(spec))
        assert found.spec == PRESETS["resnet18"].spec
        (block,) = [each for each in found.unseen if each.option == "block"]
        assert block.values == ("basic", "basic, ReLU before the addition")


@pytest.mark.parametrize(
    ("net", "cut"),
    [
        ("resnet18", "layer2.0"),
        ("resnet18", "layer2.0,layer3.0"),
        ("resnet50", "layer1.0,layer2.0"),
        ("resnet50d", "layer3.0"),
        ("resnet50d", "layer1.0,layer2.0"),
        ("resnet34&shortcut=C", "layer1.1,layer4.2"),
        ("cifar_highway20", "layer1.0"),
        ("resnet18&branch_scale=zero", "layer1.1"),
        ("cifar_preresnet164", "layer1.0"),
        ("block=bottleneck&blocks=1,1,1,1", "layer1.0,layer2.0"),
    ],
)
def test_a_cut_shortcut_is_named_where_its_projection_is_missing(net: str, cut: str) -> None:
    net = net if "=" in net.partition("&")[0] else f"net={net}"
    whole, spec = rx.from_query(net), rx.from_query(f"{net}&cut={cut}")
    found = of_tensors(tensors_of(spec))
    assert found.spec.options.cut == cut
    assert same_tensors(found.spec, spec)
    assert found.exact
    _adds_up(found)
    (told,) = [each for each in found.nearest.departures if "cut" in each.change]
    assert told.change.endswith(f"cut – → {cut}")
    assert found.params - of_tensors(tensors_of(whole)).params < 0


def test_one_projection_more_does_not_make_all_others_cut() -> None:
    own = tensors_of(PRESETS["resnet50"].spec)
    (told,) = of_tensors(own | {"layer1.1.downsample.0.weight": Tensor((256, 256, 1, 1))}).nearest.departures
    assert (told.name, told.params) == ("further", 65_536)


def test_a_block_that_is_not_in_the_file_has_no_shortcut_to_cut() -> None:
    own = tensors_of(PRESETS["resnet18"].spec)
    for block in ("layer1.0.", "layer2.0."):
        found = of_tensors({name: each for name, each in own.items() if not name.startswith(block)})
        assert not found.spec.options.cut
        _adds_up(found)


def test_a_cut_that_leaves_no_trace_is_told_as_unseen() -> None:
    unseen = {
        net: {each.option: each.values for each in of_tensors(tensors_of(rx.from_query(f"net={net}"))).unseen}
        for net in ("resnet18&cut=layer1.1", "resnet34&cut=layer2.0", "plain34", "cifar_highway20", "vgg16")
    }
    assert unseen["resnet18&cut=layer1.1"]["cut"] == ("none", "some whose shortcut has no weights")
    assert unseen["resnet34&cut=layer2.0"]["cut"][0] == "layer2.0"
    assert "cut" in unseen["plain34"]
    assert "cut" not in unseen["cifar_highway20"]
    assert "cut" not in unseen["vgg16"]


def test_blocks_with_shortcuts_are_not_called_plain_where_the_first_ones_are_cut() -> None:
    found = of_tensors(tensors_of(rx.from_query("net=cifar_highway20&cut=layer1.0-2,layer2.0-2,layer3.0-1")))
    assert found.exact
    assert not {"residual", "shortcut"} & {each.option for each in found.unseen}


def test_it_shows_itself_in_one_line() -> None:
    ten, own = (
        repr(of_tensors(tensors_of(rx.from_query(each)))) for each in ("net=resnet18&classes=10", "net=resnet18")
    )
    assert ten == "<Identity: ResNet-18, 11,181,642 parameters, 1 departure>"
    assert own.endswith(", 0 departures>")


def test_weights_in_wrappers_are_found() -> None:
    own = {name: _Array(tensor.shape) for name, tensor in tensors_of(PRESETS["resnet18"].spec).items()}
    other = {f"module.{name}": array for name, array in own.items()}
    for source in (own, {"state_dict": own}, {"epoch": 3, "model": {"net": own}}, {"model_ema": other, "model": own}):
        found = rx.identify(source)
        assert found.same == ("resnet18",)
        assert found.exact
    assert any("model_ema" in each for each in found.fitted)
    both = {f"encoder_{which}.{name}": array for which in "kq" for name, array in own.items()}
    (beside,) = rx.identify(both).nearest.departures
    assert (beside.name, beside.params) == ("beside", 11_689_512)
    assert all(name.startswith("encoder_k.") for name in beside.tensors)


class _Array:
    """What is known of an array of any library."""

    dtype = "float32"

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape


def test_names_of_widely_copied_code_are_understood() -> None:
    own = tensors_of(PRESETS["resnet18"].spec.having(stem="cifar"))
    copied = {name.replace("fc.", "linear.").replace("downsample", "shortcut"): each for name, each in own.items()}
    found = of_tensors(copied)
    assert found.spec.options.stem == "cifar"
    assert found.exact
    assert any("fc" in each or "shortcut" in each for each in found.fitted)
    row = {"conv1": "0", "bn1": "1", "layer1": "4", "layer2": "5", "layer3": "6", "layer4": "7", "fc": "fc"}
    found = of_tensors({".".join([row[n.split(".")[0]], *n.split(".")[1:]]): each for n, each in own.items()})
    assert found.spec.options.stem == "cifar"
    assert found.exact


FOREIGN = {
    "Vision Transformer": ("cls_token", "patch_embed.proj.weight", "blocks.0.norm1.weight"),
    "Swin": ("patch_embed.proj.weight", "layers.0.blocks.0.attn.relative_position_bias_table"),
    "ConvNeXt": ("stem.0.weight", "stages.0.blocks.0.gamma", "stages.0.blocks.0.conv_dw.weight"),
    "EfficientNet": ("conv_stem.weight", "bn1.weight", "blocks.0.0.conv_dw.weight"),
    "MobileNet": ("features.0.0.weight", "features.1.conv.0.0.weight"),
    "DenseNet": ("features.conv0.weight", "features.denseblock1.denselayer1.norm1.weight"),
    "AlexNet": ("features.0.weight", "features.3.weight", "features.10.weight", "classifier.1.weight"),
    "Res2Net": ("conv1.weight", "layer1.0.conv1.weight", "layer1.0.convs.0.weight"),
    "language model": ("model.layers.0.self_attn.q_proj.weight",),
}
"""Some names of other nets, as torchvision 0.29.1, timm 1.0.31 and transformers have them."""


def test_other_blocks_under_a_resnets_names_are_refused_by_name() -> None:
    """Of timm's resnest14d, which has half of a ResNet-14-D's tensors."""
    own = tensors_of(PRESETS["resnet50d"].spec)
    with pytest.raises(UnknownNet, match="ResNeSt"):
        of_tensors(own | {"layer1.0.conv2.bn0.weight": Tensor((128,))})
    with pytest.raises(UnknownNet, match="CaiT"):
        of_tensors(
            {"cls_token": Tensor((1, 1, 96)), "blocks.0.gamma_1": Tensor((96,)), "blocks_token_only.0.x": Tensor(())}
        )


def test_a_pruned_first_layer_does_not_make_the_fourth_stage_a_net() -> None:
    own = tensors_of(PRESETS["resnet18"].spec)
    own = {name.replace("layer1.0.conv1.weight", "layer1.0.conv1.weight_orig"): each for name, each in own.items()}
    assert of_tensors(own).nearest.name == "resnet18"
    assert not of_tensors(own).fitted


def test_whole_numbers_in_the_place_of_weights_are_a_departure_that_adds_up() -> None:
    own = tensors_of(PRESETS["resnet18"].spec)
    found = of_tensors({name: each._replace(floating=len(each.shape) < 4) for name, each in own.items()})
    assert not found.exact
    assert found.nearest.name == "resnet18"
    assert found.nearest.params + sum(each.params for each in found.nearest.departures) == found.params == 522_600


@pytest.mark.parametrize("name", FOREIGN)
def test_nets_of_other_kinds_are_refused_by_name(name: str) -> None:
    with pytest.raises(UnknownNet, match=name):
        of_tensors({each: Tensor((8, 8, 1, 1)) for each in FOREIGN[name]})


def test_a_net_that_only_begins_like_a_resnet_is_refused() -> None:
    own = {k: v for k, v in tensors_of(PRESETS["resnet50"].spec).items() if k.startswith(("conv1", "bn1", "layer1"))}
    more = {f"stage2.0.branches.{n}.conv1.weight": Tensor((18, 18, 3, 3)) for n in range(400)}
    with pytest.raises(UnknownNet, match="HRNet"):
        of_tensors(own | more)


def test_efficient_channel_attention_is_told_and_not_passed_over() -> None:
    """Its 16 kernels are those of timm's ecaresnet50d, 25,576,350 parameters."""
    own = tensors_of(PRESETS["resnet50d"].spec)
    kernels = {1: 5, 2: 5, 3: 5, 4: 7}
    blocks = {f"layer{stage + 1}.{n}": stage + 1 for stage, count in enumerate((3, 4, 6, 3)) for n in range(count)}
    found = of_tensors(own | {f"{b}.se.conv.weight": Tensor((1, 1, kernels[stage])) for b, stage in blocks.items()})
    assert found.params == 25_576_350
    assert "ecaresnet50d" in found.same or [each.params for each in found.nearest.departures] == [86]
    _adds_up(found)


def test_statistics_that_were_not_saved_leave_two_normalisations() -> None:
    own = {k: v for k, v in tensors_of(PRESETS["resnet50"].spec).items() if "running" not in k and "tracked" not in k}
    found = of_tensors(own)
    assert found.spec.options.norm == "group"
    assert "norm" in {each.option for each in found.unseen}
    assert "norm" not in {each.option for each in of_tensors(tensors_of(PRESETS["resnet50"].spec)).unseen}


def test_a_normalisation_without_weights_cannot_be_seen() -> None:
    (norm,) = [each for each in of_tensors(tensors_of(rx.from_query("norm=none"))).unseen if each.option == "norm"]
    assert norm.values == ("nothing", "what has no weights, as InstanceNorm may")


def test_names_of_a_file_can_do_nothing_where_they_are_shown() -> None:
    own = tensors_of(PRESETS["resnet18"].spec)
    bad = f"x\x1b[2J\u202e{'y' * 300}.weight"
    for name in (bad, f"layer1.0.{bad}"):
        found = of_tensors(own | {name: Tensor((3,))})
        (told,) = found.nearest.departures
        assert told.params == 3
        assert told.change.isprintable()
        assert len(told.change) < 100


@pytest.mark.parametrize("name", ["resnet50", "cifar_resnet110", "vgg16_bn"])
def test_the_order_of_names_does_not_matter(name: str) -> None:
    own = tensors_of(PRESETS[name].spec)
    names = sorted(own, key=lambda each: each[::-1])
    assert of_tensors({each: own[each] for each in names}) == of_tensors(own)


def test_a_line_break_in_a_name_makes_no_block() -> None:
    own = tensors_of(PRESETS["resnet18"].spec)
    found = of_tensors(own | {"layer1.0.x\nlayer1.999.conv1.weight": Tensor((3,))})
    assert found.nearest.name == "resnet18"
    assert [each.params for each in found.nearest.departures] == [3]


def test_statistics_and_whole_numbers_are_not_learned() -> None:
    own = tensors_of(PRESETS["resnet18"].spec)
    more = {"bn1.steps": Tensor((7,), floating=False), "gamma": Tensor((3,)), "x.running_mean": Tensor((5,))}
    assert of_tensors(own).params == rx.analyse(PRESETS["resnet18"].spec).params
    assert of_tensors(own | more).params == of_tensors(own).params + 3


def test_what_lies_beside_the_weights_is_named() -> None:
    weights = tensors_of(PRESETS["resnet18"].spec)
    (said,) = rx.identify({"state_dict": weights, "best_acc1": Tensor(())}).fitted[1:]
    assert said == "beside them lies 'best_acc1' (1 tensor), which is not looked at"
    (said,) = rx.identify({"state_dict": weights, "best": Tensor(()), "mean": Tensor((3,))}).fitted[1:]
    assert "'best' and others (2 tensors)" in said


@pytest.mark.parametrize("name", ["vgg11", "vgg16_bn", "vgg19"])
def test_a_vgg_without_its_first_layer_is_that_vgg(name: str) -> None:
    tensors = tensors_of(PRESETS[name].spec)
    found = of_tensors({key: each for key, each in tensors.items() if not key.startswith("features.0.")})
    assert found.nearest.name == name
    assert all(tensor.startswith("features.0.") for each in found.nearest.departures for tensor in each.tensors)
    assert sum(each.params for each in found.nearest.departures) == -64 * 28
    _adds_up(found)


def test_another_net_with_features_is_told_by_its_layers() -> None:
    vgg = tensors_of(PRESETS["vgg16"].spec)
    others = {name: Tensor((7, *each.shape[1:])) for name, each in vgg.items()}
    with pytest.raises(UnknownNet, match="VGG with other layers"):
        of_tensors(others)
    alex = {0: (64, 3, 11, 11), 3: (192, 64, 5, 5), 6: (384, 192, 3, 3), 8: (256, 384, 3, 3), 10: (256, 256, 3, 3)}
    with pytest.raises(UnknownNet, match="AlexNet"):
        of_tensors({f"features.{place}.weight": Tensor(shape) for place, shape in alex.items()})
