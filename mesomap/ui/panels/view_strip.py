"""View strip: a thumbnail of every view with its marks and live count."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent, QPen, QPixmap, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from mesomap.atlas import Atlas
from mesomap.render.picture import PictureStore
from mesomap.ui.after_paint import after_paint
from mesomap.ui.controls.buttons import PaintedButton
from mesomap.ui.panels.thumb_painter import Dots, Place, ThumbPainter
from mesomap.ui.session_model import SessionModel
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown
from mesomap.ui.words import short_view_name, view_name

#: Order of the strip: head first for the face, then neck and trunk, then the whole body.
STRIP_ORDER = (
    "head_front", "head_three_quarter_right", "head_three_quarter_left", "head_profile_right",
    "head_profile_left", "neck_decollete", "scalp_top", "scalp_back", "trunk_front", "trunk_back",
    "trunk_right", "trunk_left", "body_front", "body_back", "body_right", "body_left",
    "hand_dorsum_right", "hand_dorsum_left", "hand_palm_right", "hand_palm_left", "knee_front_right",
    "knee_front_left", "foot_dorsum_right", "foot_dorsum_left", "foot_sole_right", "foot_sole_left",
)  # fmt: skip

#: Height of a name and of a count at 100 % of the text, px.
_LINE_PX = 18
#: Dots and counts follow the marks when the hand has rested for so long, ms.
_REST_MS = 200


class Thumbnail(PaintedButton):
    """Cached picture of a view, dots of its marks, badge with the count, name under it."""

    radius = 12.0

    def __init__(self, atlas: Atlas, view_key: str) -> None:
        super().__init__()
        self.view_key = view_key
        self._body: QPixmap | None = None
        self._dots: QPixmap | None = None
        self._count = 0
        self.setCheckable(True)
        self.setFixedHeight(76 + grown(_LINE_PX))
        self.setText(short_view_name(atlas, view_key))
        self.setToolTip(view_name(atlas, view_key))
        self.setAccessibleName(self.toolTip())

    def show_dots(self, dots: Dots) -> None:
        """The marks as they are now."""
        self._count = dots.count
        self._dots = QPixmap.fromImage(dots.picture) if dots.picture is not None else None
        self.setAccessibleName(self.tr("{0}, {1} points").format(self.toolTip(), dots.count))
        self.update()

    def show_body(self, body: QImage) -> None:
        """The picture of the view."""
        self._body = QPixmap.fromImage(body)
        self.update()

    def forget_body(self) -> None:
        """Theme or scale changed: the picture is drawn again."""
        self._body = None

    def needs_body(self) -> bool:
        """True while the picture was not drawn yet."""
        return self._body is None

    def place(self) -> Place:
        """Where its picture goes."""
        frame = self._frame()
        return Place(frame.width(), frame.height(), self.devicePixelRatioF(), theme.tokens())

    def sizeHint(self) -> QSize:
        """Fills the strip's width."""
        return QSize(80, 76 + grown(_LINE_PX))

    def _frame(self) -> QRectF:
        return QRectF(6, 5, max(self.width() - 12, 20), 66)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, body, dots, badge, name."""
        tokens = theme.tokens()
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        self.paint_ground(painter, box, tokens.colour("sunken") if self.isChecked() else None)
        if self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.colour("text"), 2))
            painter.drawRoundedRect(box, self.radius, self.radius)
        frame = self._frame()
        if self._body is not None:
            painter.drawPixmap(frame.topLeft(), self._body)
            if self._dots is not None:
                painter.drawPixmap(frame.topLeft(), self._dots)
        painter.setPen(tokens.colour("text" if self.isChecked() else "text2"))
        painter.setFont(font("small_strong" if self.isChecked() else "small"))
        line = QRectF(4, 72, self.width() - 8, grown(_LINE_PX))
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, int(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)
        self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        if not self._count:
            return
        tokens = theme.tokens()
        painter.setFont(font("badge"))
        text = str(self._count)
        width = max(20, painter.fontMetrics().horizontalAdvance(text) + 12)
        badge = QRectF(self.width() - width - 3, 3, width, grown(_LINE_PX))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("text"))
        painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
        painter.setPen(tokens.colour("onink"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


class ViewStrip(QWidget):
    """All views in one column; pictures and dots are painted beside the window."""

    chosen = Signal(str)

    def __init__(self, model: SessionModel, store: PictureStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = model
        keys = [view.key for view in model.atlas.views]
        ordered = [key for key in STRIP_ORDER if key in keys] + [key for key in keys if key not in STRIP_ORDER]
        self._thumbs = {key: Thumbnail(model.atlas, key) for key in ordered}
        column = QVBoxLayout()
        column.setContentsMargins(6, 6, 0, 6)
        column.setSpacing(4)
        for thumb in self._thumbs.values():
            thumb.clicked.connect(lambda _checked=False, key=thumb.view_key: self._choose(key))
            column.addWidget(thumb)
        column.addStretch(1)
        inner = QWidget()
        inner.setLayout(column)
        self._scroll = QScrollArea()
        # Its pictures are what Tab stops at.
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        self._painter = ThumbPainter(
            model.atlas, model.service.scale, store, lambda: model.marks, lambda key: self._thumbs[key].place(), self
        )
        self._painter.body_drawn.connect(lambda key, body: self._thumbs[key].show_body(body))
        self._painter.dots_drawn.connect(lambda key, dots: self._thumbs[key].show_dots(dots))
        self._begins = False
        self._refresher = QTimer(self, singleShot=True, interval=_REST_MS)
        self._refresher.timeout.connect(self._refresh)
        model.marks_changed.connect(self._refresher.start)
        model.session_taken.connect(lambda: self._painter.rescale(model.service.scale))
        model.view_changed.connect(self.show_chosen)
        theme.changed.connect(self._redraw)
        self.show_chosen(model.view_key)

    def fit(self, window_width: int) -> None:
        """Take the width that a window of this width leaves for the strip; larger text gets more of it."""
        width = 120 if window_width >= 1800 else 104 if window_width >= 1400 else 96
        self.setFixedWidth(width + grown(60) - 60)

    def at_work(self) -> bool:
        """Whether a thumbnail is being painted."""
        return self._begins or self._painter.busy

    def order(self) -> list[str]:
        """Keys of the views from top to bottom."""
        return list(self._thumbs)

    def thumbnail(self, view_key: str) -> Thumbnail:
        """The thumbnail of a view, scrolled into sight."""
        self._scroll.ensureWidgetVisible(self._thumbs[view_key], 0, 8)
        return self._thumbs[view_key]

    def show_chosen(self, view_key: str) -> None:
        """Mark the view on the canvas and scroll to it."""
        for key, thumb in self._thumbs.items():
            thumb.setChecked(key == view_key)
        self._scroll.ensureWidgetVisible(self._thumbs[view_key], 0, 8)

    def _choose(self, view_key: str) -> None:
        self.chosen.emit(view_key)
        # A tap on the view that is shown would take its mark away.
        self.show_chosen(self._model.view_key)

    def paint_ahead(self) -> None:
        """Have the bodies painted before the strip is shown."""
        self._paint_missing()

    def finish_now(self) -> None:
        """Paint all missing pictures and counts at once."""
        if self._begins:
            self._begin()
        self._paint_missing()
        self._refresh()
        self._painter.finish()

    def showEvent(self, event: QShowEvent) -> None:
        """Paint what is missing."""
        super().showEvent(event)
        # The frame that shows the strip is finished first: both would want Python's lock.
        self._begins = True
        after_paint(self).then(self._begin)

    def hideEvent(self, event: QHideEvent) -> None:
        """A strip that nobody sees has no work under way."""
        self._refresher.stop()
        self._painter.stop()
        super().hideEvent(event)

    def _begin(self) -> None:
        self._begins = False
        if self.isVisible():
            self._painter.wake()
            self._paint_missing()
            self._refresh()

    def _refresh(self) -> None:
        self._painter.ask_dots(list(self._thumbs))

    def _paint_missing(self) -> None:
        chosen = self._model.view_key
        missing = [key for key, thumb in self._thumbs.items() if thumb.needs_body()]
        self._painter.ask_bodies(sorted(missing, key=lambda key: key != chosen))

    def _redraw(self) -> None:
        for thumb in self._thumbs.values():
            thumb.forget_body()
        self._paint_missing()
        self._refresh()
