"""What a restore would take away and bring back, before anything is done."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.storage.comparing import RestorePreview
from mesomap.ui.backups.change_list import ChangeList
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import wrapping
from mesomap.ui.controls.rule import rule
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.typefaces import grown

_WIDTH_PX, _LIST_PX = 620, 300


class RestoreDialog(QDialog):
    """Accepted = restore."""

    def __init__(self, made_at: str, seen: RestorePreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Restore the backup of %1?").replace("%1", made_at)
        self.setWindowTitle(title)
        self.setFixedWidth(grown(_WIDTH_PX))
        changes = ChangeList(seen)
        area = scrolled(changes)
        area.setFixedHeight(grown(_LIST_PX))
        area.setAccessibleName(self.tr("What the restore changes"))
        self.restore_button = QPushButton(self.tr("Restore and lock"))
        self.restore_button.setProperty("kind", "primary")
        self.restore_button.clicked.connect(self.accept)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        cancel.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.restore_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 20)
        whole.setSpacing(12)
        whole.addWidget(plain_label("title", title))
        whole.addWidget(wrapping("", changes.sentence(seen)))
        if not seen.changes_nothing:
            whole.addWidget(rule())
            whole.addWidget(area)
        whole.addWidget(
            wrapping(
                "small2",
                self.tr(
                    "A backup of the present state is made first, and the present files are kept beside the new ones. "
                    "The restore stands in the audit. Afterwards the practice is locked; open it with your passphrase."
                ),
            )
        )
        whole.addLayout(foot)
