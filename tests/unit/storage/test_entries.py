"""Entries, files and signed documents: kept exactly, found by what they are looked up by, changed by no one unseen."""

from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from mesomap.domain.attachment import Attachment
from mesomap.domain.change import Change, UndoStep
from mesomap.domain.entry import Entry
from mesomap.domain.entry_kinds import ENTRY_KINDS, entry_class
from mesomap.domain.errors import BadInputError
from mesomap.domain.session import SessionStatus
from mesomap.domain.signed_document import SignedDocument
from mesomap.storage import Database
from mesomap.storage.canonical import canonical, record_from
from mesomap.storage.engine import WRITES
from tests.records import NOON, a_patient, a_session, a_set, commit


class Colour(StrEnum):
    """A choice."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """A part of the entry of the tests."""

    name: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(Entry):
    """An entry with a field of every type there is."""

    KIND: ClassVar[str] = "sample"

    words: str = ""
    count: int = 0
    part: float = 0.0
    yes: bool = False
    amount: Decimal = Decimal(0)
    day: date | None = None
    moment: datetime | None = None
    other: UUID | None = None
    colour: Colour = Colour.RED
    inner: Inner = Inner()
    many: tuple[Inner, ...] = ()

    @property
    def key(self) -> str:
        """Looked up by its words."""
        return self.words

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """The other record."""
        return () if self.other is None else (self.other,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed(Sample):
    """An entry that is never edited."""

    KIND: ClassVar[str] = "sealed_sample"
    SEALED: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Sample):
    """An entry that is about another moment than the one it was entered at."""

    KIND: ClassVar[str] = "dated_sample"

    @property
    def at(self) -> datetime:
        """The moment it is about."""
        return self.moment or self.entered_at


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kinds of these tests."""
    for kind in (Sample, Sealed, Dated):
        monkeypatch.setitem(ENTRY_KINDS, kind.KIND, (__name__, kind.__name__))


MOMENTS = st.datetimes(
    min_value=datetime(1900, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False)
INNERS = st.builds(Inner, name=TEXTS, amount=st.none() | AMOUNTS)
SAMPLES = st.builds(
    Sample,
    id=st.uuids(),
    entered_at=MOMENTS,
    patient_id=st.none() | st.uuids(),
    words=TEXTS,
    count=st.integers(),
    part=st.floats(allow_nan=False, allow_infinity=False),
    yes=st.booleans(),
    amount=AMOUNTS,
    day=st.none() | st.dates(),
    moment=st.none() | MOMENTS,
    other=st.none() | st.uuids(),
    colour=st.sampled_from(Colour),
    inner=INNERS,
    many=st.lists(INNERS, max_size=3).map(tuple),
)


@given(SAMPLES)
def test_every_field_of_an_entry_comes_back_exactly(sample: Sample) -> None:
    written = canonical(sample)
    back = record_from(written)
    assert back == sample
    assert canonical(back) == written
    assert isinstance(back, Sample)
    assert (str(back.amount), type(back.part)) == (str(sample.amount), float)


def test_a_field_that_equals_its_default_is_not_written() -> None:
    entry = Sample(id=UUID(int=1), entered_at=datetime(2026, 5, 4, tzinfo=UTC), amount=Decimal("0.00"))
    assert canonical(entry) == (
        b'{"amount":"0.00","entered_at":"2026-05-04T00:00:00+00:00","entry":"sample",'
        b'"id":"00000000-0000-0000-0000-000000000001"}'
    )


@pytest.mark.parametrize("kind", sorted(set(ENTRY_KINDS)))
def test_every_listed_kind_is_the_class_it_says_and_has_defaults(kind: str) -> None:
    found = entry_class(kind)
    assert kind == found.KIND
    assert 0 < len(kind) <= 16
    names = {field.name for field in fields(found)}
    assert {"id", "entered_at", "patient_id", "session_id", "withdrawn"} <= names


def test_entries_are_found_by_patient_key_period_and_what_they_name(database: Database) -> None:
    patient, other = a_patient(), a_patient("2")
    commit(database, Change(None, patient), Change(None, other))
    first = Sample(id=uuid4(), entered_at=NOON, patient_id=patient.id, words="L-1", other=other.id)
    later = Sample(id=uuid4(), entered_at=NOON + timedelta(days=1), patient_id=other.id, words="L-2")
    commit(database, Change(None, first), Change(None, later))
    assert database.entries(Sample) == (first, later)
    assert database.entries(Sample, patient_id=patient.id) == (first,)
    assert database.entries(Sample, key="L-2") == (later,)
    assert database.entries(Sample, refers_to=other.id) == (first,)
    assert database.entries(Sample, since=NOON + timedelta(hours=1)) == (later,)
    assert database.entries(Sample, until=NOON + timedelta(days=1)) == (first,)
    assert database.entry(Sample, later.id) == later
    assert database.entry(Sealed, later.id) is None
    assert database.verify().findings == ()


def test_an_edited_entry_is_found_by_its_new_words_only_and_the_history_keeps_the_old(database: Database) -> None:
    before = Sample(id=uuid4(), entered_at=NOON, words="old", other=uuid4())
    commit(database, Change(None, before))
    after = replace(before, words="new", other=None)
    step = commit(database, Change(before, after))
    assert database.entries(Sample, key="old") == ()
    assert database.entries(Sample, key="new") == (after,)
    assert database.entries(Sample, refers_to=before.other) == ()
    assert database.changes_of(step) == (Change(before, after),)
    with pytest.raises(BadInputError, match="changed in the meantime"):
        commit(database, Change(before, replace(before, words="stale")))
    assert database.verify().findings == ()


def test_a_sealed_entry_is_never_edited_and_no_entry_is_deleted(database: Database) -> None:
    sealed = Sealed(id=uuid4(), entered_at=NOON, words="signed")
    plain = Sample(id=uuid4(), entered_at=NOON)
    commit(database, Change(None, sealed), Change(None, plain))
    for change in (Change(sealed, replace(sealed, words="other")), Change(sealed, None), Change(plain, None)):
        with pytest.raises(BadInputError, match="as it was written"):
            commit(database, change)
    assert database.entries(Sealed) == (sealed,)


def _raw(database: Database, statement: str) -> None:
    with (
        database.reading() as connection,
        connection.execution_options(**{WRITES: True}).begin(),
    ):
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET key = 'x' WHERE kind = 'sealed_sample'",
        "DELETE FROM entries",
        "UPDATE attachments SET data = x'00'",
        "DELETE FROM attachments",
        "UPDATE signed_documents SET document = x'00'",
        "DELETE FROM signed_documents",
    ],
)
def test_the_database_itself_refuses(database: Database, statement: str) -> None:
    patient = a_patient()
    session = a_session(patient)
    sealed = Sealed(id=uuid4(), entered_at=NOON)
    signed = SignedDocument(session_id=session.id, version=1, document=b"{}", at=NOON)
    changes = (Change(None, patient), Change(None, session), Change(None, sealed))
    database.commit(UndoStep("Sign", changes, None, (Attachment("text/plain", b"x"),), signed))
    before = database.verify()  # which says that nobody put a signature under the document
    with pytest.raises(DatabaseError, match=r"sealed|deleted|never change"):
        _raw(database, statement)
    assert database.verify() == before


