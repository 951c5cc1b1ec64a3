"""The page's files, read once: each with its type, its gzip and a digest that names this version of them."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
BASE_MARK = "__STATIC__"
COMPRESSED = {".html", ".js", ".css", ".json", ".svg"}


@dataclass(frozen=True)
class WebFile:
    """One file as it is sent; ``packed`` is its gzip, or empty where that gains nothing."""

    body: bytes
    packed: bytes
    content_type: str
    tag: str


@dataclass(frozen=True)
class WebFiles:
    """Files by name; ``version`` is the digest of them all and part of their address."""

    version: str
    files: Mapping[str, WebFile]


def web_files(folder: Path, prefix: str) -> WebFiles:
    """Reads a folder. ``__STATIC__`` in an HTML file or in widget.js becomes ``prefix`` + version."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in TYPES)
    version = _digest(b"".join(path.name.encode() + path.read_bytes() for path in paths))
    return WebFiles(version, {path.name: _file(path, f"{prefix}{version}") for path in paths})


def picture_file(folder: Path, name: str) -> WebFile | None:
    """A picture of the knowledge base by its file name, or None; never leaves the folder."""
    path = folder / name
    if Path(name).name != name or path.suffix not in {".svg", ".png"} or not path.is_file():
        return None
    return _file(path, "")


def _file(path: Path, base: str) -> WebFile:
    body = path.read_bytes().replace(BASE_MARK.encode(), base.encode())
    packed = gzip.compress(body, 9, mtime=0) if path.suffix in COMPRESSED else b""
    if len(packed) >= len(body):
        packed = b""
    return WebFile(body, packed, TYPES[path.suffix], f'W/"{_digest(body)}"')


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
