"""Tab "Over time" of the patient's page: scores and measures above the treatments."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mesomap.domain.outcome import OutcomeLine, OutcomeOverTime
from mesomap.domain.score import Judge
from mesomap.render.outcome_lines import OutcomeLook, draw_outcome, outcome_height
from mesomap.render.tokens import Tokens
from mesomap.services.outcomes import outcome_over_time
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.page_context import PageContext
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, text_scale
from mesomap.ui.words import day


def tr(text: str) -> str:
    """Translate in the context of this tab."""
    return QCoreApplication.translate("Outcome", text)


def line_words(line: OutcomeLine) -> str:
    """Name of a line: scale or measure, who judged, where, unit."""
    judges = {Judge.PRACTITIONER: tr("by the practitioner"), Judge.PATIENT: tr("by the patient")}
    measured = {"circumference": tr("Circumference"), "weight": tr("Weight"), "fold": tr("Fold")}
    parts = [measured.get(line.name, line.name), line.unit, line.site]
    if line.judge is not None:
        parts.append(judges[line.judge])
    if line.higher_is:
        parts.append(tr("higher = worse"))
    return ", ".join(part for part in parts if part)


def look_of(tokens: Tokens, unit: float, *, narrow_px: int = 0) -> OutcomeLook:
    """How the picture looks on screen; narrow_px > 0: it is only so wide, names are shortened to it."""

    def day_of(moment: datetime) -> str:
        return day(moment.astimezone())

    def shortened(line: OutcomeLine) -> str:
        metrics = QFontMetricsF(font("strong"))
        return metrics.elidedText(line_words(line), Qt.TextElideMode.ElideRight, narrow_px - 8)

    return OutcomeLook(
        tokens=tokens,
        unit=unit,
        title=font("strong"),
        small=font("badge"),
        name=shortened if narrow_px else line_words,
        day=day_of,
        treatment=tr("session"),
        follow_up=tr("follow-up"),
        event=tr("adverse event"),
        no_value=tr("no value on that day"),
        narrow=narrow_px > 0,
    )


class OutcomePicture(QWidget):
    """The picture in the width it is given; narrow: in a column beside something else."""

    def __init__(self, *, narrow: bool = False) -> None:
        super().__init__()
        self._narrow = narrow
        self.outcome = OutcomeOverTime((), (), (), ())
        theme.changed.connect(self.update)

    def show_outcome(self, outcome: OutcomeOverTime) -> None:
        """Show another one."""
        self.outcome = outcome
        self.setFixedHeight(round(outcome_height(outcome, text_scale(), narrow=self._narrow)))
        words = [f"{line_words(line)}: {', '.join(f'{value:g}' for _, value in line.values)}" for line in outcome.lines]
        self.setAccessibleName("; ".join(words) or tr("No scores and measures"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """All bands."""
        painter = QPainter(self)
        look = look_of(theme.tokens(), text_scale(), narrow_px=self.width() if self._narrow else 0)
        draw_outcome(painter, QRectF(self.rect()), self.outcome, look)


class OutcomeTab(QWidget):
    """The picture, and the sentence that it proves nothing."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.picture = OutcomePicture()
        self._none = plain_label("small2", tr("Nothing was scored or measured yet. Scores are entered in “After”."))
        note = plain_label(
            "small2",
            tr("What was recorded, in the order of time. It shows no effect: nothing was compared with no treatment."),
        )
        note.setWordWrap(True)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.setSpacing(8)
        for widget in (self._none, self.picture, note):
            inside.addWidget(widget)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(card))
        self.refresh()

    def refresh(self) -> None:
        """Read scores, measures and visits again."""
        patient = self._context.patient
        outcome = outcome_over_time(self._context.practice, patient.id)
        self._none.setVisible(not outcome.lines)
        self.picture.show_outcome(outcome)
