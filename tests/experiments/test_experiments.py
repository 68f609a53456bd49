"""Every experiment: what it runs, and that its charts, its reading and its table are made from what was measured."""

import dataclasses
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from resnet_explorer.experiments import EXPERIMENTS, PARTS, Experiment, Trial, TrialRun, tracks
from resnet_explorer.experiments.choices import AtStart, Race, Sweep
from resnet_explorer.experiments.recorded import recorded
from resnet_explorer.experiments.report import report
from resnet_explorer.figures.plot import Line, Plot
from resnet_explorer.figures.scale import Axis
from resnet_explorer.jobs import Limits, admit
from resnet_explorer.options import options_of
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.dense import Dense
from resnet_explorer.tasks.gradients import Gradients
from resnet_explorer.tasks.task import Config
from resnet_explorer.tasks.task import key as job_key
from resnet_explorer.tasks.train import Step
from resnet_explorer.terminal import to_json
from tests.experiments.made import ended

QUICK = {"steps": 2, "points": 17, "draws": 2, "layers": 4, "width": 32, "batch": 8, "batches": 2, "images": 16}


def quick(config: Config) -> Config:
    """The same job, but small: in numbers of steps, not in kind."""
    wanted = {**QUICK, **({"points": 3} if config.task == "landscape" else {})}
    fields = {field.name for field in dataclasses.fields(config)}
    smaller = dataclasses.replace(config, **{k: v for k, v in wanted.items() if k in fields})
    if not hasattr(smaller, "net"):
        return smaller
    few = tuple(min(2, count) for count in smaller.net.options.blocks)
    return dataclasses.replace(smaller, net=smaller.net.having(blocks=few))


def carried_out(experiment: Experiment, choices: Any = None) -> list[TrialRun]:
    runs = []
    results: dict[str, TrialRun] = {}
    for job in experiment.jobs(choices or experiment.choices(seed=3)):
        config = quick(job.config)
        if job_key(config) not in results:
            records: list[Any] = []
            result = TASKS[config.task].carry_out(config, records.append, lambda: False)
            results[job_key(config)] = TrialRun(job=job, records=tuple(records), result=result)
        runs.append(dataclasses.replace(results[job_key(config)], job=job))
    return runs


@pytest.fixture(scope="module", params=EXPERIMENTS.names)
def experiment(request: pytest.FixtureRequest) -> Experiment:
    return EXPERIMENTS[request.param]


@pytest.fixture(scope="module")
def runs(experiment: Experiment) -> list[TrialRun]:
    return carried_out(experiment)


def test_its_jobs_are_admitted_distinct_and_named(experiment: Experiment) -> None:
    jobs = experiment.jobs(experiment.choices())
    limits = Limits(seconds=300, bytes=4_000_000_000)
    assert len({job_key(job.config) for job in jobs}) == len(jobs) <= limits.waiting
    assert len({(job.name, job.seed) for job in jobs}) == len(jobs)
    for job in jobs:
        admit(job.config, limits)
        assert job.residual == job.name.startswith("ResNet") == getattr(_net(job), "residual", job.residual)


def _net(job: Trial) -> Any:
    return getattr(getattr(job.config, "net", None), "options", None)


def test_another_seed_is_another_job(experiment: Experiment) -> None:
    one, other = ({job_key(job.config) for job in experiment.jobs(experiment.choices(seed=seed))} for seed in (1, 20))
    assert not one & other


def test_before_anything_was_measured_there_is_nothing_to_see(experiment: Experiment) -> None:
    empty = [TrialRun(job=job) for job in experiment.jobs(experiment.choices())]
    assert experiment.question.judge(empty) is None
    assert experiment.reading(empty) == ""
    assert experiment.rows(empty) == []
    assert all(chart.draw(empty) is None for chart in experiment.charts)


