"""A file of weights on Your net, in a real browser: its header is sent, and nothing else of it."""

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from benchmarks.identify import written
from tests.browser.checks import settle
from tests.browser.conftest import Visit

SHAPES = {"conv1.weight": (8, 3, 3, 3), "bn1.weight": (8,), "fc.bias": (10**8,)}
"""A file of 400 MB, nearly all of it a hole."""


@pytest.mark.parametrize("width", [390, 600, 640, 1280])
def test_the_place_for_a_file_has_its_room_before_it_is_there(visit: Visit, width: int) -> None:
    place = visit("/your_net", width=width).locator(".st-key-your_net-file")
    expect(place.get_by_text("Drop a .safetensors file")).to_be_visible()
    kept, taken = place.evaluate("e => [parseFloat(getComputedStyle(e).minHeight), e.getBoundingClientRect().height]")
    assert abs(kept - taken) < 1


def test_a_large_file_is_answered_by_its_header_alone(visit: Visit, tmp_path: Path) -> None:
    entries, end = {}, 0
    for name, shape in SHAPES.items():
        size = 4
        for side in shape:
            size *= side
        entries[name] = {"dtype": "F32", "shape": shape, "data_offsets": [end, end + size]}
        end += size
    header = json.dumps(entries).encode()
    place = tmp_path / "large.safetensors"
    place.write_bytes(len(header).to_bytes(8, "little") + header)
    os.truncate(place, 8 + len(header) + end)
    page = visit("/your_net")
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(len(frame))))
    page.reload()
    settle(page)
    page.locator("input[type=file]").set_input_files(place)
    expect(page.get_by_text("the first of 3 tensors")).to_be_visible()
    assert len(header) < max(sent) < 10_000
    page.locator("input[type=file]").set_input_files(
        {"name": "x.pth", "mimeType": "", "buffer": b"PK\x03\x04" + bytes(9)}
    )
    expect(page.get_by_text("what torch.save wrote")).to_be_visible()


def test_the_answer_is_printed_in_one_piece(visit: Visit, tmp_path: Path) -> None:
    page = visit("/your_net")
    page.locator("input[type=file]").set_input_files(written("resnet18", tmp_path))
    answer = page.get_by_role("heading", name="resnet18.safetensors is ResNet-18")
    expect(answer).to_be_visible()
    page.emulate_media(media="print")
    assert page.locator("h2").evaluate_all(BREAKS) == []
    title = page.get_by_role("heading", level=1)
    assert title.evaluate(BETWEEN, answer.element_handle()) < 150  # the place for a file leaves none on paper


BREAKS = """all => all.map(each => [each.textContent, each.closest('[data-testid=stElementContainer]')])
    .filter(([_, place]) => getComputedStyle(place).breakBefore === 'page').map(([words]) => words)"""
"""The headings before which a new page of paper begins."""
BETWEEN = "(title, other) => other.getBoundingClientRect().top - title.getBoundingClientRect().bottom"
