"""Tells what a message is for, its intent, or that no intent fits.

A linear model over n-grams, small enough to load and ask in no time: trained with scikit-learn, asked with numpy alone.
Misspelt words are mended first. Words that no example holds lower the confidence, so gibberish and other languages end
up below `UNDERSTOOD`. A message that is word for word a training example has that example's intent. `docs/intents.md`
compares this with other ways.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.language.ngrams import fold, parts, phrases, word_alone, words_of
from assistant.language.spelling import Speller

UNDERSTOOD = 0.3
"""From this confidence on a message is understood."""
UNDOING = frozenset({"delete_data", "go_back", "start_over", "stop", "withdraw"})
"""Intents that lose or take back something that was said."""
SURE = 0.6
"""From this confidence on a message undoes something; below it, it may as well be an answer."""
UNKNOWN_WORD = 0.3
"""How much of the confidence remains when no word is known: parts of words, as in a slip of the pen, may still be."""
LOOSENESS = 100.0
"""scikit-learn's C: how closely the model follows its examples."""

Floats = NDArray[np.float32]
Vector = tuple[list[int], Floats]
"""A message as rows of the model, and the weight of each."""


@dataclass(frozen=True)
class Guess:
    """What a message is for: `intent` is None where nothing was understood; `ranking` holds every intent with its
    confidence from 0 to 1, best first, ties by name; it is empty for a message without a word."""

    intent: str | None
    confidence: float
    ranking: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Ngrams:
    """The n-grams of the examples: the row of each, how telling each is, and how telling one is that no example holds."""

    rows: Mapping[str, int]
    telling: Floats
    unknown: float

    def vector(self, words: tuple[str, ...]) -> Vector:
        """Parts of words weigh as much as whole words, whatever the length of the message."""
        letters, letter_weights = self._weighed(parts(words))
        wholes, whole_weights = self._weighed(phrases(words))
        return letters + wholes, np.concatenate((letter_weights, whole_weights))

    def familiar(self, words: tuple[str, ...]) -> float:
        """How much of a message, by letters, consists of known words: 0 to 1."""
        return sum(len(w) for w in words if word_alone(w) in self.rows) / sum(len(w) for w in words)

    def _weighed(self, ngrams: list[str]) -> Vector:
        """What is unknown has no row, but makes the rest weigh less."""
        once = dict.fromkeys(ngrams)
        rows = [row for row in map(self.rows.get, once) if row is not None]
        weights = self.telling[rows]
        strangers = (len(once) - len(rows)) * self.unknown**2
        return rows, weights / math.sqrt(float(weights @ weights) + strangers)


@dataclass(frozen=True)
class IntentModel:
    """`weights` has a row for each n-gram and a column for each intent; `bias` one number for each intent."""

    intents: tuple[str, ...]
    ngrams: Ngrams
    weights: NDArray[np.float16]
    bias: Floats
    exact: Mapping[str, str]

    def guess(self, text: str, understood: float = UNDERSTOOD, sure: float = SURE) -> Guess:
        """The intent of `text`, none below the confidence `understood`, or, where it undoes something, below `sure`."""
        words = tuple(map(self._speller.mend, fold(text)))
        if not words:
            return Guess(None, 0.0, ())
        known = self.exact.get(" ".join(words))
        confidences = self._confidences(words) if known is None else dict.fromkeys(self.intents, 0.0) | {known: 1.0}
        ranking = sorted(confidences.items(), key=lambda pair: (-pair[1], pair[0]))
        intent, confidence = ranking[0]
        needed = max(understood, sure) if intent in UNDOING else understood
        return Guess(intent if confidence >= needed else None, confidence, tuple(ranking))

    @cached_property
    def _speller(self) -> Speller:
        return Speller(words_of(self.ngrams.rows))

    def _confidences(self, words: tuple[str, ...]) -> dict[str, float]:
        rows, weights = self.ngrams.vector(words)
        scores = weights @ self.weights[rows].astype(np.float32) + self.bias
        shares = np.exp(scores - scores.max())
        shares *= (UNKNOWN_WORD + (1 - UNKNOWN_WORD) * self.ngrams.familiar(words)) / shares.sum()
        return dict(zip(self.intents, shares.tolist(), strict=True))

    def save(self, path: Path) -> None:
        """Writes the model to one file; the same model gives the same bytes."""
        with path.open("wb") as file:
            np.savez(
                file,
                intents=_packed(self.intents),
                ngrams=_packed(self.ngrams.rows),
                telling=self.ngrams.telling,
                unknown=self.ngrams.unknown,
                weights=self.weights,
                bias=self.bias,
                texts=_packed(self.exact),
                meant=np.asarray([self.intents.index(i) for i in self.exact.values()], np.uint16),
            )


