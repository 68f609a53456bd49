"""How a number is made: on hover and focus in running text, on a click in a data frame."""

import re

from playwright.sync_api import Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.checks import assert_accessible, assert_no_horizontal_scroll, turn
from tests.browser.conftest import Visit

HEAD, ROW = 35, 35
"""Pixels of the head of a frame and of its rows."""
SAYS = "(number) => getComputedStyle(number, '::after').content"


def click(page: Page, row: int) -> None:
    """Click into the first column of a frame, at the row that stands there; row -1 is its head."""
    frame, at = page.get_by_test_id("stDataFrame"), {"x": 30, "y": HEAD + row * ROW + ROW // 2}
    frame.hover(position=at)  # as a hand does, which does not appear where it clicks
    frame.click(position=at)


def right(page: Page, columns: int) -> None:
    """Go to another column with the arrow key."""
    for _ in range(columns):
        page.keyboard.press("ArrowRight")


def test_a_number_in_a_sentence_says_its_formula_when_it_is_pointed_at_or_reached(visit: Visit) -> None:
    page = visit("/compare?net=plain34&b_net=resnet50")
    number = page.locator(".derived", has_text="+18.2 %")
    number.hover()
    assert "(25,557,032 − 21,623,848) ÷ 21,623,848 = +18.19 %" in number.evaluate(SAYS)
    page.mouse.move(0, 0)
    assert number.evaluate(SAYS) == "none"
    number.focus()
    assert "= +18.19 %" in number.evaluate(SAYS)


def test_a_click_on_a_cell_says_its_formula_and_reruns_nothing_else(visit: Visit) -> None:
    page = visit("/?net=resnet50", height=1200)
    page.get_by_text("Every operation, to sort and to search").click()
    said = page.get_by_role("status").filter(has_text="MACs")
    expect(said).to_have_count(0)
    click(page, -1)  # sorts by the path
    expect(page.locator("[data-testid=stDataFrame] [role=gridcell]").first).to_have_text("avgpool")
    click(page, 2)
    right(page, 6)
    expect(said).to_have_text("conv1, MACs: 9,408 · 112 · 112 = 118,013,952")
    expect(page.locator("[data-testid=stDataFrame] [role=gridcell]").first).to_have_text("avgpool")
    page.keyboard.press("ArrowDown")
    expect(said).to_have_text(re.compile(r"^fc, MACs: 2,048 · 1,000 = 2,048,000"))
    page.keyboard.press("Escape")
    expect(said).to_have_count(0)


def test_a_click_on_a_cell_runs_its_part_of_the_page_alone(visit: Visit) -> None:
    page = visit("/catalogue", height=1200)
    runs: list[str] = []

    def heard(payload: str | bytes) -> None:
        message = ForwardMsg.FromString(payload) if isinstance(payload, bytes) else ForwardMsg()
        if message.HasField("script_finished"):
            runs.append(ForwardMsg.ScriptFinishedStatus.Name(message.script_finished))

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", heard)

    page.on("websocket", listen)
    page.reload()
    page.get_by_test_id("stDataFrame").wait_for()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_load_state("networkidle")
    assert runs == ["FINISHED_SUCCESSFULLY"] * 2  # the page as a whole, and once more with its table
    click(page, 0)
    while len(runs) < 3:  # or the arrow key would overtake the run of this click
        page.wait_for_timeout(50)
    right(page, 1)
    expect(page.get_by_role("status").filter(has_text="ResNet-18")).to_contain_text("= 11,689,512")
    assert set(runs[2:]) == {"FINISHED_FRAGMENT_RUN_SUCCESSFULLY"}


def test_what_a_cell_says_fits_a_phone(visit: Visit) -> None:
    page = visit("/catalogue", width=390, height=1600)
    said = page.get_by_role("status").filter(has_text="ResNet-50")
    click(page, 2)
    right(page, 1)
    expect(said).to_contain_text("= 25,557,032")
    assert_accessible(page)
    turn(page, "dark")
    expect(said).to_contain_text("= 25,557,032")
    assert_accessible(page)
    assert_no_horizontal_scroll(page)
