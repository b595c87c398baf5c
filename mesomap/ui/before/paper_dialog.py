"""A consent signed on paper: which text, when, by whom; the scan is kept with it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.clock import now
from mesomap.domain.consent import ConsentKind, ConsentText
from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.services.moments import read_moment
from mesomap.ui.before.consent_words import kind_words, language_words
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.dialog_foot import dialog_foot
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import ElidedLabel
from mesomap.ui.controls.record_lines import wrapping

#: (text or None, title, kind, signed at, signer) → None; may raise typed errors, whose sentence is shown.
KeepScan = Callable[[ConsentText | None, str, ConsentKind, datetime, str], object]
_OTHER = "other"


class PaperDialog(QDialog):
    """Asks what the scan is; keep is called with the answers."""

    def __init__(
        self,
        file_name: str,
        texts: Sequence[ConsentText],
        kind: ConsentKind,
        keep: KeepScan,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts, self._keep = {str(text.id): text for text in texts}, keep
        self.setWindowTitle(self.tr("Signed paper"))
        self.setMinimumWidth(560)
        which = ChoiceField()
        for key, text in self._texts.items():
            which.addItem(f"{text.title} · {language_words(text.language)} · {text.version}", key)
        which.addItem(self.tr("another paper"), _OTHER)
        kinds = ChoiceField()
        for one in ConsentKind:
            kinds.addItem(kind_words(one), one.value)
        self.which = FormField(self.tr("What the paper shows"), which)
        self.kind = FormField(self.tr("Consent to"), kinds)
        self.kind.set_text(kind.value)
        self.title = FormField(self.tr("Title of the paper"), QLineEdit())
        self.day = FormField(self.tr("Signed on"), QLineEdit())
        self.day.set_text(f"{date.today():%Y-%m-%d}")
        self.signer = FormField(self.tr("Signed by, if not the patient"), QLineEdit())
        of_kind = next((key for key, text in self._texts.items() if text.consent is kind), _OTHER)
        self.which.set_text(of_kind)
        which.currentIndexChanged.connect(self._show_fields)
        self.error = wrapping("error")
        self.error.hide()
        self.done_button = QPushButton(self.tr("Keep the scan"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        name = ElidedLabel("title", stretchy=True)
        name.show_text(file_name)
        column.addWidget(name)
        for widget in (self.which, self.title, self.kind, self.day, self.signer, self.error):
            column.addWidget(widget)
        column.addLayout(dialog_foot(self, self.done_button, self._finish))
        self._show_fields()

    def _show_fields(self) -> None:
        other = self.which.text() == _OTHER
        self.title.setVisible(other)
        self.kind.setVisible(other)
        self.adjustSize()

    def _finish(self) -> None:
        at = now()
        try:
            noon = "12:00" if self.day.text() != f"{at:%Y-%m-%d}" else f"{at:%H:%M}"
            signed_at = read_moment(self.day.text(), noon, at)
        except BadInputError as error:
            self.day.show_error(error.sentence)
            return
        self.day.show_error("")
        text = self._texts.get(self.which.text())
        try:
            self._keep(text, self.title.text(), ConsentKind(self.kind.text()), signed_at, self.signer.text())
        except MesoMapError as error:
            self.error.setText(error.sentence)
            self.error.show()
            return
        self.accept()
