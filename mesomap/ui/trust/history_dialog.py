"""The signed versions of a session: who, when, why, what changed in words and on the body, and the paper as signed."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from mesomap.atlas import Atlas
from mesomap.domain.amendment import Amendment, AmendmentKind
from mesomap.domain.body_size import PatientScale
from mesomap.domain.person import Role
from mesomap.domain.session import Session, SessionStatus
from mesomap.domain.signature import verification_code
from mesomap.services.amending import Version
from mesomap.ui.controls.asked_role import asks
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import RecordCard, RecordLine, wrapping
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.trust.diff_view import DiffView
from mesomap.ui.trust.signed_words import diff_lines, signer_words
from mesomap.ui.words import clock, day


class HistoryDialog(QDialog):
    """view_asked(version), save_asked(version): the PDF as signed; other_asked(session id) opens the copy."""

    view_asked = Signal(int)
    save_asked = Signal(int)
    amend_asked = Signal()
    void_asked = Signal()
    other_asked = Signal(object)

    def __init__(
        self,
        session: Session,
        versions: Sequence[Version],
        amendments: Sequence[Amendment],
        atlas: Atlas,
        region_word: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Signed versions"))
        self.resize(980, 640)
        self._versions, self._region_word = tuple(versions), region_word
        self._shown = 0
        self.view = DiffView(atlas, PatientScale(session.patient_scale, session.scale_basis))
        self.list = QListWidget()
        self.list.setAccessibleName(self.windowTitle())
        self.list.setStyleSheet("QListWidget::item { min-height: 48px; padding-left: 12px; border-radius: 11px; }")
        self.list.setFixedWidth(270)
        for version in reversed(self._versions):
            moment = version.at.astimezone()
            words = self.tr("Version {0}").format(version.number)
            item = QListWidgetItem(f"{words} · {day(moment)}, {clock(moment)}")
            item.setData(Qt.ItemDataRole.UserRole, version.number)
            self.list.addItem(item)
        self.list.currentItemChanged.connect(lambda item, _old: self._show(item))
        self._words = QVBoxLayout()
        self._words.setSpacing(6)
        self._save = QPushButton(self.tr("Save PDF as signed …"))
        self._save.clicked.connect(lambda: self.save_asked.emit(self._shown))
        self.view_button = QPushButton(self.tr("View paper as signed"))
        self.view_button.clicked.connect(lambda: self.view_asked.emit(self._shown))
        self._assemble(session, amendments)
        if self._versions:
            self.list.setCurrentRow(0)
        else:
            self.view.hide()
            self._save.hide()
            self.view_button.hide()
            self.list.hide()

    def _assemble(self, session: Session, amendments: Sequence[Amendment]) -> None:
        words = QWidget()
        words.setLayout(self._words)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(scrolled(words), 1)
        right.addWidget(self.view, 1)
        middle = QHBoxLayout()
        middle.setSpacing(18)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        if amendments:
            left.addWidget(self._amendments(amendments))
        middle.addLayout(left)
        middle.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 18, 24, 18)
        whole.setSpacing(12)
        whole.addWidget(plain_label("display", self.tr("Session {0}: signed versions").format(session.number)))
        whole.addLayout(middle, 1)
        whole.addLayout(self._buttons(session.status))

    def _amendments(self, amendments: Sequence[Amendment]) -> QWidget:
        card = RecordCard(self.tr("Reasons"))
        card.setFixedWidth(270)
        for turn, one in enumerate(amendments):
            moment = one.entered_at.astimezone()
            line = RecordLine(
                self._kind(one.kind),
                " · ".join(part for part in (one.entered_by, f"{day(moment)}, {clock(moment)}") if part),
                one.reason,
                first=not turn,
                buttons_below=True,
            )
            if one.other_session_id is not None:
                line.add_button(self.tr("Open the other session"), partial(self.other_asked.emit, one.other_session_id))
            card.body.addWidget(line)
        return card

    def _kind(self, kind: AmendmentKind) -> str:
        return {
            AmendmentKind.AMEND: self.tr("Opened to be amended"),
            AmendmentKind.VOID: self.tr("Voided"),
            AmendmentKind.COPY: self.tr("Copied from another patient"),
        }[kind]

    def _buttons(self, status: SessionStatus) -> QHBoxLayout:
        row = QHBoxLayout()
        void, amend = QPushButton(self.tr("Void session …")), QPushButton(self.tr("Amend …"))
        void.clicked.connect(self.void_asked)
        amend.clicked.connect(self.amend_asked)
        if status is SessionStatus.VOIDED:
            void.hide()
        if status not in (SessionStatus.SIGNED, SessionStatus.AMENDED):
            amend.hide()
        close = QPushButton(self.tr("Close"))
        close.setProperty("kind", "primary")
        close.clicked.connect(self.accept)
        for button in (self.view_button, self._save, void, amend, close):
            button.setAutoDefault(False)
        row.addWidget(self.view_button)
        row.addWidget(self._save)
        row.addStretch(1)
        for button in (asks(void, Role.SIGN), asks(amend, Role.SIGN), close):
            row.addWidget(button)
        return row

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        self._shown = int(item.data(Qt.ItemDataRole.UserRole))
        version = next(one for one in self._versions if one.number == self._shown)
        while (old := self._words.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for role, text in self._lines(version):
            self._words.addWidget(wrapping(role, text))
        self._words.addStretch(1)
        self.view.show_diff(version.marks, version.diff)

    def _lines(self, version: Version) -> list[tuple[str, str]]:
        lines = [("title", self.tr("Version {0}").format(version.number)), ("", signer_words(version))]
        if version.signature is not None:
            code = verification_code(version.signature.document_sha256)
            lines.append(("small2", self.tr("Verification code {0}").format(code)))
        if version.reason:
            lines.append(("strong", self.tr("Reason: {0}").format(version.reason)))
        if version.number > 1:
            lines += [("", line) for line in diff_lines(version.diff, version.head, self._region_word)]
        return lines
