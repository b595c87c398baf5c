"""What opening the practice found, whole and in words, until somebody acknowledges it with a reason."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.person import Role
from mesomap.ui.controls.asked_role import asks
from mesomap.ui.controls.tall_label import TallLabel
from mesomap.ui.icons import draw_icon
from mesomap.ui.theme import theme

if TYPE_CHECKING:
    from mesomap.ui.desk import Desk
    from mesomap.ui.trust.reason_dialog import ReasonDialog


class NoticeCard(QWidget):
    """Amber, with a triangle. Not there while there is nothing to say."""

    acknowledge_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = TallLabel("strong")
        self.button = asks(QPushButton(self.tr("Acknowledge…")), Role.ADMINISTER)
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.acknowledge_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(44, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self.update)
        self.hide()

    def show_notices(self, notices: Sequence[str]) -> None:
        """One sentence each; none = the card goes."""
        self.words.show_text("\n".join(notices))
        self.setAccessibleName(self.words.text())
        self.setVisible(bool(notices))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and triangle."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(tokens.colour("amber_bg"))
        painter.setPen(QPen(tokens.colour("amber_line"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        draw_icon(painter, "alert", QRectF(14, self.height() / 2 - 10, 20, 20), tokens.colour("amber"), 2.0)


class Notices(QObject):
    """Carries out the acknowledging of one card."""

    def __init__(self, card: NoticeCard, desk: "Desk") -> None:
        super().__init__(card)
        self._card, self._desk = card, desk
        self.dialog: ReasonDialog | None = None
        card.acknowledge_asked.connect(self.ask)

    def ask(self) -> None:
        """What was found out; both stand in the audit afterwards."""
        from mesomap.ui.trust.reason_dialog import ReasonDialog

        practice = self._desk.practice
        if practice is None:
            return
        dialog = ReasonDialog(
            self.tr("Acknowledge what was found"),
            self._card.words.text(),
            self.tr("Acknowledge"),
            self.tr("for example: yesterday’s backup was put back by hand"),
            self._card.window(),
        )
        dialog.reason.set_label(self.tr("What was found out, kept in the audit"))

        def confirmed(reason: str) -> None:
            try:
                practice.acknowledge_notices(reason)
            except MesoMapError as error:
                dialog.show_error(error.sentence)
                return
            dialog.accept()
            self._card.show_notices(practice.notices)

        dialog.asked.connect(confirmed)
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
