"""Find and count, and the numbers of the practice, in the real window."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.find.find_section import FindSection
from mesomap.ui.find.numbers_section import NumbersSection
from tests.gui.hands import press, section_of, until


def test_find_narrows_as_one_chooses_and_writes_csv(
    driver: WindowDriver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    driver.tap(60, 0)
    window, path = driver.window, tmp_path / "found.csv"
    window.show_patients()
    section = section_of(window, "find")
    assert isinstance(section, FindSection)
    assert section.figures.figure("sessions") == "1"
    section.form.regions.pick("Abdomen")
    QTest.keyClicks(section.form.since.editor, "2026-13-01")
    QTest.keyClick(section.form.since.editor, Qt.Key.Key_Return)
    assert "is not a date" in section._error.text()
    section.form.since.set_text("")
    section.form.regions.show_values(("forehead.mid",))
    section.form.regions.changed.emit()
    assert section.figures.figure("sessions") == "0"
    assert section.note.text() == "No session on record fits."
    chip = section.form.regions.chip("forehead.mid")
    assert chip is not None
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert section.figures.figure("points") == "1"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    QTest.mouseClick(section.bom, Qt.MouseButton.LeftButton)
    press(section, "Save as CSV")
    until(lambda: section.note.text() == "Sessions written to found.csv: 1.")
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert [len(rows), rows[1][3], rows[1][8]] == [2, "Beispiel", "1"]
    section.table.selectRow(0)
    QTest.keyClick(section.table, Qt.Key.Key_Return)
    assert window.charting is not None


def test_the_numbers_of_a_year_and_their_sentence(
    driver: WindowDriver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    driver.tap(60, 0)
    window, path = driver.window, tmp_path / "numbers.pdf"
    window.show_patients()
    section = section_of(window, "numbers")
    assert isinstance(section, NumbersSection)
    assert "no evidence of any effect" in section.no_evidence.text()
    assert (section.figures.figure("sessions"), section.events.figure("per 1,000 sessions")) == ("1", "–")
    last = section.periods.button("last")
    assert last is not None
    QTest.mouseClick(last, Qt.MouseButton.LeftButton)
    assert section.figures.figure("sessions") == "0"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    press(section, "Save as PDF")
    until(lambda: path.exists() and path.stat().st_size > 0)
    assert path.read_bytes().startswith(b"%PDF")
