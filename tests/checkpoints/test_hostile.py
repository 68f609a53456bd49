"""Files that are broken or meant to do harm: one sentence, little memory, nothing carried out, torch not loaded."""

import gc
import io
import json
import os
import pickle
import subprocess
import sys
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from resnet_explorer.checkpoints import identify, names
from resnet_explorer.checkpoints.safetensors import LONGEST_HEADER, parsed
from resnet_explorer.errors import Unreadable
from resnet_explorer.spec import PRESETS
from tests.checkpoints.changed import tensors_of

MOST_BYTES = 10_000_000


def safetensors(header: bytes | str, data: int = 0, length: int | None = None) -> bytes:
    raw = header.encode() if isinstance(header, str) else header
    return (len(raw) if length is None else length).to_bytes(8, "little") + raw + bytes(data)


def described(**shapes: tuple[int, ...]) -> str:
    """The header of float32 tensors in a row."""
    entries, end = {}, 0
    for name, shape in shapes.items():
        size = 4
        for side in shape:
            size *= side
        entries[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [end, end + size]}
        end += size
    return json.dumps(entries)


ONE = '{"dtype":"F32","shape":[1],"data_offsets":[0,4]}'
QUOTE = r"\""
SAFETENSORS = {
    "empty": (b"", "0 bytes"),
    "cut in its length": (b"\x08\0\0", "3 bytes"),
    "cut in its header": (safetensors('{"a"', length=400), "ends before its header"),
    "cut in its data": (safetensors(f'{{"a":{ONE}}}', 3), "take 4 bytes, and 3 follow"),
    "more data than told": (safetensors(f'{{"a":{ONE}}}', 5), "and 5 follow"),
    "a header of 10 GB": (safetensors("{}", length=10_000_000_000), "10,000,000,000 bytes"),
    "a header of nearly 2^64": (b"\xff" * 8 + b"{}", "18,446,744,073,709,551,615"),
    "an index of shards": (b'{"metadata":{"total_size":1},"weight_map":{}}', "in several files"),
    "deep lists": (safetensors('{"a":' + "[" * 500_000 + "]" * 500_000 + "}"), "from character 1 on"),
    "deep objects": (safetensors('{"a":' * 100_000 + "1" + "}" * 100_000), "from character 1 on"),
    "many small lists": (safetensors('{"a":[' + "[]," * 300_000 + "[]]}"), "from character 1 on"),
    "a deep shape": (safetensors('{"a":{"dtype":"F32","shape":' + "[" * 9000 + "]" * 9000 + "}}"), "from character 1"),
    "overlapping": (
        safetensors(f'{{"a":{ONE},"b":{{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}}}', 6),
        "overlap",
    ),
    "the same place twice": (safetensors(f'{{"a":{ONE},"b":{ONE}}}', 4), "overlap"),
    "a hole": (safetensors(f'{{"a":{ONE},"b":{{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}}}', 12), "hole"),
    "a name twice": (safetensors(f'{{"a":{ONE},"a":{ONE}}}', 4), "'a' twice"),
    "a name twice, written in two ways": (safetensors(f'{{"a":{ONE},"\\u0061":{ONE}}}', 4), "'a' twice"),
    "a field twice": (
        safetensors('{"a":{"dtype":"F32","dtype":"F32","data_offsets":[0,4]}}', 4),
        "no type, shape and place for 'a'",
    ),
    "a type twice behind its place": (
        safetensors('{"a":{"shape":[1],"data_offsets":[0,4],"dtype":"F32","dtype":"F32"}}', 4),
        "no type, shape and place for 'a'",
    ),
    "metadata twice": (
        safetensors(f'{{"__metadata__":{{}},"a":{ONE},"__metadata__":{{}}}}', 4),
        'names "__metadata__" twice',
    ),
    "a tensor called as metadata": (safetensors(f'{{"__metadata\\u005f_":{ONE}}}', 4), '"__metadata__" holds no notes'),
    "no brace before it": (safetensors(f'"a":{ONE}}}', 4), "from character 0 on"),
    "no brace behind it": (safetensors(f'{{"a":{ONE},', 4), "from character 54 on"),
    "no brace behind metadata": (safetensors('{"__metadata__":{},'), "from character"),
    "a brace alone": (safetensors("{"), "from character 0 on"),
    "a tensor behind the end": (safetensors(f'{{"a":{ONE}}},"b":{ONE}}}', 4), "from character"),
    "NaN": (safetensors('{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,4]}}', 4), "from character 1 on"),
    "a negative side": (safetensors('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', 4), "from character 1"),
    "a fraction": (safetensors('{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}', 4), "from character 1 on"),
    "a huge side": (
        safetensors('{"a":{"dtype":"F32","shape":[' + "9" * 150 + '],"data_offsets":[0,4]}}', 4),
        "whole numbers of up to 18 digits",
    ),
    "nine sides": (
        safetensors('{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}', 4),
        "up to 8",
    ),
    "a type that is none": (safetensors('{"a":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}', 4), "type 'F99'"),
    "numbers that do not fill their place": (
        safetensors('{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,4]}}', 4),
        "from byte 0 to byte 4, which are not F64",
    ),
    "a place that begins too late": (
        safetensors('{"a":{"dtype":"F32","shape":[1],"data_offsets":[2,4]}}', 4),
        "from byte 2 to byte 4, which are not F32 numbers of the shape (1,)",
    ),
    "backwards": (safetensors('{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}', 4), "from byte 4 to byte 0"),
    "no tensors": (safetensors("{}"), "no tensor"),
    "no tensors, but metadata": (safetensors('{"__metadata__":{"a":"b"}}'), "no tensor"),
    "a list": (safetensors("[1]"), "from character 0 on"),
    "no text": (safetensors(b"{\xff}"), "no text"),
    "text behind it": (safetensors(f'{{"a":{ONE}}}x', 4), "from character"),
    "a comma at its end": (safetensors(f'{{"a":{ONE},}}', 4), "from character"),
    "metadata in the place of a tensor": (safetensors('{"a":{"dtype":"F32"}}'), "from character 1 on"),
    "too many tensors": (
        safetensors(
            "{" + ",".join(f'"{n:x}":{{"dtype":"F32","shape":[],"data_offsets":[0,4]}}' for n in range(17_000)) + "}",
            4,
        ),
        "8,000",
    ),
    "a million spaces": (safetensors("{" + " " * 10**6 + "}"), "no tensor"),
    "many quotes": (safetensors(f'{{"__metadata__":{{"a":"{QUOTE * 500_000}"}},"a":{ONE}}}', 3), "and 3 follow"),
}


