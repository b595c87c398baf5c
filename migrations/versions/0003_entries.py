"""Schema 3: entries, attachments, signed documents; lots, regions and totals of sessions for recall and counting."""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: An erasure that the law asks for opens these rules within its own transaction; the audit keeps that it happened.
_NOT_ERASING = "NOT EXISTS (SELECT 1 FROM about WHERE key = 'erasing')"


def upgrade() -> None:
    """Add the new tables, fill what is worked out from older rows, renew the rules."""
    _entries()
    _documents()
    _worked_out()
    op.create_index("ix_marks_technique", "marks", ["technique", "session_id"])
    _fill()
    if op.get_bind().dialect.name == "sqlite":
        _triggers()


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("patient_id", sa.Uuid),
        sa.Column("session_id", sa.Uuid),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("sealed", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("row_version", sa.Integer, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name="fk_entries_patient_id_patients"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_entries_session_id_sessions"),
    )
    op.create_index("ix_entries_kind_key", "entries", ["kind", "key"])
    op.create_index("ix_entries_kind_at", "entries", ["kind", "at"])
    op.create_index("ix_entries_patient_id_kind", "entries", ["patient_id", "kind"])
    op.create_index("ix_entries_session_id_kind", "entries", ["session_id", "kind"])
    op.create_table(
        "entry_links",
        sa.Column("entry_id", sa.Uuid, nullable=False),
        sa.Column("target_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "target_id", name="pk_entry_links"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_entry_links_entry_id_entries"),
    )
    op.create_index("ix_entry_links_target_id", "entry_links", ["target_id"])


def _documents() -> None:
    op.create_table(
        "attachments",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_attachments"),
    )
    op.create_table(
        "signed_documents",
        sa.Column("session_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("pdf_digest", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("session_id", "version", name="pk_signed_documents"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_signed_documents_session_id_sessions"),
    )


def _worked_out() -> None:
    op.create_table(
        "lot_uses",
        sa.Column("session_id", sa.Uuid, nullable=False),
        sa.Column("letter", sa.String(1), nullable=False),
        sa.Column("line", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("lot_id", sa.Uuid),
        sa.Column("product_id", sa.Uuid),
        sa.PrimaryKeyConstraint("session_id", "letter", "line", name="pk_lot_uses"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_lot_uses_session_id_sessions"),
    )
    op.create_index("ix_lot_uses_lot_id", "lot_uses", ["lot_id"])
    op.create_index("ix_lot_uses_product_id", "lot_uses", ["product_id"])
    op.create_table(
        "mark_regions",
        sa.Column("mark_id", sa.Uuid, nullable=False),
        sa.Column("region_id", sa.Text, nullable=False),
        sa.Column("session_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("mark_id", "region_id", name="pk_mark_regions"),
        sa.ForeignKeyConstraint(["mark_id"], ["marks.id"], name="fk_mark_regions_mark_id_marks"),
    )
    op.create_index("ix_mark_regions_region_id", "mark_regions", ["region_id", "session_id"])
    op.create_index("ix_mark_regions_session_id", "mark_regions", ["session_id"])
    op.create_table(
        "session_totals",
        sa.Column("session_id", sa.Uuid, nullable=False),
        sa.Column("patient_id", sa.Uuid, nullable=False),
        sa.Column("started_utc", sa.String(40), nullable=False),
        sa.Column("practitioner", sa.Text, nullable=False),
        sa.Column("voided", sa.Integer, nullable=False),
        sa.Column("marks", sa.Integer, nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("about_points", sa.Integer, nullable=False),
        sa.Column("volume_nl", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("session_id", name="pk_session_totals"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_session_totals_session_id_sessions"),
    )
    op.create_index("ix_session_totals_patient_id", "session_totals", ["patient_id", "voided"])
    for column in ("started_utc", "practitioner"):
        op.create_index(f"ix_session_totals_{column}", "session_totals", [column])


def _fill() -> None:
    """Regions and totals of the sessions there are, as the program keeps them from now on."""
    connection = op.get_bind()
    totals = {
        row.id: [row, 0, 0, 0, 0]
        for row in connection.execute(sa.text("SELECT id, patient_id, started_at, practitioner, status FROM sessions"))
    }
    regions = []
    query = "SELECT id, session_id, region_ids, point_count, about_n, volume_ml, total_ml, given_total_ml FROM marks"
    for row in connection.execute(sa.text(query)):
        own = totals[row.session_id]
        own[1] += 1
        own[2] += row.point_count
        own[3] += row.about_n or 0
        own[4] += _volume_nl(row)
        found = sorted(set(json.loads(row.region_ids)))
        regions += [{"mark": row.id, "region": region, "session": row.session_id} for region in found]
    if regions:
        connection.execute(sa.text("INSERT INTO mark_regions VALUES (:mark, :region, :session)"), regions)
    rows = [
        {
            "session": key,
            "patient": head.patient_id,
            "utc": datetime.fromisoformat(head.started_at).astimezone(UTC).isoformat(timespec="microseconds"),
            "who": head.practitioner,
            "void": int(head.status == "voided"),
            "marks": marks,
            "points": points,
            "about": about,
            "nl": nl,
        }
        for key, (head, marks, points, about, nl) in totals.items()
    ]
    if rows:
        connection.execute(
            sa.text(
                "INSERT INTO session_totals "
                "VALUES (:session, :patient, :utc, :who, :void, :marks, :points, :about, :nl)"
            ),
            rows,
        )


def _volume_nl(row: sa.Row) -> int:
    if row.total_ml is not None:
        return round(row.total_ml * 1e6)
    if row.given_total_ml is not None:
        return round(row.given_total_ml * 1e6)
    return round((row.volume_ml or 0.0) * row.point_count * 1e6)


def _triggers() -> None:
    for table in ("marks", "complaints", "planned_marks"):
        for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            name = f"{table}_closed_{verb.lower()}"
            op.execute(f"DROP TRIGGER {name}")
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                f"WHEN (SELECT status FROM sessions WHERE id = {row}.session_id) NOT IN ('draft', 'amending') "
                f"AND {_NOT_ERASING} "
                "BEGIN SELECT RAISE(ABORT, 'the session is closed'); END"
            )
    for table in ("attachments", "signed_documents"):
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} never change'); END"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {_NOT_ERASING} "
            f"BEGIN SELECT RAISE(ABORT, '{table} never change'); END"
        )
    op.execute(
        "CREATE TRIGGER entries_sealed_update BEFORE UPDATE ON entries WHEN OLD.sealed = 1 "
        "BEGIN SELECT RAISE(ABORT, 'the entry is sealed'); END"
    )
    op.execute(
        f"CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries WHEN {_NOT_ERASING} "
        "BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END"
    )
