"""The schema: what Alembic builds is what the program expects; upgrades are all or nothing."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select

from mesomap.domain.change import Change
from mesomap.domain.errors import NewerVersionError
from mesomap.domain.needle import Needle
from mesomap.domain.session import Frame
from mesomap.storage import Home, create_database, open_database, restore_backup
from mesomap.storage.engine import open_engine
from mesomap.storage.key_file import read_key_file, unlock
from mesomap.storage.migrate import SCHEMA, migrations_folder, revision, upgrade
from mesomap.storage.tables import mark_regions, metadata, session_totals
from tests.records import CHEAP, a_patient, commit

PASSPHRASE = "four"
#: One home folder of every schema that ever landed, as its program wrote it (one key derivation pass, for tests).
FIXTURES = Path(__file__).parent / "fixtures"

NEXT = f"""
import sqlalchemy as sa
from alembic import op

revision = "{revision(SCHEMA + 1)}"
down_revision = "{revision(SCHEMA)}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    {{trouble}}
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    found = Home(tmp_path / "practice")
    found.prepare()
    made, _ = create_database(found, PASSPHRASE, cost=CHEAP)
    commit(made, Change(None, a_patient()))
    made.close()
    return found


def _engine(home: Home) -> Engine:
    return open_engine(home.database, unlock(read_key_file(home.keys), PASSPHRASE).subkey("database"))


