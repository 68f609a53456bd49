"""What holds for every page, opened by its link in a browser that has never seen the app."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from resnet_explorer.experiments import EXPERIMENTS
from resnet_explorer.ui.view.navigation import PAGES as REGISTERED
from tests.browser.checks import (
    assert_accessible,
    assert_accessible_in_any_light_and_on_a_phone,
    assert_no_horizontal_scroll,
    assert_nothing_jumped,
    assert_reachable,
    assert_titled,
    assert_without_torch,
    build,
    settle,
)
from tests.browser.conftest import Visit
from tests.serving import Server

PAGES = tuple("/" if index == 0 else f"/{name}" for index, name in enumerate(REGISTERED.names))


@pytest.mark.parametrize("path", PAGES)
def test_a_cold_link_opens_an_accessible_page_in_any_light_and_on_a_phone(
    visit: Visit, server: Server, path: str
) -> None:
    page = visit(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stHeader")).to_be_visible()  # the frame is there, not the page's script alone
    title = REGISTERED[path[1:] or "start"].title
    expect(page).to_have_title(title if path == "/" else f"{title} · ResNet Explorer")
    assert_nothing_jumped(page, lambda: visit(path))
    assert_reachable(page)
    assert_accessible_in_any_light_and_on_a_phone(page)
    assert_accessible(page)  # on the phone as well, where tables scroll
    assert_without_torch(server)


def test_styles_of_the_page_and_of_its_pictures_are_apart(visit: Visit) -> None:
    page = visit("/why")
    apart = page.locator(".rx-root").evaluate_all("all => all.map(e => e.getRootNode() instanceof ShadowRoot)")
    assert len(apart) > 3
    assert all(apart)
    assert page.evaluate("document.adoptedStyleSheets.length") == 0


@pytest.mark.parametrize("path", ["/", "/why"])
def test_on_a_phone_too_few_stops_of_the_tab_key_lead_through_a_page(visit: Visit, path: str) -> None:
    assert_reachable(visit(path, width=390))


GREY = """window.grey = [];
new MutationObserver(() => grey.push(...document.querySelectorAll("[data-testid=stSkeleton]")))
    .observe(document, {childList: true, subtree: true});"""
"""Keeps every grey bar that stands where something is still to come."""


@pytest.mark.parametrize("path", ["/block", "/ledger", "/progression"])
def test_texts_and_widgets_are_drawn_at_once(visit: Visit, path: str) -> None:
    page = visit("/laboratory")
    page.add_init_script(GREY)
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settle(page)
    assert page.evaluate("grey.length") == 0


@pytest.mark.parametrize(
    ("path", "left", "kept"),
    [
        ("/bottleneck?pixels=9", {"Measured: the time it takes"}, "The arithmetic"),
        ("/cost?timed=3", {"Measured: the time it takes"}, "Computing or moving"),
        ("/ledger?net=resnet26", {"The real net", "Which net has this number?"}, "Parameters"),
    ],
)
def test_what_was_not_measured_is_not_printed(visit: Visit, path: str, left: set[str], kept: str) -> None:
    page = visit(path)
    page.emulate_media(media="print")
    headings = page.get_by_test_id("stMain").get_by_role("heading", level=2)
    seen = {each.inner_text() for each in headings.all() if each.is_visible()}
    assert not seen & left
    assert kept in seen


@pytest.mark.parametrize(
    "path",
    [
        "/explore",
        "/catalogue",
        "/gradients",
        "/laboratory?experiment=landscape&guess=1",
        "/laboratory?experiment=slope",
    ],
)
def test_what_can_be_done_on_a_screen_alone_is_not_printed(visit: Visit, path: str) -> None:
    page = visit(path)
    page.emulate_media(media="print")
    for words in (r"\b[Pp]ress\b", r"\b[Cc]lick\b", r"jobs, about", "▶", "drag, click"):
        assert page.get_by_text(re.compile(words)).filter(visible=True).all_inner_texts() == [], words
    assert page.locator(".gl-container canvas").filter(visible=True).count() == 0  # WebGL, which is blank on paper


@pytest.mark.parametrize("width", [390, 1920])
def test_paper_holds_what_is_wider_or_narrower_in_the_window(visit: Visit, width: int) -> None:
    page = visit("/gradients", width=width)
    expect(page.locator(".st-key-ratios svg .rx-way.residual").first).to_be_visible()
    page.evaluate(PRINTED)
    pages = page.pdf()
    assert pages.count(b"/Type /Page\n") == 2  # none is blank at the end
    race, chart = page.evaluate("printed")
    for room, drawn in (race, chart):
        assert room == pytest.approx(drawn, abs=2)
    assert chart[0] == 1120


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    ("path", "sheets"),
    [
        ("/compare", 4),
        ("/laboratory?experiment=degradation&guess=1", 4),
        ("/laboratory?experiment=landscape&guess=1", 3),
        ("/cost", 3),
        ("/gradients", 2),
        ("/block", 2),
    ],
)
def test_a_figure_is_printed_on_one_page_with_its_words(visit: Visit, path: str, sheets: int, width: int) -> None:
    page = visit(path, width=width)
    page.wait_for_timeout(1000)  # charts come after the page's script has ended
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == sheets


@pytest.mark.parametrize("width", [390, 1280])
def test_a_chapter_with_a_table_begins_a_page_where_it_does_not_fit_on_the_last(visit: Visit, width: int) -> None:
    page = visit("/why", width=width)
    page.wait_for_timeout(1000)
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 7


@pytest.mark.parametrize("path", ["/catalogue?print=blanks", "/cost"])
def test_no_page_of_paper_ends_between_a_title_and_its_main_figure(visit: Visit, path: str) -> None:
    page = visit(path)
    page.emulate_media(media="print")
    begins = "all => all.map(each => getComputedStyle(each).breakBefore)"
    around = page.locator(":has(> .st-key-main_figure), .st-key-main_figure [data-testid=stElementContainer]")
    assert set(around.evaluate_all(begins)) == {"avoid"}


@pytest.mark.parametrize("path", ["/ledger", "/ledger?hide=answer"])
def test_paper_leaves_out_the_heading_of_what_was_not_measured_and_nothing_else(visit: Visit, path: str) -> None:
    page = visit(path)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="A step of training")).to_be_visible()  # in what stands before such a part
    expect(page.get_by_role("heading", name="The real net")).to_be_hidden()


def test_a_page_of_paper_begins_with_a_part_but_not_with_what_a_figure_means_nor_with_a_table(visit: Visit) -> None:
    page = visit("/ledger")
    page.emulate_media(media="print")
    begins = "each => getComputedStyle(each).breakBefore"
    meaning = page.get_by_test_id("stElementContainer").filter(has_text="ways to count")
    assert meaning.filter(has_text="Line by line").evaluate(begins) == "avoid"  # though it has parts as well
    parts = meaning.locator("[data-testid=stMarkdownContainer] > *")
    heads, tables = parts.filter(has=page.locator("h2")), meaning.locator("p:has(+ table), table, table + p")
    assert [heads.count(), tables.count()] == [3, 8]
    assert {each.evaluate(begins) for each in heads.all()} == {"auto"}
    assert {each.evaluate(begins) for each in tables.all()} == {"avoid"}


def test_paper_has_every_column_of_a_table_that_is_a_picture_also_from_a_phone(visit: Visit) -> None:
    page = visit("/catalogue", width=390)
    table = page.get_by_test_id("stDataFrame").locator("canvas").first
    expect(table).to_have_css("width", "1118px")  # all that it has in a window of 1280 pixels
    assert_no_horizontal_scroll(page)


def test_words_in_a_table_are_read_on_a_phone_and_no_name_in_it_is_broken(visit: Visit) -> None:
    page = visit("/explore", width=390)
    made_of = page.get_by_role("row", name="conv2_x").get_by_role("cell").nth(2)
    assert made_of.evaluate("each => each.clientWidth") >= 230
    assert_no_horizontal_scroll(page)
    page = visit("/progression", width=390)
    names = page.get_by_role("cell", name=re.compile(r"ResNet-34, option"))
    assert names.count() == 2
    assert {each.evaluate(LINES) for each in names.all()} == {1}


def test_a_link_to_another_page_is_not_broken_where_it_fits_in_a_line(visit: Visit) -> None:
    page = visit("/why", width=390)
    links = page.get_by_test_id("stMarkdownContainer").get_by_role("link").filter(has_text="→")
    assert links.count() > 10
    assert {each.evaluate(LINES) for each in links.all()} == {1}


def test_on_a_phone_the_names_of_published_errors_run_over_no_axis(visit: Visit) -> None:
    page = visit("/why", width=390)
    chart = page.locator(".st-key-degradation svg")
    expect(chart.locator("text.residual").first).to_be_visible()
    box = "all => all.map(each => each.getBoundingClientRect()).map(each => [each.left, each.right])"
    left = min(start for start, _ in chart.locator("path.rule").evaluate_all(box))
    names = chart.locator("text:is(.residual, .plain)").evaluate_all(box)
    assert len(names) == 4
    assert all(left <= start and end <= 390 for start, end in names)


def test_in_the_narrowest_window_the_words_of_the_front_door_are_whole(visit: Visit) -> None:
    page = visit("/", width=320)
    ends = page.locator(f"{MAIN} svg text").evaluate_all("all => all.map(each => each.getBoundingClientRect().right)")
    assert 0 < max(ends) <= 320


def test_in_the_narrowest_window_no_tool_lies_over_the_button_of_the_sidebar(visit: Visit) -> None:
    page = visit("/explore", width=320)
    sidebar, first = page.get_by_test_id("stExpandSidebarButton"), page.get_by_role("button", name="Pin this net")
    boxes = [each.bounding_box() for each in (sidebar, first)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]


LINES = """each => {
    const range = document.createRange();
    range.selectNodeContents(each);
    return new Set([...range.getClientRects()].map(line => Math.round(line.bottom / 10))).size;
}"""
"""In how many lines the words of an element stand."""


LETTERS = f"""all => Math.max(0, ...all.map(each => each.textContent.length / (({LINES})(each) || Infinity)))"""
"""How many letters stand in a line of the elements, where it has most: none in what is not shown."""


@pytest.mark.parametrize("width", [1280, 1920])
@pytest.mark.parametrize("path", ["/why", "/explore", "/block", "/gradients"])
def test_a_line_of_words_is_short_enough_to_find_the_next_one(visit: Visit, path: str, width: int) -> None:
    main = visit(path, width=width).get_by_test_id("stMain")
    words = main.locator(":is([data-testid=stMarkdownContainer], [data-testid=stCaptionContainer]) > p")
    below, lead = words.and_(main.locator(":not(div:has(> h1) + p)")), words.and_(main.locator("div:has(> h1) + p"))
    assert 0 < below.evaluate_all(LETTERS) <= 115
    assert all(each.evaluate("each => each.getBoundingClientRect().width") <= 1120 for each in lead.all())
    fields = main.locator(":is(.rx-pick, [data-testid=stNumberInput])")
    assert fields.evaluate_all("all => Math.max(0, ...all.map(each => each.getBoundingClientRect().width))") <= 480


def test_the_contours_of_a_plane_are_drawn_in_a_square(visit: Visit) -> None:
    page = visit("/laboratory?experiment=landscape&guess=1", width=1920)
    plane = page.locator('[class*="-contours-"] .js-plotly-plot .bglayer rect, [class*="-contours-"] .nsewdrag').first
    expect(plane).to_be_attached()
    box = plane.bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(box["height"], abs=2)


@pytest.mark.parametrize("path", ["/", "/explore"])
def test_buttons_of_the_link_have_no_edge_beside_others_without(visit: Visit, path: str) -> None:
    expect(visit(path).get_by_role("button", name="Copy link")).to_have_css("border-color", "rgba(0, 0, 0, 0)")


def test_on_a_phone_what_can_be_done_at_the_front_door_stands_at_one_edge(visit: Visit) -> None:
    page = visit("/", width=390)
    table, presents = (page.get_by_role("button", name=name) for name in ("Table", "Present"))
    lefts = [each.evaluate("each => each.getBoundingClientRect().left") for each in (table, presents)]
    assert lefts[0] == pytest.approx(lefts[1], abs=8)


def test_both_nets_that_are_compared_are_seen_at_once_with_their_numbers(visit: Visit) -> None:
    page = visit("/compare?net=resnet50&b_net=resnet152", height=720)
    names = page.locator(".st-key-versus .rx-title")
    expect(names).to_have_text([re.compile("^A: ResNet-50.*50.*25.6 M.*4.09 G"), re.compile("^B: ResNet-152.*60.2 M")])
    box = page.locator(".st-key-versus .rx-axis").nth(1).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 720


def test_a_dark_chart_and_the_answer_are_printed_in_ink_and_with_blanks_no_answer_is(visit: Visit) -> None:
    page = visit("/laboratory?experiment=degradation&guess=1", scheme="dark")
    page.emulate_media(media="print")
    lines = page.locator(".js-plotly-plot .scatterlayer path.js-line")
    expect(lines.first).to_be_visible()
    strokes = lines.evaluate_all("all => all.map(each => getComputedStyle(each).stroke)")
    assert set(strokes) == {"rgb(0, 114, 178)", "rgb(213, 94, 0)"}
    answer = page.get_by_text("The answer is")
    expect(answer).to_be_visible()
    expect(answer).to_have_css("color", "rgb(27, 29, 33)")
    page = visit("/laboratory?experiment=degradation&guess=1&print=blanks")
    page.emulate_media(media="print")
    expect(page.get_by_text("The answer is")).to_be_hidden()


def test_a_chart_of_nets_is_there_without_plotly_gone_through_by_keys_and_printed_as_by_day(visit: Visit) -> None:
    page = visit("/catalogue", scheme="dark")
    assert page.locator(".js-plotly-plot").count() == 0
    line, plain = (page.locator(f"{MAIN} .rx-way.{kind}").first for kind in ("residual", "plain"))
    expect(line).to_have_css("stroke", "rgb(86, 180, 233)")
    expect(plain).to_have_css("stroke", "rgb(232, 128, 58)")
    page.locator(f"{MAIN} .rx-scroll").press("ArrowRight")
    expect(page.locator(f"{MAIN} .rx-tip")).to_contain_text("ResNet-18")
    expect(page.locator(f"{MAIN} .frame")).to_be_visible()
    page.emulate_media(media="print")
    expect(line).to_have_css("stroke", "rgb(0, 114, 178)")
    expect(plain).to_have_css("stroke", "rgb(213, 94, 0)")
    for mark in (".rx-tip", ".frame"):  # what is pointed at is of the screen alone
        expect(page.locator(f"{MAIN} {mark}")).to_be_hidden()
    expect(page.locator(f"{MAIN} .rx-scroll")).to_have_css("outline-style", "none")


def test_words_and_lines_of_a_chart_below_have_colours_for_night_and_on_paper_those_of_the_day(visit: Visit) -> None:
    page = visit("/gradients", scheme="dark")
    chart = page.locator(".st-key-ratios")
    name, pale = chart.locator("svg text.plain").first, chart.locator("svg .rx-way.plain").first
    expect(name).to_have_css("fill", "rgb(232, 128, 58)")
    expect(pale).to_have_css("stroke", "rgb(232, 128, 58)")
    chart.locator(".rx-scroll").press("Home")
    expect(chart.locator(".rx-tip")).to_contain_text(
        re.compile(r"step: 1\D.*plain-34 \(demo\): [\d.]+ ÷ [\d.]+ = \d+", re.DOTALL)
    )
    page.emulate_media(media="print")
    expect(name).to_have_css("fill", "rgb(174, 76, 0)")
    expect(pale).to_have_css("stroke", "rgb(213, 94, 0)")


def test_with_blanks_no_number_that_is_to_be_worked_out_is_seen(visit: Visit) -> None:
    page = visit("/progression?print=blanks", scheme="dark")
    page.emulate_media(media="print")
    cells = page.locator('td[style*="right"] :is(strong, span)')
    assert cells.count() > 5
    assert set(cells.evaluate_all("all => all.map(each => getComputedStyle(each).color)")) == {"rgba(0, 0, 0, 0)"}
    for hidden in ("", "&hide=find"):  # a field may stand between that table and its heading
        page = visit(f"/catalogue?print=blanks{hidden}")
        page.get_by_test_id("stDataFrame").wait_for()
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", name="Every net")).to_be_hidden()  # its table is left out
        expect(page.get_by_role("heading", name="All nets")).to_be_visible()


PRINTED = """() => matchMedia('print').addEventListener('change', ({ matches }) => {
    const shadows = [document, ...[...document.querySelectorAll('*')].map(each => each.shadowRoot).filter(Boolean)];
    const found = name => shadows.map(each => each.querySelector(name)).find(Boolean);
    if (matches) window.printed = ['.rx-race-body', '.rx-chart .rx-scroll'].map(found)
        .map(each => [each.clientWidth, Number(each.querySelector('svg').getAttribute('width'))]);
})"""
"""Keeps how wide the first drawing of each kind and its room are while the page is printed."""


@pytest.mark.parametrize("path", ["/block", "/block?net=resnet50", "/progression"])
def test_drawings_that_are_higher_on_a_phone_have_their_room_there_too(visit: Visit, path: str) -> None:
    def again() -> Page:
        return visit(path, width=390, height=2000)

    assert_nothing_jumped(again(), again)


@pytest.mark.parametrize("width", [390, 600, 1280])
def test_the_axis_of_the_story_has_its_room_before_it_is_there(visit: Visit, width: int) -> None:
    page = visit("/why", width=width)
    kept, taken = page.locator(".st-key-story").evaluate(
        "e => [parseFloat(getComputedStyle(e).minHeight), e.clientHeight]"
    )
    assert kept == pytest.approx(taken, abs=2)


def test_the_first_page_is_found_by_its_name_and_writes_nothing(visit: Visit) -> None:
    page = visit("/start")
    expect(page.get_by_role("heading", level=1)).to_have_text("Why can a network be 152 layers deep?")
    assert page.url.endswith("/")


def test_a_link_without_a_page_is_one_of_explore(visit: Visit) -> None:
    page = visit("/why")
    page.goto("/?net=resnet50")
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("ResNet-50")
    assert page.url.endswith("/explore?net=resnet50")
    page.get_by_role("link", name="ResNet Explorer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Why can"))
    assert page.url.endswith("/")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("ResNet-50")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why it works")


MAIN = "[data-main-figure]"
SMALLEST = """main => Math.min(...[...main.querySelectorAll('*')]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
    .filter(e => e.getBoundingClientRect().width > 2)
    .map(e => { const m = e.getScreenCTM?.(); return parseFloat(getComputedStyle(e).fontSize)
        * (m ? Math.hypot(m.a, m.b) : 1) }))"""

DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Resolves when what hears of a new size has been drawn."""


