"""What is said of runs is true of them, whatever they are."""

import dataclasses
import math
from types import SimpleNamespace
from typing import Any

import pytest

from resnet_explorer.analysis.frozen import outer
from resnet_explorer.analysis.growth import BATCH_NORM, PYTORCH, growth
from resnet_explorer.analysis.sentence import say
from resnet_explorer.analysis.worked import Worked
from resnet_explorer.experiments import EXPERIMENTS, TrialRun, against, at_start, landscape, own, theory
from resnet_explorer.experiments.choices import SETTINGS, Race, Sweep
from resnet_explorer.experiments.pairs import jobs
from resnet_explorer.experiments.recorded import recorded
from resnet_explorer.experiments.words import ended as so_far
from resnet_explorer.experiments.words import points
from resnet_explorer.experiments.workings import percent
from resnet_explorer.spec import PRESETS
from resnet_explorer.tasks.gradients import Gradients, GradientsConfig
from resnet_explorer.tasks.jacobian import Spectrum
from resnet_explorer.tasks.profile import ProfileConfig
from resnet_explorer.tasks.train import Step, TrainConfig
from tests.experiments.made import ended, profiled


def test_a_reading_has_a_point_for_each_net_and_then_what_it_means() -> None:
    told = ["**a**: 1.", "**b**: 2."]
    assert points(told, "In all.", "", "So far.") == say("- **a**: 1.\n- **b**: 2.\n\nIn all. So far.")
    assert points(told[:1], "In all.") == say("**a**: 1.\n\nIn all.")
    assert points(told[:1]) == say("**a**: 1.")
    assert points([], "In all.") == say()


def test_the_step_to_the_first_layer_is_another_one_and_is_explained() -> None:
    found = recorded(EXPERIMENTS["slope"])
    assert found is not None
    said = EXPERIMENTS["slope"].reading(found.runs)
    normed = next(run.result.norms for run in found.runs if run.job.name == "BatchNorm")
    assert normed[0] / normed[1] == pytest.approx(math.sqrt(0.5), rel=0.03)
    assert f"Its last step alone is × {normed[0] / normed[1]:.3g} (theory 1/√2 = 0.707)" in said


@pytest.mark.parametrize(("off", "told"), [(-0.095, True), (-0.105, False), (0.095, True), (0.105, False)])
def test_a_last_step_is_explained_by_theory_only_where_it_is_within_a_tenth_of_it(off: float, told: bool) -> None:  # noqa: FBT001
    found = recorded(EXPERIMENTS["slope"])
    assert found is not None
    (run,) = [run for run in found.runs if run.job.name == "BatchNorm"]
    norms = (math.sqrt(0.5) * (1 + off) * run.result.norms[1], *run.result.norms[1:])
    moved = dataclasses.replace(run, result=dataclasses.replace(run.result, norms=norms))
    assert ("Its last step alone" in EXPERIMENTS["slope"].reading([moved])) is told


def test_without_biases_the_weight_gradients_are_even_and_the_reading_says_that_this_deceives() -> None:
    with_biases = profiled(norm=False, init="pytorch")[0].result
    runs = profiled(norm=False, init="pytorch_unbiased")
    plain = runs[0].result
    assert with_biases.ratio < 1e-4
    assert 0.05 < plain.ratio < 20
    first, *_, last = plain.along("activation_gradient")
    assert first < 1e-3 * last
    said = EXPERIMENTS["at_start"].reading(runs)
    assert "(activation gradient), **vanishing**" in said
    assert "the weight gradients look even while what comes back through the layers does not" in said
    assert "0.4082 = 1/√6" in said


def test_any_nets_stand_side_by_side_at_the_start() -> None:
    runs = profiled(net="vgg11", norm=True, third="cifar_resnet20", fourth="cifar_plain20")
    assert [run.job.residual for run in runs] == [False, True, False]
    assert EXPERIMENTS["at_start"].question.judge(runs) is not None
    rows = EXPERIMENTS["at_start"].rows(runs)
    assert len({row["net"] for row in rows}) == 3


def test_zero_gamma_is_not_called_an_explosion() -> None:
    said = EXPERIMENTS["at_start"].reading(profiled(zero_gamma=True))
    assert "no gradient in the last layer" in said
    assert "nan" not in said


def test_where_all_nets_diverged_none_is_best() -> None:
    own = EXPERIMENTS["own"]
    runs = [ended(job, math.inf, "diverged") for job in own.jobs(own.choices())]
    verdict = own.question.judge(runs)
    assert verdict is not None
    assert verdict.right is None
    assert "(seed 0, step 2)" in own.reading(runs)