def test_an_entry_changed_past_the_program_is_named(database: Database) -> None:
    entry = Sample(id=uuid4(), entered_at=NOON, words="L-1")
    commit(database, Change(None, entry))
    _raw(database, "UPDATE entries SET key = 'L-2'")
    assert database.verify().findings == (f"The sample entry {entry.id}: the row is not what was recorded.",)


def test_files_are_kept_once_by_what_they_hold(database: Database) -> None:
    file = Attachment("image/png", b"\x89PNG pixels")
    for _ in range(2):
        entry = Sample(id=uuid4(), entered_at=NOON, words=file.digest)
        database.commit(UndoStep("Add", (Change(None, entry),), attachments=(file,)))
    assert database.attachment(file.digest) == file
    assert database.attachment("00" * 32) is None
    assert database.verify().counts["attachments"] == 1


def test_a_signed_document_comes_back_with_its_version(database: Database) -> None:
    patient = a_patient()
    session = a_session(patient)
    commit(database, Change(None, patient), Change(None, session))
    made = [SignedDocument(session_id=session.id, version=n, document=b"%d" % n, at=NOON) for n in (1, 2)]
    for signed in made:
        database.commit(UndoStep("Sign", (), session.id, signed=signed))
    assert database.signed_documents(session.id) == tuple(made)


def test_marks_change_while_a_session_is_amended_and_not_once_it_is_signed_again(database: Database) -> None:
    patient = a_patient()
    session = a_session(patient)
    mark = a_set(session, 2)
    commit(database, Change(None, patient), Change(None, session), Change(None, mark))
    signed = replace(session, status=SessionStatus.SIGNED)
    commit(database, Change(session, signed))
    with pytest.raises(BadInputError, match="cannot be changed"):
        commit(database, Change(mark, None))
    amending = replace(session, status=SessionStatus.AMENDING)
    commit(database, Change(signed, amending))
    commit(database, Change(mark, None))
    commit(database, Change(amending, replace(session, status=SessionStatus.AMENDED)))
    with pytest.raises(BadInputError, match="cannot be changed"):
        commit(database, Change(None, mark))
    assert database.verify().findings == ()


def test_entries_of_one_moment_come_in_the_order_they_were_entered(database: Database) -> None:
    made = [Dated(id=uuid4(), entered_at=NOON + timedelta(seconds=n), moment=NOON) for n in range(8)]
    for entry in reversed(made):
        commit(database, Change(None, entry))
    assert database.entries(Dated) == tuple(made)