@pytest.mark.parametrize("name", SAFETENSORS)
def test_a_broken_safetensors_file_is_refused(name: str, tmp_path: Path) -> None:
    content, words = SAFETENSORS[name]
    place = tmp_path / "x.safetensors"
    place.write_bytes(content)
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable) as caught:
            identify(place)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert words in str(caught.value)
    assert len(str(caught.value)) < 400
    assert "\n" not in str(caught.value)
    assert peak < MOST_BYTES


class Name(str):
    """A name that is found by its place in the order, not by looking at each for each."""

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        raise AssertionError


def test_as_many_fronts_as_names_are_counted_in_one_order() -> None:
    fronts = ["", "a.", "a.a.", "ä.", "\U0010ffff"]
    plain = [f"{front}layer1.0.conv1.weight" for front in fronts] + ["a.fc.weight", "\U0010ffffx", "a/", "ab.x"]
    ordered = sorted(map(Name, plain))
    counted = {front: names._beginning(ordered, front) for front in fronts}
    assert counted == {front: sum(name.startswith(front) for name in plain) for front in fronts}
    inside = [name for name in plain if name.startswith("a.")]
    assert names._prefix({Name(name): name for name in inside}, "\n".join(inside)) == "a."


def test_no_more_than_the_header_is_read(tmp_path: Path) -> None:
    """A file of 400 GB, nearly all of it a hole."""
    header = described(**{"a.weight": (10**6, 10**5)})
    place = tmp_path / "large.safetensors"
    place.write_bytes(safetensors(header))
    os.truncate(place, 8 + len(header) + 4 * 10**11)
    with pytest.raises(Exception, match=r"of no known kind; the first of 1 tensor: 'a.weight'"):
        identify(place)


