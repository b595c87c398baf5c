"""Marks over a photo: where the camera shows them, clipped to it, the same wherever and however large it is drawn."""

from uuid import uuid4

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.landmarks import landmarks_of
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Mark, Origin
from mesomap.domain.place import SkinPoint
from mesomap.photos.camera import fit_camera
from mesomap.photos.photo_view import KEY, pose_of, seen_on_photo
from mesomap.render.photo_marks import PhotoMarks, PhotoPen, draw_marks_on_photo
from mesomap.render.tokens import LIGHT, PAPER, Tokens
from mesomap.ui.typefaces import font
from tests.photo_camera import Shot
from tests.records import NOON

SIZE = (600, 800)
pytestmark = pytest.mark.usefixtures("qapp")
SHOT = Shot(size_px=SIZE, yaw_deg=-8, pitch_deg=4, focal_px=1800)


@pytest.fixture(scope="module")
def seen(real_atlas: Atlas) -> Atlas:
    known = landmarks_of(real_atlas)
    found = real_atlas.project("head_front", known.skin)
    xyz = known.xyz_mm[found.visible & (found.cos_angle > 0.2)]
    fit = fit_camera(pose_of(real_atlas.view("head_front")), xyz, SHOT.takes(real_atlas, "head_front", xyz))
    return seen_on_photo(real_atlas, "head_front", fit, SIZE)


def skin(atlas: Atlas, *places: tuple[float, float]) -> tuple[SkinPoint, ...]:
    return atlas.locate("head_front", np.array(places)).points()


def a_set(atlas: Atlas, points: tuple[SkinPoint, ...], origin: Origin = Origin.TAP) -> InjectionSet:
    return InjectionSet(
        id=uuid4(), session_id=uuid4(), points=points, dose=Dose(technique="papule", mixture="A", depth_mm=2.0),
        volume_ml=0.05, origin=origin, done_at=NOON, entered_at=NOON, region_ids=(atlas.region_id_at(points[0]) or "",),
    )  # fmt: skip


def an_area(ring: tuple[SkinPoint, ...], region_id: str) -> AreaRecord:
    return AreaRecord(
        id=uuid4(), session_id=uuid4(), outline=(ring,), region_ids=(region_id,),
        dose=Dose(technique="nappage", mixture="B", depth_mm=1.0), lattice=Lattice.HEX, spacing_mm=4.0, about_n=30,
        total_ml=None, origin=Origin.FILL, done_at=NOON, entered_at=NOON,
    )  # fmt: skip


def drawn(shown: PhotoMarks, target: QRectF, size: tuple[int, int] = SIZE, tokens: Tokens = LIGHT) -> QImage:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("#C8A890"))
    painter = QPainter(image)
    draw_marks_on_photo(painter, target, shown, PhotoPen(tokens, font("badge"), font("badge", 10)))
    painter.end()
    return image


def changed(image: QImage) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
    """(h, w) where something was drawn."""
    data = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())
    return np.asarray((data & 0xFFFFFF) != 0xC8A890)


def test_a_mark_lies_where_the_camera_shows_its_skin(real_atlas: Atlas, seen: Atlas) -> None:
    (point,) = skin(real_atlas, (20.0, 660.0))
    shown = PhotoMarks(seen, KEY, (a_set(real_atlas, (point,)),)).prepare()
    image = drawn(shown, QRectF(0, 0, *SIZE))
    ((x, y),) = SHOT.takes(real_atlas, "head_front", real_atlas.position(SkinArray.of([point]))).tolist()
    rows, columns = np.nonzero(changed(image))
    # The symbol and, to its upper right, its number.
    assert columns.min() == pytest.approx(x - 7, abs=4)
    assert rows.max() == pytest.approx(y + 7, abs=4)
    assert image.pixelColor(round(x), round(y)) == LIGHT.mixture("A")
    assert shown.hidden == 0


