"""What every page of the clinic works with: the ledger, the templates, the settings, the files of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sanic.response import HTTPResponse

from assistant.channels.clinic_pages import gate, replies
from assistant.channels.clinic_pages.asked import Asked
from assistant.channels.clinic_pages.settings import ClinicSettings
from assistant.channels.clinic_pages.texts import PAGES, Pages, pages
from assistant.channels.web.files import WebFiles, web_files
from assistant.clinic.ledger import Engine
from assistant.clinic.staff.sign_ins import SignIn


@dataclass(frozen=True)
class Desk:
    """One for each process."""

    engine: Engine
    settings: ClinicSettings
    pages: Pages
    files: WebFiles

    @classmethod
    def set_up(cls, engine: Engine, settings: ClinicSettings) -> Desk:
        """A desk on that ledger."""
        return cls(engine, settings, pages(settings.timezone), web_files(PAGES / "files", ""))

    def show(
        self,
        asked: Asked,
        template: str,
        signed: SignIn | None,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> HTTPResponse:
        """A page made of a template, for somebody signed in or for anybody."""
        token = gate.form_token(signed.token) if signed else ""
        around = {"base": asked.base, "files": f"{asked.base}files/{self.files.version}/", "now": asked.now}
        shown = {**around, "who": signed.who if signed else "", "csrf": token, **values}
        return replies.page(self.pages.render(template, **shown), status, **(headers or {}))
