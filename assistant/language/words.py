"""Cuts a message into words that the patterns and cues can be held against."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import snowballstemmer
import spacy

FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "your",
        "his",
        "her",
        "their",
        "our",
        "its",
        "this",
        "that",
        "these",
        "those",
        "really",
        "very",
        "so",
        "just",
        "quite",
        "pretty",
        "literally",
        "actually",
        "bit",
        "also",
        "even",
        "still",
        "now",
        "some",
        "of",
    ]
)
"""Words that patterns skip. `of` alone is skipped so that "kind of", "out of" and "none of" match either way."""

_SOFT = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_SENTENCE_END = frozenset(".!?…\n")
_CLAUSE_END = frozenset(";:()\n•*") | _SENTENCE_END
_KEPT = re.compile(r"[\w%/]", re.UNICODE)
_NORMS = {"wo": "will", "sha": "shall", "ai": "is", "cannot": "can not", "gonna": "going to", "wanna": "want to"}
_MIXED = re.compile(r"[-/.,'_+&~=]|\d[^\W\d]")
"""A token that is several words: "8-10", "back/hip", "52F", "8hrs"."""
_OPENED = {
    "won": "will",
    **{w: w[:-1] for w in "don doesn didn isn wasn couldn haven hasn hadn aren weren wouldn".split()},
    "can": "can",
}
_PRONOUNS = frozenset("i you we they he she it".split())
_STEMMER = snowballstemmer.stemmer("english")
_TOKENIZER = spacy.blank("en").tokenizer


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a message.

    `norm` is lower case with contractions opened ("n't" is "not"); `stem` is what patterns compare; `clause` and
    `sentence` number the stretch of text the word stands in; `after_comma` tells that a comma stands before it.
    `start` and `end` are character offsets in the message.
    """

    norm: str
    stem: str
    start: int
    end: int
    clause: int
    sentence: int
    after_comma: bool

    @property
    def filler(self) -> bool:
        return self.norm in FILLERS


@lru_cache(maxsize=50_000)
def stem(norm: str) -> str:
    """The form that patterns compare: "walked" and "walking" give "walk"."""
    return str(_STEMMER.stemWord(norm))


def plain(text: str) -> str:
    """The text with curly quotes and long dashes made plain; every offset stays where it was."""
    return text.translate(_SOFT)


def unchanged(norm: str) -> str:
    return norm


def cut(
    text: str,
    correct: Callable[[str], str] = unchanged,
    forms: dict[str, str] | None = None,
    clause_words: frozenset[str] = frozenset(),
) -> list[Word]:
    """The words of `text` in order.

    `correct` mends a misspelt word; `forms` gives the base of irregular forms ("felt": "feel");
    `clause_words` begin a new clause ("but").
    """
    words: list[Word] = []
    clause = sentence = 0
    comma = False
    for token in _TOKENIZER(plain(text)):
        raw = token.text
        if not _KEPT.search(raw):
            breaks = _CLAUSE_END.intersection(raw)
            clause += bool(breaks) or (raw in {"-", "--"} and token.whitespace_ != "")
            sentence += bool(_SENTENCE_END.intersection(raw))
            comma = comma or "," in raw
            continue
        for norm, start, end in _split(raw, token.norm_, token.idx):
            norm = correct(_rejoined(norm, words))
            clause += norm in clause_words
            base = forms.get(norm, norm) if forms else norm
            words.append(Word(norm, stem(base), start, end, clause, sentence, comma))
            comma = False
    return words


def _rejoined(norm: str, before: list[Word]) -> str:
    """ "can t", "don t" and "i m": contractions that lost their apostrophe to dictation."""
    last = before[-1].norm if before else ""
    if norm == "t" and last in _OPENED:
        opened = _OPENED[last]
        before[-1] = replace(before[-1], norm=opened, stem=stem(opened))
        return "not"
    return {"m": "am", "ve": "have", "ll": "will", "re": "are"}.get(norm, norm) if last in _PRONOUNS else norm


def _split(raw: str, norm: str, start: int) -> list[tuple[str, int, int]]:
    """One token as one or more words: "8-10", "back/hip" and "half-asleep" are several."""
    lowered = _NORMS.get(raw.lower(), norm.lower())
    if " " in lowered:
        return [(part, start, start + len(raw)) for part in lowered.split()]
    if lowered.isalpha() or not _MIXED.search(raw):
        return [(lowered.strip("'"), start, start + len(raw))]
    if re.fullmatch(r"[\d.,]+", raw):
        return [(raw.strip(".,"), start, start + len(raw))] if raw.strip(".,") else []
    pieces = re.finditer(r"\d+(?:[.,]\d+)?|[^\W\d_]+|[/%]", raw)
    return [(_NORMS.get(p.group().lower(), p.group().lower()), start + p.start(), start + p.end()) for p in pieces]