def test_the_front_door_is_whole_in_a_small_window(visit: Visit) -> None:
    page = visit("/", height=720)
    area = page.get_by_test_id("stMain")
    assert area.evaluate("e => e.scrollHeight <= e.clientHeight")
    expect(page.locator(MAIN).get_by_role("button", name="Play again")).to_be_in_viewport(ratio=1)
    switch = page.get_by_role("switch", name="shortcuts on")
    assert page.locator(f"{MAIN} path.arc").count() == 16
    switch.click()
    expect(page.get_by_role("switch", name="shortcuts off")).to_be_visible()
    assert page.locator(f"{MAIN} path.arc").count() == 0


PRESENTED = [f"/{'' if each.name == 'start' else each.name}" for each in REGISTERED if each.presents]


@pytest.mark.parametrize("path", PRESENTED)
def test_a_presented_figure_fills_the_window_in_large_type(visit: Visit, path: str) -> None:
    page = visit(f"{path}?present=1", height=720)
    for width, height, least in ((1280, 720, 20), (1920, 1080, 28)):
        page.set_viewport_size({"width": width, "height": height})  # as a projector does that is plugged in
        page.evaluate(DRAWN)
        settle(page)
        box = page.locator(MAIN).bounding_box()
        assert box
        assert box["width"] > 0.9 * width
        assert 0.75 * height < box["height"] <= height - box["y"]
        assert page.locator(MAIN).evaluate(SMALLEST) >= least
        assert_titled(page, 1.3 * least)
        assert page.get_by_test_id("stMain").evaluate("e => getComputedStyle(e).overflow") == "hidden"
        assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stHeader")).to_be_visible()
    assert page.url.endswith(path)


