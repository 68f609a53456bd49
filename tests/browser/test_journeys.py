"""What visitors do, in a real browser: choose, open, run, stop, come back."""

import contextlib
import re

import psutil
import pytest
from playwright.sync_api import Error, Page, expect

from resnet_explorer.ui.parts import live
from tests.browser.checks import assert_nothing_jumped, build, settle
from tests.browser.conftest import Visit
from tests.serving import Server

RUN_SECONDS = 90


def pick(page: Page, label: str | re.Pattern[str], choice: str | re.Pattern[str]) -> None:
    """Pick from a list of the browser's own, or a select box; opened again if the page was still changing."""
    settle(page)
    box, exact = page.get_by_role("combobox", name=label).first, isinstance(choice, str)
    if box.evaluate("e => e.tagName") == "SELECT":
        box.select_option(box.locator("option", has_text=choice).first.get_attribute("value"))
        settle(page)
        return
    option = page.get_by_role("option", name=choice, exact=exact)
    for _ in range(5):
        box.click()
        with contextlib.suppress(Error):
            option.click(timeout=4000)
            break
        page.keyboard.press("Escape")
    else:
        pytest.fail(f"{choice} could not be picked from {label}")
    settle(page)


def chosen(page: Page, net: str) -> None:
    """Pick a named net in the sidebar."""
    pick(page, re.compile("Net$"), net)


def onward(page: Page, section: str, name: str) -> None:
    """To a page of a section of the bar."""
    page.get_by_test_id("stHeader").get_by_text(section, exact=True).click()
    page.get_by_role("menuitem", name=name, exact=True).click()


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_changing_the_net_changes_picture_numbers_and_address(visit: Visit) -> None:
    page = visit("/explore")
    expect(page.get_by_role("heading", name="ResNet-34", exact=True)).to_be_visible()
    chosen(page, "ResNet-18")
    expect(page.get_by_role("heading", name="ResNet-18", exact=True)).to_be_visible()
    expect(page.get_by_text("11.7 M").first).to_be_visible()
    expect(page).to_have_url(re.compile("net=resnet18"))
    button(page, "Undo")
    expect(page.get_by_role("heading", name="ResNet-34", exact=True)).to_be_visible()
    expect(page).not_to_have_url(re.compile("net="))


def test_a_choice_that_cannot_be_is_told_and_its_box_shows_what_is(visit: Visit) -> None:
    page = visit("/gradients")
    for _ in range(2):  # the second time the page sends what it had sent
        pick(page, "Normalisation", "GroupNorm")
        expect(page.get_by_text("Nothing was changed.")).to_be_visible()
        expect(page.get_by_role("combobox", name="Normalisation")).to_have_value("batch")


def test_the_back_button_brings_the_last_net_back(visit: Visit) -> None:
    page = visit("/?net=resnet50")
    page.goto(page.url.replace("resnet50", "resnet18"))
    settle(page)
    expect(page.get_by_role("heading", name="ResNet-18", exact=True)).to_be_visible()
    page.go_back()
    settle(page)
    expect(page.get_by_role("heading", name="ResNet-50", exact=True)).to_be_visible()


def test_a_choice_survives_the_way_to_another_page(visit: Visit) -> None:
    page = visit("/?net=resnet50")
    onward(page, "Architecture", "Block")
    settle(page)
    expect(page.get_by_role("heading", name="A block of ResNet-50")).to_be_visible()
    expect(page).to_have_url(re.compile("block.*net=resnet50"))


