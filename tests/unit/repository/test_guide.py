"""The user guide is true to the program: its pictures, the words on screen, the keys."""

import re
from pathlib import Path

from PySide6.QtCore import Qt

from mesomap.ui.charting_keys import TOOL_KEYS
from tests.snapshots.guide import STEPS

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "USER_GUIDE.md").read_text(encoding="utf-8")
_MOST_BYTES, _MOST_ALL_BYTES = 150_000, 2_500_000


def _words_of_the_program() -> set[str]:
    """Every text of the window that goes through translation."""
    found: set[str] = set()
    for file in (ROOT / "mesomap" / "ui").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        found |= set(re.findall(r"""\btr\(\s*"([^"]+)""", text))
        # Words of tables are marked for translation where they stand and translated where they are shown.
        found |= set(re.findall(r"""\bQT_TRANSLATE_NOOP\(\s*"\w+",\s*"([^"]+)""", text))
    return found


def test_every_picture_is_there_and_made_by_the_command() -> None:
    named = re.findall(r"\(guide/([a-z0-9-]+)\.webp\)", GUIDE)
    made = [name for _step, names in STEPS for name in names]
    assert sorted(named) == sorted(made)
    files = {file.stem: file.stat().st_size for file in (ROOT / "docs" / "guide").glob("*")}
    assert sorted(files) == sorted(made)
    assert max(files.values()) <= _MOST_BYTES
    assert sum(files.values()) <= _MOST_ALL_BYTES


def test_every_word_in_bold_stands_on_the_screen() -> None:
    known = _words_of_the_program()
    bold = set(re.findall(r"\*\*([^*]+)\*\*", GUIDE)) - {"bold", "i"}
    plain = {re.sub(r"( \(.*\)|: \{0\})$", "", text) for text in known}
    assert bold - plain == set()


def test_the_keys_of_the_tools_are_those_of_the_program() -> None:
    rows = re.findall(r"^\| \*\*([A-Za-z ]+)\*\* \| ([A-Z]) \|", GUIDE, flags=re.MULTILINE)
    keys = {Qt.Key(key).name.removeprefix("Key_"): tool for key, tool in TOOL_KEYS.items()}
    assert {key for _name, key in rows} == set(keys)
    names = {"area": "Area", "stroke": "Strokes"}
    assert {key: name for name, key in rows} == {key: names.get(tool, tool.title()) for key, tool in keys.items()}
