"""Numbers of readings and tables say how they are made, and what they say is right."""

import dataclasses
import math
import re

import pytest

from resnet_explorer.laboratory import EXPERIMENTS, Experiment, Run
from resnet_explorer.laboratory.columns import explain, where
from resnet_explorer.laboratory.recorded import recorded
from resnet_explorer.laboratory.report import report
from resnet_explorer.laboratory.words import of_final, spread, told
from resnet_explorer.laboratory.worked import bare, fitted, mean, quotient, root, shown, worked
from resnet_explorer.records import Step
from resnet_explorer.terminal import to_json
from tests.laboratory.made import ended

MARKS = set("⟦¦⟧")
APART = {
    "net", "setting", "seed", "step", "layer", "main_path", "block", "path", "deleted", "branches", "x", "direction",
    "direction_1", "direction_2",
}  # fmt: skip
"""Columns that tell rows apart."""
GIVEN = {"1.2112", "0.707", "0.1", "0.001", "0.005", "2.303", "1.2", "0.4082"}
"""Numbers of readings that were not measured: theory, settings, bounds."""


def measured(name: str) -> tuple[Experiment, tuple[Run, ...]]:
    found = recorded(EXPERIMENTS[name])
    assert found is not None
    return EXPERIMENTS[name], found.runs


def value(text: str) -> float:
    """A number as it is written."""
    plain = text.replace(",", "").replace("−", "-").replace("\u00a0", "").strip("() %")
    head, _, power = plain.partition("·10")
    digits = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(head) * 10.0 ** int(digits or 0)


def right(working: str) -> int:
    """How many quotients stand in a working; each is what it says it is, as far as its digits go."""
    written = r"([−\d][\d.,]*(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)"
    found = re.findall(rf"{written} ÷ {written} = {written}", working)
    for one, other, result in found:
        assert value(result.rstrip(",")) == pytest.approx(value(one) / value(other), rel=0.007, abs=0.005)
    return len(found)


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_every_measured_number_of_a_reading_says_how_it_is_made(name: str) -> None:
    experiment, runs = measured(name)
    verdict = experiment.question.judge(runs)
    assert verdict is not None
    marked: list[tuple[str, str]] = []
    for text in (experiment.read(runs), verdict.words):
        rest = shown(text, lambda number, working: marked.append((number, working)) or "")
        assert not MARKS & set(rest)
        assert set(re.findall(r"\d+\.\d+", re.sub("`.*?`", "", rest))) <= GIVEN
    assert marked
    for number, working in marked:
        right(working)
        assert number in working or " = " not in working


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_plain_words_have_no_workings(name: str) -> None:
    experiment, runs = measured(name)
    plain = experiment.reading(runs)
    assert plain == bare(experiment.read(runs)) != experiment.read(runs)
    assert not MARKS & set(to_json(report(experiment, experiment.choices(), runs)))


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_every_number_of_a_table_says_how_it_is_made(name: str) -> None:
    experiment, runs = measured(name)
    rows = experiment.rows(runs)
    assert set(rows[0]) - APART == set(experiment.columns)
    assert len({where(experiment.columns, row) for row in rows}) == len(rows)
    for at in range(0, len(rows), max(1, len(rows) // 50)):
        for column, cell in rows[at].items():
            said = explain(experiment.columns, rows, at, column)
            told = column not in APART and cell is not None and not (isinstance(cell, float) and math.isnan(cell))
            assert bool(said) is told, (column, cell)
            assert "{" not in said
            right(said)


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
    assert bare(said) == "0.3 (0.1 to 0.6, 3 seeds)"
    assert "⟦0.3¦(0.1 + 0.2 + 0.6) ÷ 3 = 0.3⟧" in said
    assert "⟦0.1¦the least of 0.1, 0.2, 0.6⟧" in said
    assert told(spread([0.1], ["as it is"])) == "⟦0.1¦as it is⟧"
    lost = told(spread([math.inf, 1.0]))
    assert lost.startswith("not a finite number (⟦1¦the least of not a finite number, 1⟧ to not a finite number, 2")


def test_what_is_no_number_has_no_working() -> None:
    assert worked("3", "") == "3"
    assert [quotient(1, 0), quotient(math.nan, 1), quotient(math.inf, 2)] == [""] * 3
    assert [mean([]), mean([1.0, math.nan]), root([]), root([math.inf])] == [""] * 4
    assert fitted(math.nan, [1.0], "") == ""
    run = ended(next(iter(EXPERIMENTS["degradation"].jobs(EXPERIMENTS["degradation"].choices()))), math.nan)
    assert of_final(run) == ""


def test_means_name_a_few_terms_and_sum_up_many() -> None:
    assert mean([1.0, -2.0]) == "(1 − 2) ÷ 2 = −0.5"
    assert mean([1.0] * 8, of="losses") == "8 ÷ 8 = 1: the sum of 8 losses (1 to 1) by their number"
    assert root([2.0, 8.0]) == "²√(2 · 8)"
    assert fitted(math.e, [1.0, 0.0, 2.0], "2.718").startswith("e to the power 1 = 2.718: 1 is the slope of")
    assert fitted(math.e, [1.0, 0.0, 2.0], "2.718").endswith("of 2 norms")


def test_one_step_alone_is_its_own_mean() -> None:
    run = ended(next(iter(EXPERIMENTS["degradation"].jobs(EXPERIMENTS["degradation"].choices()))), 1.0)
    assert of_final(dataclasses.replace(run, records=(Step(0, 1.0, (1.0,), 1.0),))) == ""
