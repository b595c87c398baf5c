"""Pictures of what is asked and signed before a treatment and of what is recorded after it, light and dark."""

from pathlib import Path
from random import Random

from PySide6.QtWidgets import QDialog

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.adverse_event import AdverseEvent
from mesomap.domain.consent import ConsentKind, ConsentText
from mesomap.services import Practice
from mesomap.services.consents import consent_texts
from mesomap.services.demo_ink import demo_signature
from mesomap.ui.after.calibration import CalibrationDialog
from mesomap.ui.after.entry_history import EntryHistory
from mesomap.ui.after.line_input import LineSheet
from mesomap.ui.after.scales import Scales
from mesomap.ui.after.site_map import SiteDialog
from mesomap.ui.before.paper_dialog import PaperDialog
from mesomap.ui.before.signing_dialog import SigningDialog
from mesomap.ui.before.withdraw_dialog import WithdrawDialog
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient import PatientPage
from mesomap.ui.pages.patient_after import PatientAfter
from mesomap.ui.theme import theme

SECTIONS = ("follow_ups", "events", "scales", "measures", "notes")
#: One scale of each form.
SCALES = ("vas", "nrs", "gais", "hexsel_css", "fitz_wrinkle", "norwood")


def grab_before_after(driver: WindowDriver, out: Path) -> list[Path]:
    """Every tab, section, scale and dialog; long names and somebody never asked; the session comes back."""
    window, practice = driver.window, driver.window.desk.practice
    if practice is None:
        return []
    session = driver.page.model.service.session.id
    made: list[Path] = []
    for tone in ("light", "dark"):
        theme.use(tone)
        window.show_patients()
        driver.wait(400)
        made.append(driver.picture(out / f"due-{tone}.png"))
        for family, name in (("Muestra de los Ejemplos Inventados", "long"), ("Modèle", "never-asked")):
            made.append(_tab(driver, practice, family, "before", out / f"before-{name}-{tone}.png"))
        made += _after(driver, practice, out, tone)
        for key in ("questions", "consent_texts", "advice_sheets"):
            window.records.open_practice(key)
            made.append(driver.picture(out / f"practice-{key}-{tone}.png"))
        for name, dialog in _dialogs(window, practice).items():
            dialog.show()
            driver.wait(300)
            path = out / f"dialog-{name}-{tone}.png"
            dialog.grab().save(str(path))
            dialog.close()
            dialog.deleteLater()
            made.append(path)
        under_way = _open(window, practice, "D’Essai", "before").context.patient
        window.open_session(practice.sessions(under_way.id)[-1].id)
        driver.wait(400)
        made.append(driver.picture(out / f"strip-{tone}.png"))
    theme.use("light")
    window.open_session(session)
    driver.wait(80)
    return made


def _open(window: MainWindow, practice: Practice, family: str, tab: str) -> PatientPage:
    patient = next(one for one in practice.patients() if one.family_name == family)
    window.records.open_patient(patient.id, tab)
    page = window.records.page
    if not isinstance(page, PatientPage):
        raise RuntimeError("the patient's page did not open")
    return page


def _tab(driver: WindowDriver, practice: Practice, family: str, tab: str, path: Path) -> Path:
    _open(driver.window, practice, family, tab)
    return driver.picture(path)


def _after(driver: WindowDriver, practice: Practice, out: Path, tone: str) -> list[Path]:
    made = []
    for family, name in (("Ejemplo", "full"), ("Przykład", "empty")):
        tab = _open(driver.window, practice, family, "after").tab("after")
        if not isinstance(tab, PatientAfter):
            raise RuntimeError("the tab did not open")
        for key in SECTIONS:
            section = tab.show_section(key)
            made.append(driver.picture(out / f"after-{key}-{name}-{tone}.png"))
            if isinstance(section, Scales) and name == "full":
                for scale in SCALES:
                    section.scale.set_text(scale)
                    made.append(driver.picture(out / f"scale-{scale}-{tone}.png"))
    return made


def _dialogs(window: MainWindow, practice: Practice) -> dict[str, QDialog]:
    texts: tuple[ConsentText, ...] = consent_texts(practice, ConsentKind.TREATMENT)
    event = practice.entries(AdverseEvent)[0]
    name = "Zoë-Maria Alejandra Muestra de los Ejemplos Inventados"
    signing = SigningDialog(texts, lambda *_values: None, name, window)
    signing.pad.show_ink(demo_signature(Random(2)))
    return {
        "sign": signing,
        "paper": PaperDialog("scan-of-a-long-name.pdf", texts, ConsentKind.DATA, lambda *_values: None, window),
        "withdraw": WithdrawDialog(texts[0].title, lambda *_values: None, window),
        "calibrate": CalibrationDialog(window.screen(), window),
        "line": LineSheet(("No pain", "Worst imaginable pain"), 5.0, window),
        "history": EntryHistory(practice, event, "Bruise", window),
        "site": SiteDialog(window.desk.shelf.named("female"), None, ("cheek_malar.right",), window),
    }
