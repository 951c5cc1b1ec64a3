"""The fonts that a PDF is set in: DejaVu, which comes with a package that Rasa needs, and others of the machine where it has no
sign for a letter."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from assistant.errors import InputError

STYLES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf", "I": "DejaVuSans-Oblique.ttf"}
"""Style as fpdf names it to the file of the family."""
OTHERS = "PSOAS_FONTS"
"""Names a folder with more fonts; without it those of the system are looked through."""
SYSTEM = Path("/usr/share/fonts")
IGNORED = ("Cf", "Mn", "Cc", "Zs")
"""Kinds of sign that may be left out where no font has them: joiners, variation selectors, spaces."""


@dataclass(frozen=True)
class Fonts:
    """`own`: style to file; `others`: files for what is not in it, by name; `unshown`: signs that none of them has."""

    own: dict[str, Path]
    others: dict[str, Path]
    unshown: frozenset[str]

    def shown(self, text: str) -> str:
        """The text with a number, [U+4E2D], for each sign that no font has."""
        if self.unshown.isdisjoint(text):
            return text
        return "".join(_number(sign) if sign in self.unshown else sign for sign in text)


def _number(sign: str) -> str:
    return "" if unicodedata.category(sign) in IGNORED else f"[U+{ord(sign):04X}]"


def fonts_for(texts: Iterable[str]) -> Fonts:
    """The fonts that these texts need. Raises InputError where DejaVu is not installed."""
    own = _own()
    missing = {sign for text in texts for sign in text} - _signs(own[""])
    others: dict[str, Path] = {}
    for path in _candidates(missing):
        covered = missing & _signs(path)
        if covered:
            others[f"other{len(others)}"] = path
            missing -= covered
    return Fonts(own, others, frozenset(missing))


@cache
def _own() -> dict[str, Path]:
    package = find_spec("matplotlib")
    folder = Path((package.origin if package else None) or "").parent / "mpl-data" / "fonts" / "ttf"
    found = {style: folder / name for style, name in STYLES.items()}
    if not all(path.is_file() for path in found.values()):
        raise InputError("the DejaVu fonts that a PDF is set in are missing; run scripts/install again")
    return found


@cache
def _signs(path: Path) -> frozenset[str]:
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap() or ()))


def _candidates(missing: Iterable[str]) -> Iterator[Path]:
    """Files whose name speaks of the script of a sign: NotoSansDevanagari-Regular.ttf for DEVANAGARI LETTER A."""
    folder = Path(os.environ.get(OTHERS) or SYSTEM)
    scripts = sorted({unicodedata.name(sign, "UNNAMED").split()[0].split("-")[0].lower() for sign in missing})
    if scripts and folder.is_dir():
        files = sorted(folder.rglob("*.ttf"), key=lambda path: (len(path.name), path.name))
        for script in scripts:
            yield from [p for p in files if script in p.name.lower() and _plain_face(p.stem.lower())][:2]


def _plain_face(name: str) -> bool:
    return not any(word in name for word in ("bold", "italic", "oblique", "light", "thin", "mono", "serif"))
