"""What one row of the audit changed: field by field, before and after."""

import re
from contextlib import suppress

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mesomap.services.audit_owners import NOBODY, Owner
from mesomap.services.audit_reading import field_changes
from mesomap.storage.audit_rows import AuditLine
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import RecordCard, wrapping
from mesomap.ui.trust.audit_words import action_words, field_words, kind_words, moment_words, owner_words
from mesomap.ui.typefaces import text_scale

_MOST_LETTERS = 400
#: Longest word without a place to break in text as designed, and such a place (no width).
_WORD, _BREAK = 16, "\u200b"


class AuditDetail(QWidget):
    """A card with the row in full."""

    def __init__(self) -> None:
        super().__init__()
        self._card = RecordCard(self.tr("What changed"), scrolls=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self.setMinimumWidth(300)
        self.show_line(None)

    def show_line(self, line: AuditLine | None, owner: Owner = NOBODY) -> None:
        """Show a row and whose record it changed; None = nothing was chosen."""
        self._card.clear()
        if line is None:
            self._card.say_empty(self.tr("Choose a row."))
            self._card.body.addStretch(1)
            return
        self._card.body.addWidget(wrapping("strong", f"{line.sequence} · {action_words(line.what)}"))
        who = line.who or self.tr("nobody named")
        self._card.body.addWidget(wrapping("small2", f"{who} · {moment_words(line.at)}"))
        if whose := owner_words(owner):
            self._card.body.addWidget(wrapping("small2", whose))
        if line.record_id:
            self._card.body.addWidget(wrapping("small2", f"{kind_words(line.kind)} {_broken(line.record_id)}"))
        if line.erased:
            self._card.say_empty(self.tr("The records were erased. Their digests stay in the chain."))
        elif line.record_id:
            self._card.body.addWidget(self._table(line))
        self._card.body.addStretch(1)

    def _table(self, line: AuditLine) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        columns = [(self.tr("Before"), "before")] if line.before is not None else []
        columns += [(self.tr("After"), "after")] if line.after is not None else []
        grid.addWidget(plain_label("small", self.tr("Field")), 0, 0)
        grid.setColumnStretch(0, 1)
        for column, (head, _side) in enumerate(columns, 1):
            grid.addWidget(plain_label("small", head), 0, column)
            grid.setColumnStretch(column, 2)
        for row, change in enumerate(field_changes(line), 1):
            grid.addWidget(wrapping("small2", field_words(change.path)), row, 0)
            for column, (_head, side) in enumerate(columns, 1):
                text = change.before if side == "before" else change.after
                grid.addWidget(wrapping("", _shown(change.path, text)), row, column)
        return box


def _shown(path: str, text: str) -> str:
    """The value: moments in words, long words with places to break, very long ones cut."""
    if path.endswith("_at"):
        with suppress(ValueError):
            return moment_words(text)
    cut = text if len(text) <= _MOST_LETTERS else text[:_MOST_LETTERS] + " …"
    return _broken(cut)


def _broken(text: str) -> str:
    most = round(_WORD / text_scale())
    return " ".join(_BREAK.join(re.findall(f".{{1,{most}}}", word)) for word in text.split(" "))
