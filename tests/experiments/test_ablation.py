"""The net with one choice at a time undone: what is credited, what is not told apart, and what is counted."""

import dataclasses
import math
from collections.abc import Callable

import pytest

from resnet_explorer.experiments import EXPERIMENTS, TrialRun, ablation
from resnet_explorer.experiments.recorded import lean
from tests.experiments.made import ended, trained

IT = EXPERIMENTS["ablation"]
NAMES = [each.name for each in ablation.CHOICES]


def made(loss: Callable[[str, int], float], repeat: int = 3) -> list[TrialRun]:
    jobs = IT.jobs(IT.choices(repeat=repeat))
    found = ((job, loss(job.name, job.seed)) for job in jobs)
    return [ended(job, value, "done" if math.isfinite(value) else "diverged") for job, value in found]


def worst(*names: str, high: float = 2.0) -> Callable[[str, int], float]:
    return lambda name, seed: (high if name in names else 0.1) + 0.001 * seed


@pytest.mark.parametrize(("name", "right"), list(zip(NAMES[1:], [0, 1, 2, 4, 4, 4, 4, 4, 3], strict=True)))
def test_what_is_missed_most_is_the_choice_whose_net_ends_highest(name: str, right: int) -> None:
    assert IT.answer(made(worst(name))) == right
    assert IT.answer(made(worst(name, high=math.nan))) == right  # it diverged


def test_two_that_end_alike_settle_nothing_and_seeds_that_differ_do_not_either() -> None:
    for high in (2.0, math.nan):
        verdict = IT.question.judge(made(worst("plain-34, no shortcuts", "ResNet-34, no BatchNorm", high=high)))
        assert verdict
        assert verdict.right is None
        alike = "“plain-34, no shortcuts” does not end above “ResNet-34, no BatchNorm” by a fifth with every seed:"
        assert alike in verdict.measured
    assert IT.answer(made(worst("ResNet-34, γ from 0", "ResNet-34, pre-activation"))) == 4  # both are of one answer
    verdict = IT.question.judge(made(lambda name, seed: 2.0 if name == NAMES[1 + (seed == 2)] else 0.1))
    assert verdict
    assert verdict.right is None
    assert "by a fifth with every seed" in verdict.measured
    overlaps = made(lambda name, seed: {NAMES[1]: 1.0, NAMES[2]: 0.7}.get(name, 0.1) + 0.2 * seed)
    assert IT.answer(overlaps) is None  # with each seed the first is higher, and the seeds make as much of a difference
    assert IT.question.judge([*made(worst("plain-34, no shortcuts"))[:-1], TrialRun(job=IT.standard()[-1])]) is None


def test_only_what_the_seeds_tell_apart_is_credited() -> None:
    def loss(name: str, seed: int) -> float:
        if name == "ResNet-34, no BatchNorm" and seed == 1:
            return math.nan
        spread = {
            "plain-34, no shortcuts": 1.0,
            "ResNet-34, γ from 0": 0.05,
            "ResNet-34, pre-activation": 0.05 + 0.1 * seed,
        }
        return spread.get(name, 0.1) + 0.001 * seed

    said = IT.reading(made(loss))
    assert "by a fifth or more: plain-34, no shortcuts." in said
    assert "With every seed these end below the net as it is with every seed, by a fifth or more: ResNet-34, γ" in said
    assert "Diverged with a seed or more: ResNet-34, no BatchNorm." in said
    alike = said.partition("These end neither above nor below the net as it is by a fifth with every seed: ")[2]
    assert "ResNet-34, pre-activation" in alike.partition(".")[0]
    assert "nan" not in said.lower()


def test_one_seed_tells_nothing_apart_and_a_net_that_diverged_is_no_measure() -> None:
    single = IT.reading(made(worst("plain-34, no shortcuts"), repeat=1))
    assert "One seed tells nothing apart." in single
    assert "every seed" not in single
    verdict = IT.question.judge(made(worst("plain-34, no shortcuts"), repeat=1))
    assert verdict
    assert verdict.right is None
    assert verdict.measured.startswith("one seed tells nothing apart: ResNet-34 as it is: 0.1; plain-34")
    lost = IT.reading(made(lambda name, _: math.nan if name == ablation.WHOLE.name else 0.1))
    assert "nothing is compared with it" in lost
    assert "every seed" not in lost


def test_of_nets_that_are_apart_by_less_than_a_fifth_it_is_not_said_that_the_seeds_do_not_tell_them_apart() -> None:
    runs = made(lambda name, seed: (1.0 if name == ablation.WHOLE.name else 1.1) + 0.001 * seed)
    verdict = IT.question.judge(runs)
    assert verdict
    for said in (IT.reading(runs), verdict.measured):
        assert "by a fifth with every seed:" in said
        assert "do not tell" not in said


@pytest.mark.parametrize("learns", [(), (NAMES[4],)])
def test_nothing_is_missed_by_a_net_that_has_not_learned(learns: tuple[str, ...]) -> None:
    runs = made(lambda name, seed: (4.0 if name == NAMES[5] else 0.1 if name in learns else 2.4) + 0.001 * seed)
    verdict = IT.question.judge(runs)
    assert verdict
    assert verdict.right is None
    idle = "within 240 steps no loss ends below half of that of chance with seeds 0, 1 and 2"
    assert verdict.measured.startswith(f"of the net as it is, {idle}, so that nothing is compared with it: ")
    said = IT.reading(runs)
    assert f"Of the net as it is, {idle}, so that nothing is compared with it." in said
    assert "a fifth" not in said


def test_one_choice_differs_at_a_time() -> None:
    jobs = {job.name: job.config for job in IT.standard() if job.seed == 0}
    whole = jobs[ablation.WHOLE.name]
    assert len(IT.standard()) == 30
    for each in ablation.CHOICES:
        config = jobs[each.name]
        assert config.net == whole.net.having(**each.options)  # type: ignore[attr-defined]
        assert (config.init != "he") == (each is ablation.START)  # type: ignore[attr-defined]
    assert len(set(jobs.values())) == len(ablation.CHOICES)


def test_a_row_has_counts_and_how_far_the_outer_layers_move_in_the_last_step_and_a_record_keeps_them() -> None:
    run = trained(IT.standard()[0], {1: (3.0, 1.5, 1.0, 1.0, 0.1, 0.1), 240: (1.0, 1.0, 2.0, 4.0, 0.01, 0.04)})
    row, kept = IT.rows([run])[0], lean(IT, [run])[0]
    assert (row["params"], row["macs"]) == (332_242, 1_138_816)
    assert row["first_last_ratio"] == 2.0
    assert (row["first_update_ratio"], row["last_update_ratio"]) == (0.005, 0.01)
    assert IT.rows([kept]) == [row]
    assert kept.steps[0].norms == ()
    assert lean(dataclasses.replace(IT, moves=False), [run])[0].steps[-1].norms == ()
    drawn = [chart.draw([run]) for chart in IT.charts]
    assert all(chart and ablation.WHOLE.name in chart.words() for chart in drawn)
    assert drawn[2]
    assert "0.005" in drawn[2].words()


def test_nothing_is_missed_whose_loss_ends_below_that_of_the_net_as_it_is() -> None:
    ends = {ablation.WHOLE.name: 1.0, NAMES[1]: 0.5}
    verdict = IT.question.judge(made(lambda name, _seed: ends.get(name, 0.1)))
    assert verdict
    assert verdict.right is None
    assert "does not end above “ResNet-34 as it is” by a fifth with every seed" in verdict.measured
