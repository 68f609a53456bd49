"""Numbers of readings and tables say how they are made, and what they say is right."""

import dataclasses
import math
import operator
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean

import pytest

import resnet_explorer.experiments
from resnet_explorer.analysis.frozen import outer
from resnet_explorer.analysis.sentence import say
from resnet_explorer.analysis.worked import Worked
from resnet_explorer.experiments import EXPERIMENTS, Experiment, TrialRun, grid
from resnet_explorer.experiments.columns import explain, where
from resnet_explorer.experiments.recorded import recorded
from resnet_explorer.experiments.report import report
from resnet_explorer.experiments.words import LOSS, of_final, spread, told
from resnet_explorer.experiments.workings import mean, quotient, root, slope, times, worked
from resnet_explorer.spec import PRESETS
from resnet_explorer.tasks.lesion import Lengths
from resnet_explorer.tasks.train import Step
from resnet_explorer.terminal import to_json
from tests.experiments.made import ended, profiled
from tests.kept import marked

NUMBER = r"[−+]?\d[\d,]*(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
SOURCES = "".join(
    path.read_text(encoding="utf-8") for path in Path(resnet_explorer.experiments.__file__).parent.glob("*.py")
)


def measured(name: str) -> tuple[Experiment, tuple[TrialRun, ...]]:
    found = recorded(EXPERIMENTS[name])
    assert found is not None
    return EXPERIMENTS[name], found.runs


def value(text: str) -> float:
    """A number as it is written."""
    head, _, power = text.replace(",", "").replace("−", "-").partition("·10")
    digits = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(head) * 10.0 ** int(digits or 0)


def written(one: float, result: str) -> bool:
    """Whether a number is written so, but for half of its last digit and what the digits of its terms leave open."""
    head = result.partition("·10")[0]
    last = value(result) / value(head) if value(head) else 1.0
    unit = last * 10.0 ** -len(head.partition(".")[2])
    return abs(value(result) - one) <= 0.5001 * unit + 1e-4 * abs(one)


def right(working: str) -> int:
    """How many equations stand in a working, each of which is true."""
    roots = {mark: index for index, mark in enumerate("²³⁴⁵", 2)}
    forms: dict[str, Callable[..., float]] = {
        rf"(?<![!\d] ÷ )({NUMBER}) ÷ ({NUMBER})[a-z ]* = ({NUMBER})( %)?": lambda a, b: a / b,
        rf"({NUMBER}) − ({NUMBER}) = ({NUMBER})": operator.sub,
        rf"({NUMBER}) · ({NUMBER}) = ({NUMBER})": operator.mul,
        rf"e to the power ({NUMBER}) = ({NUMBER})": math.exp,
        rf" = ({NUMBER}) = ({NUMBER})( %)": lambda share: share,
        rf"({NUMBER}) to the power 1 ÷ \(({NUMBER}) − 2\) = ({NUMBER})": lambda a, n: a ** (1 / (n - 2)),
    }
    count = 0
    for form, made in forms.items():
        for found in re.finditer(form, working):
            *terms, result = [each for each in found.groups() if each and each != " %"]
            percent = 100.0 if found[0].endswith(" %") else 1.0
            assert written(percent * made(*map(value, terms)), result), found[0]
            count += 1
    for terms, number, result in re.findall(rf"\(([^()]*[+−][^()]*)\) ÷ (\d+)[a-z ]* = ({NUMBER})", working):
        total = math.fsum(map(value, re.findall(NUMBER, re.sub("([+−]) ", r"\1", terms))))
        percent = 100.0 if f"{result} %" in working and "test digits" in working else 1.0
        assert written(percent * total / int(number), result), working
        count += 1
    for mark, terms, result in re.findall(rf"([²³⁴⁵])√\(([^)]*)\) = ({NUMBER})", working):
        product = math.prod(map(value, terms.split(" · ")))
        assert written(product ** (1 / roots[mark]), result), working
        count += 1
    return count


def test_what_is_wrong_is_seen() -> None:
    for wrong in (
        "0.0015273 ÷ 0.074799 = 0.0254", "1.5006 ÷ 20 = 0.079", "(1 + 2) ÷ 2 = 7: of", "²√(2 · 8) = 5",
        "e to the power 1 = 2.73", "97.98 − 97.64 = 0.35", "0.01 · 14.408 = 0.15", "32 ÷ 297 test digits = 10.9 %",
        "1 ÷ 37 = 0.027 = 2.8 %",
    ):  # fmt: skip
        with pytest.raises(AssertionError):
            right(wrong)
    assert (
        right("0.0015273 ÷ 0.074799 = 0.0204; (1 − 2) ÷ 2 = −0.5: of; ²√(2 · 8) = 4; 32 ÷ 297 pictures = 10.8 %") == 4
    )


