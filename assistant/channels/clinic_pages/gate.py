"""Checks each request at the pages of the clinic: who is signed in, and whether a form is one of ours."""

from __future__ import annotations

import hmac
import secrets

from assistant.channels.clinic_pages.asked import Asked
from assistant.channels.web.headers import same_site
from assistant.channels.web.refusals import RefusedError
from assistant.clinic.forgetting import key_of
from assistant.clinic.ledger import Engine
from assistant.clinic.staff import sign_ins
from assistant.clinic.staff.sign_ins import SignIn

SIGNED_IN, FORM = "psoas-clinic", "psoas-clinic-form"
"""Cookies: the sign-in, and the secret of the sign-in form of somebody who has none yet."""
CSRF = "csrf"


def cookie_of(asked: Asked, name: str) -> str:
    """What a cookie of ours holds, nothing where it is missing."""
    return asked.cookies.get(_name(asked, name), "")


def cookie(asked: Asked, name: str, value: str, life: float) -> dict[str, str]:
    """The header that sets a cookie for `life` seconds; 0 takes it away."""
    secure = "" if asked.bare else "; Secure"
    kept = f"{_name(asked, name)}={value}; Path=/; Max-Age={int(life)}; HttpOnly; SameSite=Strict{secure}"
    return {"Set-Cookie": kept}


def _name(asked: Asked, name: str) -> str:
    """With this beginning no other site of the same domain can plant the cookie."""
    return name if asked.bare else f"__Host-{name}"


def new_form_secret() -> str:
    """For the form of somebody who is not signed in yet."""
    return secrets.token_urlsafe(24)


def form_token(secret: str) -> str:
    """What a form carries to show that it was made for the holder of a cookie."""
    return key_of(f"form\n{secret}")


def visitor(engine: Engine, asked: Asked, ours: str = "") -> SignIn:
    """Who is signed in. Raises RefusedError for nobody, and for a form that is not ours. `ours` is the origin that the
    credentials name."""
    token = cookie_of(asked, SIGNED_IN)
    signed = sign_ins.signed_in(engine, token, asked.now, asked.watching) if token else None
    if signed is None:
        raise RefusedError("signed_out", 401)
    if asked.method == "POST":
        check_form(asked, signed.token, ours)
    return signed


def check_form(asked: Asked, secret: str, ours: str = "") -> None:
    """Raises RefusedError for a form that another site sent, or that was not made for this browser."""
    foreign = asked.fetch_site not in ("", "same-origin")
    if foreign or (asked.origin and asked.origin != ours and not same_site(asked.origin, asked.host)):
        raise RefusedError("foreign_form", 403)
    given = asked.form.get(CSRF, "")
    if not secret or not hmac.compare_digest(given.encode("utf-8", "replace"), form_token(secret).encode()):
        raise RefusedError("old_form", 403)
