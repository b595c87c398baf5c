"""The schema number."""

#: Schema of this program; also the Alembic revision ("0003") and PRAGMA user_version.
SCHEMA = 3
