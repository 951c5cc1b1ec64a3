"""`psoas notices`: what was given up is seen and begins anew, and exit codes tell whether all went."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Engine

from assistant import cli
from assistant.clinic.notices.sending import send_due
from assistant.clinic.notices.settings import hooks_of
from tests.clinic.notice_servers import Answer, Receiver
from tests.clinic.noticing import AT_ONCE, emergency, kept
from tests.clinic.talking import keep_all, simple


def test_a_dead_notice_begins_anew_by_command(
    url: str, engine: Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PSOAS_DATABASE", url)
    receiver.usual = Answer(500)
    emergency(engine)
    keep_all(engine, [simple("b", 2)])
    assert send_due(engine, hooks_of(), AT_ONCE) == {"failed": 4, "dead": 2}
    assert cli.main(["notices", "dead"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [(line[1], line[2], line[3], line[4], line[6], line[8]) for line in lines] == [
        ("dead", "finished", "webhook", "self_care", "3", "http_500"),
        ("dead", "finished", "webhook", "emergency", "3", "http_500"),
    ]
    receiver.usual = Answer(204)
    assert cli.main(["notices", "send"]) == 0
    assert cli.main(["notices", "retry", lines[1][0]]) == 0
    assert cli.main(["notices", "send"]) == 0
    assert capsys.readouterr().out.splitlines() == ["{}", "1 will be tried again", '{"sent": 1}']
    assert cli.main(["notices", "retry", lines[1][0]]) == 2
    assert lines[1][0] in capsys.readouterr().err
    assert cli.main(["notices", "retry", "--all"]) == 0
    assert cli.main(["notices", "send"]) == 0
    assert cli.main(["notices", "list", "--state", "sent"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4
    assert {notice.state for notice in kept(engine)} == {"sent"}


@pytest.mark.parametrize("odd", [["retry"], ["retry", "--all", "n-1"], ["retry", "n-1'; DROP TABLE notices"], ["send"]])
def test_a_command_that_cannot_be_done_says_so(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], odd: list[str]
) -> None:
    monkeypatch.setenv("PSOAS_DATABASE", url)
    assert cli.main(["notices", *odd]) == 2
    assert capsys.readouterr().err


def test_sending_by_command_says_by_its_exit_code_whether_all_went(
    url: str, engine: Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PSOAS_DATABASE", url)
    receiver.answers = [Answer(500)]
    emergency(engine)
    assert cli.main(["notices", "send"]) == 1
    assert capsys.readouterr().out == '{"failed": 1}\n'
