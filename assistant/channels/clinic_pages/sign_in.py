"""Signing in and out at the pages of the clinic."""

from __future__ import annotations

from sanic.response import HTTPResponse

from assistant.channels.clinic_pages import gate
from assistant.channels.clinic_pages.asked import Asked
from assistant.channels.clinic_pages.desk import Desk
from assistant.channels.clinic_pages.replies import go_to
from assistant.channels.web.refusals import RefusedError
from assistant.clinic.case import ID
from assistant.clinic.staff import sign_ins
from assistant.clinic.staff.sign_ins import SignIn, SignInError

FORM_LIFE = 3600.0
STATUS = {"wrong": 403, "locked": 429}


def form(desk: Desk, asked: Asked, fault: str = "", name: str = "") -> HTTPResponse:
    """GET: the form; somebody signed in already goes on."""
    token = gate.cookie_of(asked, gate.SIGNED_IN)
    if not fault and token and sign_ins.signed_in(desk.engine, token, asked.now, watching=True):
        return go_to(asked.base + _wanted(asked))
    secret = gate.cookie_of(asked, gate.FORM) or gate.new_form_secret()
    kept = gate.cookie(asked, gate.FORM, secret, FORM_LIFE)
    values = {"csrf": gate.form_token(secret), "fault": fault, "name": name, "case": _case(asked)}
    return desk.show(asked, "sign_in", None, STATUS.get(fault, 200), kept, **values)


def sign_in(desk: Desk, asked: Asked) -> HTTPResponse:
    """POST: a new sign-in, whatever cookie the browser came with; where to after it is the inbox or a case."""
    gate.check_form(asked, gate.cookie_of(asked, gate.FORM), desk.settings.origin)
    name, password = asked.form.get("name", ""), asked.form.get("password", "")
    try:
        signed = sign_ins.sign_in(desk.engine, name, password, asked.address, asked.now)
    except SignInError as fault:
        return form(desk, asked, fault.code, name[:64])
    _end_former(desk, asked)
    return go_to(asked.base + _wanted(asked), **gate.cookie(asked, gate.SIGNED_IN, signed.token, sign_ins.LONGEST))


def _end_former(desk: Desk, asked: Asked) -> None:
    former = gate.cookie_of(asked, gate.SIGNED_IN)
    known = sign_ins.signed_in(desk.engine, former, asked.now, watching=True) if former else None
    if known:
        with desk.engine.begin() as connection:
            sign_ins.sign_out(connection, known, asked.now)


def sign_out(desk: Desk, asked: Asked, signed: SignIn) -> HTTPResponse:
    """POST: ends this sign-in, or with `everywhere` all of the same person."""
    with desk.engine.begin() as connection:
        sign_ins.sign_out(connection, signed, asked.now, everywhere=asked.form.get("everywhere") == "yes")
    away = {**gate.cookie(asked, gate.SIGNED_IN, "", 0), "Clear-Site-Data": '"cache"'}
    return go_to(asked.base + "sign-in", **away)


def account(desk: Desk, asked: Asked, signed: SignIn) -> HTTPResponse:
    """GET: where this person is signed in."""
    with desk.engine.connect() as connection:
        browsers = sign_ins.browsers(connection, signed.who, asked.now)
    return desk.show(asked, "account", signed, browsers=browsers)


def away(desk: Desk, asked: Asked, refused: RefusedError) -> HTTPResponse:
    """Somebody who is not signed in goes to the form, and from there to the case they wanted.

    A link in a web mail comes without the cookie, because that is SameSite=Strict: the page loads itself once more then.
    """
    if asked.method != "GET":
        return desk.show(asked, "message", None, 401, code=refused.code)
    if asked.fetch_site in ("cross-site", "same-site"):
        return desk.show(asked, "again", None)
    case = asked.place.get("case_id", "")
    return go_to(f"{asked.base}sign-in" + (f"?case={case}" if ID.fullmatch(case) else ""))


def _case(asked: Asked) -> str:
    case = asked.form.get("case", "") or asked.query.get("case", "")
    return case if ID.fullmatch(case) else ""


def _wanted(asked: Asked) -> str:
    case = _case(asked)
    return f"cases/{case}" if case else ""
