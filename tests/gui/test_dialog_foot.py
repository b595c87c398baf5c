"""Enter in a field of a dialog does what the dialog is for; it never throws away what was typed."""

from collections.abc import Mapping
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from mesomap.domain.errors import BadInputError
from mesomap.services.letterhead import letterhead
from mesomap.ui.before.withdraw_dialog import WithdrawDialog
from mesomap.ui.controls.dialog_foot import dialog_foot
from mesomap.ui.dialogs.ask_form import AskForm
from mesomap.ui.main_window import MainWindow
from mesomap.ui.trust.letterhead_dialog import LetterheadDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
ENTER = Qt.Key.Key_Return


def test_enter_records_a_form_and_a_refusal_keeps_it_open(qtbot: QtBot) -> None:
    recorded: list[str] = []

    def record(values: Mapping[str, str]) -> None:
        if not values["amount"]:
            raise BadInputError("Enter an amount.")
        recorded.append(values["amount"])

    form = AskForm("Payment", "Record", record)
    qtbot.addWidget(form)
    field = form.add_line("amount", "Amount").editor
    form.show()
    QTest.keyClick(field, ENTER)
    assert (form.error(), form.isVisible()) == ("Enter an amount.", True)
    QTest.keyClicks(field, "120")
    QTest.keyClick(field, ENTER)
    assert (recorded, form.isVisible()) == (["120"], False)


def test_enter_withdraws(qtbot: QtBot) -> None:
    said: list[tuple[date, str]] = []
    dialog = WithdrawDialog("Photos", lambda day, reason: said.append((day, reason)))
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.reason.editor, "moved away")
    QTest.keyClick(dialog.reason.editor, ENTER)
    assert said == [(date.today(), "moved away")]


def test_enter_saves_a_letterhead(qtbot: QtBot, window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    dialog = LetterheadDialog(practice)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.name.editor, "Studio Rossi")
    QTest.keyClick(dialog.name.editor, ENTER)
    assert letterhead(practice).name == "Studio Rossi"
    assert not dialog.isVisible()


@pytest.mark.parametrize("by_enter", [True, False])
def test_cancel_is_never_pressed_by_enter(qtbot: QtBot, by_enter: bool) -> None:
    dialog, done = QDialog(), QPushButton("Do it")
    qtbot.addWidget(dialog)
    pressed: list[bool] = []
    aside = QPushButton("Clear")
    dialog.setLayout(dialog_foot(dialog, done, lambda: pressed.append(True), aside, by_enter=by_enter))
    dialog.show()
    QTest.keyClick(dialog, ENTER)
    assert (pressed, dialog.isVisible()) == ([True] * by_enter, True)
    cancel = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Cancel")
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected
