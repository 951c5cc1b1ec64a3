"""Tells what a message is for, its intent, or that no intent fits.

A linear model over n-grams, small enough to load and ask in no time: trained with scikit-learn, asked with numpy alone.
What the model has never met counts in the length of a message but speaks for no intent, so gibberish and other languages
end up below `UNDERSTOOD`. A message that is word for word a training example has that example's intent.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.language.ngrams import fold, parts, phrases

UNDERSTOOD = 0.3
"""From this confidence on a message is understood."""
TIMES = 2
"""An n-gram must stand in so many examples to be learnt."""
LOOSENESS = 10.0
"""scikit-learn's C: how closely the model follows its examples."""

Vector = tuple[list[int], list[float]]
"""A message as columns of the model, and the weight of each."""


@dataclass(frozen=True)
class Guess:
    """What a message is for: `intent` is None where nothing was understood; `ranking` holds every intent with its
    confidence from 0 to 1, best first, ties by name. Confidences are judged one by one and do not add up to 1."""

    intent: str | None
    confidence: float
    ranking: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Rarity:
    """Which n-grams are known (`columns`), and how telling each is; `unknown` is the rarity of all others."""

    columns: Mapping[str, int]
    telling: Sequence[float]
    unknown: float

    def vector(self, words: tuple[str, ...]) -> Vector:
        """Both kinds of n-grams weigh the same, whatever the length of the message."""
        columns: list[int] = []
        weights: list[float] = []
        for block in (parts(words), phrases(words)):
            known, weighed, length = self._weigh(block)
            columns += known
            weights += [w / length for w in weighed]
        return columns, weights

    def _weigh(self, block: list[str]) -> tuple[list[int], list[float], float]:
        known: list[int] = []
        weighed: list[float] = []
        squares = 0.0
        for ngram, count in Counter(block).items():
            column = self.columns.get(ngram)
            weight = (1 + math.log(count)) * (self.unknown if column is None else self.telling[column])
            squares += weight * weight
            if column is not None:
                known.append(column)
                weighed.append(weight)
        return known, weighed, math.sqrt(squares) or 1.0


@dataclass(frozen=True)
class IntentModel:
    """`weights` has a row for each n-gram and a column for each intent; `bias` one number for each intent."""

    intents: tuple[str, ...]
    rarity: Rarity
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    exact: Mapping[str, str]

    def guess(self, text: str) -> Guess:
        """The intent of `text`."""
        words = fold(text)
        columns, weights = self.rarity.vector(words)
        if not columns:
            return Guess(None, 0.0, ())
        scores = np.asarray(weights, np.float32) @ self.weights[columns] + self.bias
        confidences = dict(zip(self.intents, (1 / (1 + np.exp(-scores))).tolist(), strict=True))
        known = self.exact.get(" ".join(words))
        if known is not None:
            confidences[known] = 1.0
        ranking = sorted(confidences.items(), key=lambda pair: (-pair[1], pair[0]))
        intent, confidence = ranking[0]
        return Guess(intent if confidence >= UNDERSTOOD else None, confidence, tuple(ranking))

    def save(self, path: Path) -> None:
        """Writes the model to one file; the same model gives the same bytes."""
        with path.open("wb") as file:
            np.savez(
                file,
                intents=_packed(self.intents),
                ngrams=_packed(self.rarity.columns),
                telling=np.asarray([*self.rarity.telling, self.rarity.unknown], np.float32),
                weights=self.weights.astype(np.float16),
                bias=self.bias,
                texts=_packed(self.exact),
                meant=np.asarray([self.intents.index(i) for i in self.exact.values()], np.uint16),
            )


def load(path: Path) -> IntentModel:
    """The model that `save` wrote. Raises OSError where the file is missing, ValueError or KeyError where it is none."""
    with np.load(path, allow_pickle=False) as file:
        intents = tuple(_unpacked(file["intents"]))
        *telling, unknown = file["telling"].tolist()
        columns = {ngram: i for i, ngram in enumerate(_unpacked(file["ngrams"]))}
        meant = [intents[i] for i in file["meant"].tolist()]
        exact = dict(zip(_unpacked(file["texts"]), meant, strict=True))
        rarity = Rarity(columns, telling, unknown)
        return IntentModel(intents, rarity, file["weights"].astype(np.float32), file["bias"], exact)


def train(examples: Iterable[tuple[str, str]]) -> IntentModel:
    """A model of `examples`, pairs of text and intent. Raises ValueError unless there are at least two intents."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    pairs = [(fold(text), intent) for text, intent in examples]
    intents = tuple(sorted({intent for _, intent in pairs}))
    if len(intents) < 2:
        raise ValueError("training examples of at least two intents are needed")
    rarity = _rarity([words for words, _ in pairs])
    vectors = [rarity.vector(words) for words, _ in pairs]
    columns = [c for found, _ in vectors for c in found]
    weights = [w for _, found in vectors for w in found]
    ends = np.cumsum([0, *(len(found) for found, _ in vectors)])
    table = csr_matrix((weights, columns, ends), shape=(len(pairs), len(rarity.columns)))
    learner = LogisticRegression(C=LOOSENESS, solver="liblinear", multi_class="ovr", random_state=0)
    learner.fit(table, [intent for _, intent in pairs])
    learnt, bias = np.atleast_2d(learner.coef_), learner.intercept_
    if len(intents) == 2:
        learnt, bias = np.vstack([-learnt, learnt]), np.concatenate([-bias, bias])
    return IntentModel(intents, rarity, _halved(learnt.T), bias.astype(np.float32), _exact(pairs))


def _rarity(messages: Sequence[tuple[str, ...]]) -> Rarity:
    seen = Counter(ngram for words in messages for ngram in {*parts(words), *phrases(words)})
    kept = sorted(ngram for ngram, times in seen.items() if times >= TIMES)
    telling = [_telling(len(messages), seen[ngram]) for ngram in kept]
    return Rarity({ngram: i for i, ngram in enumerate(kept)}, telling, _telling(len(messages), 0))


def _telling(messages: int, times: int) -> float:
    return float(np.float32(math.log((1 + messages) / (1 + times)) + 1))


def _exact(pairs: Iterable[tuple[tuple[str, ...], str]]) -> dict[str, str]:
    """Texts that stand for one intent only."""
    meant: dict[str, set[str]] = {}
    for words, intent in pairs:
        meant.setdefault(" ".join(words), set()).add(intent)
    return {text: next(iter(found)) for text, found in meant.items() if text and len(found) == 1}


def _halved(weights: NDArray[np.float64]) -> NDArray[np.float32]:
    """Rounded as the file will hold them, so that a saved model says what the trained one said."""
    return weights.astype(np.float16).astype(np.float32)


def _packed(texts: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> list[str]:
    return packed.tobytes().decode().split("\n")
