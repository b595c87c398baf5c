"""Marks on photos: how far off they are, by number of landmarks; and how long it takes.

The photo is of the atlas body itself, or of the other one (its skin has the same triangles, so that it is known where
every mark truly is, on somebody of other proportions), taken by a plain pinhole camera at turns up to 10°, landmarks
set with a hand that errs by 1.5 mm.
"""

import os
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from mesomap.app.application import make_application
from mesomap.atlas import Atlas, SkinArray, open_atlas
from mesomap.atlas.landmarks import landmarks_of
from mesomap.atlas.records import Floats
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import BadInputError
from mesomap.photos.camera import PhotoFit, fit_camera
from mesomap.photos.photo_view import KEY, pose_of, seen_on_photo
from mesomap.render.photo_marks import PhotoMarks, PhotoPen, draw_marks_on_photo
from mesomap.render.sprites import SpriteSheet, draw_sprites
from mesomap.render.tokens import LIGHT
from mesomap.services.photo_landmarks import asked_landmarks, sight_by
from mesomap.ui.photos.pair_view import Mode, PairView
from mesomap.ui.photos.screen_marks import screen_pen
from mesomap.ui.typefaces import font
from tests.benchmarks.pair_bench import frame_ms, mouse, wheel
from tests.benchmarks.table import Row, best_ms
from tests.photo_camera import Shot
from tests.records import a_patient, a_session, a_set

VIEWS = ("head_front", "head_three_quarter_right", "head_profile_left", "trunk_front")
COUNTS = (4, 6, 8, 12, 16, 24)
_CLICK_MM, _SHOTS, _MARKS = 1.5, 40, 250