@pytest.mark.parametrize("path", PRESENTED)
def test_on_a_phone_a_presented_figure_is_read_as_on_the_page(visit: Visit, path: str) -> None:
    page = visit(f"{path}?present=1", width=390, height=844)
    assert page.locator(MAIN).evaluate(SMALLEST) >= 10
    assert_titled(page, 15, whole=False)
    place = page.locator(".st-key-main_figure")
    assert place.evaluate("e => e.scrollWidth <= e.clientWidth && getComputedStyle(e).overflowY") == "auto"
    assert_accessible(page)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_a_page_that_presents_no_figure_says_why_in_its_place(visit: Visit, width: int, height: int) -> None:
    page = visit("/block?net=vgg16&present=1", width=width, height=height)
    expect(page.get_by_role("heading", name="A block of VGG-16")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("VGG-16 has no blocks")
    expect(page.get_by_role("alert")).to_be_in_viewport(ratio=1)
    assert_accessible(page)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_every_chapter_of_the_presented_story_can_be_gone_to(visit: Visit, width: int, height: int) -> None:
    page = visit("/why?present=1", width=width, height=height)
    chapters = page.locator(".rx-chapter")
    expect(chapters).to_have_count(8)
    for chapter in chapters.all():
        assert chapter.evaluate("e => e.scrollWidth <= e.clientWidth")
        expect(chapter).to_be_in_viewport(ratio=1)
    chapters.last.click()
    expect(chapters.last).to_have_attribute("aria-current", "true")


def test_the_weights_as_area_are_seen_whole_and_a_drag_runs_the_page_once(visit: Visit) -> None:
    page = visit("/bottleneck", height=720)
    figure = page.locator("[data-main-figure]").bounding_box()
    assert figure
    assert figure["y"] + figure["height"] <= 720
    slider = page.get_by_role("slider", name="Reduction")
    box = slider.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 20, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, y, steps=8)
    factor = page.locator(".rx-area-factor")
    expect(factor).to_have_text("112.39×")
    assert "reduction" not in page.url
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"\?reduction=16$"))
    expect(page.get_by_text("112.39 times", exact=True)).to_be_visible()
    expect(factor).to_have_text("112.39×")


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_a_recorded_experiment_is_accessible_on_a_phone(visit: Visit, name: str) -> None:
    page = visit(f"/laboratory?experiment={name}&guess=1", scheme="dark", width=390, height=844)
    expect(page.get_by_text("All numbers, configs and files")).to_be_visible()
    assert_reachable(page)
    assert_accessible(page)
    assert_no_horizontal_scroll(page)


