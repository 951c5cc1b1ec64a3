"""Invitations at the pages of the clinic: a link and a picture of it for a patient."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import segno
from markupsafe import Markup
from sanic.response import HTTPResponse

from assistant.channels.clinic_pages.asked import Asked
from assistant.channels.clinic_pages.desk import Desk
from assistant.channels.clinic_pages.replies import go_to
from assistant.channels.web.refusals import RefusedError
from assistant.clinic import invitations
from assistant.clinic.invitations import Wish
from assistant.clinic.ledger import reading
from assistant.clinic.staff import audit
from assistant.clinic.staff.sign_ins import SignIn
from assistant.errors import InputError

MOST = 100
FIELDS = ("name", "reason", "appointment", "days")


def show(desk: Desk, asked: Asked, signed: SignIn, faults: tuple[str, ...] = ()) -> HTTPResponse:
    """GET: the form, and the newest invitations."""
    with reading(desk.engine) as connection:
        made = invitations.listed(connection, MOST)
    filled = {name: asked.form.get(name, "") for name in FIELDS}
    filled["days"] = filled["days"] or str(invitations.DAYS)
    limits = {
        "most_days": invitations.MOST_DAYS,
        "name": invitations.NAME_CHARACTERS,
        "reason": invitations.REASON_CHARACTERS,
    }
    values: dict[str, Any] = {"made": made, "faults": faults, "filled": filled, "limits": limits}
    return desk.show(asked, "invitations", signed, 400 if faults else 200, **values)


def make(desk: Desk, asked: Asked, signed: SignIn) -> HTTPResponse:
    """POST: an invitation; its link is shown now and never again."""
    try:
        wish = _wish(desk, asked)
        with desk.engine.begin() as connection:
            invitation, token = invitations.make(connection, wish, signed.who, asked.now)
            audit.write(connection, asked.now, signed.who, "invited", invitation)
    except InputError as fault:
        return show(desk, asked, signed, fault.messages)
    link = f"{_chat(desk, asked)}#i={token}"
    expires_at = asked.now + wish.days * invitations.DAY
    values: dict[str, Any] = {"link": link, "picture": _picture(link), "wish": wish, "expires_at": expires_at}
    return desk.show(asked, "invited", signed, **values)


def revoke(desk: Desk, asked: Asked, signed: SignIn) -> HTTPResponse:
    """POST: makes an open invitation useless."""
    invitation = asked.place["invitation"]
    try:
        with desk.engine.begin() as connection:
            invitations.revoke(connection, invitation, asked.now)
            audit.write(connection, asked.now, signed.who, "revoked", invitation)
    except InputError as fault:
        raise RefusedError("no_invitation", 404) from fault
    return go_to(f"{asked.base}invitations")


def _wish(desk: Desk, asked: Asked) -> Wish:
    """What was filled in. Raises InputError naming the fields at fault."""
    days, appointment = asked.form.get("days", ""), asked.form.get("appointment", "")
    faults = [] if days.isascii() and days.isdigit() and len(days) < 4 else ["days"]
    at = None
    try:
        at = (
            datetime.fromisoformat(appointment).replace(tzinfo=desk.settings.timezone).timestamp()
            if appointment
            else None
        )
    except (ValueError, OverflowError):
        faults.append("appointment")
    if faults:
        raise InputError(*faults)
    return Wish(asked.form.get("name", ""), asked.form.get("reason", ""), at, int(days))


def _chat(desk: Desk, asked: Asked) -> str:
    """Where the chat is: as the credentials say, else at the root of where this form was sent from, which the gate checked."""
    if desk.settings.address:
        return desk.settings.address
    scheme = "http" if asked.bare else "https"
    return f"{asked.origin or f'{scheme}://{asked.host}'}/"


def _picture(link: str) -> Markup:
    """The link as a QR code, drawn without a style of its own. The link is of letters that a code needs no care with."""
    drawn = segno.make(link, error="m").svg_inline(scale=6, border=4, light="#fff", dark="#000", omitsize=False)
    return Markup(drawn)  # noqa: S704 (made of squares, not of text)
