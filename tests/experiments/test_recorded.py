"""Recorded runs: of the present code's configs, read back to the last bit, and the same when they are made again."""

import dataclasses
import datetime as dt
import importlib.metadata
import itertools
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from resnet_explorer import sources
from resnet_explorer.commands.carrying import carried_out
from resnet_explorer.experiments import EXPERIMENTS, PAIRS, RECORDED, Experiment, TrialRun
from resnet_explorer.experiments import recorded as recording
from resnet_explorer.experiments.again import compare
from resnet_explorer.experiments.recorded import FOLDER, Recorded, recorded
from resnet_explorer.experiments.words import final
from resnet_explorer.figures.ends import LINE_PX
from resnet_explorer.processor import kind
from resnet_explorer.tasks.dense import Dense
from resnet_explorer.tasks.lesion import Lengths, Lesion, Several, Through
from resnet_explorer.tasks.plain import from_plain, to_plain
from resnet_explorer.tasks.profile import Series
from resnet_explorer.tasks.train import Step, Training

CHEAP = ("slope", "at_start", "explosion", "gradients_demo18")


def kept(what: Experiment) -> Recorded:
    found = recorded(what)
    assert found is not None, f"{what.name} is to be recorded anew: python -m resnet_explorer rerun --write"
    return found


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_each_experiment_is_recorded_by_the_present_configs_and_is_answered(name: str) -> None:
    experiment = EXPERIMENTS[name]
    runs = kept(experiment).runs
    assert [run.job for run in runs] == list(experiment.jobs(experiment.choices()))
    assert all(run.result is not None for run in runs)
    assert experiment.question.judge(runs) is not None
    assert experiment.reading(runs)
    assert experiment.rows(runs)


def test_the_recorded_cures_have_what_helped_before_the_rest() -> None:
    cures = EXPERIMENTS["cures"]
    for chart in cures.charts[1:]:
        drawn: Any = chart.draw(kept(cures).runs)
        traces = [each for each in drawn.figure().to_dict()["data"] if each["mode"] == "lines"]
        strong = {each["name"]: each["line"]["width"] for each in traces if each["opacity"] == 1}
        assert set(strong) == {"plain-56 as it is", "near the identity", "ResNet-56"}
        assert strong["near the identity"] > strong["plain-56 as it is"]
        assert len({each["name"] for each in traces}) == 9
        assert all(each["opacity"] < 0.5 for each in traces[:6])
        texts = {each.text.replace("<br>", " ") for each in drawn.figure().layout.annotations}
        named = texts - {rule.label for rule in drawn.rules}
        assert strong.keys() <= named
        assert not named & {each["name"] for each in traces[:6]}


def test_the_names_of_the_recorded_slopes_stand_apart() -> None:
    slope = EXPERIMENTS["slope"]
    figure = slope.charts[0].draw(kept(slope).runs).figure()
    room = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    names = [note for note in figure.layout.annotations if note.yanchor == "middle"]  # and not what the axis is of
    sides = sorted((room * note.y, LINE_PX * len(note.text.split("<br>")) / 2) for note in names)
    assert len(sides) == 3
    assert all(above[0] - above[1] - sum(below) >= LINE_PX / 2 for below, above in itertools.pairwise(sides))


def test_the_recorded_lesion_is_drawn_in_per_cent_as_it_is_read() -> None:
    lesion = EXPERIMENTS["lesion"]
    for chart in lesion.charts:
        drawn: Any = chart.draw(kept(lesion).runs)
        assert "%" in drawn.y.title
        assert 90 < max(value for line in drawn.lines for value in line.y) <= 100


def test_the_landscape_begins_with_the_nets_that_its_question_is_about() -> None:
    charts = EXPERIMENTS["landscape"].charts
    assert [chart.name for chart in charts[:3]] == ["halves", "heights running", "heights batch"]
    assert [chart.name.split("-")[1][:2] for chart in charts[3:]] == ["56"] * 8 + ["20"] * 4
    assert all(chart.look.endswith(("?", ".")) for chart in charts)


def test_the_first_chart_of_the_landscape_shows_its_answer() -> None:
    """The two kinds of net stand apart by both kinds of statistics: by more than a dot is wide."""
    drawn: Any = EXPERIMENTS["landscape"].charts[0].draw(kept(EXPERIMENTS["landscape"]).runs)
    low, high = drawn.figure().layout.xaxis.range
    at = [(math.log10(dot.value) - low) / (high - low) for dot in drawn.dots]
    assert at[0] - at[1] > 0.03 < at[3] - at[2]
    assert drawn.dots[0].low > drawn.dots[1].high
    assert drawn.dots[3].low > drawn.dots[2].high


@pytest.mark.parametrize("name", PAIRS.names)
def test_each_pair_is_recorded_by_the_present_configs_and_tells_plain_from_residual(name: str) -> None:
    plain, residual = kept(PAIRS[name]).runs
    assert [plain.job, residual.job] == list(PAIRS[name].standard())
    assert (plain.job.residual, residual.job.residual) == (False, True)
    for run in (plain, residual):
        assert run.result.status == "done"
        assert len(run.steps) == run.job.config.steps == 80  # type: ignore[attr-defined]
        assert run.result.final_loss == pytest.approx(final(run))
    assert PAIRS[name].answer([plain, residual]) == 0
    assert PAIRS[name].answer([residual, plain]) == 1
    assert PAIRS[name].answer([plain, plain]) is None
    cut_off = dataclasses.replace(residual, records=residual.records[:5], result=None)
    assert PAIRS[name].answer([plain, cut_off]) is None
    for runs, ended in (([plain, residual], True), ([plain, cut_off], False)):
        told = PAIRS[name].reading(runs)
        assert told.count("At the start, the gradient of") == 2
        assert ("After 80 steps" in told, "The plain net ends with" in told) == (ended, ended)


