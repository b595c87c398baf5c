"""The practice's page: its own words and records (products, protocols, people, backups …), one section at a time."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.page_bar import PageBar
from mesomap.ui.page_context import PageContext, Part
from mesomap.ui.pages.part_stack import PartStack
from mesomap.ui.pages.practice_sections import SECTIONS

_LIST_PX = 232
_LIST_SHEET = "QListWidget#sections::item { min-height: 44px; padding-left: 12px; border-radius: 11px; }"
_KEY = Qt.ItemDataRole.UserRole


class PracticePage(QWidget):
    """A list of sections at the left; the section opened last at the right, made when first asked for."""

    def __init__(
        self, context: PageContext, sections: tuple[Part, ...] = SECTIONS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.context = context
        self.bar = PageBar(self.tr("Patients"))
        self._title = plain_label("display")
        self._stack = PartStack(context, sections)
        self.list = QListWidget()
        self.list.setObjectName("sections")
        self.list.setFixedWidth(_LIST_PX)
        self.list.setAccessibleName(self.tr("Sections of the practice"))
        self.list.setStyleSheet(_LIST_SHEET)
        for part in sections:
            item = QListWidgetItem(QCoreApplication.translate("PracticePage", part.title))
            item.setData(_KEY, part.key)
            self.list.addItem(item)
        self.list.currentItemChanged.connect(lambda item, _old: self.show_section(str(item.data(_KEY))))
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._title)
        right.addWidget(self._stack, 1)
        body = QHBoxLayout()
        body.setContentsMargins(16, 16, 24, 16)
        body.setSpacing(20)
        body.addWidget(self.list)
        body.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addLayout(body, 1)
        self.list.setCurrentRow(0)

    def show_section(self, key: str) -> None:
        """Open a section; one that was open before is brought up to date."""
        self._stack.open(key)
        self._title.setText(QCoreApplication.translate("PracticePage", self._stack.parts[key].title))
        row = list(self._stack.parts).index(key)
        if self.list.currentRow() != row:
            self.list.setCurrentRow(row)

    def section(self, key: str) -> QWidget | None:
        """The widget of a section that was opened."""
        return self._stack.part(key)
