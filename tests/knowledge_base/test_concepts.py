"""Finding concepts by the stems of words."""

from __future__ import annotations

import pytest

from assistant.knowledge_base.concepts import Concepts, compile_phrase

WORDS = {"knee": ["knee", "thigh"]}
SKIP = ["the", "your"]


@pytest.mark.parametrize(
    ("phrase", "text", "named"),
    [
        ("walk", "She walked.", True),
        ("walk", "A walker.", False),
        ("hip flexor", "Hip-flexors are long.", True),
        ("hip flexor", "Hips and flexors.", False),
        ("bend the hip", "Bend your hips.", True),
        ("lift|raise .. <knee>", "Raise one bent thigh.", True),
        ("lift .. <knee>", "Lifting the knee", True),
        ("lift .. knee", "lift one two three four knee", True),
        ("lift .. knee", "lift one two three four five knee", False),
        ("cant", "You can't.", True),
        ("t12", "From T12-L5.", True),
    ],
)
def test_a_phrase_names_its_concept(phrase: str, text: str, named: bool) -> None:
    concepts = Concepts({"it": [compile_phrase(phrase, WORDS, SKIP)]}, SKIP)
    assert concepts.named_in(text) == ({"it"} if named else set())


def test_faulty_phrases_are_refused() -> None:
    with pytest.raises(KeyError, match="elbow"):
        compile_phrase("lift <elbow>", WORDS, SKIP)
    with pytest.raises(ValueError, match="knee"):
        compile_phrase("knee ..", WORDS, SKIP)
