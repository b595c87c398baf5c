"""Schema 2: the frame of a session, needle and device of a mark, the pain drawing, the plan."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns that older rows leave empty, and two tables with the rule that closed sessions stay closed."""
    _columns()
    _complaints()
    _planned()
    if op.get_bind().dialect.name == "sqlite":
        _triggers()


def _columns() -> None:
    op.add_column("sessions", sa.Column("indication_keys", sa.Text, nullable=False, server_default="[]"))
    op.add_column("sessions", sa.Column("ended_at", sa.String(40)))
    op.add_column("sessions", sa.Column("entered_at", sa.String(40)))
    for name in ("place", "qualification", "antisepsis", "anaesthesia", "reaction"):
        op.add_column("sessions", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("marks", sa.Column("inserted_mm", sa.Float))
    op.add_column("marks", sa.Column("angle_deg", sa.Float))
    op.add_column("marks", sa.Column("intended_layer", sa.Text, nullable=False, server_default=""))
    op.add_column("marks", sa.Column("needle", sa.Text))
    op.add_column("marks", sa.Column("device", sa.Text))
    op.add_column("marks", sa.Column("given_total_ml", sa.Float))
    op.add_column("marks", sa.Column("plan_id", sa.Uuid))


def _complaints() -> None:
    op.create_table(
        "complaints",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("session_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("region_ids", sa.Text, nullable=False),
        sa.Column("outline", sa.LargeBinary, nullable=False),
        sa.Column("points", sa.LargeBinary, nullable=False),
        sa.Column("intensity", sa.Integer),
        sa.Column("quality", sa.Text, nullable=False),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("entered_at", sa.String(40), nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_complaints"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_complaints_session_id_sessions"),
    )
    op.create_index("ix_complaints_session_id", "complaints", ["session_id"])


def _planned() -> None:
    op.create_table(
        "planned_marks",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("session_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("source_mark_id", sa.Uuid, nullable=False),
        sa.Column("mark", sa.LargeBinary, nullable=False),
        sa.Column("outcomes", sa.Text, nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_planned_marks"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_planned_marks_session_id_sessions"),
    )
    op.create_index("ix_planned_marks_session_id", "planned_marks", ["session_id"])


def _triggers() -> None:
    for table in ("complaints", "planned_marks"):
        for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            op.execute(
                f"CREATE TRIGGER {table}_closed_{verb.lower()} BEFORE {verb} ON {table} "
                f"WHEN (SELECT status FROM sessions WHERE id = {row}.session_id) <> 'draft' "
                "BEGIN SELECT RAISE(ABORT, 'the session is closed'); END"
            )
