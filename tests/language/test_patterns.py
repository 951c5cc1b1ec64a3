"""Phrases are found as they are written, and one that is written wrongly is named with its place and a remedy."""

from __future__ import annotations

import pytest

from assistant.errors import InputError
from assistant.language.lexicon import lexicon
from assistant.language.patterns import Patterns
from assistant.language.words import cut

CLASSES = {"numb": ("numb", "no feeling in"), "soon": ("right now", "=now")}
FINDINGS = [
    {"id": "fever", "kind": "flag", "type": "yes_no"},
    {"id": "where", "kind": "about", "type": "many", "values": {"hip": "hip"}},
]
MEASURES: dict[str, object] = {"span": {}, "loose": {}}


def found(phrase: str, text: str) -> list[tuple[int, ...]]:
    patterns = Patterns([(phrase, "found")], CLASSES, {"felt": "feel"})
    return [f.used for f in patterns.find(cut(text, {"felt": "feel"}))]


@pytest.mark.parametrize(
    ("phrase", "text", "holds"),
    [
        ("walk", "walking", True),
        ("=walk", "walking", False),
        ("can't feel", "CANT feel", True),
        ("can't feel", "can t feel", True),
        ("feel cold", "felt cold", True),
        ("it's numb", "its numb", True),
        ("leg .. numb", "leg has gone completely numb", True),
        ("leg .. numb", "leg is a b c d e numb", False),
        ("leg .. numb", "leg. numb", False),
        ("leg & numb", "numb all down the leg", True),
        ("leg (has) numb", "leg numb", True),
        ("leg|foot numb", "foot numb", True),
        ("<numb> leg", "no feeling in my leg", True),
        ("leg numb", "leg (13) numb", False),
        ("leg .. numb", "leg (13) numb", True),
        # filler words: skipped, met only by =word
        ("leg numb", "the leg is just so numb", False),
        ("leg is numb", "the leg is just so numb", True),
        ("=just numb", "it is just numb", True),
        ("=just numb", "it is numb", False),
        ("numb =now", "it is numb now.", True),
        ("numb =now", "it is numb. now", False),
        ("<soon> numb", "now numb", True),
        ("not =just", "not just that", True),
        ("not =just", "not numb", False),
    ],
)
def test_a_phrase_is_found_where_it_stands(phrase: str, text: str, holds: bool) -> None:
    assert bool(found(phrase, text)) is holds


@pytest.mark.parametrize(
    ("phrase", "remedy"),
    [
        ("still", "write =word"),
        ("the my", "write =word"),
        ("leg|the numb", "write =the to require it"),
        ("(leg) (numb)", "take the brackets off"),
        ("leg .. (numb)", "take the brackets or the .. away"),
        ("(leg) .. numb", "take the brackets or the .. away"),
        ("leg ..", "take the brackets or the .. away"),
        (".. numb", "take the brackets or the .. away"),
        ("leg .. .. numb", "take the brackets or the .. away"),
        ("..", "at least one"),
        ("leg & (numb)", "take the brackets off"),
        ("leg & arm & foot", "write two phrases"),
        ("<numbb> leg", "correct the name"),
        ("leg (numb", "brackets must be closed"),
    ],
)
def test_a_wrong_phrase_is_named_with_its_place_and_a_remedy(phrase: str, remedy: str) -> None:
    with pytest.raises(InputError) as error:
        Patterns([(phrase, "found")], CLASSES, {}, {phrase: "phrases/urgent.yml: fever"})
    assert "phrases/urgent.yml: fever" in str(error.value)
    assert f'"{phrase}"' in str(error.value)
    assert remedy in str(error.value)


def test_a_wrong_entry_of_a_word_class_is_named() -> None:
    with pytest.raises(InputError, match="word class leg"):
        Patterns([("leg", "found")], {"leg": ("foot|the",)}, {})


def test_every_wrong_phrase_is_named_at_once() -> None:
    with pytest.raises(InputError) as error:
        Patterns([("leg ..", "one"), ("<foo>", "two")], CLASSES, {})
    assert "leg .." in str(error.value)
    assert "<foo>" in str(error.value)


@pytest.mark.parametrize("forms", [{"gone off": "go"}, {"waterworks": "bladder trouble"}, {"dont": "do"}])
def test_a_form_of_several_words_is_an_error_with_a_remedy(forms: dict[str, str]) -> None:
    with pytest.raises(InputError, match="one word stands for one word; write a word class"):
        lexicon({}, {"forms": forms}, MEASURES, FINDINGS)


def test_a_name_of_no_finding_is_an_error() -> None:
    with pytest.raises(InputError, match="named: fevr is not a finding"):
        lexicon({}, {"named": {"fevr": ["fever"]}}, MEASURES, FINDINGS)


def test_repetition_does_not_multiply_what_is_found() -> None:
    patterns = Patterns([("leg .. numb .. cold", "found")], CLASSES, {})
    assert len(patterns.find(cut("leg numb cold " * 200))) < 200 * 40