def test_only_answers_that_can_be_right_are_offered() -> None:
    own = EXPERIMENTS["own"]
    jobs = own.jobs(own.choices())
    assert [own.question.possible(answer, jobs) for answer in range(5)] == [True, True, False, False, True]


def test_the_sweep_without_batchnorm_says_what_its_ratio_hides() -> None:
    sweep = EXPERIMENTS["depth_sweep"]
    runs = [
        TrialRun(job=job, result=Gradients(paths=(), norms=(), loss=3e7 if job.residual else 2.3, ratio=13.0))
        for job in sweep.jobs(Sweep(setting="none_he"))
    ]
    said = sweep.reading(runs)
    assert "explodes on the way forward" in said
    assert "(growing)" in said
    assert "weight gradients can look even" in said


@pytest.mark.parametrize(
    ("ratios", "said"),
    [
        ((0.02, 3000.0, 7.0), "7.49 at 110 (the seeds differ: vanishing; exploding; even)"),
        ((0.0, 0.5, 0.5), "0 at 110 (the seeds differ: vanished: exactly 0; even)"),
        ((math.inf, 2.0, 2.0), "no ratio at 110 (the seeds differ: no gradient in the last layer; even)"),
        ((2.0, 3.0, 4.0), "2.88 at 110 (even)"),
    ],
)
def test_a_regime_is_that_of_each_seed(ratios: tuple[float, ...], said: str) -> None:
    sweep = EXPERIMENTS["depth_sweep"]
    runs = [
        TrialRun(job=job, result=Gradients(paths=(), norms=(), loss=2.3, ratio=ratios[job.seed]))
        for job in sweep.jobs(Sweep(repeat=3))
    ]
    assert said in sweep.reading(runs)
    vanishing = EXPERIMENTS["vanishing"]
    trained = [
        dataclasses.replace(ended(job, 2.3), records=(Step(0, 2.3, (1.0, 1.0), ratios[job.seed]),))
        for job in vanishing.jobs(vanishing.choices(repeat=3))
    ]
    assert f"**{said.partition('(')[2][:-1]}**; loss" in vanishing.reading(trained)


def test_each_setting_of_the_sweep_is_what_its_title_says() -> None:
    for name, setting in SETTINGS.items():
        for job in EXPERIMENTS["depth_sweep"].jobs(Sweep(setting=name)):
            assert isinstance(job.config, GradientsConfig)
            assert (job.config.net.options.norm, job.config.init) == setting[1:]
            assert setting.title.startswith("BatchNorm") is (job.config.net.options.norm == "batch")


@pytest.mark.parametrize(("count", "right"), [(25, 0), (26, 1), (128, 1), (129, 2)])
def test_directions_that_are_left_are_a_tenth_up_to_half_or_more(count: int, right: int) -> None:
    jacobian = EXPERIMENTS["jacobian"]
    result = Spectrum(values=(1.0,) * count + (1e-9,) * (256 - count), layers=54)
    verdict = jacobian.question.judge([TrialRun(job=job, result=result) for job in jacobian.jobs(jacobian.choices())])
    assert verdict is not None
    assert verdict.right == right


def test_a_lost_direction_still_counts_a_little() -> None:
    jacobian = EXPERIMENTS["jacobian"]
    runs = [
        TrialRun(job=job, result=Spectrum(values=(1000.0, 5.0, 1.1), layers=54))
        for job in jacobian.jobs(jacobian.choices())
    ]
    said = jacobian.reading(runs)
    assert "1 of 3 directions are stretched more than a hundredth as much as the strongest" in said
    verdict = jacobian.question.judge(runs)
    assert verdict is not None
    for text in (said, verdict.measured, jacobian.question.text):
        assert "within a hundredth" not in text
    assert "at most a hundredth as much" in said
    assert "no difference" not in said


@pytest.mark.parametrize(
    ("deep", "said"),
    [
        (1.4, "Here the deeper plain net trains worse"),
        (0.09, "Here plain-20 and plain-56 end alike, within a factor of 1.2"),
        (0.07, "Here plain-20 and plain-56 end alike, within a factor of 1.2"),
        (0.01, "Here the deeper plain net trains better"),
    ],
)
def test_depth_has_one_of_three_outcomes(deep: float, said: str) -> None:
    degradation = EXPERIMENTS["degradation"]
    runs = [ended(job, deep if job.name == "plain-56" else 0.08) for job in degradation.jobs(Race())]
    text = degradation.reading(runs)
    assert said in text
    assert text.count("plain net trains") + text.count("plain-20 and plain-56") == 1


