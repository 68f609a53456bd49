"""Scripts of widgets are here before the first page is drawn, and are then drawn at once."""

import asyncio
import gzip
import shutil
import subprocess
from pathlib import Path

import pytest

from resnet_explorer.ui.app import early, packed
from tests.ui.test_packed import answer

(OWN,) = early.FOLDER.glob(f"{early.HELPER}*.js")
WIDGET, LATER, OTHER = (next(early.FOLDER.glob(f"{name}.*.js")).name for name in ("Selectbox", "Slider", "Snow"))
ASKS = """
import "./document.js";
import { t as ask } from "./helper.js";
const told = [];
async function asking() {
  await new Promise((done) => setTimeout(done, 50));
  for (const asked of [async () => "unused", %s]) {
    ask(asked, [], import.meta.url).then((script) => told.push(script.default ?? script));
    told.push("asked");
  }
  await new Promise((done) => setTimeout(done, 50));
}
await asking();
%s
console.log(told.join(" "));
process.exit();
"""
DOCUMENT = """
const early = new URL("%s", import.meta.url).href;
globalThis.over = false;
globalThis.grey = true;
globalThis.document = {
  querySelectorAll: () => [{ href: early }],
  querySelector: (selector) => (selector.includes("stSkeleton") ? grey : over),
};
globalThis.setTimeout = ((wait) => (done, ms) => wait(done, Math.min(ms, 20)))(setTimeout);
"""
"""A page that has asked for one script early, and is whole when its run is over and no grey bar is left; its timers are
quick.
"""


def told(folder: Path, asked: str, then: str = "") -> str:
    """In which order pages are told of scripts: of one with another name first, and of this one."""
    (folder / "document.js").write_text(DOCUMENT % f"./{WIDGET}", encoding="utf-8")
    (folder / "helper.js").write_text(early.helper(OWN.read_text(encoding="utf-8")), encoding="utf-8")
    for name in (WIDGET, LATER, OTHER):
        (folder / name).write_text(f"export default {name.partition('.')[0]!r};", encoding="utf-8")
    (folder / "page.js").write_text(ASKS % (asked, then), encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    node = shutil.which("node")
    assert node
    done = subprocess.run([node, str(folder / "page.js")], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


def test_a_widget_is_given_at_once_and_all_else_later(tmp_path: Path) -> None:
    assert told(tmp_path, f"()=>import(`./{WIDGET}`)") == "asked Selectbox asked unused"


def test_what_other_pages_need_is_there_when_this_one_is_whole(tmp_path: Path) -> None:
    asked = f"()=>import(`./{LATER}`)"
    before = "asked asked unused Slider"
    for busy in ("", "over = true;", "grey = false;"):
        assert told(tmp_path, asked, f"{busy} await asking();") == f"{before} {before}"
    assert told(tmp_path, asked, "over = true; grey = false; await asking();") == f"{before} asked Slider asked unused"


@pytest.mark.parametrize("asked", [f"()=>import(`./{OTHER}`)", f"()=>import(`./{WIDGET}`).then(e=>e.default)"])
def test_what_is_no_widget_or_asked_for_in_another_way_comes_as_before(tmp_path: Path, asked: str) -> None:
    assert told(tmp_path, asked).startswith("asked asked unused")


def test_addresses_that_are_no_pages_are_put_together_once() -> None:
    assert early.links("of-somebody") is early.links("of-somebody-else")


def test_this_streamlit_asks_for_each_widget_so() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in early.FOLDER.glob("index.*.js"))
    for widget in (*early.EVERYWHERE, *early.WIDGETS):
        (name,) = early._named(widget)
        assert f"lazy)(()=>H(()=>import(`./{name}`)," in texts, widget


def test_the_helper_is_served_so_and_another_streamlit_has_its_own() -> None:
    _, body = answer(packed.Packed(_nothing), f"/static/js/{OWN.name}", accept_encoding="gzip")
    assert gzip.decompress(body["body"]).decode() == early.helper(OWN.read_text(encoding="utf-8"))
    assert early.helper("export default 1;") == "export default 1;"


async def _nothing(_scope: object, _receive: object, _send: object) -> None:
    await asyncio.sleep(0)
