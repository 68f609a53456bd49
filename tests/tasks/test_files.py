"""Data sets in files: the published layouts are read, and what is broken is told in a sentence."""

import gzip
import os
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from resnet_explorer.datasets import find, here, look
from resnet_explorer.datasets.files import FOLDER, MOST_BYTES
from resnet_explorer.errors import ExplorerError
from resnet_explorer.spec import NetSpec, ResNetOptions
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.train import TrainConfig

TINY = NetSpec(options=ResNetOptions(blocks=(1,), width=4, stem="cifar", shortcut="A"), image=8, classes=10)
PICTURES = np.random.default_rng(0).integers(0, 256, (20, 8, 8), np.uint8)
LABELS = np.arange(20) % 10


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    return tmp_path


def cifar(folder: Path, label: int = 9, extra: bytes = b"") -> Path:
    at = folder / "cifar-10-batches-bin"
    at.mkdir(exist_ok=True)
    draws = np.random.default_rng(1)
    for number in range(1, 7):
        records = draws.integers(0, 256, (6, 3073), np.uint8)
        records[:, 0] = [0, 1, 2, 3, 4, label]
        name = f"data_batch_{number}.bin" if number < 6 else "test_batch.bin"
        (at / name).write_bytes(records.tobytes() + extra)
    return at


def idx(values: np.ndarray, magic: bytes = b"") -> bytes:
    values = values.astype(np.uint8)
    return (magic or bytes((0, 0, 8, values.ndim))) + struct.pack(f">{values.ndim}I", *values.shape) + values.tobytes()


def fashion(folder: Path, *, packed: bool, name: str = "fashion-mnist") -> Path:
    at = folder / name
    at.mkdir()
    for part in ("train", "t10k"):
        for kind, values in (("images-idx3", PICTURES), ("labels-idx1", LABELS)):
            path = at / f"{part}-{kind}-ubyte"
            path = path.with_name(path.name + ".gz") if packed else path
            path.write_bytes(gzip.compress(idx(values)) if packed else idx(values))
    return at


def savez(folder: Path, **changes: Any) -> Path:
    arrays = {"x_train": PICTURES, "y_train": LABELS, "x_test": PICTURES[:10], "y_test": LABELS[:10], **changes}
    path = folder / "mine.npz"
    np.savez(path, **{key: value for key, value in arrays.items() if value is not None})
    return path


def test_without_a_folder_the_sets_that_are_always_there_are_usable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER, raising=False)
    assert [found.dataset.name for found in here() if found.facts] == ["digits", "shapes"]
    assert FOLDER in look("cifar10").problem
    monkeypatch.setenv(FOLDER, "/no/such/folder")
    assert "does not name a folder" in look("mnist").problem
    assert "/no/such" not in look("mnist").problem


def test_cifar_is_read_as_published(folder: Path) -> None:
    at = cifar(folder)
    found = look("cifar10")
    assert found.facts is not None
    assert found.facts[:5] == (10, 3, 32, 30, 6)
    train, test = find("cifar10").train(), find("cifar10").test()
    raw = np.frombuffer((at / "data_batch_2.bin").read_bytes(), np.uint8).reshape(6, 3073)
    assert np.array_equal(train.images[6:12].reshape(6, -1), raw[:, 1:])
    assert train.labels[:6].tolist() == [0, 1, 2, 3, 4, 9]
    assert np.allclose(train.centre, train.images.astype(float).mean(0), atol=1e-3)
    assert np.array_equal(test.centre, train.centre)
    assert test.images.shape == (6, 3, 32, 32)


def test_broken_cifar_is_told(folder: Path) -> None:
    at = cifar(folder, extra=b"x")
    assert "data_batch_1.bin: its size in bytes is 18,439; allowed: a multiple of 3,073" in look("cifar10").problem
    cifar(folder, label=10)
    assert look("cifar10").facts
    with pytest.raises(ExplorerError, match=r"a label is 10; allowed: 0 to 9"):
        find("cifar10").train()
    (at / "test_batch.bin").unlink()
    assert "test_batch.bin is not in the folder" in look("cifar10").problem


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_idx_is_read_plain_and_packed(folder: Path, name: str, packed: bool) -> None:  # noqa: FBT001
    fashion(folder, packed=packed, name=name.replace("_", "-"))
    facts = find(name).facts()
    assert facts[:5] == (10, 1, 8, 20, 20)
    data = find(name).train()
    assert np.array_equal(data.images[:, 0], PICTURES)
    assert np.array_equal(data.labels, LABELS)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("train-images-idx3-ubyte", b"", "its length after the header, in bytes is 0; allowed: 4"),
        ("train-images-idx3-ubyte", idx(PICTURES, b"PK34"), "its first four bytes is 504b3334; allowed: 00000803"),
        ("train-images-idx3-ubyte", idx(PICTURES)[:-1], "its size in bytes is 1,295; allowed: 1,296"),
        ("train-images-idx3-ubyte", idx(PICTURES[:, :, :5]), "a picture is 8 × 5; allowed: square pictures"),
        ("train-images-idx3-ubyte", b"\0\0\x08\x03" + struct.pack(">3I", 2**31, 4096, 4096), "allowed: at most"),
        ("train-labels-idx1-ubyte", idx(LABELS[:19]), "its number of labels is 19; allowed: 20"),
        ("t10k-labels-idx1-ubyte", idx(LABELS + 1), "a label is 10; allowed: 0 to 9"),
    ],
)
def test_broken_idx_is_told(folder: Path, file: str, content: bytes, said: str) -> None:
    (fashion(folder, packed=False) / file).write_bytes(content)
    found = look("fashion_mnist")
    assert found.facts is None
    assert f"{file}: " in found.problem
    assert said in found.problem


