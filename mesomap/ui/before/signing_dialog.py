"""A text to read and the field to sign it in."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.consent import ConsentText, InkStroke, SignedWith
from mesomap.domain.errors import MesoMapError
from mesomap.ui.before.consent_words import kind_words, language_words
from mesomap.ui.before.signature_pad import SignaturePad
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.dialog_foot import dialog_foot
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import wrapping

#: (text, ink, picture, device, signer, relation) → None; may raise typed errors, whose sentence is shown.
Sign = Callable[[ConsentText, tuple[InkStroke, ...], bytes, SignedWith, str, str], object]
_WIDE, _HIGH, _ROOM = 820, 760, 40


class SigningDialog(QDialog):
    """The patient reads and signs; whoever signs for the patient gives name and relation."""

    def __init__(
        self, texts: Sequence[ConsentText], sign: Sign, patient_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._texts, self._sign = tuple(texts), sign
        self.setWindowTitle(kind_words(self._texts[0].consent))
        self.choice = ChoiceField()
        self.choice.setAccessibleName(self.tr("Text and language"))
        for text in self._texts:
            words = self.tr("{0} · {1} · version {2}").format(text.title, language_words(text.language), text.version)
            self.choice.addItem(words)
        if len(self._texts) < 2:
            self.choice.hide()
        self.choice.currentIndexChanged.connect(self._show_text)
        self._title, self._version = wrapping("display"), plain_label("small2")
        self.reading = QPlainTextEdit()
        self.reading.setReadOnly(True)
        self.reading.setTabChangesFocus(True)
        self.reading.setAccessibleName(self.tr("Text to read before signing"))
        self.reading.setStyleSheet("padding: 12px 14px; min-height: 80px;")
        self.signer = FormField(self.tr("Signed by, if not the patient"), _line(patient_name))
        self.relation = FormField(self.tr("As what"), _line(self.tr("for example mother, guardian")))
        self.pad = SignaturePad()
        self.pad.changed.connect(self._show_signed)
        self.error = wrapping("error")
        self.error.hide()
        self.clear = QPushButton(self.tr("Clear"))
        self.done_button = QPushButton(self.tr("Sign"))
        self.done_button.setMinimumWidth(132)
        self.clear.clicked.connect(self.pad.clear)
        self._assemble()
        room = parent.window().size() if parent is not None else self.size()
        self.resize(min(_WIDE, room.width() - _ROOM), min(_HIGH, room.height() - _ROOM))
        self._show_text(0)
        self._show_signed()

    def _assemble(self) -> None:
        who = QHBoxLayout()
        who.setSpacing(12)
        who.addWidget(self.signer, 3)
        who.addWidget(self.relation, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._version)
        column.addWidget(self.choice)
        column.addWidget(self.reading, 1)
        column.addLayout(who)
        column.addWidget(self.pad)
        column.addWidget(self.error)
        column.addLayout(dialog_foot(self, self.done_button, self._finish, self.clear, by_enter=False))

    def _show_text(self, number: int) -> None:
        text = self._texts[max(0, number)]
        self._title.setText(text.title)
        held = (
            self.tr("no end is set")
            if text.valid_months is None
            else self.tr("holds for {0} months").format(text.valid_months)
        )
        self._version.setText(
            self.tr("Version {0} · {1} · {2}").format(text.version, language_words(text.language), held)
        )
        self.reading.setPlainText(text.body)

    def _show_signed(self) -> None:
        self.done_button.setEnabled(self.pad.is_signed())
        self.clear.setEnabled(bool(self.pad.ink()))

    def _finish(self) -> None:
        pad = self.pad
        text = self._texts[max(0, self.choice.currentIndex())]
        try:
            self._sign(text, pad.ink(), pad.picture(), pad.signed_with, self.signer.text(), self.relation.text())
        except MesoMapError as error:
            self.error.setText(error.sentence)
            self.error.show()
            return
        self.accept()


def _line(hint: str) -> QLineEdit:
    editor = QLineEdit()
    editor.setPlaceholderText(hint)
    editor.setMaxLength(200)
    return editor
