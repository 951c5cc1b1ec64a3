"""`psoas case …` and `psoas knowledge diff`, as somebody types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from assistant.cli import main
from assistant.clinic.inbox import inbox
from assistant.knowledge_base.reading import Knowledge
from tests.clinic.talking import finished, keep_all, simple
from tests.triage.people import ordinary


@pytest.fixture
def case_id(engine: Engine, knowledge: Knowledge, url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A stored case of somebody with a fever, in the ledger that the commands use."""
    monkeypatch.setenv("PSOAS_DATABASE", url)
    monkeypatch.setenv("PSOAS_KNOWLEDGE", str(knowledge.path))
    keep_all(engine, [finished(ordinary(knowledge.book, fever_systemic=True), knowledge, "somebody")])
    with engine.connect() as connection:
        return inbox(connection)[0].id


Shown = pytest.CaptureFixture[str]


def test_list_shows_a_line_a_case(case_id: str, engine: Engine, capsys: Shown) -> None:
    keep_all(engine, [simple("later", 1)])
    assert main(["case", "list"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.split("\t")[:3] == [case_id, "urgent", "withheld"]
    assert first.endswith("unread")
    assert second.split("\t")[1:3] == ["self_care", "walk_freely"]
    main(["case", "list", "--care", "self_care", "--most", "5"])
    assert capsys.readouterr().out.splitlines() == [second]


def test_export_writes_the_case_with_the_assessment_as_it_was_decided(
    case_id: str, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    assert main(["case", "export", case_id]) == 0
    written = json.loads(capsysbinary.readouterr().out)
    assert written["schema"] == "psoas.case/1"
    assert written["assessment"]["schema"] == "psoas.assessment/1"
    assert {"finding": "fever_systemic", "value": True}.items() <= written["findings"][0].items() or any(
        f["finding"] == "fever_systemic" and f["value"] is True for f in written["findings"]
    )
    for form in ("text", "html"):
        assert main(["case", "export", case_id, "--format", form, "--output", str(tmp_path / form)]) == 0
        assert b"fever_systemic" in (tmp_path / form).read_bytes()


@pytest.mark.parametrize(
    "strange", ["../../etc/passwd", "c-0/../x", "", "c-" + "0" * 19, "c-" + "A" * 20, "c-" + "0" * 20 + "\n", "%2e%2e"]
)
@pytest.mark.parametrize("verb", ["export", "forget", "replay"])
def test_an_id_that_is_none_is_refused(case_id: str, verb: str, strange: str, capsys: Shown) -> None:
    assert main(["case", verb, strange]) == 2
    assert "psoas case list" in capsys.readouterr().err


def test_a_format_that_there_is_not_is_refused_with_those_there_are(case_id: str, capsys: Shown) -> None:
    assert main(["case", "export", case_id, "--format", "docx"]) == 2
    assert "html" in capsys.readouterr().err


def test_replay_says_that_the_bytes_are_the_same(case_id: str, capsys: Shown) -> None:
    assert main(["case", "replay", case_id]) == 0
    assert "the same" in capsys.readouterr().out


def test_forget_gives_a_receipt_and_the_case_is_gone(case_id: str, capsys: Shown) -> None:
    assert main(["case", "forget", case_id]) == 0
    receipt = json.loads(capsys.readouterr().out)
    assert receipt["deleted"] == {"cases": 1, "talks": 1, "turns": 1}
    assert main(["case", "export", case_id]) == 2
    assert main(["case", "forget", "--conversation", "somebody"]) == 0
    assert json.loads(capsys.readouterr().out)["deleted"] == {}


def test_forget_wants_one_name(case_id: str, capsys: Shown) -> None:
    assert main(["case", "forget"]) == 2
    assert main(["case", "forget", case_id, "--conversation", "somebody"]) == 2
    assert "--conversation" in capsys.readouterr().err


def test_sweep_deletes_what_is_too_old(case_id: str, monkeypatch: pytest.MonkeyPatch, capsys: Shown) -> None:
    monkeypatch.setenv("PSOAS_RETENTION_DAYS", "36500")
    assert main(["case", "sweep"]) == 0
    assert "Nothing" in capsys.readouterr().out
    monkeypatch.setenv("PSOAS_RETENTION_DAYS", "0.001")
    assert main(["case", "sweep"]) == 0
    assert json.loads(capsys.readouterr().out)["deleted"] == {"cases": 1, "talks": 1, "turns": 1}


def test_diff_of_a_knowledge_base_with_itself_is_empty(case_id: str, knowledge: Knowledge, capsys: Shown) -> None:
    assert main(["knowledge", "diff", str(knowledge.path), str(knowledge.path)]) == 0
    assert capsys.readouterr().out == ""


def test_diff_with_what_is_no_knowledge_base_says_so(case_id: str, knowledge: Knowledge, capsys: Shown) -> None:
    assert main(["knowledge", "diff", str(knowledge.path), "/nowhere.db"]) == 2
    assert "/nowhere.db" in capsys.readouterr().err
