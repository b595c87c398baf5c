"""Row 11: edit of a signed record by the program, by undo, by import, by raw SQL with and without the triggers."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from mesomap.atlas import Atlas, open_atlas
from mesomap.commands import EditSession
from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import Dose
from mesomap.domain.person import Role
from mesomap.domain.session import SessionStatus
from mesomap.exchange import SessionContents, session_text
from mesomap.services import ChartingService, Practice
from mesomap.services.amending import amend
from mesomap.services.session_files import import_session
from mesomap.services.signing import prepare, sign
from mesomap.storage import Home
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE
from tests.faults.practices import copied
from tests.records import CHEAP
from tests.synthetic_atlas import write_synthetic_atlas

_PIN = "4711"
_FORGED = b"%PDF-1.4 forged"
_RAW = (
    "UPDATE marks SET volume_ml = volume_ml + 0.01",
    "UPDATE marks SET depth_mm = 9",
    "UPDATE mark_places SET points = zeroblob(20)",
    "DELETE FROM marks",
    "UPDATE sessions SET remark = remark || 'x'",
    "UPDATE sessions SET status = 'draft'",
    "UPDATE signed_documents SET document = document || ' '",
    "DELETE FROM signed_documents",
    "UPDATE entries SET key = key || 'x'",
    "DELETE FROM entries WHERE kind = 'signature'",
    "UPDATE audit SET what = 'do: Nothing' WHERE what LIKE '%ign%'",
    "UPDATE attachments SET data = data || ' '",
    "UPDATE attachments SET media_type = 'text/html'",
    "DELETE FROM attachments",
    "UPDATE signed_documents SET pdf_digest = ''",
    "UPDATE signed_documents SET at = '2020-01-01T00:00:00+00:00'",
    f"INSERT INTO attachments VALUES (x'{sha256(_FORGED).hexdigest()}', 'application/pdf', x'{_FORGED.hex()}'); "
    f"UPDATE signed_documents SET pdf_digest = '{sha256(_FORGED).hexdigest()}' WHERE version = 2",
    "DELETE FROM entries WHERE kind = 'amendment'",
    "UPDATE sessions SET status = 'voided'",
    "UPDATE sessions SET status = 'signed'",
    "UPDATE patients SET family_name = 'Andere'",
    "DELETE FROM entry_links",
    "UPDATE session_totals SET volume_nl = volume_nl + 1",
    "UPDATE steps SET name = name || 'x'",
    "UPDATE steps SET who = 'Dr. Andere'",
    "UPDATE changes SET after = after || ' ' WHERE after IS NOT NULL",
)


def run(ground: Ground) -> Tally:
    """A signed session; each way of changing it is blocked at once or found by verification."""
    tally = Tally()
    atlas = open_atlas(write_synthetic_atlas(ground.place("atlas")))
    signed = _signed(ground.place("signed"), atlas)
    _by_the_program(ground, copied(signed, ground.place("home")), atlas, tally)
    blind = 0
    for number in range(ground.rounds(len(_RAW), 520)):
        statement = _RAW[number % len(_RAW)]
        for dropped in (False, True):
            tally.rounds += 1
            blind += _by_hand(copied(signed, ground.place("home")), statement, dropped, tally)
    tally.control = f"SQLite's own check calls {blind} of the changed databases whole"
    tally.control_failed = blind > 0
    return tally


def _signed(root: Path, atlas: Atlas) -> Home:
    with Practice.create(root, PASSPHRASE, cost=CHEAP) as practice:
        doctor = practice.people.add("Dr. Beispiel", qualification="GP", roles=tuple(Role), pin=_PIN)
        practice.people.begin()
        patient = practice.new_patient(family_name="Beispiel", given_name="Anna", body=atlas.ref.body)
        session = practice.new_session(patient.id, atlas)
        _chart(ChartingService(practice, atlas, session.id))
        sign(practice, prepare(practice, session.id, doctor, _PIN), b"%PDF-1.4 as signed")
        amend(practice, session.id, "One papule was forgotten.")
        _chart(ChartingService(practice, atlas, session.id))
        sign(practice, prepare(practice, session.id, doctor, _PIN), b"%PDF-1.4 as amended")
        assert practice.verify().ok
    return Home(root)


def _chart(charting: ChartingService) -> None:
    place = charting.atlas.locate_one(charting.atlas.views[0].key, 60.0, 0.0)
    assert place is not None
    charting.place([place], Dose(technique="papule", mixture="A", depth_mm=2.0), 0.05)


def _by_the_program(ground: Ground, home: Home, atlas: Atlas, tally: Tally) -> None:
    """Charting, undo, an edit of the head, a status that goes back, an import: refused, and nothing is moved."""
    with Practice.open(home.root, PASSPHRASE) as practice:
        (session,) = practice.sessions()
        charting = ChartingService(practice, atlas, session.id)
        marks = practice.marks(session.id)
        changed = SessionContents(session=replace(session, remark="other"), marks=marks)
        file = ground.place("changed.json")
        file.write_text(session_text(changed), encoding="utf-8")
        attempts: tuple[Callable[[], Any], ...] = (
            lambda: _chart(charting),
            charting.undo,
            lambda: practice.run(EditSession(session, replace(session, remark="x")), session.id),
            lambda: practice.run(EditSession(session, replace(session, status=SessionStatus.DRAFT)), session.id),
            lambda: import_session(practice, atlas, file),
            lambda: amend(practice, session.id, "  "),
        )
        for number, attempt in enumerate(attempts):
            tally.rounds += 1
            try:
                outcome = attempt()
            except MesoMapError:
                outcome = "refused"
            same = practice.session(session.id) == session and practice.marks(session.id) == marks
            tally.found(same, f"attempt {number}: {outcome}")
        tally.false_alarms += not practice.verify().ok


def _by_hand(home: Home, statement: str, dropped: bool, tally: Tally) -> bool:
    """True when the change was made and the engine's own check is content."""
    with Practice.open(home.root, PASSPHRASE) as practice:
        database = practice._database
        with database._engine().connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            if dropped:
                triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                for name in connection.exec_driver_sql(triggers).scalars().all():
                    connection.exec_driver_sql(f"DROP TRIGGER {name}")
            try:
                done = sum(connection.execute(text(part)).rowcount for part in statement.split("; "))
                connection.commit()
            except DatabaseError:
                connection.rollback()
                done = 0
            content = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        found = not practice.verify().ok
        tally.found(found if done else not dropped or not found, f"{statement}, triggers {not dropped}: {done} rows")
        return bool(done) and content


ROW = Row(11, "edit of a signed and amended record and its PDF by the program, undo, import, raw SQL", run)
