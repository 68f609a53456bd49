"""The record of an experiment: what it asks, what it runs, and how its numbers are shown and read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from resnet_explorer.tasks.train import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import plotly.graph_objects as go

    from resnet_explorer.analysis.sentence import Sentence
    from resnet_explorer.experiments.choices import Choices
    from resnet_explorer.experiments.columns import Column
    from resnet_explorer.experiments.sketch import Sketch
    from resnet_explorer.tasks.task import Config


class Drawable(Protocol):
    """A chart that draws itself and says what it shows."""

    def figure(self, *, dark: bool = False) -> go.Figure:
        """The chart."""
        ...

    def words(self) -> str:
        """What it shows, in a sentence."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One thing to run: its name among the others, and how its lines are drawn (`weight`: 0 thin to 1 thick)."""

    name: str
    config: Config
    residual: bool
    weight: float = 1.0

    @property
    def seed(self) -> int:
        """The seed that decides its numbers."""
        return int(getattr(self.config, "seed", 0))


@dataclass(frozen=True, kw_only=True)
class TrialRun:
    """A job as far as it is: what it reported, and what it returned, if it has."""

    job: Trial
    records: tuple[Any, ...] = ()
    result: Any = None

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Its steps of training; looked for once, as a page asks for them time and again."""
        return tuple(each for each in self.records if isinstance(each, Step))


class Verdict(NamedTuple):
    """Which answer the measurement gave right, and what was measured, in words whose numbers may have workings.

    `right` is None where it cannot be told which; the words then say why.
    """

    right: int | None
    words: Sentence

    @property
    def measured(self) -> str:
        """What was measured, in plain words."""
        return str(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What one is asked before the curve is shown; `judge` tells the right answer by what was measured.

    It gives None as long as the runs have not come to their end, and reads all their seeds.

    `possible` tells whether an answer, by its place, can be right for these jobs.
    """

    text: str
    answers: tuple[str, ...]
    judge: Callable[[Sequence[TrialRun]], Verdict | None]
    possible: Callable[[int, Sequence[Trial]], bool] = lambda _answer, _jobs: True


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of the runs so far: `draw` gives None as long as there is nothing to show.

    The first one of an experiment shows the answer to its question. `abreast` is how many of its kind stand in a row.
    What is `folded` is drawn when somebody opens what stands under that label.
    """

    name: str
    title: str
    look: str
    draw: Callable[[Sequence[TrialRun]], Drawable | None]
    abreast: int = 1
    folded: str = ""


class Track(NamedTuple):
    """A row under the net on the layer axis: `read` gives a run's steps with what is shown as their norms.

    `title` and `unit` stand beside it, `short` in hover; `look` says what it is good for. `still` tells that it is of
    one moment, `none` what a number that is none means. The norms of a step follow the net's weighted layers.
    """

    name: str
    title: str
    unit: str
    short: str
    look: str
    read: Callable[[TrialRun], tuple[Step, ...]]
    still: bool = False
    none: str = "not finite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """An experiment, in a part of the laboratory; `asks` is the question it answers, in a line.

    `jobs(choices)` are what it runs, one for each net, in the order in which they are to start.

    `read` says what the numbers so far show, each with its working (`worked`); `rows` gives the numbers as a table;
    both take runs that may not be finished. `columns` tells how the numbers of the table are made; a column that it
    does not name tells the rows apart. `replays` tells that nets are trained, so that their norms can be replayed on
    the layer axis; `tracks` are the rows that can be shown there. `moves` tells that without that it is shown how far
    layers move in the last step. `tolerance` is how far what is measured before the
    first update may be from the recorded run on another kind of processor, relative to the largest number of the same
    list (one per cent was seen); None where rounding alone decides single numbers, so that only the answer can be
    compared. `sketch` are the axes of its first chart before anything is measured.
    """

    name: str
    part: str
    title: str
    asks: str
    look: str
    choices: type[Choices]
    jobs: Callable[[Any], tuple[Trial, ...]]
    question: Prediction
    charts: tuple[Chart, ...]
    read: Callable[[Sequence[TrialRun]], Sentence]
    rows: Callable[[Sequence[TrialRun]], list[dict[str, Any]]]
    columns: Mapping[str, Column] = field(compare=False)
    source: str
    replays: bool = False
    moves: bool = False
    tracks: tuple[Track, ...] = ()
    tolerance: float | None = 0.05
    sketch: Callable[[Sequence[Trial]], Sketch] | None = field(default=None, compare=False)

    def reading(self, runs: Sequence[TrialRun]) -> str:
        """What the numbers so far show, in plain words."""
        return str(self.read(runs))

    def standard(self) -> tuple[Trial, ...]:
        """Its jobs in the default setting, in which it is recorded."""
        return self.jobs(self.choices())

    def answer(self, runs: Sequence[TrialRun]) -> int | None:
        """Which answer to its question the measurement gave right, by its place; None where it cannot be told."""
        verdict = self.question.judge(runs)
        return None if verdict is None else verdict.right
