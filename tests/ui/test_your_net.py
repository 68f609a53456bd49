"""Your net: what a browser sends of a file, and what the page says of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from resnet_explorer.checkpoints.tensors import Tensor
from resnet_explorer.spec import PRESETS
from resnet_explorer.ui.canvas.file import read
from resnet_explorer.ui.pages.your_net.file import ANSWER, answered
from resnet_explorer.ui.view.allowed import PACKAGES
from tests.checkpoints.changed import changed, tensors_of
from tests.checkpoints.test_hostile import described
from tests.ui.silent import Silent
from tests.ui.test_kept import shown
from tests.ui.test_pages import MAIN, texts


def _sent(shapes: dict[str, tuple[int, ...]], **other: Any) -> dict[str, Any]:
    """What our script sends of a safetensors file."""
    text = described(**shapes)
    end = max(end for entry in json.loads(text).values() for end in entry["data_offsets"])
    first = list(len(text).to_bytes(8, "little"))
    return {"name": "my_net.safetensors", "size": 8 + len(text) + end, "first": first, "text": text, **other}


def _resnet18(**changed: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    return {name: tensor.shape for name, tensor in tensors_of(PRESETS["resnet18"].spec).items()} | changed


def _answer(value: dict[str, Any]) -> Any:
    sent = read(value)
    assert sent is not None
    return answered(sent)


def test_what_a_browser_sends_is_answered() -> None:
    answer = _answer(_sent(_resnet18()))
    assert answer.name == "my_net.safetensors"
    assert answer.found.same == ("resnet18",)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "", "first": [255] * 8}, "18,446,744,073,709,551,615 bytes"),
        ({"text": "", "first": [0x50, 0x4B, 3, 4, 0, 0, 0, 0]}, "what torch.save wrote"),
        ({"text": "", "first": [0x80, 2, 0, 0, 0, 0, 0, 0]}, "what torch.save wrote"),
        ({"text": "", "first": [1]}, "1 byte"),
        ({"size": 3.0}, "follow the header"),
        ({"text": '{"a"'}, "not what safetensors writes"),
    ],
)
def test_other_files_are_refused_in_a_sentence(changes: dict[str, Any], words: str) -> None:
    answer = _answer(_sent(_resnet18(), **changes))
    assert answer.found is None
    assert words in answer.refused


@pytest.mark.parametrize(
    "value",
    [
        *(None, 1, "x", [], {}),
        *(
            _sent({"a": (1,)}, **changes)
            for changes in (
                {"name": 1},
                {"size": "1"},
                {"size": -1},
                {"size": float("nan")},
                {"size": float("inf")},
                {"size": 0.5},
                {"first": "abc"},
                {"first": [256]},
                {"first": [0] * 9},
                {"first": ["a"]},
                {"text": None},
                {"text": "x" * (1 + (1 << 20))},
            )
        ),
    ],
)
def test_what_no_browser_of_ours_sends_is_passed_over(value: Any) -> None:
    assert read(value) is None


def test_a_name_is_short_and_does_nothing() -> None:
    sent = read(_sent({"a": (1,)}, name="\x1b[2J" + "x" * 500))
    assert sent is not None
    assert len(sent.name) == 100
    assert answered(sent).name.isprintable()


def _opened(value: dict[str, Any], engine: Silent) -> AppTest:
    assert engine
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    app.session_state[ANSWER] = _answer(value)
    app.run().switch_page(str(MAIN.parents[3] / "pages" / "your_net.py")).run()
    assert not app.exception
    return app


def test_the_page_says_each_departure_and_what_cannot_be_known(engine: Silent) -> None:
    shapes = {
        f"module.{name}": shape for name, shape in _resnet18(**{"fc.weight": (10, 512), "fc.bias": (10,)}).items()
    }
    app = _opened(_sent(shapes | {"q*_<b>|x": (5,)}), engine)
    said = texts(app).replace("\u00a0", " ")
    assert "is ResNet-18" in said
    assert "11,181,647 parameters" in said  # 11,689,512 - 990 x 513 + 5
    assert "−507,870" in said
    assert "q\\*\\_&lt;b\\>\\|x" in said
    assert "'module\\.'" in said or "'module.'" in said
    assert "What cannot be seen in weights" in said
    assert "dilated" in said


FILES = {
    "as_named": tensors_of(PRESETS["resnet18"].spec),
    "two_nets": changed(0).tensors,
    "two_nets_by_the_same": changed(20).tensors,
    "wrapped": changed(7).tensors,
    "many": tensors_of(PRESETS["resnet34"].spec) | {f"part{n}.weight": Tensor((n + 1, 3)) for n in range(49)},
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_said_of_a_file(
    name: str, engine: Silent, kept: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PACKAGES, raising=False)
    app = _opened(_sent({key: tensor.shape for key, tensor in FILES[name].items()}), engine)
    kept(f"ui/file_{name}.txt", "\n".join(shown(app.main)) + "\n")


def test_the_page_says_why_a_file_is_refused(engine: Silent) -> None:
    app = _opened(_sent({"cls_token": (1, 1, 8)}, name="a_b.safetensors"), engine)
    (error,) = app.error
    assert "Vision Transformer" in error.value
    assert "a\\_b" in error.value
