"""Tables of schema 3 (docs/DATA_MODEL.md). Portable types only, so that PostgreSQL can take them later."""

from sqlalchemy import (
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

about = Table(
    "about",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

patients = Table(
    "patients",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("family_name", Text, nullable=False),
    Column("given_name", Text, nullable=False),
    Column("birth_date", Date),
    Column("sex", String(16), nullable=False),
    Column("body", String(40), nullable=False),
    Column("height_cm", Float),
    Column("weight_kg", Float),
    Column("phototype", Text, nullable=False),
    Column("allergies", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Index(None, "family_name"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("patient_id", Uuid, ForeignKey("patients.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("started_at", String(40), nullable=False),
    Column("atlas_id", Text, nullable=False),
    Column("atlas_version", Text, nullable=False),
    Column("atlas_body", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("patient_scale", Float, nullable=False),
    Column("scale_basis", Text, nullable=False),
    Column("indication", Text, nullable=False),
    Column("practitioner", Text, nullable=False),
    Column("mixtures", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("citation", Text, nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("indication_keys", Text, nullable=False, server_default="[]"),
    Column("ended_at", String(40)),
    Column("entered_at", String(40)),
    Column("place", Text, nullable=False, server_default=""),
    Column("qualification", Text, nullable=False, server_default=""),
    Column("antisepsis", Text, nullable=False, server_default=""),
    Column("anaesthesia", Text, nullable=False, server_default=""),
    Column("reaction", Text, nullable=False, server_default=""),
)

marks = Table(
    "marks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("session_id", Uuid, ForeignKey("sessions.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),  # number of the change that first brought it: the order of charting
    Column("kind", String(16), nullable=False),
    Column("technique", String(80), nullable=False),
    Column("mixture", String(1)),
    Column("depth_mm", Float),
    Column("volume_ml", Float),  # of each point (injections)
    Column("total_ml", Float),  # of the whole area (area)
    Column("spacing_mm", Float),
    Column("lattice", String(16)),
    Column("about_n", Integer),
    Column("point_count", Integer, nullable=False),
    Column("region_ids", Text, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("done_at", String(40), nullable=False),
    Column("entered_at", String(40), nullable=False),
    Column("remark", Text, nullable=False),
    Column("citation", Text, nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("inserted_mm", Float),  # along the needle, when the depth was entered so
    Column("angle_deg", Float),
    Column("intended_layer", Text, nullable=False, server_default=""),
    Column("needle", Text),
    Column("device", Text),
    Column("given_total_ml", Float),  # of all points together, when only that is known
    Column("plan_id", Uuid),
    Index("ix_marks_technique", "technique", "session_id"),
)

#: Places apart from the marks, so that history and search never read them.
mark_places = Table(
    "mark_places",
    metadata,
    Column("mark_id", Uuid, ForeignKey("marks.id"), primary_key=True),
    Column("points", LargeBinary, nullable=False),
    Column("outline", LargeBinary, nullable=False),
)

#: The pain drawing: areas and trigger points of the complaint. Never tallied.
complaints = Table(
    "complaints",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("session_id", Uuid, ForeignKey("sessions.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("region_ids", Text, nullable=False),
    Column("outline", LargeBinary, nullable=False),
    Column("points", LargeBinary, nullable=False),
    Column("intensity", Integer),
    Column("quality", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("entered_at", String(40), nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
)

#: What was planned, kept beside what was done. The planned mark is its canonical text.
planned_marks = Table(
    "planned_marks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("session_id", Uuid, ForeignKey("sessions.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("source_mark_id", Uuid, nullable=False),
    Column("mark", LargeBinary, nullable=False),
    Column("outcomes", Text, nullable=False),  # one letter a place: planned, done, skipped, moved
    Column("row_version", Integer, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
)

#: Everything of the practice beside patients, sessions and their parts: one row an entry, its canonical text in body.
entries = Table(
    "entries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("patient_id", Uuid, ForeignKey("patients.id")),
    Column("session_id", Uuid, ForeignKey("sessions.id")),
    Column("key", Text, nullable=False),  # what it is looked up by, "" = nothing
    Column("at", String(40), nullable=False),  # UTC
    Column("sealed", Integer, nullable=False),  # 1 = never edited
    Column("body", LargeBinary, nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Index("ix_entries_kind_key", "kind", "key"),
    Index("ix_entries_kind_at", "kind", "at"),
    Index("ix_entries_patient_id_kind", "patient_id", "kind"),
    Index("ix_entries_session_id_kind", "session_id", "kind"),
)

#: Which records an entry names.
entry_links = Table(
    "entry_links",
    metadata,
    Column("entry_id", Uuid, ForeignKey("entries.id"), primary_key=True),
    Column("target_id", Uuid, primary_key=True, index=True),
)

#: Files of entries, named by their SHA-256.
attachments = Table(
    "attachments",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

#: A session as it was signed, one row a signing.
signed_documents = Table(
    "signed_documents",
    metadata,
    Column("session_id", Uuid, ForeignKey("sessions.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("pdf_digest", Text, nullable=False),
)

# The next three are worked out from sessions and marks in the same transaction: recall and counting read them only.

lot_uses = Table(
    "lot_uses",
    metadata,
    Column("session_id", Uuid, ForeignKey("sessions.id"), primary_key=True),
    Column("letter", String(1), primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("lot_id", Uuid, index=True),
    Column("product_id", Uuid, index=True),
)

mark_regions = Table(
    "mark_regions",
    metadata,
    Column("mark_id", Uuid, ForeignKey("marks.id"), primary_key=True),
    Column("region_id", Text, primary_key=True),
    Column("session_id", Uuid, nullable=False),
    Index("ix_mark_regions_region_id", "region_id", "session_id"),
    Index("ix_mark_regions_session_id", "session_id"),
)

session_totals = Table(
    "session_totals",
    metadata,
    Column("session_id", Uuid, ForeignKey("sessions.id"), primary_key=True),
    Column("patient_id", Uuid, nullable=False),
    Column("started_utc", String(40), nullable=False, index=True),
    Column("practitioner", Text, nullable=False, index=True),
    Column("voided", Integer, nullable=False),  # 1 = shown, never counted
    Column("marks", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("about_points", Integer, nullable=False),
    Column("volume_nl", Integer, nullable=False),  # nanolitres, so that adding and taking away leaves nothing behind
    Index("ix_session_totals_patient_id", "patient_id", "voided"),  # counts patients without reading the rows
)

steps = Table(
    "steps",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("session_id", Uuid, index=True),
    Column("action", String(8), nullable=False),  # do, undo, redo
    Column("undoes", Integer),  # the "do" step that an undo or redo replays
    Column("name", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("step", Integer, ForeignKey("steps.number"), nullable=False, index=True),
    Column("record_kind", String(16), nullable=False),
    Column("record_id", Uuid, nullable=False, index=True),
    Column("before", LargeBinary),
    Column("after", LargeBinary),
)

audit = Table(
    "audit",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("record_kind", String(16), nullable=False),
    Column("record_id", String(36), nullable=False),
    Column("before_digest", LargeBinary(32)),
    Column("after_digest", LargeBinary(32)),
    Column("head", LargeBinary(32), nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("value", Text, nullable=False),
    Column("row_version", Integer, nullable=False),
)

#: Tables whose rows are records: each has an id and a digest that the audit saw.
RECORDS = (patients, sessions, marks, complaints, planned_marks, entries)