def test_the_longest_named_net_has_a_header_that_is_read() -> None:
    shapes = {name: tensor.shape for name, tensor in tensors_of(PRESETS["cifar_resnet1202"].spec).items()}
    raw = described(**shapes).encode()
    assert len(raw) < LONGEST_HEADER
    places = parsed(raw, 8 + len(raw) + 4 * sum(_size(shape) for shape in shapes.values())).places
    assert {name: place.shape for name, place in places.items()} == shapes


def _size(shape: tuple[int, ...]) -> int:
    size = 1
    for side in shape:
        size *= side
    return size


def test_as_many_shapes_as_tensors_take_little_longer_than_one() -> None:
    def seconds(sizes: list[int]) -> float:
        header = described(**{f"x{n}": (size,) for n, size in enumerate(sizes)}).encode()
        began = time.process_time()
        parsed(header, 8 + len(header) + 4 * sum(sizes))
        return time.process_time() - began

    gc.disable()  # it goes through all that other tests have left
    try:
        one, many = (min(seconds(sizes) for _ in range(3)) for sizes in ([1000] * 7999, [*range(7999)]))
    finally:
        gc.enable()
    assert many < 10 * one


def test_what_safetensors_itself_writes_is_read() -> None:
    """Bytes that safetensors 0.8.0 wrote: metadata first, and the header filled with spaces."""
    entry = '"weight":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]}'
    header = f'{{"__metadata__":{{"format":"pt","note":"{{[\\"}}"}},{entry}}}'
    raw = header.ljust(-(-len(header) // 8) * 8).encode()
    (tensor,) = parsed(raw, 8 + len(raw) + 12).tensors.values()
    assert tensor.shape == (2, 3)
    assert tensor.floating


def test_the_order_of_fields_and_what_stands_between_them_do_not_matter() -> None:
    first = '"a\\u0062" : {"data_offsets":[0, 8] , "shape":[ 2, 1 ],"dtype":"F32" }'
    notes = '"__metadata__": {"ab": "c", "d": "{"}'
    raw = f'{{ {first}, {notes} ,\n"":{{"shape":[],"data_offsets":[8,9],"dtype":"U8"}}}}'.encode()
    places = parsed(raw, 8 + len(raw) + 9).places
    assert places == {"ab": ("F32", (2, 1), 0, 8), "": ("U8", (), 8, 9)}


class _Runs:
    """What a pickle does that means harm."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("echo carried out > CARRIED_OUT",)


def _archive(program: bytes, *, packed: bool = False, name: str = "x/data.pkl") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        archive.writestr(name, program)
    return made.getvalue()


HARM = pickle.dumps({"state_dict": _Runs()}, 2)
PICKLED = {
    "an archive that runs a command": (_archive(HARM), "system"),
    "an older file that runs a command": (HARM * 5, "system"),
    "a newer protocol that runs a command": (_archive(pickle.dumps(_Runs(), 4)), "STACK_GLOBAL"),
    "a call by INST": (_archive(b"\x80\x02(S'true'\nios\nsystem\n."), "INST"),
    "getattr": (_archive(b"\x80\x02cbuiltins\ngetattr\n."), "builtins.getattr"),
    "a whole net": (_archive(b"\x80\x02ctorchvision.models.resnet\nResNet\n."), "torchvision.models.resnet.ResNet"),
    "settings of a training": (_archive(b"\x80\x02cargparse\nNamespace\n."), "argparse.Namespace"),
    "TorchScript": (_archive(b"", name="x/constants.pkl"), "TorchScript"),
    "an archive of something else": (_archive(b"", name="x/y.txt"), "0 members data.pkl"),
    "packed": (_archive(b"\x80\x02}." + bytes(10**6), packed=True), "compressed"),
    "cut off": (_archive(HARM)[:60], "cannot be looked through"),
    "no pickle": (_archive(b"\x80\x02\xff\xff"), "cannot be looked through"),
}
_ASKS = """
import json, sys
from resnet_explorer.checkpoints import identify, names
from resnet_explorer.errors import Unreadable
said = {}
for place in sys.argv[1:]:
    try:
        identify(place)
    except Unreadable as error:
        said[place] = str(error)
print(json.dumps([said, "torch" in sys.modules]))
"""


def test_a_harmful_pickle_is_refused_before_torch_is_loaded(tmp_path: Path) -> None:
    places = {name: tmp_path / f"{number}.pth" for number, name in enumerate(PICKLED)}
    for name, place in places.items():
        place.write_bytes(PICKLED[name][0])
    done = subprocess.run(
        [sys.executable, "-c", _ASKS, *map(str, places.values())],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    said, torch_loaded = json.loads(done.stdout)
    assert not torch_loaded
    for name, place in places.items():
        assert PICKLED[name][1] in said[str(place)], name
    assert not (tmp_path / "CARRIED_OUT").exists()


_LACKS = """
import sys
sys.modules["torch"] = None
import resnet_explorer as rx
class Net:
    def state_dict(self):
        return {"conv1.weight": Shaped()}
    load_state_dict = state_dict
class Shaped:
    shape = 1,
for place in sys.argv[1:]:
    for ask in (rx.identify, lambda place: rx.load(Net(), place)):
        try:
            ask(place)
        except rx.ExplorerError as error:
            print(error)
"""


def test_without_torch_it_is_said_what_brings_it(tmp_path: Path) -> None:
    places = tmp_path / "x.pth", tmp_path / "x.safetensors"
    places[0].write_bytes(_archive(b"\x80\x02}."))
    places[1].write_bytes(safetensors(f'{{"conv1.weight":{ONE}}}', 4))
    done = subprocess.run(
        [sys.executable, "-c", _LACKS, *map(str, places)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    said = done.stdout.splitlines()
    assert len(said) == 4
    assert ["this needs torch, which is not installed" in each for each in said] == [True, True, False, True]


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such files")
def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    place = tmp_path / "pipe.pth"
    os.mkfifo(place)
    for path in (place, "/dev/zero"):
        with pytest.raises(Unreadable, match="is no regular file"):
            identify(path)


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(Unreadable, match="cannot be opened: No such file"):
        identify("nowhere.safetensors")
    with pytest.raises(Unreadable, match="type list"):
        identify([1])
    with pytest.raises(Unreadable, match="no tensors are in this"):
        identify({"epoch": 3})


@pytest.mark.parametrize("path", ["a\0b", "\ud800", "a" * 5000])
def test_a_name_that_no_file_can_have_is_told(path: str) -> None:
    with pytest.raises(Unreadable, match="cannot be opened") as told:
        identify(path)
    assert len(str(told.value)) < 300


class Lazy:
    """A tensor of torch that has no shape yet."""

    @property
    def shape(self) -> None:
        raise RuntimeError


class Told:
    """What has something of another kind that is called a shape."""

    def __init__(self, shape: object) -> None:
        self.shape = shape


def test_what_has_no_shape_is_told_or_passed_over() -> None:
    with pytest.raises(Unreadable, match=r"'fc\.weight' is lazy"):
        identify({"fc.weight": Lazy()})
    weights = tensors_of(PRESETS["resnet18"].spec)
    assert identify({**weights, **{f"x{n}": Told(each) for n, each in enumerate(("ab", None, 5))}}).tensors == 122


def test_weights_that_lie_deep_and_again_less_deep_are_found_by_the_shorter_way() -> None:
    weights = tensors_of(PRESETS["resnet18"].spec)
    deep = {"model": weights}
    table, fitted = names.table({"first": {"a": {"b": {"c": deep}}}, "second": deep})
    assert len(table) == len(weights)
    assert fitted == ("the weights lie in 'second.model'",)
