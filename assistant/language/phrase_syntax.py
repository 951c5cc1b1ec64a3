"""How a phrase is written in `knowledge/phrases`, taken apart into steps.

A plain word matches by stem, `=word` by exact form, `<class>` any phrase of a word class, `a|b` either, `(a)` optional,
`..` up to four other words, `x & y` both in either order with at most eight words between. Nothing crosses a clause.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.language import words as cutting

GAP_SIGN = ".."
Step = list[tuple[str, ...]]
"""One step of a phrase: the symbol sequences any of which takes it; the empty sequence lets it be left out."""


def steps_of(phrase: str, forms: Mapping[str, str]) -> list[Step]:
    """The steps of a phrase; none where only filler words are left."""
    steps = [_step_of(piece, forms) for piece in _pieces(phrase)]
    return [step for step in steps if any(step)]


def _step_of(piece: str, forms: Mapping[str, str]) -> Step:
    if piece == GAP_SIGN:
        return [(GAP_SIGN,)]
    optional: Step = [()] if piece.startswith("(") else []
    return [_symbols_of(option, forms) for option in piece.strip("()").split("|")] + optional


def _pieces(phrase: str) -> list[str]:
    """The phrase split at spaces outside brackets; "(on the)" as a whole may be left out."""
    return re.findall(r"\([^)]*\)|[^\s()]+", phrase)


def _symbols_of(option: str, forms: Mapping[str, str]) -> tuple[str, ...]:
    if option.startswith("<"):
        return (option,)
    if option.startswith("="):
        return ("=" + option[1:].lower(),)
    return tuple(word.stem for word in cutting.cut(option, forms=dict(forms)) if not word.filler)
