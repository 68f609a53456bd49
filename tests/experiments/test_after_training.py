"""Lesion, path lengths and landscape: their verdicts by all seeds and draws, with their conditions, or none."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from resnet_explorer.experiments import EXPERIMENTS, Trial, TrialRun, landscape
from resnet_explorer.experiments.choices import Once, Trained
from resnet_explorer.experiments.experiment import Verdict
from resnet_explorer.experiments.planes import height
from resnet_explorer.experiments.report import conditions, report
from resnet_explorer.tasks.landscape import STATISTICS, Landscape, Plane
from resnet_explorer.tasks.lesion import Lengths, Lesion, Several, Through
from tests.experiments.made import ended

PLACES = (-1.0, 0.0, 1.0)


def judged(name: str, runs: list[TrialRun]) -> Verdict | None:
    return EXPERIMENTS[name].question.judge(runs)


def lesions(
    accuracies: Callable[[Trial], tuple[float, float] | None], lengths: Any = None, **choices: Any
) -> list[TrialRun]:
    """Nets with such accuracies, intact and without each of their blocks; None is one that diverged."""
    found = []
    for job in EXPERIMENTS["lesion"].jobs(Trained(**choices)):
        each = accuracies(job)
        run = ended(job, 0.1 if each else math.nan, "done" if each else "diverged")
        intact, without = each or (math.nan, 0.0)
        told = lengths(job) if lengths and job.residual else None
        result = Lesion(
            training=run.result,
            intact=intact,
            blocks=("layer1.0", "layer1.1", "layer2.0") if each else (),
            without=(without,) * 3 if each else (),
            several=(Several(1, without, 0.0),),
            at_start=told,
            at_end=told,
            status=run.result.status,
        )
        found.append(TrialRun(job=job, records=run.records, result=result))
    return found


def of(name: str, runs: list[TrialRun]) -> list[TrialRun]:
    """Those of them that an experiment has: path lengths are those of the residual nets."""
    return [run for run in runs if run.job.residual or name == "lesion"]


def parts(*shares: float, larger: float = 1.0) -> Lengths:
    """A gradient of such shares, whose parts are so many times as large."""
    most = len(shares) - 1
    through = (Through(k, math.comb(most, k), larger * abs(share), share) for k, share in enumerate(shares))
    return Lengths(1.0, tuple(through))


def robust(job: Trial) -> tuple[float, float]:
    return (0.98, 0.97) if job.residual else (0.9, 0.11)


@pytest.mark.parametrize(("without", "right"), [(0.96, 0), (0.8, 1), (0.2, 2)])
def test_the_median_block_is_judged_by_what_it_costs(without: float, right: int) -> None:
    verdict = judged("lesion", lesions(lambda _: (0.98, without)))
    assert verdict is not None
    assert verdict.right == right
    assert f"costs ResNet-56 {100 * (0.98 - without):.3g} points" in verdict.measured


def test_a_lesion_of_nets_at_chance_tells_nothing() -> None:
    runs = lesions(lambda job: (0.1, 0.1) if job.residual else (0.1, 0.04), steps=2)
    verdict = judged("lesion", runs)
    assert verdict is not None
    assert verdict.right is None
    assert "ResNet-56 names 10.1 % of the test digits rightly" in verdict.measured.replace("10.0", "10.1")
    said = EXPERIMENTS["lesion"].reading(runs)
    assert "learned next to nothing, with nothing to lose" in said
    assert "link of a chain" not in said
    told = report(EXPERIMENTS["lesion"], Trained(steps=2), runs)
    assert told["answer"] is None
    assert told["conditions"] == "seed 0 alone, 2 steps"


def test_a_chain_is_spoken_of_where_plain_nets_fall_to_chance() -> None:
    assert "link of a chain" in EXPERIMENTS["lesion"].reading(lesions(robust))
    half = lesions(lambda job: robust(job) if job.residual else (0.9, 0.5))
    assert "link of a chain" not in EXPERIMENTS["lesion"].reading(half)


@pytest.mark.parametrize("name", ["lesion", "paths"])
def test_all_seeds_are_read_and_those_that_diverged_are_named(name: str) -> None:
    def short(_: Trial) -> Lengths:
        return parts(0.1, 0.6, 0.3, 0.0, 0.0)

    runs = of(name, lesions(lambda job: None if job.seed == 2 else robust(job), short, repeat=3))
    verdict = judged(name, runs)
    assert verdict is not None
    assert verdict.right == 0
    assert "2 seeds" in verdict.measured
    assert "ResNet-56 (seed 2, step 2) diverged" in verdict.measured
    assert "ResNet-56 (seed 2, step 2) diverged, and nothing was measured on" in EXPERIMENTS[name].reading(runs)
    assert conditions(runs) == "seeds 0 to 2, 240 steps"
    none = of(name, lesions(lambda _: None, short, repeat=3))
    lost = judged(name, none)
    assert lost is not None
    assert lost.right is None
    assert lost.measured.count("diverged") == 1
    assert "nothing was measured" in EXPERIMENTS[name].reading(none)


@pytest.mark.parametrize("name", ["lesion", "paths"])
def test_seeds_that_differ_tell_nothing_in_common(name: str) -> None:
    def accuracies(job: Trial) -> tuple[float, float]:
        return (0.98, 0.5) if job.seed else (0.98, 0.97)

    def lengths(job: Trial) -> Lengths:
        return parts(0, 0, 0, 0.5, 0.5) if job.seed else parts(0.5, 0.5, 0, 0, 0)

    verdict = judged(name, of(name, lesions(accuracies, lengths, repeat=2)))
    assert verdict is not None
    assert verdict.right is None
    assert "the seeds differ" in verdict.measured


def test_what_was_stopped_is_not_judged() -> None:
    runs = lesions(robust, lambda _: parts(1.0, 0.0, 0.0))
    stopped = [TrialRun(job=run.job, records=run.records, result=ended(run.job, 0.1, "stopped").result) for run in runs]
    assert judged("lesion", stopped[:1] + runs[1:]) is not None  # plain-20: the question is about another net
    assert judged("lesion", runs[:3]) is None
    assert judged("paths", runs[:3]) is None


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (parts(0.2, 0.5, 0.3, 0.0, 0.0), 0),
        (parts(0.1, 0.2, 0.4, 0.2, 0.1), 1),
        (parts(0.0, 0.0, 0.2, 0.4, 0.4), 2),
        (parts(1.0, 0.0, 0.0, -0.5, 0.5), None),  # shares and sizes differ
    ],
)
def test_lengths_are_judged_by_shares_and_by_sizes(found: Lengths, right: int | None) -> None:
    residual = of("paths", lesions(robust, lambda _: found))
    verdict = judged("paths", residual)
    assert verdict is not None
    assert verdict.right == right
    assert f"{found.mean:.3g}" in verdict.measured
    assert "the average of all paths is 2" in verdict.measured
    assert ("by shares and by sizes the answers differ" in verdict.measured) is (right is None)


def test_shares_may_be_negative_and_are_drawn_so() -> None:
    found = parts(-0.25, 0.75, 0.5, larger=2.0)
    runs = of("paths", lesions(robust, lambda _: found, repeat=2))
    shares, sizes = (chart.draw(runs) for chart in EXPERIMENTS["paths"].charts)
    assert min(value for line in shares.lines for value in line.y) == -0.25
    assert [line.y for line in sizes.lines] == [(0.5, 1.5, 1.0)] * 2
    assert shares.y.ends == sizes.y.ends
    assert shares.y.ends[0] < -0.25 < 1.5 < shares.y.ends[1]
    assert "sizes add up to 3 (3 to 3, 2 seeds) times the whole" in EXPERIMENTS["paths"].reading(runs)


def plane(draw: int, statistics: str, level: float, middle: float) -> Plane:
    return Plane(draw, statistics, ((level, level, 2 * level), (level, middle, level), (3 * level, level, level)))


def landscapes(levels: Callable[[str, str, int], float], middle: float = 0.5, **choices: Any) -> list[TrialRun]:
    """Planes of such heights, by net, statistics and draw."""
    return [
        TrialRun(
            job=job,
            records=ended(job, middle).records,
            result=Landscape(
                training=ended(job, middle).result,
                places=PLACES,
                planes=tuple(
                    plane(draw, each, levels(job.name, each, draw), middle) for draw in range(3) for each in STATISTICS
                ),
            ),
        )
        for job in EXPERIMENTS["landscape"].jobs(Once(**choices))
    ]


def test_a_share_of_places_is_its_number_in_per_cent() -> None:
    run = landscapes(lambda *_: 2.0)[0]
    inside = landscape._inside(run, STATISTICS[0])  # levels of 2 and 0.5 are below chance, 4 and 6 are not
    assert (inside.value, str(inside.text)) == (pytest.approx(700 / 9), "78 %")


@pytest.mark.parametrize(
    ("running", "batch", "right"),
    [
        ((9, 9, 9), (9, 9, 9), 0),
        ((9, 8, 7), (3, 4, 2), 1),
        ((3, 2, 1), (9, 8, 7), 2),
        ((1, 2, 3), (1, 2, 3), 3),
        ((9, 9, 3), (3, 3, 3), 4),
        ((9, 9, 9), (4.9, 5, 5.1), None),
        ((5, 5, 5), (5, 5, 5), None),
        ((9, 9, 9), (4.9, 5, 5.6), 4),
    ],
)
def test_the_higher_plane_is_the_higher_one_in_each_draw(
    running: tuple[float, ...], batch: tuple[float, ...], right: int | None
) -> None:
    heights = {"running": running, "batch": batch}
    verdict = judged("landscape", landscapes(lambda n, by, draw: heights[by][draw] if n == "plain-56" else 5.0))
    assert verdict is not None
    assert verdict.right == right
    count = sum(each > 5 * 1.1 for each in running)
    assert f"above {running[0]:.3g}, {running[1]:.3g} and {running[2]:.3g}, half of ResNet-56's" in verdict.measured
    assert (
        f"the plain one's is higher by more than a tenth in {count} of 3 draws; by the mini-batch's" in verdict.measured
    )


def test_the_height_of_a_plane_is_what_half_of_it_lies_above() -> None:
    rows = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0), (math.inf, math.nan, 9.0))
    assert height(Plane(0, "batch", rows)) == 5.0
    assert height(Plane(0, "batch", ((math.nan,) * 3,) * 3)) == math.inf


def test_planes_around_nets_at_chance_tell_nothing() -> None:
    runs = landscapes(lambda *_: 5.0, middle=2.3, steps=2)
    verdict = judged("landscape", runs)
    assert verdict is not None
    assert verdict.right is None
    assert verdict.measured.startswith(
        "plain-56 has hardly learned, with 2.3 at the middle (chance: 2.303) and ResNet-56"
    )
    assert "times as high" not in EXPERIMENTS["landscape"].reading(runs)


def test_a_net_that_diverged_has_no_plane_and_is_named() -> None:
    runs = landscapes(lambda *_: 5.0)
    lost = ended(runs[2].job, math.nan, "diverged")
    gone = Landscape(training=lost.result, places=PLACES, planes=(), status="diverged")
    runs[2] = TrialRun(job=lost.job, records=lost.records, result=gone)
    verdict = judged("landscape", runs)
    assert verdict is not None
    assert verdict.right is None
    assert verdict.measured.startswith("the loss of plain-56 is no longer a finite number")
    assert "plain-56 (seed 0, step 2) diverged" in EXPERIMENTS["landscape"].reading(runs)
    assert "**plain-56**" not in EXPERIMENTS["landscape"].reading(runs)


def test_of_half_a_landscape_nothing_is_told() -> None:
    runs = [
        TrialRun(
            job=run.job, result=Landscape(training=run.result.training, places=PLACES, planes=(), status="stopped")
        )
        for run in landscapes(lambda *_: 5.0)
    ]
    assert judged("landscape", runs) is None
    assert EXPERIMENTS["landscape"].reading(runs) == ""


@pytest.mark.parametrize(("running", "towers"), [(50.0, True), (6.0, False)])
def test_what_fixed_statistics_add_is_told_by_how_high_they_put_a_plane(running: float, *, towers: bool) -> None:
    said = EXPERIMENTS["landscape"].reading(landscapes(lambda _n, by, draw: running + draw if by == "running" else 3.0))
    ends = f"{running / 3:.3g} to {(running + 2) / 3:.3g} times as high around"
    assert f"fixed ones put half of a plane {ends} plain-56 and {ends} ResNet-56" in said
    assert ("most of what towers there" in said) is towers
    assert "at the middle, the two kinds already differ" not in said


@pytest.mark.parametrize(("running", "said"), [(2.4, "0.8 times"), (3.0, "about")])
def test_planes_that_are_lifted_alike_in_each_draw_have_one_number(running: float, said: str) -> None:
    reading = EXPERIMENTS["landscape"].reading(landscapes(lambda _n, by, _draw: running if by == "running" else 3.0))
    assert f"fixed ones put half of a plane {said} as high around plain-56 and {said} as high" in reading


def test_running_statistics_that_lag_are_told() -> None:
    def lagging(run: TrialRun) -> TrialRun:
        planes = tuple(
            plane(each.draw, each.statistics, 5.0, 2.6 if each.statistics == "running" else 1.4)
            for each in run.result.planes
        )
        result = Landscape(training=run.result.training, places=PLACES, planes=planes)
        return TrialRun(job=run.job, records=run.records, result=result)

    for steps, why in ((240, "a mean over about ten mini-batches"), (22, "a mean over"), (2, "81 % of each of the")):
        runs = landscapes(lambda *_: 5.0, steps=steps)
        said = EXPERIMENTS["landscape"].reading([lagging(run) for run in runs])
        assert "For plain-56 itself, at the middle, the two kinds already differ, 2.6 and 1.4" in said
        assert (why in said, "about ten mini-batches" in said) == (True, steps >= 22)


@pytest.mark.parametrize("highest", [math.inf, math.nan])
def test_planes_with_places_that_overflow_are_drawn_and_read(highest: float) -> None:
    runs = []
    for run in landscapes(lambda *_: 2.5):
        planes = tuple(each._replace(rows=((2.5, 2.5, highest), *each.rows[1:])) for each in run.result.planes)
        result = Landscape(training=run.result.training, places=PLACES, planes=planes)
        runs.append(TrialRun(job=run.job, records=run.records, result=result))
    experiment = EXPERIMENTS["landscape"]
    assert "up to 7.5 (at 3 of 27 places it is not a finite number)" in experiment.reading(runs)
    for chart in experiment.charts:
        drawn = chart.draw(runs)
        assert drawn is not None
        assert drawn.figure().to_json()
        if drawn.__class__.__name__ == "Surface":
            assert "from 0.5 to 7.5; at 1 places it is not a finite number" in drawn.words()


def test_heights_are_drawn_as_they_are_judged() -> None:
    runs = landscapes(lambda name, _by, draw: (10.0 if name == "plain-56" else 4.0) + draw)
    halves, *heights = EXPERIMENTS["landscape"].charts[:3]
    first: Any = halves.draw(runs)
    dots = [(dot.name.split(",")[0], dot.low, dot.value, dot.high) for dot in first.dots]
    assert dots == [("plain-56", 10.0, 11.0, 12.0), ("ResNet-56", 4.0, 5.0, 6.0)] * 2
    assert [dot.residual for dot in first.dots] == [False, True] * 2
    for chart in heights:
        drawn: Any = chart.draw(runs)
        line = next(each for each in drawn.lines if each.name == "plain-56")
        middle = line.x.index(50.0)
        assert (line.low[middle], line.y[middle], line.high[middle]) == (10.0, 11.0, 12.0)
        assert (line.x[0], line.x[-1]) == (0.0, 100.0)


def test_a_plane_is_tabled_by_its_two_directions() -> None:
    rows = EXPERIMENTS["landscape"].rows(landscapes(lambda *_: 5.0))
    wide = next(row for row in rows if row["loss"] == 15.0)
    assert (wide["direction_1"], wide["direction_2"]) == (1.0, -1.0)
    assert {row["draw"] for row in rows} == {1, 2, 3}
    assert {row["statistics"] for row in rows} == set(STATISTICS)


def test_of_paths_nothing_is_said_of_what_a_net_can_lose() -> None:
    """No block of theirs is deleted."""
    runs = lesions(lambda _: (0.104, 0.1), lambda _: parts(0.5, 0.5))
    lesion, paths = judged("lesion", runs), judged("paths", of("paths", runs))
    assert lesion
    assert paths
    assert lesion.measured.endswith("of the test digits rightly, and 60 % is the least that it can lose 50 of")
    assert paths.right is None
    assert paths.measured.startswith("ResNet-56 names 10.4 % of the test digits rightly, and below 60 % it does not")
    assert "lose" not in paths.measured
