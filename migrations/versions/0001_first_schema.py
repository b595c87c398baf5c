"""First schema: patients, sessions, marks, steps and changes, audit, settings.

Written out in full: a migration must not change when the tables in the program do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the triggers that keep the audit append-only and closed sessions closed."""
    _records()
    _history()
    if op.get_bind().dialect.name == "sqlite":
        _triggers()


def _version_and_digest() -> tuple[sa.Column, sa.Column]:
    return sa.Column("row_version", sa.Integer, nullable=False), sa.Column(
        "digest", sa.LargeBinary(32), nullable=False
    )


def _records() -> None:
    op.create_table(
        "about",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_about"),
    )
    op.create_table(
        "patients",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("family_name", sa.Text, nullable=False),
        sa.Column("given_name", sa.Text, nullable=False),
        sa.Column("birth_date", sa.Date),
        sa.Column("sex", sa.String(16), nullable=False),
        sa.Column("body", sa.String(40), nullable=False),
        sa.Column("height_cm", sa.Float),
        sa.Column("weight_kg", sa.Float),
        sa.Column("phototype", sa.Text, nullable=False),
        sa.Column("allergies", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        *_version_and_digest(),
        sa.PrimaryKeyConstraint("id", name="pk_patients"),
        sa.UniqueConstraint("number", name="uq_patients_number"),
    )
    op.create_index("ix_patients_family_name", "patients", ["family_name"])
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("patient_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("started_at", sa.String(40), nullable=False),
        sa.Column("atlas_id", sa.Text, nullable=False),
        sa.Column("atlas_version", sa.Text, nullable=False),
        sa.Column("atlas_body", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("patient_scale", sa.Float, nullable=False),
        sa.Column("scale_basis", sa.Text, nullable=False),
        sa.Column("indication", sa.Text, nullable=False),
        sa.Column("practitioner", sa.Text, nullable=False),
        sa.Column("mixtures", sa.Text, nullable=False),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("citation", sa.Text, nullable=False),
        *_version_and_digest(),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name="fk_sessions_patient_id_patients"),
        sa.UniqueConstraint("number", name="uq_sessions_number"),
    )
    op.create_index("ix_sessions_patient_id", "sessions", ["patient_id"])
    op.create_table(
        "marks",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("session_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("technique", sa.String(80), nullable=False),
        sa.Column("mixture", sa.String(1)),
        sa.Column("depth_mm", sa.Float),
        sa.Column("volume_ml", sa.Float),
        sa.Column("total_ml", sa.Float),
        sa.Column("spacing_mm", sa.Float),
        sa.Column("lattice", sa.String(16)),
        sa.Column("about_n", sa.Integer),
        sa.Column("point_count", sa.Integer, nullable=False),
        sa.Column("region_ids", sa.Text, nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("done_at", sa.String(40), nullable=False),
        sa.Column("entered_at", sa.String(40), nullable=False),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("citation", sa.Text, nullable=False),
        *_version_and_digest(),
        sa.PrimaryKeyConstraint("id", name="pk_marks"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_marks_session_id_sessions"),
    )
    op.create_index("ix_marks_session_id", "marks", ["session_id"])
    op.create_table(
        "mark_places",
        sa.Column("mark_id", sa.Uuid, nullable=False),
        sa.Column("points", sa.LargeBinary, nullable=False),
        sa.Column("outline", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("mark_id", name="pk_mark_places"),
        sa.ForeignKeyConstraint(["mark_id"], ["marks.id"], name="fk_mark_places_mark_id_marks"),
    )


def _history() -> None:
    op.create_table(
        "steps",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("session_id", sa.Uuid),
        sa.Column("action", sa.String(8), nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_steps"),
    )
    op.create_index("ix_steps_session_id", "steps", ["session_id"])
    op.create_table(
        "changes",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("record_kind", sa.String(16), nullable=False),
        sa.Column("record_id", sa.Uuid, nullable=False),
        sa.Column("before", sa.LargeBinary),
        sa.Column("after", sa.LargeBinary),
        sa.PrimaryKeyConstraint("seq", name="pk_changes"),
        sa.ForeignKeyConstraint(["step"], ["steps.number"], name="fk_changes_step_steps"),
    )
    op.create_index("ix_changes_step", "changes", ["step"])
    op.create_index("ix_changes_record_id", "changes", ["record_id"])
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("record_kind", sa.String(16), nullable=False),
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("before_digest", sa.LargeBinary(32)),
        sa.Column("after_digest", sa.LargeBinary(32)),
        sa.Column("head", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit"),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )


def _triggers() -> None:
    for table in ("audit", "steps"):
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        op.execute(
            f"CREATE TRIGGER marks_closed_{verb.lower()} BEFORE {verb} ON marks "
            f"WHEN (SELECT status FROM sessions WHERE id = {row}.session_id) <> 'draft' "
            "BEGIN SELECT RAISE(ABORT, 'the session is closed'); END"
        )
