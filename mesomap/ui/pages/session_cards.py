"""A session as a card: number, why, when, state, techniques and figures."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.session import Session, SessionStatus
from mesomap.ui.controls.chips import StateChip
from mesomap.ui.panels.top_bar import ElidedLabel, plain_label
from mesomap.ui.words import clock, day, technique_name, volume


class SessionCard(QFrame):
    """One session; the button opens it."""

    def __init__(
        self,
        session: Session,
        marks: Sequence[Mark],
        open_session: Callable[[UUID], None],
        parent: QWidget | None = None,
        *,
        note: str = "",
    ) -> None:
        """note: a few words more beside the time, such as its place in a course."""
        super().__init__(parent)
        self.setObjectName("card")
        title = ElidedLabel("title", stretchy=True)
        plain = self.tr("Session {0}").format(session.number)
        title.show_text(f"{session.number} · {session.indication}" if session.indication else plain)
        when = ElidedLabel("small2", stretchy=True)
        moment = f"{day(session.started_at.astimezone())} · {clock(session.started_at)}"
        when.show_text(f"{moment} · {note}" if note else moment)
        techniques = ElidedLabel("small2", stretchy=True)
        techniques.show_text(", ".join(dict.fromkeys(technique_name(mark.dose.technique) for mark in marks)))
        words = QVBoxLayout()
        words.setSpacing(2)
        for widget in (title, when, techniques):
            words.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(20)
        row.addLayout(words, 1)
        for name, value in _figures(marks, self.tr("points"), self.tr("about points"), self.tr("mL")):
            column = QVBoxLayout()
            column.setSpacing(1)
            column.addWidget(plain_label("figure", value))
            column.addWidget(plain_label("small", name))
            row.addLayout(column)
        draft = session.status is SessionStatus.DRAFT
        state = StateChip("amber" if draft else "green", "alert" if draft else "lock")
        state.show_text(self._state(session.status))
        row.addWidget(state, 0, Qt.AlignmentFlag.AlignVCenter)
        button = QPushButton(self.tr("Continue") if draft else self.tr("Open"))
        button.setAccessibleName(f"{button.text()} {session.number} {session.indication}")
        button.clicked.connect(lambda: open_session(session.id))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _state(self, status: SessionStatus) -> str:
        return {
            SessionStatus.DRAFT: self.tr("Not signed"),
            SessionStatus.SIGNED: self.tr("Signed"),
            SessionStatus.AMENDING: self.tr("Being amended"),
            SessionStatus.AMENDED: self.tr("Amended"),
            SessionStatus.VOIDED: self.tr("Voided"),
        }[status]


def _figures(marks: Sequence[Mark], points: str, about: str, ml: str) -> list[tuple[str, str]]:
    """Name and value of what was put into the skin; about-points only where there are areas."""
    count = sum(mark.count for mark in marks if isinstance(mark, InjectionSet))
    areas = [mark for mark in marks if isinstance(mark, AreaRecord)]
    found = [(points, str(count))]
    if areas:
        found.append((about, f"≈ {sum(mark.about_n or 0 for mark in areas)}"))
    return [*found, (ml, volume(sum(mark.total_ml or 0.0 for mark in marks)))]
