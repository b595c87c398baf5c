"""The schema: what Alembic builds is what the program expects; upgrades are all or nothing."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from mesomap.domain.change import Change
from mesomap.domain.errors import NewerVersionError
from mesomap.storage import Database, Home, create_database, open_database, opening
from mesomap.storage.engine import open_engine
from mesomap.storage.key_file import read_key_file, unlock
from mesomap.storage.migrate import SCHEMA, migrations_folder, revision, upgrade
from mesomap.storage.tables import metadata
from tests.records import CHEAP, a_patient, commit

PASSPHRASE = "four"

SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    {trouble}
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
    for name in ("env.py", "versions/0001_first_schema.py"):
        (folder / name).write_bytes((migrations_folder() / name).read_bytes())
    (folder / "versions" / "0002_extra.py").write_text(SECOND.format(trouble=trouble))
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


def test_an_older_database_is_backed_up_and_then_upgraded(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Schema 0 does not exist; the number is set back to see the order of things: backup first."""
    engine = _engine(home)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 0")
        connection.commit()
    engine.dispose()
    seen: list[int] = []
    real = opening.upgrade

    def watched(*given: object) -> None:
        seen.append(len(list(home.backups.glob("mesomap-*"))))
        real(*given)

    monkeypatch.setattr(opening, "upgrade", watched)
    opened = open_database(home, PASSPHRASE)
    assert seen == [1]
    assert isinstance(opened, Database)
    assert opened.verify().ok
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
