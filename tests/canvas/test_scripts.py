"""The scripts of drawings as the server tells them: joined to one, and at one with what Python sends and says."""

import json
import re
import shutil
import subprocess
from graphlib import CycleError
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest

import resnet_explorer as rx
from resnet_explorer import diagrams
from resnet_explorer.analysis import conventions
from resnet_explorer.diagrams import layout
from resnet_explorer.experiments.tracks import along
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.options import read
from resnet_explorer.tasks.train import Step, TrainConfig
from resnet_explorer.ui import canvas
from resnet_explorer.ui.canvas import file, frames, mount, stream
from resnet_explorer.ui.canvas.modules import joined, lean
from resnet_explorer.ui.canvas.script import LOADER, PATH, WHOLE
from resnet_explorer.ui.pages.bottleneck import saving
from resnet_explorer.ui.view.link import FRAME
from resnet_explorer.ui.view.views import BottleneckView

HERE = Path(__file__).parent
SCRIPTS = Path(frames.__file__).parent / "scripts"
NET = rx.preset("demo_resnet18")
LAYERS = len(rx.analyse(NET).weighted)
_TELL = "console.log(JSON.stringify(%s));"


def run(*command: str | Path) -> str:
    """What a command of Node prints."""
    found = shutil.which(command[0])
    assert found, "Node 20 or newer is missing: `python3 tasks.py test` installs it where it can."
    assert (HERE / "node_modules").exists(), "Node's packages are missing: `python3 tasks.py test` installs them."
    done = subprocess.run([found, *command[1:]], cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def node(expression: str, **imported: str) -> Any:
    """The value of an expression of names that pure modules export: `node("short(1000)", short="words")`."""
    folder = (SCRIPTS / "pure").as_uri()
    lines = [f"import {{ {name} }} from '{folder}/{module}.js';" for name, module in imported.items()]
    return json.loads(run("node", "--input-type=module", "--eval", "\n".join([*lines, _TELL % expression])))


def typed(folder: Path, sent: dict[str, Any]) -> None:
    """Hold what is sent to the types that the scripts have for it."""
    written = folder / "sent.mts"
    lines = [f'import type * as data from "{(SCRIPTS / "data.js").as_posix()}";']
    lines += [f"export const sent{at}: {kind} = {json.dumps(each)};" for at, (kind, each) in enumerate(sent.items())]
    written.write_text("\n".join(lines))
    options = ("--noEmit", "--strict", "--ignoreConfig", "--target", "es2023", "--module", "nodenext", "--types", "")
    run("npx", "tsc", *options, written)


def steps(count: int, value: float = 1.0) -> tuple[Step, ...]:
    norms = [tuple(value * 10.0 ** -(i + j % 3) for j in range(LAYERS)) for i in range(count)]
    return tuple(Step(i, 2.0 / (i + 1), each, 1.5, each) for i, each in enumerate(norms))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What pages send with each of their kinds of pictures."""
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(mount, "_CANVAS", lambda **each: found.append(json.loads(each["data"])))
    report = rx.analyse(NET)
    count = canvas.StatedNumber(
        key="a", label="A", value=9, text="9", formula="3 × 3", limit=canvas.Limit(most=8, text="8")
    )
    axes = [diagrams.axis(report), diagrams.axis(rx.analyse(NET.plain), beside=report)]
    canvas.picture(
        *axes,
        key="a",
        counts=[count],
        block=lambda: None,
        stage=lambda: None,
        cut=lambda: None,
        opened="layer1.0",
    )
    block = diagrams.block(report.stages[1].block("layer1.0"))
    canvas.picture(block, key="b", reveal=2)
    canvas.picture(diagrams.window("ResNet", (32, 32), 1, 99), key="w")
    broken = (*steps(2), Step(2, float("nan"), (float("inf"),) * LAYERS, float("inf"), (0.0,) * LAYERS))
    series = [canvas.RunFrames(title=t, report=report, steps=s) for t, s in (("one", steps(3)), ("two", broken))]
    canvas.replay(series, key="r", place=canvas.Opening("run", 2, lambda _: None))
    live = canvas.Live(steps=9, chance=2.3, source=stream.address(["k"]))
    canvas.replay([canvas.RunFrames(title="three", report=report)], key="l", running=True, live=live)
    saving.area(BottleneckView(norm=True, projection=True))
    rows = (canvas.Row("norm", "a share", "norm", -3, 0, share=True), canvas.Row("moves", "in a step", "moves", -4, 0))
    both = [canvas.RunFrames(title="four", report=report, steps=along(("weight_gradient", "update"), steps(3)), rows=2)]
    race = canvas.TrainingCurves(title="t", status="s", words="w", series=both, rows=rows, steps=3, chance=2.3)
    press = canvas.Press(lambda: None, lambda: None)
    canvas.race(race, press, canvas.Opening("run", 0, lambda _: None), key="g")
    return found


def test_modules_are_joined_behind_what_they_import(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "main.js").write_text(
        'import { b } from "./b.js";\nimport { one } from "./deep/one.js";\nexport const f = b + one;\n'
    )
    (tmp_path / "b.js").write_text('import {\n  one,\n  two,\n} from "./deep/one.js";\n\nexport const b = one + two;\n')
    (tmp_path / "deep" / "one.js").write_text(
        'import { b } from "../c.js";\nexport const one = b;\nexport function two() {}\n'
    )
    (tmp_path / "c.js").write_text("const hidden = 1;\nexport class b {}\n")
    (tmp_path / "alone.js").write_text("nobody imports it\n")
    assert joined(tmp_path, "main.js", "f").split("\n") == [
        *("const $c = (() => {", "const hidden = 1;", "class b {}", "return { b };", "})();"),
        *("const $deep_one = (() => {", "const { b } = $c;", "const one = b;", "function two() {}"),
        *("return { one, two };", "})();"),
        *("const $b = (() => {", "const {", "one,", "two,", "} = $deep_one;", "const b = one + two;", "return { b };"),
        *("})();", "const $main = (() => {", "const { b } = $b;", "const { one } = $deep_one;", "const f = b + one;"),
        *("return { f };", "})();", "export default $main.f;"),
    ]


def test_modules_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text('import { a } from "./a.js";\nexport const f = a;\n')
    (tmp_path / "a.js").write_text('import { f } from "./main.js";\nexport const a = f;\n')
    with pytest.raises(CycleError):
        joined(tmp_path, "main.js", "f")


@pytest.mark.parametrize(
    "line",
    [
        "export default 1;",
        "export let a = 1;",
        "export async function a() {}",
        'import "./a.js";',
        'import * as a from "./a.js";',
    ],
)
def test_other_ways_to_import_and_export_are_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "main.js").write_text(f"{line}\n")
    with pytest.raises(ValueError, match=f"main.js: cannot join {re.escape(repr(line))}"):
        joined(tmp_path, "main.js", "f")


def test_comments_on_lines_of_their_own_are_left_out_and_code_is_not() -> None:
    text = "// one\n/** two */\nconst a = 1; // three\n  /**\n   * four\n   */\n"
    text += "  f(/** @type {any} */ (a));\n/** five */ g();\n\n"
    assert lean(text) == "const a = 1; // three\nf(/** @type {any} */ (a));\n/** five */ g();"


def test_every_script_is_told() -> None:
    told = set(re.findall(r"^const \$(\w+) = \(\(\)", f"{WHOLE}\n{file.SCRIPT}", re.MULTILINE))
    found = {each.relative_to(SCRIPTS).with_suffix("").as_posix() for each in SCRIPTS.rglob("*.js")}
    assert told == {name.replace("/", "_") for name in found - {"load"}}


def test_the_loader_names_the_script_and_nothing_is_left_to_fill_in() -> None:
    assert f'"{PATH}"' in LOADER
    assert "ADDRESS" not in LOADER
    assert "export default function" in LOADER


def test_what_pages_send_is_what_the_scripts_are_typed_for(sent: list[dict[str, Any]], tmp_path: Path) -> None:
    config = TrainConfig(net=NET, steps=9)
    runs = stream.Runs(("k",), "", (canvas.columns(rx.analyse(NET)),), (stream.FIRST,))
    now = Snapshot(key="k", config=config, state="running", records=steps(2))
    news = json.loads(stream._message(runs, (0,), (2,), [now]).split("data: ")[1])
    assert len(sent) == 7
    typed(tmp_path, {"(data.PageData | data.MainData)[]": sent, "data.News[]": news})


def test_the_joined_script_draws_what_the_modules_draw(sent: list[dict[str, Any]], tmp_path: Path) -> None:
    (tmp_path / "sent.json").write_text(json.dumps(sent))
    (tmp_path / "whole.mjs").write_text(WHOLE)
    drawn = json.loads(run("node", "drawn.js", SCRIPTS / "main.js", tmp_path / "whole.mjs", tmp_path / "sent.json"))
    assert len(drawn["modules"]) == len(sent)
    assert all("<svg" in each for each in drawn["modules"])
    assert drawn["joined"] == drawn["modules"]


def test_norms_arrive_as_they_were_sent() -> None:
    norms = [1e-45, 2.5e-30, 0.0, 1.0, 3.25, 1e9, 3.4e38, float("inf"), float("nan")]
    values = f"[...decode('{frames.packed([norms], range(len(norms)))}')]"
    exponents = node(f"{values}.map(exponent)", decode="series", exponent="series")
    finite = [i for i, each in enumerate(norms) if each and np.isfinite(each)]
    np.testing.assert_allclose([10 ** exponents[i] for i in finite], [norms[i] for i in finite], rtol=2e-3)
    words = ["1.0e-45", "2.5e-30", "0", "1.0e+0", "3.2e+0", "1.0e+9", "3.4e+38", "not finite", "not finite"]
    assert node(f"{values}.map((each) => said(each, 'not finite'))", decode="series", said="trace") == words


def test_a_number_has_the_same_words_in_python_and_in_the_browser() -> None:
    numbers = [0, 7, 999, 1000, 9994, 9996, 99_940, 99_960, 999_499, 999_500, 11_689_512, 4_089_184_256, 7 * 10**12]
    assert node(f"{numbers}.map(short)", short="words") == [conventions.short(number) for number in numbers]


def test_blocks_cost_in_the_browser_what_their_layers_cost() -> None:
    sizes = [(c, r, p) for c in (64, 192, 320, 1984, 2048) for r in (1, 3, 4, 7, 16) for p in (1, 56, 224)]
    views = [
        BottleneckView(channels=c, reduction=r, pixels=p, norm=n, projection=j)
        for at, (c, r, p) in enumerate(sizes)
        for n, j in (((False, False), (True, True)) if at % 2 else ((True, False), (False, True)))
    ]
    settings = [saving.setting(view) for view in views]
    counted = [json.loads(json.dumps(saving.costs(view))) for view in views]
    assert node(f"{json.dumps(settings)}.map(costs)", costs="blocks") == counted


def test_what_the_sliders_tell_is_the_setting_as_a_link_holds_it() -> None:
    view = BottleneckView(channels=320, reduction=7, pixels=9, norm=True, projection=True, field="inner", area="macs")
    for each in (view, BottleneckView()):
        told = node(f"told({json.dumps(saving.setting(each))})", told="blocks")
        values, problems = read(BottleneckView, dict(parse_qsl(told)))
        assert (BottleneckView(**values), problems) == (each, [])


def test_numbers_that_stand_in_both_languages_are_the_same() -> None:
    ours = [frames.ZERO, frames.BROKEN, frames.DECADE]
    assert node("[ZERO, BROKEN, DECADE]", ZERO="series", BROKEN="series", DECADE="series") == ours
    for slots in (10, 160):
        columns = {"plot": layout.PLOT, "slots": slots, "places": None, "items": [0] * slots}
        bar = f"bar(new Columns({json.dumps(columns)}), 0, {{ top: 0, values: [1], scale: 1 }}, 1).width"
        grid = layout.grid({"conv1": (0,), "conv2_x": (0,) * (slots - 1)})
        assert node(bar, bar="marks", Columns="columns") == pytest.approx(grid.slot - grid.gap)


def test_packages_of_node_are_pinned_and_their_lock_names_no_registry() -> None:
    wanted = json.loads((HERE / "package.json").read_text())["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    lock = json.loads((HERE / "package-lock.json").read_text())["packages"]
    assert not any("resolved" in package for package in lock.values())
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_a_link_of_the_bar_leaves_out_what_is_no_part_of_a_view() -> None:
    listed = re.search(r"const SHOWN = (\[.*\]);", (SCRIPTS / "bar.js").read_text(encoding="utf-8"))
    assert listed
    assert set(json.loads(listed[1])) == {name for name in FRAME if not name.startswith("embed")}  # those go along
