"""The Laboratory page, without a browser: it asks, runs, judges, shows, and its link holds all of it."""

import dataclasses
import importlib.metadata
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import resnet_explorer as rx
from resnet_explorer.experiments import EXPERIMENTS, PARTS, TrialRun
from resnet_explorer.experiments.report import report
from resnet_explorer.experiments.sketch import YOURS
from resnet_explorer.experiments.tracks import TRACKS
from resnet_explorer.jobs.state import READY
from resnet_explorer.processor import kind
from resnet_explorer.spec import PRESETS
from resnet_explorer.tasks.dense import Dense
from resnet_explorer.tasks.made import Made, here
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.train import Step, Training
from resnet_explorer.ui.canvas import RunFrames
from resnet_explorer.ui.pages.laboratory import layers, own
from resnet_explorer.ui.pages.laboratory.guess import DRAWN
from resnet_explorer.ui.parts import live
from resnet_explorer.ui.view import link
from tests.ui.components import picked, sections, titles
from tests.ui.silent import Silent

MAIN = Path(rx.__file__).parent / "ui" / "app" / "main.py"
Visit = Callable[..., AppTest]


@pytest.fixture
def visit(engine: Silent) -> Iterator[Visit]:
    assert engine.state is READY

    def visit(**texts: str) -> AppTest:
        app = AppTest.from_file(str(MAIN), default_timeout=30)
        for name, text in texts.items():
            app.query_params[name] = text
        app.switch_page(str(MAIN.parents[3] / "pages" / "laboratory.py")).run()
        assert not app.exception
        return app

    return visit


