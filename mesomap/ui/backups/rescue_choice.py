"""First step of a restore without an open practice: which backup, and the secret that opens it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mesomap.services.rescue import FoundBackup
from mesomap.ui.backups.words import counted, moment
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.record_lines import small_button
from mesomap.ui.controls.tall_label import TallLabel
from mesomap.ui.typefaces import grown

_LINE_PX, _MOST_LINES = 60, 4
#: Colours are those of the application's sheet and palette.
_LIST_SHEET = (
    "QListWidget::item { padding: 6px 12px; border-radius: 10px; } "
    "QListWidget::item:selected { border: 2px solid palette(text); }"
)


class RescueChoice(QWidget):
    """confirmed when both are there; again_asked and folder_asked to look elsewhere."""

    confirmed = Signal()
    again_asked = Signal()
    folder_asked = Signal()

    def __init__(self, width: int) -> None:
        super().__init__()
        self._own: Path | None = None
        self._found: tuple[FoundBackup, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Backups that were found"))
        self.list.setStyleSheet(_LIST_SHEET)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.none = TallLabel("small2", "", width)
        self.trouble = TallLabel("error", "", width)
        self.again = small_button(self.tr("Look again"), self.again_asked.emit)
        self.elsewhere = small_button(self.tr("Look in another folder…"), self.folder_asked.emit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.elsewhere)
        row.addWidget(self.again)
        row.addStretch(1)
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.returnPressed.connect(self.confirmed)
        self.secret = FormField(self.tr("Passphrase or recovery code"), field)
        self.list.itemActivated.connect(lambda _item: field.setFocus())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.list, self.none, self.trouble):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.secret)
        self.show_found((), None)

    def show_found(self, found: Sequence[FoundBackup], own: Path | None, nowhere: str = "") -> None:
        """Backups to choose from, the newest first and chosen. own: the folder beside the practice. nowhere: said when
        there is none.
        """
        self._found, self._own = tuple(found), own
        self.list.clear()
        several = len({each.seen.database_id for each in found}) > 1
        for each in found:
            item = QListWidgetItem(self._words(each, several))
            item.setToolTip("\n".join(str(place) for place in each.places))
            item.setSizeHint(item.sizeHint().expandedTo(self._line_size()))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(grown(_LINE_PX) * min(max(len(found), 1), _MOST_LINES) + 4)
        self.list.setVisible(bool(found))
        self.none.show_text("" if found else nowhere)
        self.none.setVisible(bool(self.none.text()))
        self.secret.setVisible(bool(found))
        self.say("")

    @staticmethod
    def _line_size() -> QSize:
        return QSize(0, grown(_LINE_PX))

    def say(self, sentence: str) -> None:
        """What went wrong with a backup or a folder."""
        self.trouble.show_text(sentence)
        self.trouble.setVisible(bool(sentence))

    def chosen(self) -> FoundBackup | None:
        """The backup that is chosen."""
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def typed(self) -> str:
        """The secret as it was typed; blanks belong to it."""
        return self.secret.editor.text() if isinstance(self.secret.editor, QLineEdit) else ""

    def forget(self) -> None:
        """Take the secret out of the field."""
        if isinstance(self.secret.editor, QLineEdit):
            self.secret.editor.clear()

    def _words(self, found: FoundBackup, several: bool) -> str:
        counts = found.seen.counts
        parts = [
            counted(counts.get("patients", 0), self.tr("patient"), self.tr("patients")),
            counted(counts.get("sessions", 0), self.tr("session"), self.tr("sessions")),
            self._where(found),
        ]
        if several:
            parts.append(self.tr("practice %1").replace("%1", found.seen.database_id[:4]))
        return f"{moment(found.seen.made_at)}\n{'  ·  '.join(parts)}"

    def _where(self, found: FoundBackup) -> str:
        beside = any(place.parent == self._own for place in found.places)
        others = [place for place in found.places if place.parent != self._own]
        if beside and others:
            return self.tr("beside the practice and in “%1”").replace("%1", _name(others[0].parent))
        return self.tr("beside the practice") if beside else self.tr("in “%1”").replace("%1", _name(others[0].parent))


def _name(folder: Path) -> str:
    """What people call a folder; the whole path stands in the tooltip."""
    return folder.name or str(folder)