def test_a_click_on_the_axis_opens_the_block(visit: Visit) -> None:
    page = visit("/?net=resnet18")
    page.locator('rect[data-i="5"]').first.click()
    settle(page)
    expect(page).to_have_url(re.compile("at=layer2.0"))
    expect(page.get_by_role("button", name="Close", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Beside its plain counterpart")).to_be_visible()
    expect(page.get_by_role("button", name="Close", exact=True)).to_be_in_viewport(ratio=0.9)
    expect(page.locator("rect.opened")).to_have_count(1)
    button(page, "Close")
    expect(page.locator("rect.opened")).to_have_count(0)


def test_a_bad_link_gives_one_notice_and_the_defaults(visit: Visit) -> None:
    page = visit("/?net=%3Cscript%3Ealert(1)%3C/script%3E&image=0")
    expect(page.get_by_role("heading", name="ResNet-34", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stAlert")).to_have_count(1)


def test_the_real_net_confirms_the_counts(visit: Visit) -> None:
    page = visit("/?net=cifar_resnet20")
    button(page, "Build it and count again")
    expect(page.get_by_text("All counts agree.")).to_be_visible(timeout=1000 * RUN_SECONDS)


def test_the_blocks_are_timed(visit: Visit) -> None:
    page = visit("/bottleneck?channels=64&pixels=8")
    button(page, "Measure on this machine")
    expect(page.get_by_text("Measured on this installation")).to_be_visible(timeout=1000 * RUN_SECONDS)


def test_a_run_to_its_end_and_again_from_its_link(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet18&steps=12&seed=3")
    button(page, "Run")
    expect(page.get_by_text(re.compile("times the training loss|end alike|higher loss|ends with"))).to_be_visible(
        timeout=1000 * RUN_SECONDS
    )
    expect(page.locator(".rx-step")).to_have_text("step 12 of 12")
    expect(page).to_have_url(re.compile("run=[0-9a-f]{16}"))
    other = visit("/" + page.url.split("/", 3)[3])
    expect(other.locator(".rx-step")).to_have_text("step 12 of 12")
    slider = other.get_by_role("slider", name="Step of the run")
    slider.focus()
    slider.press("Home")
    expect(other.locator(".rx-step")).to_have_text("step 1 of 12")
    expect(other).to_have_url(re.compile("step=1$"))
    third = visit("/" + other.url.split("/", 3)[3])
    expect(third.locator(".rx-step")).to_have_text("step 1 of 12")
    third.get_by_role("slider", name="Step of the run").press("End")
    expect(third).not_to_have_url(re.compile("[?&]step="))
    expect(third.locator(".rx-step")).to_have_text("step 12 of 12")


def test_a_run_that_somebody_made_before_is_played_from_its_first_step(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet18&steps=20&seed=12")
    button(page, "Run")
    expect(page.get_by_text("▶ plays it again")).to_be_visible(timeout=1000 * RUN_SECONDS)
    other = visit("/gradients?g_net=demo_resnet18&steps=20&seed=12")
    other.emulate_media(reduced_motion="no-preference")
    expect(other.get_by_text("no step yet")).to_be_visible()
    button(other, "Run")
    expect(other.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(other.get_by_text("step 20 of 20")).to_be_visible(timeout=20_000)


def test_a_recorded_run_gives_way_to_one_of_now(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet18")
    step = page.locator(".rx-step")
    expect(page.get_by_text("This is a recorded run")).to_be_visible()
    expect(step).to_have_text("step 80 of 80")
    page.get_by_role("slider", name="Step of the run").press("Home")
    expect(page).to_have_url(re.compile("step=1$"))
    expect(visit("/" + page.url.split("/", 3)[3]).locator(".rx-step")).to_have_text("step 1 of 80")
    button(page, "Run")
    expect(page.get_by_text("This is a recorded run")).to_have_count(0)
    expect(page.get_by_text("▶ plays it again")).to_be_visible(timeout=1000 * RUN_SECONDS)
    expect(page.get_by_text("Measured here")).to_be_visible()
    expect(step).to_have_text("step 80 of 80")


def test_a_run_is_stopped_and_can_be_run_again(visit: Visit) -> None:
    page = visit("/gradients?steps=400&seed=4")
    button(page, "Run")
    expect(page.locator(".rx-step")).to_have_text(re.compile(r"step \d+"), timeout=1000 * RUN_SECONDS)
    button(page, "Stop")
    expect(page.get_by_role("button", name="Run again", exact=True)).to_be_enabled(timeout=1000 * RUN_SECONDS)


def test_a_run_goes_on_while_its_visitor_is_elsewhere(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet18&steps=40&seed=5")
    button(page, "Run")
    expect(page.locator(".rx-step")).to_have_text(re.compile(r"step \d+"), timeout=1000 * RUN_SECONDS)
    onward(page, "Architecture", "Explore")
    settle(page)
    onward(page, "Training", "Gradients")
    settle(page)
    expect(page.locator(".rx-step")).to_have_text("step 40 of 40", timeout=1000 * RUN_SECONDS)


def test_a_run_is_watched_through_one_stream(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet18&steps=60&seed=6")
    with page.expect_response(re.compile("runs/live")) as told:
        button(page, "Run")
    assert told.value.headers["content-type"].startswith("text/event-stream")
    step = page.locator(".rx-step")
    expect(step).to_have_text(re.compile(r"step [2-9]$|step \d\d$"), timeout=1000 * RUN_SECONDS)
    expect(page.locator(".rx-race-number")).to_have_text([re.compile(r"\d")] * 2)
    slider = page.get_by_role("slider", name="Step of the run")
    slider.focus()
    slider.press("Home")
    expect(step).to_have_text("step 1 of 60", timeout=1000 * RUN_SECONDS)
    page.locator(".st-key-ratios svg .rx-way.residual").first.wait_for()


def test_a_run_is_seen_where_the_stream_is_not_reached(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet18&steps=120&seed=7")
    page.route("**/runs/live*", lambda route: route.fulfill(status=204))
    button(page, "Run")
    sent = page.locator(".rx-step").filter(has_text=re.compile(r"^step \d+$"))  # beside the picture that heard nothing
    expect(sent).to_have_count(1, timeout=1000 * RUN_SECONDS)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_enabled()
    expect(page.locator(".rx-step")).to_have_count(1)  # the picture that heard nothing has gone
    expect(page.locator(".rx-step")).to_have_text("step 120 of 120", timeout=1000 * RUN_SECONDS)


def test_a_run_is_found_again_after_a_reload_and_whoever_stops_it_leaves_it_to_the_others(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet18&steps=400&seed=8")
    button(page, "Run")
    running = re.compile(r"^step \d+$")
    expect(page.locator(".rx-step")).to_have_text(running, timeout=1000 * RUN_SECONDS)
    expect(page).to_have_url(re.compile("run=[0-9a-f]{16}"))
    page.reload()
    expect(page.locator(".rx-step")).to_have_text(running, timeout=1000 * RUN_SECONDS)
    other = visit("/" + page.url.split("/", 3)[3])
    expect(other.locator(".rx-step")).to_have_text(running, timeout=1000 * RUN_SECONDS)
    for each in (other, page):  # the second one's Stop ends it, since nobody else watches
        expect(page.locator(".rx-step")).to_have_text(running)
        button(each, "Stop")
        expect(each.get_by_role("button", name="Run again", exact=True)).to_be_enabled(timeout=1000 * RUN_SECONDS)
        expect(each.locator(".rx-step")).to_have_text(re.compile(r"step \d+ of \d+$"))
        # the last step that both nets have made: one may have come further when they were stopped
        expect(each.locator(".rx-race-loss")).to_have_text(
            [re.compile("plain.*mean of"), re.compile("ResNet.*mean of")]
        )


def test_a_run_whose_workers_die_says_so_and_can_be_run_again(visit: Visit, server: Server) -> None:
    page = visit("/gradients?g_net=demo_resnet18&steps=400&seed=9")
    button(page, "Run")
    expect(page.locator(".rx-step")).to_have_text(re.compile(r"step \d+"), timeout=1000 * RUN_SECONDS)
    for process in psutil.Process(server.process.pid).children():
        if any("spawn_main" in part for part in process.cmdline()):
            process.kill()
    told = page.get_by_test_id("stAlert").filter(has_text="the worker process died")
    expect(told.first).to_be_visible(timeout=1000 * RUN_SECONDS)
    button(page, "Run again")
    expect(page.locator(".rx-step")).to_have_text(re.compile(r"^step \d+$"), timeout=1000 * RUN_SECONDS)
    button(page, "Stop")
    expect(page.get_by_role("button", name="Run again", exact=True)).to_be_enabled(timeout=1000 * RUN_SECONDS)


def test_a_link_to_a_run_that_is_not_kept_says_so(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet18&steps=7&seed=10")
    button(page, "Run")
    expect(page).to_have_url(re.compile("run=[0-9a-f]{16}"))
    run = page.url.partition("run=")[2][:16]
    expect(page.locator(".rx-step")).to_have_text("step 7 of 7", timeout=1000 * RUN_SECONDS)
    # The same link with another seed names a run that this server has never had.
    other = visit(f"/gradients?g_net=demo_resnet18&steps=7&seed=11&run={run}")
    expect(other.get_by_text(live.ELSE)).to_be_visible()
    expect(other.get_by_role("button", name="Run", exact=True)).to_be_enabled()
    expect(other.locator(".rx-step")).to_have_text("no step yet")


def test_steps_are_gone_through_one_by_one(visit: Visit) -> None:
    page = visit("/laboratory?experiment=degradation&guess=1", height=3000)
    step = page.locator(".rx-step")
    expect(step).to_have_text("step 240 of 240")
    button(page, "One step back")
    expect(step).to_have_text("step 239 of 240")
    page.keyboard.press("ArrowLeft")
    expect(step).to_have_text("step 238 of 240")
    button(page, "One step on")
    expect(step).to_have_text("step 239 of 240")
    page.get_by_role("slider", name="Step of the run").press("ArrowLeft")
    expect(step).to_have_text("step 238 of 240")


def test_pictures_are_drawn_where_their_script_is_not_reached(page: Page) -> None:
    page.route("**/canvas-*.js", lambda route: route.fulfill(content_type="text/javascript", body="throw Error('no')"))
    page.goto("/explore")
    settle(page)
    expect(page.locator('rect[data-i="5"]').first).to_be_visible()


def test_a_run_that_diverged_opens_where_there_is_something_to_see(visit: Visit) -> None:
    page = visit("/laboratory?experiment=explosion&guess=1", height=3000)
    step, line, note = page.locator(".rx-step"), page.locator(".norms .trace"), page.locator(".norms text.mid")
    expect(step).to_have_text("step 2 of 3")
    expect(line).to_have_attribute("d", re.compile("^M[^M]+L"))
    expect(note).to_have_text("")
    button(page, "One step on")
    expect(step).to_have_text("step 3 of 3")
    expect(note).to_have_text("not finite from step 3")
    assert "NaN" not in page.locator(".norms").inner_html()
    page.get_by_text("Weight norm", exact=True).click()
    expect(page.locator(".norms text.name")).to_have_text("weight norm")
    expect(step).to_have_text("step 3 of 3")


def test_a_run_that_diverges_says_so(visit: Visit) -> None:
    net = "g_blocks=9,9,9&g_width=8&g_stem=cifar&g_shortcut=A&g_norm=none&g_image=8&g_classes=10"
    page = visit(f"/gradients?{net}&steps=20")
    button(page, "Run")
    expect(page.get_by_test_id("stAlert").filter(has_text="ResNet-56")).to_be_visible(timeout=1000 * RUN_SECONDS)


def test_options_of_a_net_are_changed_one_after_the_other(visit: Visit) -> None:
    page = visit("/explore")
    build(page)
    for label, choice in (("Shortcut option", re.compile("^C:")), ("Stem", re.compile("^CIFAR"))):
        pick(page, label, choice)
        settle(page)
    expect(page).to_have_url(re.compile("shortcut=C.*stem=cifar|stem=cifar.*shortcut=C"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("option C")

    def cost() -> Page:
        page.goto("/cost")
        settle(page)
        return page

    assert_nothing_jumped(cost(), cost)  # as it would if the sidebar were open again


def test_a_built_net_stays_itself_when_it_is_run(visit: Visit) -> None:
    net = "g_blocks=1,1,1&g_width=8&g_stem=cifar&g_shortcut=A&g_norm=none&g_image=8&g_classes=10"
    page = visit(f"/gradients?{net}&steps=3&init=pytorch")
    button(page, "Run")
    expect(page.locator(".rx-step")).to_have_text("step 3 of 3", timeout=1000 * RUN_SECONDS)
    expect(page).to_have_url(re.compile("g_norm=none.*run="))


def test_a_link_of_the_story_leads_to_its_own_settings(visit: Visit) -> None:
    page = visit("/why?init=pytorch&g_net=demo_resnet18&steps=5")
    page.get_by_role("link", name="Train plain-34 against ResNet-34").click()
    settle(page)
    expect(page.get_by_text("plain-34 (demo)").first).to_be_visible()
    expect(page).not_to_have_url(re.compile("init=|g_net=|steps="))


def test_the_row_under_the_net_is_chosen_scrubbed_and_held(visit: Visit) -> None:
    page = visit("/laboratory?experiment=degradation&guess=3", height=3000)
    player = page.locator(".rx-player")
    expect(player).to_contain_text("step 240 of 240")
    name = page.locator(".norms text.name")
    expect(name).to_have_text("gradient norm")
    page.get_by_text("Weight norm", exact=True).click()
    expect(name).to_have_text("weight norm")
    expect(page).to_have_url(re.compile("lab_track=weight"))
    ticks = page.locator(".norms text.end")
    own = ticks.all_text_contents()
    page.get_by_role("slider", name="Step of the run").fill("0")
    expect(player).to_contain_text("step 1 of 240")
    hold = page.get_by_role("button", name="Fixed axis")
    before = ticks.all_text_contents()
    hold.click()
    expect(hold).to_have_attribute("aria-pressed", "true")
    held = ticks.all_text_contents()
    page.get_by_role("slider", name="Step of the run").fill("239")
    assert ticks.all_text_contents() == held  # one scale for all steps
    assert before != held or own != held


def test_a_profile_at_the_start_stands_on_the_layer_axis(visit: Visit) -> None:
    page = visit("/laboratory?experiment=at_start&guess=3", height=2000)
    expect(page.locator(".norms .trace.plain")).to_have_count(1)
    expect(page.locator(".norms .trace.residual")).to_have_count(1)
    expect(page.get_by_role("slider", name="Step of the run")).to_be_hidden()