def landmark_rows() -> list[Row]:
    """Every figure; the table of errors is printed first."""
    charted, other = open_atlas(), open_atlas(body="male")
    print("| photo of | view | landmarks | fits drawn | stated at the marks, mm | they are off, mm | 95 % | worst |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for person, name in ((charted, "the same body"), (other, "another body")):
        for view in VIEWS:
            for count in COUNTS:
                _line(charted, person, name, view, count)
    return _times(charted)


def _line(charted: Atlas, person: Atlas, name: str, view: str, count: int) -> None:
    names = asked_landmarks(charted, view)[:count]
    if len(names) < count:
        return
    stated: list[Floats] = []
    off: list[Floats] = []
    for shot in _shots(charted.view(view).box_mm):
        drawn = _drawn(charted, person, view, names, shot)
        if drawn is not None:
            stated.append(drawn[0])
            off.append(drawn[1])
    words = f"| {name} | {view} | {count} | {len(stated)} of {_SHOTS} |"
    if not stated:
        print(f"{words} – | – | – | – |")
        return
    every = np.concatenate(off)
    roots = (np.sqrt(np.mean(values**2)) for values in (np.concatenate(stated), every))
    figures = (*roots, np.quantile(every, 0.95), every.max())
    print(words, *(f"{figure:.1f} |" for figure in figures))


def _shots(box_mm: tuple[float, float, float, float]) -> Iterator[Shot]:
    chance = np.random.default_rng(7)
    tall = (box_mm[3] - box_mm[1]) / 306
    for _ in range(_SHOTS):
        yaw, pitch, roll = chance.uniform(-10, 10, 3)
        yield Shot(yaw_deg=yaw, pitch_deg=pitch, roll_deg=roll, away_mm=chance.uniform(600, 1800) * tall)


def _drawn(
    charted: Atlas, person: Atlas, view: str, names: tuple[str, ...], shot: Shot
) -> tuple[Floats, Floats] | None:
    """Errors stated and made at the marks that are drawn, mm; None when nothing is drawn by this fit."""
    pose, known = pose_of(charted.view(view)), landmarks_of(charted)
    rows = np.array([known.row(*name.split(".")) for name in names])
    chance = np.random.default_rng(11)
    there = shot.takes(charted, view, person.position(known.skin[rows]))
    there += chance.normal(0, _CLICK_MM / np.sqrt(2) * shot.px_per_mm, there.shape)
    try:
        fit = fit_camera(pose, charted.position(known.skin[rows]), there)
    except BadInputError:
        return None
    if not fit.is_good:
        return None
    marks = _marks(charted, view)
    marks = marks[fit.is_told(charted.position(marks))]
    truth = shot.takes(charted, view, person.position(marks))
    off = np.linalg.norm(fit.project(charted.position(marks))[0] - truth, axis=1)
    return fit.error_at(charted.position(marks)), np.asarray(off / shot.px_per_mm)


def _marks(atlas: Atlas, view: str) -> SkinArray:
    x0, y0, x1, y1 = atlas.view(view).box_mm
    chance = np.random.default_rng(5)
    skin = atlas.locate(view, chance.uniform((x0, y0), (x1, y1), (4 * _MARKS, 2)))
    skin = skin[skin.tri >= 0]
    # Skin that is seen at a sharp angle is charted in another view.
    return skin[atlas.project(view, skin).cos_angle > 0.35][:_MARKS]


def _times(atlas: Atlas) -> list[Row]:
    known, pose = landmarks_of(atlas), pose_of(atlas.view("head_front"))
    rows = np.array([known.row(*name.split(".")) for name in asked_landmarks(atlas, "head_front")[:16]])
    xyz = atlas.position(known.skin[rows])
    px = Shot(yaw_deg=6).takes(atlas, "head_front", xyz) + np.random.default_rng(1).normal(0, 6, xyz[:, :2].shape)
    fit = fit_camera(pose, xyz, px)

    def see() -> None:
        seen = seen_on_photo(atlas, "head_front", fit, (1200, 1600))
        seen.project(KEY, known.skin)

    plain = best_ms(lambda: np.linalg.lstsq(np.column_stack([xyz, np.ones(len(xyz))]), px))
    solved = best_ms(lambda: fit_camera(pose, xyz, px), times=5)
    shown = _two_thousand(atlas, fit)
    return [
        Row("camera of 16 landmarks, error left out one by one", solved, None, "an affine camera, no error", plain),
        Row("the body as a photo shows it, beside the window", best_ms(see, times=3), None, "", 0.0),
        _drawing(shown),
        *_zooming(shown),
    ]


def _two_thousand(atlas: Atlas, fit: PhotoFit) -> PhotoMarks:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_application()
    xy = np.random.default_rng(0).uniform((-60, 600), (60, 770), (2600, 2))
    points = atlas.locate("head_front", xy).points()[:2000]
    session = a_session(a_patient())
    marks = tuple(replace(a_set(session), points=(point,), region_ids=("forehead.mid",)) for point in points)
    sight = sight_by(atlas, "head_front", fit, (1200, 1600), marks, PatientScale())
    return PhotoMarks(sight.atlas, KEY, sight.marks, sight.scale).prepare()


def _drawing(shown: PhotoMarks) -> Row:
    """Two thousand marks drawn at another place each time; the same places stamped alone are the floor."""
    image = QImage(1240, 640, QImage.Format.Format_ARGB32_Premultiplied)
    pen = PhotoPen(LIGHT, font("badge"), zoom=2.0)
    painter = QPainter(image)
    shifts = iter(np.linspace(-300, 300, 500).tolist())

    def draw() -> None:
        draw_marks_on_photo(painter, QRectF(next(shifts), -300, 960, 1280), shown, pen)

    sheet, style = SpriteSheet(LIGHT, 1.0, 1.0), shown.scene.styles
    places, look = shown.scene.points.xy * (3.2, -3.2) - (0.0, 300.0), shown.scene.points.style

    def stamp() -> None:
        draw_sprites(painter, sheet, style, places, look)

    draw()
    row = Row("2,000 marks over a photo that is moved, a frame", best_ms(draw), 16, "its symbols alone", best_ms(stamp))
    painter.end()
    return row


def _zooming(shown: PhotoMarks) -> list[Row]:
    """Two thousand marks with their numbers over a photo of 12 megapixels, zoomed and moved by real events."""
    photo = QImage(3000, 4000, QImage.Format.Format_ARGB32_Premultiplied)
    photo.fill(QColor("#C9A58F"))
    levels = tuple(photo.scaledToWidth(3000 >> half) for half in range(3))

    def over(painter: QPainter, target: QRectF, ratio: float, zoom: float, rests: bool) -> None:
        draw_marks_on_photo(painter, target, shown, screen_pen(ratio, zoom, numbers=rests))

    view = PairView()
    view.choose_mode(Mode.ALONE)
    view.resize(1240, 640)
    view.show_pictures(levels, levels)
    view.draw_over(over, None)
    view.show()
    QApplication.processEvents()
    plain = best_ms(lambda: photo.copy(0, 0, 1240, 640), times=5)
    zoomed = frame_ms(lambda step: wheel(view, QPointF(400, 300), 60 if step < 20 else -60))
    view.zoom_by(3.0)
    QApplication.processEvents()
    mouse(view, QEvent.Type.MouseButtonPress, QPointF(200, 200))
    moved = frame_ms(lambda step: mouse(view, QEvent.Type.MouseMove, QPointF(200 + 3 * step, 200 + step)))
    mouse(view, QEvent.Type.MouseButtonRelease, QPointF(300, 240))

    def anew() -> None:
        view.draw_over(over, None)
        QApplication.processEvents()

    rows = [
        Row(f"2,000 numbered marks on 12 MP {name}", ms, goal, "copying what is seen", plain)
        for name, ms, goal in (
            ("zoomed, a frame", zoomed, 16),
            ("moved, a frame", moved, 16),
            ("at rest", best_ms(anew, 5), None),
        )
    ]
    view.close()
    return rows
