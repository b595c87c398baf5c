"""The card of consents: how each kind stands, signing, signed papers, withdrawal, and everything signed before."""

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from mesomap.domain.consent import Consent, ConsentKind, ConsentText, InkStroke, SignedWith, Standing
from mesomap.domain.errors import MesoMapError
from mesomap.services.consents import (
    ConsentState,
    consent_texts,
    consents,
    file_scan,
    scan_type,
    sign,
    state_of,
    states,
    withdraw,
)
from mesomap.services.practice_texts import for_language
from mesomap.ui.before.consent_words import kind_words, signed_words, state_words
from mesomap.ui.before.paper_dialog import PaperDialog
from mesomap.ui.before.signing_dialog import SigningDialog
from mesomap.ui.before.withdraw_dialog import WithdrawDialog
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.chips import StateChip
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import RecordCard, RecordLine, small_button, wrapping
from mesomap.ui.controls.rule import rule
from mesomap.ui.page_context import PageContext
from mesomap.ui.text_papers import save_consent, save_scan
from mesomap.ui.words import language, spoken_name

_ICONS = {"green": "check", "amber": "alert", "red": "alert", "grey": "doc"}


class ConsentsCard(RecordCard):
    """recorded is sent after everything that was signed, filed or withdrawn."""

    recorded = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Consents"), scrolls=True)
        self._context = context
        self.head.addWidget(small_button(self.tr("File signed paper…"), self.ask_for_paper))
        self.refresh()

    def refresh(self) -> None:
        """Read everything again."""
        self.clear()
        practice, patient_id = self._context.practice, self._context.patient.id
        found = states(practice, patient_id, date.today())
        for number, state in enumerate(found):
            self.body.addWidget(_KindLine(state, self, first=number == 0))
        if not found:
            self.say_empty(self.tr("There is no consent text yet. Write one on the practice’s page, “Consent texts”."))
        signed = consents(practice, patient_id)
        if signed:
            head = plain_label("small2", self.tr("Signed, newest first"))
            head.setContentsMargins(0, 12, 0, 0)
            self.body.addWidget(head)
        for consent in reversed(signed):
            self.body.addWidget(self._signed_line(consent))
        self.body.addStretch(1)

    def sign(self, kind: ConsentKind) -> None:
        """Let the patient read and sign a text of this kind, in the language of the window if there is one."""
        texts = for_language(consent_texts(self._context.practice, kind), language())
        others = [text for text in consent_texts(self._context.practice, kind) if text not in texts]
        if texts:
            self._run(SigningDialog([*texts, *others], self._sign, spoken_name(self._context.patient), self.window()))

    def ask_for_paper(self) -> None:
        """Choose a scan and file it."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self, self.tr("Signed paper"), "", self.tr("Scans (*.pdf *.jpg *.jpeg *.png)")
        )
        if chosen:
            self.file_paper(Path(chosen))

    def file_paper(self, path: Path, kind: ConsentKind = ConsentKind.TREATMENT) -> None:
        """Ask what the scan is and keep it; a file that is none is said."""
        context = self._context
        try:
            data = path.read_bytes()
            scan_type(data)
        except OSError:
            context.say(self.tr("The file “{0}” cannot be read. Choose another one.").format(path.name))
            return
        except MesoMapError as error:
            context.say(error.sentence)
            return

        def keep(text: ConsentText | None, title: str, of: ConsentKind, signed_at: datetime, signer: str) -> None:
            file_scan(
                context.practice, context.patient.id, of, data, name=path.name, signed_at=signed_at, text=text,
                title=title, signer=signer,
            )  # fmt: skip

        self._run(PaperDialog(path.name, consent_texts(context.practice), kind, keep, self.window()))

    def ask_withdraw(self, consent: Consent) -> None:
        """Ask for day and reason, and take the consent back."""
        practice = self._context.practice
        self._run(
            WithdrawDialog(consent.title, lambda on, reason: withdraw(practice, consent, on, reason), self.window())
        )

    def save(self, consent: Consent) -> None:
        """Save the signed consent, or the scan of the paper, as a file."""
        saver = save_scan if consent.signed_with is SignedWith.PAPER else save_consent
        saver(self._context, consent, self)

    def _sign(
        self,
        text: ConsentText,
        ink: tuple[InkStroke, ...],
        picture: bytes,
        signed_with: SignedWith,
        signer: str,
        relation: str,
    ) -> None:
        context = self._context
        sign(
            context.practice, context.patient.id, text, ink, picture, signed_with=signed_with, signer=signer,
            relation=relation,
        )  # fmt: skip

    def _run(self, dialog: QDialog) -> None:
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.refresh()
            self.recorded.emit()
        dialog.deleteLater()

    def _signed_line(self, consent: Consent) -> RecordLine:
        state = state_of(self._context.practice, consent, date.today())
        bold, more, kind = state_words(state)
        reason = self.tr("Reason: {0}").format(state.end.reason) if state.end and state.end.reason else ""
        title = f"{kind_words(consent.consent)} · {consent.title}"
        line = RecordLine(title, signed_words(consent), reason, buttons_below=True)
        chip = StateChip(kind, _ICONS[kind])
        chip.show_text(bold, more)
        line.add_below(chip)
        words = self.tr("Save {0} as a file").format(consent.title)
        reads(line.add_button(self.tr("Save…"), lambda: self.save(consent), words))
        if state.standing is not Standing.WITHDRAWN:
            words = self.tr("Withdraw {0}").format(consent.title)
            line.add_button(self.tr("Withdraw…"), lambda: self.ask_withdraw(consent), words)
        return line


class _KindLine(QWidget):
    """A kind of consent: name, how it stands, and the button to sign."""

    def __init__(self, state: ConsentState, card: ConsentsCard, *, first: bool) -> None:
        super().__init__()
        bold, more, kind = state_words(state)
        chip = StateChip(kind, _ICONS[kind])
        chip.show_text(bold, more)
        held_by = QHBoxLayout()
        held_by.addWidget(chip)
        held_by.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(wrapping("strong", kind_words(state.kind)))
        words.addLayout(held_by)
        if state.newer:
            words.addWidget(wrapping("small2", self.tr("A newer version of this text is in use.")))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        held = state.standing is Standing.IN_DATE
        button = small_button(
            self.tr("Sign again") if held else self.tr("Sign"),
            lambda: card.sign(state.kind),
            self.tr("Sign: {0}").format(kind_words(state.kind)),
        )
        button.setProperty("kind", "" if held else "primary")
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(8)
        if not first:
            column.addWidget(rule())
        column.addLayout(row)
