"""`experiment` and `train --preset`: the laboratory without a page."""

import json
from typing import Any

import pytest

from resnet_explorer.cli import main
from resnet_explorer.experiments import EXPERIMENTS
from resnet_explorer.experiments.cases import CASES
from resnet_explorer.experiments.report import report
from resnet_explorer.tasks.train import TrainConfig


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    def ask(*arguments: str) -> Any:
        assert main([*arguments, "--json"]) == 0
        return json.loads(capsys.readouterr().out, parse_constant=pytest.fail)

    return ask


def test_the_list_names_every_experiment_and_its_choices(answer: Any, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer("experiment", "--list")
    assert [each["name"] for each in found] == list(EXPERIMENTS.names)
    assert all("seed" in each["choices"] for each in found)
    assert main(["experiment"]) == 0
    assert "degradation" in capsys.readouterr().out


def test_an_experiment_gives_everything_as_json(answer: Any) -> None:
    found = answer("experiment", "variance", "--seed", "4")
    assert list(found) == [
        "name",
        "title",
        "choices",
        "question",
        "answer",
        "measured",
        "conditions",
        "reading",
        "runs",
        "rows",
    ]
    assert found["choices"] == {"seed": 4}
    assert found["answer"] == "in proportion to the block's number"
    assert len(found["runs"]) == 6
    assert found["runs"][0]["config"]["net"].startswith("blocks=27")
    assert found["rows"][0]["path"] == "stem"


def test_explosion_tells_the_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["experiment", "explosion", "--lab_steps", "6", "--seed", "0"]) == 0
    out = capsys.readouterr().out
    assert "ResNet-56 diverges at step 3" in out
    assert "it diverges: ResNet-56's loss is no longer a finite number at step 3" in out


def test_the_degradation_preset_trains_its_four_nets_with_every_seed(answer: Any) -> None:
    found = answer("train", "--preset", "degradation", "--seeds", "3,4", "--steps", "2", "--batch", "8")
    assert [(each["name"], each["seed"]) for each in found] == [
        (name, seed) for seed in (3, 4) for name in ("plain20", "plain56", "resnet20", "resnet56")
    ]
    ratios = ["first_last_ratio", "first_update_ratio", "last_update_ratio"]
    assert list(found[0]) == ["name", "seed", "loss", "final_loss", *ratios, "status"]
    assert {len(each[name]) for each in found for name in ("loss", *ratios)} == {2}
    assert all(value > 0 for each in found for name in ratios for value in each[name])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["experiment", "nonsense"], "unknown experiment 'nonsense'; expected one of: degradation, ablation"),
        (["experiment", "slope", "--lr", "1"], "lr is '1'; allowed: nothing: the experiment slope has seed, repeat"),
        (["experiment", "slope", "--seed", "x"], "seed is 'x'; allowed: a whole number"),
        (
            ["experiment", "own", "--recipe", "cifar", "--own_steps", "5"],
            "own_steps is '5'; allowed: nothing: the paper's",
        ),
        (["experiment", "slope", "--repeat", "9"], "repeat is 9; allowed: a whole number from 1 to 5"),
        (["train"], "NET is []; allowed: networks, or none with --preset"),
        (["train", "resnet18", "--preset", "degradation"], "networks, or none with --preset"),
        (["train", "--preset", "nonsense"], "unknown preset 'nonsense'; expected one of: degradation"),
        (["train", "--preset", "degradation", "--seeds", "1;2"], "seeds is '1;2'; allowed: 1 to 20 whole numbers"),
    ],
)
def test_an_error_is_one_line(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1


def test_choices_that_do_not_count_are_not_told() -> None:
    own = EXPERIMENTS["own"]
    told = report(own, own.choices(recipe="cifar", steps=5), [])["choices"]
    assert told["recipe"] == "cifar"
    assert not {"own_steps", "lr", "batch", "data"} & set(told)
    assert report(own, own.choices(steps=5), [])["choices"]["own_steps"] == 5


def test_a_few_steps_of_the_recipe_are_a_training_of_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RESNET_EXPLORER_DATA", raising=False)
    case = CASES["cifar_recipe"]
    config = TrainConfig(net=case.nets[0][1], **{**case.settings, "steps": 5})
    assert (config.steps, config.lr, config.batch, config.data) == (5, 0.1, 128, "cifar10")
    assert main(["train", "--preset", "cifar_recipe", "--steps", "5"]) == 2
    assert "no folder of data sets is set" in capsys.readouterr().err
