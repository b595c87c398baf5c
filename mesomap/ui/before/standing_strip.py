"""A slim strip under the bar of an open session, beside its panel: cautions that stand out, and how the consents stand.

It says what is on record and stops nothing; where all is in date and nothing is open it is not there.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mesomap.ui.controls.buttons import PaintedButton
from mesomap.ui.icons import draw_icon
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown

if TYPE_CHECKING:
    from mesomap.services.standing import StandingOut

_HIGH_PX, _EDGE_PX = 38, 16


class StandingStrip(PaintedButton):
    """One line above views and canvas; a tap opens what it is about."""

    radius = 0.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[str, ...] = ()
        self._amber = False
        self.setFixedHeight(grown(_HIGH_PX))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_standing(self, found: "StandingOut") -> None:
        """Say it in words; nothing hides the strip."""
        from mesomap.ui.before.consent_words import kind_words, state_words

        cautions, parts = found.cautions, []
        for state in found.consents:
            bold, more, _kind = state_words(state)
            parts.append(f"{self.tr('Consent, {0}').format(kind_words(state.kind))}: {bold} {more}".strip())
        if cautions.changed:
            words = self.tr("Changed since the last session: {0}")
            parts.append(words.format(", ".join(cautions.changed)))
        yes = [word for word in cautions.yes if word not in cautions.changed]
        if yes:
            parts.append(self.tr("Cautions: {0}").format(", ".join(yes)))
        if cautions.open:
            one = self.tr("1 question open")
            parts.append(one if len(cautions.open) == 1 else self.tr("{0} questions open").format(len(cautions.open)))
        self._parts = tuple(parts)
        self._amber = bool(cautions.changed or found.consents_amiss)
        self.setAccessibleName(". ".join([*parts, self.tr("Open cautions and consents")]))
        self.setToolTip("\n".join(parts))
        self.setVisible(not found.is_quiet)
        self.update()

    def words(self) -> tuple[str, ...]:
        """What it says, part by part."""
        return self._parts

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, icon, words, arrow."""
        tokens = theme.tokens()
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.fillRect(box, tokens.colour("amber_bg" if self._amber else "panel"))
        self.paint_ground(painter, box, None)
        colour = tokens.colour("amber" if self._amber else "text2")
        painter.setPen(tokens.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        middle = self.height() / 2
        icon = "alert" if self._amber else "shield"
        draw_icon(painter, icon, QRectF(_EDGE_PX, middle - 9, 18, 18), colour, 2.0)
        draw_icon(painter, "next", QRectF(self.width() - _EDGE_PX - 16, middle - 8, 16, 16), colour, 2.0)
        painter.setPen(colour)
        painter.setFont(font("strong"))
        room = QRectF(_EDGE_PX + 28, 0, self.width() - 2 * _EDGE_PX - 56, self.height())
        words = QFontMetrics(painter.font()).elidedText(
            "   ·   ".join(self._parts), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
