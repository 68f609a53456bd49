"""Talks: what a file of one says, what is refused, and that those that are shipped can be held."""

from itertools import pairwise
from pathlib import Path

import pytest

from resnet_explorer import analyse
from resnet_explorer.analysis.bottleneck import compare
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.commands.talk import problems
from resnet_explorer.errors import ExplorerError, UnknownName
from resnet_explorer.experiments import RECORDED
from resnet_explorer.spec import PRESETS
from resnet_explorer.talks import FOLDER, find, read, talks
from resnet_explorer.talks.sources import shown_source
from resnet_explorer.ui.parts import pictures
from resnet_explorer.ui.view.navigation import PAGES

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


@pytest.mark.parametrize("name", ["17x", "34layers", "vgg"])
def test_each_beat_shows_another_picture_than_the_one_before(name: str) -> None:
    views = [beat.view for beat in find(name).beats]
    assert [one for one, other in pairwise(views) if one == other] == []


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
        ("source: counted from the blocks themselves\n", "", "beat 1: 'Second, 16.94.' is a claim; name what shows it"),
        ("view: bottleneck?channels=512\n", "", "beat 1: view is ''"),
        ("bottleneck?", "nowhere?", "beat 1: view is 'nowhere?channels=512'"),
        ("channels=512", "channels=5", "channels"),
        ("channels=512", "chanels=512", "is no name of a choice"),
        ("bottleneck?channels=512", "block?net=vgg16", "VGG-16 has no blocks"),
        (
            "bottleneck?channels=512",
            "your_net?constructor=torchvision.models:resnet18",
            "beat 1: this server allows no nets of torchvision.models; it allows none (RESNET_EXPLORER_PACKAGES)",
        ),
        ("bottleneck?channels=512", "laboratory?guess=1&hide=answer,table", "it hides the answer"),
    ],
)
def test_what_does_not_open_or_has_no_source_is_told(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in TALK
    found = problems(read(written(tmp_path, TALK.replace(old, new))))
    assert len(found) == 1
    assert words in found[0]


def test_a_beat_shows_a_net_of_a_package_that_is_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = "your_net?constructor=torchvision.models:resnet18"
    talk = read(written(tmp_path, TALK.replace("bottleneck?channels=512", view)))
    monkeypatch.setenv("RESNET_EXPLORER_PACKAGES", "timm.models, torchvision.models")
    assert problems(talk) == []
    monkeypatch.setenv("RESNET_EXPLORER_PACKAGES", "timm.models")
    [found] = problems(talk)
    assert found.endswith("it allows timm.models (RESNET_EXPLORER_PACKAGES)")


SOURCE = "source: counted from the blocks themselves\n"


@pytest.mark.parametrize(
    "claim",
    [
        "Plain nets vanish, and deeper nets always learn faster\nthan all others.",
        "Nine of ten runs end early.",
        "Look here.\n\n- 99 million weights\n- and no more",
        "It is 42.",
    ],
)
def test_every_claim_of_a_beat_needs_a_source(tmp_path: Path, claim: str) -> None:
    """Those without a digit, too, and those of a list or of a few words."""
    bare = TALK.replace("Second, 16.94.", claim).replace(SOURCE, "")
    [found] = problems(read(written(tmp_path, bare)))
    assert " is a claim; name what shows it (source: ...)" in found
    assert problems(read(written(tmp_path, bare.replace("view: ", f"{SOURCE}view: ")))) == []


def test_what_claims_nothing_needs_no_source(tmp_path: Path) -> None:
    asked = "Choose 64 channels. Which of both has more weights? Look at the tiles."
    assert problems(read(written(tmp_path, TALK.replace("Second, 16.94.", asked).replace(SOURCE, "")))) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("bla", "beat 1: source is 'bla'; allowed: a paper with its arXiv:, doi: or https:// address, counted from"),
        ("arXiv:", "beat 1: source is 'arXiv:'; allowed: "),
        ("measured", "beat 1: source is 'measured'; allowed: "),
        ("Table 2 of He et al.", "beat 1: source is 'Table 2 of He et al.'; allowed: "),
        ("counted from the layers; bla", "beat 1: source is 'bla'; allowed: "),
        ("measured, experiment nosuch", "unknown experiment 'nosuch'; expected one of "),
        ("measured, page nowhere", "unknown page 'nowhere'; expected one of: start, why, "),
    ],
)
def test_a_source_that_is_none_is_told(tmp_path: Path, source: str, words: str) -> None:
    [found] = problems(read(written(tmp_path, TALK.replace(SOURCE, f"source: {source}\n"))))
    assert words in found


@pytest.mark.parametrize(
    "source",
    [
        "Section 4.2 of He et al. 2015, arXiv:1512.03385",
        "doi:10.1109/CVPR.2016.90",
        "our lesson, https://example.org/lesson",
        "counted from the layers; measured, experiment vanishing",
        "measured, experiment gradients_cut; measured, page cost",
    ],
)
def test_these_are_sources(tmp_path: Path, source: str) -> None:
    assert problems(read(written(tmp_path, TALK.replace(SOURCE, f"source: {source}\n")))) == []


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("counted from the layers; Table 2, arXiv:1512.03385", "counted from the layers; Table 2, arXiv:1512.03385"),
        ("measured, experiment ablation", "measured, experiment “What made it work”"),
        (
            "measured, experiment gradients_cut;measured, page cost",
            "measured, experiment “Gradients of ResNet-34 (demo), cut layer1.0-2”; measured, page “Cost”",
        ),
        ("measured, experiment nosuch", "measured, experiment “nosuch”"),
    ],
)
def test_who_reads_the_notes_reads_titles_and_no_names(tmp_path: Path, source: str, shown: str) -> None:
    [beat] = read(written(tmp_path, TALK.replace(SOURCE, f"source: {source}\n"))).beats
    assert shown_source(beat, {page.name: page.title for page in PAGES}) == shown


def test_recorded_runs_have_titles_that_tell_them_apart() -> None:
    assert len(set(RECORDED.titles)) == len(RECORDED.names)


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
