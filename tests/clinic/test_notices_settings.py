"""Settings of notices: odd ones are refused, all at once, by name and remedy and never with what stands in them."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clinic.notices.settings import VARIABLES, Hooks, hooks_of, on_this_machine, wanted
from assistant.errors import InputError
from tests.clinic.noticing import OTHER_SECRET, SECRET

HOOK = {"PSOAS_WEBHOOK_URL": "https://receiver.example/hook?key=k3y", "PSOAS_WEBHOOK_SECRET": SECRET}
MAIL = {
    "PSOAS_MAIL_SERVER": "smtp://clinic%40example:p%40ss%20word@mail.example",
    "PSOAS_MAIL_FROM": "psoas@clinic.example",
    "PSOAS_MAIL_TO": "duty@clinic.example,lead@clinic.example",
}


def test_nothing_is_sent_unless_something_is_set() -> None:
    assert hooks_of({}) == Hooks()
    assert (hooks_of({}).targets, wanted({})) == ((), ())


def test_what_is_set_is_read() -> None:
    hooks = hooks_of({**HOOK, **MAIL, "PSOAS_CLINIC_ADDRESS": "https://clinic.example/hip/clinic/"})
    assert hooks.webhook is not None
    assert hooks.mail is not None
    webhook, mail = hooks.webhook, hooks.mail
    assert (webhook.host, webhook.port, webhook.path, webhook.tls) == ("receiver.example", 443, "/hook?key=k3y", True)
    assert webhook.secrets == (base64.b64decode(SECRET[6:]),)
    assert (mail.host, mail.port, mail.tls, mail.must_encrypt) == ("mail.example", 587, False, True)
    assert (mail.user, mail.password) == ("clinic@example", "p@ss word")
    assert (mail.sender, mail.to) == ("psoas@clinic.example", ("duty@clinic.example", "lead@clinic.example"))
    assert (hooks.clinic, hooks.summary, hooks.targets) == ("https://clinic.example/hip", False, ("webhook", "mail"))


def test_ports_and_encryption_follow_the_scheme() -> None:
    tls = hooks_of({**MAIL, "PSOAS_MAIL_SERVER": "smtps://mail.example"}).mail
    here = hooks_of({**MAIL, "PSOAS_MAIL_SERVER": "smtp://[::1]:2525"}).mail
    assert tls is not None
    assert here is not None
    assert (tls.port, tls.tls, tls.must_encrypt, tls.user) == (465, True, True, "")
    assert (here.host, here.port, here.tls, here.must_encrypt) == ("::1", 2525, False, False)


def test_no_secret_shows_where_settings_are_shown() -> None:
    shown = repr(hooks_of({**HOOK, **MAIL}))
    assert not [secret for secret in ("k3y", "c2Vj", "secret", "p@ss", "p%40", "clinic@example") if secret in shown]


ODD = [
    ("PSOAS_WEBHOOK_URL", "http://receiver.example/"),
    ("PSOAS_WEBHOOK_URL", "ftp://receiver.example/"),
    ("PSOAS_WEBHOOK_URL", "receiver.example/hook"),
    ("PSOAS_WEBHOOK_URL", "https:///hook"),
    ("PSOAS_WEBHOOK_URL", "https://receiver.example:99999/"),
    ("PSOAS_WEBHOOK_URL", "https://receiver.example:0/"),
    ("PSOAS_WEBHOOK_URL", "https://name:hunter2@receiver.example/"),
    ("PSOAS_WEBHOOK_URL", "https://receiver.example/#hunter2"),
    ("PSOAS_WEBHOOK_URL", "https://receiver.example/a b"),
    ("PSOAS_WEBHOOK_URL", "https://receiver.example/\r\nX-Odd: hunter2"),
    ("PSOAS_WEBHOOK_URL", "https://127.0.0.1.receiver.example:x/"),
    ("PSOAS_WEBHOOK_URL", "http://127.0.0.1.receiver.example/"),
    ("PSOAS_WEBHOOK_SECRET", ""),
    ("PSOAS_WEBHOOK_SECRET", "hunter2"),
    ("PSOAS_WEBHOOK_SECRET", "whsec_hunter2"),
    ("PSOAS_WEBHOOK_SECRET", "whsec_" + base64.b64encode(b"short").decode()),
    ("PSOAS_WEBHOOK_SECRET", "whsec_" + base64.b64encode(b"x" * 65).decode()),
    ("PSOAS_WEBHOOK_SECRET", SECRET.removeprefix("whsec_")),
    ("PSOAS_WEBHOOK_SECRET", f"{SECRET} {OTHER_SECRET} {SECRET}"),
    ("PSOAS_WEBHOOK_SECRET", f"{SECRET} hunter2"),
    ("PSOAS_MAIL_SERVER", "mail.example"),
    ("PSOAS_MAIL_SERVER", "http://mail.example"),
    ("PSOAS_MAIL_SERVER", "smtp://name@mail.example"),
    ("PSOAS_MAIL_SERVER", "smtp://:hunter2@mail.example"),
    ("PSOAS_MAIL_SERVER", "smtp://name:hunter2@mail.example/box"),
    ("PSOAS_MAIL_SERVER", "smtp://name:hunter2@mail.example?tls=no"),
    ("PSOAS_MAIL_SERVER", "smtp://name:hunter2@mail.example:smtp"),
    ("PSOAS_MAIL_SERVER", "smtp://name:hunter2%0d%0aRSET@mail.example"),
    ("PSOAS_MAIL_SERVER", "smtp://name:hunter2%C3%BC@mail.example"),
    ("PSOAS_MAIL_FROM", ""),
    ("PSOAS_MAIL_FROM", "nobody"),
    ("PSOAS_MAIL_FROM", "a@b.example,c@d.example"),
    ("PSOAS_MAIL_FROM", "a@b.example\r\nBcc: hunter2@d.example"),
    ("PSOAS_MAIL_FROM", "Psoas <a@b.example>"),
    ("PSOAS_MAIL_TO", ""),
    ("PSOAS_MAIL_TO", " , "),
    ("PSOAS_MAIL_TO", "duty@clinic.example,nobody"),
    ("PSOAS_MAIL_TO", "a@b.example\nc@d.example"),
    ("PSOAS_NOTICE_TEXT", "all"),
    ("PSOAS_NOTICE_TEXT", "hunter2"),
    ("PSOAS_CLINIC_ADDRESS", "clinic.example"),
    ("PSOAS_CLINIC_ADDRESS", "javascript:alert(1)"),
    ("PSOAS_CLINIC_ADDRESS", "https://clinic.example/?hunter2"),
]


@pytest.mark.parametrize(("variable", "written"), ODD)
def test_an_odd_value_is_refused_by_name_and_not_shown(variable: str, written: str) -> None:
    with pytest.raises(InputError) as refused:
        hooks_of({**HOOK, **MAIL, variable: written})
    assert [message.partition(":")[0] for message in refused.value.messages] == [variable]
    assert "hunter2" not in str(refused.value)
    assert len(str(refused.value).split()) > 3, "a remedy is told"


@pytest.mark.parametrize("variable", ["PSOAS_WEBHOOK_SECRET", "PSOAS_MAIL_FROM", "PSOAS_MAIL_TO"])
def test_half_of_the_settings_is_refused(variable: str) -> None:
    with pytest.raises(InputError, match=f"{variable} is set without"):
        hooks_of({variable: {**HOOK, **MAIL}[variable]})


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InputError) as refused:
        hooks_of({**dict.fromkeys([*HOOK, *MAIL], "x"), "PSOAS_NOTICE_TEXT": "x", "PSOAS_CLINIC_ADDRESS": "x"})
    named = {message.partition(":")[0] for message in refused.value.messages}
    assert named == {*HOOK, *MAIL, "PSOAS_NOTICE_TEXT", "PSOAS_CLINIC_ADDRESS"}


@given(
    variable=st.sampled_from([*HOOK, *MAIL, "PSOAS_NOTICE_TEXT", "PSOAS_CLINIC_ADDRESS"]), written=st.text(max_size=60)
)
def test_whatever_is_written_is_read_or_refused(variable: str, written: str) -> None:
    environment = {**HOOK, **MAIL, variable: written}
    faults = _faults(environment)
    assert not faults or variable in faults
    assert faults or hooks_of(environment).targets == wanted(environment)


def _faults(environment: dict[str, str]) -> str:
    try:
        hooks_of(environment)
    except InputError as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("localhost.example", False),
    ],
)
def test_only_this_machine_counts_as_this_machine(host: str, here: bool) -> None:
    assert on_this_machine(host) is here


def test_each_target_has_its_variable() -> None:
    assert wanted({variable: "x" for variable in VARIABLES.values()}) == ("webhook", "mail")