@pytest.mark.parametrize("name", ["degradation", "own", "cures", "vanishing", "explosion"])
def test_a_run_that_was_stopped_is_not_at_its_end(name: str) -> None:
    experiment = EXPERIMENTS[name]
    jobs = experiment.jobs(experiment.choices())
    stopped = [ended(job, 1.0, "stopped") for job in jobs]
    assert experiment.question.judge(stopped) is None
    for words in ("at the end", "ends", "trains worse", "Halved"):
        assert words not in experiment.reading(stopped)
    if name in {"degradation", "own"}:
        one = [ended(job, 1.0, "stopped" if job is jobs[-1] else "done") for job in jobs]
        assert "Training loss so far" in experiment.reading(one)
        over = [ended(job, 1.0, "diverged" if job is jobs[-1] else "done") for job in jobs]
        assert "Training loss at the end" in experiment.reading(over)


def test_each_normalisation_has_its_own_sentence_of_theory() -> None:
    runs = profiled(third="resnet50_gn")
    said = EXPERIMENTS["at_start"].reading(runs)
    assert said.count("Theory for wide plain layers") == 1
    assert "√(π/(π−1)) with BatchNorm" in said
    assert "With GroupNorm there is no such number here" in said


def test_a_start_that_theory_knows_is_named_as_one() -> None:
    config = ProfileConfig(net=PRESETS["cifar_plain20"].spec.having(norm="none"), init="delta_orthogonal")
    assert "layers: × 1 without BatchNorm at the delta-orthogonal start; " in theory.of([config])[0]


@pytest.mark.parametrize(("norm", "init"), [(True, "he"), (False, "he"), (False, "pytorch_unbiased")])
def test_the_theory_of_plain_layers_is_near_plain_nets_and_not_asked_of_shortcuts(norm: bool, init: str) -> None:  # noqa: FBT001 - a parameter of the test
    runs = profiled(norm=norm, init=init)
    plain, joined = (growth(run.result.along("activation_gradient")) for run in runs)
    theory = BATCH_NORM if norm else PYTORCH if init == "pytorch_unbiased" else 1.0
    assert plain == pytest.approx(theory, rel=0.1)
    assert joined != pytest.approx(theory, rel=0.04)
    said = EXPERIMENTS["at_start"].reading(runs)
    assert "a plain net of stages without gates is near it, not on it. It is not for nets with shortcuts" in said
    assert "projections" not in said
    assert "shortcuts" not in EXPERIMENTS["at_start"].reading(runs[:1])


def test_the_first_steps_have_ticks_as_far_as_a_run_goes() -> None:
    own = EXPERIMENTS["own"]
    ratios = next(chart for chart in own.charts if chart.name == "ratios")
    for steps, most in ((240, 500), (1000, 1000), (64_000, 100_000)):
        runs = [
            TrialRun(job=job, records=tuple(Step(i, 1.0, (1.0, 1.0), 1.0, (1.0, 1.0)) for i in (0, steps - 1)))
            for job in own.jobs(own.choices())
        ]
        drawn = ratios.draw(runs)
        assert drawn is not None
        ticks = drawn.figure().layout.xaxis.tickvals
        assert ticks[0] == 1
        assert max(ticks) >= steps > most / 10
        assert len([tick for tick in ticks if tick <= steps]) <= 10


def test_the_recipe_settles_what_it_is() -> None:
    own = EXPERIMENTS["own"]
    changed = own.jobs(own.choices(recipe="cifar", steps=5, lr=0.5, clip_at=3.0))
    assert changed == own.jobs(own.choices(recipe="cifar"))
    assert all(isinstance(job.config, TrainConfig) and job.config.steps == 64_000 for job in changed)


def pair(plain: float, residual: float, steps: tuple[int, ...] = (0, 1)) -> list[TrialRun]:
    """A pair that ended at these losses, with the steps that are reported."""
    runs = [ended(job, loss) for job, loss in zip(jobs(PRESETS["demo_resnet18"].spec), (plain, residual), strict=True)]
    return [
        dataclasses.replace(run, records=tuple(run.records[0]._replace(step=at, norms=(1.0,) * 40) for at in steps))
        for run in runs
    ]