@pytest.mark.parametrize("dark", [False, True])
def test_its_charts_are_drawn_and_put_in_words(experiment: Experiment, runs: list[TrialRun], *, dark: bool) -> None:
    for chart in experiment.charts:
        drawn = chart.draw(runs)
        assert drawn is not None, chart.name
        assert len(drawn.words()) > 40
        assert len(json.loads(drawn.figure(dark=dark).to_json())["data"]) >= 1


def test_its_question_is_judged_by_what_was_measured(experiment: Experiment, runs: list[TrialRun]) -> None:
    asked = experiment.question
    assert asked.text.endswith("?")
    assert len(set(asked.answers)) == len(asked.answers) > 1
    verdict = asked.judge(runs)
    assert verdict is not None  # experiments about ResNet-56 name it, and here it is shorter, but has the name
    assert verdict.right is None or 0 <= verdict.right < len(asked.answers)
    assert any(letter.isdigit() for letter in verdict.measured)


def test_its_reading_and_its_table_hold_the_numbers(experiment: Experiment, runs: list[TrialRun]) -> None:
    assert any(letter.isdigit() for letter in experiment.reading(runs))
    rows = experiment.rows(runs)
    assert rows
    assert all(row.keys() == rows[0].keys() for row in rows)
    assert {"seed"} <= rows[0].keys()
    choices = experiment.choices(seed=3)
    told = report(experiment, choices, runs)
    text = to_json(told)
    assert json.loads(text)["choices"]["seed"] == 3
    assert {each["config"]["seed"] for each in told["runs"]} == set(getattr(choices, "seeds", [3]))


def test_options_of_one_name_are_one_option() -> None:
    kinds: dict[str, Any] = {}
    for each in EXPERIMENTS:
        for option in options_of(each.choices):
            assert kinds.setdefault(option.query, (option.kind, option.default)) == (option.kind, option.default)


def test_zero_gamma_has_zeros_in_its_row() -> None:
    at_start = EXPERIMENTS["at_start"]
    runs = carried_out(at_start, AtStart(net="cifar_resnet20", zero_gamma=True))
    residual = next(run for run in runs if run.job.residual)
    (step,) = at_start.tracks[0].read(residual)
    assert sum(norm == 0 for norm in step.norms) >= 4
    assert "Exactly nothing reaches" in at_start.reading(runs)


def test_its_rows_under_the_net_follow_the_layers(experiment: Experiment, runs: list[TrialRun]) -> None:
    assert bool(experiment.tracks) == (experiment.replays or not experiment.charts)
    for track in experiment.tracks:
        for run in runs:
            for step in track.read(run):
                assert len(step.norms) == len(track.read(run)[0].norms) > 4
                assert any(norm > 0 for norm in step.norms)


def test_a_track_is_declared_in_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracks, "_READ", {})
    own = tracks._track("own", "own", "of each layer", "own", "Look.", lambda step: step.weights)
    step = Step(0, 1.0, (3.0, 1.0), 3.0, (2.0, 1.0))
    run = TrialRun(job=EXPERIMENTS["degradation"].jobs(Race())[0], records=(step,))
    assert own.read(run) == tracks.along(("own",), (step,)) == (step._replace(norms=(2.0, 1.0)),)


def test_the_relative_gradient_is_a_share_and_of_no_weights_no_number() -> None:
    relative = next(each for each in EXPERIMENTS["degradation"].tracks if each.name == "relative_gradient")
    job = EXPERIMENTS["degradation"].jobs(Race())[0]
    (step,) = relative.read(TrialRun(job=job, records=(Step(0, 1.0, (3.0, 1.0), 3.0, (2.0, 0.0)),)))
    assert step.norms[0] == 1.5
    assert math.isnan(step.norms[1])


def test_a_band_spans_the_seeds() -> None:
    line = Line(name="a", x=(0, 1), y=(1.0, 2.0), residual=True, low=(0.5, 1.0), high=(2.0, 3.0))
    figure = Plot(lines=(line,), x=Axis("x"), y=Axis("y", log=True)).figure()
    assert [trace["fill"] for trace in figure.to_dict()["data"][:2]] == ["none", "tonexty"]


