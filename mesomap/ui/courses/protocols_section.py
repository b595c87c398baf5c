"""Section "Protocols" of the practice's page: the list at the left, the one that is edited at the right."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.product import Favourite
from mesomap.domain.protocol import Protocol
from mesomap.services import protocols
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.record_lines import RecordCard, RecordLine, small_button, wrapping
from mesomap.ui.courses.course_words import kind_names, schedule_words
from mesomap.ui.courses.protocol_editor import ProtocolEditor
from mesomap.ui.dialogs.ask_form import AskForm
from mesomap.ui.page_context import PageContext


class ProtocolsSection(QWidget):
    """The practice's protocols."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.list = RecordCard(self.tr("In use"), scrolls=True)
        self.new = small_button(self.tr("New"), self.open_new, self.tr("New protocol"))
        self.new.setProperty("kind", "primary")
        self.list.head.addWidget(self.new)
        self.examples = small_button(self.tr("Add the shipped examples"), self._add_examples)
        self.editor: ProtocolEditor | None = None
        self._empty = wrapping("small2", self.tr("Choose a protocol at the left, or begin a new one."))
        self._right = QStackedLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.list, 2)
        row.addLayout(self._right, 3)
        # Once the layout lies on the page: it shows what it is given.
        self._right.addWidget(self._empty)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again; what is being edited stays open."""
        self.list.clear()
        known = protocols.protocols(self._context.practice)
        names = kind_names()
        for row, one in enumerate(known):
            small = " · ".join([names[one.kind.value], schedule_words(one)])
            line = RecordLine(one.name, small, self.tr("Example") if one.example else "", first=not row)
            button = reads(line.add_button(self.tr("Open"), partial(self.open, one), f"{self.tr('Open')}: {one.name}"))
            button.setObjectName(f"open{row}")
            self.list.body.addWidget(line)
        if not known:
            self.list.say_empty(self.tr("No protocol yet. Write your own, or begin from the shipped examples."))
        self.examples = small_button(self.tr("Add the shipped examples"), self._add_examples)
        self.list.body.addWidget(self.examples)
        self.list.body.addStretch(1)

    def open_new(self) -> None:
        """An empty protocol in the editor."""
        self.open(protocols.new_protocol(), is_new=True)

    def open(self, protocol: Protocol, *, is_new: bool = False) -> None:
        """A protocol in the editor."""
        self._close()
        favourites = {one.name: one.id for one in self._context.practice.entries(Favourite) if not one.withdrawn}
        editor = ProtocolEditor(protocol, self._context.desk.atlas(), favourites, is_new=is_new)
        editor.saved.connect(self._save)
        editor.copied.connect(self._copy)
        editor.withdrawn.connect(self._withdraw)
        self._right.addWidget(editor)
        self._right.setCurrentWidget(editor)
        self.editor = editor
        editor.name.editor.setFocus()

    # -- inside

    def _close(self) -> None:
        if self.editor is not None:
            self._right.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        self._right.setCurrentWidget(self._empty)

    def _save(self, protocol: Protocol) -> None:
        try:
            saved = protocols.save_protocol(self._context.practice, protocol)
        except MesoMapError as error:
            if self.editor is not None:
                self.editor.say(error.sentence)
            return
        self.refresh()
        self.open(saved)

    def _copy(self, protocol: Protocol) -> None:
        self.open(protocols.copy_of(protocol, self.tr("{0} (copy)").format(protocol.name)), is_new=True)

    def _withdraw(self, protocol: Protocol) -> None:
        def record(values: Mapping[str, str]) -> None:
            protocols.withdraw_protocol(self._context.practice, protocol, values["reason"])

        words = self.tr("It goes out of the list; courses planned after it stay as they are.")
        form = AskForm(self.tr("Withdraw the protocol"), self.tr("Withdraw"), record, self, words=words)
        form.add_text("reason", self.tr("Reason"))
        if form.ask():
            self._close()
            self.refresh()

    def _add_examples(self) -> None:
        try:
            protocols.add_examples(self._context.practice)
        except MesoMapError as error:
            self._context.say(error.sentence)
        self.refresh()
