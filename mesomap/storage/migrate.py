"""Bring a database to the schema of this program: Alembic, in one transaction."""

import sysconfig
from pathlib import Path

from sqlalchemy import Connection, Engine

import mesomap
from mesomap.domain.errors import DamagedError, NewerVersionError
from mesomap.storage.engine import APPLICATION_ID, WRITES
from mesomap.storage.schema import SCHEMA
from mesomap.storage.sorting import sorting_errors

__all__ = ["SCHEMA", "migrations_folder", "revision", "schema_of", "upgrade"]


def revision(schema: int) -> str:
    """Alembic revision of a schema number."""
    return f"{schema:04d}"


def migrations_folder() -> Path:
    """The Alembic scripts: beside the package (repository) or in the data folder of the installation (wheel).

    Raises DamagedError when the installation lacks them.
    """
    beside = Path(mesomap.__file__).resolve().parent.parent / "migrations"
    installed = Path(sysconfig.get_path("data")) / "share" / "mesomap" / "migrations"
    for folder in (beside, installed):
        if (folder / "versions" / "0001_first_schema.py").is_file():
            return folder
    raise DamagedError("This installation of MesoMap lacks its database scripts. Reinstall MesoMap.")


def schema_of(connection: Connection, path: Path) -> int:
    """Schema number of an open database.

    Raises DamagedError (foreign) or NewerVersionError; touches nothing.
    """
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    schema = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if application != APPLICATION_ID:
        raise DamagedError(f"“{path}” is not a MesoMap database. It was not touched.")
    if schema > SCHEMA:
        raise newer(path, connection.exec_driver_sql(NEEDS).scalar_one_or_none())
    return schema


#: Asks a database of any schema which version of the program it needs.
NEEDS = "SELECT value FROM about WHERE key = 'needs'"


def newer(path: Path, needed: object) -> NewerVersionError:
    """The sentence for a database of a newer program."""
    return NewerVersionError(
        f"“{path}” was written by a newer MesoMap{f' ({needed} or later)' if needed else ''}. "
        "Update MesoMap to open it; it was not touched."
    )


def upgrade(engine: Engine, path: Path, folder: Path | None = None) -> None:
    """Run every missing version in one transaction; a failure leaves the database as it was.

    Raises NotWritableError, DamagedError or InUseError for trouble of the disk; other errors are bugs.
    """
    from alembic import command  # 0.2 s, needed only here
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder or migrations_folder()).replace("%", "%%"))
    with (
        sorting_errors(path),
        engine.connect().execution_options(**{WRITES: True}) as connection,
        connection.begin(),
    ):
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
