"""The pages before and after a treatment for screen readers and in a language 40 % longer."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from mesomap.app.application import make_application
from mesomap.atlas import Atlas
from mesomap.domain.adverse_event import Outcome, Reported
from mesomap.domain.advice import AdviceSheet
from mesomap.domain.body_measure import Measured
from mesomap.domain.caution import Answer
from mesomap.domain.clock import now
from mesomap.domain.consent import ConsentKind, ConsentText, SignedWith
from mesomap.domain.follow_up import Contact
from mesomap.domain.patient import Patient
from mesomap.domain.score import Judge
from mesomap.services import Practice
from mesomap.services.advice_sheets import give_sheet
from mesomap.services.aftercare import record_event, record_measure, record_nutrition
from mesomap.services.cautions import answer_all, questions
from mesomap.services.consents import consents, sign, withdraw
from mesomap.services.demo_ink import demo_signature, ink_png
from mesomap.services.follow_ups import plan_follow_up, record_follow_up
from mesomap.services.practice_texts import new_text
from mesomap.services.scales import offered, record_score
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
from mesomap.ui.pages.patient_before import PatientBefore
from tests.gui.test_accessible import unnamed
from tests.gui.test_pseudo import cut_off, known_words, plain_words
from tests.snapshots.pseudo_locale import PseudoTranslator

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
#: What people entered in this test, and words of files and licences that stay as they are.
ENTERED = {
    *"abcde", "treatment", "photos", "english", "waist", "rosa", "mother", "nutrition", "sheet", "lot", "dr", "test",
    "pdf",
}  # fmt: skip


@pytest.fixture
def translator() -> Iterator[PseudoTranslator]:
    made = PseudoTranslator()
    yield made
    make_application().removeTranslator(made)


@pytest.fixture
def patient(window: MainWindow) -> Patient:
    """A patient with one record of every kind."""
    practice = window.desk.practice
    assert practice is not None
    patient = practice.patients()[0]
    session = practice.new_session(patient.id, window.desk.atlas(), started_at=now() - timedelta(days=20))
    text = new_text(practice, ConsentText, title="Treatment", language="en", body="Treatment", valid_months=12)
    photo = new_text(practice, ConsentText, title="Photos", language="en", body="Photos", consent=ConsentKind.PHOTO)
    ink = demo_signature(Random(1))
    for one in (text, photo):
        sign(practice, patient.id, one, ink, ink_png(ink), signed_with=SignedWith.PEN, signer="Rosa", relation="mother")
    withdraw(practice, consents(practice, patient.id)[-1], date.today(), "Rosa")
    answer_all(practice, patient.id, questions(practice)[:3], Answer.YES, comment="Rosa")
    answer_all(practice, patient.id, questions(practice)[:1], Answer.NO)
    record_follow_up(practice, patient.id, contact=Contact.PHONE, text="Rosa", session_id=session.id)
    plan_follow_up(practice, patient.id, date.today() + timedelta(days=9), "Rosa")
    record_event(
        practice, patient.id, onset=now() - timedelta(days=3), term="nodule", grade=2, session_id=session.id,
        regions=(window.desk.atlas().regions[0].id,), suspected_lot="LOT", outcome=Outcome.RECOVERED,
        ended_on=date.today(), reported=Reported.YES, reported_on=date.today(), reported_to="Rosa",
    )  # fmt: skip
    for value in ("2", "3"):
        record_score(practice, patient.id, "gais", Decimal(value), judge=Judge.PATIENT)
    record_score(practice, patient.id, "vas", Decimal("2.2"), line_mm=Decimal(100))
    record_measure(practice, patient.id, Measured.CIRCUMFERENCE, Decimal(80), site="Waist")
    record_nutrition(practice, patient.id, "Nutrition")
    sheet = new_text(practice, AdviceSheet, title="Sheet", language="en", body="Sheet")
    give_sheet(practice, patient.id, sheet)
    return patient


def every_page(window: MainWindow, patient: Patient, look: Callable[[str], None]) -> None:
    """Open each tab, section and dialog, and look."""
    practice = window.desk.practice
    assert practice is not None
    window.records.open_patient(patient.id, "before")
    page = window.records.page
    assert isinstance(page, PatientPage)
    before = page.tab("before")
    assert isinstance(before, PatientBefore)
    before.cautions.row("allergy").more.click()
    QApplication.processEvents()
    look("before")
    page.show_tab("after")
    after = page.tab("after")
    assert isinstance(after, PatientAfter)
    for key in ("follow_ups", "events", "scales", "measures", "notes"):
        section = after.show_section(key)
        QApplication.processEvents()
        look(key)
        if isinstance(section, Scales):
            for one in offered(practice):
                section.scale.set_text(one.key)
                QApplication.processEvents()
                look(f"scale {one.key}")
    for dialog in dialogs(window, practice, patient):
        dialog.show()
        QApplication.processEvents()
        look(type(dialog).__name__)
        dialog.close()
        dialog.deleteLater()
    for key in ("questions", "consent_texts", "advice_sheets"):
        window.records.open_practice(key)
        QApplication.processEvents()
        look(key)


def dialogs(window: MainWindow, practice: Practice, patient: Patient) -> list[QDialog]:
    texts = practice.entries(ConsentText)
    event = record_event(practice, patient.id, onset=now(), description="Rosa")
    return [
        SigningDialog(texts, lambda *_values: None, "Rosa", window),
        PaperDialog("Rosa", texts, ConsentKind.DATA, lambda *_values: None, window),
        WithdrawDialog("Rosa", lambda *_values: None, window),
        CalibrationDialog(window.screen(), window),
        LineSheet(("No pain", "Worst imaginable pain"), 4.0, window),
        EntryHistory(practice, event, "Rosa", window),
        SiteDialog(window.desk.atlas(), None, (), window),
    ]


def test_every_control_has_a_name(window: MainWindow, patient: Patient) -> None:
    found: dict[str, list[str]] = {}

    def look(where: str) -> None:
        root = QApplication.activeWindow() or window
        if missing := unnamed(root) + unnamed(window):
            found[where] = missing

    every_page(window, patient, look)
    assert found == {}


def test_everything_is_translated_and_has_room(
    window: MainWindow, patient: Patient, translator: PseudoTranslator, atlas: Atlas
) -> None:
    make_application().installTranslator(translator)
    known = known_words(atlas) | ENTERED
    found: set[str] = set()

    def look(where: str) -> None:
        root = QApplication.activeWindow() or window
        found.update(f"{where}: {words}" for words in (*plain_words(root, known), *cut_off(root)))

    every_page(window, patient, look)
    assert not found, "\n".join(sorted(found))