@pytest.mark.parametrize("tokens", [LIGHT, PAPER])
def test_the_same_wherever_and_however_large_the_photo_is(real_atlas: Atlas, seen: Atlas, tokens: Tokens) -> None:
    points = skin(real_atlas, (20.0, 660.0), (-30.0, 690.0), (0.0, 740.0))
    shown = PhotoMarks(seen, KEY, tuple(a_set(real_atlas, (one,)) for one in points)).prepare()
    px = SHOT.takes(real_atlas, "head_front", real_atlas.position(SkinArray.of(points)))
    for left, top, factor in ((0.0, 0.0, 1.0), (-150.0, -260.0, 1.7), (90.0, 40.0, 0.5)):
        image = drawn(shown, QRectF(left, top, SIZE[0] * factor, SIZE[1] * factor), tokens=tokens)
        for x, y in (px * factor + (left, top)).tolist():
            if 0 <= x < SIZE[0] and 0 <= y < SIZE[1]:
                assert image.pixelColor(round(x), round(y)) == tokens.mixture("A")


def test_nothing_is_drawn_beside_the_photo(real_atlas: Atlas, seen: Atlas) -> None:
    rows = np.array([(x, y) for x in range(-60, 61, 6) for y in range(610, 760, 6)], float)
    points = real_atlas.locate("head_front", rows).points()
    shown = PhotoMarks(seen, KEY, tuple(a_set(real_atlas, (one,)) for one in points)).prepare()
    target = QRectF(200, 300, 90, 60)
    where = changed(drawn(shown, target))
    assert where.any()
    where[299:361, 199:291] = False
    assert not where.any()


def test_what_the_photo_does_not_show_is_counted_and_left_out(real_atlas: Atlas, seen: Atlas) -> None:
    known = landmarks_of(real_atlas)
    behind = known.rows[known.row("opisthocranion")].skin
    ear = known.rows[known.row("tragus", "right")].skin
    far = known.rows[known.row("navel")].skin
    (front,) = skin(real_atlas, (5.0, 740.0))
    marks: tuple[Mark, ...] = tuple(a_set(real_atlas, (one,)) for one in (front, behind, ear, far))
    shown = PhotoMarks(seen, KEY, marks)
    assert shown.hidden == 2
    assert shown.scene.points.number.tolist() == [1, 3], "numbers are those of the session"
    turned = PhotoMarks(seen, KEY, marks[1:2]).prepare()
    assert not changed(drawn(turned, QRectF(0, 0, *SIZE))).any()


def test_an_area_is_outlined_and_told_by_its_tag(real_atlas: Atlas, seen: Atlas) -> None:
    middle = real_atlas.chart("cheek_malar.left").polygon.representative_point()
    ring_xy = np.array([middle.x, middle.y]) + 8 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], float)
    ring = real_atlas.from_chart("cheek_malar.left", ring_xy).points()
    area = an_area(ring, "cheek_malar.left")
    shown = PhotoMarks(seen, KEY, (area,)).prepare()
    assert shown.hidden == 0
    (path,) = (one.path for one in shown.scene.areas)
    px = SHOT.takes(real_atlas, "head_front", real_atlas.position(SkinArray.of(ring)))
    wide = np.ptp(px[:, 0]) / (SIZE[0] / seen.view(KEY).box_mm[2])
    assert path.boundingRect().width() == pytest.approx(wide, rel=0.15)
    image = drawn(shown, QRectF(0, 0, *SIZE))
    x, y = px.mean(axis=0).tolist()
    ys, xs = (slice(round(v) - 12, round(v) + 12) for v in (y, x))
    assert changed(image)[ys, xs].mean() > 0.5
    assert changed(image)[round(y) + 30 : round(y) + 90].any(), "its tag stands below"


def test_many_points_become_a_hull_with_their_number(real_atlas: Atlas, seen: Atlas) -> None:
    rows = np.array([(x, y) for x in np.arange(20, 40, 1.5) for y in np.arange(665, 685, 1.5)])
    points = real_atlas.locate("head_front", rows).points()
    shown = PhotoMarks(seen, KEY, (a_set(real_atlas, points, Origin.FILL),)).prepare()
    at = SHOT.takes(real_atlas, "head_front", real_atlas.position(SkinArray.of(points))).mean(axis=0)
    inks = []
    for factor in (1.0, 8.0):
        left, top = ((300.0, 400.0) - at * factor).tolist()
        image = drawn(shown, QRectF(left, top, SIZE[0] * factor, SIZE[1] * factor))
        inks.append(sum(image.pixelColor(x, y) == LIGHT.mixture("A") for x in range(200, 400) for y in range(300, 500)))
    # One symbol in the tag of a hull; and one for every point where they can be told apart.
    assert 0 < inks[0] < 100
    assert inks[1] > 10 * inks[0]
