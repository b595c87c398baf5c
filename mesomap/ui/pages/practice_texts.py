"""Sections "Consent texts" and "Advice sheets": the practice's own words, in versions and languages."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QPushButton, QWidget

from mesomap.domain.advice import AdviceSheet
from mesomap.domain.consent import ConsentKind, ConsentText
from mesomap.domain.errors import BadInputError
from mesomap.domain.practice_text import PracticeText
from mesomap.services.practice_texts import change_text, new_text, put_aside, texts, was_used
from mesomap.ui.after.form_parts import attempt, choice_field, line_field
from mesomap.ui.before.consent_words import LANGUAGE_NAMES, kind_words, language_words
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.record_lines import RecordCard, wrapping
from mesomap.ui.page_context import PageContext
from mesomap.ui.text_papers import save_sheet
from mesomap.ui.words import language

_ITEM_SHEET = "QListWidget::item { min-height: 44px; padding: 2px 10px; border-radius: 11px; }"
_NARROWEST_PX = 190
_KEY = Qt.ItemDataRole.UserRole


class PracticeTexts(QWidget):
    """A list of texts at the left, the chosen one at the right; kind says which of the two sections it is."""

    kind: type[PracticeText] = AdviceSheet

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._texts: dict[str, PracticeText] = {}
        self._text: PracticeText | None = None
        self._series: PracticeText | None = None
        self.list = QListWidget()
        self.list.setStyleSheet(_ITEM_SHEET)
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Texts in use"))
        self.list.currentItemChanged.connect(lambda item, _old: self._chosen(item))
        self.fresh, self.other_language = QPushButton(self.tr("New text")), QPushButton(self.tr("In another language"))
        self.fresh.clicked.connect(self.begin)
        self.other_language.clicked.connect(self._begin_language)
        self.title = line_field(self.tr("Title"))
        self.language = choice_field(self.tr("Language"), LANGUAGE_NAMES)
        self.body = QPlainTextEdit()
        self.body.setAccessibleName(self.tr("Text"))
        self.body.setTabChangesFocus(True)
        self.body.setStyleSheet("padding: 12px 14px; min-height: 120px;")
        self.state, self.error = wrapping("small2"), wrapping("error")
        self.save_button, self.aside = QPushButton(self.tr("Save")), QPushButton(self.tr("Put aside"))
        self.pdf = QPushButton(self.tr("Save as PDF…"))
        self.save_button.setProperty("kind", "primary")
        self.save_button.clicked.connect(self.save)
        self.aside.clicked.connect(self._put_aside)
        self.pdf.clicked.connect(self._save_pdf)
        self._assemble()
        self.begin()
        self.refresh()
        if self._texts:
            self.list.setCurrentRow(0)

    def _assemble(self) -> None:
        left = RecordCard(self.tr("Texts in use"))
        left.body.addWidget(self.list, 1)
        left.body.addWidget(self.other_language)
        left.body.addWidget(self.fresh)
        right = RecordCard(self.tr("Text"))
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(self.title, 3)
        fields.addWidget(self.language, 1)
        right.body.addLayout(fields)
        more = self.more_fields()
        if more:
            row = QHBoxLayout()
            row.setSpacing(12)
            for field in more:
                row.addWidget(field, 1)
            right.body.addLayout(row)
        right.body.addWidget(self.body, 1)
        right.body.addWidget(self.state)
        right.body.addWidget(self.error)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.aside)
        foot.addWidget(reads(self.pdf))
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        right.body.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(left, 2)
        whole.addWidget(right, 5)

    # -- what a kind of text adds

    def more_fields(self) -> Sequence[FormField]:
        """Fields that only this kind of text has."""
        return ()

    def more_values(self) -> dict[str, Any]:
        """Their values. Raises BadInputError."""
        return {}

    def show_more(self, text: PracticeText | None) -> None:
        """Show the values of a text, or of none yet."""

    # -- the section

    def refresh(self) -> None:
        """Read the texts again; the chosen one stays chosen."""
        found = texts(self._context.practice, self.kind)
        self._texts = {str(text.id): text for text in found}
        held = str(self._text.id) if self._text is not None else ""
        self.list.blockSignals(True)
        self.list.clear()
        for key, text in self._texts.items():
            item = QListWidgetItem(f"{text.title}\n{self._line(text)}")
            item.setData(_KEY, key)
            item.setSizeHint(self._room_for(item.text()))
            self.list.addItem(item)
            if key == held:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def begin(self) -> None:
        """An empty form for a new text."""
        self._series = None
        self.list.setCurrentRow(-1)
        self._show(None)
        self.language.set_text(language())

    def save(self) -> None:
        """Record the text: the same version while nobody signed it or was given it, else the next one."""
        text, practice = self._text, self._context.practice

        def record() -> None:
            values = {
                "title": self.title.text(),
                "language": self.language.text(),
                "body": self.body.toPlainText(),
                **self.more_values(),
            }
            if text is not None:
                self._text = change_text(practice, text, **values)
            elif self._series is not None:
                self._text = new_text(practice, self.kind, series=self._series.series, **values)
            else:
                self._text = new_text(practice, self.kind, **values)

        wrong = attempt(record)
        self._say(wrong)
        if not wrong:
            self._series = None
            self._show(self._text)
            self.refresh()

    # -- inside

    def _room_for(self, words: str) -> QSize:
        """A long title takes as many lines as it needs in the narrowest list."""
        box = QRect(0, 0, _NARROWEST_PX, 2000)
        high = self.list.fontMetrics().boundingRect(box, int(Qt.TextFlag.TextWordWrap), words).height()
        return QSize(_NARROWEST_PX, max(48, high + 18))

    def _line(self, text: PracticeText) -> str:
        return self.tr("{0} · version {1}").format(language_words(text.language), text.version)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(self._texts.get(str(item.data(_KEY))))

    def _show(self, text: PracticeText | None) -> None:
        self._text = text
        self.title.set_text(text.title if text is not None else "")
        if text is not None:
            self.language.set_text(text.language)
        self.body.setPlainText(text.body if text is not None else "")
        self.show_more(text)
        self._say("")
        for button in (self.aside, self.pdf, self.other_language):
            button.setEnabled(text is not None)
        if text is None:
            self.state.setText(self.tr("A new text begins with version 1."))
        elif was_used(self._context.practice, text):
            words = self.tr("Version {0} was signed or given: it stays as it is. Saving a change makes version {1}.")
            self.state.setText(words.format(text.version, text.version + 1))
        else:
            self.state.setText(self.tr("Version {0}, not used yet: it can still be changed.").format(text.version))

    def _begin_language(self) -> None:
        """The same text in another language."""
        series = self._text
        self._show(None)
        self._series = series
        self.list.setCurrentRow(-1)
        if series is not None:
            self.show_more(series)
            words = self.tr("Another language of “{0}”. Choose the language and enter title and text.")
            self.state.setText(words.format(series.title))
            self.title.editor.setFocus()

    def _put_aside(self) -> None:
        text = self._text
        if text is None:
            return
        wrong = attempt(lambda: put_aside(self._context.practice, text))
        if wrong:
            self._say(wrong)
            return
        self.begin()
        self.refresh()

    def _save_pdf(self) -> None:
        if self._text is not None:
            save_sheet(self._context, self._text, None, self)

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))


class AdviceSheets(PracticeTexts):
    """Sheets that patients take home."""

    kind = AdviceSheet


class ConsentTexts(PracticeTexts):
    """Texts that patients sign: with what they consent to and how long it holds."""

    kind = ConsentText

    def more_fields(self) -> Sequence[FormField]:
        """What is consented to, and for how long."""
        self.consent = choice_field(self.tr("Consent to"), {one.value: kind_words(one) for one in ConsentKind})
        self.months = line_field(self.tr("Holds for, months"), self.tr("no end"), 4)
        return self.consent, self.months

    def more_values(self) -> dict[str, Any]:
        """Kind and months. Raises BadInputError."""
        return {"consent": ConsentKind(self.consent.text()), "valid_months": self._months()}

    def show_more(self, text: PracticeText | None) -> None:
        """Kind and months of the text."""
        known = text if isinstance(text, ConsentText) else None
        self.consent.set_text(known.consent.value if known is not None else ConsentKind.TREATMENT.value)
        self.months.set_text(str(known.valid_months) if known is not None and known.valid_months else "")

    def _months(self) -> int | None:
        entered = self.months.text()
        if not entered:
            return None
        if not (entered.isascii() and entered.isdigit()):
            raise BadInputError(
                self.tr("“{0}” is not a number of months. Enter one, or nothing for no end.").format(entered)
            )
        return int(entered)
