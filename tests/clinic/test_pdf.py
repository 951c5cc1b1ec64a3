"""The hand-over as a PDF: one sheet where it fits, numbered sheets where not, every name printed, the same bytes each time."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.clinic.case import Case
from assistant.clinic.handover.fonts import OTHERS, fonts_for
from assistant.clinic.handover.pdf import PAPER, as_pdf, print_on
from assistant.errors import InputError
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.clinic.handed import ARABIC, alarming, by_name, evil

SIZES = {"a4": (595, 842), "letter": (612, 792)}


@pytest.fixture
def alarm(knowledge: Knowledge, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("PSOAS_KNOWLEDGE", str(knowledge.path))
    monkeypatch.setenv(OTHERS, str(tmp_path))
    return alarming(knowledge, reader, tmp_path)


def pages(written: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", written))


def drawn(written: bytes) -> list[tuple[float, float]]:
    """Where text begins on the sheets, in points."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", written, re.DOTALL)
    texts = [zlib.decompress(s) for s in streams if s[:1] == b"\x78"]
    places = re.findall(rb"([\d.-]+) ([\d.-]+) Td", b"\n".join(t for t in texts if b" Td" in t))
    return [(float(x), float(y)) for x, y in places]


@pytest.mark.parametrize("paper", sorted(SIZES))
def test_a_usual_case_fits_on_one_sheet_of_the_paper(alarm: Case, paper: str) -> None:
    written = print_on(alarm, paper)
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", written)
    assert box
    assert pages(written) == 1
    assert (int(float(box[1])), int(float(box[2]) + 0.5)) == (SIZES[paper][0], SIZES[paper][1])


def test_a_conversation_to_its_plan_fits_on_one_sheet(
    alarm: Case, knowledge: Knowledge, reader: Reader, tmp_path: Path
) -> None:
    (tmp_path / "plan").mkdir()
    case = by_name("hip-replacement-short-steps", knowledge, reader, tmp_path / "plan")
    assert [pages(print_on(case, paper)) for paper in SIZES] == [1, 1]


@pytest.mark.parametrize(
    "name",
    ["jolt-at-60-spine-pain", "every-fault-but-extension", "unsure-whether-it-was-cancer", "shuffling-weak-push-off"],
)
def test_the_fullest_cases_fit_on_one_sheet_with_a_note(
    name: str, alarm: Case, knowledge: Knowledge, reader: Reader, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    case = replace(by_name(name, knowledge, reader, tmp_path / "full"), note="Seen before for the other side. " * 3)
    assert [pages(print_on(case, paper)) for paper in SIZES] == [1, 1]


@pytest.mark.parametrize("paper", sorted(SIZES))
def test_what_is_too_much_goes_on_and_stays_within_the_paper(alarm: Case, paper: str) -> None:
    written = print_on(evil(alarm), paper)
    assert pages(written) > 1
    wide, high = SIZES[paper]
    assert [(x, y) for x, y in drawn(written) if not (0 < x < wide and 0 < y < high)] == []


def test_the_same_case_gives_the_same_bytes(alarm: Case) -> None:
    assert as_pdf(alarm) == as_pdf(alarm)


@pytest.mark.parametrize("name", [ARABIC, "שלום כהן", "Ελένη Щедрин Nguyễn Łódź", "😀", "e\u0301\u200d\ufe0f"])
def test_a_name_in_any_of_these_writings_is_printed(alarm: Case, name: str) -> None:
    assert fonts_for([name]).unshown <= set("\u200d\ufe0f")
    assert as_pdf(replace(alarm, known_as=name)) != as_pdf(replace(alarm, known_as="x"))


def test_a_sign_that_no_font_has_is_shown_as_its_number(alarm: Case) -> None:
    assert fonts_for(["漢字"]).shown("漢x") == "[U+6F22]x"
    assert pages(as_pdf(replace(alarm, known_as="漢字" * 40))) >= 1


def test_letters_take_their_own_forms(alarm: Case) -> None:
    whole, apart = (as_pdf(replace(alarm, known_as=name)) for name in ("عبد", "ع ب د"))
    assert whole != apart


def test_no_paper_but_a4_and_letter(alarm: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PAPER, "Letter")
    assert as_pdf(alarm) == print_on(alarm, "letter")
    monkeypatch.setenv(PAPER, "a3")
    with pytest.raises(InputError, match="a4, letter"):
        as_pdf(alarm)


def test_there_is_no_script_and_no_link_in_it(alarm: Case) -> None:
    written = as_pdf(evil(alarm))
    assert not re.search(rb"/JavaScript|/JS\b|/URI\b|/Launch|/OpenAction\s*<<", written)
    assert io.BytesIO(written).read(5) == b"%PDF-"
