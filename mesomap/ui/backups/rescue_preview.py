"""Second step of a restore without an open practice: what would be lost and gained, as far as it can be told."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.services.rescue import Looked
from mesomap.ui.backups.change_list import ChangeList
from mesomap.ui.backups.words import counted
from mesomap.ui.controls.rule import rule
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.controls.tall_label import TallLabel
from mesomap.ui.typefaces import grown

_LIST_PX = 220


class RescueLook(QWidget):
    """Sentences, and below them the lists where both databases can be read."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_looked(self, looked: Looked) -> None:
        """Say it."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for sentence in self._sentences(looked):
            self._column.addWidget(TallLabel("", sentence, self._width))
        compared = looked.preview.compared
        if compared is not None:
            changes = ChangeList(compared)
            lost = changes.sentence(compared)
            if looked.preview.keys_only:
                lost = self.tr("With the whole backup instead: %1").replace("%1", lost)
            self._column.addWidget(TallLabel("strong", lost, self._width))
            if not compared.changes_nothing:
                self._column.addWidget(rule())
                area = scrolled(changes)
                area.setFixedHeight(min(changes.sizeHint().height() + 8, grown(_LIST_PX)))
                area.setAccessibleName(self.tr("What the restore changes"))
                self._column.addWidget(area)
        if not looked.preview.nothing_there:
            kept = self.tr("Nothing is deleted: the present files are kept in a folder beside the new ones.")
            self._column.addWidget(TallLabel("small2", kept, self._width))

    def texts(self) -> list[str]:
        """The sentences shown, from the top."""
        found = (self._column.itemAt(place) for place in range(self._column.count()))
        widgets = (item.widget() for item in found if item is not None)
        return [widget.text() for widget in widgets if isinstance(widget, TallLabel)]

    def _sentences(self, looked: Looked) -> list[str]:
        preview, seen = looked.preview, looked.opened.seen
        patients = counted(seen.counts.get("patients", 0), self.tr("patient"), self.tr("patients"))
        sessions = counted(seen.counts.get("sessions", 0), self.tr("session"), self.tr("sessions"))
        holds = self.tr("It is whole and holds %1 and %2.")
        said = [holds.replace("%1", patients).replace("%2", sessions)]
        if preview.nothing_there:
            said.append(self.tr("There is no practice in the folder yet. The backup becomes the practice."))
        elif preview.other_practice:
            said.append(self.tr("The practice that lies there is another one. It would be set aside."))
        elif preview.keys_only:
            said.append(
                self.tr("%1 The database itself is whole. Putting back the key file alone loses nothing.").replace(
                    "%1", preview.trouble
                )
            )
        elif preview.compared is None:
            said.append(self.tr("The present database cannot be read: %1").replace("%1", preview.trouble))
            said.append(self._numbers(preview.last_seen, seen.sequence))
        return said

    def _numbers(self, last_seen: int | None, ends: int) -> str:
        """What the anchor beside the database tells."""
        if last_seen is None:
            return self.tr("Whether anything was recorded after this backup cannot be told: the anchor is lost, too.")
        if last_seen <= ends:
            return self.tr("As far as the anchor tells, nothing was recorded after this backup.")
        words = self.tr(
            "The backup ends at audit number %1, and the anchor has seen number %2: what was recorded in the %3 "
            "between would be lost. Paper and newer backups are the only other traces of it."
        )
        between = counted(last_seen - ends, self.tr("entry"), self.tr("entries"))
        return words.replace("%1", f"{ends:,}").replace("%2", f"{last_seen:,}").replace("%3", between)
