"""Parts of a long message, so that the time to read it grows with its length and no faster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.language.words import Word

LONG = 150
"""Words from which on a message is looked at for words said over and over, and read in parts."""
WIDEST = 300
"""Words of one part."""
PERIOD = 12
"""Words of the longest saying whose repetitions are left out."""


def without_repetitions(words: Sequence[Word]) -> list[Word]:
    """The words of a long message without what is said a third time on end: "no no no no", "it hurts it hurts ..."."""
    if len(words) < LONG:
        return list(words)
    kept: list[Word] = []
    norms: list[str] = []
    for word in words:
        kept.append(word)
        norms.append(word.norm)
        for period in range(1, min(PERIOD, len(norms) // 3) + 1):
            if norms[-1] == norms[-1 - period] == norms[-1 - 2 * period] and _thrice(norms, period):
                del kept[-period:], norms[-period:]
                break
    return kept


def _thrice(norms: Sequence[str], period: int) -> bool:
    return norms[-period:] == norms[-2 * period : -period] == norms[-3 * period : -2 * period]


def windows(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """A message in parts that end with a sentence, or with a clause where none ends in time, or else anywhere."""
    begin = 0
    while len(words) - begin > WIDEST:
        end = _end(words, begin)
        yield words[begin:end]
        begin = end
    yield words[begin:]


def _end(words: Sequence[Word], begin: int) -> int:
    places = range(begin + WIDEST, begin + WIDEST // 2, -1)
    by_sentence = next((at for at in places if words[at].sentence != words[at - 1].sentence), None)
    by_clause = next((at for at in places if words[at].clause != words[at - 1].clause), None)
    return by_sentence or by_clause or begin + WIDEST