def holds(experiment: Experiment, runs: Sequence[TrialRun]) -> list[tuple[str, str]]:
    """The numbers of a reading and an answer with their workings: all that were measured, and all true."""
    verdict = experiment.question.judge(runs)
    held: list[Worked] = []
    for text in (experiment.read(runs), verdict.words if verdict else say()):
        rest = text.shown(lambda number: held.append(number) or "")
        assert "nan" not in marked(text)
        plain = re.sub("`.*?`", "", re.sub(rf" = {NUMBER}", "", rest))
        for each in re.findall(rf"\d+\.\d+|\d+,\d+|{NUMBER}·10[^ ]+", plain):
            assert each in SOURCES, f"{each} has no working, and is not written in the code"
    found = [(each.text, each.working) for each in held]
    for number, working in found:
        assert right(working) or " = " not in working or number in working
        assert " = " not in working or number.removesuffix(" %") in re.findall(rf"2[⁰¹²³⁴⁵⁶⁷⁸⁹]+|{NUMBER}", working)
    return found


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_every_measured_number_of_a_reading_says_how_it_is_made(name: str) -> None:
    assert holds(*measured(name))


def tabled(experiment: Experiment, runs: Sequence[TrialRun]) -> None:
    """Every number of a table says how it is made, but for what tells the rows apart."""
    rows = experiment.rows(runs)
    assert set(experiment.columns) <= set(rows[0])
    assert len({where(experiment.columns, row) for row in rows}) == len(rows)
    apart = [name for name in rows[0] if name not in experiment.columns]
    for name in apart:  # what was measured differs from net to net
        found = {row[apart[0]]: set() for row in rows}
        for row in rows:
            found[row[apart[0]]].add(row[name])
        assert not isinstance(rows[0][name], float) or len(set(map(frozenset, found.values()))) == 1, name
    for at in range(0, len(rows), max(1, len(rows) // 50)):
        for column, cell in rows[at].items():
            said = explain(experiment.columns, rows, at, column)
            none = cell is None or (isinstance(cell, float) and not math.isfinite(cell))
            assert not said or (column in experiment.columns and not none), (column, cell)
            assert said or none or column in (*apart, "regime"), (column, cell)
            assert not {"{", "nan"} & set(said.split())
            right(said)


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_plain_words_have_no_workings(name: str) -> None:
    experiment, runs = measured(name)
    plain = experiment.reading(runs)
    made = [each.working for each in experiment.read(runs).parts if isinstance(each, Worked)]
    told = to_json(report(experiment, experiment.choices(), runs) | {"rows": ()})
    assert made
    assert not any(each in plain or each in told for each in made)


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_every_number_of_a_table_says_how_it_is_made(name: str) -> None:
    tabled(*measured(name))


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_so_they_do_with_several_seeds(name: str) -> None:
    experiment, runs = measured(name)
    again = [
        dataclasses.replace(
            run, job=dataclasses.replace(run.job, config=dataclasses.replace(run.job.config, seed=10 + run.job.seed))
        )
        for run in runs
    ]
    holds(experiment, [*runs, *again])
    tabled(experiment, [*runs, *again])


@pytest.mark.parametrize("name", ["degradation", "vanishing", "explosion", "cures", "own"])
@pytest.mark.parametrize("steps", [0, 1, 3, 60])
def test_so_they_do_of_runs_that_go_on(name: str, steps: int) -> None:
    experiment, runs = measured(name)
    begun = [dataclasses.replace(run, records=run.records[:steps], result=None) for run in runs]
    holds(experiment, begun)
    if steps:
        tabled(experiment, begun)


@pytest.mark.parametrize("name", ["cifar_highway20", "seresnet18"])
def test_so_they_do_of_nets_with_gates(name: str) -> None:
    runs = profiled(net=name)
    assert any(node.gate for node in runs[-1].job.config.net.graph)
    experiment = EXPERIMENTS["at_start"]
    assert holds(experiment, runs)
    tabled(experiment, runs)
    for run in runs:
        along = run.result.along("weight_gradient")
        assert along[0] / along[-1] == pytest.approx(run.result.ratio, rel=1e-5)
        assert not any("gate" in path or "se." in path for path in run.result.main)


@pytest.mark.parametrize("name", PRESETS.names)
def test_the_first_and_the_last_convolution_are_those_of_the_main_path(name: str) -> None:
    spec = PRESETS[name].spec
    weighted = [node for node in spec.graph if node.op.kind in {"conv", "fc"}]
    convs = [node.path for node in weighted if node.op.kind == "conv" and node.main]
    assert [weighted[place].path for place in outer(spec)] == [convs[0], convs[-1]]


def test_jobs_that_were_stopped_say_what_they_have() -> None:
    experiment, [run, *rest] = measured("agreement")
    short = dataclasses.replace(run.result, cosines=run.result.cosines[:3], mean=fmean(run.result.cosines[:3]))
    runs = [dataclasses.replace(run, result=short), *rest]
    rows = experiment.rows(runs)
    assert explain(experiment.columns, rows, 0, "loss").endswith("mean over 3 mini-batches")
    assert "mini-batches 2 and 3" in explain(experiment.columns, rows, 0, "cosine_2_3")
    assert explain(experiment.columns, rows, 0, "cosine_1_4") == ""
    assert "÷ 3 =" in explain(experiment.columns, rows, 0, "mean_cosine")
    experiment, runs = measured("shattered")
    one = [dataclasses.replace(run, result=dataclasses.replace(run.result, nets=1)) for run in runs]
    assert "mean over 1 net of" in marked(experiment.read(one))
    experiment, [run, *rest] = measured("slope")
    norms = dataclasses.replace(run.result, norms=run.result.norms[:1], factor=math.nan)
    assert "BatchNorm**: ×" not in experiment.reading([dataclasses.replace(run, result=norms)])


def test_gradients_that_are_all_zero_have_no_quotient() -> None:
    experiment, runs = measured("paths")
    none = [
        dataclasses.replace(
            run,
            result=dataclasses.replace(
                run.result,
                at_end=Lengths(
                    0.0, tuple(each._replace(norm=0.0, share=math.nan) for each in run.result.at_end.through)
                ),
            ),
        )
        for run in runs
    ]
    holds(experiment, none)
    assert "0 ÷ 0" not in marked(experiment.read(none))


def test_a_regime_that_was_not_called_by_its_ratio_says_nothing_of_it() -> None:
    experiment, runs = measured("depth_sweep")
    lost = [dataclasses.replace(run, result=dataclasses.replace(run.result, loss=math.nan)) for run in runs]
    assert explain(experiment.columns, experiment.rows(lost), 0, "regime") == ""
    assert "else even" in explain(experiment.columns, experiment.rows(runs), 0, "regime")


def test_the_mean_of_the_last_losses_is_that_of_its_own_run() -> None:
    experiment, runs = measured("degradation")
    rows = experiment.rows(runs)
    (one, *_) = (at for at, row in enumerate(rows) if row["net"] == "ResNet-20" and math.isfinite(row["final_loss"]))
    run = next(run for run in runs if run.job.name == "ResNet-20")
    assert explain(experiment.columns, rows, one, "final_loss").split(":")[0] == of_final(run).split(":")[0]
    few = [dataclasses.replace(run, records=run.records[:3]) for run in runs]
    rows = experiment.rows(few)
    (at, *_) = (at for at, row in enumerate(rows) if row["net"] == "ResNet-20" and math.isfinite(row["final_loss"]))
    assert explain(experiment.columns, rows, at, "final_loss").startswith("(")
    assert "÷ 3 =" in explain(experiment.columns, rows, at, "final_loss")


def test_several_seeds_have_a_mean_and_ends_with_their_workings() -> None:
    said = told(spread([0.1, 0.2, 0.6]))
    assert str(said) == "0.3 (0.1 to 0.6, 3 seeds)"
    assert "⟦0.3¦(0.1 + 0.2 + 0.6) ÷ 3 = 0.3: one of each seed⟧" in marked(said)
    assert Worked(0.1, "0.1", "the least of 0.1, 0.2, 0.6") in said.parts
    assert told(spread([0.1], ["as it is"])) == say(Worked(0.1, "0.1", "as it is"))


@pytest.mark.parametrize("lost", [math.nan, math.inf])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_seed_that_is_no_number_is_counted_apart_wherever_it_stands(place: int, lost: float) -> None:
    values = [0.1, 0.2]
    values.insert(place, lost)
    assert str(told(spread(values))) == "0.15 (0.1 to 0.2, 2 seeds), not a finite number with 1 of 3 seeds"
    assert told(spread([lost, lost])) == say("not a finite number")
    assert not grid.apart(spread(values), spread([1.0, 1.0, 1.0]))
    assert not grid.apart(spread([0.01, 0.01, 0.01]), spread(values))


def test_what_is_no_number_has_no_working() -> None:
    assert say(worked(3, "")) == say("3")
    assert [quotient(one, other, "of") for one, other in ((1, 0), (math.nan, 1), (math.inf, 2))] == [""] * 3
    assert [
        mean([], "of"),
        mean([1.0, math.nan], "of"),
        mean([1.0], "of"),
        root([], "of", ""),
        root([math.inf], "of", ""),
    ] == [""] * 5
    assert slope(math.nan, [1.0], "") == ""
    jobs = EXPERIMENTS["degradation"].jobs(EXPERIMENTS["degradation"].choices())
    assert of_final(ended(jobs[0], math.nan)) == ""
    assert of_final(dataclasses.replace(ended(jobs[0], 1.0), records=(Step(0, 1.0, (1.0,), 1.0),))) == LOSS


def test_means_name_a_few_terms_and_sum_up_many() -> None:
    assert mean([1.0, -2.0], "both") == "(1 − 2) ÷ 2 = −0.5: both"
    assert mean([1.0] * 8, "losses") == "8 ÷ 8 = 1: the sum of 8 losses, from 1 to 1, by their number"
    assert root([2.0, 8.0], "both", "4") == "²√(2 · 8) = 4: both"
    said = slope(math.e, [1.0, 0.0, 2.0], "2.718")
    assert said.startswith("e to the power 1 = 2.718: 1 is the slope towards the input")
    assert "of 2 norms" in said


def test_so_many_times_is_said_with_the_working_of_the_number_and_about_without() -> None:
    assert times(worked(3.2, "made")).parts == (worked(3.2, "made"), " times")
    assert times(worked(1.0, "made")) == say("about")
