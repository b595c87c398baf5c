"""Pictures of the window in every size and theme: `python -m tests.snapshots.grab --out DIR [--pseudo] [--text 1.5]`.

With QT_SCALE_FACTOR=2 twice as sharp.
Each picture is of the real window on the shipped body, charted by the driver with a long name and many marks.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF

from mesomap.app.application import make_application
from mesomap.app.offscreen_drive import WindowDriver, chart_a_face
from mesomap.app.start import make_window, open_practice
from mesomap.cli import WindowRequest
from mesomap.ui.theme import theme
from tests.snapshots.before_after_states import grab_before_after
from tests.snapshots.charting_states import grab_charting
from tests.snapshots.compare_states import grab_compare
from tests.snapshots.frame_states import grab_frame
from tests.snapshots.product_states import grab_products
from tests.snapshots.pseudo_locale import PseudoTranslator
from tests.snapshots.tool_states import grab_tools

SIZES = ((1280, 720), (1366, 768), (1280, 800), (1440, 900), (1920, 1080))
#: Sizes in which the states are taken.
STATES_AT = (1280, 800)
LONG_NAME = "Maximiliane-Friederike von Hohenstein-Rothenburg"


def grab(
    out: Path,
    *,
    pseudo: bool = False,
    text: float = 1.0,
    only: str = "",
    states_at: tuple[int, int] = STATES_AT,
) -> list[Path]:
    """Chart and save pictures into `out`; returns them.

    pseudo: in a language 40 % longer; text: its size; only: one of PARTS; states_at: size of the window for states.
    """
    out.mkdir(parents=True, exist_ok=True)
    app = make_application()
    theme.choose_text_scale(text)
    translator = PseudoTranslator(app)
    if pseudo:
        app.installTranslator(translator)
    theme.use("light")
    made: list[Path] = []
    with tempfile.TemporaryDirectory() as folder:
        request = WindowRequest(home=Path(folder) / "home", demo=True)
        window = make_window(request)
        window.show()
        open_practice(window, request)
        driver = WindowDriver(window)
        driver.wait(80)
        made.append(driver.picture(out / "empty.png"))
        chart_a_face(driver, out, lambda _sentence: None)
        for name, part in PARTS.items():
            if only in ("", name):
                window.resize(*states_at)
                driver.wait(80)
                made += part(driver, out)
        window.close()
    return made


def _sizes(driver: WindowDriver, out: Path) -> list[Path]:
    """The session in every size and theme."""
    made: list[Path] = []
    for width, height in SIZES:
        driver.window.resize(width, height)
        driver.wait(80)
        for name in ("light", "dark"):
            theme.use(name)
            made.append(driver.picture(out / f"charting-{width}x{height}-{name}.png"))
    theme.use("light")
    return made


def _states(driver: WindowDriver, out: Path) -> list[Path]:
    """Picker, information card, zoomed view, other views, patients with a long name."""
    made: list[Path] = []
    page = driver.page
    driver.wait(80)
    page.open_picker()
    made.append(driver.picture(out / "picker.png"))
    page.picker.put_away()
    page.open_info()
    made.append(driver.picture(out / "info.png"))
    page.info.hide()
    for key in ("body_front", "trunk_back", "head_profile_left", "neck_decollete", "scalp_top"):
        page.model.choose_view(key)
        made.append(driver.picture(out / f"view-{key}.png"))
    page.model.choose_view("head_front")
    page.canvas.zoom_by(4.0, QPointF(driver.place_of(*driver.middle_of("cheek_malar.left"))))
    made.append(driver.picture(out / "zoom-4x.png"))
    practice = driver.window.desk.practice
    if practice is not None:
        patient = practice.new_patient(
            family_name=LONG_NAME,
            given_name="Anna-Katharina",
            allergies=("lidocaine, urticaria 2019", "latex"),
        )
        session = practice.new_session(patient.id, driver.window.desk.atlas(), indication="Mesolift " * 8)
        driver.window.open_session(session.id)
        driver.window.resize(1280, 720)
        driver.wait(80)
        made.append(driver.picture(out / "long-name.png"))
    driver.window.show_patients()
    made.append(driver.picture(out / "patients-1280x720.png"))
    driver.window.lock()
    made.append(driver.picture(out / "unlock.png"))
    return made


#: Parts of the work, in their order; each leaves the window on the session it found.
PARTS: dict[str, Callable[[WindowDriver, Path], list[Path]]] = {
    "sizes": _sizes,
    "tools": grab_tools,
    "charting": grab_charting,
    "frame": grab_frame,
    "products": grab_products,
    "before_after": grab_before_after,
    "compare": grab_compare,
    "rest": _states,
}


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description="Take pictures of the MesoMap window.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pseudo", action="store_true", help="every text 40 %% longer")
    parser.add_argument("--text", type=float, default=1.0, help="text size: 1, 1.25 or 1.5")
    parser.add_argument("--only", choices=tuple(PARTS), default="", help="one part of the pictures")
    parser.add_argument("--size", type=int, nargs=2, default=STATES_AT, help="width and height for the states")
    chosen = parser.parse_args()
    size = (chosen.size[0], chosen.size[1])
    for file in grab(chosen.out, pseudo=chosen.pseudo, text=chosen.text, only=chosen.only, states_at=size):
        sys.stdout.write(f"{file}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
