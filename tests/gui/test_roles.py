"""Every section, tab and action as each role: what may not be used rests, and says why; nothing else is touched."""

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.errors import BadInputError
from mesomap.domain.person import Role
from mesomap.services.signing import prepare, sign
from mesomap.ui.controls.asked_role import asked_role
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient_tabs import TABS
from mesomap.ui.pages.practice_sections import SECTIONS
from mesomap.ui.trust.history_dialog import HistoryDialog
from tests.gui.hands import practice_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

_CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
#: What the controls of each section and tab ask for, but for those that only look.
ASKED = {
    "about": Role.READ, "products": Role.CHART, "recall": Role.READ, "questions": Role.ADMINISTER,
    "consent_texts": Role.ADMINISTER, "advice_sheets": Role.ADMINISTER, "protocols": Role.CHART, "due": Role.READ,
    "backups": Role.ADMINISTER, "find": Role.READ, "numbers": Role.READ, "people": Role.ADMINISTER,
    "audit": Role.READ, "rights": Role.ADMINISTER,
    "overview": Role.READ, "before": Role.CHART, "after": Role.CHART, "photos": Role.READ, "outcome": Role.READ,
    "course": Role.CHART, "given": Role.READ,
}  # fmt: skip


def _wait(ms: int = 60) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def _until_it_rests(root: QWidget, role: Role) -> None:
    """Panels of a session fill themselves piece by piece after the first paint."""
    for _ in range(100):
        _wait()
        try:
            _check(root, role, "session")
        except AssertionError:
            continue
        return


@pytest.fixture
def team(window: MainWindow) -> MainWindow:
    """A doctor who may do everything and somebody for each role alone; the doctor is here."""
    people = practice_of(window).people
    people.take(people.add("Dr. A. Beispiel", roles=tuple(Role), pin="4711"))
    for role in Role:
        people.add(f"Only {role.value}", roles=(role,), pin="1470")
    return window


def _let_in(window: MainWindow, role: Role) -> None:
    people = practice_of(window).people
    people.take(next(one for one in people.active() if one.name == f"Only {role.value}"))
    window.roles.refresh()


def _check(root: QWidget, role: Role, where: str) -> int:
    """Everything held back says why, and nothing is held back without a reason; returns how many are."""
    held = 0
    for control in root.findChildren(QWidget):
        if not isinstance(control, _CONTROLS):
            continue
        needs = asked_role(control)
        name = f"{where}: {type(control).__name__} {control.accessibleName() or getattr(control, 'text', str)()}"
        if needs in (Role.READ, role):
            assert "may not" not in control.toolTip(), name
            continue
        held += 1
        assert not control.isEnabled(), name
        assert control.toolTip().startswith(f"Only {role.value} may not "), name
        assert control.accessibleDescription() == control.toolTip(), name
    return held


def test_the_table_names_every_section_and_tab() -> None:
    assert {part.key: part.role for part in (*SECTIONS, *TABS)} == ASKED


@pytest.mark.parametrize("role", list(Role))
def test_every_section_and_tab_opens_and_rests_where_it_must(team: MainWindow, role: Role) -> None:
    practice = practice_of(team)
    patient = practice.patients()[0]
    _let_in(team, role)
    team.show_patients()
    assert _check(team.patients, role, "patients") == {Role.CHART: 1, Role.ADMINISTER: 3}.get(role, 4)
    for part in SECTIONS:
        team.records.open_practice(part.key)
        _wait()
        page = team.records.page
        assert page is not None
        held = _check(page, role, part.key)
        if part.role not in (Role.READ, role):
            assert held > 0, part.key
    for part in TABS:
        team.records.open_patient(patient.id, part.key)
        _wait()
        page = team.records.page
        assert page is not None
        assert _check(page, role, part.key) >= (0 if role is Role.CHART else 2)
    assert team.records.page is not None


@pytest.mark.parametrize("role", list(Role))
def test_the_session_rests_for_who_may_not_chart_or_sign(team: MainWindow, role: Role) -> None:
    practice = practice_of(team)
    session = practice.new_session(practice.patients()[0].id, team.desk.atlas())
    _let_in(team, role)
    team.open_session(session.id)
    page = team.charting
    assert page is not None
    _until_it_rests(page, role)
    assert _check(page, role, "session") > 0
    assert page.dose.technique_button("papule").isEnabled() is (role is Role.CHART)
    assert team.signing.button.isEnabled() is (role is Role.SIGN)
    if role is not Role.CHART:
        hand = WindowDriver(team)
        hand.choose_view("body_front")
        hand.tap(60, 0)
        assert practice.marks(session.id) == ()


def test_the_history_lets_everybody_look_and_only_signers_amend(team: MainWindow) -> None:
    practice = practice_of(team)
    session = practice.new_session(practice.patients()[0].id, team.desk.atlas())
    doctor = practice.people.current
    assert doctor is not None
    sign(practice, prepare(practice, session.id, doctor, "4711"), b"%PDF-1.4")
    for role in Role:
        _let_in(team, role)
        team.open_session(session.id)
        team.signing.open_history()
        dialog = team.signing.dialog
        assert isinstance(dialog, HistoryDialog)
        _check(dialog, role, "history")
        assert dialog.view_button.isEnabled()
        amend = next(one for one in dialog.findChildren(QPushButton) if one.text().startswith("Amend"))
        assert amend.isEnabled() is (role is Role.SIGN)
        dialog.reject()


def test_somebody_else_at_the_cover_changes_what_rests(team: MainWindow, qtbot: QtBot) -> None:
    people = practice_of(team).people
    team.records.open_practice("questions")
    page = team.records.page
    assert page is not None
    button = next(one for one in page.findChildren(QPushButton) if one.text() == "Add")
    assert button.isEnabled()
    before = button.toolTip()
    for name, pin, may in (("Only chart", "1470", False), ("Dr. A. Beispiel", "4711", True)):
        team.guard.hide()
        person = next(one for one in people.active() if one.name == name)
        team.guard._entered(person.id, pin)
        qtbot.waitUntil(lambda: not team.guard.is_hidden)
        assert button.isEnabled() is may
    assert button.toolTip() == before


def test_what_comes_later_or_is_switched_on_rests_too(team: MainWindow) -> None:
    _let_in(team, Role.READ)
    team.records.open_practice("products")
    page = team.records.page
    assert page is not None
    late = QPushButton("late", next(one for one in page.findChildren(QWidget) if asked_role(one) is Role.CHART))
    _wait()
    assert not late.isEnabled()
    late.setEnabled(True)
    assert not late.isEnabled()
    practice_of(team).people.take(practice_of(team).people.active()[0])
    team.roles.refresh()
    assert late.isEnabled()
    assert late.toolTip() == ""


def test_a_refusal_on_the_way_is_a_plain_sentence(team: MainWindow) -> None:
    _let_in(team, Role.CHART)
    with pytest.raises(BadInputError, match=r"^Only chart may not administer the practice\. Let somebody"):
        practice_of(team).backups.choose_second_folder(None)
