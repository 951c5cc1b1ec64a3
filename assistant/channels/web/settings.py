"""What the credentials file may say about the web door."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError

KNOWN_KINDS: Mapping[str, type[Any]] = {
    "state_folder": str,
    "pictures": str,
    "allowed_origins": list,
    "proxies": int,
}


@dataclass(frozen=True)
class WebSettings:
    """``allowed_origins`` may embed the widget; ``proxies`` counts the trusted proxies in front; ``state_folder`` keeps the
    secret that signs sessions."""

    state_folder: Path = Path("var")
    pictures: Path = Path("knowledge/pictures")
    allowed_origins: frozenset[str] = frozenset()
    proxies: int = 0


def web_settings(credentials: Mapping[str, Any] | None) -> WebSettings:
    """The settings in a block of the credentials file; raises InputError naming the line at fault."""
    given = dict(credentials or {})
    faults = [fault for key, value in given.items() if (fault := _fault(key, value))]
    if faults:
        raise InputError(*faults)
    for key in ("state_folder", "pictures"):
        if key in given:
            given[key] = Path(given[key])
    given["allowed_origins"] = frozenset(str(each).rstrip("/").lower() for each in given.get("allowed_origins", []))
    return WebSettings(**given)


def _fault(key: str, value: Any) -> str:
    if key not in KNOWN_KINDS:
        return f"credentials, web door: unknown key {key!r}; known are {', '.join(KNOWN_KINDS)}"
    if not isinstance(value, KNOWN_KINDS[key]):
        return f"credentials, web door: {key} should be a {KNOWN_KINDS[key].__name__}, not {value!r}"
    if key == "allowed_origins" and (odd := [each for each in value if not _is_origin(each)]):
        return (
            f"credentials, web door: allowed_origins holds {odd[0]!r}; write each as https://host, without a path or *"
        )
    return ""


def _is_origin(origin: Any) -> bool:
    scheme, mark, host = str(origin).rstrip("/").partition("://")
    return scheme in {"http", "https"} and bool(mark and host) and not set(host) & set("/*? ")
