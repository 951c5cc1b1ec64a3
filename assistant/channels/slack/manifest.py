"""The manifest of the Slack app: what to paste at api.slack.com when the app is made."""

import re
from pathlib import Path

from assistant.errors import InputError

MANIFEST = Path(__file__).parent / "slack_manifest.yml"
ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")
EXAMPLE = "https://psoas.example.org"


def manifest(url: str) -> str:
    """The manifest in YAML for a server with that public address, without the comment in front.

    Raises InputError where the address is not one that Slack would call.
    """
    if not ADDRESS.fullmatch(url):
        raise InputError(f"--url {url!r}: give the public address of the server as https://host, without a query")
    lines = MANIFEST.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#")).replace("{url}", url.rstrip("/"))
