"""The bot's marks as Telegram's HTML, in pieces that Telegram takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram_rules import check_text

from assistant.channels.telegram.html import MOST, pieces, plain, size

LINES = st.text(st.sampled_from("ab <>&\"'*-> \t“é😀"), max_size=40)
TEXTS = st.lists(
    st.tuples(st.sampled_from(["", "- ", "> ", "**x** ", "**"]), LINES, st.integers(1, 60)), max_size=12
).map(lambda rows: "\n".join(mark + line * times for mark, line, times in rows))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Walk** now", "<b>Walk</b> now"),
        ("- one\n- **two**", "• one\n• <b>two</b>"),
        ("> “a < b & c” — x", "<blockquote>“a &lt; b &amp; c” — x</blockquote>"),
        ("2 * 3 ** 4", "2 * 3 ** 4"),
        ("<b>no</b> <script>", "&lt;b&gt;no&lt;/b&gt; &lt;script&gt;"),
        ("**<i>**", "<b>&lt;i&gt;</b>"),
        ("&amp;", "&amp;amp;"),
        ("", ""),
    ],
)
def test_marks_become_html_and_everything_else_is_escaped(text: str, html: str) -> None:
    assert "\n".join(pieces(text)) == html


@given(TEXTS, st.sampled_from([150, 700, MOST]))
def test_every_piece_is_short_enough_and_telegram_can_read_it(text: str, most: int) -> None:
    for piece in pieces(text, most):
        assert size(piece) <= most
        check_text({"text": piece, "parse_mode": "HTML"})


@given(TEXTS)
def test_nothing_is_lost_between_the_pieces(text: str) -> None:
    whole, cut = ("".join("".join(map(plain, pieces(text, most))).split()) for most in (100_000, 150))
    assert cut.replace("*", "").replace("•", "") == whole.replace("*", "").replace("•", "")


def test_a_piece_ends_at_the_end_of_a_line() -> None:
    text = "\n".join(f"line {number}" for number in range(2000))
    cut = pieces(text)
    assert len(cut) > 1
    assert "\n".join(cut) == text


def test_one_line_longer_than_a_message_is_cut_between_words() -> None:
    words = "walk slowly & breathe " * 400
    cut = pieces(f"> {words}")
    assert all(piece.startswith("<blockquote>") and piece.endswith("</blockquote>") for piece in cut)
    assert " ".join(plain(piece) for piece in cut).split() == words.split()