def test_degradation_is_judged_either_way() -> None:
    degradation = EXPERIMENTS["degradation"]
    jobs = degradation.jobs(Race())
    for deep, right in ((1.4, 2), (0.08, 1), (0.01, 0)):
        runs = [ended(job, deep if job.name == "plain-56" else 0.08) for job in jobs]
        verdict = degradation.question.judge(runs)
        assert verdict is not None
        assert verdict.right == right
    assert "plain-56 ends with 17.5 times the loss of ResNet-56" in degradation.reading(
        [ended(job, 1.4 if job.name == "plain-56" else 0.08) for job in jobs]
    )


def test_several_seeds_are_several_jobs_of_one_name() -> None:
    jobs = EXPERIMENTS["degradation"].jobs(Race(repeat=3, seed=5))
    assert sorted(job.seed for job in jobs if job.name == "plain-56") == [5, 6, 7]
    assert "3 seeds" in EXPERIMENTS["degradation"].reading([ended(job, job.seed / 10) for job in jobs])


def test_every_regime_is_named() -> None:
    sweep = EXPERIMENTS["depth_sweep"]
    ratios = {8: 1.0, 20: 30.0, 32: 1e4, 44: 0.01, 56: 0.0, 110: math.nan}
    runs = [
        TrialRun(job=job, result=Gradients(paths=(), norms=(), loss=1.0, ratio=ratios[int(job.name.split("-")[1])]))
        for job in sweep.jobs(Sweep())
    ]
    said = sweep.reading(runs)
    for regime in ("even", "growing", "exploding", "vanishing", "vanished: exactly 0", "dead"):
        assert regime in said


def test_a_divergence_is_told_with_its_step() -> None:
    explosion = EXPERIMENTS["explosion"]
    runs = [
        ended(job, math.inf if job.name == "ResNet-56" else 0.06, "diverged")
        for job in explosion.jobs(explosion.choices())
    ]
    assert "ResNet-56 diverges at step 2" in explosion.reading(runs)


def test_of_a_divergence_the_losses_that_led_to_it_are_told() -> None:
    explosion = EXPERIMENTS["explosion"]
    measured = recorded(explosion)
    assert measured is not None
    deep = next(run for run in measured.runs if run.job.name == "ResNet-56")
    assert "diverges at step 3**: losses 198, " in explosion.reading([deep])
    losses = (2.5, 2.4, 2.3, 40.0, 5e9, math.inf)
    steps = tuple(deep.steps[0]._replace(step=at, loss=loss) for at, loss in enumerate(losses))
    said = explosion.reading([dataclasses.replace(deep, records=steps)])
    assert "diverges at step 6**: its last losses 2.3, 40, 5·10⁹, not a finite number." in said


def test_the_slope_is_judged_by_the_nearest_answer() -> None:
    slope = EXPERIMENTS["slope"]
    for factor, right in ((0.4, 0), (1.02, 1), (1.2, 2), (1.9, 3)):
        runs = [TrialRun(job=job, result=Dense(norms=(2.0, 1.0), factor=factor)) for job in slope.jobs(slope.choices())]
        assert slope.question.judge(runs).right == right


def test_every_experiment_has_its_place_and_its_question() -> None:
    assert [each.part for each in EXPERIMENTS] == sorted((each.part for each in EXPERIMENTS), key=list(PARTS).index)
    assert {each.part for each in EXPERIMENTS} == set(PARTS)
    assert len({each.asks for each in EXPERIMENTS}) == len(EXPERIMENTS)


def test_what_an_experiment_must_state_is_in_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "adding.md").read_text(encoding="utf-8")
    (row,) = (line for line in guide.splitlines() if line.startswith("| an experiment of the laboratory |"))
    required = {field.name for field in dataclasses.fields(Experiment) if field.default is dataclasses.MISSING}
    assert {"part", "asks"} <= required
    assert required | {"tolerance"} <= set(re.findall(r"`([a-z]+)[`=]", row))