def test_a_torn_gz_is_told_when_it_is_read(folder: Path) -> None:
    path = fashion(folder, packed=True) / "train-images-idx3-ubyte.gz"
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(ExplorerError, match=r"broken; allowed: a complete gzip file|after the header"):
        find("fashion_mnist").train()


def test_an_npz_is_found_and_read_in_colour_and_gray(folder: Path) -> None:
    path = savez(folder)
    assert [found.dataset.name for found in here()][-1] == "npz.mine"
    assert find("npz.mine").facts()[:5] == (10, 1, 8, 20, 10)
    assert np.array_equal(find("npz.mine").train().images[:, 0], PICTURES)
    before = find("npz.mine").facts().stamp
    colour = np.stack([PICTURES] * 3, -1).astype(np.float32)
    savez(folder, x_train=colour, x_test=None, y_test=None)
    os.utime(path, ns=(1, 1))
    facts = find("npz.mine").facts()
    assert facts.stamp != before
    assert facts[:5] == (10, 3, 8, 20, 0)
    assert find("npz.mine").train().images.shape == (20, 3, 8, 8)
    assert find("npz.mine").test().images.shape == (0, 3, 8, 8)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"y_train": None}, "a missing array is y_train"),
        ({"x_train": PICTURES.astype(np.int32)}, "the kind of x_train is int32; allowed: uint8 or float32"),
        ({"x_train": PICTURES.astype(object)}, "the kind of x_train is object"),
        ({"x_train": PICTURES[:, :, :5]}, "the shape of x_train is (20, 8, 5)"),
        ({"y_train": LABELS[:4]}, "y_train is int64 of shape (4,)"),
        ({"y_train": LABELS - 1}, "a label is -1; allowed: 0 to 999"),
        ({"y_train": LABELS * 0}, "the number of classes is 1"),
        ({"y_test": LABELS[:10] + 5}, "a label is 14; allowed: 0 to 9"),
        ({"x_test": PICTURES[:10, :4, :4]}, "the shape of x_test is (10, 4, 4)"),
    ],
)
def test_a_broken_npz_is_told(folder: Path, changes: dict[str, Any], said: str) -> None:
    savez(folder, **changes)
    found = look("npz.mine")
    assert found.facts is None
    assert said in found.problem


@pytest.mark.parametrize("asked", [True, False])
def test_a_run_that_ends_early_says_which_files_it_was_to_look_at(folder: Path, asked: bool) -> None:  # noqa: FBT001
    savez(folder)
    config = TrainConfig(net=TINY, data="npz.mine", steps=20, batch=4, test=asked)
    found = TASKS["train"].carry_out(config, lambda _: None, lambda: True)
    assert (found.status, found.accuracy) == ("stopped", None)
    assert found.stamp == (find("npz.mine").facts().stamp if asked else "")


def test_what_is_no_npz_is_told_and_nothing_pickled_is_loaded(folder: Path) -> None:
    (folder / "mine.npz").write_bytes(b"no archive")
    assert "mine.npz: its form is broken" in look("npz.mine").problem
    np.save(folder / "mine.npy", np.array([{}], dtype=object), allow_pickle=True)
    (folder / "mine.npy").rename(folder / "mine.npz")
    assert look("npz.mine").facts is None


@pytest.mark.parametrize(
    ("place", "value"),
    [(6, 1), (8, 99), (8, 14), (4, 255)],  # encrypted; of an unknown method; lzma that is none; of a later version
)
def test_an_archive_that_somebody_made_odd_is_told(folder: Path, place: int, value: int) -> None:
    path = savez(folder)
    data = bytearray(path.read_bytes())
    local, central = data.find(b"PK\3\4"), data.find(b"PK\1\2")
    data[local + place] = data[central + place + 2] = value
    path.write_bytes(data)
    found = look("npz.mine")
    assert found.facts is None
    assert "broken" in found.problem


def test_the_names_of_fields_stand_in_no_message(folder: Path) -> None:
    odd = np.zeros(20, dtype=[("![x](http://evil.example/x.png)", np.uint8)])
    savez(folder, x_train=odd, y_train=odd)
    assert "the kind of x_train is records" in look("npz.mine").problem
    assert "evil" not in look("npz.mine").problem


def test_a_header_that_asks_for_too_much_is_refused_unread(folder: Path) -> None:
    import zipfile  # noqa: PLC0415

    from numpy.lib import format as npy  # noqa: PLC0415

    savez(folder)
    with zipfile.ZipFile(folder / "huge.npz", "w") as archive, archive.open("x_train.npy", "w") as file:
        npy.write_array_header_1_0(file, {"descr": "|u1", "fortran_order": False, "shape": (MOST_BYTES, 32, 32)})
    with zipfile.ZipFile(folder / "huge.npz", "a") as archive, archive.open("y_train.npy", "w") as file:
        npy.write_array_header_1_0(file, {"descr": "|u1", "fortran_order": False, "shape": (MOST_BYTES,)})
    assert "allowed: at most 1,000,000,000" in look("npz.huge").problem


def test_a_net_is_trained_and_tested_on_files(folder: Path) -> None:
    savez(folder)
    config = TrainConfig(test=True, net=TINY, data="npz.mine", steps=3, batch=8)
    result = TASKS["train"].carry_out(config, lambda _: None, lambda: False)
    assert result.status == "done"
    assert result.tested == 10
    assert 0 <= result.accuracy <= 1
    savez(folder, x_test=None, y_test=None)
    os.utime(folder / "mine.npz", ns=(2, 2))
    assert TASKS["train"].carry_out(config, lambda _: None, lambda: False).accuracy is None
