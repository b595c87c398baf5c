"""A visit as a card: small map, number, day and reason, what was given, figures, state."""

from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.session import SessionStatus
from mesomap.services.visit_history import Given, VisitFacts
from mesomap.ui.controls.chips import StateChip, draw_letter
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.history.thumbs import SmallMap
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown, text_scale
from mesomap.ui.words import area, clock, day, language, number, short_technique_name, tr, volume

MAP_PX = QSize(84, 84)
_MOST_GIVEN = 3
#: Width of a figure, so that the figures of all visits stand under each other.
_FIGURE_PX = 76
#: With larger text the figures stand under the words: beside them these would be cut to nothing.
_LARGE = 1.2


class MapPicture(QWidget):
    """The small map of the visit, a plain field until it is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.small: SmallMap | None = None
        self.words = ""
        self.setFixedSize(MAP_PX)

    def show_map(self, small: SmallMap) -> None:
        """It was drawn."""
        self.small = small
        self.update()

    def show_words(self, words: str) -> None:
        """There is no map, and why."""
        self.words = words
        self.setToolTip(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded field and the map in it, or words."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("canvas"))
        painter.drawRoundedRect(QRectF(self.rect()), 12, 12)
        if self.small is not None:
            painter.drawImage(QRectF(self.rect()), self.small.picture)
        elif self.words:
            painter.setFont(font("badge"))
            painter.setPen(tokens.colour("text2"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()).adjusted(5, 3, -5, -3), int(flags), self.words)


class GivenLine(QWidget):
    """Letter tile, technique and depth of each mixture; more than three are counted."""

    def __init__(self, given: tuple[Given, ...]) -> None:
        super().__init__()
        self._given = given
        self.setFixedHeight(grown(22))
        self.setAccessibleName(", ".join(_words(one) for one in given))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One after the other as far as there is room."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setFont(font("small"))
        left, side = 0.0, float(grown(18))
        for row, one in enumerate(self._given[:_MOST_GIVEN]):
            if one.letter:
                draw_letter(painter, QRectF(left, (self.height() - side) / 2, side, side), one.letter)
                left += side + 6
            painter.setFont(font("small"))
            painter.setPen(tokens.colour("text2"))
            rest = len(self._given) - _MOST_GIVEN
            more = f"  +{rest}" if row == _MOST_GIVEN - 1 and rest > 0 else ""
            room = self.width() - left
            text = painter.fontMetrics().elidedText(_words(one) + more, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(left, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            left += painter.fontMetrics().horizontalAdvance(text) + 16
            if left > self.width() - 40:
                return


def _words(one: Given) -> str:
    depths = (
        "–".join(number(depth, 1) for depth in {one.depths_mm[0]: 0, one.depths_mm[-1]: 0}) if one.depths_mm else ""
    )
    return f"{short_technique_name(one.technique)}, {depths} mm" if depths else short_technique_name(one.technique)


class VisitCard(QFrame):
    """The button opens the visit; covered cm² and the map come when they were worked out."""

    def __init__(
        self, facts: VisitFacts, open_session: Callable[[UUID], None], *, note: str = "", parent: QWidget | None = None
    ) -> None:
        """note: a few words more beside the time, such as its place in a course."""
        super().__init__(parent)
        self.setObjectName("card")
        session = facts.session
        self.map = MapPicture()
        title = ElidedLabel("title", stretchy=True)
        plain = self.tr("Session {0}").format(session.number)
        title.show_text(f"{session.number} · {session.indication}" if session.indication else plain)
        when = ElidedLabel("small2", stretchy=True)
        moment = f"{day(session.started_at.astimezone())} · {clock(session.started_at)}"
        when.show_text(f"{moment} · {note}" if note else moment)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addStretch(1)
        for widget in (title, when, GivenLine(facts.given)):
            words.addWidget(widget)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 14, 8)
        row.setSpacing(10)
        row.addWidget(self.map)
        row.addLayout(words, 1)
        self._covered = plain_label("figure", "…")
        if text_scale() > _LARGE:
            words.insertLayout(words.count() - 1, self._figures(facts))
        else:
            row.addLayout(self._figures(facts))
        button = QPushButton(self.tr("Continue") if session.status.is_open else self.tr("Open"))
        button.setAccessibleName(f"{button.text()} {session.number} {session.indication}")
        button.clicked.connect(lambda: open_session(session.id))
        chip = _state_chip(session.status)
        # The figures of all visits stand under each other, whatever their state.
        chip.setMinimumWidth(_chip_px(text_scale(), language()))
        button.setMinimumWidth(_button_px(text_scale(), language()))
        if text_scale() > _LARGE:
            ends = QVBoxLayout()
            ends.addStretch(1)
            ends.addWidget(chip)
            ends.addWidget(button)
            ends.addStretch(1)
            row.addLayout(ends)
        else:
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _figures(self, facts: VisitFacts) -> QHBoxLayout:
        """Points, volume and covered skin beside each other, each over its name."""
        row = QHBoxLayout()
        row.setSpacing(10)
        points = str(facts.points) if not facts.about_points else f"≈ {facts.points + facts.about_points}"
        for figure, name in (
            (plain_label("figure", points), self.tr("points")),
            (plain_label("figure", volume(facts.volume_ml)), self.tr("mL")),
            (self._covered, self.tr("cm² covered")),
        ):
            field = QWidget()
            field.setFixedWidth(grown(_FIGURE_PX))
            column = QVBoxLayout(field)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(1)
            column.addStretch(1)
            column.addWidget(figure)
            column.addWidget(plain_label("small", name))
            column.addStretch(1)
            row.addWidget(field)
        if text_scale() > _LARGE:
            row.addStretch(1)
        return row

    def show_map(self, small: SmallMap) -> None:
        """The map was drawn."""
        self.map.show_map(small)

    def show_covered(self, covered_cm2: float | None) -> None:
        """Covered skin was worked out; None = nobody knows it."""
        self._covered.setText("–" if covered_cm2 is None else area(covered_cm2))

    def show_unread(self) -> None:
        """It was charted on a body that cannot be shown: there is neither a map nor an area."""
        self.map.show_words(self.tr("No map: another body"))
        self.show_covered(None)


@lru_cache(maxsize=8)
def _chip_px(_scale: float, _language: str) -> int:
    """Room for the widest state."""
    return max(_state_chip(status).sizeHint().width() for status in SessionStatus)


@lru_cache(maxsize=8)
def _button_px(_scale: float, _language: str) -> int:
    """Room for both words of the button."""
    words = (QCoreApplication.translate("VisitCard", word) for word in ("Continue", "Open"))
    return max(QPushButton(word).sizeHint().width() for word in words)


def _state_chip(status: SessionStatus) -> StateChip:
    kind, icon_name, words = {
        SessionStatus.DRAFT: ("amber", "alert", tr("Not signed")),
        SessionStatus.SIGNED: ("green", "lock", tr("Signed")),
        SessionStatus.AMENDING: ("amber", "pen", tr("Being amended")),
        SessionStatus.AMENDED: ("green", "lock", tr("Amended")),
        SessionStatus.VOIDED: ("red", "close", tr("Voided")),
    }[status]
    chip = StateChip(kind, icon_name)
    chip.show_text(words)
    return chip