def load(path: Path) -> IntentModel:
    """The model that `save` wrote. Raises OSError where the file is missing, ValueError or KeyError where it is none."""
    with np.load(path, allow_pickle=False) as file:
        intents = tuple(_unpacked(file["intents"]))
        ngrams = Ngrams(_numbered(_unpacked(file["ngrams"])), file["telling"], float(file["unknown"]))
        meant = map(intents.__getitem__, file["meant"].tolist())
        exact = dict(zip(_unpacked(file["texts"]), meant, strict=True))
        return IntentModel(intents, ngrams, file["weights"], file["bias"], exact)


def train(examples: Iterable[tuple[str, str]]) -> IntentModel:
    """A model of `examples`, pairs of text and intent. Raises ValueError unless there are at least three intents."""
    pairs = [(words, intent) for text, intent in examples if (words := fold(text))]
    intents = tuple(sorted({intent for _, intent in pairs}))
    if len(intents) < 3:
        raise ValueError("training examples of at least three intents are needed")
    ngrams = _ngrams([words for words, _ in pairs])
    weights, bias = _fit([ngrams.vector(words) for words, _ in pairs], [intent for _, intent in pairs])
    return IntentModel(intents, ngrams, weights, bias, _exact(pairs))


def _fit(vectors: Sequence[Vector], meant: Sequence[str]) -> tuple[NDArray[np.float16], Floats]:
    """One yes-or-no question for each intent, in the order of their names; takes a second for some thousand examples."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rows = [row for found, _ in vectors for row in found]
    weights = np.concatenate([weights for _, weights in vectors])
    ends = np.cumsum([0, *(len(found) for found, _ in vectors)])
    learner = LogisticRegression(C=LOOSENESS, solver="liblinear", multi_class="ovr", random_state=0)
    learner.fit(csr_matrix((weights, rows, ends)), meant)
    return learner.coef_.T.astype(np.float16), learner.intercept_.astype(np.float32)


def _ngrams(messages: Sequence[tuple[str, ...]]) -> Ngrams:
    seen = Counter(ngram for words in messages for ngram in {*parts(words), *phrases(words)})
    rows = _numbered(sorted(seen))
    telling = np.asarray([_telling(len(messages), seen[ngram]) for ngram in rows], np.float32)
    return Ngrams(rows, telling, _telling(len(messages), 0))


def _telling(messages: int, times: int) -> float:
    """The rarer, the more telling: at least 1."""
    return math.log((1 + messages) / (1 + times)) + 1


def _numbered(ngrams: Sequence[str]) -> dict[str, int]:
    return dict(zip(ngrams, range(len(ngrams)), strict=True))


def _exact(pairs: Iterable[tuple[tuple[str, ...], str]]) -> dict[str, str]:
    """Texts that stand for one intent only."""
    meant: dict[str, set[str]] = {}
    for words, intent in pairs:
        meant.setdefault(" ".join(words), set()).add(intent)
    return {text: next(iter(found)) for text, found in meant.items() if len(found) == 1}


def _packed(texts: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> list[str]:
    return packed.tobytes().decode().split("\n")
