"""Rows, repositories, unit of work, keys, migrations, audit. The only room that knows the database."""
