"""How a phrase is written in `knowledge/phrases`, taken apart into steps.

A plain word matches by stem, `=word` by exact form, `<class>` any phrase of a word class, `a|b` either, `(a)` optional,
`..` up to four other words, `x & y` both in either order with at most eight words between. Nothing crosses a clause.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from assistant.language.words import Word, cut

GAP_SIGN = ".."
Step = list[tuple[str, ...]]
"""One step of a phrase: the symbol sequences any of which takes it; the empty sequence lets it be left out."""


def steps_of(phrase: str, forms: Mapping[str, str]) -> list[Step]:
    """The steps of a phrase; none where only filler words are left."""
    steps = [_step_of(piece, forms) for piece in _pieces(phrase)]
    return [step for step in steps if any(step)]


def fault_of(phrase: str, forms: Mapping[str, str]) -> str:
    """What is wrong with the writing of a phrase and how to mend it, "" where nothing is."""
    if phrase.count("(") != phrase.count(")") or re.search(r"\([^)]*\(", phrase):
        return "brackets must be closed and cannot stand inside each other"
    for piece in _pieces(phrase):
        empty = [o for o in _options(piece) if o != GAP_SIGN and not _symbols_of(o, forms)]
        if empty and "|" in piece and not piece.startswith("("):
            skipped = f'"{empty[0]}" is a filler word that is skipped, so "{piece}" would always hold'
            return f"{skipped}; write ={empty[0]} to require it"
    steps = steps_of(phrase, forms)
    if not steps:
        return "only filler words are left, which are skipped; write =word to require one of them"
    if all(_left_out(step) for step in _stretches(steps)):
        return "every word of it may be left out; take the brackets off at least one"
    if any(_left_out(step) for step in _stretches(steps)):
        return "before and after .. stands at least one word without brackets; take the brackets or the .. away"
    return ""


def _stretches(steps: list[Step]) -> list[list[Step]]:
    """The steps between the gaps."""
    stretches: list[list[Step]] = [[]]
    for step in steps:
        if step == [(GAP_SIGN,)]:
            stretches.append([])
        else:
            stretches[-1].append(step)
    return stretches


def _left_out(stretch: list[Step]) -> bool:
    return all(() in step for step in stretch)


def _step_of(piece: str, forms: Mapping[str, str]) -> Step:
    if piece == GAP_SIGN:
        return [(GAP_SIGN,)]
    optional: Step = [()] if piece.startswith("(") else []
    return [_symbols_of(option, forms) for option in _options(piece)] + optional


def _options(piece: str) -> list[str]:
    return piece.strip("()").split("|")


def _pieces(phrase: str) -> list[str]:
    """The phrase split at spaces outside brackets; "(on the)" as a whole may be left out."""
    return re.findall(r"\([^)]*\)|[^\s()]+", phrase)


def _symbols_of(option: str, forms: Mapping[str, str]) -> tuple[str, ...]:
    if option.startswith("<"):
        return (option,)
    if option.startswith("="):
        return ("=" + option[1:].lower(),)
    return tuple(symbol_of(word, forms) for word in _cut(option) if not word.filler)


def symbol_of(word: Word, forms: Mapping[str, str]) -> str:
    """The stem of a word that was cut without its forms."""
    base = forms.get(word.norm)
    return word.stem if base is None else cut(base)[0].stem


@lru_cache(maxsize=20_000)
def _cut(option: str) -> tuple[Word, ...]:
    return tuple(cut(option))
