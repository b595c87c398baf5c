"""A place on the body, tapped in a view of it: where an event was, apart from what was injected."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.adverse_event import SitePoint
from mesomap.domain.place import SkinPoint
from mesomap.render.context import RenderContext, fitted
from mesomap.render.furniture import bar_mm, draw_midline, draw_scale_bar, draw_side_letter
from mesomap.render.regions import draw_region_highlight, regions_of
from mesomap.ui.after.form_parts import choice_field, on_chosen
from mesomap.ui.canvas.body_layer import BodyLayer
from mesomap.ui.controls.record_lines import wrapping
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from mesomap.ui.words import region_name, tr, view_name

_EDGE_PX, _RING_PX = 12.0, 9.0
_STEP_MM = 2.0
#: A view shows most of a region when no other shows more than this much over it.
_MOST = 0.7


class SiteMap(QWidget):
    """One view of the body with the place marked. chosen is sent after a tap on skin; missed after one beside it."""

    chosen = Signal()
    missed = Signal()

    def __init__(self, atlas: Atlas, view_key: str, regions: Sequence[str] = ()) -> None:
        super().__init__()
        self._atlas, self._view, self._regions = atlas, view_key, tuple(regions)
        self._point: SkinPoint | None = None
        self._looking = False
        self._body = BodyLayer(regions_of(atlas), self)
        self._body.ready.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(320, 280))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        theme.changed.connect(self.update)
        self._say()

    @property
    def point(self) -> SkinPoint | None:
        """The place, None until one was tapped."""
        return self._point

    @property
    def view_key(self) -> str:
        """The view that is shown."""
        return self._view

    def show_view(self, view_key: str) -> None:
        """Look at another side; the place stays."""
        self._view = view_key
        self._say()
        self.update()

    def show_point(self, point: SkinPoint | None) -> None:
        """Mark a place without sending chosen."""
        self._point = point
        self._say()
        self.update()

    def look_only(self) -> None:
        """Taps and keys change nothing from now on."""
        self._looking = True
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def context(self) -> RenderContext:
        """The whole view in this widget."""
        dpr = self.devicePixelRatioF()
        made = fitted(self._atlas, self._view, QRectF(self.rect()), theme.tokens(), margin=_EDGE_PX)
        return replace(made, dpr=dpr)

    def place_px(self) -> QPointF | None:
        """Where the place is drawn; None when this view does not see it."""
        if self._point is None:
            return None
        seen = self._atlas.project(self._view, SkinArray.of([self._point]))
        if not seen.visible[0]:
            return None
        return self.context().point_px(float(seen.xy[0, 0]), float(seen.xy[0, 1]))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tap."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._take(*self.context().to_mm(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the place by 2 mm; it begins in the middle of the view."""
        moves = {
            Qt.Key.Key_Left: (-_STEP_MM, 0.0), Qt.Key.Key_Right: (_STEP_MM, 0.0),
            Qt.Key.Key_Up: (0.0, _STEP_MM), Qt.Key.Key_Down: (0.0, -_STEP_MM),
        }  # fmt: skip
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
            return
        held, context = self.place_px(), self.context()
        x, y = context.to_mm(held if held is not None else QRectF(self.rect()).center())
        self._take(x + move[0], y + move[1])

    def _take(self, x_mm: float, y_mm: float) -> None:
        if self._looking:
            return
        found = self._atlas.locate_one(self._view, x_mm, y_mm)
        if found is None:
            self.missed.emit()
            return
        self.show_point(found)
        self.chosen.emit()

    def _say(self) -> None:
        region = self._atlas.region_id_at(self._point) if self._point is not None else None
        place = region_name(self._atlas, region) if region is not None else self.tr("no place yet")
        self.setAccessibleName(f"{view_name(self._atlas, self._view)}: {place}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Body, regions chosen, sides, the place."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, context = theme.tokens(), self.context()
        painter.fillRect(self.rect(), tokens.colour("canvas"))
        self._body.paint(painter, context)
        draw_midline(painter, context)
        paths = regions_of(self._atlas)
        for region in self._regions:
            draw_region_highlight(painter, context, paths.path(self._view, region))
        self._furniture(painter, context)
        at = self.place_px()
        if at is not None:
            for colour, width in ((tokens.colour("panel"), 5.0), (tokens.colour("red"), 2.5)):
                painter.setPen(QPen(colour, width))
                painter.drawEllipse(at, _RING_PX, _RING_PX)
                painter.drawLine(at - QPointF(4, 0), at + QPointF(4, 0))
                painter.drawLine(at - QPointF(0, 4), at + QPointF(0, 4))
        if self.hasFocus():
            painter.setPen(QPen(tokens.colour("text3"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 11, 11)

    def _furniture(self, painter: QPainter, context: RenderContext) -> None:
        view = self._atlas.view(self._view)
        words = {"R": tr("Right"), "L": tr("Left")}
        for letter, x in ((view.left_letter, 30.0), (view.right_letter, self.width() - 30.0)):
            at = QPointF(x, self.height() * 0.5)
            draw_side_letter(painter, context, at, letter, words.get(letter, ""), (font("figure"), font("small")))
        foot = QPointF(16.5, self.height() - 16.5)
        draw_scale_bar(painter, context, foot, font("small_strong"), bar_mm(context), tr("{0} mm"))


class SiteDialog(QDialog):
    """Choose a view and tap the place. point is the place when it was accepted, None = taken away.

    looking: the place is only shown.
    """

    def __init__(
        self,
        atlas: Atlas,
        point: SitePoint | None,
        regions: Sequence[str],
        parent: QWidget | None = None,
        *,
        looking: bool = False,
    ) -> None:
        super().__init__(parent)
        self._atlas = atlas
        self.setWindowTitle(self.tr("Place on the body"))
        keys = [view.key for view in atlas.views]
        self.view = choice_field(self.tr("View"), {key: view_name(atlas, key) for key in keys})
        held = held_point(atlas, point)
        best = atlas.views_of(held) if held is not None else []
        first = best[0][0] if best else _view_with(atlas, regions) or keys[0]
        self.map = SiteMap(atlas, first, regions)
        self.map.show_point(held)
        self.view.set_text(first)
        on_chosen(self.view, lambda: self.map.show_view(self.view.text()))
        self._words = wrapping("strong")
        self.map.chosen.connect(self._show)
        self.map.missed.connect(lambda: self._words.setText(self.tr("This is outside the body. Tap the skin.")))
        clear, cancel = QPushButton(self.tr("No place")), QPushButton(self.tr("Cancel"))
        self.done_button = QPushButton(self.tr("Take this place"))
        self.done_button.setProperty("kind", "primary")
        clear.clicked.connect(self._clear)
        cancel.clicked.connect(self.reject)
        self.done_button.clicked.connect(self.accept)
        for button in (clear, cancel, self.done_button):
            button.setAutoDefault(False)
        if looking:
            clear.hide()
            self.done_button.hide()
            cancel.setText(self.tr("Close"))
            self.map.look_only()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._words, 1)
        foot.addWidget(clear)
        foot.addWidget(cancel)
        foot.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.view)
        column.addWidget(self.map, 1)
        column.addLayout(foot)
        self.resize(760, 700)
        self._show()

    @property
    def point(self) -> SitePoint | None:
        """The place in the body's own coordinates."""
        held = self.map.point
        if held is None:
            return None
        return SitePoint(atlas=self._atlas.ref, triangle=held.triangle, b0=held.b0, b1=held.b1)

    def region(self) -> str | None:
        """The region that the place lies in."""
        return self._atlas.region_id_at(self.map.point) if self.map.point is not None else None

    def _show(self) -> None:
        region = self.region()
        self._words.setText(region_name(self._atlas, region) if region is not None else self.tr("Tap the skin."))
        self.done_button.setEnabled(self.map.point is not None)

    def _clear(self) -> None:
        self.map.show_point(None)
        self.accept()


def held_point(atlas: Atlas, point: SitePoint | None) -> SkinPoint | None:
    """The place on this body; None when it was tapped on another body or version."""
    if point is None or point.atlas != atlas.ref:
        return None
    return SkinPoint(point.triangle, point.b0, point.b1)


def _view_with(atlas: Atlas, regions: Sequence[str]) -> str:
    """The closest view that shows most of the first of the regions, "" for none."""
    if not regions:
        return ""
    shown = regions_of(atlas)
    areas = {
        view.key: float(atlas.region_outline(view.key, regions[0]).area)
        for view in atlas.views
        if regions[0] in shown.present(view.key)
    }
    near = [key for key, area in areas.items() if area >= _MOST * max(areas.values())]
    return min(near, key=lambda key: _box_area(atlas, key), default="")


def _box_area(atlas: Atlas, view_key: str) -> float:
    x0, y0, x1, y1 = atlas.view(view_key).box_mm
    return (x1 - x0) * (y1 - y0)
