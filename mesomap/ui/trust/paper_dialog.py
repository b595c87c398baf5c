"""The paper of a signed version, shown from memory as it was signed, and what was checked of it in words."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from mesomap.printing.kept_pages import KeptPages
from mesomap.services.background import Runner
from mesomap.services.signed_paper import SignedPaper
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import wrapping
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.controls.side_column import button_pair, side_column, stacked
from mesomap.ui.controls.tick_row import TickRow
from mesomap.ui.dialogs.page_stack import PageStack
from mesomap.ui.dialogs.pages_bar import PagesBar
from mesomap.ui.page_source import PageSource
from mesomap.ui.trust.signed_words import when_words, who_words

_COLUMN_PX = 344
_A4 = (595.0, 842.0)


class KeptPaper(PageSource):
    """The pages of a PDF in memory; nothing of it is written anywhere."""

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(runner, parent)
        self._pages: KeptPages | None = None

    def read(self, pdf: bytes) -> None:
        """Read it beside the window; laid_out or failed tells the outcome."""
        self._runner.run(lambda _progress: KeptPages(pdf), done=self._came, failed=self._broke)

    def _came(self, pages: KeptPages) -> None:
        if not self._closed:
            self._pages = pages
            self.laid_out.emit()

    def drawable(self) -> KeptPages | None:
        """The pages."""
        return self._pages

    def paper_size(self) -> tuple[float, float]:
        """Of the first page; all are alike."""
        return _A4 if self._pages is None else self._pages.size_points(0)


class SignedPaperDialog(QDialog):
    """Pages at left, facts and checks at right. save_asked: the same bytes into a file; hide_asked by Ctrl+L."""

    save_asked = Signal()
    hide_asked = Signal()

    def __init__(self, title: str, paper: SignedPaper, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Paper as signed"))
        self.paper = paper
        self.source = KeptPaper(runner, self)
        self.preview = PageStack(self.source)
        self.bar = PagesBar(self.preview)
        self.problem = wrapping("error")
        self.problem.hide()
        self.source.failed.connect(self._failed)
        self.save_button, self.close_button = QPushButton(self.tr("Save PDF…")), QPushButton(self.tr("Close"))
        self.save_button.clicked.connect(self.save_asked)
        self.close_button.clicked.connect(self.reject)
        self._assemble(title)
        if parent is not None:
            self.resize(parent.width() - 60, parent.height() - 60)
        QShortcut(QKeySequence("Ctrl+L"), self, self.hide_asked.emit)
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)
        self.source.read(paper.pdf)

    def _assemble(self, title: str) -> None:
        right = side_column(self, stacked(self.bar, self.preview), _COLUMN_PX)
        head = plain_label("display", title)
        head.setWordWrap(True)
        right.addWidget(head)
        right.addWidget(scrolled(self._facts()), 1)
        right.addWidget(self.problem)
        self.close_button.setProperty("kind", "primary")
        right.addLayout(button_pair(self.save_button, self.close_button))

    def _facts(self) -> QWidget:
        paper, signature = self.paper, self.paper.signature
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        if signature is not None:
            column.addWidget(wrapping("strong", who_words(signature)))
            column.addWidget(wrapping("", when_words(signature)))
            column.addWidget(wrapping("small2", self.tr("Verification code, as it stands on the paper")))
            code = wrapping("figure", paper.code)
            code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(code)
        for fits, words in self.checks():
            state = self.tr("Fits") if fits else self.tr("Look here")
            column.addWidget(TickRow(fits, words, _COLUMN_PX - 86, state))
        digest = self.tr("SHA-256 of this PDF: {0}").format(" ".join(_groups(paper.digest)))
        column.addWidget(wrapping("small2", digest))
        column.addStretch(1)
        return box

    def checks(self) -> list[tuple[bool, str]]:
        """What was held against what, and whether it fits."""
        paper = self.paper
        found = [
            (
                paper.paper_fits,
                self.tr("The PDF is byte for byte the one that was signed.")
                if paper.paper_fits
                else self.tr("The PDF is not the one that was signed."),
            ),
            (
                paper.document_fits,
                self.tr("The record that was signed is kept unchanged; its digest gives the code.")
                if paper.document_fits
                else self.tr("The record that was signed does not fit the code."),
            ),
            (
                paper.signature_fits,
                self.tr("The signature was made with the key of this person.")
                if paper.signature_fits
                else self.tr("The signature does not fit the key of this person."),
            ),
        ]
        if paper.unchanged:
            found.append((True, self.tr("The session still is what this paper says.")))
        elif paper.latest > paper.version:
            words = self.tr("A later version holds now: version {0}.").format(paper.latest)
            found.append((True, words))
        else:
            found.append((False, self.tr("The session is no longer what this paper says: it is being amended.")))
        return found

    def _failed(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()

    def done(self, result: int) -> None:
        """Closed: the pages go."""
        self.source.close()
        super().done(result)


def _groups(digest: str) -> list[str]:
    return [digest[place : place + 8] for place in range(0, len(digest), 8)]
