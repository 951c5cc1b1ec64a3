"""Reading a document into passages: headings, sentences, places, and what is refused."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.knowledge_base.documents import LARGEST_FILE, read_document, split_passages

DOCUMENTS = Path(__file__).parents[2] / "knowledge" / "documents"
WORDINGS = Path(__file__).parent / "wordings"


def texts(text: str) -> list[str]:
    return [passage.text for passage in split_passages(text, "document")]


def sections(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for passage in split_passages(text, "document"):
        found.setdefault(passage.section, []).append(passage.text)
    return found


# ---------------------------------------------------------------- headings


def test_a_short_line_without_final_mark_is_a_heading_even_without_blank_lines() -> None:
    plain = "The psoas is deep. It bends the hip.\nWhat It Does\nIt lifts the knee.\nWalking\nWalk tall."
    assert sections(plain) == {
        "": ["The psoas is deep.", "It bends the hip."],
        "What It Does": ["It lifts the knee."],
        "Walking": ["Walk tall."],
    }


@pytest.mark.parametrize(
    "text",
    ["# Walking #\nWalk tall.", "Walking\n=======\nWalk tall.", "**Walking**\n\nWalk tall.", "WALKING\nWalk tall."],
)
def test_markdown_and_capital_headings(text: str) -> None:
    assert [section.lower() for section in sections(text)] == ["walking"]


def test_a_question_that_stands_alone_is_a_heading() -> None:
    assert sections("• Walk tall.\nWhat next?\n• Rest.") == {"": ["Walk tall."], "What next?": ["Rest."]}


def test_lines_that_nobody_marked_as_a_list_are_kept() -> None:
    listed = "Walking well\nKeep your pelvis neutral\nPush off with the back foot\nStart slowly\n\nResting\nLie down."
    assert sections(listed) == {
        "Walking well": ["Keep your pelvis neutral", "Push off with the back foot", "Start slowly"],
        "Resting": ["Lie down."],
    }


def test_a_document_of_unpunctuated_lines_loses_none() -> None:
    assert texts("The psoas\n\nIt lifts the knee\n\nIt steadies the spine") == [
        "It lifts the knee",
        "It steadies the spine",
    ]


@pytest.mark.parametrize("width", [44, 60, 76])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_broken_at_a_width_read_like_unbroken_ones(width: int, line_end: str) -> None:
    unbroken = (WORDINGS / "magazine.txt").read_text(encoding="utf-8").split("\n\n")
    broken = (textwrap.fill(paragraph, width, break_on_hyphens=False) for paragraph in unbroken)
    assert texts((line_end * 2).join(broken).replace("\n", line_end)) == texts("\n\n".join(unbroken))


# ---------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It starts at T12. It ends at L5.", ["It starts at T12.", "It ends at L5."]),
        ("Use, e.g. a mat, i.e. something soft.", ["Use, e.g. a mat, i.e. something soft."]),
        ("Dr. Lee agrees. Hold approx. 30 sec. each side.", ["Dr. Lee agrees.", "Hold approx. 30 sec. each side."]),
        ("Hold for 30 s. Then rest.", ["Hold for 30 s.", "Then rest."]),
        ("Hold for 30 sec. Then rest.", ["Hold for 30 sec.", "Then rest."]),
        ("Walk 1.5 km. Rest.", ["Walk 1.5 km.", "Rest."]),
        ("First: 1. Kneel down. 2. Push off.", ["First: 1. Kneel down.", "2. Push off."]),
        ('It hurts. "Stop!" she said. (See below.) Rest.', ["It hurts.", '"Stop!" she said.', "(See below.)", "Rest."]),
        ("See www.example.org/walk?now=1 for more. Rest.", ["See www.example.org/walk?now=1 for more.", "Rest."]),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "1) ", "(a) ", "A: "])
def test_list_marks_are_not_part_of_the_passage(mark: str) -> None:
    assert texts(f"{mark}Walk tall.\n{mark}Start slowly\n   on flat ground.") == [
        "Walk tall.",
        "Start slowly on flat ground.",
    ]


def test_markdown_signs_are_left_out() -> None:
    written = (
        "---\ntitle: x\n---\n<!-- note -->\n> The **psoas** is _deep_, see [here](page.md)[^1].\n\n"
        "| Exercise | Hold |\n|---|---|\n| *Lunge* | 20 s |\n\n***\n\nIt is snake_case * 2.\n"
    )
    assert texts(written) == [
        "The psoas is deep, see here.",
        "Exercise; Hold",
        "Lunge; 20 s",
        "It is snake_case * 2.",
    ]


# ---------------------------------------------------------------- anchors and places


def test_an_anchored_item_is_one_passage() -> None:
    (passage,) = split_passages("## Rules\n- [R06] Fever with back pain is urgent. Be seen today.\n", "supplement")
    assert (passage.anchor, passage.section) == ("R06", "Rules")
    assert passage.text == "Fever with back pain is urgent. Be seen today."


@pytest.mark.parametrize("item", ["- [link](page.md) Walk.", "- [1] Walk.", "- [x] Walk.", "[R06] Walk."])
def test_other_brackets_are_no_anchors(item: str) -> None:
    assert split_passages(item, "document")[0].anchor is None


@pytest.mark.parametrize(
    "path", sorted([*DOCUMENTS.glob("psoas*.md"), *WORDINGS.glob("*.txt")]), ids=lambda path: path.name
)
def test_every_passage_stands_in_the_file_where_it_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for passage in read_document(path, "document"):
        assert " ".join(text[passage.start : passage.end].split()) == passage.text


def test_places_count_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "windows.txt"
    path.write_bytes("\ufeffWalking\r\nWalk tall.\r\nStart slowly.\r\n".encode())
    passages = read_document(path, "document")
    assert [(p.id, p.section, p.start, p.end, p.text) for p in passages] == [
        ("document:1", "Walking", 10, 20, "Walk tall."),
        ("document:2", "Walking", 22, 35, "Start slowly."),
    ]


@given(st.text(alphabet=st.sampled_from(list("aB .!?\n\r\t-*#|[]()_`<>1:\"“'=\0é")), max_size=300))
def test_any_text_gives_passages_in_order(text: str) -> None:
    passages = split_passages(text, "document")
    ends = [0] + [passage.end for passage in passages]
    assert all(end <= passage.start < passage.end for end, passage in zip(ends, passages, strict=False))
    assert all(passage.text.strip() == passage.text != "" for passage in passages)


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"# Only\n## Headings\n", "no sentence"),
        ("Walk tall.".encode("utf-16"), "byte 0: the text is UTF-16"),
        (b"Walk tall.\nCaf\xe9 first.", "byte 14 (line 2)"),
        (b"Walk\0tall.", "byte 4: this is a binary file"),
        (b"%PDF-1.7 text", "a PDF"),
        (b"PK\x03\x04word", "a Word"),
        (b"<!DOCTYPE html><p>Walk.</p>", "a web page"),
        (b"Walk tall. " * (LARGEST_FILE // 11 + 1), "larger than 2 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "given.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"given\.txt: ") as refused:
        read_document(path, "document")
    assert told in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_document(tmp_path / "missing.txt", "document")
    with pytest.raises(InputError, match="not a file"):
        read_document(tmp_path, "document")