def _scripts(tmp_path: Path, trouble: str) -> Path:
    """The shipped scripts and one more version."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for path in (migrations_folder() / "env.py", *(migrations_folder() / "versions").glob("[0-9]*.py")):
        (folder / path.relative_to(migrations_folder())).write_bytes(path.read_bytes())
    (folder / "versions" / "9999_extra.py").write_text(NEXT.format(trouble=trouble))
    return folder


def test_the_schema_of_alembic_is_the_schema_of_the_program(home: Home) -> None:
    engine = _engine(home)
    found = inspect(engine)
    assert set(found.get_table_names()) == {*metadata.tables, "alembic_version"}
    for name, table in metadata.tables.items():
        columns = {column["name"]: column for column in found.get_columns(name)}
        assert list(columns) == [column.name for column in table.columns], name
        for column in table.columns:
            assert columns[column.name]["nullable"] == column.nullable, (name, column.name)
            own = column.type.compile(engine.dialect)
            assert columns[column.name]["type"].compile(engine.dialect) == own, (name, column.name)
        indexes = {tuple(index["column_names"]) for index in found.get_indexes(name)}
        assert indexes == {tuple(index.columns.keys()) for index in table.indexes}, name
        keys = {tuple(key["constrained_columns"]) for key in found.get_foreign_keys(name)}
        assert keys == {tuple(key.columns.keys()) for key in table.foreign_key_constraints}, name
    engine.dispose()


def test_schema_number_and_revision_agree(home: Home) -> None:
    engine = _engine(home)
    with engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    engine.dispose()
    assert (stored, number) == (revision(SCHEMA), SCHEMA)
    newest = max(path.name[:4] for path in (migrations_folder() / "versions").glob("[0-9]*.py"))
    assert newest == revision(SCHEMA)


def test_an_upgrade_keeps_every_record(home: Home, tmp_path: Path) -> None:
    engine = _engine(home)
    upgrade(engine, home.database, _scripts(tmp_path, "pass"))
    assert inspect(engine).has_table("extra")
    engine.dispose()
    opened = open_database(home, PASSPHRASE)
    assert len(opened.patients()) == 1
    assert opened.verify().ok
    opened.close()


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(home: Home, tmp_path: Path) -> None:
    engine = _engine(home)
    with pytest.raises(RuntimeError, match="half way"):
        upgrade(engine, home.database, _scripts(tmp_path, "raise RuntimeError('half way')"))
    assert not inspect(engine).has_table("extra")
    engine.dispose()
    opened = open_database(home, PASSPHRASE)
    assert len(opened.patients()) == 1
    assert opened.verify().ok
    opened.close()


@pytest.fixture
def first_schema(tmp_path: Path) -> Home:
    """A practice as the program of schema 1 wrote it: two patients, a session of four marks, undo and redo."""
    found = Home(tmp_path / "old")
    shutil.copytree(FIXTURES / "schema_1", found.root)
    found.prepare()
    return found


def test_a_database_of_schema_1_is_backed_up_upgraded_and_whole(first_schema: Home) -> None:
    opened = open_database(first_schema, "schema one")
    assert opened.verify().findings == ()
    anna = next(patient for patient in opened.patients() if patient.given_name == "Anna")
    assert (anna.notes, anna.allergies) == ("Zeile 1\nZeile 2", ("latex",))
    (session,) = opened.sessions()
    assert (session.indication, session.mixtures[0].name, session.frame) == (
        "Demonstration",
        "Mixture of tests",
        Frame(),
    )
    marks = opened.marks(session.id)
    assert [type(mark).__name__ for mark in marks] == ["InjectionSet", "InjectionSet", "AreaRecord", "InjectionSet"]
    assert (marks[1].remark, marks[1].dose.needle, marks[1].plan_id) == ("two", None, None)
    assert len(opened.steps(session.id)) == 9
    opened.close()
    (backup,) = first_schema.backups.glob("mesomap-*")
    assert json.loads((backup / "backup.json").read_text())["counts"]["marks"] == 4


def test_the_backup_made_before_an_upgrade_can_be_restored_and_opened(first_schema: Home, tmp_path: Path) -> None:
    open_database(first_schema, "schema one").close()
    (backup,) = first_schema.backups.glob("mesomap-*")
    back = tmp_path / "back"
    assert restore_backup(backup, back, "schema one").ok
    opened = open_database(Home(back), "schema one")
    assert opened.verify().findings == ()
    assert len(opened.marks(opened.sessions()[0].id)) == 4
    opened.close()


def test_an_old_record_edited_after_the_upgrade_can_be_undone(first_schema: Home) -> None:
    opened = open_database(first_schema, "schema one")
    (session,) = opened.sessions()
    before = opened.marks(session.id)[1]
    after = replace(before, dose=replace(before.dose, needle=Needle(gauge=30, length_mm=4.0)))
    step = commit(opened, Change(before, after), session=session)
    assert opened.marks(session.id)[1] == after
    commit(opened, *(change.reversed() for change in opened.changes_of(step)), session=session)
    assert opened.marks(session.id)[1] == before
    assert opened.verify().findings == ()
    opened.close()


@pytest.fixture
def second_schema(tmp_path: Path) -> Home:
    """A practice as the program of schema 2 wrote it: frame, pain drawing, plan, needle and device, undo and redo."""
    found = Home(tmp_path / "second")
    shutil.copytree(FIXTURES / "schema_2", found.root)
    found.prepare()
    return found


def test_a_database_of_schema_2_keeps_all_its_parts_and_counts_them(second_schema: Home) -> None:
    opened = open_database(second_schema, "schema two")
    assert opened.verify().findings == ()
    session, signed = opened.sessions()
    assert (session.frame.place, session.mixtures[0].drawn_ml, signed.status) == ("Room 1", 2.5, "signed")
    assert [complaint.intensity for complaint in opened.complaints(session.id)] == [6, None]
    (planned,) = opened.planned(session.id)
    assert [mark.plan_id for mark in opened.marks(session.id)].count(planned.id) == 1
    with opened.reading() as connection:
        totals = connection.execute(select(session_totals).where(session_totals.c.session_id == session.id)).one()
        regions = connection.execute(select(mark_regions.c.region_id).distinct()).scalars().all()
    assert (totals.marks, totals.points, totals.about_points, totals.volume_nl) == (3, 4, 120, 350_000)
    assert regions == ["forehead.mid"]
    opened.close()


def test_a_newer_database_is_refused(home: Home) -> None:
    engine = _engine(home)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA + 1}")
        connection.commit()
    engine.dispose()
    before = home.database.read_bytes()
    with pytest.raises(NewerVersionError, match="newer"):
        open_database(home, PASSPHRASE)
    assert home.database.read_bytes() == before


def test_the_data_model_page_names_every_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "DATA_MODEL.md").read_text(encoding="utf-8")
    for name in metadata.tables:
        assert f"| `{name}` |" in page, name
