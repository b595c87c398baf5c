"""A language that nobody speaks: every translated text gets accents and 40 % more length.

What stays in plain English in the pictures never went through translation; what is clipped has no room for German.
"""

import re

from PySide6.QtCore import QObject, QTranslator

_ACCENTS = str.maketrans("aceinosuyzACEINOSUYZ", "áçéíñóšúýžÁÇÉÍÑÓŠÚÝŽ")
#: What must come through unchanged: places for values, the count, line breaks.
_KEPT = re.compile(r"(\{[^}]*\}|%n|\n)")


class PseudoTranslator(QTranslator):
    """Install it on the application before the window is made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seen: set[str] = set()

    def isEmpty(self) -> bool:
        """It has a translation for everything."""
        return False

    def translate(self, _context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The text with accents, longer by 40 %, in brackets that show where it is clipped."""
        del disambiguation, n
        self.seen.add(text)
        return pseudo(text)


def pseudo(text: str) -> str:
    """ "Depth" → "[Dépth~~]": 40 % longer, placeholders untouched."""
    if not text.strip():
        return text
    parts = [part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in _KEPT.split(text)]
    letters = sum(len(part) for part in _KEPT.split(text) if not _KEPT.fullmatch(part))
    return f"[{''.join(parts)}{'~' * max(0, round(letters * 0.4) - 2)}]"
