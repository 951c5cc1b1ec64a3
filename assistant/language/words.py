"""Cuts a message into words that the patterns and cues can be held against.

The cutter is our own: spaCy's keeps every word it has ever met, which for messages full of slips is a leak.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from assistant.language.contractions import ENDINGS, opened

FILLERS = frozenset(
    "a an the my your his her their our its this that these those really very so just quite pretty literally actually "
    "bit also even still now some of kinda sorta".split()
)
"""Words that patterns skip, so that "kind of", "out of" and "none of" match either way. Only `=now` meets one of them."""

_SOFT = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": ".", "\u00a0": " ", "İ": "I"}
)
_TOKEN = re.compile(
    r"(?P<initials>(?:[^\W\d_]\.){2,})"
    r"|(?P<number>\d+(?:[.,:]\d+)*)"
    r"|(?P<word>[^\W\d_]\d+(?!\w)|[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<mark>[^\w\s']|\n)"
)
_SHORT_BRACKETS = re.compile(r"\(([^()\n.!?;:]{1,24})\)")
"""An aside that does not end a clause: "my dad (79) fell"."""
_SENTENCE_END = frozenset(".!?\n")
_CLAUSE_END = frozenset(";:()•*=") | _SENTENCE_END
_SPOKEN_MARKS = {"&": "and", "+": "and", "/": "/", "%": "%"}
_ABBREVIATED = frozenset("dr mr mrs ms vs approx".split())
_CUT_OFF = frozenset("don doesn didn isn wasn couldn haven hasn hadn aren weren wouldn won can".split())
"""What dictation leaves of "don't" before a lone "t"."""
_CUT_OFF_ENDINGS = frozenset(("t", "m", "re", "ve", "ll"))
_PRONOUNS = frozenset("i you we they he she it".split())
_STEMMER = snowballstemmer.stemmer("english")


class Word(NamedTuple):
    """One word of a message.

    `norm` is lower case with contractions opened ("n't" is "not"); `stem` is what patterns compare; `clause` and
    `sentence` number the stretch of text the word stands in; `after_comma` tells that a comma or an aside's bracket
    stands before it, `mark` is the last punctuation before it that ended a clause or "" within one.
    `start` and `end` are character offsets in the message; a `filler` is a word that patterns skip.
    """

    norm: str
    stem: str
    start: int
    end: int
    clause: int
    sentence: int
    after_comma: bool
    mark: str
    filler: bool


@lru_cache(maxsize=20_000)
def stem(norm: str) -> str:
    """The form that patterns compare: "walked" and "walking" give "walk"."""
    return str(_STEMMER.stemWord(norm))


def plain(text: str) -> str:
    """The text in lower case with curly quotes and long dashes made plain; every offset stays where it was."""
    soft = text.translate(_SOFT).lower()
    return _SHORT_BRACKETS.sub(r",\1,", soft) if "(" in soft else soft


def unchanged(norm: str) -> str:
    return norm


class Cutter:
    """Cuts one message after another in the same way.

    `correct` mends a misspelt word; `forms` gives the base of irregular forms ("felt": "feel"); `clause_words` begin a
    new clause ("but").
    """

    def __init__(
        self, correct: Callable[[str], str], forms: Mapping[str, str], clause_words: frozenset[str] = frozenset()
    ):
        self._correct, self._forms, self._clause_words = correct, forms, clause_words

    def cut(self, text: str) -> list[Word]:
        """The words of `text` in order."""
        words: list[Word] = []
        clause = sentence = 0
        comma, mark = False, ""
        for piece, start, end, said in _tokens(plain(text)):
            if not said:
                comma = comma or piece == ","
                if piece in _CLAUSE_END or piece == "-":
                    clause, mark = clause + 1, piece
                    sentence += piece in _SENTENCE_END
                continue
            for norm in (*opened(self._correct(said[0])), *said[1:]):
                if norm in self._clause_words and not (words and words[-1].norm == "as"):
                    clause, mark = clause + 1, norm
                base = self._forms.get(norm, norm)
                words.append(Word(norm, stem(base), start, end, clause, sentence, comma, mark, norm in FILLERS))
                comma, mark = False, ""
            if norm in _CUT_OFF_ENDINGS:
                self._rejoin(words)
        return words

    def _rejoin(self, words: list[Word]) -> None:
        """ "can t", "don t" and "i m": contractions that lost their apostrophe to dictation."""
        if len(words) < 2:
            return
        before, last = words[-2].norm, words[-1]
        if last.norm == "t" and before in _CUT_OFF:
            verb = opened(before + "t")[0]
            words[-2] = words[-2]._replace(norm=verb, stem=stem(self._forms.get(verb, verb)))
            words[-1] = last._replace(norm="not", stem="not")
        elif before in _PRONOUNS and last.norm != "t":
            norm = ENDINGS[last.norm]
            words[-1] = last._replace(norm=norm, stem=stem(norm))


def _tokens(text: str) -> Iterator[tuple[str, int, int, tuple[str, ...]]]:
    """The pieces of a text with their offsets and the words each stands for; punctuation marks stand for none."""
    before = ""
    for match in _TOKEN.finditer(text):
        kind, piece, start, end = match.lastgroup, match.group(), match.start(), match.end()
        if kind == "word":
            yield piece, start, end, opened(piece)
        elif kind == "mark":
            yield from _marked(text, piece, start, before)
        else:
            yield piece, start, end, (piece.replace(".", "") if kind == "initials" else piece,)
        before = piece


def _marked(text: str, piece: str, start: int, before: str) -> Iterator[tuple[str, int, int, tuple[str, ...]]]:
    """A mark as a word ("&"), as punctuation, or as nothing where it only holds a word together ("half-asleep", "dr.")."""
    if piece == "/" and text[start - 1 : start].isspace():
        yield ",", start, start + 1, ()
    elif piece in _SPOKEN_MARKS:
        yield piece, start, start + 1, (_SPOKEN_MARKS[piece],)
    elif piece == "-":
        following = text[start + 1 : start + 2]
        if following.isspace() or before == "-" or (text[start - 1 : start].isspace() and not following.isdigit()):
            yield piece, start, start + 1, ()
    elif piece != "." or before not in _ABBREVIATED:
        yield piece, start, start + 1, ()


def cut(text: str, forms: Mapping[str, str] | None = None) -> list[Word]:
    """The words of a text that needs no mending."""
    return Cutter(unchanged, forms or {}).cut(text)
