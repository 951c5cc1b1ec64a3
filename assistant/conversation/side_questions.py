"""Answers a question to the document: by topic, then by full-text search, or says that it is not covered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.conversation.picturing import topic_pictures
from assistant.conversation.saying import Say, Voice
from assistant.knowledge_base.reading import Knowledge, search
from assistant.triage.rules import Evidence

COMMON = frozenset(
    [
        "a",
        "about",
        "after",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "for",
        "from",
        "get",
        "give",
        "go",
        "good",
        "had",
        "has",
        "have",
        "help",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "kind",
        "let",
        "make",
        "matter",
        "may",
        "me",
        "might",
        "more",
        "much",
        "my",
        "need",
        "of",
        "off",
        "on",
        "or",
        "out",
        "over",
        "please",
        "really",
        "say",
        "says",
        "should",
        "so",
        "some",
        "such",
        "tell",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "thing",
        "this",
        "to",
        "too",
        "up",
        "use",
        "very",
        "was",
        "way",
        "we",
        "what",
        "whats",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "document",
        "article",
        "ok",
        "okay",
        "right",
        "best",
        "cause",
        "causes",
        "long",
        "many",
        "often",
        "time",
        "times",
    ]
)
"""Words of a question that carry no subject."""


def answer(question: str, knowledge: Knowledge) -> tuple[str, list[Evidence]]:
    """The note and the quoted sentences that answer a question; no sentences when the document does not cover it."""
    topic = topic_of(question, knowledge)
    if topic is not None:
        return _told(topic, knowledge)
    subject = _subject(question)
    if not _knows(subject, knowledge):
        return "", []
    groups = [list(knowledge.synonyms.get(w, [w])) for w in subject]
    return "", search(knowledge, groups)


def topic_of(question: str, knowledge: Knowledge) -> Mapping[str, Any] | None:
    """The topic that a question belongs to; None where there is none or the question has a word that nothing here knows."""
    words = set(_words(question))
    fitting = [topic for topic in knowledge.topics if _fits(topic, words)]
    anyway = next((topic for topic in fitting if topic.get("anyway")), None)
    return anyway or next((topic for topic in fitting if _knows(_subject(question), knowledge)), None)


def _words(question: str) -> list[str]:
    return re.findall(r"[a-z]+", question.lower().replace("'", ""))


def _subject(question: str) -> list[str]:
    return [word for word in _words(question) if word not in COMMON]


def _knows(subject: Sequence[str], knowledge: Knowledge) -> bool:
    known = _known_words(knowledge)
    return all(_stem(word) in known for word in subject)


def _told(topic: Mapping[str, Any], knowledge: Knowledge) -> tuple[str, list[Evidence]]:
    """The note of a topic and the first sentence of each of its claims."""
    quoted = [e for claim in topic["claims"] for e in knowledge.evidence.get(claim, ())[:1]]
    return str(topic.get("note", "")), list({e.passage: e for e in quoted}.values())


def reply(question: str, voice: Voice) -> Say:
    """The answer as it is said in the conversation."""
    note, quoted = answer(question, voice.knowledge)
    if not quoted:
        return Say(voice.text("not_covered_question", whom=voice.text("whom_to_ask")))
    lines = [voice.text("answer_note", note=note)] if note else []
    intro = "answer_intro" if any(e.source == "document" for e in quoted) else "answer_intro_guidance"
    text = "\n".join([*lines, voice.text(intro), *(voice.quote(e) for e in quoted[:3])])
    pictures = topic_pictures(topic_of(question, voice.knowledge) or {}, voice.knowledge)
    return Say(text, custom={"pictures": pictures} if pictures else {})


def _fits(topic: Mapping[str, Any], words: set[str]) -> bool:
    groups: Sequence[Sequence[str]] = topic["asks"]
    return all(words.intersection(group) for group in groups)


def _stem(word: str) -> str:
    return re.sub(r"(ing|es|ed|s|ly)$", "", word) if len(word) > 4 else word


def _known_words(knowledge: Knowledge) -> set[str]:
    """The stems of every word that the document, the topics or the synonyms use."""
    texts = [e.quote for e in knowledge.passages.values() if e.source == "document"]
    texts += [str(w) for t in knowledge.topics for group in t["asks"] for w in group]
    texts += [w for key, words in knowledge.synonyms.items() for w in (key, *words)]
    return {_stem(w) for text in texts for w in re.findall(r"[a-z]+", text.lower())}
