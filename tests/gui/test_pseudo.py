"""A language 40 % longer: every text of the window went through translation, and has room."""

import csv
import re
from collections.abc import Callable, Iterator
from importlib import resources

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from mesomap.app.application import make_application
from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas import Atlas
from mesomap.domain.technique import techniques
from mesomap.ui.main_window import MainWindow
from mesomap.ui.words import region_words, technique_name, view_name
from tests.snapshots.pseudo_locale import PseudoTranslator

#: Words with a vowel that kept its plain letter; the translator leaves none.
_PLAIN = re.compile(r"[A-Za-zÀ-ž]*[aeiou][A-Za-zÀ-ž]*")
#: Names: of the program, of people and places in the tests, of paper.
_NAMES = {"mesomap", "anna", "beispiel", "letter"}


def _cells() -> set[str]:
    """Whole entries of the data tables: they carry their own translations."""
    made: set[str] = set()
    for file in sorted(resources.files("mesomap.domain.data").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".csv"):
            for row in csv.reader(file.read_text(encoding="utf-8").splitlines()):
                made |= {cell.strip() for cell in row if re.search("[a-z]", cell)}
    return made


#: Longest first. The basis of the scale is part of the record.
_ENTRIES = "|".join(["scaled by BSA", *map(re.escape, sorted(_cells(), key=len, reverse=True))])
_DATA = re.compile(rf"(?<!\w)(?:{_ENTRIES})(?!\w)")


@pytest.fixture(autouse=True)
def spoken() -> Iterator[None]:
    """The language, from before the window is made until it is gone."""
    app = make_application()
    translator = PseudoTranslator(app)
    app.installTranslator(translator)
    yield
    app.removeTranslator(translator)


def known_words(atlas: Atlas) -> set[str]:
    """Words of the data, which are translated with the data."""
    texts = [region_words(atlas, region.id)[0] for region in atlas.regions]
    texts += [view_name(atlas, view.key) for view in atlas.views]
    texts += [technique_name(key) for key in techniques()]
    return {word.lower() for text in texts for word in re.findall(r"[A-Za-zÀ-ž]+", text)} | _NAMES


def plain_words(root: QWidget, known: set[str]) -> list[str]:
    """Untranslated words in what is shown, said in a tooltip or to screen readers."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        texts = [widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, QLabel | QAbstractButton):
            texts.append(widget.text())
        for text in texts:
            left = _DATA.sub("", text)
            found += [f"{word} in “{text}”" for word in _PLAIN.findall(left) if word.lower() not in known]
    return sorted(set(found))


def cut_off(root: QWidget) -> list[str]:
    """Labels of one line and buttons of the style sheet that are narrower than their text."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QPushButton):
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            continue
        edges = 12 if isinstance(widget, QPushButton) else 0
        wide = max((widget.fontMetrics().horizontalAdvance(line) for line in widget.text().split("\n")), default=0)
        if wide + edges > widget.width() + 1:
            found.append(f"{widget.text()} needs {wide + edges}, has {widget.width()}")
    return found


def test_patient_list_and_form(window: MainWindow, atlas: Atlas) -> None:
    practice = window.desk.practice
    assert practice is not None
    window.patients.choose(practice.patients()[0].id)
    assert plain_words(window, known_words(atlas)) == []
    assert cut_off(window) == []


def test_charting_and_what_opens_on_it(driver: WindowDriver, atlas: Atlas) -> None:
    page, window = driver.page, driver.window
    window.resize(1280, 720)
    known = known_words(atlas)
    found: set[str] = set()
    driver.tap(60, 0)
    page.select.select({page.model.marks[0].id: None})
    driver.key(Qt.Key.Key_V)
    steps: tuple[Callable[[], object], ...] = (
        lambda: None, page.select.confirm, page.mark_sheets.close, page.frame.open, page.show_keys,
        lambda: window.sheets.open(page.model.tally().rows[0].region_id), window.sheets.close,
        page.open_picker, page.open_info, page.panes.open_list, page.panes.open_list,
        lambda: driver.click(page.dose.carry.chip("needle")),
        lambda: driver.click(page.dose.carry.chip("device")),
        lambda: driver.choose_tool("area"), lambda: driver.choose_tool("stamp"),
        lambda: driver.choose_tool("complaint"), lambda: driver.choose_tool("more"),
    )  # fmt: skip
    for open_it in steps:
        open_it()
        driver.wait()
        found |= set(plain_words(window, known)) | set(cut_off(window))
    assert sorted(found) == []
