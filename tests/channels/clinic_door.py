"""The pages of the clinic on a real port, and a clinician at them without a browser."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from argon2 import PasswordHasher
from rasa.core.channels.channel import register
from sanic import Sanic
from sanic_cors import CORS
from scripted_bot import ScriptedBot
from sqlalchemy.engine import Engine
from web_door import NUMBERS, Door

from assistant.channels.clinic_pages.channel import ClinicInput
from assistant.channels.web.channel import WebInput
from assistant.channels.web.settings import web_settings
from assistant.clinic import ledger
from assistant.clinic.staff import clinicians, passwords

PASSWORD = "correct horse battery"
TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')
LINK = re.compile(r'value="([^"]*#i=[\w-]+)"')
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


class ClinicDoor(Door):
    """A running server with the chat and the pages for clinicians."""

    def __init__(self, folder: Path, **credentials: Any) -> None:
        self._clinic = credentials
        super().__init__(ScriptedBot(), folder, {})
        self.engine: Engine = ledger.ready(f"sqlite:///{folder / 'psoas.db'}")

    def _app(self, credentials: Any) -> Sanic:
        app = Sanic(f"clinic_{next(NUMBERS)}", configure_logging=False)
        app.config.CORS_SUPPORTS_CREDENTIALS = True
        CORS(app, resources={r"/*": {"origins": ""}}, automatic_options=True)  # as Rasa does
        app.config.ACCESS_LOG = False
        app.ctx.agent = self
        channels = [WebInput(web_settings(credentials)), ClinicInput.from_credentials(self._clinic)]
        register(channels, app, route="/webhooks/")
        return app

    def add(self, *names: str) -> None:
        for name in names:
            with self.engine.begin() as connection:
                clinicians.add(connection, name, PASSWORD, time.time())


@contextmanager
def open_clinic(folder: Path, *names: str, **credentials: Any) -> Iterator[ClinicDoor]:
    """A running clinic in which these people may sign in; password hashes cost little, or the tests take minutes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PSOAS_DATABASE", f"sqlite:///{folder / 'psoas.db'}")
        patch.setattr(passwords, "HASHER", CHEAP)
        door = ClinicDoor(folder, **credentials)
        door.add(*names)
        door.start()
        yield door
        door.stop()
        door.engine.dispose()


@dataclass
class Clinician:
    """Somebody at the pages. `seen` is the last answer."""

    door: ClinicDoor
    web: requests.Session = field(default_factory=requests.Session)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"{self.door.address}/clinic/"

    def get(self, path: str = "", **more: Any) -> requests.Response:
        headers = {**self.headers, **more.pop("headers", {})}
        return self.web.get(self.address + path, headers=headers, timeout=20, **more)

    def post(self, path: str, form: str | None = None, **fields: Any) -> requests.Response:
        """A form sent off the page `form`, whose token it carries; an own `csrf` goes before it."""
        if "csrf" not in fields:
            fields["csrf"] = self.token(path if form is None else form)
        headers = {"Origin": self.door.address, **self.headers, **fields.pop("headers", {})}
        return self.web.post(self.address + path, data=fields, headers=headers, allow_redirects=False, timeout=20)

    def token(self, path: str = "account") -> str:
        found = TOKEN.search(self.get(path).text)
        return found[1] if found else ""

    def sign_in(self, name: str = "anna", password: str = PASSWORD, **more: Any) -> requests.Response:
        return self.post("sign-in", name=name, password=password, **more)

    def cookie(self) -> str:
        return str(self.web.cookies.get("psoas-clinic") or "")

    def invite(self, name: str = "Record 1", **fields: Any) -> str:
        """A new invitation: the token in its link."""
        reply = self.post("invitations", name=name, **{"days": "14", **fields})
        found = LINK.search(reply.text)
        assert found, reply.text
        return found[1].partition("#i=")[2]
