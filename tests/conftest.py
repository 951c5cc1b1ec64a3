"""What tests share: one knowledge base, built once from the project's own content."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge_base.building import build
from assistant.knowledge_base.reading import Knowledge, open_knowledge
from assistant.language.lexicon import lexicon
from assistant.language.reading import Reader
from assistant.settings import CONTENT


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The knowledge base of `knowledge/`, built into a folder of its own."""
    path: Path = tmp_path_factory.mktemp("knowledge") / "knowledge.db"
    build(CONTENT, path)
    return open_knowledge(path)


@pytest.fixture(scope="session")
def reader(knowledge: Knowledge) -> Reader:
    """The reader of messages over that knowledge base."""
    return Reader(lexicon(knowledge.phrase_files, knowledge.cues, knowledge.measures, knowledge.findings))