@pytest.fixture
def unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made when it is opened, as it is then."""
    expander = st.expander
    monkeypatch.setattr(st, "expander", lambda label, **more: expander(label, **{**more, "expanded": True}))


def texts(app: AppTest) -> str:
    parts = (*app.subheader, *app.markdown, *app.caption, *app.success, *app.warning, *app.info)
    return "\n".join(each.value for each in parts)


def words(app: AppTest) -> str:
    """The same without what numbers carry."""
    return re.sub("<[^>]*>", "", texts(app))


def buttons(app: AppTest) -> dict[str, object]:
    return {each.label: each for each in app.button}


@pytest.mark.usefixtures("unfolded")
def test_other_choices_leave_the_page_its_figure_with_what_was_there_pale(visit: Visit) -> None:
    app = visit(experiment="degradation", guess="1")
    before = chart(app, "lab.by_depth").alt
    (seed,) = (each for each in app.number_input if each.label == "Seed")
    seed.set_value(7).run()
    assert chart(app, "lab.before").alt == f"With the choices before: {before}"
    assert "Nothing is measured with these choices yet. Pale: with the choices before." in words(app)
    (steps,) = (each for each in app.number_input if each.label == "Steps")
    steps.set_value(7).run()
    assert chart(app, "lab.before").alt == f"With the choices before: {before}"
    app = visit(experiment="degradation", guess="1", seed="7")
    assert chart(app, "lab.blank").alt.startswith("Empty axes")
    assert "Pale" not in words(app)


def chart(app: AppTest, key: str) -> Any:
    return next(each.proto for each in app.get("plotly_chart") if each.key.removeprefix("main_chart.") == key)


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_every_experiment_asks_a_room_beside_empty_axes_and_waits_for_its_run_with_them(
    visit: Visit, name: str
) -> None:
    for more in ({}, {"guess": "1", "seed": "77"}):
        assert chart(visit(experiment=name, present="1", **more), "lab.blank").alt.startswith("Empty axes")


def test_axes_over_layers_are_as_wide_as_the_deepest_net_and_go_up_to_the_row_that_is_chosen(visit: Visit) -> None:
    layout = json.loads(chart(visit(experiment="at_start", lab_track="weight"), "lab.blank").spec)["layout"]
    assert layout["xaxis"]["range"] == [1.0, 34.0]
    assert "weight norm" in layout["annotations"][0]["text"]


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_every_experiment_asks_and_can_be_run(visit: Visit, engine: Silent, name: str) -> None:
    app = visit(experiment=name)
    experiment = EXPERIMENTS[name]
    assert titles(app)[0] == experiment.question.text
    assert app.radio[0].value is None
    assert not app.warning
    assert "Guess again" not in buttons(app)
    buttons(app)["Run"].click().run()
    assert len(engine.jobs) == len(experiment.jobs(experiment.choices()))
    assert app.query_params["lab_run"]
    assert "guess" not in app.query_params
    buttons(app)["Stop"].click().run()
    assert {job.state for job in engine.jobs.values()} == {"stopped"}


def test_another_experiment_forgets_the_guess(visit: Visit) -> None:
    app = visit(experiment="slope", guess="2", seed="5", lab_step="3")
    assert "Guess again" in buttons(app)
    picked(app, "experiment", "jacobian")
    assert titles(app)[0] == EXPERIMENTS["jacobian"].question.text
    assert app.radio[0].value is None
    assert not {"guess", "lab_run", "lab_step"} & set(app.query_params)
    assert "5" in app.query_params["seed"]


@pytest.mark.parametrize(
    ("guess", "said"),
    [("3", "As you said: “about 1.21”."), ("1", "You said “about 0.41”. The answer is"), ("5", "The answer is")],
)
def test_a_guess_is_judged_by_what_was_measured(visit: Visit, engine: Silent, guess: str, said: str) -> None:
    slope = EXPERIMENTS["slope"]
    for job in slope.jobs(slope.choices()):
        engine.finish(job.config, Dense(norms=(4.0, 2.0, 1.0), factor=1.2))
    shown = words(visit(experiment="slope", guess=guess))
    assert said in shown
    assert "Measured: the fitted factor per layer is 1.2000; theory says 1.2112 (seed 0 alone)." in shown
    assert "off by 0.0112" in shown


def test_a_link_to_a_run_of_other_choices_says_so_once(visit: Visit, engine: Silent) -> None:
    app = visit(experiment="slope", guess="1", lab_run="0123456789abcdef", lab_step="3")
    assert [each.value for each in app.info] == [live.ELSE]
    next(each for each in app.button if each.label == "Run").click().run()
    assert live.ELSE not in [each.value for each in app.info]
    assert "lab_step" not in app.query_params  # a new run opens where it does by itself
    assert engine.jobs


def test_an_answer_that_is_not_offered_is_no_guess(visit: Visit) -> None:
    app = visit(experiment="own", guess="3")
    assert app.radio[0].value is None
    assert "You said" not in texts(app)
    assert "Show what happens" in buttons(app)


def test_a_link_from_before_experiments_were_listed_opens_its_experiment(visit: Visit) -> None:
    assert titles(visit(lab_net="plain34", guess="4"))[0] == EXPERIMENTS["at_start"].question.text
    assert titles(visit())[0] == "Laboratory"


def test_without_a_guess_nothing_is_given_away(visit: Visit, engine: Silent) -> None:
    slope = EXPERIMENTS["slope"]
    for job in slope.jobs(slope.choices()):
        engine.finish(job.config, Dense(norms=(4.0, 2.0, 1.0), factor=1.2))
    shown = texts(visit(experiment="slope"))
    assert "1.2000" not in shown


def test_a_race_is_drawn_replayed_and_given_away(visit: Visit, engine: Silent) -> None:
    degradation = EXPERIMENTS["degradation"]
    runs = []
    for job in degradation.jobs(degradation.choices()):
        layers = int(job.name.split("-")[1])
        loss = 1.4 if job.name == "plain-56" else 0.01
        steps = tuple(Step(i, loss, (1.0,) * layers, 1.0, (1.0,) * layers) for i in range(3))
        result = Training(
            paths=("conv1",) * layers, status="done", final_loss=loss, seconds=1.0, device="cpu", threads=1, torch="2"
        )  # fmt: skip
        engine.finish(job.config, result, steps)
        runs.append(TrialRun(job=job, records=steps, result=result))
    app = visit(experiment="degradation", guess="3")
    shown = words(app)
    assert "As you said: “the shallowest”." in shown
    assert "plain-56 ends with 140 times the loss of ResNet-56" in shown
    assert sections(app) == [*(chart.title for chart in degradation.charts), "Layer by layer"]
    [below] = [each.value for each in app.markdown if f"\n## {degradation.charts[1].title}" in each.value]
    assert "plain-56" in below.partition("\n## ")[0]  # what was found and the first chart below it cost one element
    found = json.loads(json.dumps(report(degradation, degradation.choices(), runs)))
    assert {row["net"] for row in found["rows"]} == {"plain-20", "ResNet-20", "plain-56", "ResNet-56"}


def test_a_bad_choice_is_one_notice(visit: Visit) -> None:
    app = visit(experiment="nonsense", guess="99", repeat="0")
    assert titles(app)[0] == "Laboratory"
    assert not app.radio


def test_a_run_that_is_gone_is_told(visit: Visit, engine: Silent) -> None:
    app = visit(experiment="variance")
    buttons(app)["Run"].click().run()
    engine.jobs.clear()
    app.run()
    assert "no longer kept" in texts(app)


@pytest.mark.usefixtures("unfolded")
def test_a_recorded_run_opens_after_the_question_and_says_what_it_is(visit: Visit) -> None:
    hidden = texts(visit(experiment="slope"))
    assert "waits behind the question" in hidden
    assert "Measured:" not in hidden
    shown = texts(visit(experiment="slope", guess="1"))
    assert "This is a recorded run" in shown
    assert "rerun slope" in shown
    assert "Measured:" in shown


def test_a_recorded_run_is_shown_for_its_own_choices_alone(visit: Visit) -> None:
    shown = texts(visit(experiment="slope", guess="1", seed="5"))
    assert "recorded" not in shown
    assert "Measured:" not in shown


def test_a_run_that_is_going_on_stands_in_for_the_recorded_one(visit: Visit, engine: Silent) -> None:
    experiment = EXPERIMENTS["slope"]
    for job in experiment.jobs(experiment.choices()):
        engine.submit(job.config)
    assert "recorded" not in texts(visit(experiment="slope", guess="1"))


def finished(engine: Silent, name: str, other: str, state: str = "") -> None:
    """Have the jobs of one experiment that another shares, ended or in a state."""
    shared = {key(job.config) for job in EXPERIMENTS[other].jobs(EXPERIMENTS[other].choices())}
    for job in EXPERIMENTS[name].jobs(EXPERIMENTS[name].choices()):
        engine.finish(job.config, None)
        if state:
            engine.jobs[key(job.config)] = dataclasses.replace(engine.jobs[key(job.config)], state=state)
    assert shared & set(engine.jobs)


@pytest.mark.usefixtures("unfolded")
@pytest.mark.parametrize(
    ("ran", "state", "seen"),
    [("degradation", "", "cures"), ("cures", "", "degradation"), ("lesion", "stopped", "paths")],
)
def test_jobs_that_another_experiment_ran_do_not_hide_the_recorded_run(
    visit: Visit, engine: Silent, ran: str, state: str, seen: str
) -> None:
    finished(engine, ran, seen, state)
    app = visit(experiment=seen, guess="1")
    assert "This is a recorded run" in texts(app)
    assert "Measured:" in texts(app)
    run = buttons(app)["Run again" if state else "Run"]
    assert not run.disabled
    run.click().run()
    assert {key(job.config) for job in EXPERIMENTS[seen].jobs(EXPERIMENTS[seen].choices())} <= set(engine.jobs)


@pytest.mark.parametrize(
    ("begun", "told"),
    [
        (4, "4 of 4 jobs."),
        (3, "4 of 4 jobs, 1 of them before it began."),
        (2, "4 of 4 jobs, 2 of them before they began."),
        (0, "4 of 4 jobs, 4 of them before they began."),
    ],
)
def test_a_stopped_run_is_told_and_offers_no_numbers_that_it_has_not(
    visit: Visit, engine: Silent, begun: int, told: str
) -> None:
    app = visit(experiment="lesion", seed="7", guess="1")
    buttons(app)["Run"].click().run()
    assert "Stopped" not in texts(app)
    for name in list(engine.jobs)[:begun]:
        engine.jobs[name] = dataclasses.replace(engine.jobs[name], state="running")
    buttons(app)["Stop"].click().run()
    assert f"Stopped before the end: {told} What" in texts(app)
    assert not buttons(app)["Run again"].disabled
    assert not app.get("download_button")
    assert not [each for each in app.expander if "numbers" in each.label]


@pytest.mark.usefixtures("unfolded")
def test_a_run_of_which_a_part_is_gone_is_told_and_the_recorded_one_shown(visit: Visit, engine: Silent) -> None:
    app = visit(experiment="cures", guess="1")
    buttons(app)["Run"].click().run()
    assert "recorded" not in texts(app)
    engine.jobs.pop(next(iter(engine.jobs)))
    app.run()
    assert "no longer kept" in texts(app)
    assert "This is a recorded run" in texts(app)


@pytest.mark.usefixtures("unfolded")
def test_a_kept_run_is_told_by_what_it_was_made_where_it_would_be_made_otherwise_now(
    visit: Visit, engine: Silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RESNET_EXPLORER_SCHEDULER", raising=False)
    slope = EXPERIMENTS["slope"]
    elsewhere = here()._replace(processor="another processor")

    def shown(made: Made) -> str:
        for job in slope.jobs(slope.choices()):
            engine.finish(job.config, Dense(norms=(4.0, 2.0, 1.0), factor=1.2), made=made)
        return texts(visit(experiment="slope", guess="1"))

    assert "A kept run" not in shown(here())
    earlier = shown(here()._replace(version="0.0.9", code="0" * 12))
    assert f"**A kept run**, made by another state of this code (version 0.0.9, `{'0' * 12}`)" in earlier
    assert "Measured here" not in earlier
    assert f"made by this code (version {here().version}, `{here().code}`)" in shown(elsewhere)
    monkeypatch.setattr(Silent, "makers", frozenset({here(), elsewhere}))  # a worker of the cluster has that one
    assert "A kept run" not in shown(elsewhere)


@pytest.mark.usefixtures("unfolded")
def test_a_run_says_where_it_was_measured_and_sources_do_not(
    visit: Visit, engine: Silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RESNET_EXPLORER_SCHEDULER", raising=False)
    slope = EXPERIMENTS["slope"]
    assert "Measured here" not in texts(visit(experiment="slope", guess="1"))
    for job in slope.jobs(slope.choices()):
        engine.finish(job.config, Dense(norms=(4.0, 2.0, 1.0), factor=1.2))
    shown = texts(visit(experiment="slope", guess="1"))
    assert f"**Measured here**, on this machine, with {kind()}" in shown
    assert f"PyTorch {importlib.metadata.version('torch')}" in shown
    monkeypatch.setenv("RESNET_EXPLORER_SCHEDULER", "tcp://10.0.0.1:8786")
    elsewhere = texts(visit(experiment="slope", guess="1"))
    assert "this machine" not in elsewhere
    assert "by the workers of the cluster" in elsewhere
    assert not any("easured by" in each.source for each in EXPERIMENTS)


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_the_source_stands_behind_the_question(visit: Visit, name: str) -> None:
    source = EXPERIMENTS[name].source
    assert source not in texts(visit(experiment=name))
    assert source in texts(visit(experiment=name, guess="1"))


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("vanishing", ("vanishes", "lets it through")),
        ("explosion", ("cure", "diverge", "add up")),
        ("depth_sweep", ("sum", "grows")),
        ("slope", ("1.21",)),
        ("variance", ("linearly", "proportion")),
        ("at_start", ("vanish", "grows")),
    ],
)
def test_an_opening_does_not_give_the_answer(visit: Visit, name: str, answers: tuple[str, ...]) -> None:
    app = visit(experiment=name)
    before = " ".join(each.value.lower() for each in (*app.markdown, *app.caption, *app.info))
    assert EXPERIMENTS[name].look.lower() in before
    assert not [each for each in answers if each in before]


def test_an_answer_that_lies_in_layers_is_a_chart_over_them_and_the_net_stands_below(visit: Visit) -> None:
    app = visit(experiment="at_start", guess="3")
    assert sections(app) == ["Weight gradient", "Layer by layer"]
    (drawn,) = [json.loads(each.proto.spec) for each in app.get("plotly_chart")]
    assert [note["text"] for note in drawn["layout"]["annotations"][:2]] == ["plain-34", "ResNet-34"]


def test_an_own_run_names_the_sets_that_cannot_be_used_and_why(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RESNET_EXPLORER_DATA", raising=False)
    shown = visit(experiment="own", data="shapes")
    assert "10 classes, 3,000 gray pictures of 16 × 16 pixels to train with, 1,000 held out" in texts(shown)
    broken = visit(experiment="own", data="cifar10")
    assert "cannot be used here: no folder of data sets is set" in texts(broken)
    assert buttons(broken)["Run"].disabled
    absent = visit(experiment="own", data="npz.nothing")
    assert buttons(absent)["Run"].disabled


def test_the_recipe_says_that_it_was_not_run_and_what_runs_it(visit: Visit) -> None:
    app = visit(experiment="own", recipe="cifar")
    shown = texts(app)
    assert "**not run by us**" in shown
    assert "no worker has a CUDA GPU" in shown
    assert "train --preset cifar_recipe --device cuda" in shown
    assert buttons(app)["Run"].disabled


def test_an_own_run_takes_the_net_of_the_link_and_up_to_four(visit: Visit, engine: Silent) -> None:
    app = visit(
        experiment="own", net_1="cifar_resnet20", net_2="blocks=2,2&width=8&stem=cifar", net_4="vgg11", own_steps="4"
    )
    buttons(app)["Run"].click().run()
    nets = [job.config.net for job in engine.jobs.values()]
    assert len(nets) == 3
    assert {net.classes for net in nets} == {10}
    assert {net.image for net in nets if getattr(net.options, "stem", "") == "cifar"} == {8}
    assert [net.image for net in nets if net.family == "vgg"] == [64]


def test_a_net_that_is_none_is_told_and_left_out() -> None:
    accepted, told = link.accept({"experiment": "own", "net_3": "nonsense", "data": "../etc"})
    assert accepted == {"experiment": "own"}
    assert any(each.startswith("net_3 is 'nonsense'; allowed: a net as in a link") for each in told)
    assert any(each.startswith("data is '../etc'; allowed: digits, shapes") for each in told)


def test_the_laboratory_opens_on_every_experiment_by_its_question(visit: Visit) -> None:
    app = visit()
    assert titles(app)[0] == "Laboratory"
    assert sections(app) == list(PARTS.values())
    lines = [line for each in app.markdown for line in each.value.splitlines()]
    for experiment in EXPERIMENTS:
        (found,) = [line for line in lines if experiment.asks in line]
        assert f"(laboratory?experiment={experiment.name}" in found


@pytest.mark.parametrize("name", ["", "slope", "own"])
def test_its_links_are_good_links(visit: Visit, name: str) -> None:
    app = visit(experiment=name, guess="2", lab_step="7", seed="3") if name else visit()
    queries = [each.proto.query_string for each in app.get("page_link")]
    queries += [query for each in app.markdown for query in re.findall(r"\(laboratory\?([^)]*)\)", each.value)]
    links = [dict(parse_qsl(each, keep_blank_values=True)) for each in queries]
    assert links
    for texts in links:
        accepted, told = link.accept(texts)
        assert told == []
        assert "lab_step" not in accepted
        assert accepted.get("seed", "") == ("3" if name else "")


def test_each_experiment_leads_to_the_next_and_back(visit: Visit) -> None:
    *_, before, last = EXPERIMENTS.names
    assert any(EXPERIMENTS[last].asks in each.value for each in visit(experiment=before).markdown)
    app = visit(experiment=last)
    assert [each.proto.label for each in app.get("page_link")] == ["All experiments"]
    assert not any("Next:" in each.value for each in app.markdown)


def test_an_own_run_offers_as_many_answers_as_it_has_nets(visit: Visit) -> None:
    offered = visit(experiment="own").radio[0].options
    assert "the second" in offered
    assert "the third" not in offered


def test_what_is_picked_is_judged_when_it_is_shown_and_can_be_guessed_again(visit: Visit) -> None:
    app = visit(experiment="slope")
    app.radio[0].set_value("about 1.0").run()
    assert "You said" not in texts(app)
    buttons(app)["Show what happens"].click().run()
    assert "You said “about 1.0”. The answer is" in texts(app)
    assert app.query_params["guess"] == "2"
    buttons(app)["Guess again"].click().run()
    assert "You said" not in texts(app)
    assert "guess" not in app.query_params


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_presented_the_answer_is_shown_too(visit: Visit, name: str) -> None:
    app = visit(experiment=name, present="1")
    assert "Your guess" not in [each.label for each in app.radio]
    buttons(app)["Show what happens"].click().run()
    assert not app.exception
    assert int(app.query_params["guess"][0]) == 1 + len(EXPERIMENTS[name].question.answers)


def test_without_a_guess_the_answer_is_shown_and_no_guess_is_judged(visit: Visit) -> None:
    app = visit(experiment="slope")
    buttons(app)["Show what happens"].click().run()
    assert "The answer is “about 1.21”." in texts(app)
    assert "You said" not in texts(app)


def test_what_nobody_has_measured_is_measured_when_it_is_to_be_shown(visit: Visit, engine: Silent) -> None:
    app = visit(experiment="slope", seed="5")
    buttons(app)["Show what happens"].click().run()
    assert len(engine.jobs) == len(EXPERIMENTS["slope"].standard())
    assert app.query_params["lab_run"]


def test_a_line_that_was_drawn_lies_over_the_answer_and_is_compared_with_it(visit: Visit) -> None:
    app = visit(experiment="agreement")
    drawn = ((8.0, 0.5), (56.0, 0.5))
    app.session_state[DRAWN] = {"agreement": drawn}
    buttons(app)["Show what happens"].click().run()
    assert "Your line for plain is off by" in texts(app)
    (spec,) = [json.loads(each.proto.spec) for each in app.get("plotly_chart")]
    (yours,) = [each for each in spec["data"] if each.get("name") == YOURS]
    assert (yours["x"], yours["y"]) == ([8.0, 56.0], [0.5, 0.5])


@pytest.mark.parametrize(
    ("built", "offered"),
    [
        ("net=resnet50", []),
        ("net=resnet50&image=64", ["ResNet-50 (the net of Explore)"]),
        ("blocks=3,3&width=8", ["ResNet-14, basic blocks 3-3, width 8 (the net of Explore)"]),
        (
            "blocks=99,9,9&shortcut=C&norm=group&attention=se&activation=leaky&slope=0.123&branch_scale=depth&width=128&stem=cifar&cut="
            + ",".join(f"layer1.{at * (at + 3)}" for at in range(1, 9)),
            [],  # a run's link would be too long
        ),
    ],
)
def test_an_own_run_offers_the_net_of_explore_where_it_has_no_name(
    built: str, offered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "net", lambda: rx.from_query(built))
    presets = {"": "none", **{each.name: each.title for each in PRESETS}}
    found = own._nets("blocks=1,1&width=8")
    assert {name: found[name] for name in presets} == presets
    assert [title for name, title in found.items() if name not in presets] == [
        *offered,
        "ResNet-6, basic blocks 1-1, width 8",
    ]


def test_in_a_room_the_layers_of_the_main_path_are_lines_of_the_last_step() -> None:
    report = rx.analyse(rx.preset("resnet18"))
    last = tuple(float(place) for place in range(len(report.weighted)))
    steps = (*(Step(at, 1.0, (9.0,) * len(last), 1.0, ()) for at in range(3)), Step(3, 1.0, last, 1.0, ()))
    figure = layers._lines([RunFrames(title="ResNet-18", report=report, steps=steps)], TRACKS["weight"])
    [line] = figure.lines
    assert (line.name, line.residual) == ("ResNet-18", True)
    assert line.x == tuple(range(1, 19))  # those of its name, without the three projections
    assert {report.weighted[int(at)].path for at in set(last) - set(line.y)} == {
        f"layer{stage}.0.downsample.0" for stage in (2, 3, 4)
    }
    assert figure.y.log
    assert figure.y.title.startswith("weight norm of each layer")


def test_choices_are_made_when_they_are_opened(visit: Visit, request: pytest.FixtureRequest) -> None:
    assert not visit(experiment="slope", guess="1").number_input
    request.getfixturevalue("unfolded")
    assert visit(experiment="slope", guess="1").number_input(key="choice.seed").value == 0