@pytest.mark.parametrize(
    ("plain", "residual", "said"),
    [
        (2.25, 2.35, "Neither has learned yet: both losses are near that of pure chance."),
        (8.77, 7.33, "Neither has learned yet: neither loss is below that of pure chance, 2.3, by a tenth."),
        (2.0, 1.0, "here, with this seed, the same layers train worse without shortcuts."),
        (1.0, 2.0, "With this seed the residual net ends with 2.0 times the loss of the plain one."),
        (1.0, 1.1, "With this seed the two end alike, within a factor of 1.5."),
    ],
)
def test_what_a_pair_shows_is_said_of_its_seed(plain: float, residual: float, said: str) -> None:
    assert said in str(against.read(pair(plain, residual)))


@pytest.mark.parametrize(("residual", "value"), [(1e-13, 2e13), (0.0, math.inf), (0.5, 4.0)])
def test_a_loss_of_next_to_nothing_has_its_quotient_behind_its_words(residual: float, value: float) -> None:
    parts = against.read(pair(2.0, residual)).parts
    (times,) = [part for part in parts if isinstance(part, Worked) and against.MEANS in part.working]
    assert times.value == pytest.approx(value)


def test_of_a_gradient_the_ends_alone_are_called_even() -> None:
    for run in pair(1.0, 1.0):
        first, last = outer(run.job.config.net)
        norms = tuple(float(place in {first, last}) for place in range(40))
        said = str(against.read([dataclasses.replace(run, records=(run.records[0]._replace(norms=norms),))]))
        assert "is **even** in the first and the last convolution, within a factor of ten" in said
        assert "from end to end" not in said


def test_what_is_said_of_one_step_and_of_one_convolution_is_said_of_one() -> None:
    single = [dataclasses.replace(run, records=run.records[:1]) for run in pair(1.0, 1.0)]
    said = str(against.read(single))
    assert "After 1 step, " in said
    assert "mean of the last" not in said
    assert so_far(single) == "Training loss at the end (of one step)"
    run = profiled()[0]
    nothing: Any = SimpleNamespace(along=lambda _kind: (1.0, 0.0, 1.0))
    assert "reaches 1 convolution of" in str(at_start._zeros([dataclasses.replace(run, result=nothing)]))


@pytest.mark.parametrize(("ratio", "said"), [(9.96, "9.96"), (0.123, "0.123")])
def test_a_ratio_near_one_is_said_without_a_power_of_ten(ratio: float, said: str) -> None:
    for run in pair(1.0, 1.0):
        first, _ = outer(run.job.config.net)
        norms = tuple(ratio if place == first else 1.0 for place in range(40))
        step = run.records[0]._replace(norms=norms, ratio=ratio)
        assert f"(first / last {said})" in str(against.read([dataclasses.replace(run, records=(step,))]))


def test_a_share_that_is_not_all_or_nothing_is_not_said_to_be() -> None:
    assert [percent(each / 363) for each in (0, 1, 362, 363)] == ["0 %", "less than 1 %", "more than 99 %", "100 %"]
    result: Any = SimpleNamespace(accuracy=0.9997, tested=10_000)
    assert str(own._accuracy([result])) == "more than 99.9 %"
    (one,) = own._accuracy([result]).parts
    assert one == Worked(pytest.approx(99.97), "more than 99.9 %", "9,997 ÷ 10,000 pictures = more than 99.9 %")  # type: ignore[arg-type]
    result.planes = (SimpleNamespace(statistics="batch", values=(0.1, *(9.0,) * 362)),)
    run: Any = SimpleNamespace(result=result)
    assert str(landscape._inside(run, "batch")) == "less than 1 %"


def test_a_loss_is_that_of_chance_where_it_is_so_with_each_seed() -> None:
    vanishing = EXPERIMENTS["vanishing"]
    for ends, chance in (((0.3, 2 * math.log(10) - 0.3), False), ((2.3, 2.31), True)):
        runs = [ended(job, ends[job.seed]) for job in vanishing.jobs(vanishing.choices(repeat=2))]
        assert ("(chance)" in vanishing.reading(runs)) is chance


def test_a_net_that_is_frozen_is_named_with_its_loss() -> None:
    job = dataclasses.replace(jobs(PRESETS["demo_resnet18"].spec, freeze="conv5_x")[0], name="it")
    assert "After 2 steps, it has the loss 1 (mean" in str(
        against.read([dataclasses.replace(pair(1.0, 1.0)[0], job=job)])
    )


def test_steps_are_counted_as_they_were_made_not_as_they_are_reported() -> None:
    said = str(against.read(pair(1.0, 1.0, (*range(0, 3000, 2), 2999))))
    assert said.count("After 3,000 steps") == 2
    assert said.count("(mean of the last 20 reported)") == 2
    assert "reported" not in str(against.read(pair(1.0, 1.0)))
