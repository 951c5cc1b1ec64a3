"""The hand-over's page in a browser: it fits every width and both papers, runs nothing, and hides no warning sign."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from assistant.clinic.case import Case
from assistant.clinic.handover.pages import as_html
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.clinic.handed import ARABIC, alarming, by_name, evil

pytestmark = pytest.mark.browser

Show = Callable[[Case], Page]
WIDE = "[document.documentElement.scrollWidth, innerWidth]"


@pytest.fixture
def case(knowledge: Knowledge, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("PSOAS_KNOWLEDGE", str(knowledge.path))
    return replace(alarming(knowledge, reader, tmp_path), known_as=ARABIC)


@pytest.fixture
def show(chromium: Browser, tmp_path: Path) -> Iterator[Show]:
    """Opens the page of a case as the file that a clinic would save; a dialogue or a request fails the test."""
    page = chromium.new_page()
    heard: list[str] = []
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on("request", lambda request: heard.append(request.url) if not request.url.startswith("file:") else None)

    def shown(case: Case) -> Page:
        path = tmp_path / "handover.html"
        path.write_bytes(as_html(case))
        page.goto(path.as_uri())
        return page

    yield shown
    page.close()
    assert heard == []


@pytest.mark.parametrize("width", [320, 600, 1200])
def test_nothing_stands_out_at_the_side_however_long_a_word_is(show: Show, case: Case, width: int) -> None:
    page = show(evil(case))
    page.set_viewport_size({"width": width, "height": 800})
    scrolls, inner = page.evaluate(WIDE)
    assert scrolls <= inner
    assert page.locator("script, iframe, img").count() == 0


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_usual_case_prints_on_one_sheet_without_colours(
    show: Show, case: Case, paper: str, knowledge: Knowledge, reader: Reader, tmp_path: Path
) -> None:
    (tmp_path / "plan").mkdir()
    for one in (case, by_name("hip-replacement-short-steps", knowledge, reader, tmp_path / "plan")):
        printed = show(one).pdf(format=paper, print_background=False)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_the_page_is_black_and_white(show: Show, case: Case) -> None:
    colours = show(case).evaluate(
        "[...document.querySelectorAll('*')].flatMap((e) => { const s = getComputedStyle(e);"
        " return [s.color, s.backgroundColor, s.borderTopColor]; })"
    )
    parts = [re.findall(r"\d+", colour)[:3] for colour in set(colours)]
    assert [rgb for rgb in parts if len(set(rgb)) != 1] == []


def test_warning_signs_are_on_the_first_screen_and_said_in_words(show: Show, case: Case) -> None:
    page = show(case)
    page.set_viewport_size({"width": 1000, "height": 800})
    box = page.locator("section.flags").bounding_box()
    assert box
    assert box["y"] + box["height"] < 400
    assert "numb between my legs" in page.locator("section.flags").inner_text()


def test_axe_finds_nothing(show: Show, case: Case) -> None:
    found = Axe().run(show(case)).response["violations"]
    assert [violation["id"] for violation in found] == []