@pytest.mark.parametrize("name", RECORDED.names)
def test_each_record_says_what_made_it(name: str) -> None:
    found = kept(RECORDED[name])
    assert found.name == name
    assert found.date >= "2026-11-24"
    assert "family" in found.processor  # closely enough to tell whether its numbers are to be the same
    assert found.torch.startswith("2.13.0")
    assert found.threads == 1
    assert found.version
    assert re.fullmatch("[0-9a-f]{12}", found.code)
    assert found.made["code"] == found.code
    assert "runs" not in found.made


def test_the_code_is_known_by_what_measures_and_by_nothing_else(tmp_path: Path) -> None:
    for name in (*sources.MEASURING, "ui"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.py").write_text("x = 1\n")
    before = sources.code(tmp_path)
    (tmp_path / "ui" / "a.py").write_text("x = 2\n")
    sources.code.cache_clear()
    assert sources.code(tmp_path) == before
    seen = {before}
    for name in sources.MEASURING:
        (tmp_path / name / "a.py").write_text("x = 2\n")
        sources.code.cache_clear()
        seen.add(sources.code(tmp_path))
    assert len(seen) == 1 + len(sources.MEASURING)


def test_a_record_of_before_versions_were_kept_still_opens() -> None:
    assert (
        Recorded("gradients", (), date="2026-11-24", processor="p", torch="2.13.0", python="3.11", threads=1).code == ""
    )


def test_no_record_is_left_over() -> None:
    assert {file.name.removesuffix(".json.gz") for file in FOLDER.glob("*.json.gz")} == set(RECORDED.names)


@pytest.mark.parametrize("name", CHEAP)
def test_a_record_is_measured_again(name: str) -> None:
    found = kept(RECORDED[name])
    again = carried_out(RECORDED[name].standard(), lambda: False)
    compared = compare(RECORDED[name], found.runs, again)
    assert compared.close
    if found.likewise(kind(), importlib.metadata.version("torch")):
        assert compared.identical


def test_another_number_is_noticed() -> None:
    experiment = EXPERIMENTS["slope"]
    runs = kept(experiment).runs
    assert compare(experiment, runs, runs)[:3] == (True, 0.0, True)
    first = runs[0]
    assert isinstance(first.result, Dense)
    for factor, close in ((1.01, True), (1.25, False)):
        result = dataclasses.replace(first.result, norms=tuple(factor * norm for norm in first.result.norms))
        changed = (dataclasses.replace(first, records=(result,), result=result), *runs[1:])
        compared = compare(experiment, runs, changed)
        assert not compared.identical
        assert compared.close is close
        assert compared.start == pytest.approx(1 - 1 / factor)


def test_lists_of_another_length_are_infinitely_far_apart() -> None:
    experiment = EXPERIMENTS["slope"]
    runs = kept(experiment).runs
    shorter = dataclasses.replace(runs[0].result, norms=runs[0].result.norms[1:])
    compared = compare(experiment, runs, (dataclasses.replace(runs[0], records=(shorter,), result=shorter), *runs[1:]))
    assert (compared.identical, compared.start, compared.close) == (False, math.inf, False)


def test_what_the_clock_said_is_not_compared() -> None:
    experiment = EXPERIMENTS["explosion"]
    runs = kept(experiment).runs
    later = tuple(
        TrialRun(job=run.job, records=run.records, result=dataclasses.replace(run.result, seconds=1e6)) for run in runs
    )
    assert compare(experiment, runs, later).identical


def test_records_come_back_from_a_file_to_the_last_bit() -> None:
    training = Training(
        paths=("a", "b"), status="diverged", final_loss=math.inf, seconds=0.1, device="cpu", threads=1, torch="2.13.0"
    )
    lesion = Lesion(
        training=training,
        intact=0.1 + 0.2,
        blocks=("layer1.0",),
        without=(1e-300,),
        several=(Several(1, 0.5, 0.25),),
        at_start=None,
        at_end=Lengths(0.5, (Through(branches=1, paths=3, norm=2.0, share=-0.5),)),
    )
    records = (Step(0, 1 / 3, (1e-45, 2.5), math.inf, (3.0, 4.0)), lesion, Series("norm", ("a",), (0.1,)))
    assert from_plain(json.loads(json.dumps(to_plain(records)))) == records


@pytest.mark.parametrize("value", [object(), {"a": 1}, [1]])
def test_what_is_no_record_is_not_written(value: object) -> None:
    with pytest.raises(TypeError, match="a record"):
        to_plain(value)


def test_what_is_written_is_what_is_recorded_from_then_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slope, vanishing = EXPERIMENTS["slope"], EXPERIMENTS["vanishing"]
    runs = kept(slope).runs
    whole = tuple(dataclasses.replace(run, records=run.records[:3]) for run in kept(vanishing).runs)
    monkeypatch.setattr(recording, "FOLDER", tmp_path)
    recorded.cache_clear()
    assert recorded(slope) is None
    file = recording.write(slope, runs)
    assert file == tmp_path / "slope.json.gz"
    found = kept(slope)
    assert found.runs == tuple(runs)
    assert (found.date, found.threads, found.code) == (dt.datetime.now(tz=dt.UTC).date().isoformat(), 1, sources.code())
    assert found.likewise(found.processor, found.torch)
    assert not found.likewise("another", found.torch)
    assert not found.likewise(found.processor, "another")
    recording.write(vanishing, whole)
    steps = kept(vanishing).runs[0].steps
    assert [bool(step.norms) for step in steps] == [vanishing.replays] * 2 + [vanishing.replays or vanishing.moves]
    monkeypatch.undo()
    recorded.cache_clear()
