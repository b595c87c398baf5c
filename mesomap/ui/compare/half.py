"""Two visits of which one cannot be laid on this body: the map of the other one, and what was recorded of both."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from mesomap.atlas import Atlas
from mesomap.coverage.visits import visit_points
from mesomap.domain.errors import DamagedError
from mesomap.domain.session import Session
from mesomap.render.differences import Fate, Fates
from mesomap.render.marks_in_view import MarkProjector
from mesomap.services.comparing import Visit, compare
from mesomap.services.practice import Practice
from mesomap.services.recorded import RecordedComparison, RecordedVisit, recorded_comparison
from mesomap.ui.compare.shown import Made, Side, made
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from mesomap.ui.words import tr

_MARGIN_PX = 40


@dataclass(frozen=True)
class HalfMade:
    """What was recorded of both, and the sides that have a map."""

    recorded: RecordedComparison
    before: Side | None
    after: Side | None


def made_of(
    practice: Practice, atlas: Atlas, visit_of: Callable[[Session], Visit], sessions: tuple[Session, Session],
    limits: tuple[float, float],
) -> Made | HalfMade:  # fmt: skip
    """Both compared; where this body does not read one of them, or it is damaged, what was recorded of both."""
    if all(atlas.reads(session.atlas) for session in sessions):
        with suppress(DamagedError):  # said beside what there is
            before, after = (visit_of(session) for session in sessions)
            return made(compare(before, after, repeated_mm=limits[0], moved_mm=limits[1]))
    return half_made(practice, atlas, visit_of, *sessions)


def half_made(
    practice: Practice, atlas: Atlas, visit_of: Callable[[Session], Visit], before: Session, after: Session
) -> HalfMade:
    """Each visit for itself; takes a while, safe in another thread. visit_of raises BadInputError for one that this
    body does not read, DamagedError for one that cannot be read at all.
    """
    recorded = recorded_comparison(before, after, visit_of, lambda session: practice.marks(session.id))
    sides = (None if one.laid is None else _side(atlas, one.laid) for one in (recorded.before, recorded.after))
    return HalfMade(recorded, *sides)


def _side(atlas: Atlas, visit: Visit) -> Side:
    """Nothing is known of what became of its injections."""
    count = len(visit_points(atlas, visit.marks).mark)
    fates = Fates(np.full(count, Fate.REPEATED, dtype=np.int8), np.arange(count, dtype=np.int64))
    side = Side(visit, fates, MarkProjector(atlas))
    for view in atlas.views:
        side.scene(view.key)
    return side


def draw_no_map(painter: QPainter, box: QRectF, recorded: RecordedVisit | None) -> None:
    """A field without a body, and why."""
    tokens = theme.tokens()
    painter.fillRect(box, tokens.colour("canvas"))
    if recorded is None:
        return
    words = tr("No map of visit {0}: it was charted on {1} {2} ({3}). What was recorded of it stands in the table.")
    if recorded.unread:
        words = tr("No map of visit {0}: its records cannot be read. Restore a verified backup.")
    atlas = recorded.session.atlas
    painter.setFont(font("body"))
    painter.setPen(tokens.colour("text2"))
    inner = box.adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    text = words.format(recorded.session.number, atlas.id, atlas.version, atlas.body)
    painter.drawText(inner, int(flags), text)
