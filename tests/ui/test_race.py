"""What the Gradients page keeps of a finished run."""

import dataclasses
import math
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio
import pytest

import resnet_explorer as rx
from resnet_explorer.experiments import PAIRS, TrialRun, pairs
from resnet_explorer.experiments.recorded import Recorded
from resnet_explorer.figures.still import Still, once
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.tasks.made import here
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.train import Step
from resnet_explorer.ui import canvas
from resnet_explorer.ui.canvas import stream
from resnet_explorer.ui.pages.gradients import picture, reading
from resnet_explorer.ui.parts import archive, bench, findings
from resnet_explorer.ui.parts.bench import Jobs, RunProgress
from resnet_explorer.ui.view.views import GradientsView

NET = rx.preset("demo_resnet18")
LAYERS = len(rx.analyse(NET).weighted)


def put(seed: int = 0) -> Jobs:
    return bench.put("gradients", pairs.jobs(NET, seed=seed), ())


def now(count: int, seed: int = 0) -> list[Snapshot]:
    steps = tuple(Step(i, 2.0 - 0.1 * i, (1.0,) * LAYERS, 1.0, (1.0,) * LAYERS) for i in range(count))
    jobs = [job.config for job in put(seed).jobs]
    return [Snapshot(key=key(config), config=config, state="done", records=steps) for config in jobs]


def seen(count: int, seed: int = 0) -> RunProgress:
    return bench.progress(put(seed), now(count, seed))


def test_the_charts_of_a_run_are_made_once_until_more_of_it_is_known() -> None:
    first = findings.chart(seen(2), "ratios", dark=False)
    assert first is not None
    assert findings.chart(seen(2), "ratios", dark=False) is first
    assert findings.chart(seen(3), "ratios", dark=False) is not first
    assert findings.chart(seen(2), "ratios", dark=True) is not first
    assert findings.chart(seen(2, seed=1), "ratios", dark=False) is not first
    assert findings.chart(bench.progress(put(), []), "ratios", dark=False) is None
    drawn = findings.drawn(seen(2), "ratios")
    assert drawn is not None
    assert findings.drawn(seen(2), "ratios") is drawn
    assert drawn[1] == first[1]  # the same words
    assert findings.drawn(bench.progress(put(), []), "ratios") is None


def test_runs_of_which_nothing_is_known_are_told_apart_and_have_ended() -> None:
    nothing = bench.progress(put(), [])
    assert nothing != bench.progress(put(1), [])
    assert not nothing.finished
    assert nothing.ended == (True, True)
    assert [run.job.residual for run in nothing.runs] == [False, True]


def test_what_was_seen_is_told_apart_by_how_much_is_known_alone() -> None:
    now = seen(2)
    more = {"runs": (), "finished": False, "messages": ("a: no",), "unbegun": 3, "ended": ()}
    for name, value in more.items():
        other = dataclasses.replace(now, **{name: value})
        assert (other, hash(other)) == (now, hash(now))


def test_the_pairs_run_is_recorded_for_its_own_choices_alone() -> None:
    for each in PAIRS:
        kept = archive.kept(bench.put("gradients", each.standard(), PAIRS.names))
        assert kept is not None
        assert kept.name == each.name
    assert archive.kept(bench.put("gradients", pairs.jobs(NET, seed=5), PAIRS.names)) is None


def test_a_recorded_run_is_kept_apart_from_the_same_run_of_now() -> None:
    assert seen(2) == seen(2)
    runs = Recorded("gradients", seen(2).runs, "2026-11-28", "another", "2", "3", 1)
    assert archive.progress(put(), runs) != seen(2), "its numbers may be of another processor"


@pytest.mark.parametrize(
    ("track", "upper"), [("", "weight_gradient"), ("weight", "weight"), ("update", "weight_gradient")]
)
def test_how_far_each_layer_moves_stands_below_what_the_link_names(
    monkeypatch: pytest.MonkeyPatch, track: str, upper: str
) -> None:
    drawn: list[canvas.TrainingCurves] = []
    chosen = GradientsView(**({"track": track} if track else {}))
    monkeypatch.setattr(picture.link, "choices", lambda _: chosen)
    monkeypatch.setattr(canvas, "race", lambda shown, *_, **__: drawn.append(shown))
    press = canvas.Press(lambda: None, lambda: None)
    picture.show(put(), seen(2), press, "", running=False, streamed=False)
    picture.show(put(), seen(2), press, "", running=True, streamed=True)
    over, live = drawn
    assert over.rows == (picture.ROWS[upper], picture.ROWS["update"])
    assert [len(each.norms) for each in over.series[0].steps] == [2 * LAYERS, 2 * LAYERS]
    assert over.source == ""
    assert not live.series[0].steps  # the picture hears of them itself
    assert live.source == stream.address(put().keys, upper, "update")


def test_a_still_figure_travels_as_the_figure_it_was() -> None:
    figure = go.Figure({"data": [{"type": "scatter", "y": [1.0, 2.0]}], "layout": {"title": {"text": "x"}}})
    still = Still(figure)
    assert still.to_dict() is still.to_dict()
    told = pio.to_json(still.to_dict(), validate=False)
    assert pio.from_json(told) == figure
    assert pio.to_json(still.to_dict(), validate=False) == told
    written: list[object] = []

    def write(figure: object, **how: Any) -> str:
        written.append(how)
        return pio.to_json(figure, **how)

    to_json = once(write)
    assert to_json(still.to_dict(), validate=False) == to_json(still.to_dict(), validate=False) == told
    assert len(written) == 1  # it is as it was written
    assert to_json(still.to_dict(), validate=False, pretty=True) != told
    assert to_json({"data": []}, validate=False) == to_json({"data": []}, validate=False)
    assert len(written) == 4


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "an earlier version of this code"),
        (here().code, f"this code (version 0.1, `{here().code}`)"),
        ("0" * 12, f"another state of this code (version 0.1, `{'0' * 12}`)"),
    ],
)
def test_a_record_says_what_code_made_it(code: str, said: str) -> None:
    made = {"date": "2026-11-24", "processor": "p", "torch": "2.13.0", "python": "3.11", "threads": 1}
    assert archive._code(Recorded("gradients", (), **made, version="0.1", code=code)) == said


def test_the_table_of_a_run_has_its_numbers_where_they_are_finite() -> None:
    norms = tuple(float(layer) for layer in range(LAYERS))
    steps = (
        Step(0, 2.5, norms, 0.5, (2.0,) * LAYERS, (1.0,) * LAYERS),
        Step(1, math.inf, norms, -math.inf, (2.0,) * LAYERS, (3.0,) * LAYERS),
    )
    runs = [TrialRun(job=job, records=steps) for job in put().jobs]
    frame = reading.frame_of(runs)
    assert list(frame["step"]) == [1, 2, 1, 2]
    assert list(frame["loss"].notna()) == list(frame["first/last"].notna()) == [True, False] * 2
    assert tuple(frame[[layer.path for layer in rx.analyse(NET).weighted]].iloc[1]) == norms
    assert list(frame["fc: update / weights"]) == [0.5, 1.5] * 2
    assert frame.notna().to_numpy().sum() == frame.size - 4
