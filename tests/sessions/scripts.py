"""Three sessions as they are worked at the chair, tap by tap: a mesolift, a mesocellulite, a low-back pain."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt

from tests.sessions.hand import TimedHand


@dataclass(frozen=True)
class Script:
    """A session to chart: whose, why, how, and how many points (or about-points) it must end with at least."""

    key: str
    patient: str
    indication: str
    chart: Callable[[TimedHand], None]
    least_points: int


def mesolift(hand: TimedHand) -> None:
    """Face and neck: whole area, fill, brush, single taps, two mixtures."""
    page = hand.driver.page
    hand.view("head_front")
    hand.key(Qt.Key.Key_1, "mixture A")
    hand.click(page.dose.technique_button("nappage"), "technique: nappage")
    hand.values(depth_mm=1.0, volume_ml=0.01, spacing_mm=18)
    hand.tool("area")
    hand.click(page.cards.area_card.chip("neck"), "area: neck")
    hand.enter(page.cards.area_card.total_field().field(), "1.5", "total of the area, mL")
    hand.click(page.cards.area_card.record_button(), "record the area")
    hand.picture("1-whole-area")
    hand.key(Qt.Key.Key_2, "mixture B")
    hand.click(page.dose.technique_button("papule"), "technique: papule")
    hand.values(depth_mm=1.5, volume_ml=0.02, spacing_mm=10)
    hand.tool("fill")
    for side in ("right", "left"):
        for region in ("cheek_malar", "cheek_buccal"):
            x, y = hand.driver.middle_of(f"{region}.{side}")
            hand.tap(x, y, f"fill {region} {side}: shown")
            hand.tap(x, y, f"fill {region} {side}: recorded")
    hand.picture("2-fills")
    hand.values(spacing_mm=8)
    hand.tool("brush")
    x, y = hand.driver.middle_of("forehead.mid")
    for row in range(3):
        hand.drag(
            [(x - 45, y + 12 * row - 10), (x, y + 12 * row - 6), (x + 45, y + 12 * row - 10)], "brush the forehead"
        )
    hand.picture("3-brush")
    hand.tool("place")
    hand.key(Qt.Key.Key_1, "mixture A")
    for side, way in (("right", -1), ("left", 1)):
        x, y = hand.driver.middle_of(f"crows_feet.{side}")
        for step in range(6):
            hand.tap(x + way * (step % 2) * 4, y - 8 + 3.2 * step, f"point, crow's feet {side}")
    for region in ("chin.mid", "lip_lower_skin.mid"):
        x, y = hand.driver.middle_of(region)
        for step in range(5):
            hand.tap(x - 8 + 4 * step, y, f"point, {region}")
    hand.key(Qt.Key.Key_Z, "undo", Qt.KeyboardModifier.ControlModifier)
    hand.key(Qt.Key.Key_Z, "redo", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    hand.picture("4-taps")


def mesocellulite(hand: TimedHand) -> None:
    """Thighs and buttocks from behind: whole areas on both sides, a lasso, one region filled by points."""
    page = hand.driver.page
    hand.view("body_back")
    hand.key(Qt.Key.Key_1, "mixture A")
    hand.click(page.dose.technique_button("nappage"), "technique: nappage")
    hand.values(depth_mm=2.0, volume_ml=0.02, spacing_mm=15)
    hand.tool("area")
    hand.click(page.cards.area_card.chip("buttocks"), "area: buttocks")
    hand.enter(page.cards.area_card.total_field().field(), "8", "total of the area, mL")
    hand.click(page.cards.area_card.record_button(), "record the area")
    hand.picture("1-whole-areas")
    hand.key(Qt.Key.Key_2, "mixture B")
    hand.click(page.dose.technique_button("point_by_point"), "technique: point by point")
    hand.values(depth_mm=4.0, volume_ml=0.1, spacing_mm=20)
    hand.tool("fill")
    for side in ("left", "right"):
        hand.drag(hand.around(f"thigh_back.{side}"), f"lasso on the back of the thigh, {side}")
        hand.key(Qt.Key.Key_Return, "record the fill")
    hand.picture("2-lasso")


def low_back(hand: TimedHand) -> None:
    """Low back: the complaint drawn first, trigger points, points around them, a line of papules each side."""
    page = hand.driver.page
    hand.view("trunk_back")
    hand.tool("complaint")
    card = page.complaint.card
    for region, intensity in (("lumbar_lateral.left", 7), ("paravertebral_lumbar.right", 4)):
        hand.drag(hand.around(region, 0.7), f"complaint: {region}")
        hand.click(card.intensity_button(intensity), f"intensity {intensity}")
    hand.click(card.mode_button("point"), "trigger points")
    x, y = hand.driver.middle_of("lumbar_lateral.left")
    hand.tap(x, y, "trigger point")
    hand.click(card.intensity_button(9), "intensity 9")
    hand.picture("1-complaint")
    hand.tool("place")
    hand.key(Qt.Key.Key_1, "mixture A")
    hand.click(page.dose.technique_button("papule"), "technique: papule")
    hand.values(depth_mm=2.0, volume_ml=0.1, spacing_mm=20)
    for step in range(6):
        hand.tap(x - 20 + 8 * step, y + (step % 2) * 12, "point about the trigger point")
    hand.tool("brush")
    for side, way in (("left", 1), ("right", -1)):
        x, y = hand.driver.middle_of(f"paravertebral_lumbar.{side}")
        hand.drag([(x + 5 * way, y + 45), (x + 5 * way, y - 45)], f"paravertebral line, {side}")
    hand.picture("2-points")


SCRIPTS = (
    Script("mesolift", "Beispiel", "Mesolift", mesolift, 200),
    Script("mesocellulite", "Ejemplo", "Mesocellulite", mesocellulite, 60),
    Script("low-back", "Esempio", "Low back pain", low_back, 12),
)
