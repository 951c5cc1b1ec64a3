"""One case at the pages of the clinic, and what a clinician does with it."""

from __future__ import annotations

from typing import Any

from sanic.response import HTTPResponse
from sqlalchemy.engine import Connection

from assistant.channels.clinic_pages.asked import Asked
from assistant.channels.clinic_pages.desk import Desk
from assistant.channels.clinic_pages.replies import download as as_download
from assistant.channels.clinic_pages.replies import go_to
from assistant.channels.web.refusals import RefusedError
from assistant.clinic import inbox, invitations
from assistant.clinic.case import Case, case_of, conversation_of
from assistant.clinic.formats import FORMATS
from assistant.clinic.handover.sections import hand_over
from assistant.clinic.ledger import forget, reading
from assistant.clinic.marks import pieces
from assistant.clinic.opening import empty_log
from assistant.clinic.staff import audit
from assistant.clinic.staff.sign_ins import SignIn
from assistant.clinic.wording import wording
from assistant.errors import InputError

NOTE_CHARACTERS = 5000


def show(desk: Desk, asked: Asked, signed: SignIn) -> HTTPResponse:
    """GET: the hand-over, the findings, the words, and why."""
    with reading(desk.engine) as connection:
        case = _case(connection, asked)
        invitation = invitations.of_case(connection, case.id)
        deeds = audit.last(connection, 20, case.id)
    _note_down(desk, asked, signed, "saw")
    return _page(desk, asked, signed, case, invitation=invitation, deeds=deeds)


def _page(desk: Desk, asked: Asked, signed: SignIn, case: Case, status: int = 200, **more: Any) -> HTTPResponse:
    words = wording()
    spoken = [(turn, pieces(turn, case.findings)) for turn in case.transcript]
    flags = case.told["red_flags"]
    told = sorted(case.findings.items(), key=lambda finding: finding[0] not in flags)
    values: dict[str, Any] = {
        "case": case,
        "told": told,
        "handover": hand_over(case, words),
        "wording": words,
        "spoken": spoken,
        "forms": [*FORMATS],
    }
    return desk.show(asked, "case", signed, status, **values, changed=asked.query.get("changed") == "yes", **more)


def review(desk: Desk, asked: Asked, signed: SignIn) -> HTTPResponse:
    """POST: read by this clinician, unless the person said more in the meantime."""
    with desk.engine.begin() as connection:
        case = _case(connection, asked)
        if asked.form.get("seen") != repr(case.updated_at):
            return go_to(f"{asked.base}cases/{case.id}?changed=yes")
        inbox.review(connection, case.id, signed.who, asked.now)
        audit.write(connection, asked.now, signed.who, "reviewed", case.id)
    return go_to(f"{asked.base}cases/{case.id}")


def note(desk: Desk, asked: Asked, signed: SignIn) -> HTTPResponse:
    """POST: the clinician's note, in place of the one before."""
    with desk.engine.begin() as connection:
        case = _case(connection, asked)
        inbox.write_note(connection, case.id, asked.form.get("note", "").strip()[:NOTE_CHARACTERS])
        audit.write(connection, asked.now, signed.who, "noted", case.id)
    return go_to(f"{asked.base}cases/{case.id}#note")


def download(desk: Desk, asked: Asked, signed: SignIn) -> HTTPResponse:
    """GET: the case in one of the forms in which it is handed over."""
    form = asked.place["form"]
    if form not in FORMATS:
        raise RefusedError("not_found", 404)
    with reading(desk.engine) as connection:
        case = _case(connection, asked)
    content = FORMATS[form](case)
    _note_down(desk, asked, signed, f"downloaded_{form}"[:32])
    known = desk.pages.words["forms"].get(form, {})
    ending, kind = known.get("ending", form), known.get("kind", "application/octet-stream")
    return as_download(content, f"{case.id}.{ending}", kind)


def ask_to_delete(desk: Desk, asked: Asked, signed: SignIn) -> HTTPResponse:
    """GET: whether they are sure."""
    with reading(desk.engine) as connection:
        case = _case(connection, asked)
    return desk.show(asked, "delete", signed, case=case)


def delete(desk: Desk, asked: Asked, signed: SignIn) -> HTTPResponse:
    """POST: forgets the conversation with all that came of it."""
    with desk.engine.begin() as connection:
        case = _case(connection, asked)
        if asked.form.get("sure") != "yes":
            raise RefusedError("not_sure", 400)
        receipt = forget(connection, conversation_of(connection, case.id))
        audit.write(connection, asked.now, signed.who, "deleted", case.id)
    gone = empty_log(desk.engine)
    return desk.show(asked, "deleted", signed, receipt=receipt, gone=gone)


def _case(connection: Connection, asked: Asked) -> Case:
    """The case of the address. Raises RefusedError where there is none that the clinic may see."""
    case_id = asked.place["case_id"]
    try:
        if inbox.is_shared(connection, case_id):
            return case_of(connection, case_id)
    except InputError as fault:
        raise RefusedError("no_case", 404) from fault
    raise RefusedError("no_case", 404)


def _note_down(desk: Desk, asked: Asked, signed: SignIn, what: str) -> None:
    with desk.engine.begin() as connection:
        audit.write(connection, asked.now, signed.who, what, asked.place["case_id"])
