"""Talks: what a file of one says, what is refused, and that those that are shipped can be held."""

from pathlib import Path

import pytest

from resnet_explorer import analyse
from resnet_explorer.analysis.bottleneck import compare
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.commands.talk import problems
from resnet_explorer.errors import ExplorerError, UnknownName
from resnet_explorer.spec import PRESETS
from resnet_explorer.talks import FOLDER, find, read, talks
from resnet_explorer.ui.parts import pictures

TALK = """# A talk

## Look at this.

view: bottleneck?channels=512
source: counted from the blocks themselves

First.

Second, 16.94.
"""


def written(folder: Path, text: str, name: str = "own.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("name", "beats"), [("17x", 6), ("34layers", 8), ("vgg", 8)])
def test_a_talk_that_is_shipped_can_be_held(name: str, beats: int) -> None:
    talk = find(name)
    assert len(talk.beats) == beats
    assert problems(talk) == []


def test_what_the_talks_say_of_nets_and_reductions_is_so() -> None:
    macs = {depth: analyse(PRESETS[f"resnet{depth}"].spec).macs for depth in (34, 50, 152)}
    assert macs[50] / macs[34] == pytest.approx(1.1, abs=0.05)
    assert macs[152] / macs[34] == pytest.approx(3, abs=0.2)
    for reduction, factor in ((1, 1.64), (2, 5.54), (4, 16.94)):
        found = [compare(channels, reduction, 56) for channels in (64, 256, 1024, 2048)]
        assert {round(each.ratio, 2) for each in found} == {factor}
        assert {round(each.wide.macs / each.bottleneck.macs, 2) for each in found} == {factor}


def test_beats_that_speak_of_a_row_show_it() -> None:
    view = find("vgg").beats[0].texts
    spec, row = PRESETS[view["net"]].spec, view["row"]
    assert f">{METRICS[row].title}<" in pictures.presented(spec, (row,)).svg
    assert f">{METRICS[row].title}<" not in pictures.presented(spec, ("macs",)).svg


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    talk = read(written(tmp_path, TALK))
    assert (talk.name, talk.title, len(talk.beats)) == ("own", "A talk", 1)
    [beat] = talk.beats
    assert (beat.says, beat.page, beat.texts) == ("Look at this.", "bottleneck", {"channels": "512"})
    assert beat.notes == "First.\n\nSecond, 16.94."
    assert problems(talk) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("source: counted from the blocks themselves\n", "", "beat 1: it says numbers"),
        ("view: bottleneck?channels=512\n", "", "beat 1: view is ''"),
        ("bottleneck?", "nowhere?", "beat 1: view is 'nowhere?channels=512'"),
        ("channels=512", "channels=5", "channels"),
        ("channels=512", "chanels=512", "is no name of a choice"),
        ("bottleneck?channels=512", "block?net=vgg16", "VGG-16 has no blocks"),
        ("bottleneck?channels=512", "laboratory?guess=1&hide=answer,table", "it hides the answer"),
    ],
)
def test_what_does_not_open_or_has_no_source_is_told(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in TALK
    found = problems(read(written(tmp_path, TALK.replace(old, new))))
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize("text", ["", "# A title alone\n", "## A beat alone\n", "x" * 100_001])
def test_what_is_no_talk_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(ExplorerError, match=r"own\.md: "):
        read(written(tmp_path, text))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="cannot be read"):
        read(tmp_path / "none.md")
    (tmp_path / "own.md").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ExplorerError, match="cannot be read"):
        read(tmp_path / "own.md")


def test_a_folder_of_ones_own_adds_talks_and_replaces_some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = {*talks()}
    monkeypatch.setenv(FOLDER, str(tmp_path))
    written(tmp_path, TALK)
    written(tmp_path, TALK, "vgg.md")
    written(tmp_path, TALK, "NO NAME.md")
    assert {*shipped, "own"} == talks().keys()
    assert "vgg" in shipped
    assert (find("own").title, find("vgg").title) == ("A talk", "A talk")
    with pytest.raises(UnknownName, match="vgg"):
        find("vg")
