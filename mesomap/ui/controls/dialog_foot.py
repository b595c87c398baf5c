"""The last row of a dialog: Cancel, and the button that does what the dialog is for."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget


def dialog_foot(
    dialog: QDialog, done: QPushButton, act: Callable[[], object], *left: QWidget, by_enter: bool = True
) -> QHBoxLayout:
    """The row: what stands at the left, room, Cancel, done. done calls act; Cancel rejects the dialog.

    Without a default of our own, Qt lets Enter in a field press the first button of the row, which is Cancel: what was
    typed would be lost. So Enter presses done, or nothing (by_enter False).
    """
    cancel = QPushButton(QCoreApplication.translate("DialogFoot", "Cancel"))
    cancel.clicked.connect(dialog.reject)
    done.setProperty("kind", "primary")
    done.clicked.connect(lambda: act())
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in left:
        row.addWidget(widget)
        if isinstance(widget, QPushButton):
            widget.setAutoDefault(False)
    row.addStretch(1)
    for button in (cancel, done):
        button.setAutoDefault(False)
        row.addWidget(button)
    done.setDefault(by_enter)
    return row
