"""Weights from files into nets: what fits is loaded, and what does not is told."""

import contextlib
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

import resnet_explorer as rx
from resnet_explorer.checkpoints.tensors import expected
from resnet_explorer.errors import UnknownNet, Unreadable
from resnet_explorer.model.files import TYPES
from tests.checkpoints.changed import in_cifar100, in_detectron2, in_transformers

SMALL = "block=basic&blocks=1,1&width=8&stem=cifar&shortcut=B&image=8&classes=10"


def _net(seed: int, query: str = SMALL) -> torch.nn.Module:
    return rx.build(rx.from_query(query), seed=seed)


def _as_safetensors(state: dict[str, torch.Tensor], place: Path) -> Path:
    entries, data = {}, b""
    for name, tensor in state.items():
        raw = (
            bytes(tensor.contiguous().view(-1).view(torch.uint8).tolist()) if tensor.dim() else tensor.numpy().tobytes()
        )
        dtype = next(name for name, kind in TYPES.items() if kind is tensor.dtype)
        places = [len(data), len(data) + len(raw)]
        entries[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": places}
        data += raw
    header = json.dumps(entries).encode()
    place.write_bytes(len(header).to_bytes(8, "little") + header + data)
    return place


def _same(net: torch.nn.Module, other: torch.nn.Module, *, but: str = "none") -> None:
    pairs = zip(net.state_dict().items(), other.state_dict().values(), strict=True)
    for (name, mine), theirs in pairs:
        assert name.startswith(but) or torch.equal(mine, theirs), name


@pytest.mark.parametrize("older", [False, True])
def test_files_of_torch_are_loaded_and_known(older: bool, tmp_path: Path) -> None:  # noqa: FBT001
    source, net, place = _net(1), _net(2), tmp_path / "x.pth"
    wrapped = {"state_dict": {f"module.{name}": each for name, each in source.state_dict().items()}, "epoch": 3}
    torch.save(wrapped, place, _use_new_zipfile_serialization=not older)
    found = rx.identify(place)
    assert found.spec.options == rx.from_query(SMALL).options
    assert found.exact
    told = rx.load(net, place)
    _same(net, source)
    assert len(told.loaded) == len(source.state_dict())
    assert not told.other + told.missing + told.unused
    assert "'state_dict'" in str(told)
    assert "'module.'" in str(told)


def test_safetensors_of_other_classes_are_loaded_but_for_the_head(tmp_path: Path) -> None:
    source, net = _net(1, f"{SMALL[:-10]}&classes=7"), _net(2)
    kept = net.state_dict()["fc.weight"].clone()
    state = {f"backbone.{name}": each for name, each in source.state_dict().items()}
    told = rx.load(net, _as_safetensors({**state, "queue": torch.zeros(3)}, tmp_path / "x.safetensors"))
    _same(net, source, but="fc")
    assert torch.equal(net.state_dict()["fc.weight"], kept)
    assert [each.partition(" ")[0] for each in told.other] == ["fc.weight", "fc.bias"]
    assert told.unused == ("queue",)
    said = str(told)
    for words in ("backbone.", "7×16 in the file, 10×16 in the net", "queue"):
        assert words in said


@pytest.mark.parametrize("spelling", [in_transformers, in_detectron2, in_cifar100])
def test_files_in_the_names_of_other_code_are_loaded(spelling: Callable[[str], str], tmp_path: Path) -> None:
    source, net = _net(1), _net(2)
    state = {spelling(name): each for name, each in source.state_dict().items()}
    told = rx.load(net, _as_safetensors(state, tmp_path / "x.safetensors"))
    _same(net, source)
    assert not told.other + told.missing + told.unused


def test_numbers_of_half_precision_are_loaded_into_a_net_of_whole_one(tmp_path: Path) -> None:
    source, net = _net(1), _net(2)
    half = {name: each.half() if each.is_floating_point() else each for name, each in source.state_dict().items()}
    rx.load(net, _as_safetensors(half, tmp_path / "x.safetensors"))
    assert torch.allclose(net.state_dict()["conv1.weight"], source.state_dict()["conv1.weight"], atol=1e-2)
    assert net.state_dict()["conv1.weight"].dtype is torch.float32


def test_a_file_of_which_nothing_fits_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "x.pth"
    torch.save({"cls_token": torch.zeros(1, 1, 8)}, place)
    with pytest.raises(UnknownNet, match="the file has 1 tensor, and none fits"):
        rx.load(_net(1), place)
    with pytest.raises(UnknownNet, match="Vision Transformer"):
        rx.identify(place)


@pytest.mark.parametrize("saved", [[torch.zeros(3)], torch.zeros(3), 5, "weights"])
def test_a_file_that_holds_something_else_is_refused(saved: object, tmp_path: Path) -> None:
    torch.save(saved, tmp_path / "x.pth")
    for refused in (lambda: rx.load(_net(1), tmp_path / "x.pth"), lambda: rx.identify(tmp_path / "x.pth")):
        with pytest.raises(Unreadable, match="holds no weights by name"):
            refused()


def _archive(program: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("x/data.pkl", program)
        archive.writestr("x/byteorder", "little")
        archive.writestr("x/version", "3\n")
    return made.getvalue()


DICT = b"\x80\x02ccollections\nOrderedDict\n)R}X"
"""A dictionary, an attribute of which is said next."""
BROKEN = {
    "nothing on the stack": b"\x80\x02.",
    "no key": b"\x80\x02}(K\x01u.",
    "no items": DICT + b"\x05\0\0\0itemsNsb.",
    "no items further in": b"\x80\x02}X\x01\0\0\0a" + DICT[2:] + b"\x05\0\0\0itemsNsbs.",
    "a state_dict that is called": DICT + b"\x0a\0\0\0state_dictctorch\ndevice\nsb.",
    "a shape of its own": b"\x80\x02}X\x01\0\0\0a" + DICT[2:] + b"\x05\0\0\0shape)sbs.",
}


def _refused(place: Path) -> None:
    for refused in (lambda: rx.load(_net(1), place), lambda: rx.identify(place)):
        with pytest.raises(rx.ExplorerError) as told:
            refused()
        assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", BROKEN)
def test_a_pickle_that_makes_no_weights_is_refused(name: str, tmp_path: Path) -> None:
    place = tmp_path / "x.pth"
    place.write_bytes(_archive(BROKEN[name]))
    _refused(place)


def test_a_dictionary_that_holds_itself_many_times_is_looked_through_once() -> None:
    held: dict[str, object] = {}
    held |= {str(number): held for number in range(1000)}
    with pytest.raises(Unreadable, match="no tensors are in this"):
        rx.identify(held)


@pytest.mark.filterwarnings("ignore::UserWarning")  # torch's, of damaged files
def test_a_damaged_file_of_torch_is_refused_or_loaded(tmp_path: Path) -> None:
    place = tmp_path / "x.pth"
    torch.save(_net(1).state_dict(), place, _use_new_zipfile_serialization=False)
    whole = place.read_bytes()
    key = whole.index(b"cpuq") - 15  # in the key of the first numbers
    digit = next(at for at in range(key, key + 15) if chr(whole[at]).isdigit())
    place.write_bytes(whole[:digit] + b"%d" % ((whole[digit] - 47) % 10) + whole[digit + 1 :])
    _refused(place)
    pick = random.Random(0)  # noqa: S311 - a choice of places
    for _ in range(100):
        damaged = bytearray(whole)
        for _ in range(3):
            damaged[pick.randrange(4000)] = pick.randrange(256)
        place.write_bytes(damaged)
        with contextlib.suppress(rx.ExplorerError):
            rx.load(_net(1), place)
            rx.identify(place)


def test_whole_numbers_are_no_weights(tmp_path: Path) -> None:
    state = {name: each.long() for name, each in _net(1).state_dict().items()}
    state["bn1.weight"] = torch.ones(8)
    loaded = rx.load(_net(2), _as_safetensors(state, tmp_path / "x.safetensors"))
    assert "conv1.weight (whole numbers in the file)" in loaded.other
    assert {name for name in loaded.loaded if "num_batches" not in name} == {"bn1.weight"}


@pytest.mark.parametrize("kind", [torch.complex64, torch.float8_e4m3fn, torch.float8_e5m2])
def test_numbers_of_eight_bits_are_loaded_and_complex_ones_are_not(kind: torch.dtype, tmp_path: Path) -> None:
    state = _net(1).state_dict()
    state["conv1.weight"] = state["conv1.weight"].to(kind)
    torch.save(state, tmp_path / "x.pth")
    assert rx.identify(tmp_path / "x.pth").spec.options == rx.from_query(SMALL).options
    for place in (tmp_path / "x.pth", _as_safetensors(state, tmp_path / "x.safetensors")):
        net = _net(2)
        before = net.state_dict()["conv1.weight"].clone()
        told, after = rx.load(net, place), net.state_dict()["conv1.weight"]
        if kind.is_complex:
            assert told.other == ("conv1.weight (complex numbers in the file)",)
            assert torch.equal(after, before)
        else:
            assert not told.other
            assert torch.equal(after, state["conv1.weight"].float())


def test_numbers_are_loaded_into_modules_that_can_hold_them(tmp_path: Path) -> None:
    place = _as_safetensors(_net(1).state_dict(), tmp_path / "x.safetensors")
    with pytest.raises(Unreadable, match="on the device meta"):
        rx.load(rx.build(SMALL, device="meta"), place)
    with pytest.raises(Unreadable, match=r"'0\.weight' is lazy"):
        rx.load(torch.nn.Sequential(torch.nn.LazyLinear(3)), place)
    with pytest.raises(Unreadable, match="'resnet18' is no"):
        rx.load("resnet18", place)


def test_the_tensors_expected_are_those_of_the_module() -> None:
    for name in ("resnet18", "vgg11_bn", "cifar_highway20", "resnet50_gn"):
        spec = rx.preset(name)
        module = rx.build(spec, init=None)
        assert {key: tuple(tensor.shape) for key, tensor in module.state_dict().items()} == expected(spec.graph)
        assert name in rx.identify(module).same
