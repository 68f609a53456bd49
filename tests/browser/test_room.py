"""A room with a teacher and two students: guesses, runs that fill one plot, the reveal, and who follows."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_no_horizontal_scroll, settle
from tests.browser.conftest import Visit
from tests.browser.test_journeys import RUN_SECONDS, button

PART = {"timeout": 20_000}


def joined(visit: Visit, room: str, width: int = 390) -> Page:
    student = visit(room, width=width)
    expect(student.get_by_text("Your guess")).to_be_visible(**PART)
    return student


def test_a_class_guesses_runs_and_sees_one_plot(visit: Visit) -> None:
    teacher = visit("/gradients?g_net=demo_resnet18&steps=6&seed=77", height=720)
    teacher.get_by_text("Ask a class").click()
    button(teacher, "Open a room")
    expect(teacher).to_have_url(re.compile(r"/\?room=[A-Z]{4}$"), **PART)
    settle(teacher)
    assert_accessible(teacher)
    room = f"/?{urlsplit(teacher.url).query}"
    students = [joined(visit, room), joined(visit, room, 1280)]
    assert_no_horizontal_scroll(students[0])
    for number, student in enumerate(students):
        expect(student.get_by_text(f"Yours: seed {77 + number}.")).to_be_visible(**PART)
        expect(student.get_by_role("button", name="Run", exact=True)).to_be_disabled()
        student.get_by_text("The plain net", exact=True).click()
        button(student, "Run")
        expect(student.locator(".class_plot")).to_be_visible(**PART)
    for page in (teacher, *students):
        expect(page.get_by_text("2 of 2 pairs done.")).to_be_visible(timeout=1000 * RUN_SECONDS)
        expect(page.locator(".class_plot a")).to_have_count(4)
        expect(page.locator(".guesses")).to_have_count(0)
    button(teacher, "Reveal the guesses")
    expect(students[1].locator(".guesses dd").first).to_have_text("2", **PART)
    assert_accessible(students[0])

    link = teacher.locator(".class_plot a").first.get_attribute("href")
    assert link
    opened = visit(f"/{link}")
    expect(opened.get_by_text("step 6 of 6")).to_be_visible(**PART)  # a point leads to its run, which is there

    teacher.get_by_text("Let the class follow me").click()
    students[0].get_by_text("Follow the teacher").click(**PART)
    teacher.get_by_role("link", name="Why it works").first.click()
    expect(students[0]).to_have_url(re.compile("/why"), **PART)
