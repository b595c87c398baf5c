"""What the pen is over: region in words with side, distance to the nearest point, estimated layer."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from mesomap.domain.skin_layers import estimated_layer
from mesomap.render.context import RenderContext
from mesomap.render.picture import pictured
from mesomap.ui.canvas.better_view import better_view
from mesomap.ui.canvas.card_place import card_place, letter_rooms
from mesomap.ui.canvas.glow import Glow
from mesomap.ui.canvas.nearest_gap import NearestGap
from mesomap.ui.canvas.tools.tool import Target
from mesomap.ui.carried_words import layer_word
from mesomap.ui.place_words import place_lines
from mesomap.ui.session_model import SessionModel
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown
from mesomap.ui.words import layer_words, number, region_name, tr

#: Further rows for the card: label, value.
MoreRows = Callable[[RenderContext, Target], list[tuple[str, str]]]

#: The card grows wider than this for its title and its figures alone, px at 100 % of the text.
_NARROW_PX = 216


class Readout:
    """Draws the highlighted region and the card beside the pen."""

    def __init__(self, model: SessionModel, gap: NearestGap, more: MoreRows | None = None) -> None:
        self._model, self._gap = model, gap
        self._more = more
        self._glow = Glow()
        self._was_left = False

    def paint_region(
        self, painter: QPainter, context: RenderContext, target: Target, room: QRectF, *, hurried: bool
    ) -> None:
        """Outline of the region under the pen; hurried: only if it is at hand."""
        if target.region_id is not None:
            path = self._model.regions.ready(context.view_key, target.region_id)
            self._glow.draw(painter, context, path, room, hurried=hurried)

    def rows(self, context: RenderContext, target: Target) -> list[tuple[str, str]]:
        """Lines of the card: label, value."""
        depth = self._model.choice.values.depth_mm
        layer = estimated_layer(target.region_id, depth, context.atlas.ref.body)
        rows = []
        nearest = self._gap.words(context.view_key, target)
        if nearest:
            rows.append((tr("To nearest point"), nearest))
        words = layer_words(layer, depth is not None)
        rows.append((tr("Layer, estimated"), words if depth is None else f"{words} · {number(depth, 1)} mm"))
        if self._model.choice.values.intended_layer:
            rows.append((tr("Layer, meant"), layer_word(self._model.choice.values.intended_layer)))
        if self._more is not None:
            rows += self._more(context, target)
        better = better_view(self._model.atlas, context.view_key, target.skin)
        if better:
            rows.append((tr("Seen flatter in"), better))
        return rows

    def paint(
        self, painter: QPainter, context: RenderContext, target: Target, room: QRectF, floating: Sequence[QRectF]
    ) -> None:
        """Card right and below the pen, or where it hides neither the letters of the sides nor what floats over the
        canvas; it never covers the target.
        """
        if target.region_id is None:
            return
        title = region_name(self._model.atlas, target.region_id)
        lines, rows = place_lines(self._model.atlas, target.skin, self._model.service.scale), self.rows(context, target)
        title_metrics, metrics = QFontMetricsF(font("title", 14)), QFontMetricsF(font("strong", 12))
        widest = max((metrics.horizontalAdvance(a) + metrics.horizontalAdvance(b) + 18 for a, b in rows), default=0)
        small = QFontMetricsF(font("small"))
        step, head, narrow = grown(18), grown(22), float(grown(_NARROW_PX))
        narrowed = (min(small.horizontalAdvance(line), narrow) for line in lines)
        inside = max(widest, title_metrics.horizontalAdvance(title), *narrowed)
        # A line that would make the card wide goes on in a second one: a wide card hides more of the body.
        lines = [part for line in lines for part in _broken(small, line, inside)]
        height = 16 + head + step * (len(lines) + len(rows))
        box = card_place(
            target.at,
            inside + 26,
            height,
            room,
            (*floating, *letter_rooms(room)),
            lambda places: pictured(context.atlas, context.view_key, context.places_mm(places)),
            was_left=self._was_left,
        )
        self._was_left = box.left() < target.at.x()
        if any(box.intersects(one) for one in floating):
            # There is no room for it: a part that sticks out from behind another card would tell nothing.
            return
        tokens = theme.tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("text"))
        painter.drawRoundedRect(box, 9, 9)
        inner = box.adjusted(13, 8, -13, -8)
        painter.setPen(tokens.colour("onink"))
        painter.setFont(font("title", 14))
        line = QRectF(inner.left(), inner.top(), inner.width(), head - 2)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(font("small"))
        for number_, words in enumerate(lines):
            line = QRectF(inner.left(), inner.top() + head + step * number_, inner.width(), step)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        for number_, (label, value) in enumerate(rows, len(lines)):
            line = QRectF(inner.left(), inner.top() + head + 1 + step * number_, inner.width(), step)
            painter.setFont(font("small"))
            painter.setOpacity(0.8)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label)
            painter.setOpacity(1.0)
            painter.setFont(font("small_strong"))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, value)
        painter.restore()


def _broken(metrics: QFontMetricsF, words: str, width: float) -> list[str]:
    """Words as lines that fit a width, broken between words."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width + 1:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