EDGES = """() => {
    const paint = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const clear = ([, , , alpha = 1]) => alpha === 0;
    const light = colour => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
        const part = colour[i] / 255;
        return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0);
    const over = ([r, g, b, alpha = 1], ground) => [r, g, b].map((each, i) => alpha * each + (1 - alpha) * ground[i]);
    const ground = e => {
        const own = paint(getComputedStyle(e).backgroundColor);
        return clear(own) ? ground(e.parentElement) : own;
    };
    const parts = {
        stSelectbox: ["[role=group]", "borderTopColor"],
        stNumberInput: ["[data-testid=stNumberInputContainer]", "borderTopColor"],
        stTextInput: ["[data-testid=stTextInputRootElement]", "borderTopColor"],
        stCheckbox: ["label > span + div", "backgroundColor"],
    };
    const told = (name, e, part, which) => {
        const below = ground(e);
        const colour = over(paint(getComputedStyle(part)[which]), below);
        const [low, high] = [light(colour), light(below)].sort((a, b) => a - b);
        return [name, e.textContent.slice(0, 40), (high + 0.05) / (low + 0.05)];
    };
    const picks = [...document.querySelectorAll("[class*=st-key-pick_] *")].flatMap(e =>
        [...(e.shadowRoot?.querySelectorAll("select") ?? [])].map(box => told("pick", e, box, "borderTopColor")));
    return [...picks, ...Object.entries(parts).flatMap(([name, [part, which]]) =>
        [...document.querySelectorAll(`[data-testid=${name}]`)].filter(e => e.checkVisibility())
            .map(e => told(name, e, e.querySelector(part), which)))];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_and_switches_are_told_from_what_they_stand_on(visit: Visit, scheme: Literal["light", "dark"]) -> None:
    page = visit("/explore", scheme=scheme)
    build(page)
    expect(page.get_by_test_id("stSidebar").get_by_test_id("stCheckbox").last).to_be_visible()
    found = page.evaluate(EDGES)
    assert {name for name, _, _ in found} == {"pick", "stSelectbox", "stNumberInput", "stTextInput", "stCheckbox"}
    assert not [each for each in found if each[2] < 3]
