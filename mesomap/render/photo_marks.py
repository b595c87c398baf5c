"""Marks of a visit over a photograph, by the functions that draw them on the body."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen

from mesomap.atlas import Atlas
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.render.context import RenderContext
from mesomap.render.crowding import Crowd, CrowdFinder
from mesomap.render.marks import draw_areas, draw_points
from mesomap.render.marks_in_view import MarkProjector, ViewScene
from mesomap.render.needle_lines import draw_needle_lines, is_needle_line, without_needle_lines
from mesomap.render.numbers import draw_numbers
from mesomap.render.sprites import SpriteSheet
from mesomap.render.symbols import zoom_growth
from mesomap.render.tags import draw_tags
from mesomap.render.tokens import Tokens, tint


@dataclass(frozen=True, slots=True)
class PhotoPen:
    """How marks are drawn over a photo. badge: font of counts; number: of running numbers, None = none.

    unit: painter units per pixel of the design system; dpr: device pixels per painter unit; zoom: 1 = all of the photo.
    """

    tokens: Tokens
    badge: QFont
    number: QFont | None = None
    unit: float = 1.0
    dpr: float = 1.0
    zoom: float = 1.0


@dataclass(slots=True)
class PhotoMarks:
    """Marks of one visit in the view that a photo gives of the body (mesomap.photos.photo_view).

    prepare() does what takes long and is safe in any thread; after it, drawing is quick.
    """

    atlas: Atlas
    view_key: str
    marks: tuple[Mark, ...]
    scale: PatientScale = field(default_factory=PatientScale)
    _scene: ViewScene | None = None
    _singles: ViewScene | None = None
    _lines: tuple[Mark, ...] = ()
    _crowds: CrowdFinder = field(default_factory=CrowdFinder)
    _sheets: dict[tuple[str, float, float], SpriteSheet] = field(default_factory=dict)

    def prepare(self) -> "PhotoMarks":
        """Project the marks and lay out what stands for areas."""
        scene = MarkProjector(self.atlas, self.scale).scene(self.view_key, self.marks)
        for area in scene.areas:
            assert area.lattice is not None
        self._scene, self._singles = scene, without_needle_lines(scene, self.marks)
        self._lines = tuple(mark for mark in self.marks if is_needle_line(mark))
        return self

    @property
    def scene(self) -> ViewScene:
        """The marks as the photo shows them."""
        if self._scene is None:
            self.prepare()
        assert self._scene is not None
        return self._scene

    def crowds(self, context: RenderContext) -> tuple[ViewScene, list[Crowd]]:
        """Points that are drawn one by one, and those that cannot be told apart there; needle lines are neither."""
        scene = self.scene
        return self._crowds.find(context, self._singles or scene)

    @property
    def lines(self) -> tuple[Mark, ...]:
        """Marks that are drawn as lines of the needle."""
        return self._lines if self._scene is not None else self.prepare()._lines

    @property
    def hidden(self) -> int:
        """Points and areas that the photo does not show, or that lie too far from its landmarks."""
        points = sum(mark.count for mark in self.marks if isinstance(mark, InjectionSet))
        areas = sum(isinstance(mark, AreaRecord) for mark in self.marks)
        seen = sum(not area.path.isEmpty() for area in self.scene.areas)
        return points - len(self.scene.points) + areas - seen

    def sheet(self, pen: PhotoPen, size: float) -> SpriteSheet | None:
        """Symbols to be stamped; None on paper, where they are drawn as lines."""
        if pen.tokens.opaque_only:
            return None
        key = (pen.tokens.name, size * pen.unit, pen.dpr)
        if key not in self._sheets:
            if len(self._sheets) > 12:
                self._sheets.clear()
            self._sheets[key] = SpriteSheet(pen.tokens, size * pen.unit, pen.dpr)
        return self._sheets[key]


def draw_marks_on_photo(painter: QPainter, target: QRectF, shown: PhotoMarks, pen: PhotoPen) -> None:
    """Draw the marks over a photo whose whole picture fills `target` (painter units), clipped to it."""
    x0, _, x1, y1 = shown.atlas.view(shown.view_key).box_mm
    scale = target.width() / (x1 - x0)
    view = shown.atlas.view(shown.view_key)
    context = RenderContext(
        shown.atlas,
        shown.view_key,
        scale,
        (x0 - target.left() / scale, y1 + target.top() / scale),
        pen.tokens,
        pen.unit,
        pen.dpr,
        pen.zoom,
        length_factor=shown.scale.factor(view.fixed_scale),
    )
    scene, size = shown.scene, round(zoom_growth(pen.zoom), 1)
    painter.save()
    painter.setClipRect(target, Qt.ClipOperation.IntersectClip)
    draw_areas(painter, context, scene, shown.sheet(pen, 0.8 * size))
    free, crowds = shown.crowds(context)
    draw_needle_lines(painter, context, shown.lines)
    draw_points(painter, context, free, shown.sheet(pen, size))
    for crowd in crowds:
        _draw_hull(painter, context, crowd.path, crowd.style.mixture)
    if pen.number is not None:
        draw_numbers(painter, context, free, scene, shown.marks, pen.number)
    draw_tags(painter, context, scene, crowds, pen.badge)
    painter.restore()


def _draw_hull(painter: QPainter, context: RenderContext, path: QPainterPath, letter: str | None) -> None:
    """What stands for points that cannot be told apart; as strong as on the canvas."""
    colour = context.tokens.mixture(letter)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, tint(context.tokens, colour, 2.2 * context.tokens.hull_tint))
    # A line of one device pixel is drawn thirty times as fast as one of 1.25, and looks the same a little darker.
    wide = 1.25 if context.dpr * context.unit > 1 else 1.0
    painter.strokePath(path, QPen(tint(context.tokens, colour, 0.625 / wide), wide * context.unit))
    painter.restore()
